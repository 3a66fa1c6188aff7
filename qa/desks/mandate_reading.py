"""The cells of one action: whom it asks for what, for whom, by when and at whose cost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from qa.desks.mandate_addressees import PRONOUN_SUBJECTS, addressees_in, subject_of_duty
from qa.desks.mandate_cell import MandateCell, cell_at
from qa.desks.mandate_deliverables import (
    deliverable_in,
    is_asked_thing,
    money_in,
    recipient_in,
)
from qa.desks.mandate_dues import due_in
from qa.desks.mandate_verbs import SHALL, WILL, asks
from qa.resolutions.model import Action, Body, Paragraph
from qa.resolutions.parse.addressees import PRONOUNS

_DECISION = 6
_REMEMBERED = 65_536  # actions
_EXEMPTS = re.compile(r"\b(?:do|does|shall)\s+not\s+apply\b")  # items are exceptions, no duties
_PRONOUNS = PRONOUNS | PRONOUN_SUBJECTS
_DATED = frozenset({"money", "meeting", "appointment"})


@dataclass(frozen=True, slots=True)
class ActingVerb:
    """A paragraph with the verb that acts in it, and the paragraph that has this verb."""

    paragraph: Paragraph
    source: Paragraph
    action: Action
    end: int  # of what the verb asks, in `source`

    @property
    def is_own(self) -> bool:
        """Whether the verb is in the paragraph, and not in its chapeau."""
        return self.source is self.paragraph

    @property
    def verb_end(self) -> int:
        """Where the verb ends, in `source`."""
        return self.action.start + len(self.action.verb)


@dataclass(frozen=True, slots=True)
class MandateCells:
    """The cells of one action; a cell that the text does not have is absent."""

    asked: MandateCell
    addressees: tuple[MandateCell, ...] = ()
    deliverable: str = ""
    cells: Mapping[str, MandateCell] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the words of a cell; "" where it is absent."""
        cell = self.cells.get(name)
        return cell.text if cell else ""


def read_cells(acting: ActingVerb, body: Body, previous: tuple[MandateCell, ...]) -> MandateCells:
    """Return the cells of an action.

    Args:
        acting: the verb, and what it asks.
        body: that adopted the text: "the Council" is its own.
        previous: whom the verb before it in the same paragraph addresses.
    """
    source = None if acting.is_own else acting.source.text
    return _read(acting.paragraph.text, source, acting.action, acting.end, body, previous)


@lru_cache(maxsize=_REMEMBERED)  # nearly half of all paragraphs are copies
def _read(  # noqa: PLR0917 - what the cache distinguishes
    text: str,
    chapeau: str | None,
    action: Action,
    end: int,
    body: Body,
    previous: tuple[MandateCell, ...],
) -> MandateCells:
    is_own = chapeau is None
    verb_end = action.start + len(action.verb)
    start, stop = (verb_end, end) if is_own else (0, len(text))
    is_exempt = chapeau is not None and _EXEMPTS.search(chapeau) is not None
    if not asks(action) or is_exempt:
        return MandateCells(cell_at(text, start, stop))
    who = _addressees(text if chapeau is None else chapeau, action, verb_end, end, previous)
    if who and is_own and start <= who[-1].end <= stop:
        start = who[-1].end
    is_item = not is_own or action.lemma in {SHALL, WILL}
    found = deliverable_in(text, action.lemma, verb_end, start, stop, is_item=is_item)
    kind = found[0] if found else ""
    cells = {"deliverable": found[1]} if found else {}
    due = due_in(
        text,
        start,
        stop,
        verb=action.start if is_own else start,
        is_decision=action.grade == _DECISION and is_own,
        is_dated=kind in _DATED,
    )
    readings = {
        "recipient": recipient_in(text, start, stop, kind, body),
        "due": due,
        "money": money_in(text, start, stop),
    }
    cells |= {name: cell for name, cell in readings.items() if cell}
    return MandateCells(cell_at(text, start, stop), who, kind, cells)


def _addressees(
    text: str, action: Action, verb_end: int, end: int, previous: tuple[MandateCell, ...]
) -> tuple[MandateCell, ...]:
    """Return whom an action addresses; "them" are those of the verb before."""
    if action.lemma == WILL:
        return ()
    if action.lemma == SHALL:
        return subject_of_duty(text, 0, action.start)
    who = addressees_in(text, action.lemma, verb_end, end)
    if any(cell.text.casefold() in _PRONOUNS for cell in who):
        return previous or who
    if not who and is_asked_thing(text, action.lemma, verb_end, end):
        return previous
    return who
