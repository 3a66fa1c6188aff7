"""Threads: the terms of one body, regime or account over the years, each replacing the one before.

A mandate, a ceiling, an appropriation or a reporting cycle belongs to the body that it names.
Measures, panels and authorizations belong to a regime: resolutions whose terms cite each other.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from qa.corpus.term_records import BODY_HEADS, ResolutionTerms, TermRecord
from qa.resolutions.model import Body, Masthead
from qa.resolutions.parse.term_dates import TermBase, later
from qa.resolutions.parse.validity import TermKind, has_panel

_OF_BODIES = frozenset(
    {TermKind.MANDATE, TermKind.CEILING, TermKind.APPROPRIATION, TermKind.REPORTING}
)
_BODY = re.compile(rf"\b(?:{BODY_HEADS})\b")
_FIELD = re.compile(
    r"\b(?:United Nations|African Union|African-led|Multinational|International|Integrated|"
    r"Stabili[sz]ation)\b.*"
    r"\b(?:Mission|Force|Operation|Office|Presence|Administration|Team)\b"
)
_DROPPED = frozenset(
    ("the", "united", "nations", "un", "republic", "of", "a", "an", "in", "for", "and")
)
_MIN_SHORT = 5  # letters of a short name that no text explains
_MIN_SIDE = 3  # terms of each of two committees that exist side by side
_GAP = timedelta(days=120)  # between the end of a term and its renewal, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedTerm:
    """A term of the corpus with its last day, as far as it can be known."""

    row: int  # of its passage
    place: int  # of its resolution
    record: TermRecord
    adopted: date | None
    since: date | None
    until: date | None


@dataclass(frozen=True, kw_only=True)
class TermThread:
    """Terms that replace each other, oldest first."""

    kind: TermKind
    name: str  # "UNMISS", "resolution 2140"
    terms: tuple[DatedTerm, ...]
    by: str = ""  # who reports
    committees: frozenset[str] = frozenset()  # by the numbers of their resolutions

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the resolutions that its terms cite, and of its name."""
        cited = {number for term in self.terms for number in term.record.cited}
        if len(self.committees) == 1 and self.kind is TermKind.PANEL:
            return frozenset({*self.committees, *re.findall(r"\d+", self.name)})
        return frozenset({*cited, *self.committees, *re.findall(r"\d+", self.name)})

    def runs_on(self, day: date) -> bool:
        """Return whether the newest term is not over on a day, as far as is known."""
        ends = [term.until or date.max for term in self.newest if not term.record.ends]
        return bool(ends) and max(ends) >= day

    @property
    def newest(self) -> tuple[DatedTerm, ...]:
        """The terms of the newest resolution in the thread."""
        place = self.terms[-1].place
        return tuple(term for term in self.terms if term.place == place)


class BodyNames:
    """Names of bodies, short and full, brought to one."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._full: dict[str, str] = {}
        counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for short, full in pairs:
            if _BODY.search(full) or short.startswith(("UN", "MIN", "MON")):
                self._full.setdefault(short, full)
                counts[_words(full)][short] += 1
        self._short = {words: names.most_common(1)[0][0] for words, names in counts.items()}

    def key(self, name: str) -> str | None:
        """Return the one name of a body; None for a name of anything else."""
        if name in self._full:
            return name
        if re.fullmatch(r"\d{3,4} Committee", name):
            return name
        words = _words(name)
        if words in self._short:
            return self._short[words]
        return None

    def is_field(self, name: str) -> bool:
        """Return whether a body is a mission, an office or a force of the United Nations."""
        full = self._full.get(name, name)
        return bool(_FIELD.search(full))

    def longest(self, name: str, others: Iterable[str]) -> str:
        """Return the key of a name that is part of one of `others`: "the Verification Mission"."""
        words = frozenset(_words(name))
        longer = [_words(other) for other in others if words < frozenset(_words(other))]
        whole = max(longer, key=len, default=_words(name))
        return self._short.get(whole, " ".join(whole))

    def full(self, short: str) -> str:
        """Return the full name of a body by its short one."""
        return self._full.get(short, short)


def _words(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", name.lower())
    return tuple(word for word in words if word not in _DROPPED)


def threads_of(
    mastheads: Sequence[Masthead],
    starts: Sequence[int],
    terms: Sequence[ResolutionTerms],
    names: BodyNames,
) -> tuple[TermThread, ...]:
    """Return the threads of a corpus, in the order of their first terms."""
    keyed: dict[tuple[TermKind, str, str], list[DatedTerm]] = {}
    owners = _Owners(mastheads, terms, names)
    for place in _by_date(mastheads):
        for record in terms[place].terms:
            dated = DatedTerm(
                row=int(starts[place]) + record.passage,
                place=place,
                record=record,
                adopted=mastheads[place].adopted,
                since=record.since,
                until=record.until,
            )
            former = keyed.setdefault(owners.thread_key(place, record), [])
            former.append(_reckoned(dated, former))
    return tuple(
        TermThread(kind=kind, name=name, by=by, terms=tuple(part), committees=committees)
        for (kind, name, by), members in keyed.items()
        for part, committees in _by_committee(members, terms)
    )


def _by_committee(
    members: Sequence[DatedTerm], terms: Sequence[ResolutionTerms]
) -> Iterator[tuple[Sequence[DatedTerm], frozenset[str]]]:
    """Yield terms whole, or apart for committees that exist side by side: 1267 and 1988.

    Committees that follow each other, as that of 2713 follows that of 751, are one thread.
    """
    groups: dict[str, list[DatedTerm]] = {}
    for member in members:
        groups.setdefault(terms[member.place].committee or "", []).append(member)
    committees = frozenset(groups) - {""}
    spans = [
        (group[0].adopted or date.min, group[-1].adopted or date.min)
        for name, group in groups.items()
        if name and len(group) >= _MIN_SIDE
    ]
    is_split = members[0].record.kind is TermKind.PANEL and any(
        first < other_last and other_first < last
        for number, (first, last) in enumerate(spans)
        for other_first, other_last in spans[number + 1 :]
    )
    if not is_split:
        yield members, committees
        return
    for name, group in groups.items():
        yield group, frozenset({name}) - {""}


def _by_date(mastheads: Sequence[Masthead]) -> list[int]:
    dated = (place for place, masthead in enumerate(mastheads) if masthead.adopted)
    return sorted(
        dated, key=lambda place: (mastheads[place].adopted or date.min, _number(mastheads[place]))
    )


def _number(masthead: Masthead) -> tuple[int, str]:
    digits = re.search(r"\d+$", masthead.number)
    return (int(digits[0]) if digits else 0, masthead.symbol)


def _principal(terms: ResolutionTerms, names: BodyNames) -> str | None:
    """Return the body that a resolution is about: that of its mandate, or the most frequent."""
    own = (
        _own_body(record, terms, names) for record in terms.terms if record.kind is TermKind.MANDATE
    )
    others = (key for name in terms.names if names.is_field(name) and (key := names.key(name)))
    return next((key for key in (*own, *others) if key), None)


def _own_body(record: TermRecord, terms: ResolutionTerms, names: BodyNames) -> str | None:
    """Return the body that a term names, by its short name where it has one."""
    subject = record.names[: record.named]
    for name in record.names:
        key = names.key(name)
        if key:
            return key
        is_mandate = record.kind is TermKind.MANDATE and name in subject
        if is_mandate and len(name) >= _MIN_SHORT and name.isupper():
            return name
    return next((names.longest(name, terms.names) for name in subject if " " in name), None)


class _Owners:
    """Whose terms they are: the bodies and regimes of one corpus."""

    def __init__(
        self, mastheads: Sequence[Masthead], terms: Sequence[ResolutionTerms], names: BodyNames
    ) -> None:
        self._mastheads = mastheads
        self._terms = terms
        self._names = names
        self._regimes = _Regimes(mastheads, terms)

    def thread_key(self, place: int, record: TermRecord) -> tuple[TermKind, str, str]:
        """Return the thread of a term: its kind, whose it is, and for reports who reports."""
        if record.kind is not TermKind.REPORTING:
            return (record.kind, self._owner(place, record), "")
        if "Secretary" not in record.about and has_panel(record.about):
            owner = self._regimes.of(TermKind.PANEL, self._mastheads[place])
        else:
            owner = self._owner(place, record)
        return (record.kind, owner, record.about)

    def _owner(self, place: int, record: TermRecord) -> str:
        terms, masthead = self._terms[place], self._mastheads[place]
        own = _own_body(record, terms, self._names)
        if record.kind is TermKind.MANDATE and not own and record.cited:
            return self._regimes.of(record.kind, masthead)
        if record.kind in _OF_BODIES:
            if record.kind is TermKind.CEILING and own and not self._names.is_field(own):
                own = None  # others are named beside how many may serve
            principal = own or _principal(terms, self._names)
            return principal or self._regimes.of(TermKind.MEASURES, masthead)
        if record.kind is TermKind.AUTHORIZATION and own:
            return own
        return self._regimes.of(record.kind, masthead)


def _reckoned(term: DatedTerm, former: Sequence[DatedTerm]) -> DatedTerm:
    """Return a term with its last day reckoned from its adoption or the end of the term before."""
    record = term.record
    if term.until or not (record.months or record.days):
        return term
    start = term.adopted
    if record.base is TermBase.FORMER and former and start:
        end = former[-1].until
        if end and abs(end - start) < _GAP:
            start = end
    if start is None:
        return term
    return replace(term, since=start, until=later(start, record.months, record.days))


class _Regimes:
    """Which resolutions belong together, by what their terms of one kind renew."""

    def __init__(self, mastheads: Sequence[Masthead], terms: Sequence[ResolutionTerms]) -> None:
        self._above: dict[tuple[TermKind, str], tuple[TermKind, str]] = {}
        for place in _by_date(mastheads):
            committee = terms[place].committee
            for record in terms[place].terms:
                if record.kind not in _OF_BODIES or record.kind is TermKind.MANDATE:
                    own = (record.kind, _own_number(mastheads[place]))
                    cited = [number for number in record.cited if number != own[1]]
                    for number in cited or ([committee] if committee else []):
                        self._join((record.kind, number), own)

    def of(self, kind: TermKind, masthead: Masthead) -> str:
        """Return the name of the regime of a resolution: its oldest resolution."""
        return f"resolution {self._top((kind, _own_number(masthead)))[1]}"

    def _top(self, node: tuple[TermKind, str]) -> tuple[TermKind, str]:
        while node in self._above:
            node = self._above[node]
        return node

    def _join(self, first: tuple[TermKind, str], second: tuple[TermKind, str]) -> None:
        tops = sorted(
            {self._top(first), self._top(second)}, key=lambda node: (int(node[1]), node[1])
        )
        if len(tops) > 1:
            self._above[tops[1]] = tops[0]


def _own_number(masthead: Masthead) -> str:
    if masthead.body is not Body.SECURITY_COUNCIL:
        return str(-1 - zlib.crc32(masthead.symbol.encode()))  # no term of the Council cites it
    return re.sub(r"\D", "", masthead.number) or "0"
