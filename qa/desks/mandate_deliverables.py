"""What is to be delivered, to whom, and who pays: read from what a verb asks.

A deliverable is the object of one of the verbs asked, "to submit a report", not a word somewhere in
the text: "to promote the submission of reports" asks for none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa.desks.mandate_cell import MandateCell
from qa.desks.mandate_verbs import ADVERBS
from qa.resolutions.model import Body
from qa.resolutions.parse.lead_verbs import LISTS
from qa.resolutions.tables.phrase_patterns import any_of

DELIVERABLES = (
    *("report", "brief", "info", "review", "recommendations", "meeting", "agenda_item", "term"),
    *("money", "agreement", "appointment"),
)
_REACH = 260  # characters from a verb to its object
_ADVERBS = rf"(?:{ADVERBS}(?:not\s+)?)"
_CHAIN = (
    r"(?:(?:continue|be\s+prepared|endeavour|begin|undertake|agree|proceed|seek|be\s+ready|remain\s+"
    r"ready)\s+to\s+)?"
)
_VERB = rf"{_ADVERBS}{_CHAIN}{_ADVERBS}(?P<verb>[a-z-]+)\b"
_FIRST = re.compile(rf"(?<!\border\s)(?<!\bas\s)\bto\s+{_VERB}")
_PURPOSE = re.compile(r"\bto\s+[a-z]")
_OPENING = re.compile(rf"[\s,]*(?:\bto\s+)?{_VERB}", re.IGNORECASE)
_LATER = re.compile(
    r"(?:[,;:]|\band|\bor|\bas\s+well\s+as)\s+(?:and\s+|as\s+well\s+as\s+)?(?:(?:[^,;]{1,80}),\s+)?"
    rf"(?:to\s+{_VERB}|(?P<bare>{any_of(LISTS['duties'])})\b(?=\s))"
)
_CAUSING = re.compile(
    r"(?:invit|request|direct|ask|mandat|encourag|task|instruct)\w*$", re.IGNORECASE
)
_DUTY = rf"(?P<verb>{any_of(LISTS['duties'])})s?\b"
_SUBJUNCTIVE = re.compile(rf"[\s,]+{_ADVERBS}{_CHAIN}{_ADVERBS}{_DUTY}")
_THAT_DOES = re.compile(rf"\s+that\s+(?:he|she|it|they)\s+{_ADVERBS}{_CHAIN}{_DUTY}")
_MODAL = re.compile(rf"\b(?:shall|should|must|will|may)\s+(?:also\s+)?{_VERB}")


@dataclass(frozen=True, slots=True)
class _DeliverableRule:
    """A kind of deliverable: verbs that ask for it, and what their object must be."""

    kind: str
    verbs: re.Pattern[str]
    objects: re.Pattern[str] | None
    is_next: bool  # the object follows the verb at once

    def find(self, text: str, verb_end: int, end: int) -> re.Match[str] | None:
        """Return the object of a verb; None where it only qualifies another one."""
        if self.objects is None or self.is_next:
            return self.objects.match(text, verb_end, end) if self.objects else None
        for match in self.objects.finditer(text, verb_end, end):
            if not _QUALIFIES.search(text, verb_end, match.start()):
                return match
        return None


def _rule(kind: str, verbs: str, objects: str = "", *, is_next: bool = False) -> _DeliverableRule:
    return _DeliverableRule(
        kind,
        re.compile(rf"(?:{verbs})(?:e|es|s|d|ed|y|ies|ying|t?ing)?$", re.IGNORECASE),
        re.compile(objects, re.IGNORECASE if not is_next else re.NOFLAG) if objects else None,
        is_next,
    )


# "benchmarks for the review": the noun only qualifies another.
_QUALIFIES = re.compile(
    r"\b(?:for|of|on|from|under|regarding|concerning|into|against)\s+(?:(?:the|its|their|an?|such|these|"
    r"those|his|her|any|all|this|future|periodic)\s+){0,2}(?:(?!sets?\b|series\b)[a-z-]+\s+)?$"
)
_GIVES = r"submit|present|prepar|provid|issu|transmit|produc|circulat|deliver|mak|publish|furnish"
_WHOM = (
    r"\s+(?:regularly\s+|promptly\s+|immediately\s+)?(?:(?:the\s+|all\s+)?(?:[A-Z][\w-]+|members?\b|"
    r"parties\b)|it\b|him\b|them\b|on\b|of\b)"
)
_INFORMATION = (
    r"\b(?:information|updates?|data|views|comments|details|observations|replies|responses|"
    r"inputs?)\b"
)
_MEETING = (
    r"\b(?:meetings?|conferences?|sessions?|dialogues?|forums?|summits?|seminars?|panels?|workshops?|"
    r"events?|symposium|congress|round\s+tables?|informal\s+consultations|discussions?)\b"
)
_TERMS = (
    r"\b(?:mandate|terms?|period|authori[sz]ations?|measures|until|through|provisions|exemptions?|"
    r"deployment|presence|requests?|for\s+an?)\b"
)
_CONTRIBUTIONS = (
    r"\bpayments?\s+of\s+[\w\s]{0,40}?contributions\b|"
    r"\b(?:voluntary|financial|assessed|additional|generous)\s+(?:\w+\s+)?contributions?\b|"
    r"\b(?:programme|proposed|regular)\s+budgets?\b|\bcontributions?\s+to\s+the\s+[\w\s-]{0,60}?fund\b"
)
_AGREEMENTS = r"\b(?:agreements?|arrangements?|memorand\w+|treaty|treaties)\b"
_OFFICERS = (
    r"\b(?:focal\s+points?|representatives?|envoys?|coordinators?|experts?|members?|ambassadors?|"
    r"officials?|advis[eo]rs?|persons?|judges?|facilitators?)\b"
)
_RULES = (
    _rule("report", r"report"),
    _rule("report", rf"{_GIVES}|compil|complet|finaliz|elaborat|draft", r"\breports?\b"),
    _rule("report", r"includ|incorporat|reflect|address", r"\bin\s+[\w\s-]{0,60}?\breports?\b"),
    _rule("brief", r"brief"),
    _rule("brief", rf"{_GIVES}|conduct|giv|hold", r"\bbriefings?\b|\boral\s+updates?\b"),
    _rule("info", r"inform|notif|updat|appris", _WHOM, is_next=True),
    _rule("info", r"keep|kept", r"\b(?:informed|apprised|updated|abreast)\b"),
    _rule(
        "info",
        rf"{_GIVES}|includ|communicat|refer|suppl|shar|send|convey|contribut|offer|forward|disclos",
        _INFORMATION,
    ),
    _rule("review", r"review"),
    _rule("review", rf"{_GIVES}|undertak|conduct|carr|launch|commission|perform", r"\breviews?\b"),
    _rule("review", r"keep|kept", r"\bunder\s+(?:\w+\s+)?review\b"),
    _rule("recommendations", r"recommend"),
    _rule(
        "recommendations",
        rf"{_GIVES}|develop|includ|formulat|elaborat|propos|put|offer",
        r"\b(?:recommendations?|proposals?)\b",
    ),
    _rule("meeting", r"conven|hold|held|organi[sz]|host|schedul|conduct|arrang", _MEETING),
    _rule("meeting", r"includ", r"calendar\s+of\s+conferences"),
    _rule(
        "agenda_item", r"includ|inscrib|plac|keep|retain", r"\bagenda\b|(?:sub-)?item\s+entitled"
    ),
    _rule("term", r"extend|renew|prolong|reauthori[sz]", _TERMS),
    _rule("money", r"appropriat|apportion|financ"),
    _rule("money", r"mak|provid|increas|pay|pledg|giv|consider|set|credit|ensur", _CONTRIBUTIONS),
    _rule("money", r"contribut|donat", r"\bfunds?\b|\bfinancially\b|\bbudgets?\b"),
    _rule("agreement", r"conclud|sign|enter|negotiat", _AGREEMENTS),
    _rule("appointment", r"appoint|nominat|elect|reappoint"),
    _rule("appointment", r"designat|select", _OFFICERS),
)
# Without one of these words, nothing is to be delivered.
_HINT = re.compile(
    r"report|brief|inform|notif|updat|appris|review|recommend|proposal|meeting|conference|session|"
    r"dialogue|forum|summit|seminar|panel|workshop|event|symposium|congress|table|consultation|"
    r"discussion|agenda|item|exten|renew|prolong|authori|appropriat|apportion|financ|contribution|"
    r"budget|fund|dollar|\$|agreement|arrangement|memorand|treat|appoint|nominat|elect|designat|"
    r"data|views|comments|details|observations|replies|responses|input|account|force",
    re.IGNORECASE,
)
# Decisions that are a deliverable by their verb alone, and decisions about the own agenda.
_BY_LEMMA = {
    **dict.fromkeys(("extends", "renews", "prolongs"), "term"),
    **dict.fromkeys(("appoints", "elects", "nominates"), "appointment"),
    **dict.fromkeys(("appropriates", "apportions"), "money"),
    "convenes": "meeting",
}
_EXTENDING = frozenset(("extends", "renews", "prolongs"))
_TERM_WORDS = re.compile(_TERMS)
_OWN_AGENDA = re.compile(
    r"\b(?:continue\s+(?:its|the|to)?\s*(?:active\s+)?consider\w*|consider|resume|revert|defer|discuss|"
    r"take\s+up|inscribe|conclude\s+its\s+consideration)\b[^;]{0,250}?\bsession\b"
)
_MONEY_WORDS = re.compile(
    r"\bdollars\b|\bprogramme\s+budgets?\b|\bproposed\s+budgets?\b|\bspecial\s+account\b|\$\s?\d"
)
_EXTENDED = re.compile(
    r"\b(?:mandate|term|measures|authori[sz]ations?|provisions|exemption)\b[^;]{0,160}?"
    r"\b(?:extend|renew|prolong)ed\b|\bshall\s+(?:remain\s+in\s+force|continue\s+to\s+apply)\s+(?:until|for)\b"
)
_APPOINTED = re.compile(r"\bto\s+(?:appoint|elect|nominate)\b")
_NOUNS = (
    ("brief", r"(?:oral\s+)?briefings?|oral\s+updates?"),
    ("report", r"(?:\w+\s+)?reports?"),
    ("info", r"updates?|information|views|data"),
    ("review", r"reviews?"),
    ("recommendations", r"recommendations?|proposals?"),
    ("meeting", r"meetings?|conferences?|dialogues?"),
)
_OBJECT = re.compile(
    r"\s+(?:(?:that\s+)?(?:an?|the|further|regular|additional|detailed|comprehensive|written|full|"
    r"annual|periodic|frequent|independent|urgent|early|updated|timely|more|such|any|concrete|"
    r"immediate|thorough|strategic)\s+){0,4}(?:"
    + "|".join(rf"(?P<{kind}>{nouns})" for kind, nouns in _NOUNS)
    + r")\b(?!['\u2019])"
)
_RECEIVED = frozenset({"report", "brief", "info", "review", "recommendations"})
_BODY = (
    r"(?:General\s+Assembly|Security\s+Council|Economic\s+and\s+Social\s+Council|Human\s+Rights\s+"
    r"Council|Secretary-General|Secretariat|(?:First|Second|Third|Fourth|Fifth|Sixth)\s+Committee|"
    r"(?:Advisory|Special|Executive|Scientific|Preparatory|Counter-Terrorism)\s+Committee|"
    r"(?:\w+\s+)?Commission(?:\s+(?:on|for)\s+(?:the\s+)?[A-Z]\w+(?:\s+(?:and\s+)?[A-Z]\w+)*)?|"
    r"Committee|Assembly|Council|Conference(?:\s+(?:of\s+the\s+Parties|on\s+Disarmament))?|Panel\s+of\s+"
    r"Experts|Group\s+of\s+Experts|Monitoring\s+(?:Team|Group)|(?:Executive\s+)?Board|Member\s+States|"
    r"States\s+parties|[A-Z]{3,}(?!\s+(?:authorities|parties|personnel|Government|forces)))"
)
_RECIPIENT = re.compile(
    rf"\b(?:to|brief|inform|notify|update|keep|apprise|consideration\s+(?:of|by)|before|with)\s+"
    rf"(?:the\s+)?(?P<body>{_BODY})\b(?!['\u2019])"
)
_SHORT: Mapping[str, Mapping[Body | None, str]] = {
    "Assembly": {None: "General Assembly"},
    "Council": {
        Body.SECURITY_COUNCIL: "Security Council",
        Body.ECOSOC: "Economic and Social Council",
        Body.HUMAN_RIGHTS_COUNCIL: "Human Rights Council",
    },
}
_FUND_WORDS = (
    "dollar",
    "$",
    "resources",
    "budget",
    "voluntary",
    "availability",
    "account",
    "capacities",
)
_FUNDS = re.compile(
    r"(?:(?:an?\s+|the\s+)?(?:additional\s+)?(?:amounts?|sum|level|estimates?|appropriations?)\s+of\s+)?"
    r"(?:\$\s?\d[\d,.]*(?:\s+(?:million|billion))?|\d[\d,.]*(?:\s+(?:million|billion))?\s+(?:United\s+"
    r"States\s+)?dollars)(?:\s+\([^)]{1,80}\))?"
    r"|(?:from\s+)?within\s+(?:the\s+)?(?:existing|available|its\s+existing|approved)\s+(?:\w+\s+)?"
    r"(?:resources|budgets?|capacities|appropriations?)"
    r"|(?:from|through|by\s+means\s+of|funded\s+(?:from|by|through))\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?:voluntary|extrabudgetary)\s+(?:contributions|resources|funds|funding)"
    r"|subject\s+to\s+(?:the\s+)?availability\s+of\s+[^,;.]{1,80}"
    r"|(?:from|by)\s+the\s+(?:regular\s+budget|programme\s+budget|support\s+account)"
)


def deliverable_in(
    text: str, lemma: str, verb_end: int, start: int, end: int, *, is_item: bool = False
) -> tuple[str, MandateCell] | None:
    """Return what kind of thing is asked for, and the words that say so; the first one counts.

    Args:
        text: the paragraph.
        lemma: the verb that asks.
        verb_end: where that verb ends.
        start: where what is asked begins, after the addressees.
        end: where it ends.
        is_item: the verb is in the chapeau, so that the text opens with what is asked.
    """
    is_term = lemma not in _EXTENDING or _TERM_WORDS.search(text, verb_end, end) is not None
    if not is_item and lemma in _BY_LEMMA and is_term:
        return _BY_LEMMA[lemma], MandateCell(
            text[verb_end:end].split(" ", maxsplit=1)[0], verb_end, verb_end
        )
    if not is_item and (noun := _OBJECT.match(text, verb_end, end)):
        kind = noun.lastgroup or ""
        return kind, MandateCell(noun[kind], noun.start(kind), noun.end(kind))
    if not _HINT.search(text, min(start, verb_end), end):
        return None
    for head, until in _heads(text, verb_end, start, end, is_item=is_item):
        if found := _of_verb(text, head, until):
            return found
    is_decision = lemma in {"decides", "agrees", "authorizes", "approves", "resolves"}
    return _of_decision(text, verb_end, end) if is_decision else None


def is_asked_thing(text: str, lemma: str, verb_end: int, end: int) -> bool:
    """Return whether a request names a deliverable at once: "requests an update"."""
    return lemma in {"requests", "asks"} and _OBJECT.match(text, verb_end, end) is not None


def _heads(
    text: str, verb_end: int, start: int, end: int, *, is_item: bool
) -> list[tuple[tuple[int, int], int]]:
    """Return the verbs that are asked, each with where the next begins."""
    options = [_FIRST.search(text, start, end), _MODAL.search(text, verb_end, end)]
    options += [_SUBJUNCTIVE.match(text, start, end), _THAT_DOES.match(text, verb_end, end)]
    options = [_OPENING.match(text, start, end)] if is_item else options
    first = min(filter(None, options), key=lambda match: match.start("verb"), default=None)
    if first is None:
        return []
    places = [first.span("verb")]
    position = first.end()
    if _CAUSING.match(first["verb"]) and (caused := _FIRST.search(text, position, end)):
        places.append(caused.span("verb"))
        position = caused.end()
    while later := _LATER.search(text, position, end):
        # "to identify trends and develop measures": what follows a purpose belongs to it.
        is_of_purpose = later["bare"] and _PURPOSE.search(text, position, later.start())
        if not is_of_purpose:
            places.append(later.span("verb" if later["verb"] else "bare"))
        position = later.end()
    nexts = [place[0] for place in places[1:]] + [end]
    return list(zip(places, nexts, strict=True))


def _of_verb(text: str, head: tuple[int, int], until: int) -> tuple[str, MandateCell] | None:
    """Return the deliverable of one verb: that whose word is printed first."""
    verb = text[head[0] : head[1]]
    best: tuple[int, str, MandateCell] | None = None
    for rule in _RULES:
        if not rule.verbs.match(verb):
            continue
        match = rule.find(text, head[1], min(until, head[1] + _REACH))
        if match is None and rule.objects is not None:
            continue
        start, stop = match.span() if match and not rule.is_next else head
        if best is None or start < best[0]:
            best = (start, rule.kind, MandateCell(text[start:stop], start, stop))
    return best[1:] if best else None


def _of_decision(text: str, start: int, end: int) -> tuple[str, MandateCell] | None:
    """Return what a decision is about: money, its own agenda, or a term."""
    for kind, pattern in (
        ("term", _EXTENDED),
        ("money", _MONEY_WORDS),
        ("agenda_item", _OWN_AGENDA),
    ):
        if match := pattern.search(text, start, end):
            return kind, MandateCell(match[0], match.start(), match.end())
    return None


def recipient_in(text: str, start: int, end: int, kind: str, body: Body) -> MandateCell | None:
    """Return who gets what is asked for, under its full name."""
    match = _RECIPIENT.search(text, start, end) if kind in _RECEIVED else None
    if match is None:
        return None
    name = " ".join(match["body"].split())
    names = _SHORT.get(name, {})
    return MandateCell(
        names.get(body, names.get(None, name)), match.start("body"), match.end("body")
    )


def money_in(text: str, start: int, end: int) -> MandateCell | None:
    """Return who pays or how much: "within existing resources", "112,500 dollars"."""
    segment = text[start:end]
    is_about = any(word in segment for word in _FUND_WORDS)
    match = _FUNDS.search(text, start, end) if is_about else None
    return MandateCell(" ".join(match[0].split()), match.start(), match.end()) if match else None
