"""Every paragraph with the verbs, or the addressee, that a question asks for: a list, no search."""

import re
from collections.abc import Iterable

from qa.answer import Quote
from qa.answering.quotation import quote
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.expansion import expand
from qa.question.read import Question
from qa.resolutions.model import Span
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.tables.read_tables import rows, words
from qa.search.scorer import addresses_actor

_ORGANS = {row["symbol"]: f"{row['name']} {row['short']}" for row in rows("organs")}
_BESIDE_VERBS = words("beside verbs")


def list_paragraphs(
    corpus: Corpus, question: Question, among: Iterable[int]
) -> tuple[Quote, ...] | None:
    """Return every paragraph `among` rows that acts or cites as asked; None if more is asked."""
    cites = question.about_citations or question.cited_series is not None
    if not (question.verbs or question.actor or cites) or _asks_for_more(corpus, question):
        return None
    terms = corpus.words.terms
    acts = bool(question.verbs or question.actor)
    return tuple(
        quote(corpus, one, highlight=_spans(one, question))
        for one in (corpus.passages[int(row)] for row in among)
        if (not question.verbs or _does(one, question))
        and (not question.actor or addresses_actor(one, question.actor, terms))
        and (acts or _cites(one, question))
    )


def _asks_for_more(corpus: Corpus, question: Question) -> bool:
    """Tell whether a question has a topic beside its verbs and addressee."""
    terms = corpus.words.terms
    said = {term for verb in question.verbs for term in terms(verb)}
    said |= set(terms(question.actor or ""))
    said |= set(terms(_ORGANS.get(question.cited_series or "", "")))
    return any(
        term not in said
        for word in re.findall(r"[^\W_]{2,}", expand(_without_year(corpus, question)))
        if word.lower() not in _BESIDE_VERBS and not set(lemma_of(word)) & set(question.verbs)
        for term in terms(word)
    )


def _without_year(corpus: Corpus, question: Question) -> str:
    """Return the topic, less the year that names a resolution ("the 2001 text")."""
    adopted = {str(one.adopted.year) for one in corpus.resolutions if one.adopted}
    years = adopted & set(map(str, question.years)) if question.names_by_year else set()
    return re.sub("|".join(years) or "$^", " ", question.topic)


def _does(passage: Passage, question: Question) -> bool:
    """Tell whether a passage acts by one of the verbs asked for, or in their tone."""
    tones = {"appreciation"} if "expresses its appreciation" in question.verbs else set()
    return any(
        one.lemma in question.verbs or tones & set(one.verb.lower().split())
        for one in passage.actions
    )


def _cites(passage: Passage, question: Question) -> bool:
    """Tell whether a passage cites a document, of the organ asked for where one is named."""
    series = question.cited_series or ""
    return any(one.symbol.startswith(series) for one in passage.citations)


def _spans(passage: Passage, question: Question) -> tuple[Span, ...]:
    """Return where the verbs, or the citations, that are asked for stand."""
    if question.verbs or question.actor:
        return tuple(
            Span(start=one.start, end=one.start + len(one.verb))
            for one in passage.actions
            if not question.verbs or one.lemma in question.verbs
        )
    spans = (
        Span(start=one.start, end=one.end)
        for one in passage.citations
        if one.symbol.startswith(question.cited_series or "")
    )
    return tuple(dict.fromkeys(spans))  # one printed symbol may stand for two
