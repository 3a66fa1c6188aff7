"""Blocks in, paragraphs with their labels out: sections, annexes, lists, numbers that restart.

A label is unique in its resolution: `OP6`, `OP3(b)(ii)`, `PP12`, and where numbers start again
`sect. III OP5`. Annexed text is `annex I para. 8`, or `annex art. 24(1)` where it is in articles.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.resolutions.document import Block, Role
from qa.resolutions.model import Kind, Span
from qa.resolutions.parse.headings import is_title
from qa.resolutions.parse.lead_verbs import Opening, opening_of
from qa.resolutions.parse.line_patterns import ANNEX, ROMAN, ends_a_paragraph
from qa.resolutions.parse.list_markers import ListLevels, latin_letters

_ROMAN = re.compile(ROMAN)
_NUMERAL = re.compile(rf"(?:{ROMAN}|[A-Z])\.?")
_WHOLE = re.compile(r"(\d{1,4})\.?")
# Words of other languages for an annex, whose paragraphs are labelled as in English.
_ANNEX_WORDS = dict.fromkeys(
    ("annexe", "anexo", "anlage", "приложение", "附件", "المرفق", "مرفق"), "annex"
) | dict.fromkeys(("appendice", "apéndice", "добавление", "附录", "التذييل"), "appendix")
_ARTICLE_WORDS = {
    "article": "art.",
    "rule": "rule",
    "regulation": "regulation",
    "principle": "principle",
    "guideline": "guideline",
    "action": "action",
    "paragraph": "para.",
    "objective": "objective",
}


@dataclass(frozen=True, slots=True)
class OutlinePosition:
    """The draft, annex, section and article around a paragraph."""

    draft: str = ""  # "draft ", "draft II "
    annex: str = ""  # "annex", "annex I"
    section: str = ""  # "III"
    subsection: str = ""  # "B"
    article: str = ""  # "art. 24"


@dataclass(slots=True)
class Draft:
    """A paragraph on its way to a label; offsets in the folded document."""

    kind: Kind
    start: int
    end: int
    printed: str | None = None
    number: int | None = None
    section: str | None = None
    depth: int = 0
    gaps: tuple[Span, ...] = ()
    parent: "Draft | None" = None
    label: str = ""
    place: OutlinePosition = field(default_factory=OutlinePosition)


def read_outline(blocks: Sequence[Block], text: str) -> tuple[Draft, ...]:
    """Return the paragraphs, items and headings of one resolution, each with its label.

    Args:
        blocks: in the order of the document.
        text: the folded document, in which their offsets lie.
    """
    placed = _from_placements(blocks)
    if placed:
        return placed
    outline = _Outline(text)
    for block in blocks:
        outline.take(block)
    _restore_lost_numbers(outline.drafts)
    _label(outline.drafts)
    return tuple(outline.drafts)


def _from_placements(blocks: Sequence[Block]) -> tuple[Draft, ...]:
    """Return the paragraphs of a file that states their placements; empty if they are inconsistent.

    Labels are unique, and a parent precedes its children.
    """
    drafts: dict[str, Draft] = {}
    for block in blocks:
        placement = block.placement
        if (
            placement is None
            or placement.label in drafts
            or (placement.parent and placement.parent not in drafts)
        ):
            return ()
        drafts[placement.label] = Draft(
            kind=placement.kind,
            start=block.start,
            end=block.end,
            printed=placement.printed,
            number=placement.number,
            section=placement.section,
            depth=placement.depth,
            gaps=block.gaps,
            parent=drafts[placement.parent] if placement.parent else None,
            label=placement.label,
        )
    return tuple(drafts.values())


class _Outline:
    """Places blocks one by one, tracking section, annex and open items."""

    def __init__(self, text: str) -> None:
        self.drafts: list[Draft] = []
        self._text = text
        self._place = OutlinePosition()
        self._levels = ListLevels()
        self._paragraph: Draft | None = None
        self._open: list[Draft] = []  # the items that an item can hang on, by depth
        self._last_number = 0
        self._annexes = 0

    def take(self, block: Block) -> None:
        """Add one block."""
        match block.role:
            case Role.PREAMBULAR | Role.PARAGRAPH:
                self._paragraph_of(block)
            case Role.ITEM:
                self._item(block)
            case Role.REST | Role.TABLE:
                self._rest(block)
            case Role.HEADING:
                self._heading(block)
            case Role.SECTION:
                self._section(block)
            case Role.ANNEX:
                self._annex(block)
            case Role.DRAFT:
                self._draft(block)

    def _add(self, block: Block, kind: Kind) -> Draft:
        draft = Draft(
            kind=kind,
            start=block.start,
            end=block.end,
            printed=block.printed,
            gaps=block.gaps,
            section=self._place.section or None,
            place=self._place,
        )
        self.drafts.append(draft)
        return draft

    def _heading(self, block: Block) -> None:
        annex = ANNEX.fullmatch(self._text[block.start : block.end])
        if annex:
            self._annex(block._replace(printed=annex["name"]))
        else:
            self._add(block, Kind.HEADING)

    def _section(self, block: Block) -> None:
        printed = (block.printed or "").rstrip(".")
        word, _, rest = printed.partition(" ")
        where = self._place
        if word.lower() in _ARTICLE_WORDS and rest:
            article = f"{_ARTICLE_WORDS[word.lower()]} {rest}"
            self._place = OutlinePosition(where.draft, where.annex, where.section, "", article)
        elif _ROMAN.fullmatch(printed) and not self._follows_letter(printed):
            self._place = OutlinePosition(where.draft, where.annex, printed)
        elif printed:
            section = (where.section, printed) if where.section else (printed, "")
            if where.section and len(where.section) == 1 and not where.subsection:
                is_roman = bool(_ROMAN.fullmatch(where.section)) and where.section in "IVX"
                section = (where.section, printed) if is_roman else (printed, "")
            self._place = OutlinePosition(where.draft, where.annex, *section)
        self._add(block, Kind.HEADING)

    def _follows_letter(self, printed: str) -> bool:
        """Return whether "C", "D" or "I" continues sections A, B … and is not a Roman number."""
        before = self._place.subsection or self._place.section
        return len(printed) == 1 == len(before) and ord(printed) == ord(before) + 1

    def _annex(self, block: Block) -> None:
        self._annexes += 1
        name = " ".join((block.printed or "annex").split())
        word, _, number = name.partition(" ")
        word = _ANNEX_WORDS.get(word.lower(), word.lower())
        self._place = OutlinePosition(self._place.draft, f"{word} {number.upper()}".strip())
        self._last_number = 0
        self._paragraph, self._open = None, []
        self._add(block, Kind.HEADING)

    def _draft(self, block: Block) -> None:
        self._place = OutlinePosition(draft="draft ")
        self._last_number = 0
        self._paragraph, self._open = None, []
        self._add(block, Kind.HEADING)

    def _paragraph_of(self, block: Block) -> None:
        number = _whole_number(block.printed)
        words = self._text[block.start : block.end]
        if block.role is Role.PREAMBULAR and self._is_quoted(words):
            self._rest(block)
            return
        if block.role is Role.PARAGRAPH and not block.printed:
            if self._open[1:] and words[:1].islower():
                self._rest(block)  # text that resumes after a list, in a file that does not say so
                return
            if is_title(words) or (self._is_below_numeral and not ends_a_paragraph(words)):
                self._heading(block)
                return
        if number is not None:
            if self._begins_annex(block, number):
                self._place = OutlinePosition(self._place.draft, "annex")
            self._last_number = number
        kind = Kind.PREAMBULAR if block.role is Role.PREAMBULAR else Kind.OPERATIVE
        kind = Kind.ANNEX if self._place.annex else kind
        self._paragraph = self._add(block, kind)
        self._paragraph.number = number
        self._open = [self._paragraph]
        self._levels = ListLevels()

    @property
    def _is_below_numeral(self) -> bool:
        """True where the line before is nothing but the numeral of a section."""
        before = self.drafts[-1] if self.drafts else None
        if before is None or before.kind is not Kind.HEADING:
            return False
        return bool(_NUMERAL.fullmatch(self._text[before.start : before.end]))

    def _is_quoted(self, words: str) -> bool:
        """Return whether a paragraph begins a text that an operative one introduces: a question."""
        before = self._paragraph
        if before is None or before is not self.drafts[-1] or before.kind is not Kind.OPERATIVE:
            return False
        introduces = self._text[before.start : before.end].rstrip().endswith(":")
        return introduces and words.lstrip().startswith('"')

    def _begins_annex(self, block: Block, number: int) -> bool:
        """Return whether numbers start again because the heading of an annex was lost.

        The cue: the paragraph before ended the resolution with a full stop, and the words are not
        those of an operative paragraph.
        """
        if self._place.annex or number != 1 or not self._last_number or self._place.section:
            return False
        before = self._text[self.drafts[-1].start : self.drafts[-1].end].rstrip()
        opens = opening_of(self._text[block.start : block.end])
        is_heading = self.drafts[-1].kind is Kind.HEADING
        return (before.endswith(".") or is_heading) and opens is not Opening.OPERATIVE

    def _item(self, block: Block) -> None:
        if self._paragraph is None:
            self._paragraph_of(block)
            return
        before = self.drafts[-1]
        introduces = self._text[before.start : before.end].rstrip().endswith(":")
        depth = self._levels.depth_of(block.printed or "", introduces=introduces)
        self._open = self._open[: max(depth, 1)]
        parent = self._open[-1]
        item = self._add(block, parent.kind)
        item.parent, item.depth, item.place = parent, parent.depth + 1, parent.place
        self._open.append(item)

    def _rest(self, block: Block) -> None:
        if self._paragraph is None:
            self._paragraph_of(Block(role=Role.PARAGRAPH, start=block.start, end=block.end))
            return
        parent = self._paragraph
        rest = self._add(block, parent.kind)
        rest.parent, rest.depth, rest.printed = parent, 1, None
        rest.label = "table" if block.role is Role.TABLE else "end"


def _whole_number(printed: str | None) -> int | None:
    match = _WHOLE.fullmatch(printed) if printed else None
    return int(match[1]) if match else None


def _restore_lost_numbers(drafts: Sequence[Draft]) -> None:
    """Number the one operative paragraph without a number between 4 and 6, or above 2."""
    tops = [draft for draft in drafts if draft.kind is Kind.OPERATIVE and draft.parent is None]
    for before, draft, after in zip((None, *tops), tops, tops[1:], strict=False):
        if draft.number is not None or after.number is None:
            continue
        number = before.number if before else 0
        if number is not None and after.number == number + 2:
            draft.number = number + 1


def _label(drafts: Sequence[Draft]) -> None:
    """Give each draft its label; sections are named where the numbers alone are not unique."""
    used: dict[str, int] = {}
    counts = _Counts()
    tops = [draft for draft in drafts if draft.parent is None and draft.kind is not Kind.HEADING]
    repeated = _repeated(tops)
    numbered = [draft for draft in tops if draft.number is not None]
    for draft in numbered:  # first, so that "OP1" is the paragraph that is numbered 1
        draft.label = _unique(_name(draft, counts, repeated), used)
    for draft in drafts:
        if draft.parent is not None or draft.kind is Kind.HEADING or draft.number is None:
            draft.label = _unique(_name(draft, counts, repeated), used)


def _repeated(tops: Sequence[Draft]) -> frozenset[tuple[str, str]]:
    """Return the texts, by draft and annex, in which a number occurs more than once."""
    numbers = Counter(
        (draft.place.draft, draft.place.annex, draft.number, draft.place.article)
        for draft in tops
        if draft.number is not None
    )
    return frozenset((key[0], key[1]) for key, count in numbers.items() if count > 1)


class _Counts:
    """Counts what carries no number of its own."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def next(self, key: str) -> int:
        self._counts[key] += 1
        return self._counts[key]


def _name(draft: Draft, counts: _Counts, repeated: frozenset[tuple[str, str]]) -> str:
    place = draft.place
    if draft.kind is Kind.HEADING:
        return f"heading {counts.next('heading')}"
    if draft.parent is not None:
        mark = draft.label or _item_mark(draft.printed or "", counts, draft.parent.label)
        return f"{draft.parent.label}({mark})"
    section = ""
    if (place.draft, place.annex) in repeated and place.section:
        section = f"sect. {place.section}{'.' + place.subsection if place.subsection else ''} "
    if draft.kind is Kind.PREAMBULAR:
        draft.number = counts.next(f"{place.draft}PP")
        return f"{place.draft}PP{draft.number}"
    if draft.kind is Kind.ANNEX:
        return f"{place.draft}{place.annex} {section}{_annex_name(draft, counts)}"
    if draft.number is not None:
        return f"{place.draft}{section}OP{draft.number}"
    return f"{place.draft}{section}OP{counts.next(f'{place.draft}{section}OP')}"


def _annex_name(draft: Draft, counts: _Counts) -> str:
    article, printed = draft.place.article, (draft.printed or "").rstrip(".")
    if draft.number is not None:
        return f"{article}({draft.number})" if article else f"para. {draft.number}"
    if re.match(r"\d", printed):
        return f"para. {printed}"
    word, _, rest = printed.partition(" ")
    if word.lower() in _ARTICLE_WORDS and rest:
        return f"{_ARTICLE_WORDS[word.lower()]} {rest}"
    if article:
        return article
    return f"text {counts.next(f'{draft.place.draft}{draft.place.annex}')}"


def _item_mark(printed: str, counts: _Counts, parent: str) -> str:
    """Return the bracketed part of an item's label: "b" of "(b)", "bullet 2"."""
    plain = re.sub(r"[\s().\u200e\u200f]", "", latin_letters(printed))
    return plain if plain.isalnum() else f"bullet {counts.next(parent)}"


def _unique(label: str, used: dict[str, int]) -> str:
    """Return a label that is new: the second "OP1" is "OP1 [2]"; `used` holds the next copies."""
    if label not in used:
        used[label] = 2
        return label
    copy = used[label]
    while (name := f"{label} [{copy}]") in used:
        copy += 1
    used[label] = copy + 1
    used[name] = 2
    return name
