"""Documents named by a bare number: "1325", "text of 2758", "in 2375 and in 2397".

A number of three or four digits names a resolution of the Security Council, whose numbers form one
series, unless the question says otherwise; a number that may be a year of the loaded texts is a
resolution only where the words around it say so.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from embeddings.text_analysis import stop_words, terms
from qa.question.topic import topic_of
from qa.resolutions.cite.sessions import security_council_year
from qa.resolutions.cite.symbols import SymbolMatch, hide_symbols
from qa.resolutions.cite.typed_symbols import security_council_symbol
from qa.resolutions.model import Masthead
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.periods import ANY_DATE, ANY_MONTH

# Subsidiary bodies are named by the number of the resolution that created them.
_SUBSIDIARY = re.compile(
    r"(?: \(\d{4}\))?[ -](?:sanctions|(?:Al-Qaida )?committee|panel|group|monitoring|list|regime|"
    r"ombuds\w+|expert)",
    re.IGNORECASE,
)
_YEARS = range(1945, 2046)
_IN = re.compile(
    r"\b(?:in|of|from|since|during|between|after|before|until|till|and|year|early|late|mid)\W*$",
    re.IGNORECASE,
)
_FUTURE = 15  # years after the newest text that a question may name
_NUMBER = re.compile(r"(?<![\w/.,$€£§¶%-])(?<!\d )\d{3,4}(?![\w/%-])(?![.,]\d)(?! ?\()")
_DATED = re.compile(rf"{ANY_DATE}|{ANY_MONTH},? (?:of )?\d{{4}}", re.IGNORECASE)
# Words before a number that count or measure, or name something else than a resolution.
_OTHER_THING = re.compile(
    r"\b(?:articles?|arts?|rules?|items?|notes?|pages?|paras?|paragraphs?|ops?|chapters?|sections?|"
    r"meetings?|sessions?|rooms?|flight|route|usd?|about|over|under|than|some|least|most|nearly|almost|"
    r"approximately|around|up to|agenda|decades?|years?|top|first|last|every|each)\W*$",
    re.IGNORECASE,
)
_COUNCIL = re.compile(
    r"\b(?:(?:un ?)?(?:scr?|security council)(?: res(?:n|o|ol|olution)?)?|res|resn|reso|resol)"
    r"[\s.:]*$",
    re.IGNORECASE,
)
# Where a number that may be a year is a document all the same: "the text of 1973", "does 1973 say".
_OF_DOCUMENT = re.compile(
    r"\b(?:resoluti?on|(?:text|title|paragraphs?|paras?|sponsors?|preamble|annex|vote|voting|draft|"
    r"number|no\.?|nr\.?|unscr|scr|unsc|what (?:does|did|do)|does|did|has|show(?: me)?|open|read|"
    r"quote|summari[sz]e|explain)(?: (?:of|on|for))?)\W*$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\W*(?:say|says|said|authori[sz]e\w*|decide\w*|demand\w*|impose\w*|require\w*|request\w*|mean\w*|"
    r"contain\w*|establish\w*|call\w*|condemn\w*|extend\w*|renew\w*|prohibit\w*|ban|bans|allow\w*|"
    r"text|\W*$)",
    re.IGNORECASE,
)
_MISSPELT = re.compile(r"\b(?P<word>re[a-z]{5,10})\W{1,3}$", re.IGNORECASE)
_RESOLUTION = ("resolution", "resolutions")
_MIN_LIKENESS = 80  # of "resoluton" and "resolution", of 100


def bare_documents(
    text: str, matches: Sequence[SymbolMatch], loaded: Collection[Masthead]
) -> Iterator[SymbolMatch]:
    """Yield the resolutions of the Security Council that `text` names by a bare number.

    Args:
        text: of a question.
        matches: the documents that are named in other forms.
        loaded: a bare number with a topic names only a resolution that is loaded.
    """
    if any(not match.is_loose for match in matches):
        return  # "A/RES/70/1, target 100": the number belongs to the citation
    covered = hide_symbols(text, matches)
    dates = [match.span() for match in _DATED.finditer(covered)]
    numbers = [
        match
        for match in _NUMBER.finditer(covered)
        if not any(start <= match.start() < end for start, end in dates)
    ]
    if not numbers:
        return
    spans = tuple(SymbolMatch(symbol="", start=match.start(), end=match.end()) for match in numbers)
    is_alone = not re.search(r"[^\W\d]{2}", _ALONE.sub(" ", topic_of(covered, spans)))
    documents = {masthead.symbol: masthead for masthead in loaded}
    years = _years(loaded)
    for match in numbers:
        number, before = int(match[0]), covered[: match.start()]
        symbol = security_council_symbol(number)
        if security_council_year(number) is None:
            continue
        announced = _announced_from(before)
        if announced is None:
            is_dated = number in years or (
                number in _YEARS and (not is_alone or _IN.search(before) is not None)
            )
            is_of_document = _OF_DOCUMENT.search(before) and not _has_own_topic(before)
            may_be_year = is_dated and not is_of_document
            if may_be_year or not (
                is_alone or _is_document(covered, match, documents.get(symbol), number in years)
            ):
                continue
        start = match.start() if announced is None else announced
        is_loose = announced is None or not _ORGAN.match(covered, announced)
        yield SymbolMatch(symbol=symbol, start=start, end=match.end(), is_loose=is_loose)


_ORGAN = re.compile(r"(?:un|sc|security)", re.IGNORECASE)
_RECORD = re.compile(r"\b(?:votes?|voting|sponsors?|drafts?)\W*$", re.IGNORECASE)


def _has_own_topic(before: str) -> bool:
    """Return whether a record before a number is of a topic: "Cuba embargo vote 2025"."""
    record = _RECORD.search(before)
    topic = topic_of(before[: record.start()], ()) if record else ""
    return re.search(r"[^\W\d]{2}", _ALONE.sub(" ", topic)) is not None


def is_year(text: str, match: SymbolMatch, loaded: Collection[Masthead]) -> bool:
    """Return whether the number of a document is the year of what a question is about.

    "SC resolutions 2024" are those of a year, and so is "the mercenaries resolution 2024", unless
    the resolution of that number is about mercenaries.
    """
    number = re.search(r"\d+$", text[: match.end])
    if number is None or int(number[0]) not in _years(loaded) or _AND_NUMBER.match(text, match.end):
        return False
    announced = _ANNOUNCED.search(text[: match.end])
    if announced is None:  # a bare number
        return bool(_DOCUMENTS.search(text)) and not _CITING.search(text)
    if announced["plural"]:
        return True
    topic = _last_words(announced["topic"] or "")
    if not topic:
        return False
    document = next((masthead for masthead in loaded if masthead.symbol == match.symbol), None)
    return document is None or not _is_about_all(document, topic)


def _last_words(before: str) -> list[str]:
    """Return the words of a topic right before "resolution": "al-Shabaab", "sanctions"."""
    words: list[str] = []
    for word in reversed(re.findall(r"[\w’'-]+", before)):
        if word.lower() in stop_words() or _OF_ASKING.fullmatch(word):
            break
        words.append(word)
    return words


def _is_about_all(document: Masthead, words: Sequence[str]) -> bool:
    """Return whether each word is one of the title or of the recorded subjects of a document."""
    described = set(terms(" ".join((document.title, *document.subjects))))
    return all(described.issuperset(terms(word)) for word in words)


_ANNOUNCED = re.compile(
    r"(?P<topic>(?:[\w’'-]+ ){0,5})\b(?:(?P<plural>resolutions|resos|resolns)|resolution|reso|res)"
    r"[\s,.:]+20\d\d$",
    re.IGNORECASE,
)
_DOCUMENTS = re.compile(
    r"\b(?:resolutions|statements|prsts?|drafts|vetoes|decisions)\b", re.IGNORECASE
)
_CITING = re.compile(
    r"\b(?:mention|cit(?:e|es|ed|ing)\b|recall|refer|implement|amend|follow|after|since|terminat|"
    r"supersed|compar|and|related)",
    re.IGNORECASE,
)
_AND_NUMBER = re.compile(
    r"(?: ?\(\d{4}\))?,?(?: and| or|,| &| vs\.?) \d{4}\b|/\d| ?\(\d", re.IGNORECASE
)
_OF_ASKING = re.compile(
    r"(?:under|per|to|via|through|sc|unsc|ga|unga|un|council|assembly|nations|show|open|read|get|see|find|quote|text|title|"
    r"summari[sz]e|summary|explain|compare|sponsors?|vote|votes|voting|draft|preamble|annex|paragraph|"
    r"para|op|vs|versus|also|about|re|full|new|same|famous|whole|number|no|nr|wording|content|"
    r"does|did|do|(?:implement|recall|reaffirm|amend|renew|extend|violat|breach|supersed|replac|terminat|adopt|cit|"
    r"mention|follow|enforc|apply|invok|pass)\w*)",
    re.IGNORECASE,
)


def _years(loaded: Collection[Masthead]) -> range:
    """Return the numbers that may be years: of the loaded texts, and those soon after."""
    years = [masthead.adopted.year for masthead in loaded if masthead.adopted]
    return range(min(years), max(years) + _FUTURE + 1) if years else range(0)


# What may surround a number that is asked for alone, without the frame of a question.
_ALONE = re.compile(
    r"\b(?:me|text|full|whole|res|resol\w*|unsc|unscr|scr|sc|un|security|council|summar\w*|explain|"
    r"open|read|get|see|and|or|of|in|for|the|pls|please|pdf|english|document|doc|number|no|us)\b",
    re.IGNORECASE,
)


def _is_document(
    text: str, match: re.Match[str], document: Masthead | None, may_be_year: bool
) -> bool:
    """Return whether a number with a topic is a resolution rather than a year or a count.

    Args:
        text: of the question.
        match: the number.
        document: the loaded resolution of that number, without which it is none.
        may_be_year: whether the number is a year of the loaded texts as well.
    """
    before, after = text[: match.start()], text[match.end() :]
    if document is None or _OTHER_THING.search(before) or _SUBSIDIARY.match(after):
        return False
    if _counts_something(after) and not _is_about(document, f"{before} {after}"):
        return False
    if may_be_year:
        return bool(_OF_DOCUMENT.search(before) and _SAYS.match(after))
    return int(match[0]) >= _MIN_INSIDE


_MIN_INSIDE = 1000  # a smaller number inside a question is mostly a count


def _announced_from(before: str) -> int | None:
    """Return where "UNSC", "res" or "resolution", perhaps misspelt, opens before a number."""
    from rapidfuzz import fuzz

    if short := _COUNCIL.search(before):
        return short.start()
    match = _MISSPELT.search(before)
    if not match:
        return None
    is_alike = any(fuzz.ratio(match["word"].lower(), name) >= _MIN_LIKENESS for name in _RESOLUTION)
    return match.start() if is_alike else None


def _counts_something(after: str) -> bool:
    """Return whether a noun follows: "1500 troops", "the 1718 Committee"."""
    word = re.match(r"(?:['’]s)?\s*(?P<word>[A-Za-z][A-Za-z-]*)", after)
    if not word or after[:1] in ",;:?!)":
        return False
    followed_by = word["word"].lower()
    is_said_of_it = followed_by in stop_words() or _OF_TEXT.fullmatch(followed_by)
    return not is_said_of_it and not any(lemma_of(followed_by)) and not _SAYS.match(after)


def _is_about(document: Masthead, text: str) -> bool:
    """Return whether a word of `text` is one of the title, or of the recorded subjects."""
    described = " ".join((document.title, *document.subjects))
    return not set(terms(described)).isdisjoint(terms(text))


_OF_TEXT = re.compile(
    r"(?:resolutions?|meetings?|committees?|dates?|adopted|passed|para|paras|paragraphs?|ops?|preamble|annex|text|which|still|ever|"
    r"vote[ds]?|voting|sponsors?|drafts?|unanimous\w*|terminat\w+|amend\w*|lift\w*|creat\w+|replac\w+|"
    r"relat\w+|under|ch|chapter|sdgs?|abst\w+|oppos\w+|veto\w*|invok\w*|adopt\w*|subjects?|"
    r"supersed\w+|cite\w*|mention\w*|end(?:s|ed)?|appl(?:y|ies)|defin\w+|deal\w*|concern\w*)",
    re.IGNORECASE,
)
