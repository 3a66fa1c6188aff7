"""One name for each addressee: listed names, and short names by what the texts explain."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from embeddings.text_analysis import stop_words
from qa.resolutions.parse.addressees import listed_name, listed_names
from qa.resolutions.tables.read_tables import rows

_DETERMINER = re.compile(r"^(?:(?:the|all|its|their|each|every|any|both)\s+)+", re.IGNORECASE)
_CLAUSE = re.compile(r",?\s+(?:that|who|which|whose|concerned|involved|present)\b.*$")
_SHORT = re.compile(r"[A-Z][A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*")
_BRACKETED = re.compile(r"\s*\((?P<short>[^)]{2,30})\)\s*$")
_ONE_WORD = re.compile(r"[A-Z][a-z]+")
_LINK = r"(?:(?:of|on|for|and|in|to)\s+(?:the\s+)?)?"
_OF_PEOPLE = re.compile(
    r"\b(?:Governments?|[Aa]uthorities|[Ll]eaders?|[Ll]eadership|Presidents?|Republics?|peoples?)\s+of"
    r"(?:\s+the)?$"
)
_PREPOSITION = re.compile(r"\b(?:of|for|to|on|by|from|in|between)(?:\s+(?:the|all|its))?$")
_REMEMBERED = 20_000


class ActorNames:
    """The names of actors in one collection."""

    def __init__(self, explained: Mapping[str, str]) -> None:
        """Prepare the names.

        Args:
            explained: the full name of each short name that the texts explain.
        """
        self._explained = explained
        self.name_of = lru_cache(maxsize=_REMEMBERED)(self._name_of)

    @cached_property
    def _full(self) -> Mapping[str, str]:
        table = {row["short"]: row["full"] for row in rows("acronyms")}
        return {**table, **self._explained}

    def _name_of(self, printed: str) -> str:
        """Return the one name of an addressee, its restricting clause left out.

        "who", as in "a chair, who shall report", is not the World Health Organization.
        """
        if printed in stop_words():
            return printed
        if listed := listed_name(printed):
            return listed
        name = _CLAUSE.sub("", printed)
        if bracketed := _BRACKETED.search(name):
            name = name[: bracketed.start()]
        bare = _DETERMINER.sub("", name)
        full = self._full.get(bare) if _SHORT.fullmatch(bare) else None
        return (
            listed_name(name) or listed_name(bare) or (full and (listed_name(full) or full)) or bare
        )

    def in_text(self, printed: str, before: str) -> str:
        """Return the one name of an addressee that a text may have named in full `before`.

        "requests the Unit" after "the Joint Inspection Unit" asks the Joint Inspection Unit.
        """
        name = self.name_of(printed)
        if not _ONE_WORD.fullmatch(printed) or listed_name(printed):
            return name
        word = re.escape(printed)
        longer = re.findall(rf"\b(?:[A-Z][\w-]+\s+{_LINK})+{word}\b", before)
        longer += re.findall(rf"\b{word}(?:\s+{_LINK}[A-Z][\w-]+)+", before)
        return self.name_of(longer[-1]) if longer else name

    def forms_of(self, typed: str) -> tuple[str, ...]:
        """Return the names under which rows may have what somebody types: "UNDP", "all States"."""
        full = {short.casefold(): name for short, name in self._full.items()}
        bare = _DETERMINER.sub("", " ".join(typed.split()))
        names = (
            typed,
            bare,
            full.get(bare.casefold(), ""),
            listed_name(typed) or "",
            self.name_of(bare),
        )
        shorts = (short for short, name in self._full.items() if name.casefold() == bare.casefold())
        forms = dict.fromkeys(name.casefold() for name in (*names, *shorts) if name)
        return tuple(form for form in forms if form not in stop_words()) or tuple(forms)

    def printed_for(self, forms: Iterable[str]) -> frozenset[str]:
        """Return what a text prints where it names one of these: in full, short or listed."""
        wanted = tuple(forms)
        listed = listed_names()
        shorts = (
            short
            for short, full in self._full.items()
            if is_named(wanted, full) or is_named(wanted, listed_name(full) or "")
        )
        printed = (  # "who" is printed in capital letters where it is a name
            printed.upper() if printed in stop_words() else printed
            for printed, name in listed.items()
            if is_named(wanted, name)
        )
        return frozenset((*wanted, *shorts, *printed))


def is_named(forms: Iterable[str], name: str) -> bool:
    """Return whether an addressee is one of these, or a kind of it: "States" of "coastal States".

    "Special Representative of the Secretary-General" is not the Secretary-General, and
    "Government of Mali" is Mali.
    """
    low = name.casefold()
    for form in forms:
        position = low.find(form)
        while position >= 0:
            end = position + len(form)
            is_whole = not low[end : end + 1].isalnum() and not low[:position][-1:].isalnum()
            before = name[:position].rstrip()
            if is_whole and (not _after_preposition(before) or _OF_PEOPLE.search(before)):
                return True
            position = low.find(form, position + 1)
    return False


def _after_preposition(before: str) -> bool:
    return _PREPOSITION.search(before) is not None
