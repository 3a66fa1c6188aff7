"""The verbs of a paragraph: those that the parser read, and those of statements and declarations.

"The Council requests …" opens any sentence of a statement, "We decide to …" one of a declaration,
and in a paragraph without such a verb "shall" sets a duty.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.resolutions.model import Action, Body, Kind, Paragraph
from qa.resolutions.parse.actions import read_actions
from qa.resolutions.parse.lead_verbs import (
    ADVERB,
    FIRST_WORDS,
    INSERTION,
    SECOND,
    Lead,
    read_lead,
)
from qa.resolutions.tables.read_tables import rows

GRADES = {row["verb"]: int(row["grade"]) for row in rows("verbs")}
VERB_NAMES = frozenset(verb.replace(" its ", " ") for verb in GRADES)
WILL, SHALL = "will", "shall"
SEEKS = {row["verb"]: row["seeks"] for row in rows("verbs")}
_DUTY_GRADE = 6  # as a decision
_OWN_DUTY_GRADE = 1  # as "commits"
_MIN_ASKING = 2
_ORGANS = {
    Body.SECURITY_COUNCIL: "(?:Security )?Council",
    Body.GENERAL_ASSEMBLY: "(?:General )?Assembly",
    Body.ECOSOC: "(?:Economic and Social )?Council",
    Body.HUMAN_RIGHTS_COUNCIL: "(?:Human Rights )?Council",
}
_QUOTES = "\"'\u201c\u2018\u201d\u2019"
_SPEAKER = {
    body: re.compile(
        rf"[{_QUOTES}\s]*(?:(?P<clause>[A-Z][^.;:]{{0,250}}?),\s+)?(?:[Tt]he\s+{organ}|(?P<it>It)),?\s+"
    )
    for body, organ in _ORGANS.items()
}
_SENTENCE = re.compile(rf"[.;][{_QUOTES}]?\s+(?=[{_QUOTES}]?[A-Z])")
# Adverbs and asides before a verb; verbs in -ly are none.
ADVERBS = (
    rf"(?:(?!(?:apply|supply|comply|reply|imply|multiply|rely|ally)\b)"
    rf"(?:{ADVERB}|{INSERTION}|do|hereby),?\s+)*"
)
_WE = re.compile(
    rf"(?:^[\s{_QUOTES}]*|[.;:,]\s+(?:and\s+|in\s+this\s+regard,?\s+)?)[Ww]e\b[\s,]+{ADVERBS}"
    r"(?P<verb>[a-z][a-z-]*)\b"
)
_WE_LATER = re.compile(
    rf"(?:,\s+|(?P<bare>\s)(?=and\s))(?:and\s+)?{ADVERBS}(?P<verb>[a-z][a-z-]*)\b"
)
_OPENS_BARE = re.compile(
    rf"[\s.{_QUOTES}]*(?:(?:Also|Further)\s+)?{ADVERBS}(?P<verb>[A-Z]?[a-z-]+)\b", re.I
)
_SHALL = re.compile(r"\s+shall\b")
_DOCUMENT_AS_WE = re.compile(r"(?:^|[.;:,]\s)[Ww]e\b")
_REPEATING = frozenset(("reiterates", "recalls", "renews", "reaffirms", "repeats"))
_REPEATED = re.compile(
    r"\s+(?:(?:the|its|this|previous|earlier|their|that)\s+){1,2}(?P<noun>request|call|appeal|demand|"
    r"invitation|encouragement|recommendation)\b(?!\s+(?:of|by)\b)"
)
_SAYING = frozenset(
    "acknowledges affirms reaffirms recognizes reiterates stresses emphasizes underlines "
    "underscores highlights regrets deplores condemns decides resolves commits pledges expresses "
    "considers believes agrees".split()
)


def asks(action: Action) -> bool:
    """Return whether a verb asks or decides something, of others or of those who adopt the text."""
    return action.grade >= _MIN_ASKING or action.lemma in {WILL, SHALL}


def speaks_as_we(paragraphs: tuple[Paragraph, ...]) -> bool:
    """Return whether a document is a declaration of those who adopt it."""
    return any(
        ("We" in paragraph.text or " we" in paragraph.text)
        and _DOCUMENT_AS_WE.search(paragraph.text) is not None
        for paragraph in paragraphs
    )


def actions_of(paragraph: Paragraph, body: Body, *, is_declaration: bool) -> tuple[Action, ...]:
    """Return the verbs of a paragraph, in order."""
    text = paragraph.text
    if is_declaration and ("We " in text or "we " in text) and (found := _of_we(text)):
        return found
    if body in _SPEAKER and _mentions_organ(text, body) and (found := _of_sentences(text, body)):
        return found
    if paragraph.actions or not is_declaration:
        return tuple(_with_noun(text, action) for action in paragraph.actions)
    lead = _bare_opening(text)
    return (_action(text, lead, lead.lemma),) if lead else ()


def _with_noun(text: str, action: Action) -> Action:
    """Return an action with the noun that it repeats: "Reiterates the request to …"."""
    end = action.start + len(action.verb)
    noun = _REPEATED.match(text, end) if action.lemma in _REPEATING else None
    lemma = f"{action.lemma} its {noun['noun']}" if noun else ""
    if noun is None or lemma not in GRADES:
        return action
    verb = " ".join(text[action.start : noun.end()].split())
    return replace(action, verb=verb, lemma=lemma, grade=GRADES[lemma])


def duty_of(paragraph: Paragraph) -> Action | None:
    """Return "shall" as the verb of a paragraph without another."""
    match = _SHALL.search(paragraph.text)
    if match is None or paragraph.kind not in {Kind.OPERATIVE, Kind.ANNEX}:
        return None
    return Action(
        verb=SHALL,
        lemma=SHALL,
        grade=_DUTY_GRADE,
        addressee=None,
        due=None,
        start=match.end() - len(SHALL),
    )


def _mentions_organ(text: str, body: Body) -> bool:
    word = "Assembly " if body is Body.GENERAL_ASSEMBLY else "Council "
    first = text[:60].lstrip(_QUOTES)
    return first.startswith("The ") or f"the {word}" in text or f"The {word}" in text


def _of_sentences(text: str, body: Body) -> tuple[Action, ...]:
    """Return the verbs of each sentence whose subject is the organ."""
    found: list[Action] = []
    begins = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=True):
        speaker = _SPEAKER[body].match(text, begin, end)
        if speaker and not (speaker["it"] and not found):
            own = read_actions(text[speaker.end() : end])
            if own and own[0].start == 0:
                found += [replace(each, start=each.start + speaker.end()) for each in own]
        elif begin == 0:
            found += read_actions(text[:end])
    return tuple(found)


def _of_we(text: str) -> tuple[Action, ...]:
    """Return the verbs after "We", and those that follow them."""
    found: list[Action] = []
    for match in _WE.finditer(text):
        word, start = match["verb"], match.start("verb")
        if word in {WILL, SHALL}:
            own = Action(
                verb=word, lemma=WILL, grade=_OWN_DUTY_GRADE, addressee=None, due=None, start=start
            )
            found.append(own)
        elif lead := _bare_lead(text, start, word):
            found.append(_action(text, lead, lead.lemma))
    if not found:
        return ()
    return tuple(sorted((*found, *_second_of_we(text, found)), key=lambda each: each.start))


def _second_of_we(text: str, found: list[Action]) -> Iterator[Action]:
    """Yield the verbs that follow one after "We": "We welcome …, and call upon …"."""
    starts = [action.start for action in found]
    for match in _WE_LATER.finditer(text, starts[0] + 1):
        word, start = match["verb"], match.start("verb")
        lead = _bare_lead(text, start, word) if start not in starts else None
        if lead is None or not _is_saying(lead.lemma):
            continue
        second = SECOND[lead.lemma]
        if second == "free" or (second == "comma" and not match["bare"]):
            yield _action(text, lead, lead.lemma)


def _is_saying(lemma: str) -> bool:
    """Return whether a verb says something, and does not name what is to be done: "promote"."""
    return SEEKS[lemma] == "actor" or not GRADES[lemma] or lemma.split(maxsplit=1)[0] in _SAYING


def _bare_opening(text: str) -> Lead | None:
    """Return the verb that opens a paragraph in the infinitive: "Request the Secretary-General"."""
    match = _OPENS_BARE.match(text)
    lead = _bare_lead(text, match.start("verb"), match["verb"].lower()) if match else None
    return lead if lead and _is_saying(lead.lemma) else None


def _bare_lead(text: str, start: int, word: str) -> Lead | None:
    """Return the listed verb whose first word is printed without its -s."""
    for form in (f"{word}s", f"{word}es", f"{word[:-1]}ies"):
        if form in FIRST_WORDS:
            lead = read_lead(form + text[start + len(word) : start + len(word) + 120], 0)
            if lead:
                return Lead(start, start + lead.end - len(form) + len(word), lead.lemma)
    return None


def _action(text: str, lead: Lead, lemma: str) -> Action:
    return Action(
        verb=" ".join(text[lead.start : lead.end].split()),
        lemma=lemma,
        grade=GRADES[lemma],
        addressee=None,
        due=None,
        start=lead.start,
    )


_PARTICIPLE = re.compile(rf"\W*{ADVERBS}(?P<word>[A-Z]?[a-z-]+ing)\b", re.IGNORECASE)
_FEELING = re.compile(rf"\W*{ADVERBS}(?P<word>[a-z-]+)\b", re.IGNORECASE)
_THANKFUL = frozenset("grateful gratified pleased appreciative satisfied honoured proud".split())


def preambular_phrase(text: str) -> Action | None:
    """Return the phrase that opens a preambular paragraph, with the grade of its verb.

    "Recalling" has the grade of "recalls", "Deeply concerned" that of a position.
    """
    participle = _PARTICIPLE.match(text)
    if participle:
        word, start = participle["word"], participle.start("word")
        for stem in (word[:-3], f"{word[:-3]}e"):
            lead = _bare_lead(text[:start] + stem + text[start + len(word) :], start, stem.lower())
            if lead:
                end = lead.end + len(word) - len(stem)
                return _phrase(text, start, end, lead.lemma, GRADES[lead.lemma])
        return _phrase(text, start, participle.end(), word.lower(), _OWN_DUTY_GRADE)
    feeling = _FEELING.match(text)
    if feeling is None:
        return None
    word = feeling["word"].lower()
    grade = 0 if word in _THANKFUL else _OWN_DUTY_GRADE
    return _phrase(text, feeling.start("word"), feeling.end(), word, grade)


def _phrase(text: str, start: int, end: int, lemma: str, grade: int) -> Action:
    verb = text[start:end]
    return Action(verb=verb, lemma=lemma, grade=grade, addressee=None, due=None, start=start)


def verb_name(action: Action) -> str:
    """Return the verb of a row: without adverbs and small words, "reiterates request"."""
    name = action.lemma.replace(" its ", " ").replace(" the ", " ")
    first = action.verb.split()[0].lower()
    is_bare = action.lemma not in {WILL, SHALL} and not first.endswith("s")
    return name if not is_bare else _bare_name(action, name)


def _bare_name(action: Action, name: str) -> str:
    """Return the verb as "We" is followed by it: "decide", "call upon"."""
    words = action.verb.lower().split()
    head, *others = name.split()
    for word in words:
        if head in {f"{word}s", f"{word}es", f"{word[:-1]}ies"}:
            return " ".join((word, *others))
    return name
