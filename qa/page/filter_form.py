"""The filters below the question, with the number of paragraphs behind each choice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import gradio as gr
from gradio.components import Component
from markupsafe import Markup

from qa.corpus.info import Info
from qa.page.endpoints import event_client
from qa.page.form_state import (
    BODIES,
    BODY,
    GRADE,
    KIND,
    KINDS,
    SINCE,
    SUBJECT,
    TO,
    UNTIL,
    FormState,
)
from qa.page.page_jobs import count_passages
from qa.page.page_templates import PAGE_TEMPLATES
from qa.render.plain_text import GRADES
from qa.render.svg_charts import years_html
from qa.search.filters import Counts
from qa.settings import DEFAULT_TOP
from qa.workers.answer_pool import AnswerPool

MAX_CHOICES = 300  # addressees and subjects with the most paragraphs
Updates = dict[Component, Any]
BoxValue = str | list[str] | None


class FilterForm:
    """The components of the filters; create it inside a `gr.Blocks`."""

    def __init__(self, pool: AnswerPool) -> None:
        self._pool = pool
        info, counts = pool.info, self._counts(FormState())
        self.passing = gr.HTML(
            passing_html(counts, FormState()), elem_id="op-passing", apply_default_css=False
        )
        self.boxes: dict[str, Component] = {}
        self._build_numbers(info)
        self._build_choices(counts)

    def _build_numbers(self, info: Info) -> None:
        with gr.Row(equal_height=False):
            self.boxes[SINCE] = _number_box("Adopted since (year)", info.first_year)
            self.boxes[UNTIL] = _number_box("Adopted until (year)", info.last_year)
            self.boxes["top"] = _number_box("Maximum quotations", DEFAULT_TOP)
            self.boxes["budget"] = _number_box("Token budget", None)

    def _build_choices(self, counts: Counts) -> None:
        choices = _choices(counts, FormState())
        with gr.Row(equal_height=False):
            self.boxes[BODY] = gr.CheckboxGroup(
                choices[BODY], label="Adopted by (no selection: any body)"
            )
            self.boxes[KIND] = gr.CheckboxGroup(
                choices[KIND], label="Kind (no selection: all, operative first)"
            )
        self.boxes[GRADE] = gr.CheckboxGroup(
            choices[GRADE], label="Strength of the verb (our own scale)"
        )
        with gr.Row(equal_height=False):
            self.boxes[TO] = _list_box("Addressee", choices[TO])
            self.boxes[SUBJECT] = _list_box("Subject of the resolution", choices[SUBJECT])

    @property
    def components(self) -> list[Component]:
        """All input components, in the order in which `read` takes their values."""
        return list(self.boxes.values())

    @property
    def counted(self) -> list[Component]:
        """The components that `filled` updates."""
        return [self.passing, *self.components]

    def read(self, values: Sequence[BoxValue]) -> FormState:
        """Return the state of the form."""
        return FormState.read(dict(zip(self.boxes, values, strict=True)))

    def connect(self, **settings: Any) -> None:  # noqa: ANN401 - of Gradio's events
        """Update the counts when the reader changes a filter."""
        for name, box in self.boxes.items():
            if name in {"top", "budget"}:
                continue
            others = [self.passing] + [
                other for key, other in self.boxes.items() if key != name and _is_counted(other)
            ]
            if isinstance(box, gr.Textbox):
                events = [box.blur, box.submit]
            elif isinstance(box, gr.CheckboxGroup | gr.Dropdown):
                events = [box.input]
            for event in events:
                event(self._count_without(name), self.components, others, **settings)

    def filled(self, state: FormState) -> Updates:
        """Return the updates that show `state` in the form, with its counts."""
        counts = self._counts(state)
        choices = _choices(counts, state)
        updates: Updates = {self.passing: passing_html(counts, state)}
        for name, value in state.boxes().items():
            listed = {"choices": choices[name]} if name in choices else {}
            updates[self.boxes[name]] = gr.update(**{"value": value, **listed})
        return updates

    def _counts(self, state: FormState) -> Counts:
        return self._pool.run(event_client(), count_passages, state.filters)

    def _count_without(self, changed: str) -> Any:  # noqa: ANN401 - a function for Gradio
        """Return a handler that updates the counts; those of the changed filter stay the same."""

        def count(*values: BoxValue) -> Updates:
            state = self.read(values)
            if state.problem:
                return {self.passing: problem_html(state.problem)}
            counts = self._counts(state)
            return {
                self.passing: passing_html(counts, state),
                **{
                    self.boxes[name]: gr.update(choices=listed)
                    for name, listed in _choices(counts, state).items()
                    if name != changed
                },
            }

        return count


def passing_html(counts: Counts, state: FormState) -> Markup:
    """Return how many paragraphs pass the filters, and in which years."""
    filters = state.filters
    return PAGE_TEMPLATES.render(
        "passing.html",
        passing=counts.passing,
        total=counts.of,
        chart=years_html(counts.years, filters.since, filters.until),
    )


def problem_html(problem: str) -> Markup:
    """Return the sentence that says what is wrong with a typed value."""
    return PAGE_TEMPLATES.render("form_problem.html", problem=problem)


def _choices(counts: Counts, state: FormState) -> dict[str, list[tuple[str, str]]]:
    """Return for each box of choices what it offers, each with its count."""
    chosen = state.filters
    return {
        BODY: [
            (_counted(name, counts.bodies.get(body, 0)), body)
            for body, name in BODIES.items()
            if body in counts.bodies or body in chosen.bodies
        ],
        KIND: [(_counted(name, counts.kinds.get(kind, 0)), kind) for kind, name in KINDS.items()],
        GRADE: [
            (_counted(f"{grade} {GRADES[grade]}", counts.grades.get(grade, 0)), str(grade))
            for grade in reversed(range(len(GRADES)))
        ],
        TO: _most_frequent(counts.addressees, chosen.addressees),
        SUBJECT: _most_frequent(counts.subjects, chosen.subjects),
    }


def _most_frequent(counts: Mapping[str, int], chosen: Iterable[str]) -> list[tuple[str, str]]:
    names = dict.fromkeys((*sorted(chosen), *list(counts)[:MAX_CHOICES]))
    return [(_counted(name, counts.get(name, 0)), name) for name in names]


def _counted(name: str, count: int) -> str:
    return f"{name} ({count:,})"


def _is_counted(box: Component) -> bool:
    return isinstance(box, gr.CheckboxGroup | gr.Dropdown)


def _list_box(label: str, choices: list[tuple[str, str]]) -> gr.Dropdown:
    return gr.Dropdown(choices, value=[], multiselect=True, label=label, min_width=200)


def _number_box(label: str, default: int | None) -> gr.Textbox:
    """Return a box for a whole number; its placeholder is the default."""
    return gr.Textbox(
        label=label,
        placeholder="no limit" if default is None else str(default),
        max_lines=1,
        max_length=9,
        min_width=120,
        html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
    )
