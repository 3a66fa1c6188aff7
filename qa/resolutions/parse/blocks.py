"""Classification of lines as paragraphs, items, headings …, before they have labels."""

import re
from collections.abc import Iterator, Sequence

from qa.resolutions.document import Block, Role
from qa.resolutions.parse.headings import is_title
from qa.resolutions.parse.lead_verbs import Opening, opening_of
from qa.resolutions.parse.line_patterns import (
    ANNEX,
    ARTICLE,
    BARE_NUMBER,
    CLOSING,
    ITEM,
    LEVELS,
    NUMBERED,
    OPENER,
    SECTION,
    ends_a_paragraph,
)
from qa.resolutions.parse.lines import Line

_HEADING_WORDS = 30  # a longer line without a full stop is a paragraph that lost it
_NUMBERED_HEADING_WORDS = 12
_GOES_ON = re.compile(r"[,:]['\"]?\s?[\d,\s]{0,8}$")
_AMOUNT = re.compile(r"\S\t+\s*[(\d\u2013-][\d\s.,()\u2013-]*$")  # the last cell of a row
_GOES_ON_REACH = 11  # characters from the end to search for it
_TABLE = re.compile(r"\S\s*\t+\s*\S.*\t+\s*\S")


def read_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Return the blocks of the lines from an organ's name to the closing formula, in order."""
    reader = _BlockReader()
    for line in lines:
        reader.take(line)
    return tuple(_with_scanned_letters(reader.blocks))


def _with_scanned_letters(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; a first item "(2)" or "(@)" before "(b)" is "(a)", misread by a scan."""
    for index, block in enumerate(blocks):
        following = next(
            (other for other in blocks[index + 1 : index + 3] if other.role is Role.ITEM), None
        )
        is_first = index == 0 or blocks[index - 1].role is not Role.ITEM
        is_misread = is_first and block.role is Role.ITEM and block.printed == "(2)"
        if is_misread and following and following.printed == "(b)":
            yield block._replace(printed="(a)")
        else:
            yield block


class _BlockReader:
    """Classifies lines one by one and tracks the open paragraph."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._in_operative = False
        self._in_annex = False
        self._in_draft = False
        self._after_blank = True
        self._last: Line | None = None
        self._number = 0  # of the last numbered paragraph

    def take(self, line: Line) -> None:
        """Add one line to the blocks."""
        if line.is_blank or line.is_furniture:
            self._after_blank = True
            return
        if OPENER.fullmatch(line.text):
            self._open(line)
        elif not self._continues(line):
            self.blocks.extend(self._read(line))
        self._after_blank = False
        self._last = line

    def _open(self, line: Line) -> None:
        self._after_blank = True
        if self.blocks and (self._in_operative or self._in_annex):
            if opens_draft(line.text, self._last_text):
                self._in_draft = True
                self.blocks.append(_block(Role.DRAFT, line))
            self._in_operative = False

    def _read(self, line: Line) -> Iterator[Block]:
        text = line.text
        if line.printed:
            self._in_operative = True
            self._number = int(line.printed.rstrip(".")) if line.printed[0].isdecimal() else 0
            yield _block(Role.PARAGRAPH, line, 0, line.printed)
        elif number := NUMBERED.match(text):
            yield self._numbered(line, number)
        elif (bare := BARE_NUMBER.fullmatch(text)) and int(bare["number"]) == self._number + 1:
            self._number += 1
            yield _block(Role.PARAGRAPH, line, len(text.rstrip()), f"{self._number}.")
        elif levels := LEVELS.match(text):
            yield _block(Role.PARAGRAPH, line, levels.end(), levels["printed"])
        elif self.blocks and (item := ITEM.match(text)):
            yield _block(Role.ITEM, line, item.end(), item["printed"])
        elif annex := ANNEX.fullmatch(text):
            self._in_annex = True
            self._number = 0
            yield _block(Role.ANNEX, line, printed=annex["name"])
        elif heading := self._section(line):
            yield heading
        elif article := ARTICLE.fullmatch(text):
            yield self._article(line, article)
        else:
            yield self._unnumbered(line)

    def _is_quoted(self, match: re.Match[str]) -> bool:
        """Return whether a number belongs to a quoted text, such as an amended statute."""
        is_next = int(match["number"]) == self._number + 1
        opens = match[0].lstrip().startswith(('"', "'"))
        return opens and self._in_operative and not self._in_draft and not is_next

    def _numbered(self, line: Line, match: re.Match[str]) -> Block:
        """Return a numbered paragraph, or a numbered heading outside the sequence."""
        number, text = int(match["number"]), line.text[match.end() :]
        is_next = number == self._number + 1
        in_table = bool(self.blocks) and self.blocks[-1].role is Role.TABLE
        if (in_table or not is_next) and _AMOUNT.search(text):
            return _block(Role.TABLE, line)
        if self._is_quoted(match):
            return _block(Role.ITEM, line, match.end(), f"{number}.")
        if not is_next and _is_numbered_heading(text):
            return _block(Role.HEADING, line, match.end(), f"{number}.")
        self._in_operative = True
        self._number = number
        return _block(Role.PARAGRAPH, line, match.end(), f"{number}.")

    def _section(self, line: Line) -> Block | None:
        """Return the heading "III", "III. Title" or "A. Title"; None for anything else."""
        match = SECTION.fullmatch(line.text)
        if not match:
            return None
        heading = match["heading"].strip("*\u2020 \t")  # a lone note marker is not a heading
        if ends_a_paragraph(heading) or len(heading.split()) > _HEADING_WORDS:
            return None
        start = match.start("heading") if heading else 0
        return _block(Role.SECTION, line, start, match["section"] or match["named"])

    def _article(self, line: Line, match: re.Match[str]) -> Block:
        rest = match["rest"].strip()
        if rest and ends_a_paragraph(rest):
            if rest[:1].islower():  # "Article 5 of the Convention …" is a sentence
                return self._unnumbered(line)
            return _block(Role.PARAGRAPH, line, match.start("rest"), match["printed"])
        if rest[:1].islower():
            return self._unnumbered(line)
        return _block(Role.SECTION, line, match.start("rest") if rest else 0, match["printed"])

    def _unnumbered(self, line: Line) -> Block:
        text = line.text.strip()
        if "\t" in text and _TABLE.search(text):
            return _block(Role.TABLE, line)
        if self._in_annex:
            return _block(Role.PARAGRAPH, line)
        if text[:1].islower() and self._is_listing:
            return _block(Role.REST, line)
        if is_title(text):
            if text.casefold() == "preamble":  # of a declaration that the text adopts
                self._in_operative = False
            return _block(Role.HEADING, line)
        opening = opening_of(text)
        if opening is Opening.OPERATIVE:
            self._in_operative = True
            return _block(Role.PARAGRAPH, line)
        if not self._in_operative:
            return _block(Role.PREAMBULAR, line)
        if opening is Opening.PREAMBULAR and _GOES_ON.search(text[-_GOES_ON_REACH:]):
            return _block(Role.PREAMBULAR, line)
        return _block(Role.REST if self._is_listing else Role.PARAGRAPH, line)

    @property
    def _is_listing(self) -> bool:
        return bool(self.blocks) and self.blocks[-1].role in (Role.ITEM, Role.REST, Role.TABLE)

    @property
    def _last_text(self) -> str:
        return self._last.text if self._last else ""

    def _continues(self, line: Line) -> bool:
        """Append `line` to an interrupted paragraph; return whether it continued one."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or self._after_blank or last.role in (Role.HEADING, Role.SECTION):
            return False
        if self._last is None or ends_a_paragraph(self._last.text):
            return False
        if line.printed or ITEM.match(line.text):
            return False
        if not line.text.lstrip()[:1].islower() and not self._hangs(line):
            return False
        self.blocks[-1] = _until(last, line)
        return True

    def _hangs(self, line: Line) -> bool:
        """Return whether a line lacks the tab with which the line before it began."""
        if self._last is None or not self._last.text.startswith("\t") or line.text[:1].isspace():
            return False
        shapes = (NUMBERED.match, ANNEX.fullmatch, SECTION.fullmatch, CLOSING.fullmatch)
        return not is_title(line.text) and not any(shape(line.text) for shape in shapes)


def opens_draft(opener: str, above: str) -> bool:
    """Return whether an organ's name opens a draft resolution that the text above it recommends."""
    quoted = opener.lstrip().startswith(('"', "'"))
    return quoted or bool(re.search(r"draft (?:resolution|decision|declaration)", above, re.I))


def _is_numbered_heading(text: str) -> bool:
    if ends_a_paragraph(text) or len(text.split()) > _NUMBERED_HEADING_WORDS:
        return False
    return opening_of(text) is Opening.NEITHER


def _block(role: Role, line: Line, start: int = 0, printed: str | None = None) -> Block:
    lead = start or len(line.text) - len(line.text.lstrip())
    return Block(
        role=role,
        start=line.start + lead,
        end=min(line.end, line.start + len(line.text.rstrip())),
        printed=printed,
        gaps=tuple([gap for gap in line.gaps if gap.start > line.start + lead]),
    )


def _until(block: Block, line: Line) -> Block:
    end = line.start + len(line.text.rstrip())
    return block._replace(end=end, gaps=(*block.gaps, *line.gaps))
