"""What the form beside the question asks for: read from its boxes or an address, said in words."""

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
    Kind.OPERATIVE.value: "Operative",
    Kind.PREAMBULAR.value: "Preambular",
    Kind.ANNEX.value: "Annex",
    Kind.NOTE.value: "Note",
}
# The filters, by their names in an address, in the order in which they are said.
SINCE, UNTIL, BODY, KIND, GRADE, TO, SUBJECT = (
    *("since", "until", "body", "kind", "grade", "to", "subject"),
)
NAMES = (SINCE, UNTIL, BODY, KIND, GRADE, TO, SUBJECT)
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """What the form asks for."""

    filters: Filters = field(default_factory=Filters)
    top: int = DEFAULT_TOP
    max_tokens: int | None = None
    problem: str = ""  # one sentence about state that cannot be met

    @classmethod
    def read(cls, form: Mapping[str, Any]) -> "FormState":
        """Return what boxes ask for, by `NAMES`, "top" and "budget"; empty ones ask nothing."""
        typed = {
            name: str(form.get(name) or "").strip() for name in (SINCE, UNTIL, "top", "budget")
        }
        nouns = {"top": "number of quotations", "budget": "token budget"}
        for name, value in typed.items():
            if value and not _WHOLE.fullmatch(value):
                return cls(problem=f"“{value}” is no {nouns.get(name, 'year')}: type it in digits.")
        numbers = {name: int(value or 0) or None for name, value in typed.items()}
        first, last = numbers[SINCE], numbers[UNTIL]
        if first and last and first > last:
            return cls(problem=f"No year is both after {first} and before {last}: swap the years.")
        grades = (str(one) for one in form.get(GRADE) or ())
        return cls(
            filters=Filters(
                since=first,
                until=last,
                bodies=frozenset(set(form.get(BODY) or ()) & set(BODIES)),
                kinds=frozenset(Kind(one) for one in form.get(KIND) or () if one in KINDS),
                grades=frozenset(
                    int(one) for one in grades if one.isdecimal() and int(one) < GRADES
                ),
                addressees=frozenset(form.get(TO) or ()),
                subjects=frozenset(form.get(SUBJECT) or ()),
            ),
            top=numbers["top"] or DEFAULT_TOP,
            max_tokens=numbers["budget"],
        )

    def boxes(self) -> dict[str, Any]:
        """Return what the boxes hold for these state, by `NAMES`."""
        filters = self.filters
        return {
            SINCE: str(filters.since or ""),
            UNTIL: str(filters.until or ""),
            BODY: sorted(filters.bodies),
            KIND: [one for one in KINDS if Kind(one) in filters.kinds],
            GRADE: [str(one) for one in sorted(filters.grades, reverse=True)],
            TO: sorted(filters.addressees),
            SUBJECT: sorted(filters.subjects),
        }

    def without(self, name: str) -> "FormState":
        """Return these state but for one of `NAMES`."""
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
        """Yield each filter that is set, by its name, in words: ("since", "adopted since 2005")."""
        filters = self.filters
        if filters.since:
            yield SINCE, f"adopted since {filters.since}"
        if filters.until:
            yield UNTIL, f"adopted until {filters.until}"
        if filters.bodies:
            yield BODY, f"adopted by {_either(BODIES[one] for one in sorted(filters.bodies))}"
        if filters.kinds:
            kinds = [name.lower() for one, name in KINDS.items() if Kind(one) in filters.kinds]
            yield KIND, f"{_either(kinds)} paragraphs only"
        if filters.grades:
            names = [GRADE_NAMES[one] for one in sorted(filters.grades, reverse=True)]
            yield GRADE, f"grade: {_either(names)}"
        if filters.addressees:
            yield TO, f"addressed to: {_either(sorted(filters.addressees))}"
        if filters.subjects:
            yield SUBJECT, f"subject: {_either(sorted(filters.subjects))}"

    @property
    def query(self) -> str:
        """The filters as a part of an address, "&since=2005&body=A"; often empty."""
        pairs = [
            (name, one)
            for name, value in self.boxes().items()
            for one in (value if isinstance(value, list) else [value])
            if one
        ]
        return f"&{urlencode(pairs)}" if pairs else ""


def from_address(asked: Mapping[str, Sequence[str]]) -> FormState:
    """Return what the parameters of an address ask for; what cannot be read asks nothing."""
    form: dict[str, Any] = {
        name: asked.get(name, ()) if name not in {SINCE, UNTIL} else (asked.get(name) or [""])[0]
        for name in NAMES
    }
    state = FormState.read(form)
    return FormState() if state.problem else state


def _either(names: Any) -> str:  # noqa: ANN401 - any iterable of words
    return " or ".join(names)
