"""The page around the answers: masthead, first screen, turns, busy and failed states."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup

from qa.corpus.info import Info
from qa.page.form_state import BODIES
from qa.page.page_templates import PAGE_TEMPLATES
from qa.render.answer_html import error_html, question_html
from qa.render.export_files import FORMS
from qa.resolutions.periods import date_in_words

_NOTICES = count()
FAILED = "An unexpected error occurred. The conversation is kept; please ask again."


@dataclass(frozen=True, slots=True)
class ExampleKind:
    """Examples that teach one way of asking."""

    heading: str
    hint: str
    examples: tuple[str, ...]  # of the two resolutions that come with the project
    patterns: tuple[str, ...]  # of any others; {0} is a loaded symbol


_OWN_SYMBOLS = frozenset({"A/RES/61/181", "A/RES/56/123"})
_EXAMPLE_KINDS = (
    ExampleKind(
        "Look up a paragraph",
        "A symbol with a paragraph number returns exactly that paragraph.",
        (
            "61/181 OP6",
            "paragraphs 16 to 18 of A/RES/56/123",
            "third preambular paragraph of A/RES/61/181",
        ),
        ("{0} OP1", "first preambular paragraph of {0}"),
    ),
    ExampleKind(
        "Ask what a document records",
        "Dates, meeting, committee, report, agenda item, counts.",
        (
            "When was resolution 61/181 adopted?",
            "How many operative paragraphs does 56/123 have?",
        ),
        ("When was {0} adopted?", "How many operative paragraphs does {0} have?"),
    ),
    ExampleKind(
        "Search",
        "By meaning and by words. A symbol, verb, actor or year narrows the search.",
        (
            "Which paragraphs of 56/123 welcome something?",
            "Who should report to the Assembly at its sixty-second session?",
            "Is anything said about young people who break the law?",
        ),
        (
            "Which paragraphs of {0} welcome something?",
            "What is the Secretary-General asked to do?",
        ),
    ),
)


def masthead_html() -> Markup:
    """Return the name of the page and what it is for."""
    return PAGE_TEMPLATES.render("masthead.html")


def loaded_line(info: Info) -> str:
    """Return the line that always shows what is loaded."""
    parts = [
        "Loaded: " + _counted(info.resolutions, "resolution"),
        _counted(info.operative, "operative paragraph"),
    ]
    if _years(info):
        parts.append(_years(info))
    return " · ".join(parts)


def holdings_html(info: Info) -> Markup:
    """Return what is loaded: bodies, paragraphs, the last build, the model."""
    organs = " · ".join(
        f"{BODIES.get(body, body)} {count:,}" for body, count in info.counts.items()
    )
    holdings = [("Resolutions", organs), *_holdings(info)[1:]]
    return PAGE_TEMPLATES.render("holdings.html", holdings=holdings)


def add_texts_html() -> Markup:
    """Return the heading of the form that adds texts."""
    return PAGE_TEMPLATES.render("add_texts.html")


def welcome_html(info: Info) -> Markup:
    """Return the first screen: ways of asking, what is loaded, what this does not do."""
    return PAGE_TEMPLATES.render(
        "welcome.html",
        example_kinds=[(kind, examples_of(kind, info)) for kind in _EXAMPLE_KINDS],
        holdings=_holdings(info),
    )


def turn_html(number: int, question: str, reply: Markup) -> Markup:
    """Return one turn: the question as literal text, and the reply."""
    return PAGE_TEMPLATES.render(
        "turn.html", number=number, question=question_html(question), reply=reply
    )


def active_filters_html(filters: Iterable[tuple[str, str]], question: str) -> Markup:
    """Return the filters of an answer, each with a button that removes it; "" without filters.

    Args:
        filters: names and words of the filters.
        question: what is asked again without one of them.
    """
    return PAGE_TEMPLATES.render("active_filters.html", filters=tuple(filters), question=question)


def feedback_html(turn: int) -> Markup:
    """Return the form that asks whether an answer was right.

    Args:
        turn: number of the turn that is judged.
    """
    return PAGE_TEMPLATES.render("feedback.html", turn=turn)


def functions_html() -> Markup:
    """Return the page of a server that answers programs only."""
    return PAGE_TEMPLATES.render("functions.html")


def export_menu_html() -> Markup:
    """Return the buttons that export quotations as files."""
    return PAGE_TEMPLATES.render("export_menu.html", forms=FORMS)


def busy_html(info: Info) -> Markup:
    """Return what is shown in place of an answer during the search."""
    return PAGE_TEMPLATES.render("busy.html", text=busy_text(info))


def busy_text(info: Info) -> str:
    """Return the sentence that is read out during the search."""
    return f"Searching {info.operative + info.preambular:,} paragraphs…"


def failed_html() -> Markup:
    """Return what is shown in place of an answer after an unexpected error."""
    return error_html(FAILED)


def notice_html(text: str = "", *, is_visible: bool = False) -> Markup:
    """Return the line that a screen reader reads out when it changes.

    Each has a number of its own: a line that says the same again is a change as well.
    """
    number = next(_NOTICES)
    return PAGE_TEMPLATES.render("notice.html", text=text, is_visible=is_visible, number=number)


def open_document_html(document: Markup, number: int) -> Markup:
    """Return an opened document; `number` makes it differ from the one opened before."""
    return PAGE_TEMPLATES.render("open_document.html", document=document, number=number)


def download_html(number: int, *, file_name: str, media: str, content: bytes) -> Markup:
    """Return a file for the browser to save; `number` makes it differ from the one before."""
    data = base64.b64encode(content).decode("ascii")
    return PAGE_TEMPLATES.render(
        "download.html", number=number, file_name=file_name, media=media, data=data
    )


def examples_of(kind: ExampleKind, info: Info) -> tuple[str, ...]:
    """Return examples that the loaded texts can answer."""
    if set(info.symbols) >= _OWN_SYMBOLS:
        return kind.examples
    if not info.symbols:
        return ()
    return tuple(pattern.format(info.symbols[0]) for pattern in kind.patterns)


def _holdings(info: Info) -> list[tuple[str, str]]:
    """Return what is loaded, as names and values."""
    years = f", adopted {_years(info)}" if _years(info) else ""
    paragraphs = f"{info.operative:,} operative, {info.preambular:,} preambular"
    built = f"{date_in_words(info.built.date())}, {info.built:%H:%M}" if info.built else ""
    rows = [
        ("Resolutions", f"{info.resolutions:,}{years}"),
        ("Paragraphs", f"{paragraphs}, {_counted(info.notes, 'note')}"),
        ("Last build", built),
        ("Model", info.model),
        ("Index", info.generation),
    ]
    return [(name, value) for name, value in rows if value]


def _years(info: Info) -> str:
    """Return the years of adoption, "2001 to 2006"; "" where they are unknown."""
    if not (info.first_year and info.last_year):
        return ""
    if info.first_year == info.last_year:
        return str(info.last_year)
    return f"{info.first_year} to {info.last_year}"


def _counted(count: int, noun: str) -> str:
    """Return a number with its noun, "2 resolutions"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
