"""Symbols in the forms of style guides, addresses and templates: "S.C. Res. 1325", "undocs.org/…".

Each form is a named pattern with a reader. A form of another body names a document too: it is cited
by its own name and never by the number of a resolution of the United Nations that looks alike.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from qa.resolutions.cite.grammar import TYPED
from qa.resolutions.cite.numbers import roman_number
from qa.resolutions.cite.other_bodies import ABBREVIATED, OTHER_BODIES
from qa.resolutions.cite.sessions import (
    assembly_session,
    fits_session,
    is_security_council,
    security_council_year,
)
from qa.resolutions.cite.symbol_tokens import read_token
from qa.resolutions.tables.read_tables import rows

JOB_NUMBER = "job number "  # opens the name of a document that is named by its job number only

_RES = r"(?:[Rr]es(?:olution|olución|oluzione|olução)?s?|RES|R[eé]s(?:olution)?s?|[Rr]ezolucja)\.?"
_YEAR = r"(?:19[4-9]\d|20\d\d)"
_SC = (
    r"(?:(?:U\.?\s?N\.?\s?|United Nations )?(?:S\.\s?C\.|SC|Security Council)|U\.?N\.?S\.?C\.?|"
    r"Conseil de sécurité|CS|Consejo de Seguridad)"
)
_EAST_SC = r"(?:安保理|安全保障理事会|安理会|安全理事会|안보리|안전보장이사회)"
_GA = (
    r"(?:(?:U\.?\s?N\.?\s?|United Nations )?(?:G\.\s?A\.|GA|General Assembly)|U\.?N\.?G\.?A\.?|"
    r"AG(?!/RES[. ])|A\.\s?G\.)"
)
_HRC = r"(?:(?:U\.?\s?N\.?\s?)?(?:H\.\s?R\.\s?C\.|HRC|Human Rights Council)|UNHRC)"
_END = r"(?![\w/])(?!-\d)(?!\.\d)"
_NUMBERS = rf"(?P<numbers>\d{{1,4}}(?:(?:, | and |, and | & )\d{{3,4}})*){_END}"
# The year after a number: "(1974)", "of 2000", "/2000"; a date in brackets is none.
_WITH_YEAR = (
    rf"(?:\s?\((?P<year>{_YEAR})\)|(?:,? (?:of|from|de|du|от|von|del) |/|, )(?P<of>{_YEAR})(?!\d))?"
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"{}|]+|"
    r"\b(?:undocs|docs\.un|documents\.un|documents-dds-ny\.un|daccess-ods\.un|digitallibrary\.un)"
    r"\.org/[^\s<>\"{}|]+",
    re.IGNORECASE,
)
_JOB = re.compile(r"\b(?P<job>[A-Z]\d{7})(?=\.pdf|\.docx?|\b)", re.IGNORECASE)
_UN_HOST = re.compile(r"(?:https?://)?[\w.-]*\bun(?:docs|scr|hcr)?\.(?:org|com)\b|refworld\.org")


class TypedSymbol(NamedTuple):
    """A document as it was typed, with its offsets."""

    symbol: str
    start: int
    end: int
    is_loose: bool = False  # a bare number, which may be a year or a count as well


def typed_symbols(text: str, *, with_others: bool) -> Iterator[TypedSymbol]:
    """Yield the documents that `text` names in a form of people, in order; overlaps keep the first.

    Args:
        text: plain (see `grammar.plain`).
        with_others: whether documents of other bodies are given too, by their names.
    """
    taken = (0, 0)
    for match in sorted(_all(text, with_others), key=lambda match: (match.start, -match.end)):
        if match.start >= taken[1] or (match.start, match.end) == taken:
            yield match
            taken = (match.start, match.end)


def _all(text: str, with_others: bool) -> Iterator[TypedSymbol]:
    for pattern, read in (*_FORMS, *(_OTHERS if with_others else ())):
        for match in pattern.finditer(text):
            for symbol in read(match):
                is_loose = read is _unowned or (
                    read in (_as_typed, _of_abbreviation) and not _COMPOSED.search(match[0])
                )
                yield TypedSymbol(symbol, match.start(), match.end(), is_loose)


_COMPOSED = re.compile(r"\w[/.(]\w")  # "WHA66.10", "71/1": no year and no count looks like it


def _in_address(match: re.Match[str]) -> Iterator[str]:
    """Yield what an address leads to: the symbol in it, a job number, or a resolution in words.

    An address of the United Nations that says none of these names a document all the same.
    """
    address = unquote(match[0])
    named = TYPED.search(address)
    token = read_token(named[0].rstrip("."), typed=True) if named and named.lastgroup else None
    if token and token.symbols:
        yield from token.symbols[:1]
    elif job := _JOB.search(address):
        yield f"{JOB_NUMBER}{job['job'].upper()}"
    elif in_words := _IN_WORDS.search(re.sub(r"[_+/-]", " ", address)):
        yield from _named_in_words(in_words)
    elif _UN_HOST.search(address) and re.search(r"\w/\w.*\d", address):
        yield address.rstrip(".,;)")


def _named_in_words(words: re.Match[str]) -> Iterator[str]:
    """Yield the document of "Security Council Resolution 1244", "resolution 2231 2015"."""
    number, year = int(words["number"]), words["year"]
    if words["assembly"]:
        second = words["second"]
        yield f"A/RES/{number}/{second}" if second else assembly_symbol(number)
    elif words["council"] or (year and is_security_council(number, int(year))):
        yield security_council_symbol(number)


_IN_WORDS = re.compile(
    r"(?:(?P<council>Security Council Resolutions?|unscr\.com \w+ resolutions(?: doc)?)|"
    r"(?P<assembly>General Assembly Resolutions?)|\bresolution) (?P<number>\d{1,4})\b"
    rf"(?: \(?(?P<year>{_YEAR})\b| (?P<second>\d{{1,3}})\b)?",
    re.IGNORECASE,
)


def _job_number(match: re.Match[str]) -> Iterator[str]:
    """Yield the job number of "N2226533.pdf", "N0650529E" and, as printed, "06-50529 (E)"."""
    printed = match["job"] or f"N{match['year']}{match['rest']}"
    yield f"{JOB_NUMBER}{printed.upper()}"


def _statement(match: re.Match[str]) -> Iterator[str]:
    yield f"S/PRST/{match['year']}/{match['number']}"


def _security_council(match: re.Match[str]) -> Iterator[str]:
    """Yield the symbol of each number, with its year as typed or as the table has it."""
    year = match["year"] or match["of"]
    for number in re.findall(r"\d+", match["numbers"]):
        yield security_council_symbol(int(number), int(year) if year else None)


def security_council_symbol(number: int, year: int | None = None) -> str:
    """Return the symbol of a Security Council resolution; without a year if none is known."""
    year = year or security_council_year(number)
    return f"S/RES/{number}({year})" if year else f"S/RES/{number}"


def _assembly(match: re.Match[str]) -> Iterator[str]:
    """Yield the symbol of each number of the series to 1975, with its session."""
    part = match["part"]
    for number in re.findall(r"\d+", match["numbers"]):
        yield assembly_symbol(int(number)) + (f"[{part}]" if part else "")


def assembly_symbol(number: int) -> str:
    """Return the symbol of a General Assembly resolution of the series to 1975."""
    session = assembly_session(number)
    return f"A/RES/{number}({session})" if session else f"A/RES/{number}"


def _unowned(match: re.Match[str]) -> Iterator[str]:
    """Yield the document of "resolution 1325 of 2000": the organ's whose number is of that year."""
    year = int(match["year"] or match["of"] or 0)
    for printed in re.findall(r"\d+", match["numbers"]):
        number = int(printed)
        session = assembly_session(number)
        if (is_security_council(number, year) if year else security_council_year(number)) and not (
            printed in _famous() and not year
        ):
            yield security_council_symbol(number, year or None)
        elif session and (not year or fits_session(roman_number(session), year)):
            yield _famous().get(printed) or assembly_symbol(number)
        else:
            yield f"resolution {printed}" + (f" ({year})" if year else "")


def _famous() -> dict[str, str]:
    """Return the resolutions of the General Assembly that are known by their bare number."""
    return {
        name.removeprefix("resolution "): row["symbol"]
        for row in rows("aliases")
        for name in row["names"].split("|")
        if re.fullmatch(r"resolution \d+", name)
    }


def _parted(match: re.Match[str]) -> Iterator[str]:
    """Yield "217 A (III)" of "217A (III)" and "217 (III) A"."""
    part = match["before"] or match["after"]
    yield f"A/RES/{match['number']}({match['session'].upper()})[{part}]"


def _slashed(series: str) -> Callable[[re.Match[str]], Iterator[str]]:
    def read(match: re.Match[str]) -> Iterator[str]:
        yield f"{series}{match['session']}/{match['number']}"

    return read


def _spaced(match: re.Match[str]) -> Iterator[str]:
    symbol = re.sub(r"\s", "", match[0]).upper()
    if number := re.fullmatch(r"S/RES/(\d+)", symbol):
        symbol = security_council_symbol(int(number[1]))
    yield symbol


def _as_typed(match: re.Match[str]) -> Iterator[str]:
    yield " ".join(match[0].split())


def _of_abbreviation(match: re.Match[str]) -> Iterator[str]:
    """Yield "PIF resolution 12", and nothing for a number that only the UN has, or for a year."""
    council = re.fullmatch(r"(\d{1,4}) ?\((\d{4})\)", match["number"])
    is_ours = re.fullmatch(r"(?:3[1-9]|[4-9]\d)/\d{1,3}", match["number"]) or (
        council and is_security_council(int(council[1]), int(council[2]))
    )
    if not is_ours and not re.fullmatch(_YEAR, match["number"]):
        yield from _as_typed(match)


def _in_template(match: re.Match[str]) -> Iterator[str]:
    yield security_council_symbol(int(match["number"]))


def _in_infobox(match: re.Match[str]) -> Iterator[str]:
    """Yield the document of "organ=GA|session=61|number=181", in any order of the fields."""
    fields = dict(re.findall(r"(\w+)\s*=\s*([^|}\s][^|}]*?)\s*(?=[|}]|\s\w+\s*=|$)", match[0]))
    number = fields.get("resolution_number") or fields.get("number") or ""
    organ = fields.get("organ") or fields.get("body") or ""
    if "docid" in fields or "code" in fields or not number.isdecimal():
        return
    if organ in ("SC", "Security Council"):
        yield security_council_symbol(int(number))
    elif fields.get("session", "").isdecimal():
        yield f"A/RES/{fields['session']}/{number}"
    else:
        yield assembly_symbol(int(number))


def _form(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/]){pattern}", flags)


_NO = r"(?:[Nn]os?\.? ?|n[°º] ?)?"
_ADDED = r"(?:/(?:Add|Corr|Rev|Amend|L|Summary)\.? ?\d*)+"
_SLASH = rf"(?P<session>(?:S-)?\d{{1,2}})/(?P<number>\d{{1,3}}){_END}"
_SPACED = r"(?: /|/ | / )"
_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[str]]]
_FORMS: tuple[_Form, ...] = (
    (ADDRESS, _in_address),
    (
        _form(rf"(?<!E\.)(?<!E\. ){_SC}R?[\s/]*{_RES}[\s/]*{_NO}{_NUMBERS}{_WITH_YEAR}"),
        _security_council,
    ),
    (_form(rf"(?:UN)?S\.?C\.?R\.?\s?{_NO}{_NUMBERS}{_WITH_YEAR}"), _security_council),
    (
        _form(
            rf"[Ss][/_-][Rr][Ee][Ss][/_-](?P<numbers>\d{{1,4}})[/_-](?P<year>{_YEAR})(?!\d)(?P<of>)"
        ),
        _security_council,
    ),
    (
        re.compile(
            rf"{_EAST_SC}(?:的)?\s?(?:決議|决议|결의(?:안)?)?\s?[第제]?\s?(?P<numbers>\d{{1,4}})\s?"
            rf"(?:\((?P<year>{_YEAR})\))?(?P<of>)\s?(?:号|號|호)?(?:決議|决议|결의)?(?![\d/])"
        ),
        _security_council,
    ),
    (
        _form(
            r"(?:(?:S\.? ?C\.?|SC|Security Council) )?(?:(?:[Pp]residential|Pres\.?) "
            r"(?:[Ss]tatement|Stmt\.?)|S?/?PRST|[Dd]éclaration (?:du Président|présidentielle)|"
            r"[Dd]eclaración (?:del Presidente|presidencial))[ ,/]*(?:[Nn]os?\.? )?"
            r"(?P<year>19[89]\d|20\d\d)/(?P<number>\d{1,3})(?![\d/])"
        ),
        _statement,
    ),
    (
        re.compile(
            r"(?<![\w/-])(?:(?P<job>[NGVK]\d{7})[ACEFRS]?(?![\w/])(?:\.(?:pdf|docx?|xml|html?))?|"
            r"(?P<year>\d{2})-(?P<rest>\d{5}) ?\([ACEFRS]\))",
            re.IGNORECASE,
        ),
        _job_number,
    ),
    (
        _form(
            rf"{_GA}[\s/]*{_RES}[\s/]*{_NO}{_NUMBERS}(?: ?\({_YEAR}\))?"
            r"(?: (?P<part>[A-E])(?!\w))?(?! ?(?:[A-E] ?)?\([IVXLES])"
        ),
        _assembly,
    ),
    (
        _form(
            rf"(?:S[/ ]?)?(?:PRST|[Pp]residential [Ss]tatement)[\s/]*{_NO}"
            rf"(?P<session>{_YEAR})/(?P<number>\d{{1,3}}){_END}"
        ),
        _slashed("S/PRST/"),
    ),
    (_form(rf"{_GA}/RES/{_SLASH}"), _slashed("A/RES/")),
    (_form(r"A\.RES\.(?P<session>\d{1,2})\.(?P<number>\d{1,3})(?!\d)"), _slashed("A/RES/")),
    (_form(r"S\.?RES\.?(?P<numbers>\d{1,4})(?![\d/])(?P<year>)(?P<of>)"), _security_council),
    (_form(rf"{_HRC}[\s/]*{_RES}[\s/]*{_SLASH}"), _slashed("A/HRC/RES/")),
    (
        _form(
            rf"[ASE](?:{_SPACED}RES ?/ ?|/RES{_SPACED})\d{{1,4}}(?: ?/ ?\d{{1,3}})?(?![\w/])",
            re.IGNORECASE,
        ),
        _spaced,
    ),
    (
        _form(
            rf"[ASE](?:/HRC)?/(?:RES|DEC)/[\w()-]+(?:/\d+)?(?: ?\[[A-Z]\])?{_ADDED}", re.IGNORECASE
        ),
        _as_typed,
    ),
    (
        _form(
            r"(?P<number>\d{1,4})(?: ?(?P<before>[A-E]))? ?\((?P<session>(?:E?S-)?[IVXLC]+)\)"
            r"(?(before)| (?P<after>[A-E])(?![\w'’])(?! [a-z]))"
        ),
        _parted,
    ),
    (
        re.compile(
            r"\{\{\s*(?:UN ?SC ?R?|(?:UN )?Security Council Resolution|UNSC resolution)\s*\|\s*"
            r"(?P<number>\d{1,4})",
            re.IGNORECASE,
        ),
        _in_template,
    ),
    (
        re.compile(
            r"\{\{[^{}]*|\b(?:number|organ|resolution_number|session|body)\s*=.*", re.DOTALL
        ),
        _in_infobox,
    ),
    (
        _form(
            rf"[Rr][eé]s(?:olution|olución|oluzione|olução|\.) {_NO}(?P<numbers>\d{{2,4}}){_END}"
            rf"(?! ?\([IVXLCES\d])(?! [A-E] \()(?! ?[-/] ?\d)(?!,\d){_WITH_YEAR}"
        ),
        _unowned,
    ),
)
_OTHERS: tuple[_Form, ...] = (
    *((pattern, _as_typed) for pattern in OTHER_BODIES),
    (ABBREVIATED, _of_abbreviation),
)
