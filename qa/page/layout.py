"""The page itself: its components, and which event leads to which part of a conversation."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import api

from embeddings.errors import EmbeddingsError
from qa.assistant import Assistant, Info
from qa.errors import OperativeError
from qa.page.look import read_static
from qa.page.talk import (
    ALL_KINDS,
    BODIES,
    MISSING,
    OPERATIVE_ONLY,
    Form,
    Talk,
    Wishes,
    clean,
    reply_to,
)
from qa.page.words import (
    FAILED,
    busy_html,
    busy_text,
    failed_html,
    masthead_html,
    notice_html,
    turn_html,
    welcome_html,
)
from qa.render.document import document_html
from qa.render.json import answer_record
from qa.settings import DEFAULT_TOP

QUEUE_PLACES = 64
ONE_AT_A_TIME = "ask"  # tokenizers of the encoder are not made for two threads at once
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_ASKING: dict[str, Any] = {**_PRIVATE, "concurrency_id": ONE_AT_A_TIME, "concurrency_limit": 1}

Updates = dict[Component, Any]


class Page:
    """The components of the page and what happens in them; built inside a `gr.Blocks`."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.info: Info = assistant.info()
        gr.HTML(masthead_html(self.info), apply_default_css=False)
        self.talk = gr.State(Talk())
        self.log = gr.HTML(
            welcome_html(self.info),
            elem_id="op-log",
            apply_default_css=False,
            js_on_load=read_static("log.js"),
        )
        self.reader = gr.HTML(
            "", elem_id="op-reader", apply_default_css=False, js_on_load=read_static("reader.js")
        )
        self._opened = count()  # the same document may be opened again
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
            self.wishes = self._build_filters()

    def _build_filters(self) -> list[Component]:
        """The form under the question; its order is that of `_wishes`."""
        with gr.Column(elem_id="op-tray", min_width=0):
            with gr.Accordion("Filters", open=False, elem_id="op-filters"):
                with gr.Row(equal_height=False):
                    since = _number_box("Adopted since (year)", self.info.first_year)
                    until = _number_box("Adopted until (year)", self.info.last_year)
                    top = _number_box("Quotations, at most", DEFAULT_TOP)
                    budget = _number_box("Token budget", None)
                with gr.Row(equal_height=False):
                    kinds = gr.Radio(
                        [ALL_KINDS, OPERATIVE_ONLY], value=ALL_KINDS, label="Kind of paragraph"
                    )
                    bodies = gr.CheckboxGroup(
                        [(BODIES.get(body, body), body) for body in self.info.bodies],
                        label="Adopted by (none ticked: any body)",
                    )
            self.fresh = gr.Button("New conversation", size="sm", elem_id="op-fresh")
        return [since, until, top, budget, kinds, bodies]

    def connect(self, blocks: gr.Blocks) -> None:
        """Tie events to what they do."""
        inputs = [self.talk, *self.wishes]
        outputs = [self.talk, self.log, self.notice, self.question]
        asked = [
            self.question.submit(self.ask_typed, [self.question, *inputs], outputs, **_ASKING),
            self.log.click(self.press, inputs, [*outputs, self.reader], **_ASKING),
            blocks.load(self.ask_linked, inputs, outputs, **_ASKING),
        ]
        for event in asked:
            event.failure(self.show_failure, [self.talk], [self.log, self.notice], **_PRIVATE)
        self.fresh.click(self.start_afresh, None, outputs, **_PRIVATE)

    def ask_typed(self, question: str, talk: Talk, *wishes: *Form) -> Iterator[Updates]:
        """Answer what stands in the box, and clear the box once it is answered."""
        for updates in self._ask(clean(question), talk, Wishes.read(wishes)):
            told = updates.get(self.talk)
            yield {**updates, self.question: ""} if told and not told.failed else updates

    def press(self, event: gr.EventData, talk: Talk, *wishes: *Form) -> Iterator[Updates]:
        """Answer a question that was pressed, or open the document of a quotation."""
        if question := clean(getattr(event, "question", "")):
            yield from self._ask(question, talk, Wishes.read(wishes))
            return
        symbol, label = (str(getattr(event, name, "")) for name in ("symbol", "label"))
        resolution = self.assistant.corpus.resolution(symbol)
        if resolution is None:
            problem = "That document is no longer loaded; ask again."
            yield {self.notice: notice_html(problem, seen=True)}
            return
        page = f'<div data-opened="{next(self._opened)}">{document_html(resolution, label)}</div>'
        yield {self.reader: page, self.notice: notice_html(f"{symbol} is open at {label}.")}

    def ask_linked(self, request: gr.Request, talk: Talk, *wishes: *Form) -> Iterator[Updates]:
        """Answer what the address asks, `?q=…` or `?symbol=A/RES/61/181&p=OP6`, if anything."""
        asked = request.query_params
        place = f"{asked.get('symbol') or ''} {asked.get('p') or ''}"
        question = clean(asked.get("q")) or clean(place)
        if question:
            yield from self._ask(question, talk, Wishes.read(wishes))
        else:
            yield {self.notice: gr.skip()}

    def show_failure(self, talk: Talk) -> Updates:
        """Put one sentence in the place of an answer that met a fault nobody foresaw."""
        return {
            self.log: "".join(talk.turns) + failed_html(),
            self.notice: notice_html(FAILED),
        }

    def start_afresh(self) -> Updates:
        """Go back to the first screen."""
        return {
            self.talk: Talk(),
            self.log: welcome_html(self.info),
            self.notice: notice_html("A new conversation."),
            self.question: "",
        }

    def _ask(self, question: str, talk: Talk, wishes: Wishes) -> Iterator[Updates]:
        """Show that the question is worked on, then its answer."""
        problem = wishes.problem if question else MISSING
        if problem:
            yield {self.notice: notice_html(problem, seen=True)}
            return
        before = "".join(talk.turns)
        yield {
            self.log: before + turn_html(talk.asked + 1, question, busy_html(self.info)),
            self.notice: notice_html(busy_text(self.info)),
        }
        told = reply_to(self.assistant, talk, question, wishes)
        yield {
            self.talk: told,
            self.log: "".join(told.turns),
            self.notice: notice_html("The answer is below the question."),
        }

    def ask_json(  # noqa: PLR0917 - programs name these, as in any form
        self,
        question: str,
        top: int = DEFAULT_TOP,
        since: int = 0,
        until: int = 0,
        operative_only: bool = False,
        max_tokens: int = 0,
    ) -> dict[str, Any]:
        """Answer one question as `operative ask --json` does; 0 sets no limit."""
        wishes = Wishes(
            since=since or None, until=until or None, operative_only=operative_only, top=max(1, top)
        )
        try:
            answer = self.assistant.ask(
                clean(question),
                top=wishes.top,
                filters=wishes.filters,
                max_tokens=max(0, max_tokens) or None,
            )
        except (OperativeError, EmbeddingsError) as error:
            raise gr.Error(str(error)) from error
        return answer_record(answer)


def build_page(assistant: Assistant) -> gr.Blocks:
    """Return the page over `assistant`, which all readers share; not yet served."""
    blocks: gr.Blocks = gr.Blocks(title="Operative", analytics_enabled=False)
    with blocks:
        page = Page(assistant)
        page.connect(blocks)
        api(page.ask_json, api_name="ask", concurrency_id=ONE_AT_A_TIME, concurrency_limit=1)
    blocks.queue(max_size=QUEUE_PLACES, default_concurrency_limit=1, status_update_rate=1)
    return blocks


def _number_box(label: str, usual: int | None) -> gr.Textbox:
    """A box for a whole number; what holds when it is empty stands in it as a hint."""
    return gr.Textbox(
        label=label,
        placeholder="no limit" if usual is None else str(usual),
        max_lines=1,
        max_length=9,
        min_width=120,
        html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
    )
