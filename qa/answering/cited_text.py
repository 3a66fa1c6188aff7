"""What a document cites or renews: the text that is meant by "the request that 2812 prolongs"."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from qa.answering.context import AnswerContext
from qa.answering.lookup import look_up
from qa.corpus.passages import Passage
from qa.question.read import read_question
from qa.question.step_query import StepKind, StepQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind, Masthead
from qa.search.filters import Filters

MAX_ENDED = 5  # paragraphs by which a document ended something
_ENDED = re.compile(
    r"\b(?:terminat|lift|clos|dissol|withdraw|discontinu|abolish|remov|disband|revok|repeal)\w*",
    re.IGNORECASE,
)


def _day(passage: Passage) -> date:
    return passage.resolution.adopted or date.max


def cited_steps(context: AnswerContext, query: StepQuery) -> tuple[Sequence[Passage], str]:
    """Return what the place named cites, or what its document terminated, and the place itself."""
    named = _citing_document(context, query)
    if named is None:
        return (), ""
    others = {each.symbol for each in context.named} - {named.symbol}
    citing = _citing(context, query, named.symbol, others)
    reached = [
        passage
        for each in citing
        for cited in each.citations
        if _is_reached(without_part(cited.symbol.split(" ")[0]), named.symbol, others)
        for passage in _at(context, cited.symbol)
    ]
    reached = list({passage.row: passage for passage in reached}.values())
    if query.by and reached:
        reached = [*_renewed(context, reached[0]), *reached]
        reached = list({passage.row: passage for passage in reached}.values())
    if query.kind is StepKind.ENDED_BY:
        return (*citing, *reached), f"{spaced_symbol(named.symbol)} ended what is cited here."
    if not reached:
        return (), ""
    symbols = dict.fromkeys(spaced_symbol(passage.symbol) for passage in reached)
    return (*reached, *citing), f"Cited there: {', '.join(symbols)}."


def _citing_document(context: AnswerContext, query: StepQuery) -> Masthead | None:
    """Return the document that cites: the one that is said to, or the only one that is named."""
    if not query.by:
        return context.named[0]
    written = query.by if "/" in query.by else f"resolution {query.by}"
    symbols = read_question(written, context.corpus.resolutions).symbols
    return context.corpus.masthead(symbols[0]) if symbols else None


def _is_reached(cited: str, citing: str, others: Collection[str]) -> bool:
    """Return whether a cited document is meant: any other, or one of those that are named, too."""
    return cited in others if others else cited != citing


def _citing(
    context: AnswerContext, query: StepQuery, symbol: str, others: Collection[str]
) -> tuple[Passage, ...]:
    corpus = context.corpus
    citing = tuple(
        passage
        for passage in corpus.passages_of(symbol, {Kind.OPERATIVE})
        if any(
            _is_reached(without_part(cited.symbol.split(" ")[0]), symbol, others)
            for cited in passage.citations
        )
    )
    if query.kind is StepKind.ENDED_BY:
        return tuple(
            passage
            for passage in citing
            if _ENDED.search(f"{passage.chapeau or ''} {passage.text}")
        )[:MAX_ENDED]
    return citing[:MAX_CITING] if query.by else look_up(corpus, context.question).passages


MAX_CITING = 2  # paragraphs of a document of which what they cite is quoted


def _renewed(context: AnswerContext, passage: Passage) -> Iterator[Passage]:
    """Yield what a chain of renewals began with: what renews only says that another holds on."""
    seen = {passage.row}
    while _RENEWS.match(passage.text):
        cited = [
            each
            for citing in passage.citations
            for each in (*_renewing(context, citing.symbol), *_at(context, citing.symbol))
        ]
        older = [each for each in cited if each.row not in seen and _day(each) < _day(passage)]
        if not older:
            break
        passage = older[0]
        seen.add(passage.row)
    yield passage


def _renewing(context: AnswerContext, cited: str) -> Iterator[Passage]:
    """Yield the paragraphs of a document that is cited whole which renew what another decided."""
    symbol, _, label = cited.partition(" ")
    if not label and context.corpus.masthead(symbol):
        for passage in context.corpus.passages_of(symbol, {Kind.OPERATIVE}):
            if _RENEWS.match(passage.text):
                yield passage


_RENEWS = re.compile(
    r"\W*(?:decides? (?:also |further )?to |further |also )?(?:extend|renew|prolong|continue)s? "
    r"(?:until [^,;]{4,30} |for a further [^,;]{4,30} )?the (?:authori[sz]ations?|measures|"
    r"reporting|provisions|requests?|arrangements?|exemptions?|mandate)\b",
    re.IGNORECASE,
)


def _at(context: AnswerContext, cited: str) -> tuple[Passage, ...]:
    """Return the paragraph that a citation names, or the nearest in its document."""
    corpus = context.corpus
    symbol, _, label = cited.partition(" ")
    masthead = corpus.masthead(symbol)
    if masthead is None:
        return ()
    if label and (passage := corpus.passage(masthead.symbol, label)):
        return (passage,)
    filters = Filters(kinds=frozenset({Kind.OPERATIVE}))
    hits = context.retriever.search(
        context.question, k=1, filters=filters, scope=(masthead.symbol,)
    )
    return tuple(hit.passage for hit in hits)
