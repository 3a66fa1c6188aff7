"""Formulas: paragraphs of procedure that say nothing of the topic of their resolution."""

import re
from collections.abc import Collection
from enum import IntEnum
from functools import cache

from qa.resolutions.tables.read_tables import rows

_ALSO = r"(?:(?:also|further|finally|moreover|in addition|in this regard),? )*"
_NEXT_SENTENCE = re.compile(r"\. (?:The|It|In) ")
_WHO = r"(?:the (?:security council|general assembly|council|assembly) )?"


class Formula(IntEnum):
    """What kind of formula a paragraph is; the value is stored in an index."""

    NONE = 0
    SEIZED = 1
    AGENDA = 2
    REPORT = 3


def formula_of(text: str, acts: Collection[str] = ()) -> Formula:
    """Return which formula a paragraph consists of.

    Args:
        text: the paragraph.
        acts: the verbs by which it acts; one with several is more than a formula.
    """
    plain = text.strip(' "“”.;,').replace("’", "'")
    if len(acts) > 1 or _NEXT_SENTENCE.search(plain):
        return Formula.NONE
    return next((kind for kind, rule in _rules() if rule.fullmatch(plain)), Formula.NONE)


@cache
def _rules() -> tuple[tuple[Formula, re.Pattern[str]], ...]:
    return tuple(
        (
            Formula[row["formula"].upper()],
            re.compile(row["rule"].replace("<also>", _ALSO).replace("<who>", _WHO), re.IGNORECASE),
        )
        for row in rows("formulas")
    )
