"""The documents on a topic: by title, by-name, item of the agenda and index terms of their records.

A list is complete and says by which rule: every unit of the topic (a known name with its other
names, or a word in any English form) must occur in the title, the by-name or the item of the
agenda. An item of the General Assembly counts where it is little more than the topic, because one
covers many resolutions. Index terms, which records give for things in passing as well, decide only
where nothing else names the topic. Ranked search is not asked.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from embeddings.search.bm25 import Bm25Index
from embeddings.text_analysis import terms
from qa.corpus.corpus import Corpus
from qa.question.expansion import NameExpansion
from qa.resolutions.model import Body, Masthead
from qa.resolutions.tables.read_tables import words

Flags = npt.NDArray[np.bool_]


class NameForm(NamedTuple):
    """One name of a unit of a topic."""

    terms: tuple[str, ...]
    as_printed: str = ""  # a short name that must be printed so, because its term is another word


Forms = tuple[NameForm, ...]  # the names of one unit of a topic


def documents_about(corpus: Corpus, topic: str, names: NameExpansion, among: Flags) -> list[int]:
    """Return the places of the resolutions on a topic, ascending.

    Args:
        corpus: the texts.
        topic: "Haiti", "Myanmar and the Rohingya", "rare disease, sickle cell or albinism".
        names: those of the collection.
        among: which resolutions may be returned, bool (r,).
    """
    parts = topic_parts(topic, names)
    whole = _on(corpus, topic, names, among) if len(parts) > 1 and not _are_names(parts) else []
    if whole:
        return whole  # "youth, peace and security" is one topic
    places = {place for part in parts for place in _on(corpus, part, names, among)}
    return sorted(places)


def documents_indexed(corpus: Corpus, topic: str, names: NameExpansion, among: Flags) -> list[int]:
    """Return the places of the resolutions with an index term that is a whole topic, ascending."""
    units = [forms for forms in map(_forms, names.units(topic)) if forms]
    may = among.copy()
    for unit in units:
        may &= _with_unit(corpus.context_words, unit)
    places = np.flatnonzero(may).tolist() if units else []
    return [place for place in places if _is_indexed(corpus.resolutions[place], units)]


def _on(corpus: Corpus, topic: str, names: NameExpansion, among: Flags) -> list[int]:
    """Return the places of the resolutions that every unit of one topic describes."""
    units = [forms for forms in map(_forms, names.units(topic)) if forms]
    return _matching(corpus, units, among) if units else []


def _are_names(parts: Iterable[str]) -> bool:
    """Return whether all parts of a topic are names, which are topics by themselves."""
    return all(part[:1].isupper() for part in parts)


_SEPARATOR = re.compile(r"\s*(?:,|;|/|\bor\b|\band/or\b|\bas well as\b)\s*(?:or |and )?", re.I)
_AND = re.compile(r" and (?:the |on )?")


def topic_parts(topic: str, names: NameExpansion) -> tuple[str, ...]:
    """Return the topics that a list of topics names: any of them may be what a document is on.

    Commas and "or" separate; "and" only between names, because most topics have one inside: "women
    and peace and security".
    """
    known = [match for match in names.expanded_phrases(topic) if "," in match]
    if known:
        return (topic,)
    parts = [part.strip() for part in _SEPARATOR.split(topic) if part.strip()]
    return tuple(each for part in parts for each in _named_apart(part))


def _named_apart(part: str) -> tuple[str, ...]:
    """Return the two names that an "and" joins, or the part unchanged."""
    sides = _AND.split(part)
    if len(sides) == 2 and all(side[:1].isupper() for side in sides):
        return tuple(sides)
    return (part,)


def _forms(names: Iterable[str]) -> Forms:
    """Return the terms of each name that has any; a word for a renewal has those of all others."""
    names = tuple(names)
    if any(name.lower() in words("renewal") for name in names):
        names += tuple(sorted(words("renewal")))
    return tuple(dict.fromkeys(map(_form, filter(terms, names))))


def _form(name: str) -> NameForm:
    """Return a name with its terms; "LAWS" is not met by "laws", whose term it shares."""
    return NameForm(tuple(terms(name)), name if is_term_of_another(name) else "")


def is_term_of_another(name: str) -> bool:
    """Return whether the term of a short name is that of another word, as "LAWS" has "law"."""
    return name.isupper() and name.isalpha() and terms(name) != [name.lower()]


def _matching(corpus: Corpus, units: Sequence[Forms], among: Flags) -> list[int]:
    """Return the places of the resolutions that every unit describes."""
    may = among.copy()
    for unit in units:
        may &= _with_unit(corpus.context_words, unit)
    places = np.flatnonzero(may).tolist()
    near = [place for place in places if _is_on(corpus.resolutions[place], units)]
    # A topic that no title names is known by its index terms alone.
    return near or [place for place in places if _is_indexed(corpus.resolutions[place], units)]


def _with_unit(words: Bm25Index, unit: Forms) -> Flags:
    """Return which rows of an index of words have all terms of one of the names of a unit."""
    found = np.zeros(len(words), dtype=bool)
    for form in unit:
        has_all = np.ones(len(words), dtype=bool)
        for term in form.terms:
            has_term = np.zeros(len(words), dtype=bool)
            has_term[words.rows_with(term)] = True
            has_all &= has_term
        found |= has_all
    return found


def _is_on(masthead: Masthead, units: Sequence[Forms]) -> bool:
    """Return whether a resolution is on a topic by what describes it as a whole."""
    record = masthead.record
    item, by_name = (record.agenda_item_name, record.by_name) if record else (None, None)
    named = f"{masthead.title} {by_name or ''}"
    if masthead.body is not Body.GENERAL_ASSEMBLY:
        named += f" {item or ''}"  # of the Council, which has no titles, it names the situation
    if _has_units(named, units):
        return True
    asked = sum(min(len(form.terms) for form in unit) for unit in units)
    return bool(item) and _has_units(item or "", units) and 2 * asked >= len(terms(item or ""))


def _is_indexed(masthead: Masthead, units: Sequence[Forms]) -> bool:
    """Return whether one index term of a resolution has every unit of a topic."""
    return any(_has_units(subject, units) for subject in masthead.subjects)


def _has_units(text: str, units: Sequence[Forms]) -> bool:
    """Return whether a text has all terms of one of the names of each unit, in any order.

    "embargo against Cuba" is met by "the embargo imposed by the United States against Cuba".
    """
    printed = frozenset(terms(text))
    return all(
        any(printed.issuperset(form.terms) and form.as_printed in text for form in unit)
        for unit in units
    )


def rows_with_units(corpus: Corpus, units: Iterable[Iterable[str]]) -> Flags:
    """Return which passages have one of the names of every unit, in any order, bool (n,).

    Args:
        corpus: the texts.
        units: of a topic: see `NameExpansion.units`.
    """
    rows = np.ones(len(corpus.words), dtype=bool)
    for unit in map(_forms, units):
        if unit:
            rows &= _with_unit(corpus.words, unit)
    return rows


def rows_about(corpus: Corpus, names: Iterable[str]) -> Flags:
    """Return the passages of resolutions whose title or index terms have a name, bool (n,)."""
    forms = _forms(names)
    places = _with_unit(corpus.context_words, forms) if forms else np.zeros(0, dtype=bool)
    sizes = np.diff(corpus.columns.starts)
    return np.repeat(places, sizes) if forms else np.zeros(len(corpus.words), dtype=bool)
