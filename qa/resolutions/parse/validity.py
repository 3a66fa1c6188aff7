"""Terms of validity: what a paragraph extends, ends, limits or pays for, and until when.

"Decides to extend the mandate of UNAMA until 17 June 2027" sets the term of a mandate. Terms of
measures, panels and authorizations, ceilings of personnel, appropriations and reporting cycles are
read likewise. Every cell of a term is a span of the paragraph, so that it can be quoted.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from qa.resolutions.durations import RHYTHM_ADJECTIVES, RHYTHM_ADVERBS
from qa.resolutions.model import Span
from qa.resolutions.parse.term_dates import TermDates, dates_of
from qa.resolutions.periods import DATE, MONTH, read_day


class TermKind(Enum):
    """What a term is of."""

    MANDATE = "mandate"
    PANEL = "panel"
    MEASURES = "measures"
    AUTHORIZATION = "authorization"
    OFFICE = "office"  # of judges and other persons
    CEILING = "ceiling"
    APPROPRIATION = "appropriation"
    REPORTING = "reporting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityTerm:
    """One term that a paragraph sets; spans are offsets in its text."""

    kind: TermKind
    subject: Span  # what is extended, ended, limited or paid for
    clause: Span  # the decision that sets it
    dates: TermDates | None = None
    value: Span | None = None  # "until 17 June 2027", "every 90 days", "17,000 troops", an amount
    ends: bool = False  # it is terminated, lifted, closed or withdrawn


_CLAUSE = re.compile(
    r"(?:(?<=[,;] )|(?<=\band ))(?:also |further |hereby )?(?:decides|requests|reaffirms|expresses|"
    r"authori[sz]es|recalls|underlines|underscores|stresses|encourages|urges|calls|welcomes|notes|"
    r"endorses|invites|emphasizes|reiterates|directs|affirms|demands|highlights|looks|takes)\b"
)
_MAY_HOLD_TERM = re.compile(
    rf"{MONTH} \d{{4}}|\b(?:days?|weeks?|months?|years?)\b|[Tt]erminat|[Ll]ift|[Cc]lose\b|"
    rf"[Dd]issol|"
    r"[Ww]ithdraw|[Dd]iscontinu|[Aa]bolish"
)
_DECIDES = re.compile(
    r"\b(?:decid(?:es?|ed|ing)|authori[sz]es|requests|renews|extends|terminates|lifts|establishes|"
    r"approves|endorses|confirms|resolves|maintains|agrees|directs|dissolves)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:(?P<end>(?:to|be|is|are|hereby|immediately|decides|should) (?:\w+ly )?"
    r"(?:terminated?|lift(?:ed)?|closed?|dissolved?|withdrawn?|discontinued?|abolish(?:ed)?|"
    r"disbanded)|"
    r"terminates|lifts|dissolves)|"
    r"(?P<extend>(?:re-?)?(?:extend(?:s|ed|ing)?|renew(?:s|ed|ing|al)?|prolong(?:s|ed)?|"
    r"continu(?:es?|ed|ing)|"
    r"maintain(?:s|ed|ing)?|authori[sz](?:e[sd]?|ing)|establish(?:es|ed|ing)?|create[sd]?|"
    r"deploy(?:ed)?|"
    r"set up|retain(?:ed)?|approve[sd]?|appoint(?:s|ed)?|reaffirms? and renew)|extension|remains?|"
    r"shall apply|(?:will|shall|would|should) (?:be|consist|continue|remain|expire)|"
    r"[Mm]ember States shall|States shall|take the necessary measures))\b",
    re.IGNORECASE,
)
_HEADS = (
    (
        TermKind.PANEL,
        (
            r"Panels? of (?:Governmental )?[Ee]xperts|Groups? of (?:Governmental )?[Ee]xperts|"
            r"Panel on [A-Z]\w+|Monitoring (?:Group|Team|Mechanism)|the Panel\b(?! of)|"
            r"(?:group|team|panel) (?:\(\"?Panel of Experts\"?\) )?(?:of|consisting of) (?:up to "
            r")?\w+ experts|"
            r"Expert Panel|(?:group|panel|team) of experts"
        ),
    ),
    (
        TermKind.OFFICE,
        r"terms? of office|tenure|permanent [Jj]udges?|ad litem [Jj]udges?|as Prosecutor",
    ),
    (
        TermKind.MEASURES,
        (
            r"measures|embargo(?:es)?|sanctions|prohibitions?|restrictions?|provisions|requirements?|"
            r"exemptions?|travel ban|assets? freeze|[Mm]ember States shall|"
            r"States shall|ban on|bans?"
        ),
    ),
    (
        TermKind.MANDATE,
        (
            r"mandates?|(?:\w+ )?mission|presence|deployment|Executive Directorate|(?:\d{4} "
            r")?Committee|"
            r"Office|Mission|Force|Operation|Commission|Mechanism|Tribunal|Administration|Observer "
            r"Group|"
            r"[A-Z]{4,}[a-z]?|EUFOR|Eufor"
        ),
    ),
    (
        TermKind.AUTHORIZATION,
        r"authori[sz]ations?|authori[sz]e[sd]?|decisions in paragraphs?|arrangements",
    ),
)
_HEAD = re.compile("|".join(rf"(?P<{kind.value}>\b(?:{rule})\b)" for kind, rule in _HEADS))
_PANEL = re.compile(_HEADS[0][1])
_OFFICE = re.compile(_HEADS[1][1])
_PANEL_HEAD = re.compile(rf"(?P<panel>\b(?:{_HEADS[0][1]})\b)")
_PANEL_REACH = 90  # characters after the first noun
_PANEL_MANDATE = re.compile(
    rf"\bmandates? of (?:the )?(?:\w+ )?(?P<panel>{_HEADS[0][1]})\b|"
    rf"(?P<panel_>\b(?:{_HEADS[0][1]})[^.;]{{0,150}}? shall (?:continue|also support))"
)
_SUBJECT_END = re.compile(
    r"(?=,? (?:until|till|through|for (?:an?|another|the|further|one|two|three|four|five|six|\d)|"
    r"as (?:set|defined|contained|specified|determined|outlined|modified|adopted|established|"
    r"mandated|"
    r"authori[sz]ed|provided|laid|described|stipulated)|set out|set forth|established|created|"
    r"appointed|"
    r"authori[sz]ed|pursuant|referred|described|contained|provided|imposed|originally|laid down|"
    r"decided|"
    r"shall|will|would|should|and (?:to|that|further)|in order|to (?:the|support|enable|consist|"
    r"\d)|beyond|"
    r"from|under|with|within|that|which|immediately|effective|at the|on the|is|was|are|were|"
    r"by)\b|[,;:.(]|$)"
)
_PENDING = re.compile(  # what is not ended yet
    r"\b(?:intent(?:ion|s)?|consider\w*|review\w*|whether|readiness|ready|possib\w+|may|unless|"
    r"requests?|"
    r"towards?|progress|view|conditions?|until|when|before|after|if)\b"
)
_PASSIVE = re.compile(r"\b(?:shall|should|will|would|is|are|be)\b[^,;]*$")
_OWNED = re.compile(
    r"(?:\b(?:[A-Z][\w-]* )*[A-Z][\w-]*['\u2019]s?|\b(?:its|their|arms|travel|financial)) (?:\w+ "
    r"){0,3}$"
)
_TROOPS = (
    r"(?:troops?|soldiers|(?:military|police|uniformed|civilian|contingent)(?: and (?:military|"
    r"police))?"
    r" (?:personnel|officers|observers|advisers)|personnel|(?:\w+ )?observers|police officers|"
    r"corrections officers)"
)
_CEILING = re.compile(
    rf"(?P<number>\d[\d,]*)(?: \w+){{0,2}} {_TROOPS}|"
    r"(?:(?:troop|police|personnel|force|military|uniformed)(?:,? and (?:police|military))?(?: "
    r"\w+)? "
    r"(?:ceilings?|levels?|strength)|ceilings?)(?: \w+){0,4} (?P<after>\d[\d,]*)"
)
_CEILING_CUE = re.compile(
    r"\b(?:ceilings?|strength|consist|comprise|composed|up to|levels?|maximum)"
)
_CEILING_VERB = re.compile(
    r"\b(?:[Dd]ecides|[Aa]uthori[sz]es|[Ee]ndorses|[Mm]aintains?|[Ii]ncreases?|[Rr]educes?)\b"
)
_APPROPRIATION = re.compile(
    r"\b[Aa]ppropriat\w+\b[^;]{0,240}?\b(?:amounts? of|sum of|totall?ing) (?:\w+ )?"
    r"(?P<amount>\d[\d,.]*(?: million)?)(?: United States)? dollars"
)
_ACCOUNT = re.compile(
    r"[Ss]pecial [Aa]ccount for (?:the )?(?P<of>[A-Z][\w'\u2019-]*"
    r"(?:,? (?:[A-Z][\w'\u2019-]*|(?:of|the|and|for|in|to|on)(?= (?:(?:the|of) )?[A-Z]))\b)*)"
)
_PERIOD = re.compile(rf"from (?P<since>\d{{1,2}} {MONTH}(?: \d{{4}})?) to (?P<until>{DATE})")
_REPORTS = re.compile(
    rf"\b(?:every|twice|once|each|{'|'.join((*RHYTHM_ADVERBS, *RHYTHM_ADJECTIVES))})\b"
)
_REPORTING = re.compile(
    r"\b(?:report|keep|inform|brief|update|submit|provide|"
    r"present)\w*\b[^;]{0,220}?(?P<value>\b(?:at least )?"
    r"(?:every (?:other |second |third )?(?:\w+|\d+)?[ -]?(?:calendar )?(?:days?|weeks?|months?|"
    r"years?|sessions?)\b|"
    rf"{'|'.join(RHYTHM_ADVERBS)}|bimonthly|"
    rf"on an? (?:regular |\w+-)?(?:{'|'.join(RHYTHM_ADJECTIVES)}|\w+-monthly) basis|"
    r"(?:once|twice) a year|\d+-day reports?|(?:each|every) (?:year|month|session)))"
)
_REPORTER = re.compile(
    r"\b(?:[Rr]equests|[Ii]nvites|[Dd]irects|[Dd]ecides|[Rr]eiterates)\b(?: that)?(?: the)? "
    r"(?P<who>Secretary-General|[A-Z][\w-]*(?: (?:[A-Z][\w-]*|(?:of|for|on)(?: the)?(?= [A-Z])))*)"
)


def has_panel(text: str) -> bool:
    """Return whether a text names a panel, a group or a team of experts."""
    return bool(_PANEL.search(text))


def terms_of(text: str, chapeau: str = "") -> Iterator[ValidityTerm]:
    """Yield the terms that an operative paragraph sets, in their order.

    Args:
        text: the paragraph.
        chapeau: the words that introduce it; their verbs count, their dates do not.
    """
    if "ppropriat" in text:
        yield from _money(text)
    if _REPORTS.search(text):
        yield from _reports(text)
    if _CEILING_CUE.search(text):
        yield from _ceilings(text)
    if not _MAY_HOLD_TERM.search(text):
        return
    is_decided = bool(_DECIDES.search(chapeau))
    if not (is_decided or _DECIDES.search(text)):
        return
    bounds = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    for start, end in itertools.pairwise(bounds):
        if end > start:
            yield from _of_clause(text, start, end, is_decided=is_decided)


def _of_clause(text: str, start: int, end: int, *, is_decided: bool) -> Iterator[ValidityTerm]:
    """Yield the term of one decision: what is extended, renewed or ended, and until when."""
    verb = _DECIDES.search(text, start, min(start + _VERB_REACH, end))
    if verb is None and not (is_decided and start == 0):
        return
    change = _CHANGES.search(text, start, end)
    if change is None:
        return
    dates = dates_of(text, start, end)
    if dates is None and (change["end"] is None or _PENDING.search(text, start, change.end())):
        return
    head = _PANEL_MANDATE.search(text, start, end) or _head(text, start, change, end)
    if head is None or head.lastgroup is None:
        return
    if head.lastgroup == "panel_":
        head = _PANEL.search(text, head.start()) or head
    stop = _SUBJECT_END.search(text, head.end(), end)
    subject = _with_owner(text, start, head.start(), stop.start() if stop else head.end())
    kind = _refined(TermKind(head.lastgroup or "panel"), text[subject.start : subject.end])
    if kind is TermKind.AUTHORIZATION and verb and verb[0].lower().startswith("request"):
        return
    yield ValidityTerm(
        kind=kind,
        subject=subject,
        clause=Span(start=start, end=end),
        dates=dates,
        value=dates.span if dates else Span(start=change.start(), end=change.end()),
        ends=dates is None,
    )


_VERB_REACH = 60  # characters in which the verb of a decision is looked for


def _head(text: str, start: int, change: re.Match[str], end: int) -> re.Match[str] | None:
    """Return the noun of what is changed: the next one, or of a passive the one before."""
    before = list(_HEAD.finditer(text, start, change.start()))
    if before and _PASSIVE.search(text, start, change.end()):
        for kind in (TermKind.PANEL, TermKind.MANDATE):
            words = [match for match in before if match.lastgroup == kind.value]
            first = next((match for match in words if "andate" in match[0]), None)
            if first or (words and kind is TermKind.PANEL):
                return first or words[-1]
        return before[-1]
    after = _HEAD.search(text, change.end(), end)
    panel = _PANEL_HEAD.search(text, change.end(), end)
    if after and panel and panel.start() - after.start() < _PANEL_REACH:
        return panel  # "to create, in consultation with the Committee, a group of eight experts"
    return after or (before[-1] if before else None)


def _with_owner(text: str, start: int, first: int, end: int) -> Span:
    """Return the span of a subject with the name that owns it: "UNSOM's mandate"."""
    owner = _OWNED.search(text, start, first)
    return Span(start=owner.start() if owner and owner.end() == first else first, end=end)


def _refined(kind: TermKind, subject: str) -> TermKind:
    """Return the kind of "the mandate of the Panel of Experts": that of the panel."""
    if kind in (TermKind.MANDATE, TermKind.AUTHORIZATION):
        if _PANEL.search(subject):
            return TermKind.PANEL
        if _OFFICE.search(subject):
            return TermKind.OFFICE
    return kind


def _money(text: str) -> Iterator[ValidityTerm]:
    """Yield an appropriation, with the account that it is for and the period that it pays."""
    match = _APPROPRIATION.search(text)
    account = _ACCOUNT.search(text, match.start()) if match else None
    if match is None or account is None:
        return
    period = _PERIOD.search(text, match.start())
    dates = None
    if period:
        until = read_day(period["until"])
        printed = period["since"]
        year = (
            ""
            if printed[-1].isdigit() and len(printed.split()) == 3
            else f" {period['until'][-4:]}"
        )
        dates = TermDates(
            span=Span(start=period.start(), end=period.end()),
            since=read_day(f"{printed}{year}"),
            until=until,
        )
    yield ValidityTerm(
        kind=TermKind.APPROPRIATION,
        subject=Span(start=account.start("of"), end=account.end("of")),
        clause=Span(start=0, end=len(text)),
        dates=dates,
        value=Span(start=match.start("amount"), end=match.end("amount")),
    )


def _ceilings(text: str) -> Iterator[ValidityTerm]:
    """Yield how many troops or other personnel may serve."""
    verb = _CEILING_VERB.search(text)
    match = _CEILING.search(text, verb.end()) if verb else None
    if match:
        span = Span(start=match.start(), end=match.end())
        clause = Span(start=0, end=len(text))
        yield ValidityTerm(kind=TermKind.CEILING, subject=span, clause=clause, value=span)


def _reports(text: str) -> Iterator[ValidityTerm]:
    """Yield how often somebody reports."""
    who = _REPORTER.search(text)
    match = _REPORTING.search(text, who.end()) if who else None
    if who and match:
        yield ValidityTerm(
            kind=TermKind.REPORTING,
            subject=Span(start=who.start("who"), end=who.end("who")),
            clause=Span(start=0, end=len(text)),
            value=Span(start=match.start("value"), end=match.end("value")),
        )
