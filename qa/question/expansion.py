"""Short names and everyday words, put as resolutions print them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from qa.resolutions.tables.read_tables import rows


class NameExpansion:
    """Short names and everyday words, with the words that resolutions print for them.

    Those of tables/acronyms.tsv and tables/everyday.tsv, and after them those that the texts
    themselves explain.
    """

    def __init__(self, explained: Mapping[str, str] | None = None) -> None:
        self._by_first = _by_first_word(explained or {})
        self._short: dict[str, tuple[str, ...]] = {}  # short names by full ones in small letters
        rest = [(short, full) for short, full in (explained or {}).items()]
        for short, full in (*((row["short"], row["full"]) for row in rows("acronyms")), *rest):
            known = self._short.get(full.lower(), ())
            self._short[full.lower()] = tuple(dict.fromkeys((*known, short)))
        # A question, its topic and their words are looked through several times each.
        self._known = lru_cache(maxsize=1_000)(lambda text: tuple(self._find(text)))

    def expand(self, text: str) -> str:
        """Return `text` with short names and everyday words in the words that are printed."""
        pieces: list[str] = []
        at = 0
        for start, end, printed in self._known(text):
            if printed is not None:
                pieces += text[at:start], printed
                at = end
        return "".join((*pieces, text[at:]))

    def expansions(self, text: str) -> tuple[str, ...]:
        """Return the printed words that stand for short names and everyday words of `text`."""
        return tuple(dict.fromkeys(printed for _, _, printed in self._known(text) if printed))

    def expanded_phrases(self, text: str) -> tuple[str, ...]:
        """Return the short names and everyday words of `text` that are known."""
        known = (text[start:end] for start, end, printed in self._known(text) if printed)
        return tuple(dict.fromkeys(known))

    def short_of(self, text: str) -> tuple[str, ...]:
        """Return the short names of the full names in `text`."""
        named = (text[start:end] for start, end, printed in self._known(text) if printed is None)
        return tuple(
            dict.fromkeys(short for name in named for short in self._short.get(name.lower(), ()))
        )

    def others(self, name: str) -> tuple[str, ...]:
        """Return the other names of what `name` names: its full one or its short ones."""
        folded = name.casefold()
        full = [
            printed
            for short, _, printed in self._by_first.get(_first_word(name), ())
            if short.casefold() == folded and short != printed.lower()
        ]
        return tuple(dict.fromkeys((*full, *self._short.get(name.lower(), ()))))

    def _find(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        """Yield where a known name stands in `text`, and the printed words; None if these stand.

        Of names that begin together the longest counts: "UN chief", not "UN". A name that is typed
        as it is printed is passed over whole: "Food and Agriculture Organization" is not about
        food.
        """
        at = 0
        for word in re.finditer(r"\b\w+", text):
            if word.start() < at:
                continue
            for name, case_matters, printed in self._by_first.get(word[0].lower(), ()):
                end = word.start() + len(name)
                typed = text[word.start() : end]
                if name == (typed if case_matters else typed.lower()) and not _goes_on(text, end):
                    at = end
                    yield word.start(), end, printed if name != printed.lower() else None
                    break


def expand(text: str) -> str:
    """Return `text` with the names of the tables put as they are printed."""
    return _of_tables().expand(text)


def expansions(text: str) -> tuple[str, ...]:
    """Return the printed words that stand for names of the tables in `text`."""
    return _of_tables().expansions(text)


def expanded_phrases(text: str) -> tuple[str, ...]:
    """Return the names in `text` that the tables know."""
    return _of_tables().expanded_phrases(text)


@cache
def _of_tables() -> NameExpansion:
    return NameExpansion()


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a word goes on at `at`."""
    return re.match(r"\w", text[at : at + 1]) is not None


def _by_first_word(explained: Mapping[str, str]) -> dict[str, tuple[tuple[str, bool, str], ...]]:
    """Return names, whether their case matters, and printed words, by first word, longest first.

    Of equal ones the first counts: a librarian's table before what texts explain.
    """
    known = [(row["short"], True, row["full"]) for row in rows("acronyms")]
    known += [
        (form.lower(), False, row["printed"])
        for row in rows("everyday")
        for form in row["everyday"].split("|")
    ]
    typed = {name for name, _, _ in known}
    known += [(short, True, full) for short, full in explained.items() if short not in typed]
    printed = [row["full"] for row in rows("acronyms")] + [row["name"] for row in rows("actors")]
    printed += [name for row in rows("aliases") for name in row["names"].split("|")]
    known += [(name.lower(), False, name) for name in printed if " " in name]
    known += [(name.lower(), False, name) for name in explained.values()]
    by_first: dict[str, list[tuple[str, bool, str]]] = {}
    for one in sorted(known, key=lambda one: -len(one[0])):
        by_first.setdefault(_first_word(one[0]), []).append(one)
    return {first: tuple(names) for first, names in by_first.items()}


def _first_word(name: str) -> str:
    words = re.findall(r"\w+", name.lower())
    return words[0] if words else ""
