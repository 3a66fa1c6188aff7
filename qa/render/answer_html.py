"""An answer as HTML: constraints, facts, quotation cards or a refusal, follow-ups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from markupsafe import Markup

from qa.answer import Answer, Fact, Quote, Refusal, RefusalKind
from qa.render.marked_text import IsLoaded, nothing_loaded
from qa.render.plain_text import (
    HEADINGS,
    fact_value,
    field_label,
    headline,
    omitted_line,
    quote_text,
    source_line,
    taken_as,
)
from qa.render.quote_card import CardView, card_view
from qa.render.templating import RENDER_TEMPLATES, is_web_address
from qa.resolutions.cite.citation_format import link

PAGE_ROWS = 50  # of a list
FEWEST_LISTED = 4  # documents that are listed in a table
SHOWN_QUESTION_CHARACTERS = 1_000  # of a pasted document, only the beginning is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintChip:
    """A constraint detected in the question, which a reader can remove or restore."""

    words: str
    is_applied: bool
    ignored: str  # names of all ignored constraints once this chip is pressed


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact, with the words of the document that state it."""

    label: str
    value: str
    printed: str | None
    source: str  # file and line of the record; "" for the document itself


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """What the template of a refusal reads."""

    kind: str
    heading: str
    message: str
    link: str  # "" without a web address
    host: str
    nearest: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A row of a list of documents."""

    symbol: str
    is_loaded: bool
    url: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of documents with one fact each, in pages of rows."""

    label: str  # of the facts
    count: int
    pages: tuple[tuple[ListRow, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """What the template of an answer reads."""

    question: str
    completed: Markup  # a follow-up as a full question; "" where the question was complete
    constraints: tuple[ConstraintChip, ...]
    headline: str
    copy_all: str  # all quotations as text; "" for a single one, which has its own button
    tokens: int
    facts: tuple[tuple[str, tuple[FactLine, ...]], ...]  # by symbol
    listed: ListView | None  # facts of many documents, in place of `facts`
    more: int  # how many quotations to ask for, to see the next; 0 where all are shown
    cards: tuple[CardView, ...]
    refusal: RefusalView | None
    omitted_line: str
    follow_ups: tuple[str, ...]
    address: str  # query string that asks the same question


def question_html(question: str) -> Markup:
    """Return a question as literal text; of a very long text, only its beginning."""
    shown = question[:SHOWN_QUESTION_CHARACTERS]
    return RENDER_TEMPLATES.render("question.html", shown=shown, length=len(question))


def answer_html(
    answer: Answer, *, is_loaded: IsLoaded = nothing_loaded, filter_query: str = ""
) -> Markup:
    """Return the reply to one question.

    Args:
        answer: what was answered.
        is_loaded: whether a cited document can be opened here.
        filter_query: filters as a part of the address that asks this again, "&since=2005".
    """
    quotes = answer.quotes
    completed = taken_as(answer)
    refusal = refusal_view(answer.refusal, is_loaded) if answer.refusal else None
    listed = _listed(answer.facts, is_loaded)
    view = AnswerView(
        question=answer.understood or answer.question,
        completed=question_html(completed) if completed else Markup(),
        constraints=_constraint_chips(answer),
        headline=headline(answer),
        copy_all="\n\n".join(quote_text(quote) for quote in quotes) if len(quotes) > 1 else "",
        tokens=answer.tokens,
        facts=() if listed else _facts_by_symbol(answer.facts),
        listed=listed,
        more=_next_count(answer),
        cards=_cards(quotes, is_loaded),
        refusal=refusal,
        omitted_line=omitted_line(answer),
        follow_ups=answer.follow_ups,
        address=_address(answer, filter_query),
    )
    return RENDER_TEMPLATES.render("answer.html", view=view)


def refusal_html(refusal: Refusal, *, is_loaded: IsLoaded = nothing_loaded) -> Markup:
    """Return a refusal: its heading, its message, where else to look, the nearest passages."""
    return RENDER_TEMPLATES.render("refusal_alone.html", view=refusal_view(refusal, is_loaded))


def refusal_view(refusal: Refusal, is_loaded: IsLoaded) -> RefusalView:
    """Return the view of a refusal; only a web address becomes its link."""
    address = refusal.link if refusal.link and is_web_address(refusal.link) else ""
    return RefusalView(
        kind=refusal.kind.value,
        heading=HEADINGS[refusal.kind],
        message=refusal.message,
        link=address,
        host=urlsplit(address).hostname or address,
        nearest=_cards(refusal.nearest, is_loaded, is_nearest=True),
    )


def error_html(message: str) -> Markup:
    """Return the card for an error: one sentence that names the next step."""
    return RENDER_TEMPLATES.render("error.html", message=message)


def _constraint_chips(answer: Answer) -> tuple[ConstraintChip, ...]:
    ignored = [constraint.name for constraint in answer.readings if not constraint.weighed]
    chips = []
    for constraint in answer.readings:
        names = [name for name in ignored if name != constraint.name]
        if constraint.weighed:
            names.append(constraint.name)
        chips.append(
            ConstraintChip(
                words=constraint.words, is_applied=constraint.weighed, ignored=" ".join(names)
            )
        )
    return tuple(chips)


def _facts_by_symbol(facts: Sequence[Fact]) -> tuple[tuple[str, tuple[FactLine, ...]], ...]:
    by_symbol: dict[str, list[FactLine]] = {}
    for fact in facts:
        line = FactLine(
            label=field_label(fact),
            value=fact_value(fact),
            printed=fact.printed,
            source=source_line(fact),
        )
        by_symbol.setdefault(fact.symbol, []).append(line)
    return tuple((symbol, tuple(lines)) for symbol, lines in by_symbol.items())


def _listed(facts: Sequence[Fact], is_loaded: IsLoaded) -> ListView | None:
    """Return facts as a list if they are one each of many documents."""
    if len(facts) < FEWEST_LISTED or len({fact.symbol for fact in facts}) < len(facts):
        return None
    rows = [
        ListRow(
            symbol=fact.symbol,
            is_loaded=is_loaded(fact.symbol),
            url=link(fact.symbol),
            value=fact_value(fact),
        )
        for fact in facts
    ]
    labels = {field_label(fact) for fact in facts}
    return ListView(
        label=labels.pop() if len(labels) == 1 else "Title",
        count=len(rows),
        pages=tuple(tuple(rows[at : at + PAGE_ROWS]) for at in range(0, len(rows), PAGE_ROWS)),
    )


def _next_count(answer: Answer) -> int:
    """Return how many quotations show the next page of an answer; 0 if all are shown."""
    shown = len(answer.quotes)
    is_more = shown and not answer.facts and answer.total is not None and shown < answer.total
    return shown + PAGE_ROWS if is_more else 0


def _cards(
    quotes: Iterable[Quote], is_loaded: IsLoaded, *, is_nearest: bool = False
) -> tuple[CardView, ...]:
    return tuple(card_view(quote, is_nearest=is_nearest, is_loaded=is_loaded) for quote in quotes)


def _address(answer: Answer, filter_query: str) -> str:
    question = answer.understood or answer.question
    is_question = answer.refusal is None or answer.refusal.kind is not RefusalKind.NOT_A_QUESTION
    if not is_question or len(question) > SHOWN_QUESTION_CHARACTERS:
        return ""
    return f"?q={quote_plus(question)}{filter_query}"
