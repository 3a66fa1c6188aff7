"""The page: its components and the handlers of their events."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import gradio as gr
from markupsafe import Markup

from qa.answer import Answer
from qa.answering.paragraph_history import lineage
from qa.answering.quotation import quote
from qa.api.fair_queue import BusyError, FairQueue
from qa.api.functions import ApiFunctions
from qa.assistant import Assistant
from qa.evaluation.feedback import VERDICTS, JsonlLog, feedback_record
from qa.page.answer_charts import answer_chart_html, citation_links
from qa.page.conversation_state import (
    MISSING,
    Conversation,
    Extras,
    KeptTurn,
    reply_to,
    restored,
    without_answer,
)
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
    feedback_html,
    masthead_html,
    notice_html,
    open_document_html,
    turn_html,
    welcome_html,
)
from qa.page.page_templates import PAGE_TEMPLATES
from qa.page.theme import read_static
from qa.question.typed_text import clean_typed
from qa.render.export_files import FORMS, parts_of
from qa.render.history_html import history_html
from qa.render.resolution_html import document_html
from qa.settings import MAX_QUESTION_CHARACTERS, Serving

KEPT = "operative-conversation"  # in the storage of the browser
NOTHING_TO_EXPORT = "There is nothing to export yet. Ask a question first."
ANSWER_EXPIRED = "This answer has expired; feedback was not saved."
NOT_LOADED = "This document is no longer loaded; ask again."
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

Updates = dict[Any, Any]


class Page:
    """The components of the page with their handlers; create it inside a `gr.Blocks`."""

    def __init__(self, assistant: Assistant, serving: Serving, places: FairQueue) -> None:
        self.assistant = assistant
        self.places = places
        self.feedback = JsonlLog(serving.feedback) if serving.feedback else None
        info = assistant.info()
        gr.HTML(masthead_html(), apply_default_css=False)
        self.conversation = gr.State(Conversation())
        self.kept = gr.BrowserState([], storage_key=KEPT, secret=KEPT)  # no secret: the reader's
        gr.HTML("", elem_id="op-past", apply_default_css=False)  # turns move there in the browser
        self.log = _live(welcome_html(info), "op-log", "log.js")
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
                    self.form = FilterForm(assistant)
                gr.HTML(export_menu_html(), elem_id="op-take", apply_default_css=False)
                self.fresh = gr.Button("New conversation", size="sm", elem_id="op-fresh")
                self.loaded = LoadedPanel(assistant, self.form, adds_texts=serving.adds_texts)

    def connect(self, blocks: gr.Blocks) -> None:
        """Connect events to their handlers."""
        boxes = self.form.components
        inputs = [self.conversation, *boxes]
        shown = [self.log, self.notice, self.question, *self.loaded.shown]
        outputs = [self.conversation, self.kept, *shown]
        form_outputs = self.form.counted
        events = [
            self.question.submit(self.ask_typed, [self.question, *inputs], outputs, **_PRIVATE),
            self.log.click(
                self.press,
                inputs,
                [*outputs, *form_outputs, self.reader, self.download],
                **_PRIVATE,
            ),
            blocks.load(
                self.ask_linked,
                [self.conversation, self.kept],
                [*outputs, *form_outputs],
                **_PRIVATE,
            ),
        ]
        for event in events:
            event.failure(
                self.show_failure, [self.conversation], [self.log, self.notice], **_PRIVATE
            )
        self.fresh.click(self.start_afresh, None, outputs, **_PRIVATE)
        self.form.connect(**_PRIVATE)
        self.loaded.connect(**_PRIVATE)

    def ask_typed(
        self, question: str, conversation: Conversation, *boxes: BoxValue
    ) -> Iterator[Updates]:
        """Answer the typed question, and clear the box once it is answered."""
        for updates in self._ask(clean_typed(question), conversation, self.form.read(boxes)):
            updated = updates.get(self.conversation)
            is_answered = updated and not updated.failed and not updated.pending
            yield {**updates, self.question: ""} if is_answered else updates

    def press(
        self, event: gr.EventData, conversation: Conversation, *boxes: BoxValue
    ) -> Iterator[Updates]:
        """Handle a button: ask, open a document or its history, export, or save feedback."""
        pressed = {name: str(getattr(event, name, "") or "") for name in _EVENT_FIELDS}
        state = self.form.read(boxes)
        if question := clean_typed(pressed["question"]):
            if pressed["unfilter"]:
                state = state.without(pressed["unfilter"])
                yield self.form.filled(state)
            if pressed["top"].isdecimal():
                state = replace(state, top=min(int(pressed["top"][:9]), MAX_SHOWN))
            yield from self._ask(question, conversation, state, unread=pressed["unread"].split())
        elif pressed["verdict"]:
            yield self._save_feedback(
                pressed["verdict"], pressed["better"], pressed["turn"], conversation
            )
        elif pressed["take"]:
            with self.places.place(event_client()):
                updates = self._export(
                    pressed["take"], pressed["picked"].splitlines(), conversation, state
                )
            yield updates
        else:
            with self.places.place(event_client()):
                updates = self._open(
                    pressed["symbol"], pressed["label"], is_history=bool(pressed["years"])
                )
            yield updates

    def ask_linked(
        self, request: gr.Request, conversation: Conversation, kept: object
    ) -> Iterator[Updates]:
        """Answer the question of the address, `?q=…` or `?symbol=A/RES/61/181&p=OP6`.

        The conversation that the browser kept is shown again, unless the address asks another
        question than its last.
        """
        parameters = request.query_params
        citation = f"{parameters.get('symbol') or ''} {parameters.get('p') or ''}"
        question = clean_typed(parameters.get("q")) or clean_typed(citation)
        state = from_address({name: parameters.getlist(name) for name in parameters})
        updates: Updates = self.loaded.index_updates()
        if state != FormState():
            updates |= self.form.filled(state)
        yield updates
        turns = KeptTurn.read(kept)
        if turns and question in {"", turns[-1].understood}:
            with self.places.place(event_client()):
                again = restored(self.assistant, turns, self._extras)
            yield {self.conversation: again, self.kept: again.to_keep, self.log: again.turn}
        elif question:
            yield from self._ask(question, conversation, state)

    def show_failure(self, conversation: Conversation) -> Updates:
        """Replace the pending answer with one sentence after an unexpected error."""
        return {
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
            self.log: welcome_html(self.assistant.info()),
            self.notice: notice_html("New conversation started."),
            **self.loaded.index_updates(),
        }

    def _ask(
        self,
        question: str,
        conversation: Conversation,
        state: FormState,
        unread: list[str] | None = None,
    ) -> Iterator[Updates]:
        """Show that the search runs, then the answer."""
        problem = state.problem if question else MISSING
        if problem:
            yield {self.notice: notice_html(problem, is_visible=True)}
            return
        info = self.assistant.info()
        yield {
            self.conversation: replace(conversation, pending=question),
            self.log: turn_html(conversation.asked + 1, question, busy_html(info)),
            self.notice: notice_html(busy_text(info)),
        }
        try:
            with self.places.place(event_client()):
                answered = reply_to(
                    self.assistant,
                    conversation,
                    question,
                    state,
                    unread=unread or (),
                    extras=self._extras(conversation.asked + 1),
                )
        except BusyError as error:
            answered = without_answer(conversation, question, error)
        yield {
            self.conversation: answered,
            self.kept: answered.to_keep,
            self.log: answered.turn,
            self.notice: notice_html("The answer is below the question."),
            **self.loaded.index_updates(),
        }

    def _extras(self, turn: int) -> Extras:
        """Return the function that gives what is shown below the answer of a turn."""
        corpus = self.assistant.corpus
        feedback = feedback_html(turn) if self.feedback else Markup()
        return lambda answer: answer_chart_html(answer, corpus) + feedback

    def _open(self, symbol: str, label: str, *, is_history: bool) -> Updates:
        """Open a document at a label, or the history of a paragraph."""
        corpus = self.assistant.corpus
        resolution = corpus.resolution(symbol)
        passage = corpus.passage(resolution.symbol, label) if resolution else None
        if resolution is None or (is_history and passage is None):
            return {self.notice: notice_html(NOT_LOADED, is_visible=True)}
        if is_history and passage:
            texts = [quote(corpus, text) for text in lineage(corpus, passage)]
            page = history_html(texts, symbol, label)
            message = f"The history of {symbol} {label} is open."
        else:
            page = document_html(
                resolution,
                label,
                is_loaded=lambda symbol: corpus.place(symbol) is not None,
                links=citation_links(resolution, corpus),
            )
            message = f"{symbol} is open at {label}." if label else f"{symbol} is open."
        return {
            self.reader: open_document_html(page, next(self._numbers)),
            self.notice: notice_html(message),
        }

    def _save_feedback(
        self, verdict: str, better: str, turn: str, conversation: Conversation
    ) -> Updates:
        """Save the reader's feedback on an answer."""
        answer = next(
            (answer for number, answer in conversation.answers if str(number) == turn), None
        )
        if self.feedback is None or answer is None or verdict not in VERDICTS:
            return {self.notice: notice_html(ANSWER_EXPIRED, is_visible=True)}
        self.feedback.add(
            "verdict", **feedback_record(answer, verdict, better[:MAX_QUESTION_CHARACTERS])
        )
        return {self.notice: notice_html("Thank you. Your feedback is stored on this machine.")}

    def _export(
        self, form: str, picked: list[str], conversation: Conversation, state: FormState
    ) -> Updates:
        """Export the quotations, of a list all of them, as a file for the browser to save."""
        answers = [answer for _, answer in conversation.answers]
        if not picked:
            answers = [_whole(self.assistant, answer, state) for answer in answers]
        parts = parts_of(answers, picked)
        kind = FORMS.get(form)
        if kind is None or not parts:
            return {self.notice: notice_html(NOTHING_TO_EXPORT, is_visible=True)}
        return {
            self.download: download_html(
                next(self._numbers),
                file_name=f"quotations.{form}",
                media=kind.media,
                content=kind.write(parts),
            ),
            self.notice: notice_html(f"The {kind.name} file is ready to download."),
        }


def _whole(assistant: Assistant, answer: Answer, state: FormState) -> Answer:
    """Return an answer with all quotations of its list."""
    if not answer.quotes or answer.total is None or answer.total <= len(answer.quotes):
        return answer
    return assistant.ask(answer.understood, top=answer.total, filters=state.filters)


# What the browser sends with a press.
_EVENT_FIELDS = (
    *("question", "unread", "unfilter", "top", "symbol", "label", "years", "take", "picked"),
    *("verdict", "better", "turn"),
)


def _live(value: str, name: str, script: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=read_static(script))


def build_page(assistant: Assistant, serving: Serving, places: FairQueue) -> gr.Blocks:
    """Return the page over `assistant`, which all readers share; it is not yet served."""
    PAGE_TEMPLATES.preload()
    blocks: gr.Blocks = gr.Blocks(title="Operative", analytics_enabled=False)
    with blocks:
        page = Page(assistant, serving, places)
        page.connect(blocks)
        add_programs(ApiFunctions(assistant), places)
    # The gate counts what waits, and `places` holds what is answered.
    blocks.queue(max_size=None, default_concurrency_limit=None, status_update_rate=1)
    return blocks
