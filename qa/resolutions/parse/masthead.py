"""The fields of a document: header, title, closing formula, masthead, trailer.

The masthead of a converted file may be glued ("United NationsA/RES/61/181General Assembly"), and
holds the date of issue, which is never the date of adoption.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice

from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.document import Stated
from qa.resolutions.languages import LANGUAGE_OF_LETTER
from qa.resolutions.model import Span, SymbolEvidence
from qa.resolutions.parse.identity import (
    Identity,
    IdentityClues,
    PrintedSymbol,
    TextOpening,
    identify,
    masthead_symbol,
    published_identity,
    read_opening,
    symbol_of_draft,
    title_symbol,
)
from qa.resolutions.parse.line_patterns import CLOSING, ENTITLES, HEADER, TITLE
from qa.resolutions.parse.lines import Line
from qa.resolutions.parse.segments import WORDED_CLOSING, Segment
from qa.resolutions.parse.symbol_dates import day_that_fits
from qa.resolutions.periods import DATE, read_day
from qa.resolutions.tables.symbol_series import read_series_symbol
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
_CONSULTED = re.compile(
    r"\s*(?:Following|After|As a result of) .{0,80}\bconsultations\b.*?the President of the "
    r"(?:Security )?Council made the following statement,?.*? at (?:its|the) "
    r"(?P<meeting>\w+ meeting(?: \([^)]*\))?)(?: of the (?:Security )?Council)?,? (?:held )?"
    rf"(?:\w+ ){{0,3}}?on (?:\w+day,? )?(?P<date>{DATE})",
    re.IGNORECASE,
)
_DRAFT_TITLE = re.compile(
    r"\s*(?P<title>[^\t:]{3}[^\t]*:? ?(?:revised )?draft (?:resolution|decision))\s*",
    re.IGNORECASE,
)
_TOP_LINES = 8  # printed lines in which a document is headed
_INTRODUCED = 12  # first lines to search for that sentence, head and blank lines included
_TITLED_DATE = re.compile(
    rf"\s*(?:Resolution\s+)?of\s+(?:\d{{1,2}}(?: [A-Z][a-z]+)? and )?(?P<date>{DATE})\.?\s*",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"\s*(?P<date>{DATE})\s*")
_DATED = re.compile(DATE)
_ISSUED = re.compile(
    rf"Distr\.(?::[^\n]*|\s*(?:GENERAL|General|LIMITED|Limited))(?:\n\s*[AES]/[^\n]{{1,40}})?"
    rf"\n\s*+(?P<date>{DATE})"
)
_AGENDA = re.compile(
    rf"^[^\S\n]*+Agenda items? (?P<items>[^\n\t]+?)\s*(?:\t\s*(?P<date>{DATE})\s*)?$", re.MULTILINE
)
_JOB = re.compile(r"<<ODS JOB NO>>(?P<job>N?\w+?)<<ODS JOB NO>>")
_TRAILER_SYMBOL = re.compile(r"<<ODS DOC SYMBOL1>>(?P<symbol>[^<\n]+)<<ODS DOC SYMBOL1>>")
_PRINTED_JOB = re.compile(r"^[^\S\n]*+(?P<job>\d\d[- ]\d{5})(?: \([A-Z]\))?\s*$", re.MULTILINE)
_TRAILER = "<<ODS"
_PART = re.compile(r"\[[A-Z](?:-[A-Z])?\]$")


@dataclass(slots=True)
class ParsedMasthead:
    """The fields of one resolution; `found` maps a field to its folded offsets."""

    symbol: str = ""
    title_number: str = ""  # as printed, without blanks
    evidence: SymbolEvidence = SymbolEvidence.CATALOGUE
    problem: str = ""  # why the symbol is missing
    is_conflict: bool = False  # because several are stated
    remarks: list[str] = field(default_factory=list)
    title: str = ""
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
    text: str,
    segment: Segment,
    *,
    file: str,
    stated: Stated,
    alone: bool,
    is_catalogued: bool = False,
) -> ParsedMasthead:
    """Return the fields of a resolution.

    Args:
        text: the whole folded document.
        segment: its lines before the text begins, of the text, and from the closing formula on.
        file: name of the file, which may hold the symbol where the text has none.
        stated: what the format states: it overrules what is read.
        alone: the document holds no other resolution, so that masthead and trailer are its own.
        is_catalogued: the document is XML, whose symbol was given to it by its publisher.
    """
    fields = ParsedMasthead()
    opening = read_opening(segment)
    _read_head(fields, segment.head, opening)
    if fields.adopted is None and opening.adopted:
        fields.adopted = opening.adopted
    _read_statement(fields, segment.body[:_INTRODUCED] or segment.foot[:_INTRODUCED])
    _read_foot(fields, segment.foot)
    trailer = _read_marks(fields, text, alone=alone)
    if segment.letter and fields.symbol:
        fields.symbol = f"{_PART.sub('', fields.symbol)}[{segment.letter}]"
    printed = fields.adopted
    for name in (
        *("title", "adopted", "issued", "meeting", "committee", "report"),
        *("agenda_items", "job_number", "language"),
    ):
        if value := getattr(stated, name):
            setattr(fields, name, value)
    if is_catalogued and stated.symbol:
        _take(fields, published_identity(stated.symbol, fields.symbol, file))
    else:
        masthead = trailer or (masthead_symbol(segment, opening) if alone else None)
        _identify(
            fields, opening, masthead or symbol_of_draft(stated.symbol), file=file, alone=alone
        )
        if trailer and fields.symbol == trailer.symbol and trailer.span:
            fields.found["symbol"] = trailer.span
    _hold_date(fields, printed)
    if fields.committee:
        fields.committee = committee_name(fields.committee)
    return fields


def _identify(
    fields: ParsedMasthead,
    opening: TextOpening,
    masthead: PrintedSymbol | None,
    *,
    file: str,
    alone: bool,
) -> None:
    """Settle the symbol by all evidence, or why there is none."""
    identity = identify(
        IdentityClues(
            opening=opening,
            title=fields.symbol,
            number=fields.title_number,
            title_span=fields.found.get("symbol"),
            masthead=masthead,
            file=file,
            adopted=fields.adopted,
            alone=alone,
        )
    )
    _take(fields, identity)
    fields.found.pop("symbol", None)
    if identity.span:
        fields.found["symbol"] = identity.span


def _take(fields: ParsedMasthead, identity: Identity) -> None:
    fields.symbol, fields.evidence = identity.symbol, identity.evidence
    fields.problem, fields.is_conflict = identity.problem, identity.is_conflict
    if identity.remark:
        fields.remarks.append(identity.remark)


def _hold_date(fields: ParsedMasthead, printed: date | None) -> None:
    """Leave out a day of adoption that the symbol contradicts, for the printed one if that fits."""
    day, remark = day_that_fits(fields.symbol, fields.adopted, printed)
    if remark:
        fields.adopted = day
        fields.remarks.append(remark)
        fields.found.pop("adopted", None)


def committee_name(printed: str) -> str:
    """Return the short name that the records use: "Fourth Committee" where brackets give it.

    The report of that one is printed as "of the Special Political and Decolonization Committee
    (Fourth Committee)".
    """
    match = _SHORT_NAME.search(printed)
    return match["name"] if match else printed


def _read_head(fields: ParsedMasthead, head: Sequence[Line], opening: TextOpening) -> None:
    # In a volume the lines of its table of contents look like titles; the last one opens the text.
    entitled = [index for index, line in enumerate(head) if ENTITLES.match(line.text)]
    for index, line in enumerate(head):
        if _BRACKET.fullmatch(line.text):
            _read_bracket(fields, line)
        elif entitled and index < entitled[-1]:
            continue
        elif not fields.symbol and (title := TITLE.fullmatch(line.text)):
            _read_title(fields, title, head[index:], opening, head)
    _read_header(fields, head)
    printed = (line.text for line in reversed(head) if "draft" in line.text)
    drafted = map(_DRAFT_TITLE.fullmatch, printed)
    if not fields.title and (match := next(filter(None, drafted), None)):
        fields.title = squeeze(match["title"])


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
        if match := _STATED_AT.match(line.text) or _CONSULTED.match(line.text):
            fields.meeting = squeeze(match["meeting"])
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


def _read_title(
    fields: ParsedMasthead,
    match: re.Match[str],
    lines: Sequence[Line],
    opening: TextOpening,
    head: Sequence[Line],
) -> None:
    first = lines[0]
    is_dated = _TITLED_DATE.fullmatch(match["title"]) is not None
    if match["title"][:1].islower() and not is_dated:
        return  # a sentence: "217 (VIII) of 18 March 1949, see …"
    number = re.sub(r"(?<!PRST)\s", "", match["number"])
    is_heading = (is_dated or bool(match["word"])) and _is_near_top(head, first)
    symbol = _symbol_of(match, number, head, opening, is_heading=is_heading)
    fields.title_number = fields.title_number or number
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
    if not symbol.startswith("S/RES/"):  # the Security Council gives its resolutions no title
        _read_title_text(fields, match, lines)


def _read_title_text(fields: ParsedMasthead, match: re.Match[str], lines: Sequence[Line]) -> None:
    """Read the words of a title, which may go on below its line."""
    first = lines[0]
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


def _is_near_top(head: Sequence[Line], line: Line) -> bool:
    return line in islice((above for above in head if not above.is_blank), _TOP_LINES)


def _symbol_of(
    match: re.Match[str],
    number: str,
    head: Sequence[Line],
    opening: TextOpening,
    *,
    is_heading: bool,
) -> str:
    """Return the canonical symbol of a number by its shape and the organ that opens the text."""
    letter = match["oldpart"] or match["part"] or ""
    number = number.replace(match["oldpart"], "", 1) if match["oldpart"] else number
    part = f"[{re.sub(r'[^A-Z]+', '-', letter)}]" if letter else ""
    word = (match["word"] or "").lower()
    symbol = title_symbol(number, word, head, opening, is_heading=is_heading)
    return f"{symbol}{part}" if symbol else ""


def _read_foot(fields: ParsedMasthead, foot: Sequence[Line]) -> None:
    for index, line in enumerate(foot):
        closing = CLOSING.fullmatch(line.text) or WORDED_CLOSING.fullmatch(line.text)
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


def _read_marks(fields: ParsedMasthead, text: str, *, alone: bool) -> PrintedSymbol | None:
    """Read the document system's trailer and the masthead, wherever the conversion put them.

    Returns:
        The symbol that the trailer states, which is that of the whole document.
    """
    issued, agenda, job, printed_job = _printed_marks(text)
    if issued:
        fields.issued = read_day(issued["date"])
    if issued and fields.issued:
        fields.found["issued"] = Span(start=issued.start("date"), end=issued.end("date"))
    if agenda:
        fields.agenda_items = tuple(_agenda_items(agenda["items"]))
        start, end = agenda.span("items")
        fields.found["agenda_items"] = Span(start=start, end=end)
    if match := job:
        fields.job_number = match["job"]
        fields.language = LANGUAGE_OF_LETTER.get(match["job"][-1], "en")
        fields.found["job_number"] = Span(start=match.start("job"), end=match.end("job"))
    if printed_job:
        fields.printed_job_number = printed_job["job"]
    trailer = _TRAILER_SYMBOL.search(text) if alone and _TRAILER in text else None
    if trailer is None or not (symbols := find_symbols(trailer["symbol"])):
        return None
    reading = read_series_symbol(symbols[0].symbol)
    span = Span(start=trailer.start("symbol"), end=trailer.end("symbol"))
    return PrintedSymbol(symbols[0].symbol, reading.series if reading else None, span)


@lru_cache(maxsize=1)  # one document may hold many resolutions
def _printed_marks(text: str) -> tuple[re.Match[str] | None, ...]:
    """Return where a document prints its day of issue, agenda items and job numbers."""
    job = _JOB.search(text) if _TRAILER in text else None
    return _ISSUED.search(text), _AGENDA.search(text), job, _PRINTED_JOB.search(text)


def _agenda_items(printed: str) -> Iterable[str]:
    """Yield each item of "20 (b)", "13 and 115" or "9, 23 (a) and 140"."""
    for match in re.finditer(r"\d{1,3}(?:\.\d{1,2})?(?: \([a-z]{1,2}\))*", printed):
        yield match[0]


def _keep(fields: ParsedMasthead, name: str, line: Line) -> None:
    lead = len(line.text) - len(line.text.lstrip())
    fields.found[name] = Span(start=line.start + lead, end=line.start + len(line.text.rstrip()))
