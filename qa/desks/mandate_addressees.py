"""Whom a verb addresses, as printed: every name of a list, each with its restricting clause.

"invites international and regional organizations, within their mandates, civil society, including
non-governmental organizations, and other relevant actors to contribute" names three.
"""

import re
from functools import lru_cache

from qa.desks.mandate_cell import MandateCell
from qa.desks.mandate_verbs import ADVERBS, SEEKS
from qa.question.countries import code_of
from qa.resolutions.parse.addressees import is_actor_name, is_actor_word, listed_name
from qa.resolutions.parse.lead_verbs import ADVERB, INSERTION, LISTS
from qa.resolutions.tables.phrase_patterns import any_of

_REACH = 700  # characters from a verb to what it asks
_REMEMBERED = 8192  # names: few recur often
PRONOUN_SUBJECTS = frozenset(("he", "she", "they"))
_DECIDING = frozenset(("decides", "determines", "agrees", "resolves", "declares"))
_BEFORE = re.compile(
    rf"[\s,]*(?:(?:{ADVERB}|{INSERTION}|upon|on),?\s+)*(?:as\s+a\s+matter\s+of\s+\w+,?\s+)?"
    r"(?P<by>(?:that|to|from|of|for)\b,?\s+)?",
    re.IGNORECASE,
)
_BY_REQUEST = re.compile(
    r"[^;]{0,250}?\s(?P<by>to|upon|on|that|for)\s+(?=the\b|all\b|its\b|those\b|[A-Z]|[a-z-]+\s+"
    r"(?:[a-z-]+\s+)?(?:States|parties|organi[sz]ations|entities|countries|donors)\b)"
)
_TO = re.compile(
    r"[\s,]+(?:and\s+|but\s+)?(?:not\s+)?to(?:,[^,]{1,150},)?\s+"
    rf"{ADVERBS}(?P<verb>[a-z][a-z-]*)"
)
_NO_VERB = frozenset(LISTS["no verb after to"])
_NO_INFINITIVE = frozenset(LISTS["no infinitive"])
_ABLE = frozenset(
    "position able unable wishing willing ready yet invited required entitled seeking intending "
    "wish failed refused mandated requested obliged expected".split()
)
_CLAUSE = re.compile(r"\b(?:that|who|which|whose|whom)\b")
_DOING = re.compile(r"[a-z]+ing\s")
_RESTRICTION = re.compile(
    r"\b(?:that|who|which|whose|whom|acting|participating|established|created|appointed|mandated)\b"
)
_COLON = re.compile(r"[:;]")
_TO_ITEMS = re.compile(r"(?:[\s,]+(?:to|by|also|inter\s+alia|as\s+follows))+[\s,]*$")
_END_OF_CLAUSE = re.compile(r"[:;]|,?\s+and\s+that\b")
_END_OF_NAME = re.compile(
    r"[,;:.]|\s+(?:for|in|on|with|by|from|at|against|within|without|during|through|of\s+the\s+need)\s"
)
_THAT = re.compile(r",?\s+that\b")
_MODAL = re.compile(r"[\s,]+(?:shall|should|must|will|may)\b")
_DUTY = re.compile(
    rf"[\s,]*shall\b(?!,?\s+{ADVERBS}(?:be|not\s+(?:be|apply|exceed|affect)|apply|consist|enter\s+"
    r"into\s+force|comprise|remain|constitute|mean|have\s+effect|take\s+(?:place|effect)|expire|"
    r"terminate|include|cover|end|begin|last|continue\s+to\s+apply)\b)"
)
_TOGETHER = (
    r"(?:cooperation|coordination|consultation|collaboration|partnership|dialogue|conjunction|"
    r"concert|agreement|liaison|association)"
)
# What interrupts a list of names. After some of these others are named, up to the infinitive.
_JOINED_BY = (
    rf"in\s+(?:[a-z]+\s+(?:and\s+)?){{0,2}}?{_TOGETHER}|together\s+with|along\s+with|jointly\s+with|"
    r"with|through|supported\s+by|assisted\s+by|working|acting|at\s+the\s+(?:request|initiative|"
    r"invitation)|as\s+requested\s+by|upon\s+the\s+request|by|via|drawing|building|among"
)
_SUCH_AS = r"including|such\s+as|especially|particularly|in\s+particular|notably|namely|inclusive"
_OTHER_WORDS = (
    r"within|where|wherever|when|whenever|while|if|once|unless|until|as(?!\s+well\s+as\b)|upon|in|"
    r"under|taking|bearing|keeping|considering|recogni[sz]ing|recalling|noting|mindful|guided|"
    r"without|consistent|consistently|pursuant|subject|based|following|during|after|before|prior|"
    r"on|for|inter\s+alia|to|no\s+later|not\s+later|at|regardless|irrespective|notwithstanding|"
    r"despite|given|because|due|since|whether|its|their|his|her|immediately|also|not|"
    r"pending|according|directly|beginning|mindful|"
    r"consulting|having|using|particularly|throughout|toward|towards|respectively|respecting"
)
_INTERRUPTION = re.compile(
    rf"(?:and\s+)?(?:(?P<joined>{_JOINED_BY})|(?P<such>{_SUCH_AS})|(?P<other>{_OTHER_WORDS}|If|When|"
    r"Where|In|For|At|As|Upon|On|Subject|Until|After|Before|Unless|Without))\b(?!-)"
)
_CUT = re.compile(
    rf"\s+(?:(?P<such>{_SUCH_AS})|(?P<joined>in\s+(?:[a-z]+\s+)?{_TOGETHER}|together\s+with|along\s+"
    r"with|jointly\s+with|with\s+the\b|through\b|by\b|working\s+with)|in\s+(?:accordance|line|"
    r"conformity|particular|this|that|these|view|light|addition|order|support|keeping|their|its|his|"
    r"her)|as\s+(?:appropriate|applicable|necessary|soon|a|an|the|part|early|well(?!\s+as))|within|"
    r"taking|when|where|while|upon\s+request|inter\s+alia|subject\s+to|at\s+(?:the|all|its|their)|"
    r"on\s+an?|with\s+(?:a|due|regard|respect|immediate|support|full)|pursuant|during|once|also|"
    r"immediately|urgently|without|consistent|not|pending|according|directly|beginning|"
    r"for\s+(?:its|their|his|her)|if|unless|until|"
    r"after|before|based|whether|under\s+the\s+(?:guidance|leadership|authority|auspices))\b",
    re.IGNORECASE,
)
_EDGES = re.compile(
    r"^(?:(?:and/or|and|or|the|its|their|both|of|upon|on|to|also|as\s+well\s+as)\s+)+", re.I
)
_LAST_ADVERBS = re.compile(r"(?:[\s,]+[a-z]+ly|[\s,]+also|[\s,]+and(?=\s+[a-z]+ly))+[\s,]*$")
_COMMA = re.compile(r",\s+(?P<and>(?:and/or|and|or|as\s+well\s+as)\s+)?")
_OPENS = re.compile(r"(?:the|all|its)\s|[A-Z]")
_SEPARATOR = re.compile(
    r",\s+(?:and/or\s+|and\s+|or\s+|as\s+well\s+as\s+)?|\s+(?:and/or|and|or|as\s+well\s+as)\s+"
)
_QUANTITY = re.compile(r"^(?:all|any|those|each|every)\s+")
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_AFTER_HEAD = re.compile(
    r"\s+(?:of|on|for|from|to|against|between|among|in|at|with|under|"
    rf"{any_of(LISTS['ends a name'])}|"
    r"[a-z]+ing|signatory|present|other|party|not|responsible|able|willing|associated|affected|so)\b"
)
_SEVERAL_OF = re.compile(r"(?:^|\s)[A-Za-z-]+s\s+of\s+[^,]*$")
_AT_STATE = re.compile(r"\b(?:in|from|between)\s+(?:the\s+)?(?P<name>[A-Z][^,]*)$")
_TITLE = re.compile(r"\s(?:for|on|against)\s+(?:the\s+)?[A-Z].*$")
_OPENERS = ("Member ", "States", "Governments", "United Nations ")
_INSTITUTIONS = frozenset(LISTS["institutions"])
_MORE_HEADS = frozenset(("point", "points", *PRONOUN_SUBJECTS))  # "focal point"
_DUTIES = frozenset(LISTS["duties"])
_WORD = re.compile(r"[^\W_][\w.'\u2019/\u2011-]*")
_BEFORE_NOUN = frozenset(
    "the a an all any its their his her each every both such this that these those of for in on to "
    "with "
    "from by at and or as who which against between among within not no other relevant".split()
)


def addressees_in(text: str, lemma: str, start: int, end: int) -> tuple[MandateCell, ...]:
    """Return whom the verb that ends at `start` asks; empty where it names only what is asked.

    Args:
        text: the paragraph.
        lemma: of the verb: "decides" addresses those who "shall" do something.
        start: end of the verb.
        end: where the next verb begins.
    """
    lead = _BEFORE.match(text, start, end)
    first = lead.end() if lead else start
    by = (lead["by"] or "").strip(" ,").lower() if lead else ""
    if not by and " its " in lemma and (request := _BY_REQUEST.match(text, start, end)):
        by, first = request["by"], request.end()
    limit = min(end, first + _REACH)
    if by == "to" and (clause := _THAT.search(text, first, limit)):
        limit = clause.start() if _TO.search(text, first, clause.start()) is None else limit
    if by == "that":
        return _subject(text, lemma, first, limit)
    if lemma in _DECIDING or SEEKS[lemma] != "actor":
        return ()
    stop = _infinitive(text, first, limit)
    if stop is None and by != "for":
        plain = _END_OF_NAME.search(text, first, limit)
        stop = plain.start() if plain else limit
    return _names(text, first, stop) if stop else ()


def subject_of_duty(text: str, start: int, shall: int) -> tuple[MandateCell, ...]:
    """Return who "shall" act: the names from `start` to the modal verb at `shall`."""
    return _names(text, start, shall) if _DUTY.match(text, shall) else ()


def _infinitive(text: str, first: int, limit: int) -> int | None:
    """Return where the names end and the infinitive begins, or a colon; None without either."""
    colon = _COLON.search(text, first, limit)
    until = colon.start() if colon else limit
    for match in _TO.finditer(text, first, until):
        before = text[first : match.start()].rsplit(maxsplit=1)[-1:] or [""]
        previous = before[0].strip(",").lower()
        if previous in _ABLE and _TO.search(text, match.end(), until):
            continue
        if _CLAUSE.search(text, first, match.start()):
            return match.start()
        if match["verb"] not in _NO_VERB and previous not in _NO_INFINITIVE:
            return match.start()
    if colon is None or text[colon.start()] != ":":
        return None
    opening = _TO_ITEMS.search(text, first, colon.start())
    return opening.start() if opening else colon.start()


def _subject(text: str, lemma: str, first: int, limit: int) -> tuple[MandateCell, ...]:
    """Return the subject of a clause: "that the parties shall", "that Mali comply"."""
    clause = _END_OF_CLAUSE.search(text, first, limit)
    until = clause.start() if clause else limit
    if lemma in _DECIDING:
        modal = _MODAL.search(text, first, until + 1)
        return subject_of_duty(text, first, modal.start()) if modal else ()
    last = _predicate(text, first, until)
    return _names(text, first, last) if last else ()


def _predicate(text: str, first: int, until: int) -> int | None:
    """Return where the subject that begins at `first` ends and its verb begins."""
    previous, has_head, has_clause = "", False, False
    for match in _WORD.finditer(text, first, until):
        word = match[0]
        is_verb = (
            word in _DUTIES
            or word.removesuffix("s") in _DUTIES
            or word in {"shall", "should", "must", "will", "may", "not"}
        )
        follows_noun = previous.lower() not in _BEFORE_NOUN
        if is_verb and has_head and follows_noun and not has_clause:
            return _before_adverbs(text, first, match.start())
        has_clause = has_clause and not is_verb
        if word in {"that", "who", "which"}:
            has_clause = True
        has_head = has_head or _is_head(word)
        previous = word
    return None


def _before_adverbs(text: str, first: int, verb: int) -> int:
    """Return where the adverbs before a verb begin: "parties [immediately] cease"."""
    adverbs = _LAST_ADVERBS.search(text, first, verb)
    return adverbs.start() if adverbs else first + len(text[first:verb].rstrip())


def _names(text: str, first: int, last: int) -> tuple[MandateCell, ...]:
    """Return the actors named in a stretch; empty where it opens with a thing."""
    cells: list[MandateCell] = []
    for start, end in _stretches(text, first, last):
        for cell in _parted(text, start, end):
            if not _is_actor(_bare(cell.text)):
                return tuple(cells)
            cells.append(cell)
    return tuple(cells)


def _stretches(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Return the stretches of names between what interrupts them."""
    found: list[tuple[int, int]] = []
    skipped = ""  # the kind of interruption whose own list goes on
    start, position = None, first
    for segment in _segments(text, first, last):
        begin, end, is_and = segment
        interruption = _INTERRUPTION.match(text, begin, end)
        is_own = text.startswith("its ", begin) and start is None and not found
        interruption = interruption or _doing(text, begin, end)
        if interruption and not is_own:
            if start is not None:
                found.append((start, position))
                start = None
            skipped = interruption.lastgroup or "other"
            position = end
            continue
        is_free = skipped == "other" and not _DOING.match(text, begin)
        resumes = (
            not skipped
            or is_free
            or (is_and and skipped == "such")
            or (not found and start is None and _opens_name(text, begin))
        )
        if not resumes:
            position = end
            continue
        skipped = ""
        start = begin if start is None else start
        position = end
        cut = _CUT.search(text, begin, end)
        if cut and not _RESTRICTION.search(text, start, cut.start()):
            found.append((start, cut.start()))
            start, skipped = None, cut.lastgroup or "other"
    if start is not None:
        found.append((start, position))
    return found


def _doing(text: str, begin: int, end: int) -> re.Match[str] | None:
    """Return the participle that opens an interruption: "addressing all concerns", no name."""
    match = _DOING.match(text, begin, end)
    following = _WORD.match(text, match.end()) if match else None
    return None if following and _is_head(following[0]) else match


def _opens_name(text: str, position: int) -> bool:
    """Return whether a name opens: "Requests, in consultation with States, the Panel"."""
    return _OPENS.match(text, position) is not None


def _segments(text: str, first: int, last: int) -> list[tuple[int, int, bool]]:
    """Return what the commas part, and whether "and" precedes it."""
    parts: list[tuple[int, int, bool]] = []
    begin, is_and = first, False
    for comma in _COMMA.finditer(text, first, last):
        parts.append((begin, comma.start(), is_and))
        begin, is_and = comma.end(), comma["and"] is not None
    parts.append((begin, last, is_and))
    return [(b, e, a) for b, e, a in parts if text[b:e].strip()]


def _parted(text: str, first: int, last: int) -> list[MandateCell]:
    """Return the names of one stretch: commas and "and" part those of several actors."""
    joints = list(_SEPARATOR.finditer(text, first, last))
    cells: list[MandateCell] = []
    begin = first
    for index, joint in enumerate(joints):
        ends = [each.start() for each in joints[index + 1 :]] + [last]
        if _is_split(text, begin, joint, ends):
            cells.append(_cell(text, begin, joint.start()))
            begin = joint.end()
    cells.append(_cell(text, begin, last))
    return [cell for cell in cells if cell.text]


def _cell(text: str, start: int, end: int) -> MandateCell:
    printed = text[start:end]
    if edges := _EDGES.match(printed.lstrip()):
        start += len(printed) - len(printed.lstrip()) + edges.end()
    printed = text[start:end]
    start += len(printed) - len(printed.lstrip())
    printed = printed.strip().rstrip(" ,")
    return MandateCell(" ".join(printed.split()), start, start + len(printed))


def _is_split(text: str, begin: int, joint: re.Match[str], ends: list[int]) -> bool:
    """Return whether a comma or an "and" parts two names: "bodies and organizations" is one."""
    left = text[begin : joint.start()]
    right = text[joint.end() : ends[0]]
    is_named = right.startswith("the ") and right[4:5].isupper() and is_actor_name(_bare(left))
    if _RESTRICTION.search(left) or not (_is_party(_bare(left)) or is_named):
        return False
    words = _bare(right).split()
    is_apposition = words[-1:] == ["Power"] and joint[0].strip() == ","
    if _shares_words(_bare(left), words) or is_apposition or _is_title(left, right):
        return False
    if _is_state(_bare(right)) and (place := _AT_STATE.search(left)) and _is_state(place["name"]):
        return False
    if (
        _SEVERAL_OF.search(left)
        and words
        and words[0][0].isupper()
        and not right.startswith("the ")
    ):
        return _is_party(_bare(right)) and words[0] in {"Member", "States", "United"}
    # "Governments, intergovernmental and non-governmental organizations"
    is_adjective = right.strip()[:1].islower()
    options = [text[joint.end() : end] for end in ends[: 3 if is_adjective else 1]]
    return any(_is_party(_bare(option)) for option in options)


def _is_title(left: str, right: str) -> bool:
    """Return whether a name goes on: "Office of the High Representative for the A, B and C"."""
    right = right.strip()
    opens = right[:1].isupper() and not right.split()[0].isupper() and not listed_name(right)
    return opens and _TITLE.search(left) is not None and not right.startswith(_OPENERS)


def _shares_words(left: str, right: list[str]) -> bool:
    """Return whether what "and" joins is one name: "funds and programmes of the United Nations"."""
    nouns = [word for word in right[:2] if word in _INSTITUTIONS]
    is_alone = right[1:2] in ([], ["of"], ["that"], ["which"]) or right[2:3] == ["of"]
    return bool(nouns) and is_alone and left.rsplit(maxsplit=1)[-1] in _INSTITUTIONS


def _bare(name: str) -> str:
    name = _BRACKETS.sub("", " ".join(name.split())).strip(" ,")
    return _EDGES.sub("", name)


def _is_actor(name: str) -> bool:
    """Return whether a name is that of somebody, known or with capital letters."""
    clause = _CLAUSE.search(name)
    return _is_party(name) or is_actor_name(name[: clause.start()].rstrip() if clause else name)


@lru_cache(maxsize=_REMEMBERED)
def _is_party(name: str) -> bool:
    """Return whether the head of a name is somebody who can act."""
    if listed_name(name) or _is_state(name):
        return True
    name = _QUANTITY.sub("", name)
    ends = [match.start() for match in _AFTER_HEAD.finditer(name)]
    if ends and name[ends[0] :].split()[0].endswith("ing"):  # "funding institutions"
        ends = [end for end in ends if _is_head(name[:end].split()[-1])][:1]
    head = name[: ends[0] if ends else len(name)].split()[-1:]
    return bool(head) and _is_head(head[0].strip(",.'\u2019"))


def _is_head(word: str) -> bool:
    has_capitals = len(word) > 1 and word[:2].isupper()
    word = word if is_actor_word(word) else re.split("[-\u2011]", word)[-1]
    return has_capitals or word in _MORE_HEADS or is_actor_word(word) or _is_state(word)


def _is_state(name: str) -> bool:
    return name[:1].isupper() and code_of(name) is not None
