"""By when, or how often, something is due: as printed, and in a form that can be sorted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.desks.mandate_cell import MandateCell
from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.durations import COUNT_OR_NTH, RHYTHM_ADJECTIVES, UNIT, duration, interval
from qa.resolutions.parse.deadlines import TIME_WORDS, due_of
from qa.resolutions.periods import DATE, MONTH, MONTHS

_YEAR = r"(?:19|20)\d\d"
_COMING = ("next", "forthcoming", "upcoming")
# Without one of these, nothing is dated.
_TIMES = (
    *("session", "20", "19", "annual", "month", "year", "week", "day", "quarter", "soon", "hour"),
    *(*_COMING, *MONTHS, "bienni", "trienni", "decade", "mandate", "period"),
)
_DAY_OF = rf"\d{{1,2}}\s+{MONTH}"
# Each is a date in its own right; the longest at a place counts. Before the pattern: a word of it.
_PATTERNS = tuple(
    (words, re.compile(pattern, re.IGNORECASE))
    for words, pattern in (
        (("20", "19"), rf"(?P<due>{_DAY_OF}(?:\s+{_YEAR})?\s+(?:to|until|through)\s+{DATE})"),
        (
            (", 20", ", 19"),
            rf"\b(?:by|until|on|through|before)\s+(?P<due>{MONTH}\s+\d{{1,2}},\s+{_YEAR})",
        ),
        (
            ("before the end",),
            r"(?P<due>before\s+the\s+end\s+of\s+(?:its|the)\s+[\w-]+\s+session)",
        ),
        (
            _COMING,
            (
                r"(?P<due>(?:as\s+part\s+of|in\s+the\s+context\s+of)\s+(?:his|her|its|their|the)\s+"
                r"(?:next|forthcoming|upcoming)\s+[\w\s-]{0,60}?(?:reports?|submissions?|budgets?)\b)"
            ),
        ),
        (
            _COMING,
            (
                r"(?P<due>in\s+(?:his|her|its|their|the)\s+(?:next|forthcoming|upcoming)\s+"
                r"[\w\s-]{0,40}?(?:reports?|briefings?|updates?)\b)"
            ),
        ),
        (
            ("days", "weeks", "month", "year"),
            (
                rf"(?P<due>(?:no\s+later\s+than\s+|at\s+least\s+|not\s+later\s+than\s+)?{COUNT_OR_NTH}\s+"
                rf"{UNIT}\s+(?:after|from|following|before|prior\s+to)\s+"
                r"(?:(?:the|its|this|each|their)\s+)?\w+)"
            ),
        ),
        (("report",), rf"\breports?\s+in\s+(?P<due>{_YEAR})(?![\d/)])"),
        (("annual",), r"(?P<due>twice\s+annual\w*|once\s+annual\w*)"),
        (
            ("basis",),
            rf"(?P<due>(?:{'|'.join(RHYTHM_ADJECTIVES)})\s+basis)",
        ),
        (("as soon as",), r"(?P<due>as\s+soon\s+as\s+(?:possible|practicable|feasible))"),
    )
)
_DATED = tuple(
    (("20", "19"), re.compile(pattern, re.IGNORECASE))
    for pattern in (
        (
            rf"\b(?:for|in|during)\s+(?:the\s+(?:years?|biennium|period)\s+)?(?P<due>{_YEAR}"
            rf"(?:[-\u2013]{_YEAR})?(?:\s+and\s+(?:{_YEAR}|subsequent\s+years))?)(?![\d/)\u2013-])"
        ),
        rf"\byears?\s+(?P<due>{_YEAR}(?:\s+and\s+(?:{_YEAR}|subsequent\s+years))?)",
        rf"(?P<due>\d{{1,2}}\s+(?:to|and|-|\u2013)\s+{DATE})",
        rf"\b(?:on|from)\s+(?P<due>{DATE})",
        rf"\bin\s+(?:(?:early|mid-?|late)\s*)?(?P<due>{MONTH}\s+{_YEAR})",
        rf"\b(?P<due>(?:first|second|third|fourth|last)\s+(?:half|quarter)\s+of\s+{_YEAR})",
    )
)
# A clause of the past or of the context, up to the end: "recalling that … were to be met by 2020".
_IS_PAST = re.compile(
    r"\b(?:\w+ed|held|made|taken|begun)(?:\s+(?:in|at|by)\s+[A-Z][\w\s-]{1,40})?\s*$"
)
_CONTEXT = re.compile(
    r",\s+(?:recalling|noting|recogni[sz]ing|acknowledging|welcoming|reaffirming|emphasi[sz]ing|"
    r"stressing|considering|bearing\s+in\s+mind|mindful|which)\b"
)
_ORDINAL = re.compile(
    "|".join(rf"\b{word}" for word in sorted(filter(str.isascii, ORDINALS), key=len, reverse=True))
)
_FIGURE = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?")
_AMERICAN_DAY = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{1,2}}),\s+(\d{{4}})")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\s+({_YEAR})")
_YEARS = re.compile(rf"\b{_YEAR}\b")
_TERM = re.compile(rf"\b({COUNT_OR_NTH})(?:\s+\(\d+\))?[\s-]+{UNIT}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NormalisedDue:
    """A due date to sort by; the values follow ISO 8601.

    session "80" or "80, 81"; date "2026-12-31", "2026-06" or "2026"; period
    "2020-07-01/2021-06-30", "2023/.." or "P11M"; rhythm "R/P3M"; event "", "in his next report".
    """

    kind: str = ""
    value: str = ""


def due_in(
    text: str, start: int, end: int, *, verb: int, is_decision: bool, is_dated: bool
) -> MandateCell | None:
    """Return by when or how often something is due, as printed; the first in `text[start:end]`.

    Args:
        text: the paragraph.
        start: where what is asked begins.
        end: where it ends.
        verb: where the verb that asks begins: "extends" lasts "for one year".
        is_decision: "for one year" is the term of what is decided.
        is_dated: a year alone is a date, too: of money, meetings and appointments.
    """
    segment = text[start:end]
    if not any(word in segment for word in _TIMES):
        return None
    context = _CONTEXT.search(text, start, end)
    end = context.start() if context else end
    segment = text[start:end]
    found = list(_by_rules(text, start, end, verb, is_decision=is_decision))
    for words, pattern in (*_PATTERNS, *_DATED) if is_dated or is_decision else _PATTERNS:
        match = pattern.search(text, start, end) if any(map(segment.__contains__, words)) else None
        if match and not _IS_PAST.search(text, max(start, match.start() - 60), match.start()):
            found.append(_candidate(match["due"], match.start("due"), match.end("due")))
    if not found:
        return None
    first = min(found)[2]
    longer = [cell for _, _, cell in found if cell.start <= first.start and cell.end >= first.end]
    return max(longer, key=lambda cell: cell.end - cell.start)


def _by_rules(
    text: str, start: int, end: int, verb: int, *, is_decision: bool
) -> Iterator[tuple[int, int, MandateCell]]:
    """Yield the due dates that the parser of paragraphs reads."""
    words = TIME_WORDS.intersection(text[start:end].split())
    printed = due_of(text, verb, end, words, is_decision=is_decision) if words else None
    for due in printed.split("; ") if printed else ():
        pattern = re.compile(r"\s+".join(map(re.escape, due.split())))
        if match := pattern.search(text, start, end):
            yield _candidate(match[0], match.start(), match.end())


def _candidate(due: str, start: int, end: int) -> tuple[int, int, MandateCell]:
    return start, start - end, MandateCell(" ".join(due.split()), start, end)


@lru_cache(maxsize=4096)
def normalised_due(printed: str) -> NormalisedDue:
    """Return the kind and the value of a due date."""
    low = printed.lower()
    if not printed:
        return NormalisedDue()
    rhythm = _rhythm(low)
    if rhythm:
        return NormalisedDue("rhythm", rhythm)
    if "session" in low:
        return NormalisedDue("session", ", ".join(session_numbers(low)) or "next")
    return _day(printed) or _span(low) or NormalisedDue("event")


def session_numbers(printed: str) -> list[str]:
    """Return the numbers of sessions: "eightieth and eighty-first" gives 80 and 81."""
    low = printed.lower()
    return [str(ORDINALS[word]) for word in _ORDINAL.findall(low)] + _FIGURE.findall(low)


def session_names(number: int) -> frozenset[str]:
    """Return how the number of a session is printed: "eighty-first", "81st"."""
    words = (word for word, value in ORDINALS.items() if value == number and word.isascii())
    return frozenset((*words, *(f"{number}{ending}" for ending in ("st", "nd", "rd", "th"))))


def _rhythm(low: str) -> str:
    """Return a repeating interval; "in his annual report" names a report, not how often."""
    is_name = "session" in low or "report" in low
    every = interval(low, by_adjective=not is_name)
    return f"R/{every}" if every else ""


def _day(printed: str) -> NormalisedDue | None:
    days = [day for day in map(_iso_day, _DAY.findall(printed)) if day]
    if len(days) > 1:
        first = days[0] if len(days[0]) > len("--05-31") else days[-1][:4] + days[0][1:]
        return NormalisedDue("period", f"{first}/{days[-1]}")
    if days and days[0][0] != "-":
        return NormalisedDue("date", days[0])
    if days:
        return NormalisedDue("rhythm" if "year" in printed else "date", days[0])
    if american := _AMERICAN_DAY.search(printed):
        return NormalisedDue("date", _iso_day((american[2], american[1], american[3])))
    if month := _MONTH.search(printed):
        return NormalisedDue("date", f"{month[2]}-{MONTHS.index(month[1]) + 1:02}")
    years = _YEARS.findall(printed)
    if years and "subsequent" in printed:
        return NormalisedDue("period", f"{years[0]}/..")
    if len(years) > 1:
        return NormalisedDue("period", f"{years[0]}/{years[-1]}")
    return NormalisedDue("date", years[0]) if years else None


def _iso_day(printed: tuple[str, str, str]) -> str:
    """Return a day of ISO 8601; "--05-31" where the year is left out."""
    day, month, year = printed
    return f"{year or '-'}-{MONTHS.index(month) + 1:02}-{int(day):02}"


def _span(low: str) -> NormalisedDue | None:
    match = _TERM.search(low)
    if match is None:
        return None
    unit = match[0].replace("(", " ").replace("-", " ").split()[-1]
    return NormalisedDue("period", duration(match[1], unit))
