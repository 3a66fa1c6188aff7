"""Whether any loaded paragraph has what a question takes for granted."""

from collections.abc import Collection, Iterator
from datetime import date

import numpy as np
import numpy.typing as npt

from qa.answering.context import AnswerContext
from qa.corpus.passage_table import KINDS
from qa.corpus.passages import Passage
from qa.question.entities import Entity, entities_in
from qa.question.premise_query import PremiseQuery, like_acts
from qa.resolutions.model import Kind
from qa.search.row_texts import row_texts
from qa.search.topic_documents import rows_about, rows_with_units
from qa.time_budget import in_time

Flags = npt.NDArray[np.bool_]
MAX_UNITS = 2  # of what an act is about: of more words one paragraph seldom has all
MAX_APART = 8  # content words between a verb and whom it is about
MAX_FIRST = 2  # paragraphs of an act that come before what search finds
OPENING = 4  # words in which a paragraph that acts has its verb
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
    rows = _evidence(context, premise, states, units)
    is_object = not units or _starts_with(premise.about, states[0])
    said = (
        any(True for _ in _near(context, rows, verbs, states[0].names)) if is_object else rows.any()
    )
    if said:
        return None
    return f"No loaded paragraph has “{premise.verb[0]}” with all of “{premise.about}”."


def paragraphs_of_act(context: AnswerContext) -> tuple[Passage, ...]:
    """Return the operative paragraphs that open with the act that is asked for, oldest first.

    "Did the Council authorise force in Libya?" is answered by the one that authorized it, however
    long ago.
    """
    premise, corpus = context.question.premise, context.corpus
    if premise is None or not premise.verb or context.scope:
        return ()
    names = context.retriever.names
    states = [each for each in entities_in(premise.about, names) if each.is_state]
    units = [unit for unit in names.units(premise.about) if not _is_of(unit, states)]
    if not states or not units:
        return ()
    rows = _evidence(context, premise, states, units)
    rows &= corpus.columns.rows["kind"] == KINDS.index(Kind.OPERATIVE)
    allowed = np.zeros(len(rows), dtype=bool)
    allowed[context.retriever.allowed(context.filters)] = True
    found = [corpus.passages[row] for row in np.flatnonzero(rows & allowed).tolist()[:MAX_ROWS]]
    terms = corpus.words.terms
    wanted = {term for verb in _spellings(premise.verb) for term in terms(verb)}
    opening = [
        each
        for each in in_time(found)
        if "/RES/" in each.symbol and wanted.intersection(terms(each.text)[:OPENING])
    ]
    own = {term for verb in _spellings(premise.verb[:1]) for term in terms(verb)}
    opening.sort(
        key=lambda each: (
            own.isdisjoint(terms(each.text)[:OPENING]),  # "demands" before "urges"
            each.resolution.adopted or date.max,
            each.row,
        )
    )
    return tuple(opening[:MAX_FIRST])


def _evidence(
    context: AnswerContext,
    premise: PremiseQuery,
    states: Collection[Entity],
    units: Collection[Collection[str]],
) -> Flags:
    """Return which passages have a verb of the act, the States and all else that it is about."""
    rows = _with_any(context, [_spellings(premise.verb)])
    for state in states:
        rows &= _with_any(context, [state.names]) | rows_about(context.corpus, state.names)
    for unit in units:
        rows &= _with_any(context, [tuple(_forms(context, unit))])
    return rows


def _forms(context: AnswerContext, unit: Collection[str]) -> Iterator[str]:
    """Yield the names of a unit, like acts, and the printed words for an everyday one."""
    yield from unit
    for name in unit:
        yield from _spellings(like_acts(name.lower()))
        if (printed := context.retriever.names.expand(name)) != name:
            yield from printed.split()


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
