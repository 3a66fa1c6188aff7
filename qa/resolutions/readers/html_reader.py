"""HTML pages: the text that a browser would print, a block a line.

Rules: the HTML standard, chapter 15 (rendering): what is not displayed, what begins a line, how
lists are numbered, how white space is joined.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from qa.resolutions.document import Document
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.resolutions.readers.text_reader import decode
from qa.resolutions.readers.word_numbering import Element, numeral

_NOT_PRINTED = frozenset(
    """
    head script style template noscript nav footer aside form button select textarea input svg math
    iframe object embed audio video canvas map dialog
    """.split()
)
_NOT_PRINTED_ROLES = frozenset({"navigation", "search", "contentinfo", "banner", "menu", "dialog"})
_BLOCKS = frozenset(
    """
    address article blockquote body caption center dd details div dl dt fieldset figcaption figure
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody
    tfoot thead tr td th ul
    """.split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<name>[\w-]{2,40})", re.I)
_CHARSET_WITHIN = 4096
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_TYPED = re.compile(r"[\"\u201c]?(?:\d{1,3}[.)]|\([a-z\d]{1,4}\)|[\u2022\u00b7*\u2013-]\s)")
_BLANKS = re.compile(r"[ \t\r\n\f]+")  # a no-break blank is kept
_MARKER = re.compile(r"\[?\s*(?P<marker>\d{1,3}|\*{1,4}|[\u2020\u2021])\s*\]?")
_TEXT_AT_LEAST = 0.5  # of the page: what an element must hold to be its main part


def read_html(data: bytes, file: str) -> tuple[Document, ...]:
    """Return the document that a page prints.

    Args:
        data: the file, in the encoding that it names or that its bytes show.
        file: its name, for messages.

    Raises:
        UnreadableFileError: it is empty, or prints nothing.
    """
    text = _decoded(data, file)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _nothing(file) from error
    if root is None:
        raise _nothing(file)
    lines = _Printer().lines(_main_part(root))
    if not any(line.strip() for line in lines):
        raise _nothing(file)
    return (Document(text="".join(f"{line}\n" for line in lines)),)


def _decoded(data: bytes, file: str) -> str:
    named = _CHARSET.search(data[:_CHARSET_WITHIN])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named["name"].decode("ascii")).replace("\0", "")
        except (LookupError, ValueError):
            pass  # an encoding that is unknown, or not the one in which the page was saved
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or 3 * data.count(b"\0") > len(data)
    return decode(data if is_wide else data.replace(b"\0", b""), file).replace("\0", "")


def _nothing(file: str) -> FaultyFileError:
    return FaultyFileError(
        file, FileProblem.EMPTY, "the page prints no text; provide the text of a resolution."
    )


def _main_part(root: Element) -> Element:
    """Return the element that holds what the page is about: the rest leads to other pages."""
    whole = _length(root)
    for candidate in (*root.iter("main"), *root.iter("article")):
        if _length(candidate) > _TEXT_AT_LEAST * whole:
            return candidate
    return root


def _length(element: Element) -> int:
    return sum(len(text) for text in element.itertext())


@dataclass(slots=True)
class _HtmlList:
    """A list that is open, and the number of its next item."""

    form: str | None  # None: bullets
    number: int
    is_shown: bool


@dataclass(slots=True)
class _Printer:
    """Prints elements into lines."""

    _lines: list[str] = field(default_factory=list)
    _line: str = ""
    _label: str = ""  # of a list item of which nothing was printed yet
    _lists: list[_HtmlList] = field(default_factory=list)
    _rows: list[list[int]] = field(default_factory=list)  # where the cells of open rows begin
    _preformatted: int = 0
    _raised: int = 0

    def lines(self, root: Element) -> list[str]:
        """Return what is printed of an element and all that it holds."""
        skipped: Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._text(element.tail)
                continue
            if event == "start":
                if not _is_printed(element):
                    skipped = element
                    continue
                self._open(element)
                self._text(element.text)
            else:
                self._close(element)
                if element is not root:
                    self._text(element.tail)
        self._end_line()
        return self._lines

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._end_line()
        if tag in _HEADINGS and self._lines:
            self._lines.append("")
        if tag == "br":
            self._end_line()
        elif tag == "pre":
            self._preformatted += 1
        elif _is_marker(element):
            self._raised += 1
        elif tag in {"ol", "ul"}:
            self._lists.append(_list_of(element))
        elif tag == "li":
            self._label = self._next_label(element)
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append(len(self._lines))

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._end_line()
        if tag == "pre":
            self._preformatted -= 1
        elif _is_marker(element):
            self._raised -= 1
        elif tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._label = ""
        elif tag == "tr" and self._rows:
            self._join_row(self._rows.pop())

    def _join_row(self, starts: list[int]) -> None:
        """Make the cells of a row one line, unless one holds several: it was set out by a table."""
        if len(starts) < 2:
            return
        ends = [*starts[1:], len(self._lines)]
        cells = [
            [line for line in self._lines[start:end] if line.strip()]
            for start, end in zip(starts, ends, strict=True)
        ]
        if all(len(cell) < 2 for cell in cells):
            row = "\t".join(cell[0].strip() if cell else "" for cell in cells).rstrip()
            self._lines[starts[0] :] = [row] if row else []

    def _next_label(self, item: Element) -> str:
        if not self._lists:
            return "\t\u2022\t"
        open_list = self._lists[-1]
        value = item.get("value", "")
        if value.isdecimal() and len(value) < 6:
            open_list.number = int(value)
        number, open_list.number = open_list.number, open_list.number + 1
        if not open_list.is_shown or _UNNUMBERED.search(item.get("style", "")):
            return ""
        return f"\t{numeral(number, open_list.form)}.\t" if open_list.form else "\t\u2022\t"

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._raised:
            marker = _MARKER.fullmatch(text.strip())
            self._line = self._line.rstrip() + (marker["marker"] if marker else text.strip())
        elif self._preformatted:
            *whole, rest = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self._line += line
                self._end_line(keeps_blank=True)
            self._line += rest
        else:
            joined = _BLANKS.sub(" ", text)
            self._line += joined.lstrip(" ") if not self._line.strip() else joined

    def _end_line(self, *, keeps_blank: bool = False) -> None:
        line, self._line = self._line.rstrip(" "), ""
        if not line.strip():
            if keeps_blank:
                self._lines.append("")
            return
        if self._label:
            line = line if _TYPED.match(line) else f"{self._label}{line}"
            self._label = ""
        self._lines.append(line)


def _is_printed(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    return not (
        element.tag in _NOT_PRINTED
        or element.get("hidden") is not None
        or element.get("role") in _NOT_PRINTED_ROLES
        or _HIDDEN.search(element.get("style", ""))
    )


def _is_marker(element: Element) -> bool:
    """Return whether an element is the marker of a note: raised, or Word's link to a note."""
    return element.tag == "sup" or (
        element.tag == "a" and element.get("href", "").startswith(("#_ftn", "#_edn"))
    )


def _list_of(element: Element) -> _HtmlList:
    start = element.get("start", "")
    return _HtmlList(
        form=_FORMS.get(element.get("type", ""), "decimal") if element.tag == "ol" else None,
        number=int(start) if start.isdecimal() and len(start) < 6 else 1,
        is_shown=not _UNNUMBERED.search(element.get("style", "")),
    )
