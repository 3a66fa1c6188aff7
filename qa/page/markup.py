"""The words of the page around the answers: masthead, first screen, busy and failed states."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from qa.corpus.info import Info
from qa.page.form_state import BODIES
from qa.render.answer_html import ask_button, error_html, question_html
from qa.render.export_files import FORMS
from qa.resolutions.periods import date_in_words

FAILED = "Something went wrong on our side; the conversation is kept, so please ask again."


@dataclass(frozen=True, slots=True)
class ExampleKind:
    """Examples that teach one way of asking."""

    heading: str
    hint: str
    examples: tuple[str, ...]  # of the two resolutions that come with the project
    patterns: tuple[str, ...]  # of any others; {0} is a loaded symbol


_OWN_SYMBOLS = frozenset({"A/RES/61/181", "A/RES/56/123"})
_LESSONS = (
    ExampleKind(
        "Look up a paragraph",
        "A symbol with a number gets exactly that paragraph.",
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
        "Search and narrow down",
        "By meaning and by words; a symbol, a verb, an actor or a year in the question narrows it.",
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


def masthead_html() -> str:
    """Return the name of the page and what it is for."""
    return (
        '<header class="op-masthead"><h1>Operative</h1>'
        "<p>What United Nations resolutions say, word for word, with the paragraph to cite.</p>"
        "</header>"
    )


def loaded_line(info: Info) -> str:
    """Return what is loaded, in the line that is always in sight."""
    return f"Loaded: {_loaded(info)}"


def holdings_html(info: Info) -> str:
    """Return what is loaded: bodies, paragraphs, the last build, the model."""
    organs = " · ".join(
        f"{BODIES.get(body, body)} {count:,}" for body, count in info.counts.items()
    )
    return (
        f'<div class="op-holdings">{_listed([("Resolutions", organs), *_holdings(info)[1:]])}</div>'
    )


def texts_html() -> str:
    """Return the heading over the form that adds texts."""
    return (
        '<h3 class="op-add">Add your texts</h3><p class="op-muted">Word, PDF, HTML, XML, plain '
        "text, or archives of these. They are kept in the folder of the index and leave it only "
        "when you take them out.</p>"
    )


def welcome_html(info: Info) -> str:
    """Return the first screen: ways of asking, what is loaded, what is not done here."""
    lessons = "".join(_lesson(lesson, info) for lesson in _LESSONS)
    return (
        f'<div class="op-welcome"><div class="op-lessons">{lessons}</div>'
        '<div class="op-terms"><section><h2>What is loaded</h2>'
        f"{_listed(_holdings(info))}</section><section><h2>What this does not do</h2>"
        "<p>It quotes; it does not write, summarise or give advice. It knows nothing beyond the "
        "texts that are loaded, and says so: votes, sponsors and debates are not in "
        "resolutions. Questions are searched in English; look-up by symbol works in any language. "
        "Nothing that you ask leaves this machine.</p></section></div></div>"
    )


def turn_html(number: int, question: str, reply: str) -> str:
    """Return one turn: the question as literal text, and the reply that is HTML already."""
    return (
        f'<div class="op-turn" id="op-turn-{number}" role="group" aria-labelledby="op-q{number}">'
        f'<h2 class="op-asked" id="op-q{number}" tabindex="-1" dir="auto">'
        f'<span class="op-hidden">Question: </span>{question_html(question)}</h2>'
        f'<div class="op-reply">{reply}</div></div>'
    )


def narrowed_html(said: Iterable[tuple[str, str]], question: str) -> str:
    """Return to what the form narrowed the answer, each to be taken off; "" where to nothing.

    Args:
        said: names and words of the filters.
        question: what is asked again without one of them.
    """
    chips = "".join(
        f'<li><button type="button" class="op-chip" data-ask="{escape(question)}" '
        f'data-unfilter="{escape(name)}" aria-label="Take off: {escape(words)}">{escape(words)} '
        '<span aria-hidden="true">×</span></button></li>'
        for name, words in said
    )
    if not chips:
        return ""
    return (
        '<div class="op-chips op-narrowed"><span class="op-muted">Narrowed to:</span>'
        f"<ul>{chips}</ul></div>"
    )


def judge_html(turn: int) -> str:
    """Return what asks a reader whether an answer was right.

    Args:
        turn: number of the turn that is judged.
    """
    names = {"right": "Right", "wrong": "Wrong paragraph", "missing": "Something is missing"}
    buttons = "".join(
        f'<button type="button" class="op-copy" data-verdict="{name}" data-turn="{turn}">'
        f"{words}</button>"
        for name, words in names.items()
    )
    return (
        '<details class="op-judge"><summary>Was this right?</summary><div>'
        f'<label>Right would be <input type="text" class="op-better" maxlength="200" '
        'placeholder="61/181 OP6, if you know" autocomplete="off"></label>'
        f'<span class="op-tools">{buttons}</span></div><p class="op-muted">Kept on this machine: '
        "the question, what was answered, and your verdict.</p></details>"
    )


def programs_html() -> str:
    """Return what stands on the page of a server for programs."""
    return (
        '<main class="op-welcome"><h1>Operative for programs</h1>'
        "<p>This server answers programs: <code>ask</code>, <code>retrieve</code>, "
        "<code>show</code> and <code>verify_quote</code>, over HTTP for any client of Gradio's, "
        'and as tools of the Model Context Protocol at <code>/mcp</code>. <a href="health">'
        "<code>/health</code></a> says what is loaded.</p></main>"
    )


def take_html() -> str:
    """Return the buttons that take quotations away as files."""
    buttons = "".join(
        f'<li><button type="button" class="op-copy" data-take="{name}">{form.name}</button></li>'
        for name, form in FORMS.items()
    )
    return (
        '<details class="op-menu"><summary>Take away</summary><div><p class="op-muted op-taken">'
        "The whole conversation; select quotations to take only those.</p>"
        f"<ul>{buttons}</ul></div></details>"
    )


def busy_html(info: Info) -> str:
    """Return what stands in place of an answer while it is looked for."""
    return f'<p class="op-busy">{busy_text(info)}</p>'


def busy_text(info: Info) -> str:
    """Return the sentence said while an answer is looked for."""
    return f"Searching {info.operative + info.preambular:,} paragraphs…"


def failed_html() -> str:
    """Return what stands in place of an answer after a fault that nobody foresaw."""
    return error_html(FAILED)


def notice_html(text: str = "", *, seen: bool = False) -> str:
    """Return the line that is read out when it changes; `seen` shows it as well."""
    css = "op-notice" if seen else "op-hidden"
    return f'<p class="{css}" role="status" aria-live="polite">{escape(text)}</p>'


def examples_of(lesson: ExampleKind, info: Info) -> tuple[str, ...]:
    """Return examples that the loaded texts can answer."""
    if set(info.symbols) >= _OWN_SYMBOLS:
        return lesson.examples
    if not info.symbols:
        return ()
    return tuple(pattern.format(info.symbols[0]) for pattern in lesson.patterns)


def _lesson(lesson: ExampleKind, info: Info) -> str:
    """One way of asking, with buttons that ask."""
    buttons = "".join(f"<li>{ask_button(example)}</li>" for example in examples_of(lesson, info))
    return (
        f'<section><h2>{lesson.heading}</h2><p class="op-muted">{lesson.hint}</p>'
        f"<ul>{buttons}</ul></section>"
    )


def _loaded(info: Info) -> str:
    """How much is loaded, "2 resolutions, 33 operative paragraphs, 2001 to 2006"."""
    parts = [
        _counted(info.resolutions, "resolution"),
        _counted(info.operative, "operative paragraph"),
    ]
    if info.first_year and info.last_year:
        same = info.first_year == info.last_year
        parts.append(str(info.last_year) if same else f"{info.first_year} to {info.last_year}")
    return " · ".join(parts)


def _holdings(info: Info) -> list[tuple[str, str]]:
    """What is loaded, as names and values."""
    paragraphs = f"{info.operative:,} operative, {info.preambular:,} preambular"
    built = f"{date_in_words(info.built.date())}, {info.built:%H:%M}" if info.built else ""
    rows = [
        ("Resolutions", f"{info.resolutions:,}{_years(info)}"),
        ("Paragraphs", f"{paragraphs}, {_counted(info.notes, 'note')}"),
        ("Last build", built),
        ("Model", info.model),
        ("Index", info.generation),
    ]
    return [(name, value) for name, value in rows if value]


def _listed(rows: Iterable[tuple[str, str]]) -> str:
    items = (f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)
    return f"<dl>{''.join(items)}</dl>"


def _years(info: Info) -> str:
    """The years of adoption, ", adopted 2001 to 2006"."""
    if not (info.first_year and info.last_year):
        return ""
    if info.first_year == info.last_year:
        return f", adopted {info.last_year}"
    return f", adopted {info.first_year} to {info.last_year}"


def _counted(count: int, noun: str) -> str:
    """A number with its noun, "2 resolutions"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
