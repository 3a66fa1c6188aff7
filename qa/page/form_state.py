"""The state of the filter form: read from its boxes or from an address, and put in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from qa.render.plain_text import GRADES as GRADE_NAMES
from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.model import Kind
from qa.search.filters import GRADES, Filters
from qa.settings import DEFAULT_TOP

BODIES = {**BODY_NAMES, "other": "Other"}
KINDS = {
    kind.value: kind.value.capitalize()
    for kind in (Kind.OPERATIVE, Kind.PREAMBULAR, Kind.ANNEX, Kind.NOTE)
}
# Names of the filters in an address, in display order.
SINCE, UNTIL, BODY, KIND, GRADE, TO, SUBJECT = (
    *("since", "until", "body", "kind", "grade", "to", "subject"),
)
NAMES = (SINCE, UNTIL, BODY, KIND, GRADE, TO, SUBJECT)
MAX_SHOWN = 100  # quotations of one answer
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """The values of the form."""

    filters: Filters = field(default_factory=Filters)
    top: int = DEFAULT_TOP
    max_tokens: int | None = None
    problem: str = ""  # one sentence about an invalid value

    @classmethod
    def read(cls, form: Mapping[str, Any]) -> "FormState":
        """Return the state for values by `NAMES`, "top" and "budget"; empty ones set no filter."""
        typed = {
            name: str(form.get(name) or "").strip() for name in (SINCE, UNTIL, "top", "budget")
        }
        nouns = {"top": "number of quotations", "budget": "token budget"}
        for name, value in typed.items():
            if value and not _WHOLE.fullmatch(value):
                return cls(problem=f"“{value}” is not a {nouns.get(name, 'year')}: use digits.")
        numbers = {name: int(value or 0) or None for name, value in typed.items()}
        first, last = numbers[SINCE], numbers[UNTIL]
        if first and last and first > last:
            return cls(
                problem=f"The first year, {first}, is after the last year, {last}: swap the years."
            )
        grades = (str(grade) for grade in form.get(GRADE) or ())
        return cls(
            filters=Filters(
                since=first,
                until=last,
                bodies=frozenset(set(form.get(BODY) or ()) & set(BODIES)),
                kinds=frozenset(Kind(kind) for kind in form.get(KIND) or () if kind in KINDS),
                grades=frozenset(
                    int(grade) for grade in grades if grade.isdecimal() and int(grade) < GRADES
                ),
                addressees=frozenset(form.get(TO) or ()),
                subjects=frozenset(form.get(SUBJECT) or ()),
            ),
            top=min(numbers["top"] or DEFAULT_TOP, MAX_SHOWN),
            max_tokens=numbers["budget"],
        )

    def boxes(self) -> dict[str, Any]:
        """Return the values of the boxes, by `NAMES`."""
        filters = self.filters
        return {
            SINCE: str(filters.since or ""),
            UNTIL: str(filters.until or ""),
            BODY: sorted(filters.bodies),
            KIND: [kind for kind in KINDS if Kind(kind) in filters.kinds],
            GRADE: [str(grade) for grade in sorted(filters.grades, reverse=True)],
            TO: sorted(filters.addressees),
            SUBJECT: sorted(filters.subjects),
        }

    def without(self, name: str) -> "FormState":
        """Return the state without the filter of this name."""
        empty = FormState.read({}).filters
        fields = {
            BODY: "bodies",
            KIND: "kinds",
            GRADE: "grades",
            TO: "addressees",
            SUBJECT: "subjects",
        }
        if name not in NAMES:
            return self
        changed = fields.get(name, name)
        return replace(self, filters=replace(self.filters, **{changed: getattr(empty, changed)}))

    def in_words(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the words of each active filter: ("since", "adopted since 2005")."""
        filters = self.filters
        if filters.since:
            yield SINCE, f"adopted since {filters.since}"
        if filters.until:
            yield UNTIL, f"adopted until {filters.until}"
        if filters.bodies:
            yield BODY, f"adopted by {_either(BODIES[body] for body in sorted(filters.bodies))}"
        if filters.kinds:
            kinds = [name.lower() for kind, name in KINDS.items() if Kind(kind) in filters.kinds]
            yield KIND, f"{_either(kinds)} paragraphs only"
        if filters.grades:
            names = [GRADE_NAMES[grade] for grade in sorted(filters.grades, reverse=True)]
            yield GRADE, f"grade: {_either(names)}"
        if filters.addressees:
            yield TO, f"addressed to: {_either(sorted(filters.addressees))}"
        if filters.subjects:
            yield SUBJECT, f"subject: {_either(sorted(filters.subjects))}"

    @property
    def query(self) -> str:
        """The filters as part of an address, "&since=2005&body=A"; "" without filters."""
        pairs = [
            (name, item)
            for name, value in self.boxes().items()
            for item in (value if isinstance(value, list) else [value])
            if item
        ]
        return f"&{urlencode(pairs)}" if pairs else ""


def from_address(parameters: Mapping[str, Sequence[str]]) -> FormState:
    """Return the state for the parameters of an address; invalid ones set no filter."""
    form: dict[str, Any] = {
        name: parameters.get(name, ())
        if name not in {SINCE, UNTIL}
        else (parameters.get(name) or [""])[0]
        for name in NAMES
    }
    state = FormState.read(form)
    return FormState() if state.problem else state


def _either(names: Any) -> str:  # noqa: ANN401 - any iterable of words
    return " or ".join(names)
