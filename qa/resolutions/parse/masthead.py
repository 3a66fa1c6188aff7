"""The fields of a document: header, title, closing formula, masthead, trailer.

The masthead of a converted file may be glued ("United NationsA/RES/61/181General Assembly"), and
holds the date of issue, which is never the date of adoption.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.document import Stated
from qa.resolutions.languages import LANGUAGE_OF_LETTER
from qa.resolutions.model import Body, Span
from qa.resolutions.parse.line_patterns import CLOSING, HEADER, OPENER, ORGANS, TITLE
from qa.resolutions.parse.lines import Line
from qa.resolutions.parse.segments import Segment
from qa.resolutions.periods import DATE, read_day
from qa.resolutions.tables.read_tables import rows
from qa.resolutions.text import squeeze

_BRACKET = re.compile(
    r"\s*\[(?:on the (?:report|recommendation|proposal) of|without reference to|adopted) .*\]\s*",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"report of the (?P<committee>.+?) \((?=[A-Z]+/)")
_SHORT_NAME = re.compile(r"\((?P<name>[A-Z][a-z]+ Committee)\)$")
_HEADED = re.compile(
    r"adopted by the [\w ]+?,?\s+(?:at its (?P<meeting>[^,\n]*?meeting(?: \([^)]*\))?),?\s+)?"
    rf"(?:held\s+)?on\s*(?P<date>{DATE})",
    re.IGNORECASE,
)
_STATED_AT = re.compile(
    r"\s*At the (?P<meeting>\w+ meeting(?: \([^)]*\))?) of the Security Council,? held "
    rf"(?:\w+ ){{0,3}}?on (?:\w+day,? )?(?P<date>{DATE})"
)
_INTRODUCED = 12  # first lines to search for that sentence, head and blank lines included
_TITLED_DATE = re.compile(rf"\s*(?:Resolution\s+)?of\s+(?P<date>{DATE})\.?\s*", re.IGNORECASE)
_DATE_LINE = re.compile(rf"\s*(?P<date>{DATE})\s*")
_DATED = re.compile(DATE)
_ISSUED = re.compile(rf"Distr\.:[^\n]*\n\s*(?P<date>{DATE})")
_AGENDA = re.compile(r"\n\s*Agenda items? (?P<items>[^\n]+?)\s*$", re.MULTILINE)
_JOB = re.compile(r"<<ODS JOB NO>>(?P<job>N?\w+?)<<ODS JOB NO>>")
_PRINTED_JOB = re.compile(r"\n\s*(?P<job>\d\d[- ]\d{5})(?: \([A-Z]\))?\s*$", re.MULTILINE)
_TRAILER_SYMBOL = re.compile(r"<<ODS DOC SYMBOL1>>(?P<symbol>[^<\n]+)<<ODS DOC SYMBOL1>>")
_SYMBOL = re.compile(
    r"(?P<symbol>[A-Z](?:(?<=[AES])/(?:HRC/)?RES/(?:E?S-)?\d+(?:/\d+| ?\((?:\d{4}|[IVXLC]+)\))"
    r"|(?<![\w/].)(?:(?<=S)/PRST/\d{4}/\d+"
    r"|[A-Z]{1,4}/[A-Z.]+\d*/(?:SS\.[IVX]+/)?(?i:RES)[./]\d+)))"
)
_PART = re.compile(r"\[[A-Z](?:-[A-Z])?\]$")
_NAMED = re.compile(r"(?P<organ>[AES])_RES_0*(?P<number>\d+)[ _]?\(?(?P<year>(?:19|20)\d\d)\)?")


@dataclass(slots=True)
class ParsedMasthead:
    """The fields of one resolution; `found` maps a field to its folded offsets."""

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


def read_masthead(
    text: str, segment: Segment, *, file: str, stated: Stated, alone: bool
) -> ParsedMasthead:
    """Return the fields of a resolution.

    Args:
        text: the whole folded document.
        segment: its lines before the text begins, of the text, and from the closing formula on.
        file: name of the file, which may hold the symbol where the text has none.
        stated: what the format states: it overrules what is read.
        alone: the document holds no other resolution, so that masthead and trailer are its own.
    """
    fields = ParsedMasthead(organ=_organ(segment))
    _read_head(fields, segment.head)
    _read_statement(fields, segment.body[:_INTRODUCED] or segment.foot[:_INTRODUCED])
    _read_foot(fields, segment.foot)
    _read_marks(fields, text, alone=alone)
    if segment.letter and fields.symbol:
        fields.symbol = f"{_PART.sub('', fields.symbol)}[{segment.letter}]"
    if not fields.symbol:
        fields.symbol = _symbol_of_file(file)
    for name in (
        *("symbol", "title", "adopted", "issued", "meeting", "committee", "report"),
        *("agenda_items", "job_number", "language"),
    ):
        if value := getattr(stated, name):
            setattr(fields, name, value)
    if fields.committee:
        fields.committee = committee_name(fields.committee)
    return fields


def committee_name(printed: str) -> str:
    """Return the short name that the records use: "Fourth Committee" where brackets give it.

    The report of that one is printed as "of the Special Political and Decolonization Committee
    (Fourth Committee)".
    """
    match = _SHORT_NAME.search(printed)
    return match["name"] if match else printed


def session_of(symbol: str) -> str | None:
    """Return the session in a symbol: "61", "S-10", "XXX"; None where symbols carry none."""
    match = re.search(r"(?:RES|DEC)/(?P<session>(?:E?S-)?\d+)/\d+", symbol) or re.search(
        r"RES/\d+\((?P<session>(?:E?S-)?[IVXLC]+)\)", symbol
    )
    return match["session"] if match and not symbol.startswith("E/RES/") else None


def body_of(symbol: str) -> Body:
    """Return the organ whose symbols open like `symbol`: of its resolutions, or of its papers."""
    for row in rows("organs"):
        if symbol.startswith(row["symbol"]):
            return Body(row["body"])
    if symbol.startswith("A/HRC/"):
        return Body.HUMAN_RIGHTS_COUNCIL
    letter = symbol.split("/", maxsplit=1)[0]
    return Body(letter) if letter in ("A", "S", "E") else Body.OTHER


def number_of(symbol: str) -> str:
    """Return the number of a resolution without its part: "181" of "A/RES/61/181"."""
    tail = symbol.rsplit("RES/", maxsplit=1)[-1].split("[", maxsplit=1)[0]
    return tail.split("(")[0].split("/")[-1]


def part_of(symbol: str) -> str | None:
    """Return the letter of a part: "B" of "A/RES/67/234[B]"."""
    match = re.search(r"\[([A-Z](?:-[A-Z])?)\]$", symbol)
    return match[1] if match else None


def _organ(segment: Segment) -> str:
    """Return the organ that opens the text, as the table of organs names it."""
    opener = OPENER.fullmatch(segment.body[0].text) if segment.body else None
    return squeeze(opener["organ"] or opener["bare"] or "").lower() if opener else ""


def _read_head(fields: ParsedMasthead, head: Sequence[Line]) -> None:
    for index, line in enumerate(head):
        if header := HEADER.match(line.text):
            fields.organ = fields.organ or squeeze(header["organ"]).lower()
        elif _BRACKET.fullmatch(line.text):
            _read_bracket(fields, line)
        elif not fields.symbol and (title := TITLE.fullmatch(line.text)):
            _read_title(fields, title, head[index:])
    _read_header(fields, head)


def _read_header(fields: ParsedMasthead, head: Sequence[Line]) -> None:
    """Read day and meeting from "adopted by … at its … meeting, on …", on one line or two."""
    for index, line in enumerate(head):
        below = head[index + 1].text if index + 1 < len(head) else ""
        match = _HEADED.search(f"{line.text}\n{below}") or _TITLED_DATE.fullmatch(line.text)
        if not match or match.start() >= len(line.text):
            continue
        fields.adopted = read_day(match["date"])
        if fields.adopted:
            is_below = match.start("date") > len(line.text)
            _keep(fields, "adopted", head[index + 1] if is_below else line)
        if match.re is _HEADED and match["meeting"]:
            fields.meeting = squeeze(match["meeting"])
            _keep(fields, "meeting", line)
        return


def _read_statement(fields: ParsedMasthead, lines: Sequence[Line]) -> None:
    """Read meeting and day from the sentence that introduces a presidential statement."""
    for line in lines:
        if match := _STATED_AT.match(line.text):
            fields.meeting = match["meeting"]
            fields.adopted = read_day(match["date"])
            _keep(fields, "meeting", line)
            if fields.adopted:
                _keep(fields, "adopted", line)


def _read_bracket(fields: ParsedMasthead, line: Line) -> None:
    committee = _COMMITTEE.search(line.text)
    if committee:
        fields.committee = committee["committee"]
        _keep(fields, "committee", line)
    symbols = find_symbols(line.text)
    if symbols and "without reference" not in line.text.lower():
        fields.report = symbols[0].symbol
        _keep(fields, "report", line)


def _read_title(fields: ParsedMasthead, match: re.Match[str], lines: Sequence[Line]) -> None:
    first = lines[0]
    symbol = _symbol_of(match, fields.organ)
    if not symbol:
        return
    fields.symbol = symbol
    start = first.start + match.start("number")
    fields.found["symbol"] = Span(start=start, end=first.start + match.end("number"))
    if dated := _TITLED_DATE.fullmatch(match["title"]):
        fields.adopted = read_day(dated["date"])
        if fields.adopted:
            _keep(fields, "adopted", first)
        return
    if symbol.startswith("S/RES/"):
        return  # the Security Council gives its resolutions no title
    pieces, end = [match["title"]], first.end
    for line in lines[1:]:
        if not pieces[0] and line.is_blank and not pieces[1:]:
            continue
        if line.is_blank or line.is_furniture or _BRACKET.fullmatch(line.text):
            break
        if HEADER.match(line.text) or re.fullmatch(r"\s*[A-Z]\s*", line.text):
            break
        pieces.append(line.text)
        end = line.end
    fields.title = squeeze(" ".join(pieces))
    if fields.title:
        fields.found["title"] = Span(start=first.start + match.start("title"), end=end)


def _symbol_of(match: re.Match[str], organ: str) -> str:
    """Return the canonical symbol of a number by its shape and the organ that opens the text."""
    number = re.sub(r"\s", "", match["number"])
    letter = match["oldpart"] or match["part"] or ""
    number = number.replace(match["oldpart"], "", 1) if match["oldpart"] else number
    part = f"[{re.sub(r'[^A-Z]+', '-', letter)}]" if letter else ""
    if re.search(r"\(\d{4}\)", number):  # only the Security Council numbers so
        return f"S/RES/{number}"
    if re.fullmatch(r"(?:19|20)\d\d/\d+", number):
        return f"E/RES/{number}"
    if not organ and not re.search(r"[/(]", number):
        return ""
    return f"{ORGANS.get(organ, ORGANS['general assembly'])['symbol']}{number}{part}"


def _read_foot(fields: ParsedMasthead, foot: Sequence[Line]) -> None:
    for index, line in enumerate(foot):
        closing = CLOSING.fullmatch(line.text)
        if not closing:
            continue
        if fields.meeting is None:
            fields.meeting = squeeze(closing["meeting"])
            _keep(fields, "meeting", line)
        for after in (line, *foot[index + 1 : index + 4]):
            dated = _DATED.search(after.text) if after is line else _DATE_LINE.fullmatch(after.text)
            if dated and fields.adopted is None:
                fields.adopted = read_day(dated[0])
                if fields.adopted:
                    _keep(fields, "adopted", after)
        return


def _read_marks(fields: ParsedMasthead, text: str, *, alone: bool) -> None:
    """Read the document system's trailer and the masthead, wherever the conversion put them."""
    if match := _ISSUED.search(text):
        fields.issued = read_day(match["date"])
    if match and fields.issued:
        fields.found["issued"] = Span(start=match.start("date"), end=match.end("date"))
    lines = f"\n{text}"  # so that all of them begin alike
    if match := _AGENDA.search(lines):
        fields.agenda_items = tuple(_agenda_items(match["items"]))
        start, end = match.span("items")
        fields.found["agenda_items"] = Span(start=start - 1, end=end - 1)
    has_trailer = "<<ODS" in text
    if has_trailer and (match := _JOB.search(text)):
        fields.job_number = match["job"]
        fields.language = LANGUAGE_OF_LETTER.get(match["job"][-1], "en")
        fields.found["job_number"] = Span(start=match.start("job"), end=match.end("job"))
    if match := _PRINTED_JOB.search(lines):
        fields.printed_job_number = match["job"]
    trailer = _TRAILER_SYMBOL.search(text) if alone and has_trailer else None
    trailer = trailer or (None if fields.symbol else _SYMBOL.search(text))
    if trailer and (symbols := find_symbols(trailer["symbol"])):
        fields.symbol = symbols[0].symbol
        fields.found["symbol"] = Span(start=trailer.start("symbol"), end=trailer.end("symbol"))


def _symbol_of_file(file: str) -> str:
    """Return the symbol in a file's name, "S_RES_0242_1967_EN.txt"; "" where there is none."""
    name = file.rsplit("/", maxsplit=1)[-1]
    if match := _NAMED.match(name):
        return f"{match['organ']}/RES/{match['number']}({match['year']})"
    symbols = find_symbols(name)
    return symbols[0].symbol if symbols and "/RES/" in symbols[0].symbol else ""


def _agenda_items(printed: str) -> Iterable[str]:
    """Yield each item of "20 (b)", "13 and 115" or "9, 23 (a) and 140"."""
    for match in re.finditer(r"\d{1,3}(?: \([a-z]{1,2}\))*", printed):
        yield match[0]


def _keep(fields: ParsedMasthead, name: str, line: Line) -> None:
    lead = len(line.text) - len(line.text.lstrip())
    fields.found[name] = Span(start=line.start + lead, end=line.start + len(line.text.rstrip()))
