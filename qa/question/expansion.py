"""Short names and everyday words, expanded to the words that resolutions print."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from qa.resolutions.tables.read_tables import rows

_WORD = re.compile(r"\w+")
_MIN_LIKENESS = 90  # ratio of two spellings of a name: "Co-operation", "Cooperation"


class _Name(NamedTuple):
    """A name as people type it, and as resolutions print it."""

    typed: str  # in lower case if its case does not matter
    has_case: bool
    printed: str

    @property
    def is_printed(self) -> bool:
        """Whether people type it as resolutions print it."""
        return self.typed == self.printed.lower()


class _Match(NamedTuple):
    """An occurrence of a known name in a text."""

    start: int
    end: int
    printed: str | None  # None if typed as printed
    is_short_name: bool = False  # it is the same thing, not only a word for it: "AMR"


class NameExpansion:
    """The known names of a collection: those of the tables, and those that its texts explain.

    The tables are tables/acronyms.tsv and tables/everyday.tsv. If a text explains a short name of
    a table differently, the table wins.
    """

    def __init__(self, explained: Mapping[str, str] | None = None) -> None:
        pairs = [(row["short"], row["full"]) for row in rows("acronyms")]
        explained = explained or {}
        self._by_first_word = _by_first_word(tuple(explained.items()))
        self._short: dict[str, tuple[str, ...]] = {}  # short names by full names in lower case
        for short, full in (*pairs, *explained.items()):
            known = self._short.get(full.lower(), ())
            self._short[full.lower()] = tuple(dict.fromkeys((*known, short)))
        self._same = _names_of_one_thing(pairs, explained)
        # Questions and topics are matched several times each.
        self._matches = lru_cache(maxsize=1_000)(lambda text: tuple(self._find(text)))

    def expand(self, text: str) -> str:
        """Return `text` with short names and everyday words replaced by the printed words."""
        return self._with_printed(text, self._matches(text))

    def expand_short(self, text: str) -> str:
        """Return `text` with short names alone replaced by the full ones: "AMR" and its like."""
        return self._with_printed(
            text, (each for each in self._matches(text) if each.is_short_name)
        )

    @staticmethod
    def _with_printed(text: str, matches: Iterable[_Match]) -> str:
        pieces: list[str] = []
        last = 0
        for match in matches:
            if match.printed is not None:
                pieces += text[last : match.start], match.printed
                last = match.end
        return "".join((*pieces, text[last:]))

    def short_names(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the short names in `text`, each with its full name."""
        named = (each for each in self._matches(text) if each.is_short_name)
        return tuple((text[each.start : each.end], each.printed or "") for each in named)

    def expansions(self, text: str) -> tuple[str, ...]:
        """Return the printed words for the short names and everyday words in `text`."""
        return tuple(dict.fromkeys(match.printed for match in self._matches(text) if match.printed))

    def expanded_phrases(self, text: str) -> tuple[str, ...]:
        """Return the known short names and everyday words in `text`."""
        known = (text[start:end] for start, end, printed, _ in self._matches(text) if printed)
        return tuple(dict.fromkeys(known))

    def short_of(self, text: str) -> tuple[str, ...]:
        """Return the short names of the full names in `text`."""
        full = (
            text[start:end] for start, end, printed, _ in self._matches(text) if printed is None
        )
        return tuple(
            dict.fromkeys(short for name in full for short in self._short.get(name.lower(), ()))
        )

    def matches(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        """Yield the known names in `text` by their ends, each with the printed words for it.

        These are None where the name is typed as resolutions print it.
        """
        yield from ((match.start, match.end, match.printed) for match in self._matches(text))

    def units(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Return the units of a text in order: each known name with its other names, each word.

        "UNFICYP renewals" gives the short and full names of UNFICYP, then "renewals".
        """
        units: list[tuple[str, ...]] = []
        last = 0
        for start, end, printed, _ in (*self._matches(text), _Match(len(text), len(text), None)):
            units += ((word,) for word in re.findall(r"\w+(?:[-'’]\w+)*", text[last:start]))
            typed = text[start:end]
            if typed:
                same = (typed, *((printed,) if printed else ()))
                every = (name for form in same for name in self.names_of(form))
                units.append(tuple(dict.fromkeys(every)))
            last = end
        return tuple(units)

    def names_of(self, name: str) -> tuple[str, ...]:
        """Return `name` and, where it is known, the other names of the same thing.

        Full names come before short ones. Each name of a thing gives the same names.
        """
        folded = name.casefold()
        same = self._same.get(name) or self._same.get(folded, ())
        return (name, *(other for other in same if other.casefold() != folded))

    def _find(self, text: str) -> Iterator[_Match]:
        """Yield the known names in `text`, in order.

        Of names with the same start, the longest matches: "UN chief", not "UN". A name that is
        typed as printed is skipped whole: "Food and Agriculture Organization" is not about food.
        """
        last = 0
        for word in re.finditer(r"\b\w+", text):
            start = word.start()
            if start < last:
                continue
            for name in self._by_first_word.get(word[0].lower(), ()):
                end = start + len(name.typed)
                typed = text[start:end]
                is_same = name.typed == (typed if name.has_case else typed.lower())
                if is_same and not _continues(text, end):
                    last = end
                    printed = None if name.is_printed else name.printed
                    yield _Match(start, end, printed, is_short_name=name.has_case)
                    break


@cache
def table_names() -> NameExpansion:
    """Return the names of the tables, for a question without a collection."""
    return NameExpansion()


def _continues(text: str, index: int) -> bool:
    """Return whether a word continues at `index`."""
    return re.match(r"\w", text[index : index + 1]) is not None


def _names_of_one_thing(
    pairs: Iterable[tuple[str, str]], explained: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Map each name of a thing to all its names: short ones also casefolded, full ones casefolded.

    A short name belongs to one thing. If a text explains a short name of the table, its full name
    is another spelling ("Organization for Economic Cooperation and Development") or unrelated.
    """
    full_of: dict[str, str] = {}
    spellings: dict[str, dict[str, str]] = {}  # full names by the first of them, casefolded
    for short, full in (*pairs, *explained.items()):
        first = full_of.setdefault(short, full)
        if fuzz.ratio(first.casefold(), full.casefold()) >= _MIN_LIKENESS:
            spellings.setdefault(first.casefold(), {}).setdefault(full.casefold(), full)
    by_full: dict[str, list[str]] = {}
    for short, full in full_of.items():
        by_full.setdefault(full.casefold(), []).append(short)
    same: dict[str, tuple[str, ...]] = {}
    for first, shorts in by_full.items():
        names = (*spellings[first].values(), *shorts)
        for short in shorts:
            same[short] = names
            same.setdefault(short.casefold(), names)
        for full in spellings[first]:
            same.setdefault(full, names)
    return same


@lru_cache(maxsize=2)  # an index that is opened again explains the same names
def _by_first_word(explained: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[_Name, ...]]:
    """Map the first word of each known name to the names with it, longest first.

    Of equal names the first wins: the tables come before what texts explain.
    """
    pairs = [(row["short"], row["full"]) for row in rows("acronyms")]
    names = [_Name(short, has_case=True, printed=full) for short, full in pairs]
    names += [
        _Name(form.lower(), has_case=False, printed=row["printed"])
        for row in rows("everyday")
        for form in row["everyday"].split("|")
    ]
    typed = {name.typed for name in names}
    names += [
        _Name(short, has_case=True, printed=full) for short, full in explained if short not in typed
    ]
    printed = [full for _, full in pairs] + [row["name"] for row in rows("actors")]
    printed += [name for row in rows("aliases") for name in row["names"].split("|")]
    names += [_Name(full.lower(), has_case=False, printed=full) for full in printed if " " in full]
    names += [_Name(full.lower(), has_case=False, printed=full) for _, full in explained]
    by_first: dict[str, list[_Name]] = {}
    for name in sorted(names, key=lambda name: -len(name.typed)):
        by_first.setdefault(_first_word(name.typed), []).append(name)
    return {word: tuple(names_with_it) for word, names_with_it in by_first.items()}


def _first_word(name: str) -> str:
    word = _WORD.search(name.lower())
    return word[0] if word else ""
