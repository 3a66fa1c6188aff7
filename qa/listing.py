"""Every paragraph with the verbs, or the addressee, that a question asks for: a list, no search."""

import re
from collections.abc import Iterable, Sequence

from qa.answer import Quote
from qa.corpus import Corpus, Passage
from qa.question import Question
from qa.quoting import quote
from qa.resolutions.model import Span
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.tables.load import words
from qa.retrieve import is_addressed
from qa.topic import expand

_BESIDE_VERBS = words("beside verbs")


def listed(corpus: Corpus, question: Question, rows: Iterable[int]) -> tuple[Quote, ...]:
    """Return every paragraph among `rows` that acts as asked; none if more than that is asked."""
    if not (question.verbs or question.actor) or _asks_for_more(corpus, question):
        return ()
    terms = corpus.words.terms
    allowed = frozenset(int(row) for row in rows)
    return tuple(
        quote(corpus, one, highlight=_verb_spans(one, question.verbs))
        for one in corpus.passages
        if one.row in allowed
        and (not question.verbs or _does(one, question))
        and (not question.actor or is_addressed(one, question.actor, terms))
    )


def _asks_for_more(corpus: Corpus, question: Question) -> bool:
    """Tell whether a question has a topic beside its verbs and addressee."""
    terms = corpus.words.terms
    said = {term for verb in question.verbs for term in terms(verb)}
    said |= set(terms(question.actor or ""))
    return any(
        term not in said
        for word in re.findall(r"[^\W\d_]{2,}", expand(question.topic))
        if word.lower() not in _BESIDE_VERBS and not set(lemma_of(word)) & set(question.verbs)
        for term in terms(word)
    )


def _does(passage: Passage, question: Question) -> bool:
    """Tell whether a passage acts by one of the verbs asked for, or in their tone."""
    tones = {"appreciation"} if "expresses its appreciation" in question.verbs else set()
    return any(
        one.lemma in question.verbs or tones & set(one.verb.lower().split())
        for one in passage.actions
    )


def _verb_spans(passage: Passage, verbs: Sequence[str]) -> tuple[Span, ...]:
    return tuple(
        Span(start=one.start, end=one.start + len(one.verb))
        for one in passage.actions
        if not verbs or one.lemma in verbs
    )
