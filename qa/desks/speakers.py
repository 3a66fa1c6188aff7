"""Who speaks in a quotation: an organ of the United Nations, or somebody else."""

import re

_REACH = 160  # characters around a quotation
_SAID = (
    r"(?:said|says|wrote|writes|t(?:old|ells)|added|argued|argues|remarked|commented|tweeted|posted|"
    r"explained|warned|claimed|claims|insisted|complained|joked|quipped|shouted|recalled|admitted)"
)
_AFTER = re.compile(
    rf"[\s,*_]*(?:{_SAID}\s+(?P<who>[^.;\ue000]{{1,80}})|(?P<whom>(?!as\b)[^.,;\ue000]{{1,60}}?)\s{_SAID}\b)"
)
_BEFORE = re.compile(
    rf"(?P<who>[^.;\ue000]{{0,140}}?)\b(?:{_SAID}|according to|dubbed|nicknamed|calls?|called)\b"
    r"(?!\s+(?:up)?on\b)[^.;\ue000]{0,60}$"
)
_ORGANS = re.compile(
    r"\b(?:Council|Assembly|resolutions?|text|document|paragraphs?|declaration|Commission|"
    r"Committee|Member States|United Nations|UN|it|It|decision|preamble|annex|para)\b"
)
_BREAK = re.compile(r"[.!?]\s|\n")


def is_of_another_speaker(hidden: str, start: int, end: int, *, is_cited: bool) -> bool:
    """Return whether the words around a quotation give it to somebody outside the United Nations.

    Args:
        hidden: the text with its quotations hidden.
        start: of the quotation.
        end: of the quotation.
        is_cited: a document is cited, for it or before it.
    """
    before = _BREAK.split(hidden[max(0, start - _REACH) : start])[-1]
    after = _BREAK.split(hidden[end : end + _REACH])[0]
    if not before.strip(" -*\t\"'"):
        match = _AFTER.match(after)
        if match and not _ORGANS.search(match["who"] or match["whom"] or ""):
            return True
    match = _BEFORE.search(before)
    if match and not _ORGANS.search(match["who"]):
        return True
    return not is_cited and not _ORGANS.search(f"{before} {after}")
