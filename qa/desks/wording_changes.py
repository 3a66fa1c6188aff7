"""What a draft makes of an agreed wording: its verb, its hedges, whom it addresses."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from qa.desks.word_tokens import WordTokens, key_text
from qa.resolutions.model import Action
from qa.resolutions.parse.actions import read_actions
from qa.resolutions.parse.lead_verbs import skip_organ
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows

_PARTICIPLE = re.compile(
    r"(?P<adverbs>(?:(?:also|further|again|[a-z]+ly),?\s+)*)(?P<verb>[a-z-]+?)ing\b", re.IGNORECASE
)


class VerbChange(Enum):
    """How the verb of a draft compares with the agreed one; the values are kept by programs."""

    SAME = "same"
    STRONGER = "stronger"
    WEAKER = "weaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChange:
    """Whom a draft asks, and whom the agreed wording asks."""

    draft: str
    agreed: str
    kind: str  # "widened", "narrowed" or "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingChanges:
    """What a draft makes of an agreed wording."""

    verb: VerbChange
    verbs: tuple[str, str]  # of the draft and of the wording; where they differ, those
    hedges_added: tuple[str, ...] = ()
    hedges_dropped: tuple[str, ...] = ()
    intensifiers_added: tuple[str, ...] = ()
    intensifiers_dropped: tuple[str, ...] = ()
    modal: VerbChange = VerbChange.SAME  # "may" for "shall"
    addressee: AddressChange | None = None


def wording_changes(draft: WordTokens, agreed: WordTokens) -> WordingChanges:
    """Return what a draft makes of an agreed wording."""
    ours, theirs = _actions(draft.text), _actions(agreed.text)
    verb, verbs = _verb_change(ours, theirs)
    hedges = _phrases(draft.text, "hedge"), _phrases(agreed.text, "hedge")
    weight = _phrases(draft.text, "intensifier"), _phrases(agreed.text, "intensifier")
    return WordingChanges(
        verb=verb,
        verbs=verbs,
        hedges_added=_more(hedges[0], hedges[1]),
        hedges_dropped=_more(hedges[1], hedges[0]),
        intensifiers_added=_more(weight[0], weight[1]),
        intensifiers_dropped=_more(weight[1], weight[0]),
        modal=_modal_change(draft, agreed),
        addressee=_address_change(ours, theirs),
    )


def _actions(text: str) -> tuple[Action, ...]:
    """Return the verbs of a paragraph; the participle that opens a preambular one counts as its."""
    actions = read_actions(text)
    if actions:
        return actions
    match = _PARTICIPLE.match(text, skip_organ(text))
    if match is None:
        return ()
    stem = match["verb"].lower()
    after = text[match.end() :]
    for ending in ("s", "es"):
        actions = read_actions(f"{stem.capitalize()}{ending}{after}")
        if actions:
            printed = " ".join(match[0].split())
            return (replace(actions[0], verb=printed), *actions[1:])
    return ()


def _verb_change(
    ours: Sequence[Action], theirs: Sequence[Action]
) -> tuple[VerbChange, tuple[str, str]]:
    """Return the change of the first verb whose strength differs."""
    for mine, other in zip(ours, theirs, strict=False):
        difference = _strength(mine) - _strength(other)
        if difference:
            change = VerbChange.STRONGER if difference > 0 else VerbChange.WEAKER
            return change, (mine.verb, other.verb)
    first = (ours[0].verb if ours else "", theirs[0].verb if theirs else "")
    return VerbChange.SAME, first


def _strength(action: Action) -> float:
    is_bare = not action.grade and action.lemma in _listed("reception")
    return action.grade - 0.5 * is_bare


def _modal_change(draft: WordTokens, agreed: WordTokens) -> VerbChange:
    """Return whether the modal verbs of a draft bind more or less: "shall" for "should"."""
    strengths = _strengths("modal")
    ours, theirs = ([key for key in each.keys if key in strengths] for each in (draft, agreed))
    gained, lost = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    if not gained or not lost:
        return VerbChange.SAME
    difference = max(map(strengths.__getitem__, gained)) - max(map(strengths.__getitem__, lost))
    if not difference:
        return VerbChange.SAME
    return VerbChange.STRONGER if difference > 0 else VerbChange.WEAKER


def _address_change(ours: Sequence[Action], theirs: Sequence[Action]) -> AddressChange | None:
    """Return the first addressee that differs; None where none does, or one has none."""
    for mine, other in zip(ours, theirs, strict=False):
        if mine.addressee and other.addressee and mine.addressee != other.addressee:
            return AddressChange(
                draft=mine.addressee,
                agreed=other.addressee,
                kind=_breadth_change(mine.addressee, other.addressee),
            )
    return None


def _breadth_change(draft: str, agreed: str) -> str:
    mine, other = ({name.strip() for name in each.split(";")} for each in (draft, agreed))
    breadths = _strengths("breadth")
    widest = [max(breadths.get(key_text(name), 0) for name in names) for names in (mine, other)]
    if widest[0] != widest[1]:
        return "widened" if widest[0] > widest[1] else "narrowed"
    if mine > other:
        return "widened"
    return "narrowed" if mine < other else "changed"


def _phrases(text: str, kind: str) -> Counter[str]:
    """Return how often each listed phrase occurs; of two that overlap the longer counts."""
    return Counter(_pattern(kind).findall(key_text(text)))


def _more(here: Counter[str], there: Counter[str]) -> tuple[str, ...]:
    return tuple(here - there)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(map(key_text, _listed(kind)))}\b")


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(row["phrase"] for row in _force() if row["kind"] == kind)


@cache
def _strengths(kind: str) -> dict[str, int]:
    return {
        key_text(row["phrase"]): int(row["strength"]) for row in _force() if row["kind"] == kind
    }


def _force() -> Iterable[dict[str, str]]:
    return rows("wording_force")
