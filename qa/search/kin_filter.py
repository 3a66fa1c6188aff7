"""Which of several paragraphs that differ in figures only a question asks for."""

import re
from collections import defaultdict
from collections.abc import Callable

from qa.corpus.copies import newest_first
from qa.corpus.corpus import Corpus
from qa.question.question import Question
from qa.resolutions.cite.numbers import ordinal

_ORDINAL = re.compile(r"[a-z-]+(?= session\b)")
_FIGURE = re.compile(r"\d[\d,./-]*\d|\d")


class KinFilter:
    """Decides for one question which members of a family are shown."""

    def __init__(self, corpus: Corpus, question: Question) -> None:
        self._corpus = corpus
        self._years = frozenset(question.years)
        self._sessions = frozenset(map(str, question.sessions))
        period = question.adopted
        self._period = period if period.since and period.until else None
        self._is_dated = bool(
            question.years or question.months or question.sessions or self._period
        )
        named = map(ordinal, question.sessions)  # "sixty-second", as print has it
        self._figures = frozenset((*_FIGURE.findall(question.text), *named))
        self._shown: defaultdict[int, set[str]] = defaultdict(set)  # figures, by family

    def adds(self, row: int) -> bool:
        """Return whether a passage is shown besides the members of its family that were added.

        The first is, and each that a year, a session or another figure of the question singles out.
        """
        family = int(self._corpus.columns.rows["family"][row])
        figures = self._figures_in(row)
        is_first = family not in self._shown
        is_more = bool(figures - self._shown[family])
        self._shown[family] |= figures
        return is_first or is_more or self._is_of_date(row)

    def newest(self, row: int, allows: Callable[[int], bool]) -> int:
        """Return the newest of a family that the filters allow; `row` if the question is dated.

        Kin that lack a figure of the question which the passage has are left out.
        """
        if self._is_dated:
            return row
        copies, figures = self._corpus.copies, self._figures_in(row)
        members = (self._corpus.passages.ref(row), *copies.of(row), *copies.kin_of(row))
        # Of two texts of one day the later by number: rows follow the symbols.
        by_age = sorted(members, key=lambda ref: (newest_first(ref)[0], -ref.row))
        return next(
            ref.row for ref in by_age if allows(ref.row) and figures <= self._figures_in(ref.row)
        )

    def _is_of_date(self, row: int) -> bool:
        resolution = self._corpus.resolutions[self._corpus.passages.place(row)]
        adopted, session = resolution.adopted, resolution.session
        if adopted and (adopted.year in self._years or (self._period and adopted in self._period)):
            return True
        return session in self._sessions

    def _figures_in(self, row: int) -> frozenset[str]:
        """Return the figures of the question that a passage has."""
        if not self._figures:
            return frozenset()
        text = self._corpus.passages[row].text
        return self._figures.intersection((*_FIGURE.findall(text), *_ORDINAL.findall(text)))
