"""A question for documents: "List all resolutions on Haiti since 2023", "How many in session 79?".

What is asked for is read by taking away what a list is asked with: the words for documents, the
period, the session, the organ, the committee. What remains is the topic.
"""

import re
from dataclasses import dataclass

from qa.question.document_scope import ORGAN, PLURAL, DocumentScope, read_scope
from qa.resolutions.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuery:
    """The documents that a question asks for."""

    topic: str = ""  # "" for all
    is_count: bool = False  # how many there are
    scope: DocumentScope


_ACT = (
    r"(?:adopt|pass|approve|proclaim|declare|establish|create|set up|designate|launch|convene|"
    r"institute|found|agree)"
)
_ACTED = (
    r"(?:adopted|passed|approved|proclaimed|declared|established|created|set up|designated|"
    r"launched|"
    r"convened|instituted|founded|agreed)"
)
_ON = (
    r"(?:on|about|concerning|regarding|relating to|related to|dealing with|deal with|deals with|"
    r"dealt with|that treat|treating|treat|covering|cover|addressing|address|tackling|tackle|"
    r"to do with|"
    r"touching on|in relation to|with regard to|as regards|around|against|for|of)"
)
_COUNTS = re.compile(
    rf"\bhow many\b[^?]{{0,40}}?\b{PLURAL}|\b(?:number|count|total|"
    rf"tally) of\b[^?]{{0,40}}?\b{PLURAL}|"
    rf"\bn(?:o|r|um)s?\.? of\b[^?]{{0,40}}?\b{PLURAL}|\bcount (?:the |"
    rf"all )?[^?]{{0,30}}?\b{PLURAL}",
    re.IGNORECASE,
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
    r"\b(?:what|which|who|how|where|when|why|whether)\b[^?]*\b(?:do|does|did) (?:these|those|the|"
    r"any|"
    rf"its|their|such)?\b[^?]{{0,60}}?\b{PLURAL}\b[^?]*\b\w+|"
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
    rf"(?:of|in|from|between)\b[^?]*\b{PLURAL}\b|\b(?:compare|versus|vs)\b",
    re.IGNORECASE,
)


def read_document_query(text: str) -> DocumentQuery | None:
    """Return the documents that a question asks for; None if it asks for what they say.

    Args:
        text: of a question that names no document by symbol, its relative dates resolved.
    """
    text = _TIMES.sub(
        "how many resolutions has ", _TIMES_OF.sub(r"how many resolutions on \g<topic>", text)
    )
    if len(text) > _MAX_CHARACTERS or _OF_CONTENT.search(text):
        return None
    is_count = _COUNTS.search(text) is not None
    is_headed = _HEADED.search(text) is not None and not _SENTENCE.search(text)
    if not (is_count or _LISTS.search(text) or is_headed):
        return None
    scope, rest = read_scope(text)
    topic = _topic(rest)
    if _MODAL.search(topic):
        return None
    return DocumentQuery(topic=topic, is_count=is_count, scope=scope)


_TIMES = re.compile(
    r"\bhow (?:many times|often) (?:has|have|did)(?= [^?]*\b(?:adopt|pass)(?:ed)? (?:a|"
    r"any) resolution)",
    re.IGNORECASE,
)
# "the number of times the moratorium was adopted"
_TIMES_OF = re.compile(
    r"\b(?:how (?:many times|often)|(?:the )?number of times) (?:has |have |had |was |were |is )?"
    r"(?:the |a |an )?(?P<topic>(?!(?:security|general|council|assembly)\b)[^?]{3,80}?)"
    r" (?:(?:has|have|had|was|were|is|been) ){0,2}(?:adopted|passed)\b",
    re.IGNORECASE,
)
_MAX_CHARACTERS = 300  # of a question that asks for a list
_MODAL = re.compile(
    r"\b(?:must|should|shall|can|could|may|might|will|would|do|does|did|say|says|said)\b", re.I
)
_EDGE = (
    r"(?:a|an|the|all|every|any|each|and|or|of|on|about|for|in|at|by|from|to|with|that|which|have|"
    r"has|"
    r"had|did|do|does|was|were|is|are|been|be|there|it|its|so|ever|please|me|us|you|can|could|"
    r"would|i|"
    r"we|need|want|pls|thanks|complete|full|list|lists|listing|count|number|no|nr|only|just|also|"
    r"concerning|regarding|dealing|deal|deals|dealt|relating|related|treating|treat|covering|cover|"
    r"addressing|address|tackling|topic|topics|subject|theme|issue|issues|matter|matters|"
    r"question of|"
    r"new|as|what|how|many|them|their|these|those|recent|various|existing|different|exist|some|"
    r"included|including|inclusive|too)"
)
_FRAME = re.compile(
    rf"\b(?:list|enumerate|name|show|give|find|get|compile|display|count|looking for)\b(?: me|"
    rf" us)?|"
    rf"\b(?:which|what|how many|number of|n(?:o|r|um)s?\.? of|count of|total of|everything|"
    rf"anything|"
    rf"all(?: that| of)?)\b|"
    rf"\b(?:has|have|had|did|does|do|was|were|is|are|been|can you|could you|please|kindly|ever|"
    rf"so far)\b|"
    rf"\b(?:in|by) (?:the|its|their) titles?\b|\b(?:entitled|titled)\b|\b(?:a|any) resolution\b|"
    rf"\b{_ACTED}\b(?: by {ORGAN})?|\b{_ACT}\b|"
    rf"(?<=resolutions ){ORGAN}(?=\W*$)|\b{ORGAN}(?= {PLURAL}| (?:has|have|did|adopt|pass|procl))|"
    rf"(?<=resolutions) (?:by|of|from|in) {ORGAN}|\b(?:by|from) {ORGAN}(?=\W*$|[\s,]+{_ON}\b)|"
    rf"^\W*{ORGAN}(?= )(?=.*\b{PLURAL})|"
    rf"\b{PLURAL.replace('renewals|extensions', 'papers')}\b",
    re.IGNORECASE,
)


def _topic(text: str) -> str:
    """Return what is left of a request for documents: what they are about."""
    rest = squeeze(_FRAME.sub(" ", text))
    previous = None
    while rest != previous:
        previous = rest
        rest = re.sub(
            rf"^[\s,;.:()–-]*{_EDGE}\b(?!-)|\b{_EDGE}[\s,;.:()–-]*$", "", rest, flags=re.I
        )
        rest = rest.strip(" ,;.:()–-")
    return rest
