"""The lines that carry the structure of a text, in the official languages other than English.

A text in French opens with "L'Assemblée générale,", ends with "52e séance plénière" and is dated
"12 décembre 2022". Such lines are handed to the parser in the words of English texts, at their own
offsets; what they print (the meeting, the day of issue, the agenda item) is then read from them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qa.resolutions.cite.grammar import plain_digits
from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.model import Span
from qa.resolutions.parse.lines import Line, split_lines
from qa.resolutions.parse.list_markers import latin_letters
from qa.resolutions.parse.masthead import ParsedMasthead
from qa.resolutions.parse.page_breaks import Pages, undo_pages
from qa.resolutions.periods import MONTHS, read_day
from qa.resolutions.text import squeeze

_ORGANS = (
    "General Assembly",
    "Security Council",
    "Economic and Social Council",
    "Human Rights Council",
)
_COMMITTEES = tuple(
    f"{ordinal} Committee" for ordinal in "First Second Third Fourth Fifth Sixth".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How texts in one language print what English texts print, as patterns.

    A date is `{date}` in them; `organs` are in the order of `_ORGANS`, of the adopting organ after
    its preposition too.
    """

    language: str
    organs: tuple[str, ...]
    date: str  # with the groups `day`, `month`, `year`
    months: tuple[str, ...]
    header: str  # "Résolution adoptée par …"; group `organ`
    closing: str  # group `meeting`
    annex: str
    number: str  # "Résolution 1325 (2000)"; group `number`
    report: str  # opens the bracket that names the report of a committee
    no_report: str  # opens the one that says that there was none
    committees: tuple[str, ...]
    issued: str
    agenda: str  # group `items`


LAYOUTS = (
    Layout(
        language="fr",
        organs=(
            "L'Assemblée générale",
            "Le Conseil de sécurité",
            "Le Conseil économique et social",
            "Le Conseil des droits de l'homme",
        ),
        date=r"(?P<day>\d{1,2})(?:er)? (?P<month>[a-zûé]+) (?P<year>\d{4})",
        months=tuple(
            "janvier février mars avril mai juin juillet août septembre octobre novembre "
            "décembre".split()
        ),
        header=r"(?:Résolutions? )?adoptée?s? par (?P<organ>{organ})"
        r"(?:[^\d\n]*\d+e séance,?)?,? le {date}.*",
        closing=r"(?:Adoptée?s? .*?à (?:la|sa) )?(?P<meeting>\d{1,5}(?:e|re|ère|ème) séance"
        r"(?: plénière)?(?: \([^)]*\))?)(?:[,.]? .*)?",
        annex=r"(?:Annexe|Appendice|Pièce jointe)(?: (?P<number>[IVX]+|\d+|[A-Z]))?",
        number=r"Résolution (?P<number>\d{1,4} ?\(\d{4}\))",
        report=r"sur (?:la base du )?(?:le )?rapport",
        no_report=r"sans renvoi",
        committees=tuple(
            f"{word} Commission"
            for word in "Première Deuxième Troisième Quatrième Cinquième Sixième".split()
        ),
        issued=r"Distr\. ?:? ?(?:générale|limitée)\s+{date}",
        agenda=r"Points? (?P<items>\d[^\n\t]*?) de l'ordre du jour",
    ),
    Layout(
        language="es",
        organs=(
            "La Asamblea General",
            "El Consejo de Seguridad",
            "El Consejo Económico y Social",
            "El Consejo de Derechos Humanos",
        ),
        date=r"(?P<day>\d{1,2})(?:º|°)? de (?P<month>[a-z]+) del? (?P<year>\d{4})",
        months=tuple(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
            "diciembre".split()
        ),
        header=r"(?:Resoluci(?:ón|ones) )?(?:aprobada|adoptada)s? por (?P<organ>{organ})"
        r"(?:[^\d\n]*\d+.? ?[ªa] sesión,?(?: celebrada)?)?,? el {date}.*",
        closing=r"(?:(?:Aprobada|Adoptada)s? .*?en (?:la|su) )?(?P<meeting>\d{1,5}\.?[ªa]? sesión"
        r"(?: plenaria)?(?: \([^)]*\))?)(?:[,.]? .*)?",
        annex=r"(?:Anexo|Apéndice)(?: (?P<number>[IVX]+|\d+|[A-Z]))?",
        number=r"Resolución (?P<number>\d{1,4} ?\(\d{4}\))",
        report=r"sobre la base del informe|por recomendación",
        no_report=r"sin remisión",
        committees=tuple(
            f"{word} Comisión" for word in "Primera Segunda Tercera Cuarta Quinta Sexta".split()
        ),
        issued=r"Distr\. ?:? ?(?:general|limitada)\s+{date}",
        agenda=r"Temas? (?P<items>\d[^\n\t]*?) del programa",
    ),
    Layout(
        language="ru",
        organs=(
            "Генеральная Ассамблея",
            "Совет Безопасности",
            "Экономический и Социальный Совет",
            "Совет по правам человека",
        ),
        date=r"(?P<day>\d{1,2}) (?P<month>[а-я]+) (?P<year>\d{4})(?: года)?",
        months=tuple(
            "января февраля марта апреля мая июня июля августа сентября октября ноября "
            "декабря".split()
        ),
        header=r"(?:Резолюци[яи],? )?принят(?:ая|а|ые) (?P<organ>Генеральной Ассамблеей|"
        r"Советом Безопасности|Экономическим и Социальным Советом|Советом по правам человека)"
        r"(?:[^\d\n]*\d+-м заседании,?)? {date}.*",
        closing=r"(?:Принят\w+ .*?на (?:его |ее )?)?(?P<meeting>\d{1,5}-[еeм]"
        r"(?: \([^)]*\))? (?:пленарное )?заседани[ие](?: \([^)]*\))?)(?:[,.]? .*)?",
        annex=r"(?:Приложение|Добавление)(?: (?P<number>[IVX]+|\d+|[A-Z]))?",
        number=r"Резолюция (?P<number>\d{1,4} ?\(\d{4}\))",
        report=r"по докладу",
        no_report=r"без передачи",
        committees=tuple(
            rf"{stem}\w* комитет" for stem in "Перв Втор Трет Четв[её]рт Пят Шест".split()
        ),
        issued=r"Distr\. ?:? ?(?:General|Limited)\s+{date}",
        agenda=r"Пункты? (?P<items>\d[^\n\t]*?) повестки дня",
    ),
    Layout(
        language="zh",
        organs=("大会", "安全理事会", "经济及社会理事会", "人权理事会"),
        date=r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        months=tuple(map(str, range(1, 13))),
        header=r"{date}(?P<organ>{organ})(?:第\d+次会议)?(?:通过的)?决议.*",
        closing=r"(?:安全理事会)?(?P<meeting>第 ?\d{1,5} ?次(?:全体)?会议(?:[（(].*[)）])?)"
        r"(?:.{0,3}通过)?",
        annex=r"(?:附件|附录)(?:[ ]?(?P<number>[一二三四五六七八九十]+|[IVX]+|\d+))?",
        number=r"第 ?(?P<number>\d{1,4} ?\(\d{4}\)) ?号决议",
        report=r"根据.*报告",
        no_report=r"未经发交",
        committees=tuple(f"第{digit}委员会" for digit in "一二三四五六"),
        issued=r"Distr\. ?:? ?(?:General|Limited)\s+{date}",
        agenda=r"议程项目 ?(?P<items>\d[^\n\t]*)",
    ),
    Layout(
        language="ar",
        organs=(
            "إن الجمعية العامة",
            "إن مجلس الأمن",
            "إن المجلس الاقتصادي والاجتماعي",
            "إن مجلس حقوق الإنسان",
        ),
        date=r"(?P<day>\d{1,2}) (?:[\w ]+/ ?)?(?P<month>\w+) (?P<year>\d{4})",
        months=tuple(
            "يناير فبراير مارس أبريل مايو يونيه يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
        ),
        header=r"قرار (?:اتخذته|اعتمدته) (?P<organ>الجمعية العامة|مجلس الأمن)[^\d\n]*{date}.*",
        closing=r"(?P<meeting>الجلسة (?:العامة )?\d{1,5}(?: \([^)]*\))?)",
        annex=r"(?:المرفق|مرفق|التذييل)(?: (?P<number>الأول|الثاني|الثالث|\d+))?",
        number=r"القرار (?P<number>\d{1,4} ?\(\d{4}\))",
        report=r"بناء على تقرير",
        no_report=r"دون الإحالة",
        committees=tuple(
            f"اللجنة {word}" for word in "الأولى الثانية الثالثة الرابعة الخامسة السادسة".split()
        ),
        issued=r"Distr\. ?:? ?(?:General|Limited)\s+{date}",
        agenda=r"البن(?:د|ود) (?P<items>\d[^\n\t]*?) من جدول الأعمال",
    ),
)


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The compiled patterns of a layout."""

    organs: Mapping[str, str]
    date: re.Pattern[str]
    header: re.Pattern[str]
    closing: re.Pattern[str]
    annex: re.Pattern[str]
    number: re.Pattern[str]
    issued: re.Pattern[str]
    agenda: re.Pattern[str]


@cache
def _shapes(layout: Layout) -> _Shapes:
    organ = "|".join(re.escape(name) for name in layout.organs)

    def compiled(pattern: str) -> re.Pattern[str]:
        filled = pattern.replace("{date}", layout.date).replace("{organ}", organ)
        return re.compile(rf"\s*{filled}\s*", re.IGNORECASE)

    return _Shapes(
        organs={
            name.casefold(): english for name, english in zip(layout.organs, _ORGANS, strict=True)
        },
        date=compiled(layout.date),
        header=compiled(layout.header),
        closing=compiled(layout.closing),
        annex=compiled(layout.annex),
        number=compiled(layout.number),
        issued=compiled(layout.issued),
        agenda=compiled(layout.agenda),
    )


_STOPS = r"[,،，]?"
_OPENER = re.compile(
    rf"^[ \t\"'«]*(?P<organ>{'|'.join(name for layout in LAYOUTS for name in layout.organs)})"
    rf"[ \t]*{_STOPS}[ \t]*$",
    re.MULTILINE,
)


def layout_of(text: str) -> Layout | None:
    """Return the layout of a text that no English organ opens; None for any other."""
    match = _OPENER.search(text)
    return next((each for each in LAYOUTS if match and match["organ"] in each.organs), None)


def in_english(lines: Sequence[Line], layout: Layout) -> tuple[Line, ...]:
    """Return the lines, those of the structure in English words and at their own offsets."""
    shapes = _shapes(layout)
    return tuple(
        line._replace(text=english) if (english := _english(line.text, layout, shapes)) else line
        for line in lines
    )


def pages_of(text: str, pages: Pages, layout: Layout, *, is_word: bool) -> Pages:
    """Return the pages of a text with the lines of its structure in English.

    Where no blank line and no indent parts them, the lines of the structure would be joined with
    the paragraphs around them: they are put into English first.

    Args:
        text: folded.
        pages: of the text in its own words.
        layout: of its language.
        is_word: each line is a paragraph of a Word file, and none is wrapped.
    """
    lines = split_lines(text)
    if is_word:
        return Pages(in_english(lines, layout), (), is_wrapped=False)
    shapes = _shapes(layout)
    if _structural(pages.lines, layout, shapes) < _structural(lines, layout, shapes):
        pages = undo_pages(in_english(lines, layout))
    return replace(pages, lines=in_english(pages.lines, layout))


def _structural(lines: Sequence[Line], layout: Layout, shapes: _Shapes) -> int:
    """Return how many lines are of the structure: openers, headers, closing lines, dates."""
    return sum(
        bool(_structure(line.text, plain_digits(line.text), layout, shapes)) for line in lines
    )


def _english(text: str, layout: Layout, shapes: _Shapes) -> str:
    """Return a line of the structure in English; "" for any other line."""
    printed = plain_digits(text)
    if english := _structure(text, printed, layout, shapes):
        return english
    if text.lstrip().startswith("["):
        return _bracket(text, layout)
    return _marked(printed)


def _structure(text: str, printed: str, layout: Layout, shapes: _Shapes) -> str:
    """Return an opener, a header, a closing line, a date or an annex in English; "" for others."""
    if opener := _OPENER.fullmatch(text):
        return f"The {shapes.organs[opener['organ'].casefold()]},"
    if header := shapes.header.fullmatch(printed):
        return f"Resolution adopted by the General Assembly on {_day_in_english(header, layout)}"
    if number := shapes.number.fullmatch(printed):
        return f"Resolution {number['number']}"
    if shapes.closing.fullmatch(printed):
        meeting = re.findall(r"\d+", printed)[0]
        return f"{meeting}th plenary meeting"
    if dated := shapes.date.fullmatch(printed):
        return _day_in_english(dated, layout)
    if annex := shapes.annex.fullmatch(text):
        return f"Annex {annex['number'] or ''}".strip()
    return ""


# "1 -", "3、" and "а)" at the start of a line, which English texts print as "1." and "(a)".
_NUMBER = re.compile(r"(?P<lead>\s*)(?P<number>\d{1,3})(?P<mark>\s?[-–—]|[、．])(?=\s)\s?")
_BARE_NUMBER = re.compile(r"\t(?P<number>\d{1,3})\t(?=\S)")  # printed without a stop
_ITEM = re.compile(r"(?P<lead>\s*)(?P<opens>\(?)(?P<mark>[^\W\d_]{1,2}\u0640?|[ivx]{1,5})\)(?=\s)")


def _marked(text: str) -> str:
    """Return a line whose number or letter is written as in English; "" for any other line.

    Each character stays at its place.
    """
    if number := _NUMBER.match(text):
        mark = f"{number['lead']}{number['number']}."
        return mark.ljust(number.end()) + text[number.end() :]
    if bare := _BARE_NUMBER.match(text):
        return f"{bare['number']}.\t{text[bare.end() :]}"
    item = _ITEM.match(text)
    if item is None:
        return ""
    mark = latin_letters(item["mark"])
    if not mark.isascii():
        return ""
    lead, opens = item["lead"], item["opens"]
    if not opens and not lead:  # "a) Informe": the blank behind it makes room for a bracket
        return f"({mark}){text[item.end() + 1 :]}"
    if not opens and lead and text[item.end() : item.end() + 1] != "\t":
        lead, opens = lead[:-1], "("
    return f"{lead}{opens}{mark})".ljust(item.end()) + text[item.end() :]


def _bracket(text: str, layout: Layout) -> str:
    inside = text.strip().removeprefix("[")
    symbols = find_symbols(text)
    symbol = symbols[0].symbol if symbols else ""
    if re.match(layout.no_report, inside):
        return f"[without reference to a Main Committee ({symbol})]"
    if not re.match(layout.report, inside):
        return ""
    names = zip(layout.committees, _COMMITTEES, strict=True)
    committee = next(
        (english for name, english in names if re.search(name, text, re.IGNORECASE)), ""
    )
    return (
        f"[on the report of the {committee} ({symbol})]" if committee else f"[adopted ({symbol})]"
    )


def _day_in_english(match: re.Match[str], layout: Layout) -> str:
    """Return a date in English words; "" for a month that the language does not have."""
    month = match["month"].lower()
    if month not in layout.months:
        return ""
    return f"{match['day']} {MONTHS[layout.months.index(month)]} {match['year']}"


def complete(fields: ParsedMasthead, text: str, layout: Layout) -> None:
    """Add what the text prints in its own words: language, meeting, day of issue, agenda items."""
    shapes = _shapes(layout)
    fields.language = layout.language
    digits = plain_digits(text)
    for line in split_lines(text):
        printed = plain_digits(line.text)
        closing = shapes.closing.fullmatch(printed)
        if closing and (fields.meeting or shapes.header.fullmatch(printed)):
            start, end = line.start + closing.start("meeting"), line.start + closing.end("meeting")
            fields.meeting = squeeze(text[start:end])
            fields.found["meeting"] = Span(start=start, end=end)
    if issued := shapes.issued.search(digits):
        day = read_day(_day_in_english(issued, layout))
        if day:
            fields.issued = day
            fields.found["issued"] = Span(start=issued.start("day"), end=issued.end("year"))
    if agenda := shapes.agenda.search(digits):
        fields.agenda_items = tuple(_items(agenda["items"]))
        fields.found["agenda_items"] = Span(start=agenda.start("items"), end=agenda.end("items"))


def _items(printed: str) -> Iterator[str]:
    """Yield each item of "9, 23 a) et 140", written as in English: "23 (a)"."""
    for match in re.finditer(r"(\d{1,3})((?: ?\(?[^\W\d_]{1,2}\))*)", printed):
        letters = map(latin_letters, re.findall(r"[^\W\d_]+", match[2]))
        yield match[1] + "".join(f" ({letter})" for letter in letters)
