"""Document symbols as people and documents write them, and their canonical form.

The rules are those by which the United Nations numbers its texts: `N/N` is the General Assembly
since 1976, `YYYY/N` the Economic and Social Council, `N (YYYY)` the Security Council, `N (Roman)`
the Assembly to 1975; an organ that is named overrules the shape, and a date must fit the session.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = "(?:" + "|".join(MONTHS) + ")"
DATE = rf"\d{{1,2}} {MONTH} \d{{4}}"

_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "012345678901234567890123456789"
)
_LEADS = (
    r"resolutions?|decisions?|res|résolutions?|resoluci[oó]n(?:es)?|резолюци\w*|القرار|决议|"
    r"entschließung|unga|ga|un"
)

# One named pattern a shape; the first that matches at a place wins.
_SHAPES = re.compile(
    rf"""
      (?P<res>(?:A[-_/ ]?HRC|A|S|E)[-_/ ]?RES[-_/ ]
          (?P<rnum>(?:E?S-)?\d{{1,4}}(?:[-_/]\d{{1,4}}|\ ?\((?:\d{{4}}|(?:E?S-)?[IVXLC]+)\))?)
          (?:\ ?\[(?P<rpartb>[A-Z](?:-[A-Z])?)\]|\ ?(?P<rpart>[A-Z](?:-[A-Z])?)(?![A-Za-z]))?)
    | (?P<dec>A/DEC/(?P<dnum>\d{{1,2}}/\d{{1,4}}))
    | (?-i:(?<![A-Za-z])(?P<doc>[A-Z]{{1,6}}(?:/[A-Z0-9](?:[A-Za-z0-9.]|-(?=[A-Z0-9]))*
          (?:\ ?\((?:Part|Vol|Sect)\.?\ ?[IVX\d]+\))?)+))
    | (?<![\w/.])(?P<special>E?S-[\dIVX]{{1,4}})/(?P<specialnum>\d{{1,3}})(?![\d/])
    | (?<![A-Za-z0-9/.,])(?P<year>(?:19|20)\d\d)/(?P<yearnum>\d{{1,3}})(?![\d/])
    | (?<![A-Za-z0-9/.])(?P<session>\d{{1,2}})/(?P<num>\d{{1,3}})(?![\d/])
          (?:\ (?P<part>[A-Z](?:(?:,\ [A-Z])*\ and\ [A-Z]|\ to\ [A-Z]|-[A-Z])?)(?![A-Za-z'’]))?
    | (?<![\w/.])(?P<scnum>\d{{1,4}})\ ?\((?P<scyear>19[4-9]\d|20\d\d)\)
    | (?<![\w/.])(?P<oldnum>\d{{1,4}})(?:\ (?P<oldpart>[A-Z]))?\ ?\((?P<roman>(?:E?S-)?[IVXLC]+)\)
    | (?:\b(?:SCR|UNSCR|Security\ Council\ [Rr]esolutions?|UNSC\ [Rr]es(?:olution)?s?\.?)\ ?)
          (?P<scbare>\d{{1,4}})(?![\d/])(?:\ ?\((?P<scbareyear>19[4-9]\d|20\d\d)\))?
    | \b(?:{_LEADS})\.?\ (?P<hyphen>\d{{1,2}}\ ?(?:-|\ /\ ?|/\ )\ ?\d{{1,3}})(?![\d/-])
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Which organ a text says that a number belongs to, nearest first; None: an organ without symbols.
_OWNERS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), series)
    for pattern, series in (
        (r"Commission on Human Rights", "E/CN.4/RES/"),
        (r"Human Rights Council|\bHRC\b", "A/HRC/RES/"),
        (r"Economic and Social Council|\bECOSOC\b", "E/RES/"),
        (r"Security Council|\bUNSC\b|\bSCR\b", "S/RES/"),
        (r"General Assembly|\bUNGA\b|\bGA\b|\bG\.A\.", "A/RES/"),
        (
            (
                r"League of Arab States|Conference of the (?:States )?Parties|Governing Council|"
                r"Commission (?:on|for) (?!Human Rights)[A-Z]|Economic Commission|Executive Board|"
                r"World Health Assembly|General Conference|Environment Assembly"
            ),
            None,
        ),
    )
)
_OWNER_REACH = 90  # characters before a number within which an organ is taken to own it


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolFound:
    """A document symbol met in a text."""

    symbol: str  # canonical, "A/RES/61/181", "S/RES/1325(2000)"; "S/RES/1325" without a year
    start: int
    end: int
    bare: bool = False  # a number alone, without a word that says it is a resolution


def plain_digits(text: str) -> str:
    """Return `text` with Arabic-Indic and full-width digits as 0 to 9, each in its place."""
    return text.translate(_DIGITS)


def find_symbols(text: str, *, organ: str = "A") -> tuple[SymbolFound, ...]:
    """Return the document symbols in `text`, in order; a list under one number gives each.

    Args:
        text: a question or a passage.
        organ: letter of the adopting organ, which owns "its resolution".
    """
    return tuple(found for found, _ in _scan(plain_digits(text), organ))


def fits_session(session: int, year: int) -> bool:
    """Tell whether a General Assembly resolution of `session` can be of `year`.

    Source: a session opens in September of 1945 + its number and ends a year later; measured on
    16,047 official links, all exceptions being errors of the links.
    """
    return year - (1945 + session) in (0, 1)


def _scan(text: str, organ: str) -> Iterator[tuple[SymbolFound, str | None]]:
    """Yield each symbol with the series that owns it."""
    carried: str | None = None
    last_end = -1
    for match in _SHAPES.finditer(text):
        in_list = last_end >= 0 and _is_list_glue(text[last_end : match.start()])
        owner = _named_owner(text, match.start(), last_end if in_list else -1)
        if owner == "":
            owner = carried if in_list else ""
        carried, last_end = owner, match.end()
        for symbol in _canonical(match, text, owner, organ):
            yield (
                SymbolFound(
                    symbol=symbol,
                    start=match.start(),
                    end=match.start() + len(match[0].rstrip(".")),
                    bare=_is_bare(match, text),
                ),
                owner,
            )


def _is_list_glue(gap: str) -> bool:
    gap = re.sub(DATE, "", gap)
    return bool(re.fullmatch(r"[\s,;&]*(?:of\s*)?[\s,;&]*(?:and|or|to|y|et)?\s*", gap))


def _named_owner(text: str, start: int, after: int) -> str | None:
    """Return the series of the organ named nearest before `start`; "" where none is named."""
    window = text[max(0, after, start - _OWNER_REACH) : start]
    window = re.split(r"(?<=[a-z]{4})[;.] ", window)[-1]
    best, where = "", -1
    for pattern, series in _OWNERS:
        for match in pattern.finditer(window):
            if match.end() > where:
                best, where = series if series is not None else "none", match.end()
    if best and not re.search(
        r"resolutions?|decisions?|\bres\b|\bin its\b|^\W*$", window[where:], re.I
    ):
        return ""
    return None if best == "none" else best


def _is_bare(match: re.Match[str], text: str) -> bool:
    if match["num"] is None:
        return False
    before = text[max(0, match.start() - 25) : match.start()]
    return not re.search(rf"(?:{_LEADS}|第)\.?\W*$", before, re.IGNORECASE)


def _canonical(match: re.Match[str], text: str, owner: str | None, organ: str) -> Iterator[str]:
    """Yield the canonical symbols that one match stands for; nothing where the owner is unknown."""
    if match["res"]:
        yield from _explicit(match)
    elif match["dec"]:
        yield f"A/DEC/{match['dnum']}"
    elif match["doc"]:
        yield from _document(match["doc"])
    elif match["scnum"]:
        yield f"S/RES/{match['scnum']}({match['scyear']})"
    elif match["scbare"]:
        year = f"({match['scbareyear']})" if match["scbareyear"] else ""
        yield f"S/RES/{match['scbare']}{year}"
    elif match["hyphen"]:
        yield "A/RES/{}/{}".format(*re.findall(r"\d+", match["hyphen"]))
    elif owner is not None:
        yield from _owned(match, text, owner, organ)


def _owned(match: re.Match[str], text: str, owner: str, organ: str) -> Iterator[str]:
    """Yield the symbols of a number that several organs use; `owner` is "" if none is named."""
    if match["special"]:
        yield f"{owner or 'A/RES/'}{match['special'].upper()}/{match['specialnum']}"
    elif match["year"]:
        prefix = owner if owner == "E/CN.4/RES/" else "E/RES/"
        yield f"{prefix}{match['year']}/{match['yearnum']}"
    elif match["oldnum"]:
        roman = match["roman"].upper()
        part = f"[{match['oldpart'].upper()}]" if match["oldpart"] else ""
        # Sessions of the Assembly before 1976 end with XXX; ECOSOC went on to LXIII.
        prefix = "E/RES/" if "L" in roman or owner == "E/RES/" else "A/RES/"
        yield f"{prefix}{match['oldnum']}({roman}){part}"
    else:
        yield from _assembly(match, text, owner, organ)


def _explicit(match: re.Match[str]) -> Iterator[str]:
    head = re.split(r"RES", match["res"], maxsplit=1, flags=re.IGNORECASE)[0]
    body = "A/HRC/RES/" if "HRC" in head.upper() else f"{head[0].upper()}/RES/"
    number = re.sub(r"\s", "", match["rnum"]).upper()
    if not number.startswith(("S-", "ES-")):
        number = re.sub(r"[-_]", "/", number)
    parts = match["rpartb"] or match["rpart"]
    if match["rpart"] and not match["rpart"].isupper():
        parts = None
    yield from _with_parts(f"{body}{number}", parts)


def _assembly(match: re.Match[str], text: str, owner: str, organ: str) -> Iterator[str]:
    """Yield the symbols of "61/181 A and B", of the Assembly or the Human Rights Council."""
    series = "DEC" if _says_decision(text, match.start()) else "RES"
    number = f"{match['session']}/{match['num']}"
    if number == "24/7" and _is_bare(match, text):
        return  # round the clock
    prefix = {"A/HRC/RES/": f"A/HRC/{series}/"}.get(owner, f"A/{series}/")
    dated = re.match(rf"(?: [A-Z])? of (?P<date>{DATE})", text[match.end() :])
    if prefix.startswith("A/HRC") or (not owner and organ == "HRC"):
        prefix = f"A/HRC/{series}/"
    elif dated and not fits_session(int(match["session"]), int(dated["date"][-4:])):
        # 54/18 of 2023 is the Human Rights Council's: the Assembly's 54th session was 1999-2000.
        if "Human Rights Council" not in text:
            return
        prefix = f"A/HRC/{series}/"
    part = match["part"] if match["part"] and match["part"][0].isupper() else None
    yield from _with_parts(f"{prefix}{number}", part)


def _with_parts(symbol: str, parts: str | None) -> Iterator[str]:
    """Yield one symbol a part: "A and B", "A to C", "A-B"."""
    if not parts:
        yield symbol
        return
    letters = re.findall(r"[A-Z]", parts)
    if re.search(r" to |-", parts) and len(letters) == 2:
        letters = [chr(code) for code in range(ord(letters[0]), ord(letters[1]) + 1)]
    for letter in letters:
        yield f"{symbol}[{letter}]"


def _document(printed: str) -> Iterator[str]:
    """Yield document symbols; `A/56/402-E/2001/105` is one document with two of them."""
    if not re.search(r"\d", printed) or not re.match(r"[A-Z]", printed):
        return
    for symbol in re.split(r"-(?=[A-Z]{1,4}/)", printed):
        yield re.sub(r"\s", "", symbol).rstrip(".")


def _says_decision(text: str, start: int) -> bool:
    words = re.findall(r"resolution|decision", text[max(0, start - _OWNER_REACH) : start], re.I)
    return bool(words) and words[-1].lower() == "decision"


def without_part(symbol: str) -> str:
    """Return `symbol` without the letter of its part: "A/RES/37/100[A]" gives "A/RES/37/100"."""
    return re.sub(r"\[[A-Z]\]$", "", symbol)
