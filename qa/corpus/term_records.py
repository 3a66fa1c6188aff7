"""The terms of validity of a resolution as an index keeps them: computed once, at build time."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from qa.resolutions.model import Kind, Paragraph, Resolution, Span
from qa.resolutions.parse.term_dates import TermBase
from qa.resolutions.parse.validity import TermKind, ValidityTerm, terms_of

NO_TERM_DATES = (0, 0)
_MAX_NAMES = 8  # names of bodies that are kept of a resolution, the most frequent first
BODY_HEADS = (
    r"Missions?|Forces?|Operation|Offices?|Team|Commission|Directorate|Tribunal|Mechanism|"
    r"Administration|Presence|Group|Authority|Committee|Court|Panel|Ombudsperson|Centre|Agency"
)
_WORD = r"(?:d['\u2019])?[A-Z][\w'\u2019-]*"
_SMALL = r"of|the|and|for|in|to|on|by|against"
_SHORT_NAME = re.compile(r"\b(?:[A-Z][A-Z-]{2,}[A-Za-z]*|E[Uu]for|EUFOR)\b")
_FULL_NAME = re.compile(
    rf"\b(?:{_WORD})(?:,? (?:{_WORD}|(?:{_SMALL})\b)){{0,9}}? (?:{BODY_HEADS})\b"
    rf"(?:(?: (?:{_SMALL})){{0,2}}(?: {_WORD})+)*"
)
_EXPLAINED = re.compile(
    rf"(?P<name>{_WORD}(?:,? (?:{_WORD}|(?:{_SMALL})\b)){{1,16}}) "
    r"\(\W?(?P<short>[A-Z][A-Z-]{2,}[A-Za-z]*)\W?\)"
)
_CITED = re.compile(r"\b(?P<number>\d{3,4}) \((?P<year>(?:19|20)\d\d)\)")
_BARE = re.compile(r"\b[Rr]esolutions? (?P<number>\d{3,4})\b(?! ?\()")
_NUMBERED_BODY = re.compile(
    r"\b(?P<number>\d{3,4})(?:/\d{4})* (?:Committee|Panel|Group|Monitoring|sanctions)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRecord:
    """A term with what it names: the row is that of its passage in the resolution, from 0."""

    passage: int
    kind: TermKind
    about: str  # the words of its subject
    subject: Span
    clause: Span
    value: Span | None
    since: date | None
    until: date | None
    months: int
    days: int
    base: TermBase
    ends: bool
    names: tuple[str, ...]  # of bodies, in its subject first
    named: int  # how many of them are in its subject
    cited: tuple[str, ...]  # numbers of resolutions that the decision cites, "2140"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionTerms:
    """The terms of one resolution, and the bodies that it names."""

    terms: tuple[TermRecord, ...] = ()
    names: tuple[str, ...] = ()  # most frequent first; none where there is no term
    explained: tuple[tuple[str, str], ...] = ()  # short and full names
    committee: str | None = None  # number of the resolution that set up its sanctions committee


_COMMITTEE = re.compile(
    r"Committee (?:\([^)]*\) )?(?:[Ee]stablished |created )?(?:pursuant to|by|in)(?: paragraph "
    r"\d+(?: \(\w\))? of)? "
    r"(?:Security Council )?[Rr]esolutions? (?P<number>\d{3,4})"
)


def terms_of_resolution(resolution: Resolution) -> ResolutionTerms:
    """Return the terms that the operative paragraphs of a resolution set."""
    by_label = {paragraph.label: paragraph for paragraph in resolution.paragraphs}
    passages = [part for part in resolution.paragraphs if part.kind is not Kind.HEADING]
    terms = tuple(
        _record(number, part, term)
        for number, part in enumerate(passages)
        if part.kind is Kind.OPERATIVE
        for term in terms_of(part.text, _chapeau(part, by_label))
    )
    if not terms:
        return ResolutionTerms()
    text = " \n".join(part.text for part in passages)
    about = " \n".join(
        (resolution.title, *(name for name in resolution.subjects if not name.isupper()))
    ).replace("UN ", "United Nations ")
    counts = Counter(_SHORT_NAME.findall(text))
    for name in _SHORT_NAME.findall(about):
        counts[name] += len(passages)  # its records say what it is about
    counts.update(_FULL_NAME.findall(about))
    committees = Counter(
        match["number"]
        for weight, source in ((len(passages), about), (1, text))
        for match in _COMMITTEE.finditer(source)
        for _ in range(weight)
    )
    return ResolutionTerms(
        terms=terms,
        committee=committees.most_common(1)[0][0] if committees else None,
        names=tuple(name for name, _ in counts.most_common(_MAX_NAMES)),
        explained=tuple(
            dict.fromkeys(
                (match["short"], match["name"]) for match in _EXPLAINED.finditer(f"{about} {text}")
            )
        ),
    )


def _chapeau(part: Paragraph, by_label: dict[str, Paragraph]) -> str:
    above = by_label.get(part.parent or "")
    return above.text if above else ""


def _record(number: int, part: Paragraph, term: ValidityTerm) -> TermRecord:
    subject = part.text[term.subject.start : term.subject.end]
    clause = part.text[term.clause.start : term.clause.end]
    inside = tuple(dict.fromkeys(_names(subject)))
    dates = term.dates
    return TermRecord(
        passage=number,
        kind=term.kind,
        about=subject,
        subject=term.subject,
        clause=term.clause,
        value=term.value,
        since=dates.since if dates else None,
        until=dates.until if dates else None,
        months=dates.months if dates else 0,
        days=dates.days if dates else 0,
        base=dates.base if dates else TermBase.DAY,
        ends=term.ends,
        names=tuple(dict.fromkeys((*inside, *_names(clause)))),
        named=len(inside),
        cited=tuple(dict.fromkeys(_cited(clause) or _cited(part.text))),
    )


def _names(text: str) -> list[str]:
    numbered = [f"{match['number']} Committee" for match in _NUMBERED_BODY.finditer(text)]
    return [*numbered, *_SHORT_NAME.findall(text), *_FULL_NAME.findall(text)]


def _cited(text: str) -> list[str]:
    found = [(match.start(), match["number"]) for match in _CITED.finditer(text)]
    found += [(match.start(), match["number"]) for match in _BARE.finditer(text)]
    found += [(match.start(), match["number"]) for match in _NUMBERED_BODY.finditer(text)]
    return [number for _, number in sorted(found)]
