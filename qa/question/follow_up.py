"""The turn before: a follow-up completed to a question that stands alone."""

import re

from qa.answer import Answer, RefusalKind
from qa.corpus.corpus import Corpus
from qa.question.read import Question, read_question
from qa.question.relative_dates import resolve_relative_dates
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.model import Kind, Masthead

_FOLLOWS = re.compile(
    r"^\s*(?:and|or|also|then|what about|how about|same (?:for|in)|the same (?:for|in)|now)\b",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\b(?:the )?(?P<which>next|following|one after|after that|"
    r"previous|preceding|one before|before that)\b",
    re.IGNORECASE,
)
_ONLY_STEP = re.compile(
    r"\W*(?:(?:and|now|show|me|please|quote|read|what|is|about|then|go|to|the|one|ones|paragraph|para|op|note|"
    r"next|following|after|that|it|previous|preceding|before)\W*)+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|(?:this|that|the) (?:resolution|text)|(?:this|that) one)\b",
    re.IGNORECASE,
)
# Somebody whom "its" may belong to: "the Assembly at its sixty-second session".
_ACTOR = re.compile(
    r"\b(?:Assembly|Council|Commission|Committee|Office|Centre|Programme|Secretariat|Conference|"
    r"Secretary-General|States|Governments|Organization|Court|Board|Fund)\b",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"[\W_]*(?:(?:and|the|in|for|of|to|resolution|text|one|it|about|what|how|same)\W*)*",
    re.IGNORECASE,
)
_PREFIX = {Kind.OPERATIVE: "OP", Kind.PREAMBULAR: "PP", Kind.NOTE: "FN"}


def leads_nowhere(answer: Answer) -> bool:
    """Tell whether a question led away from the texts, so that no follow-up can refer to it."""
    kinds = (RefusalKind.NOT_A_QUESTION, RefusalKind.NOT_IN_TEXTS, RefusalKind.OTHER_LANGUAGE)
    refused = answer.refusal is not None and answer.refusal.kind in kinds
    return refused and not find_symbols(answer.understood)


def expand_follow_up(text: str, question: Question, previous: Answer | None, corpus: Corpus) -> str:
    """Return `text` as a question that stands alone, with what it leaves out taken from before.

    Args:
        text: the question as asked.
        question: the same, read.
        previous: the answer given before in this conversation; None if there is none.
        corpus: the loaded texts.
    """
    if previous is None or question.unusable or leads_nowhere(previous):
        return text
    stepped = _step(text, previous)
    if stepped:
        return stepped
    before = _symbols_before(previous)
    if question.relative and _FOLLOWS.search(text) and before:
        other = _other(before[0], question.relative, corpus)
        return _with_symbol(previous.understood, other.symbol) if other else text
    if question.symbols:
        if _FOLLOWS.search(text) and _NO_WORDS.fullmatch(_without_symbols(text)):
            return _with_symbol(previous.understood, question.symbols[0])
        return text
    if not before:
        return text
    if question.places and not question.every:
        return f"{text.rstrip(' ?')} of {spaced_symbol(before[0])}"
    stated = question.fields and not question.values and not question.every
    if stated or (_PRONOUN.search(text) and not _ACTOR.search(text)):
        return f"{text.rstrip(' ?')} ({spaced_symbol(before[0])})?"
    if _FOLLOWS.search(text) and _named_symbol(previous):
        return f"{text.rstrip(' ?')} in {spaced_symbol(before[0])}?"
    return text


def _step(text: str, previous: Answer) -> str | None:
    """Return the look-up of the paragraph after or before the one quoted last."""
    match = _STEP.search(text)
    if not match or not previous.quotes or not _ONLY_STEP.fullmatch(text):
        return None
    forward = match["which"].lower() in ("next", "following", "one after", "after that")
    last = previous.quotes[-1] if forward else previous.quotes[0]
    if last.number is None or last.kind not in _PREFIX:
        return None
    number = last.number + (1 if forward else -1)
    word = {Kind.OPERATIVE: "paragraph", Kind.NOTE: "note"}.get(last.kind, "preambular paragraph")
    return f"{spaced_symbol(last.symbol)}, {word} {number}"


def _symbols_before(previous: Answer) -> tuple[str, ...]:
    """Return the resolutions that the last answer was about, the first one first."""
    named = tuple(one.symbol for one in find_symbols(previous.understood))
    nearest = previous.refusal.nearest if previous.refusal else ()
    stated = [one.symbol for one in previous.facts]
    shown = [one.symbol for one in (*previous.quotes, *nearest)]
    return tuple(dict.fromkeys((*named, *stated, *shown)))


def _named_symbol(previous: Answer) -> bool:
    return bool(find_symbols(previous.understood))


def _other(symbol: str, which: str, corpus: Corpus) -> Masthead | None:
    """Return the resolution next to `symbol` in time, of its series where there is one."""
    here = corpus.masthead(symbol)
    if here is None or here.adopted is None:
        return None
    dated = [one for one in corpus.resolutions if one.adopted and one.symbol != here.symbol]
    series = [one for one in dated if one.title and one.title == here.title] or dated
    earlier = [one for one in series if one.adopted and one.adopted < here.adopted]
    later = [one for one in series if one.adopted and one.adopted > here.adopted]
    if which == "earlier":
        pool = earlier[-1:]
    elif which == "later":
        pool = later[:1]
    else:
        pool = (earlier + later)[:1]
    return pool[0] if pool else None


def _with_symbol(question: str, symbol: str) -> str:
    """Return an earlier question asked of another resolution."""
    found = find_symbols(question)
    if not found:
        return f"{question.rstrip(' ?')} in {spaced_symbol(symbol)}?"
    first = found[0]
    return question[: first.start] + symbol + question[first.end :]


def _without_symbols(text: str) -> str:
    for found in reversed(find_symbols(text)):
        text = text[: found.start] + " " + text[found.end :]
    return text


def read_follow_up(text: str, previous: Answer | None, corpus: Corpus) -> tuple[str, Question]:
    """Return the completed question and its reading; "last year" is told from the loaded texts."""
    question = read_question(text.encode("utf-8", "replace").decode("utf-8"))
    if question.unusable:
        return question.text, question
    completed = resolve_relative_dates(
        expand_follow_up(question.text, question, previous, corpus), corpus
    )
    return (completed, question if completed == question.text else read_question(completed))
