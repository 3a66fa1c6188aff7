"""The States, missions, committees and bodies that a question names, each with all its names.

A paragraph on another one is no answer: what is asked of Sudan is not answered by South Sudan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from qa.question.countries import countries_in, names_by_code
from qa.question.expansion import NameExpansion
from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.tables.read_tables import rows


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with a name."""

    names: tuple[str, ...]
    longer: tuple[str, ...] = ()  # names of others that have one of these inside: "South Sudan"
    is_state: bool = False


def entities_in(text: str, names: NameExpansion) -> tuple[Entity, ...]:
    """Return the entities that a text names, in order; of overlapping names the longest.

    Args:
        text: of a question.
        names: those of the collection.
    """
    spans = [(start, end, entity) for start, end, entity in _named(text, names)]
    spans.sort(key=lambda span: (span[0], -span[1]))
    entities: list[Entity] = []
    last = 0
    for start, end, entity in spans:
        if start >= last:
            entities.append(entity)
            last = end
    return tuple(dict.fromkeys(entities))


def _named(text: str, names: NameExpansion) -> Iterator[tuple[int, int, Entity]]:
    for mention in countries_in(text):
        if len(mention.codes) == 1:
            yield mention.start, mention.end, _state(mention.codes[0])
    for start, end, printed in names.matches(text):
        typed = text[start:end]
        name = printed or typed
        every = tuple(dict.fromkeys((*names.names_of(name), *names.names_of(typed))))
        is_name = printed is None or len(every) > 1  # no row of everyday words
        if is_name and _is_proper(name) and not _is_general(name) and not _is_general(typed):
            yield start, end, Entity(every)


def _is_proper(name: str) -> bool:
    """Return whether a name is a proper one: "UNIFIL", "Board of Auditors", not "solar energy"."""
    words = [word for word in name.split() if word[:1].isalpha()]
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) > len(words) / 2


@cache
def _general() -> frozenset[str]:
    """Return the names that say which organ or whom in general, in lower case."""
    bodies = {name.lower() for body in NAMED_BODIES for name in (body.name, *body.short_names)}
    actors = {row["name"].lower() for row in rows("actors")}
    return frozenset({*bodies, *actors, "united nations", "un", "sg", "pga", "member states"})


def _is_general(name: str) -> bool:
    return name.lower() in _general()


@lru_cache(maxsize=512)
def _state(code: str) -> Entity:
    """Return a State with its names, and the names of other States that have one inside."""
    own = names_by_code()[code]
    inside = {f" {name} " for name in own}
    longer = (
        name
        for other, names in names_by_code().items()
        if other != code
        for name in names
        if any(short in f" {name} " for short in inside) and name not in own
    )
    return Entity(own, tuple(dict.fromkeys(longer)), is_state=True)
