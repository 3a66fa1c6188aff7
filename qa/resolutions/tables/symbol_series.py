"""The bodies whose texts are read: the shapes of their symbols, and how their texts open.

One row of `bodies.tsv` is one series: the resolutions of a body, its decisions, its statements or
its drafts. All patterns are compiled from the forms in that table.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows


class TextKind(Enum):
    """What a body adopts; the value is the word of the table."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    STATEMENT = "statement"
    DRAFT = "draft"


_PLACEHOLDERS = {
    "session": r"(?:(?:E?S-|OS[/_])?\d{1,3}|SS\.(?:[IVX]{1,5}|\d{1,2}))",
    "item": r"\d{1,4}",
    "year": r"(?:19|20)\d\d",
    "roman": r"(?:E?S-)?[IVXLC]{1,8}",
    "committee": r"\d{1,2}",
}
_BETWEEN_NAMES = re.compile(
    r"(?:\W|(?i:the|and)\b|[A-Za-z]+(?:-[A-Za-z]+)?(?i:st|nd|rd|th)\b)*"
    r"(?:of\s+the\s+United Nations [\w ]*Programme)?\W*"
)
_DIGITS = re.compile(r"\d+")
_NUMBERS = ("item", "committee")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_REVISION = r"(?:/(?:Rev|Add|Corr)\.\d{1,2})*"
_PART = r"(?:\s?\[(?P<part>[A-Z](?:-[A-Z])?)\])?"
# What separates the members of a symbol in a file's name, where "/" and brackets cannot stand.
_IN_NAMES = {"/": r"[/_ -]", "(": r"[_ -]{0,2}\(?", ")": r"\)?", ".": r"\.?", "-": "[-_]?"}


@dataclass(frozen=True, slots=True)
class SymbolSeries:
    """The texts of one kind of one body, which are numbered in one way."""

    body: str  # letter of organs.tsv, or "other"
    name: str
    openers: tuple[str, ...]  # lower case
    kind: TextKind
    form: str  # of the symbol: "UNEP/EA.{session}/RES.{item}"
    number_form: str  # of the number in a title line; ""
    papers: str  # pattern of documents in which several texts are printed; ""
    context: str  # pattern of words in the head; ""
    cited: str  # as texts cite it

    def read_symbol(self, printed: str) -> str | None:
        """Return the canonical form of a symbol of this series; None of any other text."""
        match = _symbol_pattern(self.form, self.kind).fullmatch(printed)
        return _canonical(self.form, match) if match else None

    def read_number(self, number: str) -> str | None:
        """Return the symbol of the number in a title line; None where it is of another form."""
        match = _number_pattern(self.number_form).fullmatch(number) if self.number_form else None
        return _canonical(self.form, match) if match else None


@dataclass(frozen=True, slots=True)
class SymbolReading:
    """A symbol with the series that it belongs to."""

    symbol: str  # canonical
    series: SymbolSeries


def read_series_symbol(printed: str) -> SymbolReading | None:
    """Return the symbol that is `printed`, and nothing else; None where no series has its shape."""
    squeezed = re.sub(r"\s+", " ", printed.strip())
    for series in _with_letters_of(squeezed):
        if symbol := series.read_symbol(squeezed):
            return SymbolReading(symbol, series)
    return None


def values_of(symbol: str) -> dict[str, str]:
    """Return what a canonical symbol holds by the names of bodies.tsv: "session", "item"."""
    for series in _with_letters_of(symbol):
        if match := _symbol_pattern(series.form, series.kind).fullmatch(symbol):
            return {name: value for name, value in match.groupdict().items() if value}
    return {}


def symbol_in_name(name: str) -> SymbolReading | None:
    """Return the symbol that the name of a file states: "UNEP_EA.2_RES.14.txt"; None: none."""
    best: tuple[int, SymbolReading] | None = None
    for series in _with_letters_of(name):
        match = _name_pattern(series.form).search(name)
        if match and (best is None or len(match[0]) > best[0]):
            best = (len(match[0]), SymbolReading(_canonical(series.form, match), series))
    return best[1] if best else None


def series_opened_by(words: str) -> tuple[SymbolSeries, ...]:
    """Return the series of the bodies that `words` name: "the Sixty-sixth World Health Assembly".

    Conferences of parties adopt some texts jointly. A body whose name only holds that of another,
    "the Assembly of States Parties", is none of the table.
    """
    if not _BETWEEN_NAMES.fullmatch(opener_pattern().sub("", words)):
        return ()
    named = (" ".join(match[0].lower().split()) for match in opener_pattern().finditer(words))
    return tuple(dict.fromkeys(series for name in named for series in _by_opener()[name]))


@cache
def opener_pattern() -> re.Pattern[str]:
    """Return a pattern for the names of all bodies, the longest that fits."""
    return re.compile(rf"(?<!\w)(?i:{any_of(_by_opener(), blank=' +')})(?!\w)")


@cache
def symbol_pattern() -> re.Pattern[str]:
    """Return a pattern that finds a symbol of any series in a line, glued to "Nations" or not."""
    forms = dict.fromkeys(_symbol_shape(series.form, series.kind) for series in all_series())
    unnamed = (re.sub(r"\?P<\w+>", "?:", form) for form in forms)
    return re.compile(
        rf"(?:(?<=Nations)|(?<![A-Za-z0-9/.]))(?:{'|'.join(unnamed)})(?![0-9/])", re.IGNORECASE
    )


@cache
def all_series() -> tuple[SymbolSeries, ...]:
    """Return the series of `bodies.tsv` in its order."""
    return tuple(
        SymbolSeries(
            body=row["body"],
            name=row["name"],
            openers=tuple(opener.lower() for opener in row["opener"].split("|")),
            kind=TextKind(row["kind"]),
            form=row["symbol"],
            number_form=row["number"],
            papers=row["papers"],
            context=row["context"],
            cited=row["cited"],
        )
        for row in rows("bodies")
    )


@cache
def _by_opener() -> dict[str, tuple[SymbolSeries, ...]]:
    openers: dict[str, tuple[SymbolSeries, ...]] = {}
    for series in all_series():
        for opener in series.openers:
            openers[opener] = (*openers.get(opener, ()), series)
    return openers


def _with_letters_of(text: str) -> tuple[SymbolSeries, ...]:
    """Return the series whose symbols have all their letters in `text`; others need no pattern."""
    return _with_letters(_DIGITS.sub("0", text.casefold()))


@lru_cache(maxsize=4096)  # names of files differ in their numbers alone
def _with_letters(folded: str) -> tuple[SymbolSeries, ...]:
    return tuple(
        series for series, letters in _letters() if all(word in folded for word in letters)
    )


@cache
def _letters() -> tuple[tuple[SymbolSeries, tuple[str, ...]], ...]:
    return tuple(
        (series, tuple(re.findall(r"[a-z]+", _PLACEHOLDER.sub("/", series.form).casefold())))
        for series in all_series()
    )


@cache
def _symbol_pattern(form: str, kind: TextKind) -> re.Pattern[str]:
    return re.compile(_symbol_shape(form, kind), re.IGNORECASE)


@cache
def _name_pattern(form: str) -> re.Pattern[str]:
    shape = _compiled(form, _IN_NAMES)
    return re.compile(rf"(?<![A-Za-z0-9.]){shape}{_PART}(?![0-9A-Za-z])", re.IGNORECASE)


@cache
def _number_pattern(form: str) -> re.Pattern[str]:
    return re.compile(_compiled(form, {}))


def _symbol_shape(form: str, kind: TextKind) -> str:
    shape = _compiled(form, {"(": r"\s?\("}).replace(r"RES\.", "RES[./]")
    revision = f"(?P<revision>{_REVISION})" if kind is TextKind.DRAFT else ""
    return f"{shape}{revision}{_PART}"


def _compiled(form: str, special: dict[str, str]) -> str:
    """Return the pattern of a form; `special` gives that of some of its characters."""
    parts = _PLACEHOLDER.split(form)
    pieces: list[str] = []
    for literal, name in zip(parts[::2], (*parts[1::2], ""), strict=True):
        pieces += (special.get(letter, re.escape(letter)) for letter in literal)
        if name:
            zeros = "0{0,3}" if name in _NUMBERS else ""
            pieces.append(rf"{zeros}(?P<{name}>{_PLACEHOLDERS[name]})")
    return "".join(pieces)


def _canonical(form: str, match: re.Match[str]) -> str:
    """Return the canonical symbol of a form with the values of a match."""
    values = match.groupdict()
    symbol = _PLACEHOLDER.sub(lambda place: _plain(place[1], values[place[1]]), form)
    part = f"[{values['part']}]" if values.get("part") else ""
    return f"{symbol}{(values.get('revision') or '').title()}{part}"


def _plain(name: str, value: str) -> str:
    """Return a value without zeros before it, letters in capitals."""
    if name in _NUMBERS:
        return str(int(value))
    return value.upper().replace("_", "/")
