"""Whether any loaded paragraph has what a question takes for granted."""

from collections.abc import Collection, Iterator

import numpy as np
import numpy.typing as npt

from qa.answering.context import AnswerContext
from qa.question.entities import Entity, entities_in
from qa.question.premise_query import PremiseQuery
from qa.search.row_texts import row_texts
from qa.search.topic_documents import rows_with_units
from qa.time_budget import in_time

Flags = npt.NDArray[np.bool_]
MAX_UNITS = 3  # of what an act is about: of more words one paragraph seldom has all
MAX_APART = 14  # words between a verb and whom it is about
MAX_ROWS = 2_000  # that are read; of more, one surely says it


def missing_premise(context: AnswerContext) -> str | None:
    """Return why a question is not answered: no paragraph has its act, or its text, with whom.

    None where a paragraph has them together, or where that cannot be looked for.
    """
    premise = context.question.premise
    if premise is None or context.scope:
        return None
    names = context.retriever.names
    states = [each for each in entities_in(premise.about, names) if each.is_state]
    if premise.body:
        return _missing_text(context, premise, states)
    if not states:
        return None
    units = [unit for unit in names.units(premise.about) if not _is_of(unit, states)]
    if len(units) > MAX_UNITS:
        return None
    verbs = _spellings(premise.verb)
    rows = _with_any(context, [verbs]) & _with_any(context, [state.names for state in states])
    for unit in units:
        rows &= _with_any(context, [unit])
    is_object = bool(units) is False or _starts_with(premise.about, states[0])
    said = (
        any(True for _ in _near(context, rows, verbs, states[0].names)) if is_object else rows.any()
    )
    if said:
        return None
    return f"No loaded paragraph has “{premise.verb[0]}” with all of “{premise.about}”."


def _missing_text(
    context: AnswerContext, premise: PremiseQuery, states: Collection[Entity]
) -> str | None:
    names = context.retriever.names
    body = names.names_of(premise.body)
    units = [unit for unit in names.units(premise.about) if not _is_of(unit, states)]
    rows = _with_any(context, [body]) & _with_any(context, [(premise.noun,)])
    for unit in (*(state.names for state in states), *units):
        rows &= _with_any(context, [unit])
    if any(True for _ in _near(context, rows, (premise.noun,), body)):
        return None
    whose = f"{premise.noun} of {premise.body}"
    return f"Texts of {premise.body} are not loaded, and no loaded paragraph has this ({whose})."


def _is_of(unit: Collection[str], states: Collection[Entity]) -> bool:
    """Return whether a unit of words is a name of a State, or a part of it."""
    folded = [name.casefold() for name in unit]
    return any(
        any(name == own.casefold() or f" {name} " in f" {own.casefold()} " for name in folded)
        for state in states
        for own in state.names
    )


def _starts_with(about: str, state: Entity) -> bool:
    return any(about.casefold().startswith(name.casefold()) for name in state.names)


def _spellings(verbs: Collection[str]) -> tuple[str, ...]:
    """Return verbs in both spellings: "recognise", "recognize"."""
    return tuple(
        dict.fromkeys(
            form
            for verb in verbs
            for form in (verb, verb.replace("is", "iz"), verb.replace("iz", "is"))
        )
    )


def _with_any(context: AnswerContext, units: Collection[Collection[str]]) -> Flags:
    """Return which passages have one of the names of every unit, bool (n,)."""
    return rows_with_units(context.corpus, units)


def _near(
    context: AnswerContext, rows: Flags, words: Collection[str], names: Collection[str]
) -> Iterator[int]:
    """Yield the rows whose passages have one of some words next to one of some names."""
    terms = context.corpus.words.terms
    wanted = [frozenset(terms(word)) for word in words]
    heads = [name_terms for name in names if (name_terms := tuple(terms(name)))]
    found = np.flatnonzero(rows).tolist()
    if len(found) > MAX_ROWS:
        yield from found
        return
    for row, text in row_texts(context.corpus, in_time(found)):
        stems = list(terms(text))
        verbs = [place for place, stem in enumerate(stems) if any(stem in each for each in wanted)]
        ends = [
            place
            for place in range(len(stems))
            for head in heads
            if tuple(stems[place : place + len(head)]) == head
        ]
        if any(abs(verb - end) <= MAX_APART for verb in verbs for end in ends):
            yield row
