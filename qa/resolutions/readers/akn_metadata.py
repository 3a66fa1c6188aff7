"""Fields that an XML file states: symbol, title, dates, committee; `akn_records` has the rest.

What is printed on the page is believed before an attribute: attributes give an adoption in the year
1, or the day on which a file was made.
"""

import re
from collections.abc import Iterator
from datetime import date

from qa.resolutions.document import Stated
from qa.resolutions.export import akn_attributes as outline
from qa.resolutions.languages import LANGUAGE_OF_ISO, LANGUAGE_OF_LETTER
from qa.resolutions.parse.list_markers import latin_letters
from qa.resolutions.parse.symbol_dates import fits_symbol
from qa.resolutions.periods import read_day
from qa.resolutions.readers.akn_inline import Element, local, plain
from qa.resolutions.readers.akn_origin import Origin
from qa.resolutions.readers.akn_records import record_in, status_in
from qa.resolutions.text import squeeze

_FILE_JOB = re.compile(
    r"(?<![\dA-Za-z])N?(?P<digits>\d{7})(?P<letter>[ACEFGRSacefgrs]?)(?![\dA-Za-z])"
)
_FILE_LETTER = re.compile(r"_(?P<letter>[ACEFGRS])\.\w+$")
_FILE_STATEMENT = re.compile(r"S[_ ]PRST[_ ](?P<year>\d{4})[_ ](?P<number>\d+)")
_SYMBOL = re.compile(
    r"(?P<stem>[A-Z]+(?:/[A-Z\d][\w.-]*)+)(?:\s(?P<old>[A-Z]))?(?P<year>\s?\([^()]+\))?"
    r"(?:\s?\[?(?P<part>[A-Z](?:\s?[-\u2013]\s?[A-Z])?)\]?)?"
)
_WORK = re.compile(r"/un-?(?P<organ>ga|sc)/[\d-]+/(?P<first>(?:E?S-)?\d+)-(?P<second>\d+)")
_PAPER = re.compile(r"[AES](?:/[\w.-]+)+")
_COMMITTEE = re.compile(r"\[on the report of (?:the )?(?P<committee>\S.*?)\s?\($")
_DAY = re.compile(r"\d{1,2}\s[A-Z][a-z]+\s\d{4}")
_AGENDA_ITEM = re.compile(r"\d{1,3}(?:[\s\u200e\u200f]*\(?[^\W\d_]\s?[^\W\d_]?\))*")
_FOURTH = "Special Political and Decolonization Committee (Fourth Committee)"
# The committees by the words with which files in any language refer to them.
_COMMITTEES = {
    "first": "First Committee",
    "ersten": "First Committee",
    "second": "Second Committee",
    "zweiten": "Second Committee",
    "third": "Third Committee",
    "dritten": "Third Committee",
    "fourth": _FOURTH,
    "vierten": _FOURTH,
    "fifth": "Fifth Committee",
    "fünften": "Fifth Committee",
    "sixth": "Sixth Committee",
    "sechsten": "Sixth Committee",
}
_FIRST_YEAR = 1946


def stated_of(origin: Origin) -> Stated:
    """Return what a file states about one resolution."""
    language, symbol = language_of(origin), _symbol(origin)
    return Stated(
        symbol=symbol,
        title=_title(origin),
        adopted=_adopted(origin, symbol),
        issued=_issued(origin),
        meeting=_meeting(origin),
        committee=_committee(origin, language),
        report=_report(origin),
        agenda_items=_agenda_items(origin),
        job_number=_job_number(origin.file),
        language=language,
        status=status_in(origin),
        record=record_in(origin),
    )


def language_of(origin: Origin) -> str | None:
    """Return the language of a file as two letters: what it says, else the letter of its name."""
    for meta in origin.sections("meta"):
        for element in meta.iter("{*}FRBRlanguage"):
            if language := LANGUAGE_OF_ISO.get(element.get("language") or ""):
                return language
    name = _file_name(origin.file)
    letter = _FILE_JOB.search(name) or _FILE_LETTER.search(name)
    return LANGUAGE_OF_LETTER.get(letter["letter"].upper()) if letter else None


def _file_name(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", maxsplit=1)[-1]


def _job_number(file: str) -> str | None:
    job = _FILE_JOB.search(_file_name(file))
    return f"N{job['digits']}{job['letter'].upper()}" if job else None


def _symbol(origin: Origin) -> str | None:
    printed = next(
        (
            text
            for element in origin.printed("coverPage", "docNumber")
            if "/" in (text := plain(element))
        ),
        "",
    )
    symbol = outline.read_symbol(origin.statement) or _canonical(printed, origin.part)
    symbol = symbol or _of_work(origin)
    # A statement under the number of a resolution: the cover is that of another file.
    if origin.is_president and (symbol is None or "/RES/" in symbol):
        named = _FILE_STATEMENT.search(_file_name(origin.file))
        return f"S/PRST/{named['year']}/{named['number']}" if named else None
    return symbol


def _canonical(printed: str, part: str) -> str | None:
    """Return a printed symbol in the form of citations, "A/RES/75/253[B]"."""
    match = _SYMBOL.fullmatch(printed.replace("\u2011", "-").replace("\u00a0", " ").strip())
    if not match:
        return None
    letter = part or match["old"] or match["part"] or ""
    letter = re.sub(r"\s?[-\u2013]\s?", "-", letter)
    year = re.sub(r"\s", "", match["year"] or "")
    return f"{match['stem']}{year}{f'[{letter}]' if letter else ''}"


def _of_work(origin: Origin) -> str | None:
    """Return the symbol by the name that the file gives the work, where no cover prints it."""
    for meta in origin.sections("meta"):
        for element in meta.iter("{*}FRBRthis", "{*}FRBRuri"):
            match = _WORK.search(element.get("value") or "")
            if match and match["organ"] == "sc":
                return f"S/RES/{match['first']}({match['second']})"
            if match:
                part = f"[{origin.part}]" if origin.part else ""
                return f"A/RES/{match['first']}/{match['second']}{part}"
    return None


def _title(origin: Origin) -> str | None:
    """Return the title: that of the number and that of the part, as its lines name them."""
    lines = []
    for preface in origin.sections("preface"):
        for line in preface:
            named = (plain(title) for title in line.iter("{*}docTitle"))
            lines.append(" ".join(text for text in named if text))
    return ": ".join(line for line in lines if line) or None


def _adopted(origin: Origin, symbol: str | None) -> date | None:
    """Return the day of adoption: of the days that a file states, the first that fits its symbol.

    Where none fits, the first, so that the contradiction is seen.
    """
    if origin.is_draft:
        return None
    days = list(_days(origin))
    fitting = (day for day in days if fits_symbol(symbol or "", day) is not False)
    return next(fitting, days[0] if days else None)


def _days(origin: Origin) -> Iterator[date]:
    """Yield the days of adoption that a file states, what is printed before the attributes."""
    for title in origin.printed("coverPage", "docTitle"):
        if "docDate" not in {local(child) for child in title} and (day := _day_in(plain(title))):
            yield day
    for element in (
        *origin.printed("conclusions", "docDate"),
        *origin.printed("coverPage", "docDate", "#adoptionDate"),
    ):
        if day := _day(element):
            yield day
    if day := _day_of_work(origin):
        yield day


def _day_of_work(origin: Origin) -> date | None:
    for meta in origin.sections("meta"):
        for element in meta.iter("{*}FRBRdate"):
            if element.get("name") == "adoption" and (day := _iso(element)):
                return day
    return None


def _issued(origin: Origin) -> date | None:
    dates = origin.printed("coverPage", "docDate", "#dateOfIssuance")
    return next((day for element in dates if (day := _day(element))), None)


def _day(element: Element) -> date | None:
    """Return the day that an element prints; its attribute, where that is not in English."""
    text = plain(element)
    if printed := _day_in(text):
        return printed
    return _iso(element) if re.search(r"\d{4}", text) else None  # no year: the attribute is made up


def _day_in(text: str) -> date | None:
    match = _DAY.search(text.replace("\u00a0", " "))
    return read_day(squeeze(match[0])) if match else None


def _iso(element: Element) -> date | None:
    day = read_day((element.get("date") or "")[:10])
    return day if day and day.year >= _FIRST_YEAR else None


def _meeting(origin: Origin) -> str | None:
    for section, name, role in (
        ("conclusions", "location", "#adoptionMeeting"),
        ("conclusions", "inline", "adoptionMeeting"),
        ("coverPage", "inline", "adoptionMeeting"),
    ):
        for element in origin.printed(section, name, role):
            if text := plain(element).replace("\u00a0", " "):
                return text
    return None


def _committee(origin: Origin, language: str | None) -> str | None:
    """Return the committee as printed; in other languages by the English name it is referred to."""
    for element in origin.printed("coverPage", "docProponent"):
        match = _COMMITTEE.match(plain(element).split("A/", maxsplit=1)[0].replace("\u00a0", " "))
        if match and language in {None, "en"}:
            return match["committee"]
        reference = re.match(r"#?([^\W\d_A-Z]+)", element.get("refersTo") or "")
        if reference and reference[1] in _COMMITTEES:
            return _COMMITTEES[reference[1]]
    return None


def _report(origin: Origin) -> str | None:
    """Return the committee's report; without a committee the field names a draft."""
    for element in origin.printed("coverPage", "docProponent"):
        paper = _PAPER.search(plain(element))
        if paper and element.get("refersTo") != "#noMainCommittee":
            return paper[0].rstrip(".")
    return None


def _agenda_items(origin: Origin) -> tuple[str, ...]:
    for element in origin.printed("coverPage", "inline", "agenda item"):
        for text in (plain(element), element.get("title") or ""):
            items = _AGENDA_ITEM.findall(text.replace("\u00a0", " "))
            if items:
                return tuple(map(_as_in_english, items))
    return ()


def _as_in_english(item: str) -> str:
    """Return an item of the agenda as English texts print it: "69 (a)" for "69 a)" and "69 (أ)"."""
    number, *letters = re.findall(r"\d+|[^\W\d_]\s?[^\W\d_]?(?=\))", item)
    latin = (latin_letters("".join(filter(str.strip, group))) for group in letters)
    return " ".join((number, *(f"({letter})" for letter in latin)))
