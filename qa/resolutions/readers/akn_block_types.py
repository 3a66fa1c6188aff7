"""Block types of XML texts, decided by number and words instead of nesting."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.resolutions.cite.numbers import section_numeral
from qa.resolutions.document import Placement, Role
from qa.resolutions.parse.blocks import opens_draft
from qa.resolutions.parse.headings import is_title
from qa.resolutions.parse.lead_verbs import Opening, opening_of
from qa.resolutions.parse.line_patterns import ARTICLE, OPENER, ROMAN, SECTION, ends_a_paragraph
from qa.resolutions.parse.operative_part import PlacedText, operative_by_place
from qa.resolutions.readers.akn_headings import NUMERAL_ALONE, SECTION_NUMBER, numeral_before
from qa.resolutions.readers.akn_inline import InlineText
from qa.resolutions.readers.akn_lists import OpenList
from qa.resolutions.readers.akn_numbering import StatementPart, Tag, Unit

# The number of a paragraph; Arabic sets a dash behind it.
_DIGITS = re.compile(r"(?P<digits>\d{1,4})\s?(?:[.\u2013-]|\.-)?")
_LEVELS = re.compile(r"\d{1,3}(?:\.(?:\d{1,3}|[A-Za-z]))+\.?")  # "15.1."
_BULLET = "[\u2022\u00b7\u25aa\u25cf\u25cb\uf0b7*o]|[-\u2013\u2014]"
_ITEM = re.compile(
    rf"\((?:[^\W\d_]{{1,3}}|[ivxl]{{1,7}}|\d{{1,2}})\)|[\u3220-\u3229]|(?:[a-z]|[ivxl]{{1,7}})\."
    rf"|(?:[^\W\d_]|([a-z])\1|[ivxl]{{1,7}}|\d{{1,2}})\)|[a-z](?:\.[a-z\d]{{1,2}})+\.?|{_BULLET}"
)
# Arabic texts set the numbers of the second level, "(i)" in English, between quotation marks, and
# a blank between two equal letters, "(aa)" in English.
_QUOTED_DIGITS = "['\u2018\u2019]\\d{1,2}['\u2018\u2019]"
_QUOTED_ITEM = re.compile(_QUOTED_DIGITS)
_SPACED_LETTERS = re.compile(r"\((?P<letter>[^\W\d_])[ \u00a0](?P=letter)\)")
# A number typed into the words, a tab or, after brackets, a blank behind it.
_TYPED = re.compile(
    rf"(?P<number>{_QUOTED_DIGITS}|{_SPACED_LETTERS.pattern}"
    r"|\((?:[a-z]{1,2}|[^\W\d_]|[ivxl]{1,7}|\d{1,2}|[\u4e00-\u5341]{1,3})\)|[\u3220-\u3229]"
    r"|(?:(?:[a-z]|[ivxl]{1,7})[.)]|[a-z]{2}\)|[^\W\d_]\)|[A-Z]\.|\d{1,3}[.)]|[-\u2013\u2014*])"
    r"(?=[ \u00a0\u200e]?\t)"
    r"|[\u2022\u00b7\u25aa\u25cf\uf0b7](?=\s))[\s\u200e]+(?=\S)"
)
# A paragraph's number typed into the words without a stop, with a dash or a mark of other scripts:
# "3", "1 -", "4、", "2)"; only the next number of the sequence is taken for one.
_TYPED_COUNT = re.compile(
    r"[\u200e\u200f]*(?P<digits>\d{1,4})[ \u00a0\u200e\u200f]?"
    r"(?:[.)\u3001\uff0e\uff09]?[ \u00a0\u200e\u200f]?\t|[-\u2013\u2014][\s\u200e\u200f]+)"
    r"[\s\u200e\u200f]*(?=\S)"
)
_ANNEX_WORDS = (
    "(?i:Annex|Annexe|Appendix|Appendice|Anexo|Apéndice|Anlage|Anhang|Приложение|Дополнение)"
    "|附件|附录|(?:ال)?مرفق|(?:ال)?تذييل"
)
_ANNEX_NUMBER = rf"{ROMAN}|\d{{1,2}}|[A-Z]|[一二三四五六七八九十]{{1,3}}|ال\w+"
# Of a heading, whatever goes on behind: "Annex II to resolution 1617 (2005)", "Annex A – Items".
_ANNEX_HEADING = re.compile(
    rf"(?:(?P<name>(?:{_ANNEX_WORDS})(?:\s?(?:{_ANNEX_NUMBER})(?!\w))?)(?!\w)"
    rf"|(?P<more>(?i:Enclosure|Attachment)(?:\s(?:{_ANNEX_NUMBER}))?)(?=\s*(?:$|[:\u2013\u2014-])))"
)
_NOTE_STYLE = re.compile("footnote", re.IGNORECASE)  # what a table's own notes are set in
_HEADING_STYLE = re.compile(r"H(?:\d|Ch)|.*Heading")
_OPERATIVE_ENDS = (*";:.", *"\u061b\uff1b\uff1a\u3002")  # also of Arabic and of Chinese
_COMMAS = (",", "\u060c", "\uff0c")  # also of Arabic and of Chinese
_ORNAMENT = re.compile(r"[\s*_\u2022\u2013\u2014=-]+")  # "*  *  *", a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the document; `role` is None outside the text."""

    role: Role | None
    words: InlineText
    lead: str = ""  # the characters before the words: a number and a tab
    printed: str | None = None
    rows: tuple[InlineText, ...] = ()
    placement: Placement | None = None


def entries_of(units: Iterable[Unit], *, is_statement: bool = False) -> tuple[Entry, ...]:
    """Return the lines of a document.

    Args:
        units: its texts in order.
        is_statement: the document is a statement of a president, which a sentence introduces.
    """
    roles = _Roles(is_statement=is_statement)
    for unit in units:
        roles.take(unit)
    roles.end()
    texts = [PlacedText(each.role, each.words.text, each.printed or "") for each in roles.entries]
    operative = frozenset[int]() if is_statement else operative_by_place(texts)
    return tuple(
        replace(entry, role=Role.PARAGRAPH) if place in operative else entry
        for place, entry in enumerate(roles.entries)
    )


class _Roles:
    """Classifies texts one by one, depending on those before."""

    def __init__(self, *, is_statement: bool) -> None:
        self.entries: list[Entry] = []
        self._is_statement = is_statement
        self._held = ""  # the number of a paragraph whose words come in the next one
        self._last_number = 0
        self._may_restart = False  # a section has begun since the last number
        self._before = ""
        self._list = OpenList()

    def take(self, unit: Unit) -> None:
        """Add the lines of one text."""
        if unit.tag is Tag.NUMBER:
            self._number_alone(unit)
            return
        if self._held and not self._takes_held(unit):
            self.end()
        if unit.tag is Tag.TABLE:
            self._add(Role.TABLE, unit.words, rows=unit.rows)
        elif unit.tag is Tag.TITLE:
            self._add(None, unit.words)
        elif unit.tag is Tag.CROSS_HEADING and _is_preambular(unit):
            if unit.number:
                self._section(unit.number, InlineText(""))
            self._add(Role.PREAMBULAR, unit.words)
        elif unit.tag is not Tag.TEXT:
            self._heading(unit)
        elif unit.holder == "formula":
            self._add(None, unit.words)
        elif not unit.number and _ORNAMENT.fullmatch(unit.words.text):
            return
        else:
            self._text(unit)
        self._before = unit.words.text

    def end(self) -> None:
        """Add the number that no words have followed."""
        if self._held:
            number, self._held = self._held, ""
            self._paragraph(number, InlineText(""))

    def _takes_held(self, unit: Unit) -> bool:
        return (
            unit.tag is Tag.TEXT
            and not unit.number
            and unit.holder in {"paragraph", "point", "item"}
        )

    def _number_alone(self, unit: Unit) -> None:
        self.end()
        if SECTION_NUMBER.fullmatch(unit.number):
            self._section(unit.number, InlineText(""))
        else:
            self._held = unit.number

    def _add(
        self,
        role: Role | None,
        words: InlineText,
        *,
        number: str = "",
        lead: str = "",
        printed: str | None = None,
        rows: tuple[InlineText, ...] = (),
    ) -> None:
        lead = lead or (f"{number}\t" if number else "")
        printed = printed or number or None
        self.entries.append(Entry(role=role, words=words, lead=lead, printed=printed, rows=rows))

    # Headings

    def _heading(self, unit: Unit) -> None:
        words, number = unit.words, unit.number
        if annex := _ANNEX_HEADING.match(words.text):
            self._annex(words, annex)
        elif number and SECTION_NUMBER.fullmatch(number):
            self._section(number, words)
        elif number:
            self._add(Role.HEADING, words, number=number)
        elif typed := numeral_before(words.text, _last_section(self.entries)):
            self._section(typed[1], words.after(typed.end()))
        elif not self._is_named(words, is_heading=True):
            self._add(Role.HEADING, words)

    def _annex(self, words: InlineText, match: re.Match[str]) -> None:
        self._last_number = 0
        self._add(Role.ANNEX, words, printed=match["name"] or match["more"])

    def _section(self, number: str, words: InlineText) -> None:
        self._may_restart = True
        if words.text:
            self._add(Role.SECTION, words, number=number, printed=section_numeral(number))
        else:
            self._add(Role.SECTION, InlineText(number), printed=section_numeral(number))

    def _is_named(self, words: InlineText, *, is_heading: bool) -> bool:
        """Add a line that says itself what it is: "III", "二", "Part II", "Article 16"."""
        if NUMERAL_ALONE.fullmatch(words.text):
            self._section(words.text, InlineText(""))
            return True
        annex = _ANNEX_HEADING.match(words.text)
        if annex and not words.text[annex.end() :].strip("*\u2020 "):
            self._annex(words, annex)
            return True
        if article := ARTICLE.fullmatch(words.text):
            return self._article(words, article, is_heading=is_heading)
        section = SECTION.fullmatch(words.text)
        heading = section["heading"].strip("*\u2020 ") if section else ""  # or a note mark alone
        if not section or (heading and not is_heading):
            return False
        printed = section["section"] or section["named"]
        if heading:
            start = section.start("heading")
            self._add(Role.SECTION, words.after(start), lead=words.text[:start], printed=printed)
        else:
            self._add(Role.SECTION, words, printed=printed)
        return True

    def _article(self, words: InlineText, article: re.Match[str], *, is_heading: bool) -> bool:
        rest, start = article["rest"].strip(), article.start("rest")
        if rest[:1].islower():  # "Article 5 of the Convention …" is a sentence
            return False
        is_text = bool(rest) and not is_heading and ends_a_paragraph(rest)
        role = Role.PARAGRAPH if is_text else Role.SECTION
        if rest:
            lead = words.text[:start]
            self._add(role, words.after(start), lead=lead, printed=article["printed"])
        else:
            self._add(role, words, printed=article["printed"])
        return True

    # Paragraphs and items

    def _text(self, unit: Unit) -> None:
        if self._held:
            number, self._held = self._held, ""
            self._numbered(unit, number, unit.words)
        elif unit.number:
            self._numbered(unit, unit.number, unit.words)
        elif count := _next_count(unit, self._last_number, may_restart=self._may_restart):
            self._numbered(unit, count["digits"], unit.words.after(count.end()))
        elif typed := _TYPED.match(unit.words.text):
            self._numbered(unit, typed["number"], unit.words.after(typed.end()))
        else:
            self._unnumbered_words(unit, unit.words)

    def _numbered(self, unit: Unit, number: str, words: InlineText) -> None:
        if _DIGITS.fullmatch(number):
            self._counted(unit, number, words)
        elif _LEVELS.fullmatch(number):
            self._add(Role.PARAGRAPH, words, number=number)
        elif _QUOTED_ITEM.fullmatch(number):
            self._add(Role.ITEM, words, number=f"({number[1:-1]})")
        elif spaced := _SPACED_LETTERS.fullmatch(number):
            self._add(Role.ITEM, words, number=f"({spaced['letter'] * 2})")
        elif _ITEM.fullmatch(number):
            self._add(Role.ITEM, words, number=number)
        elif SECTION_NUMBER.fullmatch(number):
            if _HEADING_STYLE.match(unit.style) or is_title(words.text):
                self._section(number, words)
            else:
                self._add(Role.ITEM, words, number=number)
        else:  # initials of a name: "H.E.", "I.W."
            self._unnumbered_words(unit, words.behind(f"{number} "))

    def _counted(self, unit: Unit, number: str, words: InlineText) -> None:
        """Add a text that bears a whole number: a paragraph, a heading or an item."""
        value = int(re.match(r"\d+", number)[0])  # type: ignore[index]
        is_next = value == self._last_number + 1
        if (
            unit.part is StatementPart.PREAMBLE
        ):  # where an operative paragraph was taken for an item
            is_next = is_next and _ends_preamble(value, words)
        if _HEADING_STYLE.match(unit.style) and is_title(words.text):
            self._add(Role.HEADING, words, number=number)
        elif unit.holder in {"point", "item"} and not is_next:
            self._add(Role.ITEM, words, number=number)
        else:
            self._paragraph(number, words)

    def _paragraph(self, number: str, words: InlineText) -> None:
        digits = _DIGITS.fullmatch(number)
        self._last_number = int(digits["digits"]) if digits else self._last_number
        self._may_restart = False
        printed = number if not digits or re.fullmatch(r"\d+\.?", number) else digits["digits"]
        self._add(Role.PARAGRAPH if digits else Role.ITEM, words, number=number, printed=printed)

    def _unnumbered_words(self, unit: Unit, words: InlineText) -> None:
        text = words.text
        if self._opens(text):
            return
        if unit.holder == "wrapUp" or _NOTE_STYLE.search(unit.style):
            self._add(Role.REST, words)
        elif unit.holder == "alinea":
            self._add(Role.PREAMBULAR if self._introduces else Role.REST, words)
        elif unit.part is StatementPart.PREAMBLE:
            self._in_preamble(unit, words)
        elif unit.holder in {"point", "item"}:
            self._unmarked_item(unit, words)
        elif (unit.is_more and unit.holder == "paragraph") or self._goes_on(unit):
            self._add(Role.REST, words)
        elif self._is_named(words, is_heading=bool(_HEADING_STYLE.match(unit.style))):
            return
        elif _HEADING_STYLE.match(unit.style):
            self._add(Role.HEADING, words)
        elif unit.part is StatementPart.BODY and (
            _is_preambular(unit) or _precedes_numbers(unit, self._last_number)
        ):
            self._add(Role.PREAMBULAR, words)
        else:
            self._add(Role.PARAGRAPH, words)

    def _goes_on(self, unit: Unit) -> bool:
        last = self.entries[-1] if self.entries else None
        return last is not None and self._list.goes_on(unit, last.role, last.words)

    def _in_preamble(self, unit: Unit, words: InlineText) -> None:
        is_heading = unit.holder == "preamble" and is_title(words.text)
        is_item = unit.holder in {"point", "item"}
        role = Role.HEADING if is_heading else Role.ITEM if is_item else Role.PREAMBULAR
        self._add(role, words)

    def _unmarked_item(self, unit: Unit, words: InlineText) -> None:
        if unit.is_more or words.text[:1].islower():
            self._add(Role.REST, words)
        else:
            self._add(Role.HEADING if is_title(words.text) else Role.ITEM, words)

    @property
    def _introduces(self) -> bool:
        """True of the sentence with which a president's statement begins."""
        return self._is_statement and all(entry.role is None for entry in self.entries)

    def _opens(self, text: str) -> bool:
        """Add an opener, "The General Assembly,", which is not a paragraph, or that of a draft."""
        plain = text.replace("\u201c", '"').replace("\u2018", "'")
        opener = OPENER.fullmatch(plain) if len(text) <= 80 else None
        if not opener:
            return False
        is_draft = bool(self.entries) and opens_draft(plain, self._before)
        if opener["other"] and not is_draft and any(entry.role for entry in self.entries):
            return False  # it opens the decision of another organ that is annexed: a text like any
        self._add(Role.DRAFT if is_draft else None, InlineText(text))
        return True


def _last_section(entries: Sequence[Entry]) -> str:
    """Return the numeral of the last section; "" before the first."""
    sections = (entry for entry in reversed(entries) if entry.role is Role.SECTION)
    return next((entry.printed or "" for entry in sections), "")


def _is_preambular(unit: Unit) -> bool:
    if unit.refers_to == "#preamble":
        return True
    text = unit.words.unmarked
    return text.endswith(",") and opening_of(text) is Opening.PREAMBULAR


def _ends_preamble(value: int, words: InlineText) -> bool:
    """Return whether a numbered text in the preamble is an operative paragraph."""
    if words.text.isascii():
        return opening_of(words.text) is Opening.OPERATIVE
    return value > 1 or words.text.endswith(_OPERATIVE_ENDS)  # verbs are known in English only


def _next_count(unit: Unit, last_number: int, *, may_restart: bool) -> re.Match[str] | None:
    """Return the number typed before the words, if it is one of the next, or a section's first."""
    if unit.part is StatementPart.PREAMBLE:
        return None
    count = _TYPED_COUNT.match(unit.words.text)
    nexts = {last_number + 1, last_number + 2}  # one may be lost
    if may_restart:
        nexts.add(1)
    return count if count and int(count["digits"]) in nexts else None


def _precedes_numbers(unit: Unit, last_number: int) -> bool:
    """Return whether an unnumbered text before the first number ends like a preamble's."""
    text = unit.words.unmarked
    return last_number == 0 and text.endswith(_COMMAS) and opening_of(text) is not Opening.OPERATIVE
