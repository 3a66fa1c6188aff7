"""What a conversation is restricted to, by words such as "only 2024": nothing else is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.kind_names import KIND_NAMES
from qa.resolutions.model import Kind
from qa.resolutions.periods import ANY_TIME, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Conditions that every quotation has to satisfy; empty where there is none."""

    bodies: frozenset[str] = frozenset()  # "A", "S", "E", "HRC"
    adopted: Period = ANY_TIME
    sessions: tuple[int, ...] = ()  # regular sessions of the General Assembly
    kinds: frozenset[Kind] = frozenset()
    documents: tuple[str, ...] = ()  # symbols

    def narrowed(self, other: "Restriction") -> "Restriction":
        """Return this restriction with the conditions of another in place of its own."""
        return Restriction(
            bodies=other.bodies or self.bodies,
            adopted=self.adopted if other.adopted == ANY_TIME else other.adopted,
            sessions=other.sessions or self.sessions,
            kinds=other.kinds or self.kinds,
            documents=other.documents or self.documents,
        )

    def excluded(self) -> "Restriction":
        """Return the restriction to the bodies and kinds that this one does not name."""
        others = frozenset(BODY_NAMES) - self.bodies if self.bodies else frozenset()
        kinds = frozenset(Kind) - self.kinds if self.kinds else frozenset()
        return replace(self, bodies=others, kinds=kinds)

    def without(self, what: str) -> "Restriction":
        """Return this restriction without what a turn drops: "year", "council"; "" for all."""
        if re.search(r"year|date|time|period|session|\d{4}", what):
            return replace(self, adopted=ANY_TIME, sessions=())
        if re.search(r"bod|organ|council|assembly|\b(?:ga|sc|unga|unsc)\b", what):
            return replace(self, bodies=frozenset())
        if re.search(r"kind|paragraph|operative|preamb|note", what):
            return replace(self, kinds=frozenset())
        return NO_RESTRICTION

    def allows(
        self, symbol: str, body: str, session: str | None, adopted: date | None, kind: Kind | None
    ) -> bool:
        """Return whether a passage, or with no kind a document, satisfies every condition."""
        return (
            (not self.bodies or body in self.bodies)
            and (self.adopted == ANY_TIME or (adopted is not None and adopted in self.adopted))
            and (not self.sessions or session in [str(number) for number in self.sessions])
            and (not self.kinds or kind is None or kind in self.kinds)
            and (not self.documents or symbol in self.documents)
        )

    def in_words(self) -> str:
        """Return the conditions as a question ends with them; "" if there are none."""
        return ", ".join(self._conditions())

    def _conditions(self) -> Iterator[str]:
        if self.documents:
            yield f"only in {' and '.join(self.documents)}"
        if self.bodies:
            names = [f"the {BODY_NAMES.get(body, body)}" for body in sorted(self.bodies)]
            yield f"only of {' and '.join(names)}"
        if self.adopted != ANY_TIME:
            yield f"only adopted {self.adopted.in_words()}"
        if self.sessions:
            yield f"only of the {' and '.join(map(ordinal, self.sessions))} session"
        if self.kinds:
            yield f"only {' and '.join(sorted(KIND_NAMES[kind].passages for kind in self.kinds))}"


NO_RESTRICTION = Restriction()
