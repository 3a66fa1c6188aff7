"""Which mandates are wanted: by whom they address, verb, deliverable, due date, year and body."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process, utils

from qa.desks.mandate_deliverables import DELIVERABLES
from qa.desks.mandate_dues import session_names, session_numbers
from qa.desks.mandate_names import ActorNames, is_named
from qa.desks.mandate_rows import MandateRow
from qa.desks.mandate_verbs import SHALL, VERB_NAMES, WILL
from qa.errors import InputError
from qa.resolutions.model import Body, Masthead
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.periods import read_day

_MAX_SESSION = 200  # a larger number is a year
_SUGGESTIONS = 3
_MIN_LIKENESS = 60  # of 100, for a name to be suggested
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateFilter:
    """Which rows are wanted; "", None and False where it does not matter."""

    to: str = ""
    verb: str = ""
    deliverable: str = ""
    due: str = ""
    since: int | None = None
    body: str = ""
    current: bool = False  # not replaced by a later text of the series
    asks: bool = False  # only what asks or decides
    preamble: bool = False  # also the phrases that open the preamble


class MandateSelection:
    """A filter made ready for one collection."""

    def __init__(self, wanted: MandateFilter, names: ActorNames) -> None:
        """Prepare the filter.

        Raises:
            InputError: the verb, the deliverable or the body is unknown.
        """
        self._wanted = replace(
            wanted,
            deliverable=_known(wanted.deliverable, DELIVERABLES, "deliverable"),
            body=_known(wanted.body, [body.value for body in Body], "body"),
        )
        self._verbs = verbs_named(wanted.verb)
        self._forms = names.forms_of(wanted.to) if wanted.to.strip() else ()
        self._due = _DueFilter(wanted.due)
        self._printed = names.printed_for(self._forms)

    @property
    def verbs(self) -> frozenset[str]:
        """The verbs of wanted rows; none where any is wanted."""
        return self._verbs

    def required_words(self) -> Iterator[frozenset[str]]:
        """Yield spellings of which the text of a wanted row has one, with all of its words."""
        if self._verbs:
            heads = {verb.split()[0] for verb in self._verbs}
            yield frozenset((*heads, *(re.sub("izes?$", "ises", head) for head in heads)))
        if self._forms:
            yield self._printed
        if self._due.session:
            yield session_names(int(self._due.session))

    @property
    def with_preamble(self) -> bool:
        """Whether the phrases of preambles are wanted, too."""
        return self._wanted.preamble

    def has_document(self, masthead: Masthead) -> bool:
        """Return whether rows of a document may be wanted."""
        year = masthead.adopted.year if masthead.adopted else 0
        is_recent = not self._wanted.since or year >= self._wanted.since
        return is_recent and self._wanted.body in {"", masthead.body.value}

    def has(self, row: MandateRow) -> bool:
        """Return whether a row is wanted."""
        wanted = self._wanted
        return (
            (not wanted.asks or row.is_ask)
            and (not wanted.current or not row.superseded_by)
            and wanted.deliverable in {"", row.deliverable}
            and (not self._verbs or row.verb in self._verbs)
            and self._due.has(row)
            and (not self._forms or any(self.names(each) for each in _names_of(row)))
        )

    def names(self, name: str) -> bool:
        """Return whether a name is that of the wanted addressee."""
        return is_named(self._forms, name)

    def require_actor(self, known: Iterable[str]) -> None:
        """Return if the wanted addressee is among those that the texts name.

        Raises:
            InputError: it is not.
        """
        if not self._forms:
            return
        names = list(known)
        if any(self.names(name) for name in names):
            return
        near = _nearest(self._wanted.to, names)
        hint = f"names like it: {', '.join(near)}" if near else "check the spelling"
        raise InputError(f"no loaded text addresses {self._wanted.to!r}; {hint}.")


def verbs_named(typed: str) -> frozenset[str]:
    """Return the verbs of rows that somebody means: "request" gives "requests" and "request".

    Raises:
        InputError: it is not a verb of resolutions.
    """
    low = " ".join(typed.lower().split())
    if not low:
        return frozenset()
    found = {low} & {*VERB_NAMES, WILL, SHALL} or {
        lemma.replace(" its ", " ") for word in low.split()[:1] for lemma in lemma_of(word)
    }
    if not found:
        near = ", ".join(_nearest(low, VERB_NAMES)) or "requests, decides, urges"
        raise InputError(f"{typed!r} is not a verb of resolutions; verbs like it: {near}.")
    return frozenset(form for name in found for form in _forms_of(name))


def _forms_of(verb: str) -> tuple[str, ...]:
    """Return a verb as resolutions print it, and as declarations do: "decides", "decide"."""
    head, *rest = verb.split()
    bare = {head.removesuffix("s"), head.removesuffix("es"), re.sub("ies$", "y", head)}
    return tuple(" ".join((form, *rest)) for form in {head, *bare})


class _DueFilter:
    """A due date as somebody types it: "81", "2026", "31 December 2026", "every six months"."""

    def __init__(self, typed: str) -> None:
        self._words = typed.lower().split()
        numbers = session_numbers(typed)
        is_number = typed.strip().isdigit() and int(typed) <= _MAX_SESSION
        self.session = typed.strip() if is_number else numbers[0] if numbers else ""
        day = read_day(typed)
        self._date = day.isoformat() if day else ""
        self._year = typed.strip() if _YEAR.fullmatch(typed.strip()) else ""

    def has(self, row: MandateRow) -> bool:
        if not self._words:
            return True
        if self.session:
            return row.due_kind == "session" and self.session in row.due_value.split(", ")
        if self._date or self._year:
            return self._covers(row.due_value)
        return bool(row.due) and all(word in row.due.lower() for word in self._words)

    def _covers(self, value: str) -> bool:
        wanted = self._date or self._year
        first, _, last = value.partition("/")
        if not _YEAR.match(first):
            return False
        if not last:
            return first.startswith(wanted) or (bool(self._date) and wanted.startswith(first))
        size = len(wanted)
        return first[:size] <= wanted and (last == ".." or wanted <= last[:size])


def _names_of(row: MandateRow) -> tuple[str, ...]:
    return (*row.addressee_names, *row.addressee)


def _known(typed: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if typed and typed not in names:
        raise InputError(f"{typed!r} is not a {what}; name one of {', '.join(names)}.")
    return typed


def _nearest(typed: str, names: Iterable[str]) -> list[str]:
    found = process.extract(
        typed,
        sorted(names),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=_SUGGESTIONS,
        score_cutoff=_MIN_LIKENESS,
    )
    return [name for name, _, _ in found]
