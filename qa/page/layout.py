"""The page itself: its components, and which event leads to which part of a conversation."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import gradio as gr
from markupsafe import Markup

from qa.answering.paragraph_history import lineage
from qa.answering.quotation import quote
from qa.api.functions import ApiFunctions
from qa.assistant import Assistant
from qa.evaluation.feedback import VERDICTS, JsonlLog, feedback_record
from qa.page.answer_charts import answer_chart_html, citation_links
from qa.page.conversation_state import MISSING, Conversation, clean, reply_to
from qa.page.corpus_panel import LoadedPanel
from qa.page.endpoints import ONE_AT_A_TIME, add_programs
from qa.page.filter_form import FilterForm
from qa.page.form_state import FormState, from_address
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
from qa.render.export_files import FORMS, parts_of
from qa.render.history_html import history_html
from qa.render.resolution_html import document_html
from qa.settings import MAX_QUESTION_CHARACTERS, Serving

QUEUE_PLACES = 64
NOTHING_TO_TAKE = "Nothing is answered yet: ask first, then take the quotations away."
NOT_JUDGED = "That answer is no longer at hand, so the verdict was not kept; ask again."
NOT_LOADED = "That document is no longer loaded; ask again."
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_ASKING: dict[str, Any] = {**_PRIVATE, "concurrency_id": ONE_AT_A_TIME, "concurrency_limit": 1}

Updates = dict[Any, Any]


class Page:
    """The components of the page and what happens in them; built inside a `gr.Blocks`."""

    def __init__(self, assistant: Assistant, serving: Serving) -> None:
        self.assistant = assistant
        self.verdicts = JsonlLog(serving.feedback) if serving.feedback else None
        info = assistant.info()
        gr.HTML(masthead_html(), apply_default_css=False)
        self.talk = gr.State(Conversation())
        gr.HTML("", elem_id="op-past", apply_default_css=False)  # turns move there in the browser
        self.log = _live(welcome_html(info), "op-log", "log.js")
        self.reader = _live("", "op-reader", "reader.js")
        self.parcel = _live("", "op-parcel", "parcel.js")
        self._made = count()  # the same document may be opened again
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
        """Tie events to what they do."""
        boxes = self.form.components
        inputs = [self.talk, *boxes]
        outputs = [self.talk, self.log, self.notice, self.question, *self.loaded.shown]
        of_form = self.form.counted
        asked = [
            self.question.submit(self.ask_typed, [self.question, *inputs], outputs, **_ASKING),
            self.log.click(
                self.press, inputs, [*outputs, *of_form, self.reader, self.parcel], **_ASKING
            ),
            blocks.load(self.ask_linked, [self.talk], [*outputs, *of_form], **_ASKING),
        ]
        for event in asked:
            event.failure(self.show_failure, [self.talk], [self.log, self.notice], **_PRIVATE)
        self.fresh.click(self.start_afresh, None, outputs, **_PRIVATE)
        self.form.connect(**_PRIVATE)
        self.loaded.connect(**_PRIVATE)

    def ask_typed(self, question: str, talk: Conversation, *boxes: Any) -> Iterator[Updates]:  # noqa: ANN401
        """Answer what stands in the box, and clear the box once it is answered."""
        for updates in self._ask(clean(question), talk, self.form.read(boxes)):
            told = updates.get(self.talk)
            is_told = told and not told.failed and not told.pending
            yield {**updates, self.question: ""} if is_told else updates

    def press(self, event: gr.EventData, talk: Conversation, *boxes: Any) -> Iterator[Updates]:  # noqa: ANN401
        """Do what was pressed: ask, open a document or its history, take quotations away."""
        told = {name: str(getattr(event, name, "") or "") for name in _TOLD}
        state = self.form.read(boxes)
        if question := clean(told["question"]):
            if told["unfilter"]:
                state = state.without(told["unfilter"])
                yield self.form.filled(state)
            yield from self._ask(question, talk, state, unread=told["unread"].split())
        elif told["verdict"]:
            yield self._judge(told["verdict"], told["better"], told["turn"], talk)
        elif told["take"]:
            yield self._take(told["take"], told["picked"].splitlines(), talk)
        else:
            yield self._open(told["symbol"], told["label"], is_history=bool(told["years"]))

    def ask_linked(self, request: gr.Request, talk: Conversation) -> Iterator[Updates]:
        """Answer what the address asks, `?q=…` or `?symbol=A/RES/61/181&p=OP6`, if anything."""
        asked = request.query_params
        place = f"{asked.get('symbol') or ''} {asked.get('p') or ''}"
        question = clean(asked.get("q")) or clean(place)
        state = from_address({name: asked.getlist(name) for name in asked})
        news: Updates = self.loaded.news_of_index()
        if state != FormState():
            news |= self.form.filled(state)
        yield news
        if question:
            yield from self._ask(question, talk, state)

    def show_failure(self, talk: Conversation) -> Updates:
        """Put one sentence in the place of an answer that met a fault nobody foresaw."""
        return {
            self.log: turn_html(talk.asked + 1, talk.pending or "Your question", failed_html()),
            self.notice: notice_html(FAILED),
        }

    def start_afresh(self) -> Updates:
        """Go back to the first screen."""
        info = self.assistant.info()
        return {
            self.talk: Conversation(),
            self.log: welcome_html(info),
            self.notice: notice_html("A new conversation."),
            self.question: "",
            **self.loaded.news_of_index(),
        }

    def _ask(
        self, question: str, talk: Conversation, state: FormState, unread: list[str] | None = None
    ) -> Iterator[Updates]:
        """Show that the question is worked on, then its answer."""
        problem = state.problem if question else MISSING
        if problem:
            yield {self.notice: notice_html(problem, is_visible=True)}
            return
        info = self.assistant.info()
        yield {
            self.talk: replace(talk, pending=question),
            self.log: turn_html(talk.asked + 1, question, busy_html(info)),
            self.notice: notice_html(busy_text(info)),
        }
        corpus = self.assistant.corpus
        told = reply_to(
            self.assistant,
            talk,
            question,
            state,
            unread=unread or (),
            extras=lambda answer: (
                answer_chart_html(answer, corpus)
                + (feedback_html(talk.asked + 1) if self.verdicts else Markup())
            ),
        )
        yield {
            self.talk: told,
            self.log: told.turn,
            self.notice: notice_html("The answer is below the question."),
            **self.loaded.news_of_index(),
        }

    def _open(self, symbol: str, label: str, *, is_history: bool) -> Updates:
        """Open a document at one of its places, or follow a paragraph over the years."""
        corpus = self.assistant.corpus
        resolution = corpus.resolution(symbol)
        passage = corpus.passage(resolution.symbol, label) if resolution else None
        if resolution is None or (is_history and passage is None):
            return {self.notice: notice_html(NOT_LOADED, is_visible=True)}
        if is_history and passage:
            kin = [quote(corpus, one, copies=()) for one in lineage(corpus, passage)]
            page = history_html(kin, symbol, label)
            told = f"{symbol} {label} over the years is open."
        else:
            page = document_html(
                resolution,
                label,
                is_loaded=lambda symbol: corpus.place(symbol) is not None,
                links=citation_links(resolution, corpus),
            )
            told = f"{symbol} is open at {label}." if label else f"{symbol} is open."
        return {
            self.reader: open_document_html(page, next(self._made)),
            self.notice: notice_html(told),
        }

    def _judge(self, verdict: str, better: str, turn: str, talk: Conversation) -> Updates:
        """Keep what a reader says of an answer."""
        answer = next((one for number, one in talk.answers if str(number) == turn), None)
        if self.verdicts is None or answer is None or verdict not in VERDICTS:
            return {self.notice: notice_html(NOT_JUDGED, is_visible=True)}
        self.verdicts.add(
            "verdict", **feedback_record(answer, verdict, better[:MAX_QUESTION_CHARACTERS])
        )
        return {self.notice: notice_html("Thank you: your verdict is kept on this machine.")}

    def _take(self, form: str, picked: list[str], talk: Conversation) -> Updates:
        """Hand the quotations to the browser as a file."""
        parts = parts_of([one for _, one in talk.answers], picked)
        kind = FORMS.get(form)
        if kind is None or not parts:
            return {self.notice: notice_html(NOTHING_TO_TAKE, is_visible=True)}
        return {
            self.parcel: download_html(
                next(self._made),
                file_name=f"quotations.{form}",
                media=kind.media,
                content=kind.write(parts),
            ),
            self.notice: notice_html(f"The {kind.name} file was handed to the browser."),
        }


# What the browser may tell of a press.
_TOLD = (
    *("question", "unread", "unfilter", "symbol", "label", "years", "take", "picked"),
    *("verdict", "better", "turn"),
)


def _live(value: str, name: str, script: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=read_static(script))


def build_page(assistant: Assistant, serving: Serving) -> gr.Blocks:
    """Return the page over `assistant`, which all readers share; not yet served."""
    PAGE_TEMPLATES.preload()
    blocks: gr.Blocks = gr.Blocks(title="Operative", analytics_enabled=False)
    with blocks:
        page = Page(assistant, serving)
        page.connect(blocks)
        add_programs(ApiFunctions(assistant))
    blocks.queue(max_size=QUEUE_PLACES, default_concurrency_limit=1, status_update_rate=1)
    return blocks
