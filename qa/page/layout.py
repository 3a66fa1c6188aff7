"""The page: its components and the handlers of their events."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import gradio as gr
from markupsafe import Markup
from starlette.datastructures import QueryParams

from qa.errors import OperativeError
from qa.evaluation.feedback import VERDICTS, JsonlLog, feedback_record
from qa.page.conversation_state import MISSING, AnsweredTurn, Conversation, KeptTurn
from qa.page.corpus_panel import LoadedPanel
from qa.page.endpoints import add_programs, event_client
from qa.page.filter_form import BoxValue, FilterForm
from qa.page.form_state import MAX_SHOWN, FormState, from_address
from qa.page.markup import (
    FAILED,
    busy_html,
    busy_text,
    download_html,
    export_menu_html,
    failed_html,
    masthead_html,
    notice_html,
    open_document_html,
    turn_html,
    welcome_html,
)
from qa.page.page_jobs import AskedTurn, answer_again, answer_turn, export_answers, open_document
from qa.page.page_templates import PAGE_TEMPLATES
from qa.page.theme import read_static
from qa.question.typed_text import clean_typed
from qa.render.answer_html import error_html
from qa.render.export_files import FORMS
from qa.settings import MAX_QUESTION_CHARACTERS, Serving
from qa.workers.answer_pool import AnswerPool

KEPT = "operative-conversation"  # in the storage of the browser
NOTHING_TO_EXPORT = "There is nothing to export yet. Ask a question first."
ANSWER_EXPIRED = "This answer has expired; feedback was not saved."
NOT_LOADED = "This document is no longer loaded; ask again."
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

Updates = dict[Any, Any]


class Page:
    """The components of the page with their handlers; create it inside a `gr.Blocks`."""

    def __init__(self, pool: AnswerPool, serving: Serving) -> None:
        self.pool = pool
        self.feedback = JsonlLog(serving.feedback) if serving.feedback else None
        gr.HTML(masthead_html(), apply_default_css=False)
        self.conversation = gr.State(Conversation())
        self.kept = gr.BrowserState([], storage_key=KEPT, secret=KEPT)  # no secret: the reader's
        gr.HTML("", elem_id="op-past", apply_default_css=False)  # turns move there in the browser
        self.log = _live(welcome_html(pool.info), "op-log", "log.js")
        self.reader = _live("", "op-reader", "reader.js")
        self.download = _live("", "op-parcel", "parcel.js")
        self._numbers = count()  # makes equal values differ, so that the browser sees a change
        with gr.Column(elem_id="op-desk", min_width=0):
            self.notice = gr.HTML(notice_html(), elem_id="op-notice", apply_default_css=False)
            self.question = gr.Textbox(
                placeholder="Question or citation",
                label="Question",
                show_label=False,
                lines=1,
                max_lines=5,
                submit_btn="Ask",
                elem_id="op-question",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
            )
            with gr.Column(elem_id="op-tray", min_width=0):
                with gr.Accordion("Filters", open=False, elem_id="op-filters"):
                    self.form = FilterForm(pool)
                gr.HTML(export_menu_html(), elem_id="op-take", apply_default_css=False)
                self.fresh = gr.Button("New conversation", size="sm", elem_id="op-fresh")
                self.loaded = LoadedPanel(pool, self.form, adds_texts=serving.adds_texts)

    def ask_typed(
        self, question: str, conversation: Conversation, kept: object, *boxes: BoxValue
    ) -> Iterator[Updates]:
        """Answer the typed question; the box is free for the next one at once.

        A question that ended in an error is put back, to be asked again.
        """
        turns, state = KeptTurn.read(kept), self.form.read(boxes)
        for updates in self._ask(clean_typed(question), conversation, state, turns):
            updated = updates.get(self.conversation)
            if updated and updated.pending:
                updates[self.question] = ""
            elif updated and updated.failed:
                updates[self.question] = question
            yield updates

    def press_question(
        self, event: gr.EventData, conversation: Conversation, kept: object, *boxes: BoxValue
    ) -> Iterator[Updates]:
        """Answer the question of a button."""
        pressed, turns, state = _pressed(event), KeptTurn.read(kept), self.form.read(boxes)
        if pressed["unfilter"]:
            state = state.without(pressed["unfilter"])
            yield self.form.filled(state)
        if pressed["top"].isdecimal():
            state = replace(state, top=min(int(pressed["top"][:9]), MAX_SHOWN))
        question, unread = clean_typed(pressed["question"]), tuple(pressed["unread"].split())
        yield from self._ask(question, conversation, state, turns, unread=unread)

    def press(
        self, event: gr.EventData, conversation: Conversation, kept: object, *boxes: BoxValue
    ) -> Updates:
        """Handle a button: open a document or its history, export, or save feedback."""
        turns, state = KeptTurn.read(kept), self.form.read(boxes)
        try:
            return self._act(_pressed(event), conversation, state, turns)
        except OperativeError as error:
            return {self.notice: notice_html(str(error), is_visible=True)}

    def _act(
        self,
        pressed: dict[str, str],
        conversation: Conversation,
        state: FormState,
        turns: tuple[KeptTurn, ...],
    ) -> Updates:
        if pressed["verdict"]:
            continued = self._continued(conversation, turns)
            return {self.notice: _save_feedback(self.feedback, pressed, continued)}
        if pressed["take"]:
            picked, conversation = pressed["picked"], self._continued(conversation, turns)
            return self._export(pressed["take"], picked.splitlines(), conversation, state)
        return self._open(pressed["symbol"], pressed["label"], is_history=bool(pressed["years"]))

    def ask_linked(
        self, request: gr.Request, conversation: Conversation, kept: object
    ) -> Iterator[Updates]:
        """Answer the question of the address, `?q=…` or `?symbol=A/RES/61/181&p=OP6`.

        The conversation that the browser kept is shown again, unless the address asks another
        question than its last.
        """
        parameters = request.query_params
        question = _linked_question(parameters)
        state = from_address({name: parameters.getlist(name) for name in parameters})
        updates: Updates = self.loaded.index_updates()
        if state != FormState():
            updates |= self.form.filled(state)
        yield updates
        turns = KeptTurn.read(kept)
        if turns and question in {"", turns[-1].understood}:
            again = self._again(turns)
            yield {self.conversation: again, self.kept: again.to_keep, self.log: again.turn}
        elif question:
            yield from self._ask(question, conversation, state, conversation.kept)

    def show_failure(self, conversation: Conversation) -> Updates:
        """Replace the pending answer with one sentence after an unexpected error.

        The question is put back into the box.
        """
        return {
            self.question: conversation.pending or gr.skip(),
            self.log: turn_html(
                conversation.asked + 1, conversation.pending or "Your question", failed_html()
            ),
            self.notice: notice_html(FAILED),
        }

    def start_afresh(self) -> Updates:
        """Go back to the first screen; what is typed and not asked yet stays in the box.

        The server's reply comes after the press: a box that it cleared would lose what the
        reader types meanwhile.
        """
        return {
            self.conversation: Conversation(),
            self.kept: [],
            self.log: welcome_html(self.pool.info),
            self.notice: notice_html("New conversation started."),
            **self.loaded.index_updates(),
        }

    def _ask(
        self,
        question: str,
        conversation: Conversation,
        state: FormState,
        turns: tuple[KeptTurn, ...],
        *,
        unread: tuple[str, ...] = (),
    ) -> Iterator[Updates]:
        """Show that the search runs, then the answer."""
        problem = state.problem if question else MISSING
        if problem:
            yield {self.notice: notice_html(problem, is_visible=True)}
            return
        info, is_known = self.pool.info, conversation.is_continued_by(turns)
        if not is_known:
            conversation = Conversation(asked=turns[-1].number if turns else 0)
        yield {
            self.conversation: replace(conversation, pending=question),
            self.log: turn_html(conversation.asked + 1, question, busy_html(info)),
            self.notice: notice_html(busy_text(info)),
        }
        try:
            if not is_known:
                conversation = self._again(turns)
            turn = AskedTurn(
                number=conversation.asked + 1,
                question=question,
                form=state,
                conversation=conversation.state,
                unread=unread,
                takes_feedback=self.feedback is not None,
            )
            answered = conversation.with_turn(
                question, self.pool.run(event_client(), answer_turn, turn)
            )
        except OperativeError as error:
            answered = conversation.with_turn(question, AnsweredTurn(reply=error_html(str(error))))
        yield {
            self.conversation: answered,
            self.kept: answered.to_keep,
            self.log: answered.turn,
            self.notice: notice_html("The answer is below the question."),
            **self.loaded.index_updates(),
        }

    def _continued(self, conversation: Conversation, turns: tuple[KeptTurn, ...]) -> Conversation:
        """Return the conversation that a browser shows; this server may not have it (any more)."""
        return conversation if conversation.is_continued_by(turns) else self._again(turns)

    def _again(self, turns: tuple[KeptTurn, ...]) -> Conversation:
        takes_feedback = self.feedback is not None
        return self.pool.run(event_client(), answer_again, turns, takes_feedback=takes_feedback)

    def _open(self, symbol: str, label: str, *, is_history: bool) -> Updates:
        """Open a document at a label, or the history of a paragraph."""
        opened = self.pool.run(event_client(), open_document, symbol, label, is_history=is_history)
        if opened is None:
            return {self.notice: notice_html(NOT_LOADED, is_visible=True)}
        return {
            self.reader: open_document_html(opened.page, next(self._numbers)),
            self.notice: notice_html(opened.message),
        }

    def _export(
        self, form: str, picked: list[str], conversation: Conversation, state: FormState
    ) -> Updates:
        """Export the quotations, of a list all of them, as a file for the browser to save."""
        kind, answers = FORMS.get(form), [answer for _, answer in conversation.answers]
        content = self.pool.run(
            event_client(), export_answers, form, answers, picked, state.filters
        )
        if kind is None or content is None:
            return {self.notice: notice_html(NOTHING_TO_EXPORT, is_visible=True)}
        return {
            self.download: download_html(
                next(self._numbers),
                file_name=f"quotations.{form}",
                media=kind.media,
                content=content,
            ),
            self.notice: notice_html(f"The {kind.name} file is ready to download."),
        }


# What the browser sends with a press.
_EVENT_FIELDS = (
    *("question", "unread", "unfilter", "top", "symbol", "label", "years", "take", "picked"),
    *("verdict", "better", "turn"),
)


def _save_feedback(
    feedback: JsonlLog | None, pressed: dict[str, str], conversation: Conversation
) -> Markup:
    """Save the reader's feedback on an answer; return what is said of it."""
    turn, verdict = pressed["turn"], pressed["verdict"]
    answer = next((answer for number, answer in conversation.answers if str(number) == turn), None)
    if feedback is None or answer is None or verdict not in VERDICTS:
        return notice_html(ANSWER_EXPIRED, is_visible=True)
    better = pressed["better"][:MAX_QUESTION_CHARACTERS]
    feedback.add("verdict", **feedback_record(answer, verdict, better))
    return notice_html("Thank you. Your feedback is stored on this machine.")


def _linked_question(parameters: QueryParams) -> str:
    """Return the question or the citation of an address; empty if it has none."""
    citation = f"{parameters.get('symbol') or ''} {parameters.get('p') or ''}"
    return clean_typed(parameters.get("q")) or clean_typed(citation)


def _pressed(event: gr.EventData) -> dict[str, str]:
    return {name: str(getattr(event, name, "") or "") for name in _EVENT_FIELDS}


def connect_page(page: Page, blocks: gr.Blocks) -> None:
    """Connect the events of a page to its handlers."""
    boxes = page.form.components
    inputs = [page.conversation, page.kept, *boxes]
    shown = [page.log, page.notice, page.question, *page.loaded.shown]
    outputs = [page.conversation, page.kept, *shown]
    form_outputs = page.form.counted
    asked = [
        page.question.submit(page.ask_typed, [page.question, *inputs], outputs, **_PRIVATE),
        page.log.submit(page.press_question, inputs, [*outputs, *form_outputs], **_PRIVATE),
        blocks.load(
            page.ask_linked,
            [page.conversation, page.kept],
            [*outputs, *form_outputs],
            **_PRIVATE,
        ),
    ]
    for event in asked:
        event.failure(
            page.show_failure,
            [page.conversation],
            [page.log, page.notice, page.question],
            **_PRIVATE,
        )
    # While an answer is awaited, documents still open and quotations are exported.
    pressed = page.log.click(
        page.press,
        inputs,
        [page.notice, page.reader, page.download],
        trigger_mode="multiple",
        **_PRIVATE,
    )
    pressed.failure(lambda: notice_html(FAILED, is_visible=True), None, page.notice, **_PRIVATE)
    page.fresh.click(page.start_afresh, None, outputs, **_PRIVATE)
    page.form.connect(**_PRIVATE)
    page.loaded.connect(**_PRIVATE)


def _live(value: str, name: str, script: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=read_static(script))


def build_page(pool: AnswerPool, serving: Serving) -> gr.Blocks:
    """Return the page, which all readers share; it is not yet served."""
    PAGE_TEMPLATES.preload()
    blocks: gr.Blocks = gr.Blocks(title="Operative", analytics_enabled=False)
    with blocks:
        page = Page(pool, serving)
        connect_page(page, blocks)
        add_programs(pool)
    # The gate counts what waits, and the pool what is answered.
    blocks.queue(max_size=None, default_concurrency_limit=None, status_update_rate=1)
    return blocks
