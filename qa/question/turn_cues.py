"""How a question refers to the turn before it: "And the next one", "only 2024", "cite it".

What is recognised whole, such as "cite it", is read by `qa.question.recognised_turns`.
"""

import re
from collections.abc import Sequence

from qa.question.leading_talk import OpenedTurn
from qa.question.recognised_turns import recognise
from qa.question.turns import TurnCues
from qa.resolutions.cite.symbols import SymbolMatch

MAX_WORDS = 20  # of a turn that is recognised whole

_FOLLOWS = re.compile(
    r"^\s*(?:and|or|also|but|then|what about|how about|what of|same (?:for|in)|"
    r"the same (?:for|in)|now)\b",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\b(?:the )?(?P<which>next|following|one after|after that|"
    r"previous|preceding|one before|before (?:that|it))\b",
    re.IGNORECASE,
)
_ONLY_STEP = re.compile(
    r"\W*(?:(?:and|now|show|me|please|quote|read|what|is|about|then|go|to|the|one|ones|paragraph|para|op|"
    r"note|next|following|after|that|it|previous|preceding|before)\W*)+",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\b(?:paragraph|para|op|note)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|them|there|(?:this|that|the) (?:resolution|text)|(?:this|that) one|"
    r"that|those|he|she|his|her|this(?! (?:year|month|week|session|decade|century)))\b",
    re.IGNORECASE,
)
_BEFORE_PRONOUN = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|should|must|will|would|of|to|for|in|on|"
    r"about|after|before|than|like|and|what|whether|by|with|from)"
)
# Words that only look like pronouns: "there is", "the fact that States", "that the Assembly".
_NO_PRONOUN = re.compile(
    r"\b(?:is|are|was|were|has|have|be) there\b|\bthere (?:is|are|was|were|has|have|be)\b|"
    rf"\b(?!{_BEFORE_PRONOUN}\b)\w+ that "
    r"(?!\W*$|one\b|resolution\b|text\b|document\b|paragraph\b)\w+|"
    r"\bthose (?:who|that|which|in|of|with)\b",
    re.IGNORECASE,
)
# Whom "its" may belong to: "the Assembly at its sixty-second session".
_ACTOR = re.compile(
    r"\b(?:Assembly|Council|Commission|Committee|Office|Centre|Programme|Secretariat|Conference|"
    r"Secretary-General|States|Governments|Organization|Court|Board|Fund)\b",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"[\W_]*(?:(?:and|the|in|for|of|to|with|resolution|text|one|it|about|what|how|same)\W*)*",
    re.IGNORECASE,
)


def read_turn_cues(text: str, symbols: Sequence[SymbolMatch], opened: OpenedTurn) -> TurnCues:
    """Return how a question refers to the turn before it.

    Args:
        text: of the question, its relative dates resolved.
        symbols: that it names.
        opened: the question as it was typed, and the talk before it.
    """
    cues = TurnCues(
        opens=_FOLLOWS.search(text) is not None,
        step=_step(text),
        names_paragraph=_PARAGRAPH.search(text) is not None,
        has_pronoun=_PRONOUN.search(_NO_PRONOUN.sub(" ", text)) is not None
        and not _ACTOR.search(text),
        is_new_topic=opened.is_cleared,
        is_aside=opened.is_aside,
        is_symbol_only=_NO_WORDS.fullmatch(_without(text, symbols)) is not None,
    )
    if len(text.split()) > MAX_WORDS:
        return cues
    return recognise(text, opened.text, cues, symbols)


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
