"""The resolutions that satisfy what a question and the filters restrict documents to."""

from datetime import date

import numpy as np
import numpy.typing as npt

from qa.question.document_scope import DocumentScope
from qa.resolutions.model import Masthead, Status
from qa.resolutions.periods import ANY_TIME
from qa.search.filters import FilterIndex, Filters

Flags = npt.NDArray[np.bool_]


def documents_in(index: FilterIndex, scope: DocumentScope, filters: Filters) -> Flags:
    """Return which resolutions are in a scope and pass the filters, bool (r,).

    What was not adopted never is: a draft is neither listed nor counted as adopted.
    """
    in_scope = [
        masthead.status is Status.ADOPTED and is_in_scope(masthead, scope, masthead.adopted)
        for masthead in index.resolutions
    ]
    return np.array(in_scope, dtype=bool) & index.documents(filters)


def is_in_scope(masthead: Masthead, scope: DocumentScope, day: date | None) -> bool:
    """Return whether a document is in a scope.

    Args:
        masthead: of the document.
        scope: what restricts the documents of a question.
        day: on which it was adopted, or put to the vote in vain.
    """
    if scope.series and not any(f"/{name}/" in masthead.symbol for name in scope.series):
        return False
    if scope.bodies and masthead.body.value not in scope.bodies:
        return False
    if scope.committees and masthead.committee not in scope.committees:
        return False
    if scope.emergency and not _is_of_emergency(masthead, scope.emergency):
        return False
    if scope.sessions and _session(masthead) not in scope.sessions:
        return False
    if scope.period == ANY_TIME:
        return True
    return day is not None and day in scope.period


def _is_of_emergency(masthead: Masthead, session: str) -> bool:
    """Return whether a resolution is of an emergency special session; "ES": of any."""
    held = masthead.session or ""
    return held == session or (session == "ES" and held.startswith("ES"))


def _session(masthead: Masthead) -> int:
    """Return the regular session of a resolution; 0 where it has none."""
    session = masthead.session or ""
    return int(session) if session.isdecimal() else 0
