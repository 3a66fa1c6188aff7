"""States by all the names that people and records use: "UK", "Ivory Coast", "TÜRKİYE", "DPRK".

A State is known by its code of ISO 3166, three letters; former States have theirs, too.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from qa.resolutions.tables.read_tables import rows, words

_INVERTED = re.compile(r"(?P<name>[^(,]+?)\s*[(,]\s*(?P<style>[^)]+?)\)?$")
_SMALL = frozenset(["and", "by", "for", "in", "of", "on", "the", "to", "with"])
_BLANK = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A State, or a group of States, that a text names."""

    codes: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=4096)
def code_of(name: str) -> str | None:
    """Return the code of the State with this name, in any case and spelling; None if unknown."""
    codes = _codes().get(fold_name(name), ())
    return codes[0] if len(codes) == 1 else None


def countries_in(text: str) -> tuple[CountryMention, ...]:
    """Return the States that a question names, in order; of overlapping names the longest."""
    return tuple(_mentions(text))


@cache
def state_name(printed: str) -> str:
    """Return the name of a State as sentences write it: "Bolivia (Plurinational State of)".

    Args:
        printed: as a record prints it, mostly in capitals.
    """
    spelt = _SPELT.get(code_of(printed) or "")
    if spelt or not printed.isupper():
        return spelt or printed
    return _first_upper(" ".join(_in_title_case(word) for word in printed.split()))


def name_of(code: str) -> str:
    """Return the short name of a State for a sentence: "the United Kingdom"."""
    name = _short_names().get(code, code)
    return f"the {name}" if code in words("states with an article") else name


@cache
def names_by_code() -> Mapping[str, tuple[str, ...]]:
    """Return all names of each State, folded: adjectives and former names, no codes."""
    names: dict[str, list[str]] = {}
    short = {fold_name(name) for name in _capitals()}
    for name, codes in _codes().items():
        if len(codes) == 1 and name not in short:
            names.setdefault(codes[0], []).append(name)
    return {code: tuple(every) for code, every in names.items()}


def fold_name(name: str) -> str:
    """Return a name for comparison: no accents, apostrophes as typed, no case, no hyphens."""
    plain = name.replace("\u2019", "'").replace("\u2018", "'").replace("ı", "i")
    decomposed = unicodedata.normalize("NFKD", plain)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _BLANK.sub(" ", letters.casefold()).strip()


# How the United Nations spells names that records print without accents, or cut.
_SPELT = {"CIV": "Côte d'Ivoire", "TUR": "Türkiye"}
_UN_NAMES = {
    "COD": "Democratic Republic of the Congo",
    "COG": "Congo",
    "KOR": "Republic of Korea",
    "PRK": "Democratic People's Republic of Korea",
    "PSE": "State of Palestine",
    "SYR": "Syrian Arab Republic",
    "VAT": "Holy See",
    "VNM": "Viet Nam",
}


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    """Map every name of a State, folded, to its code; that of a group to several."""
    codes: dict[str, tuple[str, ...]] = {}
    for code, name in _iso_names():
        codes.setdefault(fold_name(name), (code,))
        if inverted := _INVERTED.fullmatch(name):
            short, style = inverted["name"], inverted["style"]
            for form in (short, f"{style} {short}", f"{short} ({style})"):
                codes.setdefault(fold_name(form), (code,))
    for row in rows("countries"):
        if row["code"]:
            for name in row["names"].split("|"):
                codes[fold_name(name)] = tuple(row["code"].split())
    codes[fold_name("Congo")] = ("COG",)
    codes.pop("korea", None)  # there are two
    return codes


def _iso_names() -> Iterator[tuple[str, str]]:
    """Yield the names of ISO 3166 with the codes that they belong to, present States first."""
    import pycountry

    for country in pycountry.countries:
        for kind in ("name", "common_name", "official_name"):
            if name := getattr(country, kind, None):
                yield country.alpha_3, name
    for country in pycountry.historic_countries:
        yield country.alpha_3, country.name


@cache
def _short_names() -> Mapping[str, str]:
    """Map each code to the name by which a sentence calls the State."""
    import pycountry

    names = {country.alpha_3: country.name for country in pycountry.historic_countries}
    for country in pycountry.countries:
        printed = getattr(country, "common_name", country.name)
        inverted = _INVERTED.fullmatch(printed)
        names[country.alpha_3] = inverted["name"] if inverted else printed
    return names | _SPELT | _UN_NAMES


@cache
def _capitals() -> Mapping[str, tuple[str, ...]]:
    """Map what names a State in capitals only, codes and acronyms, to its code."""
    import pycountry

    table = rows("countries")
    other = {name for row in table if not row["code"] for name in row["names"].split("|")}
    capitals: dict[str, tuple[str, ...]] = {
        code: (country.alpha_3,)
        for country in pycountry.countries
        for code in (country.alpha_2, country.alpha_3)
        if code not in other
    }
    for row in table:
        if row["code"]:
            short = (name for name in row["names"].split("|") if name.isupper() and name.isalpha())
            capitals |= dict.fromkeys(short, tuple(row["code"].split()))
    return capitals


@cache
def _name_pattern() -> re.Pattern[str]:
    """Return a pattern for the folded names of States, the longest first."""
    lower = {
        fold_name(name)
        for row in rows("countries")
        for name in row["names"].split("|")
        if name.islower()
    }
    short = {fold_name(name) for name in _capitals()} - lower
    names = sorted((name for name in _codes() if name not in short), key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in names)
    return re.compile(rf"(?<![\w/])(?:{either})(?![\w/])")


@cache
def _capital_pattern() -> re.Pattern[str]:
    codes = "|".join(sorted(_capitals(), key=len, reverse=True))
    return re.compile(rf"(?<![\w/.-])(?:{codes})(?![\w/])")


def _mentions(text: str) -> Iterator[CountryMention]:
    folded, offsets = _folded(text)
    mentions = [
        CountryMention(
            _codes()[match[0].replace("-", " ")], offsets[match.start()], offsets[match.end()]
        )
        for match in _name_pattern().finditer(folded)
    ]
    if any(letter.islower() for letter in text):
        mentions += [
            CountryMention(_capitals()[match[0]], match.start(), match.end())
            for match in _capital_pattern().finditer(text)
        ]
    last = 0
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= last:
            yield mention
            last = mention.end


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without accents and case, and the offset in `text` of each of its letters."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(text):
        plain = letter if letter == "-" else " " if letter.isspace() else fold_name(letter)
        letters.append(plain)
        offsets += [offset] * len(plain)
    return "".join(letters), [*offsets, len(text)]


def _in_title_case(word: str) -> str:
    lowered = word.lower()
    if lowered.strip("()") in _SMALL:
        return lowered
    return "".join(_first_upper(part) for part in re.split(r"([-(/])", lowered))


def _first_upper(word: str) -> str:
    return word[:1].upper() + word[1:]
