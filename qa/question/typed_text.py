"""Typed text, made ready to be read: every front end, and the reader of questions, cleans it here.

The front ends call `clean_typed`, the assistant `without_broken_characters`, and the reader the
rest. What a front end limits, such as the length of a question, it limits by itself.
"""

import re

from qa.resolutions.cite.symbols import plain_digits
from qa.resolutions.text import fold, squeeze

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|</?[a-z][^>]{0,200}>", re.IGNORECASE | re.DOTALL
)


def clean_typed(text: str | None) -> str:
    """Return a typed text without blanks at its ends and without halves of broken characters."""
    return without_broken_characters(text or "").strip()


def without_broken_characters(text: str) -> str:
    """Return a text without halves of broken characters, which no file and no page can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def unify_characters(text: str) -> str:
    """Return a typed text with its digits, blanks, hyphens and quotation marks unified."""
    return squeeze(fold(plain_digits(text)).text)


def without_markup(text: str) -> str:
    """Return a text without HTML tags and scripts; as it is if nothing else is in it."""
    return squeeze(_MARKUP.sub(" ", text)) or text


def is_readable(text: str) -> bool:
    """Return whether a text has a letter or a digit, and no control characters."""
    return not _CONTROL.search(text) and re.search(r"\w", text) is not None
