"""Every symbol and number in a text, with the words around it that identify its owner."""

import re
from collections.abc import Iterator

from qa.resolutions.cite.grammar import DATED, LEADS, PRINTED, STARTS, TYPED
from qa.resolutions.cite.organs import (
    Owner,
    adopted_by,
    owner_after,
    owner_at_end,
    owner_of,
    says_more,
    without_adjectives,
)
from qa.resolutions.cite.sessions import security_council_year
from qa.resolutions.cite.symbol_tokens import Shape, Token, read_token

_REACH = 320  # characters before a number within which a word may govern it
_GOES_ON = 160  # characters that may stand between two numbers of a list, "on the right to food,"
_GLUE = frozenset([", ", " and ", ", and ", " or ", " to ", "; ", " & ", ",", " through "])
_GLUED = re.compile(r"[\s,;&]*(?:(?:and|or|to|through|as well as|y|et|и|и/или|and/or|und)\s)?\s*")
_GOES_ON_AT = (", ", ",", " and ", " or ", "; ", "as ")
_INTRODUCES = (
    *(", ", "including ", "particular ", "namely ", "No. ", "Nos. ", "notably ", ": "),
    *("especially ", "alia ", "such as ", "as well as ", "№ "),
)
_FOREIGN = re.compile(rf"(?:(?<!\w)(?:{LEADS})|第)\.?[^\w(]*\Z", re.IGNORECASE)
_YEARLESS = re.compile(
    r"[Rr](?<!\w[Rr])esolutions? (?P<numbers>\d{1,4}(?:(?:, (?:and )?| and | or )\d{1,4})*)"
    r"(?!\w| ?\(|[/.,]\d)"
)
# A resolution that is printed inside a document: "(A/77/53/Add.1), chap. III, sect. A, resolution".
_INSIDE = re.compile(
    r"\)?(?:,? (?:part|chap|sect|annex|vol|appendix|enclosure)(?:s|es)?\.?(?: \w+(?:\.\w+)*)?)+, "
)
_RIGHTS_REPORT = re.compile(
    r"A/\d+/53(?!\d)"
)  # the supplement with the Human Rights Council's texts
_ADOPTION_OF = re.compile(r"adoption of (?:the )?(?:resolution|decision)s? \Z")
_BY = re.compile(
    r"[^.;]{0,220}?\bby the (?P<name>[A-Z][\w'-]*(?: (?:(?:of|on|for|and|the) )*[A-Z][\w'-]*)*)"
)
# "the report to the Human Rights Council submitted pursuant to resolution 34/24" is by its order.
_SUBMITTED = re.compile(r" (?:submitted|presented|prepared) pursuant to\Z")
_SHORT = "".join(
    rf"(?<!{word}\.)"
    for word in ("sect", "sects", "chap", "para", "paras", "art", "vol", "No", "Nos")
)
_SENTENCE = re.compile(rf"\.{_SHORT} +[A-Z(]|; +[a-z]{{2}}")


class Mention:
    """A symbol or number at its position; fields that are not yet known are empty."""

    __slots__ = (
        *("after", "end", "is_its", "is_joined", "is_near", "its_at", "noun", "owner"),
        *("start", "token", "year"),
    )

    def __init__(self, start: int, end: int, token: Token) -> None:
        self.start = start
        self.end = end  # of the number, parts included
        self.after = end  # of its date: "61/181 of 20 December 2006"
        self.token = token
        self.year = token.year  # of its date
        self.noun = ""  # "resolution" or "decision"
        self.owner: Owner | None = None  # named before or after it
        self.is_its = False
        self.its_at = 0  # offset of "its"
        self.is_joined = False  # goes on with the list of the mention before it
        self.is_near = False  # a resolution or decision is spoken of not far before it


def find_mentions(text: str, *, typed: bool, organ: str = "A") -> list[Mention]:
    """Return every symbol and number of `text` in order.

    Args:
        text: plain (see `grammar.plain`).
        typed: read what people type, too.
        organ: letter of the adopting body; the Security Council leaves out its own years.
    """
    mentions: list[Mention] = []
    previous: Mention | None = None
    tokens = _typed(text) if typed else _printed(text)
    if organ == "S" and "esolution" in text:
        tokens = iter(sorted((*tokens, *_yearless(text)), key=lambda item: item[0]))
    for start, end, token in tokens:
        mention = Mention(start, end, token)
        if text.startswith((" of ", ", of "), end) and (dated := DATED.match(text, end)):
            mention.after = dated.end()
            mention.year = int(dated["year"])
        if token.shape is not Shape.FULL:
            _read_lead(text, mention, previous)
        mentions.append(mention)
        previous = mention
    _read_owners_after(text, mentions)
    return mentions


def _printed(text: str) -> Iterator[tuple[int, int, Token]]:
    position = 0
    for candidate in STARTS.finditer(text):
        start = candidate.start()
        if start < position:
            continue
        match = PRINTED.match(text, start)
        if match is None:
            continue
        printed = match[0].rstrip(".")
        position = start + len(printed)
        token = read_token(printed)
        if token is not None:
            yield start, position, token


def _yearless(text: str) -> Iterator[tuple[int, int, Token]]:
    """Yield the numbers of "resolutions 1325 and 1820": the table knows their years."""
    for match in _YEARLESS.finditer(text):
        for number in re.finditer(r"\d+", match["numbers"]):
            year = security_council_year(int(number[0]))
            if year:
                start = match.start("numbers") + number.start()
                symbol = f"S/RES/{number[0]}({year})"
                yield start, start + len(number[0]), Token(Shape.FULL, (symbol,), "", 0, "", 0)


def _typed(text: str) -> Iterator[tuple[int, int, Token]]:
    for match in TYPED.finditer(text):
        printed = match[0].rstrip(".")
        token = read_token(printed, typed=True)
        if token is not None:
            yield match.start(), match.start() + len(printed), token


def _read_lead(text: str, mention: Mention, previous: Mention | None) -> None:
    """Read the words before a number: the list it goes on with, or its noun and their owner."""
    start = mention.start
    low = max(previous.after if previous else 0, start - _REACH)
    if previous is not None and previous.noun:
        gap = text[previous.after : start]
        if gap in _GLUE or _GLUED.fullmatch(gap):
            _join(mention, previous)
            return
    noun_at = max(text.rfind("esolution", low, start), text.rfind("ecision", low, start))
    if noun_at > 0:
        _read_noun(text, mention, low, noun_at - 1, previous)
        return
    lead = _FOREIGN.search(text, max(low, start - 25), start)
    if lead or mention.token.has_lead:
        mention.noun = "resolution"
        _read_head(text, mention, text[low : lead.start() if lead else start])
    elif previous is not None and (previous.noun or previous.is_near):
        gap = text[previous.after : start]
        mention.is_near = True
        is_short = len(gap) <= _GOES_ON and not _SENTENCE.search(gap)
        if previous.noun and is_short and gap.endswith(_GOES_ON_AT):
            _join(mention, previous)
    elif owner := owner_at_end(text[low:start].rstrip()):
        mention.owner = owner  # "ECOSOC 2006/20"
        mention.noun = "resolution" if owner.series else ""


def _join(mention: Mention, previous: Mention) -> None:
    mention.is_joined = True
    mention.noun = previous.noun
    mention.owner = previous.owner
    mention.is_its = previous.is_its
    mention.its_at = previous.its_at


def _read_noun(
    text: str, mention: Mention, low: int, noun_at: int, previous: Mention | None
) -> None:
    """Read "its resolution", "Human Rights Council resolutions on the topic, including"."""
    is_decision = text.startswith("ecision", noun_at + 1)
    noun_end = noun_at + (8 if is_decision else 10)
    noun_end += text.startswith("s", noun_end)
    tail = text[noun_end : mention.start]
    mention.is_near = True
    if tail not in (" ", ""):
        if any(map(str.isdigit, tail)) or _SENTENCE.search(tail):
            return
        after = owner_after(text, noun_end)
        if after:
            mention.owner = after[0]
        elif not tail.endswith(_INTRODUCES):
            return
    mention.noun = "decision" if is_decision else "resolution"
    if mention.owner is None and previous is not None and previous.token.shape is Shape.FULL:
        mention.owner = _printed_inside(text, previous, noun_at)
    if mention.owner is None:
        _read_head(text, mention, text[low:noun_at])


def _printed_inside(text: str, document: Mention, noun_at: int) -> Owner | None:
    """Return whose resolution a document prints; a body without a name where it is unknown."""
    body = re.match(r"(?![ASE]/)[A-Z]+/[A-Z]+(?=/\d)", document.token.symbols[-1])
    gap = text[document.end : noun_at]
    if not (_INSIDE.fullmatch(gap) or (body and gap == ", ")):
        return None
    if _RIGHTS_REPORT.match(document.token.symbols[-1]):
        return owner_of("HRC")
    return Owner("", body[0] if body else "", "")


def _read_head(text: str, mention: Mention, words: str) -> None:
    """Read whose resolution it is from the words before "resolution"."""
    if "adoption" in words and (by := adopted_by(words)):
        mention.owner = by
        return
    head = without_adjectives(words)
    if head.endswith(("its", "their", "Its")):
        mention.is_its = True
        mention.its_at = text.rfind(
            "its" if head[-3:].lower() == "its" else "their", 0, mention.start
        )
        return
    mention.owner = owner_at_end(_SUBMITTED.sub("", head))
    if mention.owner is None and says_more(head):
        noun_at = max(head.rfind("esolution"), head.rfind("ecision")) - 1
        if noun_at >= 0:
            noun_end = noun_at + (8 if head.startswith("ecision", noun_at + 1) else 10)
            noun_end += head.startswith("s", noun_end)
            after = owner_after(head, noun_end)
            mention.owner = after[0] if after else owner_at_end(without_adjectives(head[:noun_at]))


def adopter_after(text: str, mention: Mention) -> tuple[Owner, int] | None:
    """Return who adopted it: "the adoption of resolution 2000/22, on …, by the Sub-Commission"."""
    before = text[max(0, mention.start - 40) : mention.start]
    if not _ADOPTION_OF.search(before):
        return None
    by = _BY.match(text, mention.after)
    owner = owner_at_end(by["name"]) if by else None
    return (owner, mention.after) if owner else None


def _read_owners_after(text: str, mentions: list[Mention]) -> None:
    """Give a list the owner that is named at its end, "of the Conference of the Parties"."""
    for index, mention in enumerate(mentions):
        if mention.owner is not None or mention.is_its or not mention.noun:
            continue
        after = owner_after(text, mention.after) or adopter_after(text, mention)
        if after is None:
            continue
        mention.owner, mention.after = after
        for earlier in range(index - 1, -1, -1):
            if not mentions[earlier + 1].is_joined or mentions[earlier].owner is not None:
                break
            mentions[earlier].owner = mention.owner
