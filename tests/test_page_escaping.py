"""Typed text and text of documents reach the page as text, in every view."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_parts import built
from starlette.datastructures import QueryParams

from qa.answer import (
    Answer,
    AnswerRoute,
    Fact,
    Quote,
    Refusal,
    RefusalKind,
    SameWording,
)
from qa.assistant import Assistant
from qa.indexing.background import Ended, Step
from qa.indexing.uploads import PreviewedText, UploadPreview
from qa.page.build_status import ended_html, preview_html, step_html
from qa.page.conversation_state import Conversation
from qa.page.form_state import NAMES, FormState
from qa.page.markup import (
    active_filters_html,
    download_html,
    holdings_html,
    notice_html,
    turn_html,
    welcome_html,
)
from qa.question.interpretation import Constraint
from qa.render.answer_html import answer_html, error_html, question_html
from qa.render.history_html import history_html
from qa.render.resolution_html import CitationLinks, document_html
from qa.render.svg_charts import Series, bars_html, legend_html
from qa.resolutions.model import (
    Action,
    Cited,
    Kind,
    Note,
    NoteMark,
    Paragraph,
    Resolution,
    Source,
    Span,
)
from qa.resolutions.readers.files import Problem
from qa.search.filters import Filters
from qa.settings import Serving
from qa.workers.answer_pool import OwnProcess

if TYPE_CHECKING:
    from qa.page.filter_form import FilterForm

pytestmark = pytest.mark.xdist_group("gradio")  # one process imports it
IMAGE = '<img src=x onerror="alert(1)">'
HOSTILE = (
    IMAGE,
    "</p></textarea><script>alert(1)</script>",
    "\" onmouseover='alert(1)' x=\"",
    "&lt;b&gt; &amp; <!-- ]]> {{ 7 * 7 }} ${1} {% raw %}",
    "javascript:alert(1)",
)
typed_text = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)
DAY = date(2006, 12, 20)


class Outline(HTMLParser):
    """The tags of a fragment with the names of their attributes, and its text."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(str(fragment))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.text += "".join(f"\n{value}" for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("declaration", decl))


def make_quote(text: str) -> Quote:
    """A quotation with the same text in every field."""
    return Quote(
        symbol=text,
        title=text,
        subjects=(text,),
        adopted=DAY,
        label=text,
        number=6,
        kind=Kind.OPERATIVE,
        text=text,
        chapeau=text,
        highlight=(Span(start=0, end=1),),
        citation=text,
        url=f"https://docs.un.org/{text}",
        score=1.0,
        source=Source(file=f"folder/{text.replace('/', '_')}", sha256=text),
        start=0,
        end=1,
        actions=(Action(verb=text, lemma=text, grade=3, addressee=text, due=text, start=0),),
        citations=(Cited(symbol=text.replace(" ", "_"), start=0, end=len(text)),),
        same_wording=(SameWording(symbol=text, label=text, adopted=DAY),),
    )


def make_answer(text: str) -> Answer:
    """An answer with the same text in every field, and a refusal."""
    quotes = (make_quote(text), make_quote(text))
    refusal = Refusal(
        kind=RefusalKind.NOT_LOADED,
        message=text,
        nearest=quotes,
        link=f"https://docs.un.org/{text}",
    )
    return Answer(
        question=text,
        understood=f"{text} and more",
        road=AnswerRoute.SEARCH,
        message=text,
        refusal=refusal,
        facts=(Fact(symbol=text, field=text, value=text, printed=text),),
        quotes=quotes,
        follow_ups=(text,),
        readings=(
            Constraint(name=text, words=text),
            Constraint(name="b", words=text, weighed=False),
        ),
    )


def make_resolution(text: str, own: Resolution) -> Resolution:
    """A resolution with the same text in every field that holds words."""
    cited = (Cited(symbol=text.replace(" ", "_"), start=0, end=1),)
    paragraphs = tuple(
        Paragraph(
            kind=kind,
            label=f"{text} {kind.value}",
            number=1,
            text=text,
            start=0,
            end=1,
            printed=text,
            marks=(NoteMark(marker=text, position=1),),
            citations=cited,
        )
        for kind in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.HEADING)
    )
    notes = (Note(marker=text, text=text, start=0, end=1, citations=cited),)
    return replace(own, symbol=text, title=text, paragraphs=paragraphs, notes=notes)


def views(text: str, assistant: Assistant) -> Mapping[str, str]:
    """Every view of the page, each with `text` in all its fields."""
    from qa.page.filter_form import problem_html

    own = next(iter(assistant.info().symbols))
    resolution = assistant.corpus.resolution(own)
    assert resolution is not None
    document = make_resolution(text, resolution)
    info = replace(assistant.info(), generation=text, model=text, symbols=(text,))
    quote = make_quote(text)
    earlier = replace(quote, symbol="A/RES/1/1", text=f"{text} before", adopted=date(2001, 1, 1))
    filters = Filters(since=1990, addressees=frozenset({text}), subjects=frozenset({text}))
    problems = (Problem(file=text, reason=text, kind=text),)
    previewed = PreviewedText(
        file=text,
        symbol=text,
        title=text,
        adopted=DAY,
        language=text,
        operative=1,
        preambular=1,
        notes=1,
    )
    series = [Series(name=text, by_year={2001: 1, 2006: 2})]
    links = CitationLinks(cited={text: 2001}, citing={text: 2006})
    return {
        "question": question_html(text),
        "answer": answer_html(make_answer(text), is_loaded=lambda _: True, filter_query=text),
        "error": error_html(text),
        "document": document_html(
            document, document.paragraphs[0].label, is_loaded=lambda _: True, links=links
        ),
        "history": history_html([earlier, quote], quote.symbol, quote.label),
        "chart": bars_html(series, text),
        "legend": legend_html(series),
        "holdings": holdings_html(info),
        "welcome": welcome_html(info),
        "turn": turn_html(1, text, error_html(text)),
        "active filters": active_filters_html(FormState(filters=filters).in_words(), text),
        "notice": notice_html(text),
        "form problem": problem_html(text),
        "download": download_html(1, file_name=text, media=text, content=b""),
        "preview": preview_html(UploadPreview(seen=(previewed,), problems=problems, is_whole=True)),
        "build step": step_html(Step(stage=text, done=1, of=2)),
        "build result": ended_html(Ended(resolutions=1, problems=problems)),
    }


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed_text)
def test_every_view_keeps_its_tags_and_shows_the_text(assistant: Assistant, typed: str) -> None:
    text = f"x{typed.strip()}x"  # a blank field would leave its tag out
    plain = views("xx", assistant)
    for name, fragment in views(text, assistant).items():
        outline = Outline(fragment)
        assert outline.tags == Outline(plain[name]).tags, name
        assert text in outline.text, name


@pytest.fixture(scope="module")
def form(assistant: Assistant) -> "FilterForm":
    """The filters of a page."""
    from qa.page.filter_form import FilterForm

    return built(lambda: FilterForm(OwnProcess(assistant)))


def outlines(updates: Mapping[Any, Any]) -> list[Outline]:
    """What the HTML components of an update show."""
    import gradio as gr

    return [
        Outline(value)
        for component, value in updates.items()
        if isinstance(component, gr.HTML) and isinstance(value, str)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("field", ["since", "until"])
def test_a_typed_year_is_shown_as_text(form: "FilterForm", field: str) -> None:
    values = [IMAGE if name == field else None for name in form.boxes]
    shown = outlines(form._count_without(field)(*values))
    assert [outline.tags for outline in shown] == [[("p", "class")]]
    assert IMAGE in shown[0].text


Ask = Callable[[str, str], list[Outline]]


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Ask:
    """Return a function that types a text into one field of a page and asks."""
    from qa.page.layout import Page

    page = built(lambda: Page(OwnProcess(assistant), Serving()))

    def press(field: str, text: str) -> list[Outline]:
        boxes = [text if name == field else None for name in page.form.boxes]
        event = SimpleNamespace(**({field: text} if field not in page.form.boxes else {}))
        question = text if field == "question" else "61/181 OP6"
        query = QueryParams({"q": question, field: text})
        steps = [
            *page.ask_typed(question, Conversation(), [], *boxes),
            *page.press_question(event, Conversation(), [], *boxes),  # type: ignore[arg-type]
            page.press(event, Conversation(), [], *boxes),  # type: ignore[arg-type]
            *page.ask_linked(SimpleNamespace(query_params=query), Conversation(), []),  # type: ignore[arg-type]
        ]
        return [outline for updates in steps for outline in outlines(updates)]

    return press


@pytest.mark.slow
@pytest.mark.parametrize(
    "field",
    [*NAMES, "top", "budget", "question", "symbol", "p", "label", "unread", "unfilter", "better"],
)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_or_in_an_address_becomes_markup(ask: Ask, field: str, text: str) -> None:
    tags = [tag for outline in ask(field, text) for tag in outline.tags]
    assert tags
    assert not {tag[0] for tag in tags} & {"img", "script", "comment", "textarea"}
    assert not [name for tag in tags for name in tag[1:] if name.startswith("on")]
