"""The topic of a question: its words without the frame, spelt as resolutions print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from embeddings.text_analysis import stop_words
from qa.question.expansion import NameExpansion
from qa.question.patterns import rules
from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.cite.symbols import SymbolMatch
from qa.resolutions.periods import DATE, MONTHS
from qa.resolutions.tables.read_tables import words
from qa.resolutions.text import squeeze


def topic_of(text: str, symbols: tuple[SymbolMatch, ...] = ()) -> str:
    """Return the words of a question that say what it is about, without its frame and symbols."""
    pieces: list[str] = []
    end = 0
    for symbol in symbols:
        pieces.append(text[end : symbol.start])
        end = symbol.end
    pieces.append(text[end:])
    if symbols:
        pieces = [without_dates(piece) for piece in pieces]
    rest = rules("cue")["wants_source"].sub(" ", " ".join(pieces))
    return squeeze(re.sub(r"[?!¿¡\"]", " ", rules("frame")["frame"].sub(" ", rest)))


def without_dates(text: str) -> str:
    """Return `text` without whole dates, which name a document rather than a topic."""
    return re.sub(rf"\b(?:of |on )?{DATE}", " ", text)


def names_topic(topic: str, *, names_by_year: bool) -> bool:
    """Return whether a question is about more than a document or a part of it.

    Args:
        topic: of the question.
        names_by_year: whether its year only names a document: "the 2001 resolution".
    """
    rest = rules("cue")["whole"].sub(" ", topic)
    if names_by_year:
        rest = re.sub(r"\b\d{4}\b", " ", rest)
    return bool(re.search(r"\w", _NOT_A_TOPIC.sub(" ", rest)))


_NOT_A_TOPIC = re.compile(
    r"\b(?:annex(?:es)?(?: [ivx]+)?|me|of|in|from|under|full|whole|complete|entire|up|out|open|go|"
    r"display|print|get|see|read|by|"
    r"one|sentence|words?|short|main|preamble|preambular|operative|part|foot ?notes?|notes?|all|"
    r"and|the|resolution|general|assembly|unga|ga|un|doc|document|draft|text|for|la|le|el|de|dit|que|dice|contenu)\b",
    re.IGNORECASE,
)


def subject_of(topic: str) -> str:
    """Return a topic without words that name fields of a document: "adopted", "agenda item"."""
    return squeeze(_FIELD_WORDS.sub(" ", topic))


_FIELD_WORDS = re.compile(
    r"\b(?:adopted|adoption|date|day|year|passed|approved|issued|published|meeting|plenary|committee|report|led|to|"
    r"agenda|item|come|under|title|called|name|session|assembly|general|number|many|have|has|number|symbol|language|"
    r"operative|preambular|notes|footnotes|two|in|of|at|on|for|the|falls|belong|written|was|were|is|are)\b",
    re.IGNORECASE,
)


def topic_words(topic: str, names: NameExpansion) -> tuple[str, ...]:
    """Return the words of a topic, as resolutions print them, that ask for more than verbs."""
    printed = re.findall(r"[^\W_]{2,}", names.expand(topic))
    return tuple(word for word in printed if word.lower() not in _NOT_FOR_TOPIC)


_NOT_FOR_TOPIC = words("beside verbs")


@dataclass(frozen=True, slots=True)
class CapitalisedName:
    """A name inside a sentence: "World Food Programme"."""

    text: str
    unexplained: tuple[str, ...]  # its words that no known name contains


def capitalised_names(text: str, names: NameExpansion) -> Iterator[CapitalisedName]:
    """Yield the runs of capitalised words inside the sentences of a question."""
    explained = set(" ".join(names.expanded_phrases(text)).split())
    for match in _RUN.finditer(text):
        unexplained = (word for word in match[0].split() if word not in explained)
        yield CapitalisedName(match[0], tuple(unexplained))


_NAME = r"[A-Z][a-z]{2,}(?:-?[A-Z][a-z]*)*"
_RUN = re.compile(rf"(?<=[a-z,;] ){_NAME}(?: {_NAME})*\b")


def request_of(text: str) -> str:
    """Return the request of a question without the document it concerns: mostly its last sentence.

    "I work on migration. In the 2019 resolution on families, who pays?" asks "who pays?".
    """
    sentences = [
        sentence
        for sentence in _SENTENCE.split(text)
        if len(sentence.split()) >= _MIN_SENTENCE_WORDS
    ]
    request = sentences[-1] if sentences else text
    if len(request.split()) < _MIN_REQUEST_WORDS:
        request = text
    shortened = squeeze(_WHERE.sub(" ", request))
    return shortened if len(shortened.split()) >= _MIN_REQUEST_WORDS - 1 else request


_MIN_SENTENCE_WORDS, _MIN_REQUEST_WORDS = 3, 5
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
# "in the Assembly's 2019 resolution on the rights of the child,"
_WHERE = re.compile(
    r"(?:,\s*)?\b(?:in|per|under|according to|from|by|through|with)\b (?:its|the|an?|that)?\b"
    r"[^,?.]{0,60}?\b(?:resolutions?|text|decision|review|renewal|res|session|anniversary|follow-up)\b"
    r"(?: (?:on|about|of|for|concerning|to) [^,?.]{3,90})?[,?.]?",
    re.IGNORECASE,
)


def proper_names(text: str) -> tuple[str, ...]:
    """Return the capitalised words inside the sentences of a question.

    A text in title case, in which only stop words are in lower case, has none. Months and words in
    all capitals, which are short names, are left out: other modules read them.
    """
    in_lower_case = {word for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
    if "?" not in text and in_lower_case <= stop_words():
        return ()
    words_inside = (match[0] for match in _INSIDE.finditer(text))
    proper = (word for word in words_inside if word[0].isupper() and word[1].islower())
    return tuple(dict.fromkeys(word for word in proper if word not in MONTHS))


_INSIDE = re.compile(r"(?<![.?!:]\s)(?<!^)\b[^\W\d_]{2}[^\W_]*(?:-[^\W_]+)*")


def without_dates_and_organs(text: str) -> str:
    """Return `text` without its years and organs, which other features of the search weigh.

    It is returned unchanged if it has no other words.
    """
    rest = squeeze(_organ().sub(" ", _YEAR.sub(" ", text)))
    return rest if re.search(r"\w{3}", rest) else text


_YEAR = re.compile(
    rf"\b(?:(?:in|of|from|since|by) )?(?:(?:early|mid|late)[- ])?(?:(?:{'|'.join(MONTHS)}) )?"
    r"(?:19|20)\d\d\b",
    re.IGNORECASE,
)


@cache
def _organ() -> re.Pattern[str]:
    listed = "|".join(body.pattern for body in NAMED_BODIES)
    return re.compile(rf"\b(?:the )?(?:{listed}|assembly|council)(?:'s)?\b", re.IGNORECASE)
