"""The text of a resolution that is written in Markdown, without its markup."""

import re

_IS_MARKDOWN = re.compile(
    r"^[ \t>]*(?:[*_]{1,3}(?:The|L['’]|La|El|Le) [^\n*_]{3,60}[*_]{1,3},?[ \t]*[*_]{0,3}"
    r"|#{1,6}[ \t]+\S[^\n]*)$",
    re.MULTILINE,
)
_EMPHASIS = re.compile(
    r"(?<![\w*])(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>[^\n]*?\S)(?P=mark)(?![\w*])"
)
_LINE_START = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE)
_LETTER = re.compile(r"^[ \t]+(?P<letter>[a-z]|[ivx]{1,5})[.)][ \t]+(?=\S)", re.MULTILINE)
_LINK = re.compile(r"!?\[(?P<words>[^\]\n]*)\]\([^)\s]*\)")
_ESCAPED = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>-])")


def without_emphasis(text: str) -> str:
    """Return `text` without headings, quotation marks of Markdown, emphasis, links and escapes."""
    plain = _LINK.sub(r"\g<words>", _LINE_START.sub("", text))
    for _ in range(2):  # "***The General Assembly***" and emphasis inside emphasis
        plain = _EMPHASIS.sub(r"\g<words>", plain)
    return _ESCAPED.sub("", plain)


def without_markdown(text: str) -> str:
    """Return `text` without headings, emphasis, links and escapes, if it is Markdown at all."""
    if not _IS_MARKDOWN.search(text):
        return text
    plain = _BULLET.sub("\u2022 ", _LINE_START.sub("", text))
    return without_emphasis(_LETTER.sub("\t\\g<letter>.\t", plain))
