"""How a question refers to the turn before it: "And the next one", "What about 56/123?"."""

import re
from collections.abc import Sequence

from qa.question.question import ReferenceCues
from qa.resolutions.cite.symbols import SymbolMatch

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
    r"\W*(?:(?:and|now|show|me|please|quote|read|what|is|about|then|go|to|the|one|ones|paragraph|para|op|"
    r"note|next|following|after|that|it|previous|preceding|before)\W*)+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|(?:this|that|the) (?:resolution|text)|(?:this|that) one)\b",
    re.IGNORECASE,
)
# Whom "its" may belong to: "the Assembly at its sixty-second session".
_ACTOR = re.compile(
    r"\b(?:Assembly|Council|Commission|Committee|Office|Centre|Programme|Secretariat|Conference|"
    r"Secretary-General|States|Governments|Organization|Court|Board|Fund)\b",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"[\W_]*(?:(?:and|the|in|for|of|to|resolution|text|one|it|about|what|how|same)\W*)*",
    re.IGNORECASE,
)


def read_follow_up_cues(text: str, symbols: Sequence[SymbolMatch]) -> ReferenceCues:
    """Return how `text`, which names `symbols`, refers to the turn before it."""
    return ReferenceCues(
        opens=_FOLLOWS.search(text) is not None,
        step=_step(text),
        has_pronoun=_PRONOUN.search(text) is not None and not _ACTOR.search(text),
        is_symbol_only=_NO_WORDS.fullmatch(_without(text, symbols)) is not None,
    )


def _step(text: str) -> int:
    """Return 1 for "the next one", -1 for "the one before", 0 where more or nothing is asked."""
    match = _STEP.search(text)
    if not match or not _ONLY_STEP.fullmatch(text):
        return 0
    return 1 if match["which"].lower() in _FORWARD else -1


_FORWARD = ("next", "following", "one after", "after that")


def _without(text: str, symbols: Sequence[SymbolMatch]) -> str:
    for symbol in reversed(symbols):
        text = text[: symbol.start] + " " + text[symbol.end :]
    return text
