"""What a document says about itself: header, title, closing formula, masthead, trailer.

The masthead of a converted file may be glued ("United NationsA/RES/61/181General Assembly"), and
holds the date of issue, which is never the date of adoption.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from qa.resolutions.cite.symbols import DATE, MONTHS, find_symbols
from qa.resolutions.model import Body, Span
from qa.resolutions.parse.lines import Line
from qa.resolutions.tables.load import rows
from qa.resolutions.text import squeeze

_ORGANS = {row["name"]: row for row in rows("organs")}
_ORGAN = "|".join(map(re.escape, _ORGANS))
OPENER = re.compile(rf"\s*(?:The )?(?P<organ>{_ORGAN})\s*,\s*", re.IGNORECASE)
_HEADER = re.compile(
    rf"\s*(?:Resolution|Decision)s?\s+(?:\S+\s+)?adopted by the (?P<organ>{_ORGAN})"
    rf"(?:,?\s+(?:at its .*? meeting,?\s+)?on (?P<date>{DATE}))?.*",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"\s*\[(?:on the (?:report|recommendation|proposal) of|without reference to|adopted) .*\]\s*",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"report of the (?P<committee>.+?) \((?=[A-Z]+/)")
_TITLE = re.compile(
    r"\s*(?P<number>(?:E?S-)?\d{1,4}/\d{1,3}|\d{1,4} ?\((?:\d{4}|(?:E?S-)?[IVXLC]+)\))"
    r"(?: (?P<part>[A-Z](?:-[A-Z])?))?\.\s+(?P<title>\S.*)"
)
CLOSING = re.compile(
    r"\s*(?:Adopted (?:unanimously )?at the )?\d{1,5}(?:st|nd|rd|th)(?: \(resumed\))?"
    r"(?: (?:plenary|special|closed))? meeting\.?\s*",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"\s*(?P<date>{DATE})\s*")
_ISSUED = re.compile(rf"Distr\.:[^\n]*\n\s*(?P<date>{DATE})")
_AGENDA = re.compile(r"^\s*Agenda items? (?P<items>[^\n]+?)\s*$", re.MULTILINE)
_JOB = re.compile(r"<<ODS JOB NO>>(?P<job>N?\w+?)<<ODS JOB NO>>")
_PRINTED_JOB = re.compile(r"^\s*(?P<job>\d{2}[- ]\d{5})(?: \([A-Z]\))?\s*$", re.MULTILINE)
_TRAILER_SYMBOL = re.compile(r"<<ODS DOC SYMBOL1>>(?P<symbol>[^<\n]+)<<ODS DOC SYMBOL1>>")
_SYMBOL = re.compile(
    r"(?P<symbol>[AES]/(?:HRC/)?RES/(?:E?S-)?\d+(?:/\d+| ?\((?:\d{4}|[IVXLC]+)\)))"
)
_LANGUAGES = {"A": "ar", "C": "zh", "E": "en", "F": "fr", "R": "ru", "S": "es"}


@dataclass(slots=True)
class Masthead:
    """The fields of one document; `found` maps a field to its folded offsets."""

    symbol: str = ""
    title: str = ""
    organ: str = ""
    adopted: date | None = None
    issued: date | None = None
    meeting: str | None = None
    committee: str | None = None
    report: str | None = None
    agenda_items: tuple[str, ...] = ()
    job_number: str | None = None
    printed_job_number: str | None = None
    language: str = "en"
    found: dict[str, Span] = field(default_factory=dict)


def read_masthead(text: str, head: Sequence[Line], foot: Sequence[Line]) -> Masthead:
    """Return the fields of a document.

    Args:
        text: the whole folded document.
        head: its lines before the text begins.
        foot: its lines from the closing formula on.
    """
    fields = Masthead()
    _read_head(fields, head)
    _read_foot(fields, foot)
    _read_marks(fields, text)
    return fields


def read_date(printed: str) -> date | None:
    """Return a date printed as "20 December 2006"; None for a misprint such as "31 June 2006"."""
    day, month, year = printed.split()
    try:
        return date(int(year), [one.lower() for one in MONTHS].index(month.lower()) + 1, int(day))
    except ValueError:
        return None


def session_of(symbol: str) -> str | None:
    """Return the session in a symbol: "61", "S-10", "XXX"; None where symbols carry none."""
    match = re.search(r"RES/(?P<session>(?:E?S-)?\d+)/\d+", symbol) or re.search(
        r"RES/\d+\((?P<session>(?:E?S-)?[IVXLC]+)\)", symbol
    )
    return match["session"] if match and not symbol.startswith("E/RES/") else None


def body_of(symbol: str) -> Body:
    """Return the organ whose symbols open like `symbol`."""
    for row in rows("organs"):
        if symbol.startswith(row["symbol"]):
            return Body(row["body"])
    return Body.OTHER


def number_of(symbol: str) -> str:
    """Return the number of a resolution, its part aside: "181" of "A/RES/61/181"."""
    tail = symbol.rsplit("RES/", maxsplit=1)[-1].split("[", maxsplit=1)[0]
    return tail.split("(")[0].split("/")[-1]


def part_of(symbol: str) -> str | None:
    """Return the letter of a part: "B" of "A/RES/67/234[B]"."""
    match = re.search(r"\[([A-Z])\]$", symbol)
    return match[1] if match else None


def _read_head(fields: Masthead, head: Sequence[Line]) -> None:
    title_from: int | None = None
    for index, line in enumerate(head):
        header = _HEADER.fullmatch(line.text)
        if header:
            fields.organ = header["organ"]
            fields.adopted = read_date(header["date"]) if header["date"] else None
            if fields.adopted:
                _keep(fields, "adopted", line)
        elif _BRACKET.fullmatch(line.text):
            _read_bracket(fields, line)
        elif title_from is None and (title := _TITLE.fullmatch(line.text)):
            title_from = index
            _read_title(fields, title, head[index:])


def _read_bracket(fields: Masthead, line: Line) -> None:
    committee = _COMMITTEE.search(line.text)
    if committee:
        fields.committee = committee["committee"]
        _keep(fields, "committee", line)
    symbols = find_symbols(line.text)
    if symbols and "without reference" not in line.text.lower():
        fields.report = symbols[0].symbol
        _keep(fields, "report", line)


def _read_title(fields: Masthead, match: re.Match[str], lines: Sequence[Line]) -> None:
    pieces, end = [match["title"]], lines[0].end
    for line in lines[1:]:
        if line.is_blank or line.is_furniture or _BRACKET.fullmatch(line.text):
            break
        pieces.append(line.text)
        end = line.end
    fields.title = squeeze(" ".join(pieces))
    fields.found["title"] = Span(start=lines[0].start + match.start("title"), end=end)
    organ = _ORGANS.get(fields.organ, _ORGANS["General Assembly"])
    if re.search(r"\(\d{4}\)", match["number"]):  # only the Security Council numbers so
        organ = _ORGANS["Security Council"]
    part = f"[{match['part']}]" if match["part"] else ""
    number = re.sub(r"\s", "", match["number"])
    fields.symbol = f"{organ['symbol']}{number}{part}"
    fields.found["symbol"] = Span(
        start=lines[0].start + match.start("number"), end=lines[0].start + match.end("number")
    )


def _read_foot(fields: Masthead, foot: Sequence[Line]) -> None:
    for index, line in enumerate(foot):
        if not CLOSING.fullmatch(line.text):
            continue
        fields.meeting = re.sub(
            r"^Adopted (?:unanimously )?at the ", "", squeeze(line.text)
        ).rstrip(".")
        _keep(fields, "meeting", line)
        for after in foot[index + 1 : index + 4]:
            dated = _DATE_LINE.fullmatch(after.text)
            if dated and fields.adopted is None:
                fields.adopted = read_date(dated["date"])
                if fields.adopted:
                    _keep(fields, "adopted", after)
        return


def _read_marks(fields: Masthead, text: str) -> None:
    """Read the document system's trailer and the masthead, wherever the conversion put them."""
    if match := _ISSUED.search(text):
        fields.issued = read_date(match["date"])
    if match and fields.issued:
        fields.found["issued"] = Span(start=match.start("date"), end=match.end("date"))
    if match := _AGENDA.search(text):
        fields.agenda_items = tuple(_agenda_items(match["items"]))
        fields.found["agenda_items"] = Span(start=match.start("items"), end=match.end("items"))
    if match := _JOB.search(text):
        fields.job_number = match["job"]
        fields.language = _LANGUAGES.get(match["job"][-1], "en")
        fields.found["job_number"] = Span(start=match.start("job"), end=match.end("job"))
    if match := _PRINTED_JOB.search(text):
        fields.printed_job_number = match["job"]
    trailer = _TRAILER_SYMBOL.search(text) or (None if fields.symbol else _SYMBOL.search(text))
    if trailer and (symbols := find_symbols(trailer["symbol"])):
        fields.symbol = symbols[0].symbol
        fields.found["symbol"] = Span(start=trailer.start("symbol"), end=trailer.end("symbol"))


def _agenda_items(printed: str) -> Iterable[str]:
    """Yield each item of "20 (b)", "13 and 115" or "9, 23 (a) and 140"."""
    for match in re.finditer(r"\d{1,3}(?: \([a-z]{1,2}\))*", printed):
        yield match[0]


def _keep(fields: Masthead, name: str, line: Line) -> None:
    lead = len(line.text) - len(line.text.lstrip())
    fields.found[name] = Span(start=line.start + lead, end=line.start + len(line.text.rstrip()))
