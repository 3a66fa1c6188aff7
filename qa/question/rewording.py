"""A question with other words in place of some of its own, in every field that holds them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from qa.question.countries import countries_in
from qa.question.present import PresentQuery
from qa.question.question import Question
from qa.question.topic import names_topic, subject_of
from qa.question.turn_limits import load_turn_limits
from qa.resolutions.model import Span
from qa.resolutions.periods import Period
from qa.resolutions.text import squeeze

Alike = Callable[[str, Sequence[str]], Sequence[float]]
"""Returns how alike in meaning a text and each of others are, -1 to 1."""
Data = TypeVar("Data")

_KEPT = frozenset(  # fields of a question that hold no words of its text
    {"symbols", "places", "values", "fields", "verbs", "refers", "language", "cited_series"}
)
_WORD = re.compile(r"[\w'’]+(?:[-/.][\w'’]+)*")
_GLUE = frozenset(
    "a about after against all an and any are as at be been before between but by can could did do "
    "does during each every for from had has have how if in into is it its many may me much must "
    "not of on or over say says said shall should so still than that the their them there these "
    "they this those to under until was were what when where which who whom whose why will with "
    "within would ask asked adopted give list one please show tell us we you decide decided exist "
    "only just since when resolution resolutions paragraph paragraphs text texts off".split()
)
_HEADS = re.compile(r"\b(?:day|week|year|decade)$", re.IGNORECASE)
_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<mark>[/–-])(?P<next>\d\d(?:\d\d)?))?(?!\d)"
)
_FISCAL = re.compile(
    r"(?<!\d)(?:19|20)\d\d[/–-]\d\d|\b1 July (?:19|20)\d\d|"
    r"\b(?:financial|fiscal|budget) (?:year|period)",
    re.IGNORECASE,
)


def with_other_words(question: Question, old: str, new: str) -> Question:
    """Return a question with `new` in place of `old`, in its text and in all read of it."""
    change = partial(re.compile(_whole(old), re.IGNORECASE).sub, lambda _: new)
    reworded = _reworded(question, change)
    first = question.first_symbol
    if first:
        before = change(question.text[: first.start])
        shift = len(before) - first.start
        reworded = replace(
            reworded, first_symbol=Span(start=first.start + shift, end=first.end + shift)
        )
    kept = tuple(name for name in question.capitalised if name.text in reworded.text)
    return replace(reworded, capitalised=kept)


def _whole(words: str) -> str:
    """Return the pattern of words that are no part of longer ones."""
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _reworded(data: Data, change: Callable[[str], str]) -> Data:
    """Return a data class with every string in it changed, but for those of `_KEPT`."""
    changes: dict[str, Any] = {}
    for each in fields(data):  # type: ignore[arg-type]
        value = getattr(data, each.name)
        if each.name in _KEPT:
            continue
        if isinstance(value, str):
            changes[each.name] = squeeze(change(value)) if each.name != "text" else change(value)
        elif is_dataclass(value) and not isinstance(value, type):
            changes[each.name] = _reworded(value, change)
    return replace(data, **changes)  # type: ignore[type-var]


def with_shifted_years(question: Question, years: int) -> Question:
    """Return a question with every year that it names later by so many years: "2024/25"."""

    def shifted(match: re.Match[str]) -> str:
        text = str(int(match["year"]) + years)
        following = match["next"]
        if not following:
            return text
        last = str(int(following) + years).zfill(2)[-len(following) :]
        return f"{text}{match['mark']}{last}"

    def change(text: str) -> str:
        return _YEAR.sub(shifted, text)

    changed = _reworded(question, change)
    return replace(
        changed,
        present=changed.present and _of_later_years(changed.present, years),
        years=tuple(year + years for year in question.years),
        symbols=tuple(map(change, question.symbols)),
        fiscal_years=tuple(map(change, question.fiscal_years)),
    )


def _of_later_years(present: PresentQuery, years: int) -> PresentQuery:
    """Return a question for terms with the years that it names later by so many."""
    financial = present.financial
    return replace(
        present,
        year=present.year and present.year + years,
        coming=present.coming and present.coming + years,
        financial=financial and (financial[0] + years, financial[1] + years),
    )


def in_year(question: Question, year: int) -> Question | None:
    """Return a question that names one year asked of another one; None for any other."""
    named = set(map(int, _BARE_YEAR.findall(question.text)))
    if len(named) != 1 or question.symbols:
        return None
    before = named.pop()
    changed, of_year = with_shifted_years(question, year - before), Period.of_year(before)

    def other(period: Period) -> Period:
        return Period.of_year(year) if _years(period) == _years(of_year) else period

    documents, record = changed.documents, changed.record
    return replace(
        changed,
        adopted=other(changed.adopted),
        documents=documents
        and replace(
            documents, scope=replace(documents.scope, period=other(documents.scope.period))
        ),
        record=record and replace(record, period=other(record.period)),
    )


def in_session(question: Question, sessions: Sequence[int]) -> Question | None:
    """Return a question that names one session asked of another one; None for any other."""
    named = question.sessions
    if len(named) != 1 or len(sessions) != 1 or question.symbols:
        return None
    new = sessions[0]
    printed = re.compile(rf"\bsession {named[0]}\b|\b{named[0]}(?:st|nd|rd|th) session\b", re.I)
    text = printed.sub(f"session {new}", question.text)
    documents = question.documents
    return replace(
        question,
        text=text,
        sessions=(new,),
        topic=printed.sub(f"session {new}", question.topic),
        documents=documents and replace(documents, scope=replace(documents.scope, sessions=(new,))),
    )


def _years(period: Period) -> tuple[date | None, date | None]:
    return period.since, period.until


_BARE_YEAR = re.compile(r"(?<![\d/(–-])(?:19|20)\d\d(?![\d/)–-])")


def names_financial_year(question: Question) -> bool:
    """Return whether a question names a period of a budget rather than a time of adoption."""
    return _FISCAL.search(question.text) is not None


def financial_years(text: str) -> tuple[str, ...]:
    """Return the spans of years that a text names: "2022/23"."""
    return tuple(match[0] for match in _YEAR.finditer(text) if match["next"])


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of a question in whose place a phrase is meant."""

    words: str = ""  # "" where there are none
    is_alike: bool = False  # in meaning


def slot_for(
    phrase: str,
    question: Question,
    alike: Alike,
    preposition: str = "",
    *,
    keeps_head: bool = False,
) -> Slot:
    """Return the words of a question in whose place a phrase is meant.

    A name takes the place of a name and a word that of a word, whichever is most alike in meaning;
    with it go the words that belong to it: "arms embargo" for "travel ban".

    Args:
        phrase: what takes their place.
        question: the one before.
        alike: compares meanings.
        preposition: before the phrase; words behind the same one come first.
        keeps_head: whether what a word describes stays: "refined" for "crude" of "crude oil".
    """
    text = question.text
    if same := _of_same_sort(phrase, text) or _aligned(phrase, text):
        return Slot(_whole_name(same, text), is_alike=True)
    is_name = is_proper(phrase)
    of_kind = [chunk for chunk in chunks_of(text) if is_proper(chunk) == is_name]
    if text == text.lower():  # names are typed like other words
        of_kind = chunks_of(text)
    behind = [chunk for chunk in of_kind if preposition and f"{preposition} {chunk}" in text]
    chunks = behind or of_kind or [chunk for chunk in chunks_of(text) if _HEADS.search(chunk)]
    if not chunks:
        return Slot()
    pieces = list(dict.fromkeys(piece for chunk in chunks for piece in _pieces(chunk)))
    likeness = dict(zip(pieces, alike(phrase, pieces), strict=True))
    last = _pieces(chunks[-1])  # what a question is about comes last
    is_last = max(likeness[piece] for piece in last) >= load_turn_limits().min_alike
    best = max(last if is_last else pieces, key=lambda piece: likeness[piece])
    chunk = next(chunk for chunk in chunks if best in _pieces(chunk))
    is_alike = likeness[best] >= load_turn_limits().min_alike or bool(behind)
    units = [
        piece
        for piece in _pieces(chunk)
        if best in piece
        and _is_unit(piece, best, likeness)
        and (not keeps_head or piece.endswith(best) or " " in phrase)
    ]
    words = max(units, key=len) if is_alike else chunk
    if not _HEADS.search(phrase):
        words = _HEADS.sub("", words).strip() or words
    return Slot(_whole_name(words, text) if is_name else words, is_alike)


def _whole_name(words: str, text: str) -> str:
    """Return the name of a water or coast that words are a part of: "strait of hormuz"."""
    named = (match[0] for match in _WATER.finditer(text))
    return next((name for name in named if re.search(_whole(words), name)), words)


_WATER = re.compile(
    r"\b(?:gulf|bay|strait|straits|sea|horn|coast|cape|canal) of (?:the )?\w+", re.IGNORECASE
)


def _of_same_sort(phrase: str, text: str) -> str:
    """Return the one State that a text names, where a phrase is another one: "Mali", "chad"."""
    own, named = countries_in(phrase), countries_in(text)
    if len(own) != 1 or len(named) != 1 or own[0].codes == named[0].codes:
        return ""
    rest = phrase[: own[0].start] + phrase[own[0].end :]
    return "" if re.search(r"\w", rest) else text[named[0].start : named[0].end]


def _aligned(phrase: str, text: str) -> str:
    """Return the words of a text that differ from a phrase in some: "right to water" of "food"."""
    wanted, words = _WORD.findall(phrase.lower()), list(_WORD.finditer(text))
    shared = [word for word in wanted if word not in _GLUE]
    if len(wanted) < 3:
        return ""
    for start in range(len(words) - len(wanted) + 1):
        run = words[start : start + len(wanted)]
        same = [match[0].lower() == word for match, word in zip(run, wanted, strict=True)]
        if len(same) - sum(same) == 1 and any(
            match[0].lower() in shared for match, is_same in zip(run, same, strict=True) if is_same
        ):
            return text[run[0].start() : run[-1].end()]
    return ""


def _is_unit(piece: str, best: str, likeness: dict[str, float]) -> bool:
    return likeness[piece] >= 0.5 * likeness[best]


def _pieces(chunk: str) -> list[str]:
    """Return the runs of words of a chunk."""
    words = chunk.split(" ")
    return [
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    ]


def chunks_of(text: str) -> list[str]:
    """Return the runs of words that mean something, names apart from other words."""
    chunks: list[str] = []
    end, was_name, skipped = -1, False, 0
    for match in _WORD.finditer(text):
        word = match[0]
        joint = _JOINT.match(text, match.start())
        if joint and was_name and chunks and end == match.start() - 1:
            chunks[-1] = f"{chunks[-1]} {joint['of']} {joint['name']}"
            end, skipped = joint.end(), joint.end()
            continue
        if match.start() < skipped:
            continue
        if word.lower() in _GLUE or any(letter.isdigit() for letter in word):
            end = -1
            continue
        is_name = word[:1].isupper() and (match.start() > 0 or word.isupper() or len(text) < 40)
        if chunks and text[end : match.start()] == " " and is_name == was_name:
            chunks[-1] = f"{chunks[-1]} {word}"
        else:
            chunks.append(word)
        end, was_name = match.end(), is_name
    return chunks


# "Gulf of Guinea", "Republic of the Congo" are one name.
_JOINT = re.compile(r"(?P<of>of(?: the)?) (?P<name>[A-Z][\w'’-]+)")


def is_proper(phrase: str) -> bool:
    """Return whether a phrase is a name: every word but small ones has a capital."""
    words = [word for word in _WORD.findall(phrase) if word.lower() not in _GLUE]
    return bool(words) and all(word[:1].isupper() for word in words)


def is_of_same_sort(phrase: str, text: str) -> bool:
    """Return whether a phrase names a State, or is a name, of the sort of one in a text."""
    if countries_in(phrase):
        return bool(countries_in(text))
    if is_proper(phrase):  # "World Tourism Day" for "World Bicycle Day"
        shared = set(phrase.split())
        if any(shared & set(chunk.split()) for chunk in chunks_of(text) if is_proper(chunk)):
            return True
    return bool(_SHORT_NAME.search(phrase)) and bool(_SHORT_NAME.search(text))


_SHORT_NAME = re.compile(r"\b[A-Z][A-Z0-9-]{2,}\b")


def with_added_words(question: Question, words: str, joint: str = ", ") -> Question:
    """Return a question with more words at its end, which become a part of its topic."""
    body = question.text.rstrip(" ?.!")
    mark = "?" if question.text.rstrip().endswith("?") else ""
    topic = squeeze(f"{question.topic} {words}")
    return replace(
        with_topic_added(question, words),
        text=f"{body}{joint}{words}{mark}",
        topic=topic,
        names_topic=names_topic(topic, names_by_year=question.names_by_year),
        subject=subject_of(topic),
    )


def with_topic_added(question: Question, words: str) -> Question:
    """Return a question each of whose queries has more words in its topic."""
    documents, requests, record, present = (
        question.documents,
        question.requests,
        question.record,
        question.present,
    )
    return replace(
        question,
        documents=documents and replace(documents, topic=squeeze(f"{documents.topic} {words}")),
        requests=requests and replace(requests, topic=squeeze(f"{requests.topic} {words}")),
        record=record and replace(record, topic=squeeze(f"{record.topic} {words}")),
        present=present and replace(present, about=squeeze(f"{present.about} {words}")),
    )
