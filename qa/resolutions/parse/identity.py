"""Which document a text is: the symbol that its own masthead, title line or file name states.

Each of them is evidence; a symbol that the text only cites is none. The evidence must agree with
the organ that opens the text and with itself; where it does not, the text has no identity.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from qa.resolutions.model import Span, SymbolEvidence
from qa.resolutions.parse.line_patterns import HEADER, OPENER
from qa.resolutions.parse.lines import Line
from qa.resolutions.parse.segments import Segment
from qa.resolutions.parse.symbol_dates import fits_symbol
from qa.resolutions.parse.symbol_fields import number_of
from qa.resolutions.periods import DATE, read_day
from qa.resolutions.tables.symbol_series import (
    SymbolReading,
    SymbolSeries,
    TextKind,
    all_series,
    opener_pattern,
    read_series_symbol,
    series_opened_by,
    symbol_in_name,
    symbol_pattern,
)

_OPENING_LINES = 12  # printed lines from the first in which a text names the organ that speaks
_HEAD_LINES = 60  # lines in which a head names the organ
_MASTHEAD_WIDTH = 120  # characters: only a shorter line can be a masthead
_PRESIDENT = re.compile(
    r"President of the (?:Security Council|Human Rights Council)", re.IGNORECASE
)
_STATEMENT = re.compile(
    r"\W*(?i:(?:Statement|Note) (?:made )?by the President of the \w+ \w+(?: \w+)?)\W*"
    r"|.{0,400}the President of the .{1,40}? (?:made|read out) the following statement.*"
)
_MEETING_OPENS = re.compile(
    rf"\W*At (?:its|the) .{{3,80}}? meetings?, (?:held )?on (?:\d{{1,2}} and )?(?P<date>{DATE}),? "
)
_INLINE = re.compile(r"[\W\d]*(?i:the) (?:[A-Z][a-z]+(?:-[a-z]+)?(?:st|nd|rd|th) )?")
_DECISION = re.compile(r"\W*Decisions? (?:\S+ )?adopted by |\W*Decisions?\W*$", re.IGNORECASE)
# What a masthead prints around a symbol.
_AROUND = re.compile(
    rf"(?i:United Nations|Nations Unies|Naciones Unidas|Distr\.?|General|Limited|Restricted"
    rf"|Original|English|Advance|Unedited|Version|Copy|Page|Agenda item [\d.]+|of the|EP)(?![a-z])"
    rf"|{DATE}|\d{{2}}-\d{{5}}(?: \([A-Z]\))?|(?<![\d/])\d{{1,3}}/\d{{1,3}}(?![\d/])|[|*:\s]"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ORDINAL = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?(?:st|nd|rd|th)", re.IGNORECASE)
_PART_MARK = re.compile(r"(?P<part>[A-Z])(?:-[A-Z])?")
_OTHER_SYMBOL = re.compile(
    r"(?P<symbol>[A-Z][A-Za-z.-]*\d*(?:[/_ ][\w.()-]+)*?[/_. ](?:RES|DEC|Res|Dec)"
    r"(?:olution|ision)?s?[/_. ][\w.()-]*\d[\w()-]*)"
)
# What heads a paper that holds no adopted text.
_PAPER = re.compile(
    r"\W*(?:\w+ )?(?P<kind>report|letters?|identical letters|note|note verbale|provisional agenda"
    r"|rules of procedure)(?: (?:dated|from|by|of|on)\b.*|\W*)",
    re.IGNORECASE,
)
_PART = re.compile(r"\[[A-Z](?:-[A-Z])?\]$")


@dataclass(frozen=True, slots=True)
class TextOpening:
    """Who speaks in a text."""

    words: str = ""  # "The Conference of the Parties"; "" where no organ opens it
    series: tuple[SymbolSeries, ...] = ()  # of that organ; none of one that no table knows
    is_decision: bool = False
    adopted: date | None = None

    @property
    def is_unknown(self) -> bool:
        """True where an organ opens the text that the table of bodies does not hold."""
        return bool(self.words) and not self.series


@dataclass(frozen=True, slots=True)
class PrintedSymbol:
    """A symbol that is evidence, and where it is printed."""

    symbol: str
    series: SymbolSeries | None  # None: of no body in the table
    span: Span | None


def read_opening(segment: Segment) -> TextOpening:
    """Return who speaks in a text: its opening line, its first sentence, its head."""
    first = [line.text for line in segment.body[:_OPENING_LINES] or segment.foot[:_OPENING_LINES]]
    head = [line.text for line in segment.head]
    is_decision = any(_DECISION.match(text) for text in head)
    statements = (text for text in (*head, *first) if "resident" in text or "PRESIDENT" in text)
    statement = next((text for text in statements if _STATEMENT.match(text)), "")
    if statement and (president := _PRESIDENT.search(statement)):
        return TextOpening(president[0], series_opened_by(president[0]))
    if first and (opener := OPENER.fullmatch(first[0])):
        words = opener[0].strip(" ,\t\"'")
        return TextOpening(words, series_opened_by(words), is_decision)
    for text in first[:3]:
        meeting = _MEETING_OPENS.match(text)
        start = _INLINE.match(text, meeting.end() if meeting else 0)
        organ = opener_pattern().match(text, start.end()) if start else None
        if organ:
            series = series_opened_by(organ[0])
            if meeting is None:
                return TextOpening(organ[0], series, is_decision)
            return TextOpening(
                organ[0], series, is_decision=True, adopted=read_day(meeting["date"])
            )
    for words in _organs_of_head(head):
        return TextOpening(words, series_opened_by(words), is_decision)
    return TextOpening()


def kind_of_paper(lines: Iterable[Line]) -> str:
    """Return what a paper calls itself in its head, "report" or "letter"; "" where it does not."""
    printed = (line.text for line in lines if not line.is_blank)
    for text in islice(printed, _HEAD_LINES):
        if match := _PAPER.fullmatch(text):
            return match["kind"].lower()
    return ""


def _organs_of_head(head: Iterable[str]) -> Iterator[str]:
    """Yield the organ of "Resolution adopted by the …", or that a line of the head consists of."""
    head = tuple(head)[:_HEAD_LINES]
    for text in head:
        if HEADER.match(text) and (organ := opener_pattern().search(text)):
            yield organ[0]
    for text in head:
        if (organ := opener_pattern().search(text)) and not text[: organ.start()].strip(" \t|"):
            rest = text[organ.end() :].strip(" \t|*")
            if not rest or rest.startswith("of the"):
                yield organ[0]


def title_symbol(
    number: str, word: str, head: Sequence[Line], opening: TextOpening, *, is_heading: bool
) -> str:
    """Return the symbol that the number of a title line is of; "" where that stays open.

    Args:
        number: "61/181", "217(III)", "1/CP.21".
        word: before it, "decision"; "" where there is none.
        head: the lines above the text, which may name the treaty of a conference of parties.
        opening: who speaks.
        is_heading: the line is at the top of the document, and not a sentence.
    """
    is_decision = word == "decision" or (not word and opening.is_decision)
    if not opening.words:
        return _symbol_of_shape(number) if is_heading else ""
    symbols: dict[TextKind, str] = {}
    for series in opening.series:
        symbol = series.read_number(number)
        if symbol and series.kind not in symbols and _fits_context(series, head):
            symbols[series.kind] = symbol
    kinds = (TextKind.DECISION,) if is_decision else (TextKind.RESOLUTION, TextKind.STATEMENT)
    if not word and TextKind.RESOLUTION not in symbols:
        kinds = (*kinds, TextKind.DECISION)
    return next((symbols[kind] for kind in kinds if kind in symbols), "")


def _fits_context(series: SymbolSeries, head: Sequence[Line]) -> bool:
    """Tell whether the head names what a series is about, where its opener does not tell."""
    if not series.context:
        return True
    return any(re.search(series.context, line.text, re.IGNORECASE) for line in head)


def _symbol_of_shape(number: str) -> str:
    """Return the symbol of a number that only one body gives, "242(1967)"; "" of any other."""
    symbols = [symbol for series in all_series() if (symbol := series.read_number(number))]
    return symbols[0] if len(symbols) == 1 else ""


def masthead_symbol(segment: Segment, opening: TextOpening) -> PrintedSymbol | None:
    """Return the symbol that lines of the masthead consist of; None of several, or where none is.

    A symbol of another organ than the one that opens the text is not its own.
    """
    margins = (*segment.head, *segment.foot)
    printed = _own(_printed_in(margins), opening)
    if not printed:
        furniture = [line for line in segment.body if "/" in line.text and line.is_furniture]
        printed = _own(_printed_in(furniture), opening)
    symbols = {_PART.sub("", match.symbol): match for match in reversed(printed)}
    return next(iter(symbols.values())) if len(symbols) == 1 else None


def _own(printed: Iterable[PrintedSymbol], opening: TextOpening) -> list[PrintedSymbol]:
    """Return the symbols that are of the organ that opens the text."""
    if opening.is_unknown:
        return [match for match in printed if match.series is None]
    return [match for match in printed if not opening.words or match.series in opening.series]


def _printed_in(lines: Iterable[Line]) -> list[PrintedSymbol]:
    """Return the symbol of each line that prints nothing else but the words of a masthead."""
    matches = []
    for line in lines:
        text = line.text
        if len(text) > _MASTHEAD_WIDTH or not ("/" in text or "." in text or "(" in text):
            continue
        for match in symbol_pattern().finditer(text):
            rest = _rest_of_masthead(text[: match.start()], text[match.end() :])
            reading = read_series_symbol(match[0])
            if rest is None or reading is None:
                continue
            span = Span(start=line.start + match.start(), end=line.start + match.end())
            matches.append(PrintedSymbol(f"{reading.symbol}{rest}", reading.series, span))
        if (other := _OTHER_SYMBOL.fullmatch(text.strip())) and not read_series_symbol(text):
            span = Span(start=line.start, end=line.end)
            matches.append(PrintedSymbol(other["symbol"], None, span))
    return matches


def _rest_of_masthead(before: str, after: str) -> str | None:
    """Return the part that follows a symbol, "[B]" or ""; None where a line says something else."""
    before, after = (
        _AROUND.sub("", opener_pattern().sub("", _GLUED.sub(" ", text))).strip()
        for text in (before, after)
    )
    if before and not _ORDINAL.fullmatch(before):
        return None
    part = _PART_MARK.fullmatch(after)
    if after and not part:
        return None
    return f"[{part['part']}]" if part and len(after) == 1 else ""


@dataclass(frozen=True, slots=True)
class IdentityClues:
    """What is evidence for the symbol of one text."""

    opening: TextOpening
    title: str  # symbol of the title line; ""
    number: str  # of a title line; ""
    title_span: Span | None
    masthead: PrintedSymbol | None
    file: str  # its name
    adopted: date | None
    alone: bool  # the file holds no other text


@dataclass(frozen=True, slots=True)
class Identity:
    """The symbol of a text, or why it has none."""

    symbol: str = ""
    evidence: SymbolEvidence = SymbolEvidence.FILE_NAME
    span: Span | None = None  # where it is printed
    problem: str = ""
    is_conflict: bool = False
    remark: str = ""  # on a symbol that was chosen over another


def identify(clues: IdentityClues) -> Identity:
    """Return the symbol on which the evidence agrees, or why there is none."""
    opening, title, masthead = clues.opening, clues.title, clues.masthead
    named = symbol_in_name(_base_name(clues.file))
    of_name = named.symbol if named and _agrees(named, clues) else ""
    if masthead and title and not _same(masthead.symbol, title):
        return _settle(clues, {"masthead": masthead.symbol, "title line": title}, of_name)
    printed = title or (masthead.symbol if masthead else "")
    span = clues.title_span if title else masthead.span if masthead else None
    if printed and of_name and not masthead and _contradict(printed, of_name, clues.alone):
        return _settle(clues, {"title line": printed}, of_name)
    if printed:
        both = bool(title and masthead)
        single = SymbolEvidence.TITLE if title else SymbolEvidence.MASTHEAD
        return Identity(printed, SymbolEvidence.MASTHEAD_AND_TITLE if both else single, span)
    if of_name:
        return Identity(of_name)
    if opening.is_unknown and (other := _other_symbol(clues.file)):
        return Identity(other)
    return Identity(problem=_no_symbol(opening, named))


def published_identity(stated: str, title: str, file: str) -> Identity:
    """Return the identity of XML as it is published, whose symbol may be mistyped in it.

    Args:
        stated: the symbol that the XML states.
        title: the one on its title line; "".
        file: its name, which its publisher gave it too.
    """
    named = symbol_in_name(_base_name(file))
    if named is None or _same(named.symbol, stated):
        return Identity(stated, SymbolEvidence.CATALOGUE)
    if title and _same(title, named.symbol):
        remark = f"it is read as {title}, as its title line and its file name say, not as {stated}."
        return Identity(title, SymbolEvidence.CATALOGUE, remark=remark)
    problem = (
        f"its XML states {stated} and its file name states {named.symbol}; correct the wrong one, "
        "then build again."
    )
    return Identity(problem=problem, is_conflict=True)


def symbol_of_draft(symbol: str | None) -> PrintedSymbol | None:
    """Return the symbol that the pages of a file bear in their mastheads."""
    if symbol is None:
        return None
    reading = read_series_symbol(symbol)
    series = reading.series if reading else None
    return PrintedSymbol(reading.symbol if reading else symbol, series, None)


def _agrees(named: SymbolReading, clues: IdentityClues) -> bool:
    """Tell whether the organ that speaks, or else the number of the title, is that of a name."""
    if clues.opening.words:
        return named.series in clues.opening.series
    symbol = named.series.read_number(clues.number)
    return symbol is not None and _same(symbol, named.symbol)


def _settle(clues: IdentityClues, printed: dict[str, str], of_name: str) -> Identity:
    """Return the one symbol that the date allows, or that two of three state; else a conflict."""
    symbols = printed | ({"file name": of_name} if of_name else {})
    possible = {
        place: symbol
        for place, symbol in symbols.items()
        if fits_symbol(symbol, clues.adopted) is not False
    }
    for place, symbol in possible.items():
        others = [other for other in possible if not _same(possible[other], symbol)]
        agreeing = sum(_same(other, symbol) for other in symbols.values())
        if not others or (agreeing > 1 and len(symbols) > agreeing):
            span = clues.title_span if place == "title line" else None
            if place == "masthead" and clues.masthead:
                span = clues.masthead.span
            rest = ", ".join(
                f"{other} on its {where}"
                for where, other in symbols.items()
                if not _same(other, symbol)
            )
            remark = f"it is read as {symbol}, as its {place} and its date say, not as {rest}."
            return Identity(symbol, SymbolEvidence.TITLE, span, remark=remark)
    stated = " and ".join(f"its {place} states {symbol}" for place, symbol in symbols.items())
    return Identity(problem=f"{stated}; correct the wrong one, then build again.", is_conflict=True)


def _contradict(printed: str, of_name: str, alone: bool) -> bool:
    """Tell whether the name of a file contradicts a title line in it.

    A file of several texts is named after one of them: its name contradicts a title only with the
    same number in another session or year.
    """
    if _same(printed, of_name):
        return False
    return alone or number_of(printed) == number_of(of_name)


def _same(first: str, second: str) -> bool:
    """Tell whether two symbols are of one document, its parts left out."""
    return _PART.sub("", first).casefold() == _PART.sub("", second).casefold()


def _base_name(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", maxsplit=1)[-1]


def _other_symbol(file: str) -> str:
    """Return the symbol in the name of a file of a body that the table does not hold."""
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", _base_name(file))
    match = _OTHER_SYMBOL.fullmatch(stem)
    return re.sub(r"[_ ]", "/", match["symbol"]) if match else ""


def _no_symbol(opening: TextOpening, named: SymbolReading | None) -> str:
    """Return why a text has no symbol, and what to do."""
    if named and opening.words:
        return (
            f"its file name states {named.symbol}, of the {named.series.name}, but "
            f'"{opening.words}" opens the text; name the file after its own symbol.'
        )
    return (
        "no symbol of its own is printed in it, and its file name states none; name the file "
        "after its symbol, such as A_RES_61_181.txt, then build again."
    )
