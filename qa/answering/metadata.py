"""What a document says about itself, as facts with the words that state them."""

from collections.abc import Iterable, Sequence
from datetime import date

from qa.answer import Fact
from qa.corpus.corpus import Corpus
from qa.question.read import Question
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.symbols import MONTHS
from qa.resolutions.model import Kind, Masthead
from qa.resolutions.tables.read_tables import rows

_COUNTS = {
    "operative_count": Kind.OPERATIVE,
    "preambular_count": Kind.PREAMBULAR,
    "note_count": Kind.NOTE,
}
_LANGUAGES = {
    "ar": "Arabic",
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "ru": "Russian",
    "es": "Spanish",
}


def facts_of(corpus: Corpus, resolution: Masthead, fields: Iterable[str]) -> tuple[Fact, ...]:
    """Return the fields of one resolution that its document states, dates in ISO form."""
    return tuple(
        Fact(
            symbol=resolution.symbol,
            field=field,
            value=value,
            printed=corpus.printed(resolution, field),
        )
        for field in fields
        for value in (
            (str(_count(corpus, resolution, _COUNTS[field])),)
            if field in _COUNTS
            else _values(resolution, field)
        )
    )


def resolutions_with(corpus: Corpus, question: Question) -> tuple[Masthead, ...]:
    """Return the resolutions of which a value that the question gives is true: "agenda item 98"."""
    return tuple(
        one
        for one in corpus.resolutions
        if question.values and all(_matches(one, field, value) for field, value in question.values)
    )


def no_resolution_with(field: str, value: str) -> str:
    """Return the sentence that no loaded resolution has this value of a field."""
    if field == "adopted":
        day = date.fromisoformat(value)
        return f"No loaded resolution was adopted on {day.day} {MONTHS[day.month - 1]} {day.year}."
    words = {"agenda_items": "agenda item", "report": "report", "meeting": "meeting"}[field]
    return f"No loaded resolution came under {words} {value}."


def confirm_claim(question: Question, facts: Sequence[Fact], resolution: Masthead) -> str:
    """Return "Yes" or "No" where the question takes a date or a year for granted, else ""."""
    symbol = spaced_symbol(resolution.symbol)
    dates = {fact.field: fact.value for fact in facts if fact.symbol == resolution.symbol}
    stated = dates.get("adopted") or dates.get("issued")
    claimed = _claim(question)
    if claimed is None or stated is None:
        return ""
    if stated.startswith(claimed):
        return f"Yes: that is what the document of {symbol} says."
    other = resolution.issued if "adopted" in dates else resolution.adopted
    told = f"No: the document of {symbol} gives another date."
    if other and other.isoformat().startswith(claimed):
        deed = "issued" if "adopted" in dates else "adopted"
        told += f" The date in the question is that on which it was {deed}."
    return told


def _claim(question: Question) -> str | None:
    """Return the date or the year that a question takes for granted, as ISO dates begin."""
    if question.values:
        return None
    if question.claimed:
        return question.claimed.isoformat()
    if len(question.years) == 1 and not question.names_by_year:
        return str(question.years[0])
    return None


def _values(resolution: Masthead, field: str) -> tuple[str, ...]:
    if field == "language":
        return (_LANGUAGES.get(resolution.language, resolution.language),)
    if field == "adopted_by":
        return tuple(row["name"] for row in rows("organs") if row["body"] == resolution.body.value)
    if field == "agenda_items":
        return resolution.agenda_items
    if field == "job_number":
        return tuple(
            value for value in (resolution.job_number, resolution.printed_job_number) if value
        )
    value = getattr(resolution, field)
    return (str(value),) if value is not None and value != "" else ()


def _count(corpus: Corpus, masthead: Masthead, kind: Kind) -> int:
    """Return how many notes, or paragraphs that hang on no other, a resolution has."""
    whole = corpus.resolution(masthead.symbol)
    if whole is None:
        return 0
    if kind is Kind.NOTE:
        return len(whole.notes)
    return sum(1 for one in whole.of_kind(kind) if one.depth == 0)


def _matches(resolution: Masthead, field: str, value: str) -> bool:
    return any(
        one.lower().replace(" ", "").startswith(value.lower().replace(" ", ""))
        and (
            field != "agenda_items"
            or one.split(" ")[0] == value.split(" ", maxsplit=1)[0].split("(", maxsplit=1)[0]
        )
        for one in _values(resolution, field)
    )
