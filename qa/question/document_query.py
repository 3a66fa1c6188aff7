"""A question for documents: "List all resolutions on Haiti since 2023", "How many in session 79?".

What is asked for is read by taking away what a list is asked with: the words for documents, the
period, the session, the organ, the committee. What remains is the topic.
"""

import re
from dataclasses import dataclass, replace

from qa.question.count_cue import ACTED, PROCLAIMED, Counted, read_counted, without_count
from qa.question.document_scope import (
    ORGAN,
    PLURAL,
    DocumentScope,
    read_scope,
    without_acting_organs,
)
from qa.resolutions.periods import ANY_TIME, Period
from qa.resolutions.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuery:
    """The documents that a question asks for."""

    topic: str = ""  # "" for all
    is_count: bool = False  # how many there are
    observance: str = ""  # what documents proclaim: "Day", "Year"; several with bars between
    year: int | None = None  # of the years and decades that are asked for
    scope: DocumentScope


_ACT = (
    r"(?:adopt|pass|approve|proclaim|declare|establish|create|set up|designate|launch|convene|"
    r"institute|found|agree)"
)
_ACTED = (
    r"(?:adopted|passed|approved|proclaimed|declared|established|created|set up|designated|"
    r"launched|convened|instituted|founded|agreed)"
)
# What documents do in the same sense, without a topic: "came from the First Committee".
_CAME = (
    r"(?:c[oa]me|comes|coming|emerg(?:e|es|ed|ing)|eman\w+|originat\w+|stem\w*|produc\w+|"
    r"issu(?:e|es|ed)|recommend\w*|forward\w*|prepar\w+|releas\w+|publish\w*|deliver\w*|"
    r"generat\w+|g[eo]t|go|goes|went|put out|exist\w*)"
)
_LISTS = re.compile(
    # "List all resolutions", "which resolutions on", "all the GA resolutions"
    rf"\b(?:list|enumerate|name|show|give|find|get|compile|display|need|want|looking for)\b"
    rf"[^?]{{0,60}}?\b{PLURAL}|"
    rf"\b(?:all|every|which|what|recent|any)\b(?! (?:do|does|did|is|are|was|were)\b)"
    rf"[^?,]{{0,60}}?\b{PLURAL}|"
    rf"\bwhat (?:are|were) (?:all |the |those )+[^?]{{0,40}}?{PLURAL}|"
    # "everything the Council adopted on X", "what did the Sixth Committee adopt at session 79?"
    rf"\b(?:everything|anything|all(?: that)?|what)(?: that)?(?: (?:has|have|had|did|was|is))?"
    rf" {ORGAN}(?: (?:has|have|had|did))?(?: ever| so far)? {_ACT}(?:ed|d)?\b|"
    # "Which international days were proclaimed in 2024?"
    rf"^\W*(?:which|what) (?!(?:\w+ )?(?:resolution|text|document)\b)[^?,]{{3,60}}?\b(?:were|"
    rf"have been|has been|had been|are)"
    rf" {_ACTED}\b|"
    # "International days proclaimed at the eightieth session"
    rf"^\W*(?!who|which|what|when|where|why|how|is|are|was|were|do|does|did)[^?,]{{2,60}}s"
    rf"(?<!was)(?<!has) {_ACTED}"
    rf" (?:by|at|in|during|since|on)\b",
    re.IGNORECASE,
)
# "UNFICYP renewals since 2020", "First Committee resolutions of the 80th session": key words whose
# head is the word for documents.
_HEADED = re.compile(rf"\b{PLURAL}\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"^\W*(?:who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|"
    r"should|must|may|will|would|in|under|according|compare|what (?:do|does|did|is|are|was|were|"
    r"has|"
    r"have))\b",
    re.IGNORECASE,
)
# Questions for what documents say, in which they are no more than where it is said.
_OF_CONTENT = re.compile(
    r"\b(?:what|which|who|how|where|when|why|whether)\b[^?]*\b(?:do|does|did) "
    rf"(?![^?]*\b{ACTED}\b)(?:these|those|the|any|its|their|such)?\b[^?]{{0,60}}?\b{PLURAL}\b[^?]*\b\w+|"
    rf"\b{PLURAL}\b (?:say|says|said|ask|asks|asked|call|calls|called|demand\w*|request\w*|urge\w*|"
    r"require\w*|impos\w+|oblig\w+|condemn\w*|authori[sz]\w+|recall\w*|cit(?:e|es|ed|ing)|"
    r"mention\w*|"
    r"refer\w*|contain\w*|use|uses|used|quot\w+|nam(?:e|es|ed|ing)|speak\w*|talk\w*|terminat\w+|"
    r"creat\w+|establish\w*|set|lift\w*|end|ends|ended|invit\w+|encourag\w+|"
    r"that)\b|"
    rf"\b(?:in|under|by|of|with|from) (?:which|what|how many|the|these|those|its|all|previous|"
    rf"relevant|"
    rf"earlier|other|both|two)\b[^?]{{0,40}}?\b{PLURAL}\b(?! (?:on|about|concerning|regarding)\b)|"
    r"\b(?:loaded|available|indexed)\b|"
    rf"\b{PLURAL}\b[^?]*\b(?:asked|requested|urged|invited|called upon|encouraged|told|to cover)\b|"
    rf"\b(?:paragraphs?|provisions?|passages?|clauses?|wording|text|summary|difference\w*|"
    rf"chang\w+) "
    rf"(?:of|in|from|between)\b[^?]*\b{PLURAL}\b|\b(?:compare|versus|vs|differ\w*)\b",
    re.IGNORECASE,
)


def read_document_query(text: str) -> DocumentQuery | None:
    """Return the documents that a question asks for; None if it asks for what they say.

    Args:
        text: of a question that names no document by symbol, its relative dates resolved.
    """
    text = _OF_ALL.sub("how many", text)
    counted = read_counted(text)
    if len(text) > _MAX_CHARACTERS or _OF_CONTENT.search(text) or counted is Counted.OTHER:
        return None
    if counted is Counted.TIMES and _IN_GENERAL.search(text):
        return None
    if counted is not None and _NEEDED.search(text):
        return None
    is_list = counted is not None or _LISTS.search(text) or _is_headed(text)
    if not (is_list or _OBSERVED.search(text)):
        return None
    scope, rest = read_scope(text)
    if counted is Counted.TIMES:
        rest = _RESOLUTION.sub(" ", rest)
        scope = replace(scope, series=scope.series or frozenset({"RES"}))
    if "PRST" in scope.series:
        rest = _PRESIDENT.sub(" ", rest)
    topic = _topic(rest)
    if _MODAL.search(topic):
        return None
    if counted is Counted.TIMES and _RENEWED.search(text):
        topic = f"{squeeze(_MANDATE.sub(' ', topic))} renewals"
    query = DocumentQuery(topic=topic, is_count=counted is not None, scope=scope)
    query = _of_observances(query, text)
    return query if is_list or query.observance else None


def _of_observances(query: DocumentQuery, text: str) -> DocumentQuery:
    """Return a query for proclaimed days, weeks, years or decades, where its topic is these.

    Years and decades are known by the year that they are, unless it is said when they were
    proclaimed: "international years in 2026".
    """
    match = _OBSERVANCES.fullmatch(query.topic)
    if match is None:
        return query
    unit = match["unit"].lower()
    names = "Day|Week|Month|Year|Decade" if unit == "observances" else unit[:-1].capitalize()
    query = replace(query, observance=names)
    since = query.scope.period.since
    is_held = unit in ("years", "decades") and not _PROCLAIMED.search(text)
    if since is None or not is_held or query.scope.period != Period.of_year(since.year):
        return query
    return replace(query, year=since.year, scope=replace(query.scope, period=ANY_TIME))


_OBSERVANCES = re.compile(
    r"(?:(?:international|world|un|united nations|global|awareness) )*"
    r"(?P<unit>days|weeks|months|years|decades|observances)",
    re.IGNORECASE,
)
_OBSERVED = re.compile(rf"\b{PROCLAIMED}\b", re.IGNORECASE)
_PROCLAIMED = re.compile(rf"\b(?:{_ACT}|{_ACTED})\b", re.IGNORECASE)


def _is_headed(text: str) -> bool:
    """Return whether a text is key words with a word for documents rather than a sentence."""
    return _HEADED.search(text) is not None and not _SENTENCE.search(text)


# An act that is done again and again, or that somebody should do.
_IN_GENERAL = re.compile(
    r"\b(?:is|are|do|does|must|should|shall|will|would|can|could|may|might)\b", re.IGNORECASE
)
_RESOLUTION = re.compile(
    r"\b(?:resolution|text)\b(?! of\b)", re.IGNORECASE
)  # one that is adopted often
_PRESIDENT = re.compile(r"\bpresident(?:['’]?s)?\b(?! of)", re.IGNORECASE)
_OF_ALL = re.compile(r"\bhow many of (?:all )?(?:the|these|those)\b", re.IGNORECASE)
_NEEDED = re.compile(r"\b(?:need(?:s|ed)? to|ha(?:s|ve|d) to|required to)\b", re.IGNORECASE)
_MANDATE = re.compile(
    r"\b(?:mandates?|regime)(?: (?:of|for|on|against))?(?: the)?\b", re.IGNORECASE
)
_RENEWED = re.compile(r"\b(?:renew|extend|prolong)(?:ed|s)?\b", re.IGNORECASE)
_MAX_CHARACTERS = 300  # of a question that asks for a list
_MODAL = re.compile(
    r"\b(?:must|should|shall|can|could|may|might|will|would|do|does|did|say|says|said)\b", re.I
)
_EDGE = (
    r"(?:a|an|the|all|every|any|each|and|or|of|on|about|for|in|at|by|from|to|with|that|which|have|"
    r"has|had|did|do|does|was|were|is|are|been|be|there|it|its|so|ever|please|me|us|you|can|could|"
    r"would|i|we|need|want|know|tell|say|pls|thanks|complete|full|list|lists|listing|no|nr|number|"
    r"only|just|also|exactly|concern|concerns|concerned|concerning|regard|regarding|dealing|deal|deals|dealt|relating|related|"
    r"treating|treat|covering|cover|addressing|address|tackling|topic|topics|subject|theme|issue|"
    r"issues|matter|matters|question of|new|as|what|s|how|many|often|them|their|these|"
    r"those|recent|various|existing|different|some|included|including|inclusive|too|then|far|"
    rf"{_CAME})"
)
_FRAME = re.compile(
    rf"\b(?:list|enumerate|name|show|give|find|get|compile|display|looking for)\b(?: me| us)?|"
    rf"\b(?:which|what(?:['’]s)?|everything|anything|all(?: that| of)?)\b|"
    rf"\b(?:has|have|had|did|does|do|was|were|is|are|been|can you|could you|please|kindly|ever|"
    rf"so far)\b|"
    rf"\b(?:in|by) (?:the|its|their) titles?\b|\b(?:entitled|titled)\b|"
    rf"\b(?:a|any) resolution\b|"
    rf"\b{_ACTED}\b|\b{_ACT}\b|\b(?:renew|extend|prolong)(?:ed|s)?\b|"
    rf"\b{PLURAL.replace('renewals|extensions', 'papers')}\b",
    re.IGNORECASE,
)


def _topic(text: str) -> str:
    """Return what is left of a request for documents: what they are about."""
    rest = squeeze(_FRAME.sub(" ", without_acting_organs(without_count(text))))
    previous = None
    while rest != previous:
        previous = rest
        rest = re.sub(
            rf"^[\s,;.:()–-]*{_EDGE}\b(?!-)|\b{_EDGE}[\s,;.:()–-]*$", "", rest, flags=re.I
        )
        rest = rest.strip(" ,;.:()–-")
    return rest
