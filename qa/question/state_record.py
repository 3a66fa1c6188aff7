"""The state of a conversation as values that JSON can hold, and back.

Each value is written by its type: a data class as a mapping of the fields that differ from their
defaults, a set as a sorted list, a date in ISO form. Reading checks every value against its type,
for a record may come from anywhere.
"""

import types
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from qa.errors import InputError

State = TypeVar("State")
MAX_ITEMS = 1_000  # of a list
MAX_TEXT = 10_000  # characters of a string
NOT_A_STATE = "The state of the conversation cannot be read; send what the last answer returned."


def state_record(state: object) -> dict[str, Any]:
    """Return a state as values that JSON can hold; what has its default is left out."""
    record = _written(state)
    if not isinstance(record, dict):
        raise TypeError(f"{type(state).__name__} is not a data class")
    return record


def state_from_record(of_type: type[State], record: object) -> State:
    """Return the state that a record gives.

    Raises:
        InputError: it is not the record of such a state.
    """
    try:
        state = _read(of_type, record)
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(NOT_A_STATE) from error
    if not isinstance(state, of_type):
        raise InputError(NOT_A_STATE)
    return state


def _written(value: object) -> Any:  # noqa: ANN401 - any value of JSON
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: _written(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) != _default(each)
        }
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(_written, value))
    return list(map(_written, value)) if isinstance(value, tuple) else value


def _default(each: "Field[Any]") -> object:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return each.default


@cache
def _types(of_type: Hashable) -> dict[str, Any]:
    return get_type_hints(of_type)


def _read(of_type: Any, value: Any) -> Any:  # noqa: ANN401 - one return for each type
    origin, inner = get_origin(of_type), get_args(of_type)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(_not_none(inner), value)
    if origin is tuple:
        return _items(inner, value)
    if origin is frozenset:
        return frozenset(_items((inner[0], ...), value))
    if is_dataclass(of_type) and isinstance(of_type, type):
        return _instance(of_type, value)
    if issubclass(of_type, Enum):
        return of_type[value]
    if issubclass(of_type, date):
        return date.fromisoformat(value)
    if type(value) is not of_type or (of_type is str and len(value) > MAX_TEXT):
        raise TypeError(f"{value!r:.40} is not of type {of_type.__name__}")
    return value


def _not_none(inner: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a type
    (only,) = (each for each in inner if each is not types.NoneType)
    return only


def _items(inner: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > MAX_ITEMS:
        raise TypeError("expected a list")
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(inner[0], each) for each in value)
    return tuple(_read(each, item) for each, item in zip(inner, value, strict=True))


def _instance(of_type: type[Any], value: object) -> Any:  # noqa: ANN401
    if not isinstance(value, Mapping):
        raise TypeError("expected an object")
    hints = _types(cast("Hashable", of_type))
    known = {each.name for each in fields(of_type)}
    if not known.issuperset(value):
        raise KeyError("unknown field")
    return of_type(**{name: _read(hints[name], given) for name, given in value.items()})
