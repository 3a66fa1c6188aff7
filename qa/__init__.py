"""Operative: answers to questions about United Nations resolutions, quoted word for word.

The names load when they are first used: `operative --help` imports nothing heavy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answer import Answer, Fact, Quote, Refusal, RefusalKind
    from qa.assistant import Assistant
    from qa.errors import OperativeError
    from qa.search.filters import Filters

_HOMES = {
    "Answer": "qa.answer",
    "Assistant": "qa.assistant",
    "Fact": "qa.answer",
    "Filters": "qa.search.filters",
    "OperativeError": "qa.errors",
    "Quote": "qa.answer",
    "Refusal": "qa.answer",
    "RefusalKind": "qa.answer",
}

__all__ = [
    "Answer",
    "Assistant",
    "Fact",
    "Filters",
    "OperativeError",
    "Quote",
    "Refusal",
    "RefusalKind",
]


def __getattr__(name: str) -> object:
    """Return one of the names of `__all__` from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
