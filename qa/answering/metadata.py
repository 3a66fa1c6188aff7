"""What a document says about itself, as facts with the words that state them."""

from collections.abc import Iterable, Sequence
from datetime import date

from qa.answer import Answer, Fact, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.replies import refuse, reply_with_facts
from qa.answering.scope import is_small
from qa.corpus.corpus import Corpus
from qa.question.question import Question
from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.languages import LANGUAGES
from qa.resolutions.model import Kind, Masthead
from qa.resolutions.periods import Period, Precision, date_in_words

_COUNTS = {
    "operative_count": Kind.OPERATIVE,
    "preambular_count": Kind.PREAMBULAR,
    "note_count": Kind.NOTE,
}


def answer_metadata(context: AnswerContext) -> Answer | None:
    """Give what the documents say about themselves."""
    question, corpus = context.question, context.corpus
    if not question.fields:
        return None
    about = context.named or resolutions_with(corpus, question)
    if question.values and not about:
        return refuse(RefusalKind.NOT_IN_TEXTS, no_resolution_with(*question.values[0]))
    about = about or (context.described if is_small(context.described) else ())
    if not about and is_small(corpus.resolutions) and not _has_subject(corpus, question):
        about = corpus.resolutions
    if not about:
        return None
    facts = tuple(
        fact for resolution in about for fact in facts_of(corpus, resolution, question.fields)
    )
    if not facts and context.named and set(question.fields) == {"title"}:
        return (
            None  # a resolution of the Council has no title: what it decides says what it is about
        )
    if not facts:
        named = ", ".join(spaced_symbol(resolution.symbol) for resolution in about)
        fields = ", ".join(field.replace("_", " ") for field in question.fields)
        return refuse(
            RefusalKind.NOT_RECORDED, f"The document of {named} does not state this: {fields}."
        )
    return reply_with_facts(facts, confirm_claim(question, facts, about[0]))


def _has_subject(corpus: Corpus, question: Question) -> bool:
    """Return whether a question about fields is about something that the texts mention."""
    return any(corpus.words.known(term) for term in corpus.words.terms(question.subject))


def facts_of(corpus: Corpus, resolution: Masthead, fields: Iterable[str]) -> tuple[Fact, ...]:
    """Return the fields of one resolution that its document states, dates in ISO form."""
    return tuple(
        Fact(
            symbol=resolution.symbol,
            field=field,
            value=value,
            printed=corpus.proof.printed(resolution, field),
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
        resolution
        for resolution in corpus.resolutions
        if question.values
        and all(_matches(resolution, field, value) for field, value in question.values)
    )


def no_resolution_with(field: str, value: str) -> str:
    """Return the sentence that no loaded resolution has this value of a field."""
    if field == "adopted":
        day = date_in_words(date.fromisoformat(value))
        return f"No loaded resolution was adopted on {day}."
    words = {"agenda_items": "agenda item", "report": "report", "meeting": "meeting"}[field]
    return f"No loaded resolution came under {words} {value}."


def confirm_claim(question: Question, facts: Sequence[Fact], resolution: Masthead) -> str:
    """Return what is true of the date that the question takes for granted; "" if nothing is.

    A date is confirmed only as exactly as it was understood: a month as a month, and neither
    "late 2006" nor "05/12/2006", which is 5 December or 12 May.
    """
    claim = question.claimed
    dates = {fact.field: fact.value for fact in facts if fact.symbol == resolution.symbol}
    stated = dates.get("adopted") or dates.get("issued")
    if claim is None or stated is None or question.values or _names_document(question):
        return ""
    symbol = spaced_symbol(resolution.symbol)
    day = date.fromisoformat(stated)
    fits = [day in period for period in claim.periods]
    if not any(fits):
        message = f"No: the document of {symbol} gives another date."
        other = resolution.issued if "adopted" in dates else resolution.adopted
        if other and claim.periods and all(other in period for period in claim.periods):
            deed = "issued" if "adopted" in dates else "adopted"
            message += f" The date in the question is that on which it was {deed}."
        return message
    if not all(fits):
        return f"The date in the question can be read as {_alternatives(claim.periods)}."
    return f"Yes: that is what the document of {symbol} says." if claim.is_exact else ""


def _names_document(question: Question) -> bool:
    """Return whether the year only names the document: "the 2006 resolution"."""
    periods = question.claimed.periods if question.claimed else ()
    return question.names_by_year and all(period.precision is Precision.YEAR for period in periods)


def _alternatives(periods: Iterable[Period]) -> str:
    """Return the readings of a date in words, "5 December 2006 or 12 May 2006"."""
    return " or ".join(date_in_words(period.since) for period in periods if period.since)


def _values(resolution: Masthead, field: str) -> tuple[str, ...]:
    if field == "language":
        return (LANGUAGES.get(resolution.language, resolution.language),)
    if field == "adopted_by":
        name = BODY_NAMES.get(resolution.body.value)
        return (name,) if name else ()
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
    return sum(1 for paragraph in whole.of_kind(kind) if paragraph.depth == 0)


def _matches(resolution: Masthead, field: str, value: str) -> bool:
    """Return whether a field of a resolution has a value that a question gives."""
    return any(
        stated.lower().replace(" ", "").startswith(value.lower().replace(" ", ""))
        and (
            field != "agenda_items"
            or stated.split(" ")[0] == value.split(" ", maxsplit=1)[0].split("(", maxsplit=1)[0]
        )
        for stated in _values(resolution, field)
    )
