"""A Resolution as AKN4UN XML.

Source: Akoma Ntoso 3.0 (OASIS), and the guidelines AKN4UN: ids such as `para_8__list_1__point_a`,
one container a preambular paragraph, annexes as attachments, and `crossHeading` that refers to
`#preamble` for a preamble that returns in the text. The files that the United Nations publishes
number ids by position and write `unga` for `un-ga`; that name is given as an alias.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.export.akn_front_matter import (
    ORGAN_NAMES,
    conclusions,
    cover_page,
    identification_alone,
    metadata,
)
from qa.resolutions.export.akn_markup import E, InlineMarkup, clean
from qa.resolutions.model import Kind, Paragraph, Resolution, Status
from qa.resolutions.parse.line_patterns import ANNEX

Element = etree._Element  # lxml has no other name for it


def akn_bytes(resolution: Resolution) -> bytes:
    """Return a resolution as an AKN4UN document in UTF-8.

    What XML cannot hold, control characters and lone surrogates, becomes U+FFFD.
    """
    root = E.akomaNtoso(_Writer(resolution).statement())
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class _Writer:
    """Writes one resolution; knows which notes were met and which ids were given."""

    def __init__(self, resolution: Resolution) -> None:
        self._resolution = resolution
        self._words = InlineMarkup(resolution.notes, resolution.language)
        self._ids: set[str] = set()
        self._children: dict[str, list[Paragraph]] = {}

    def statement(self) -> Element:
        """Return the statement."""
        tops = list(self._tops())
        split = next(
            (index for index, top in enumerate(tops) if top.kind is not Kind.PREAMBULAR), len(tops)
        )
        annex = next(
            (index for index, top in enumerate(tops) if index >= split and _heads_annex(top)),
            len(tops),
        )
        parts = [metadata(self._resolution), cover_page(self._resolution), None]
        parts.append(self._preamble(tops[:split]))
        parts.append(self._body(tops[split:annex]))
        parts += [conclusions(self._resolution), *self._attachments(tops[annex:])]
        parts[2] = self._preface()  # last: the notes that no paragraph refers to hang on the title
        is_adopted = self._resolution.status is Status.ADOPTED
        name = "resolution" if is_adopted else "draftResolution"
        return E.statement(*(part for part in parts if part is not None), name=name)

    def _tops(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in order, and collect list items under their parents."""
        top: Paragraph | None = None
        within: set[str] = set()
        for paragraph in self._resolution.paragraphs:
            if top is not None and paragraph.parent in within and _is_point(paragraph):
                within.add(paragraph.label)
                self._children.setdefault(paragraph.parent or "", []).append(paragraph)
                continue
            yield paragraph
            top, within = paragraph, {paragraph.label}

    def _preface(self) -> Element:
        number = clean(spaced_symbol(self._resolution.symbol).split("RES/")[-1])
        title = E.docTitle(clean(self._resolution.title), refersTo="#resolutionTitle")
        self._words.add_unused(title)
        return E.preface(E.p(E.docNumber(f"{number}."), title))

    def _preamble(self, tops: Sequence[Paragraph]) -> Element:
        organ = ORGAN_NAMES.get(self._resolution.body)
        opener = [E.formula(E.p(f"The {organ},"), name="enactingFormula")] if organ else []
        return E.preamble(*opener, *(self._container(top) for top in tops))

    def _container(self, top: Paragraph) -> Element:
        items = self._children.get(top.label, [])
        eid = self._eid(f"preamble__{top.label.lower()}")
        if not items:
            return E.container(self._p(top), name="preambular", eId=eid)
        block_list = E.blockList(self._words.fill(E.listIntroduction(), top), eId=f"{eid}__list_1")
        for item in self._below(top):
            row = E.item(self._p(item), eId=self._eid(f"{eid}__item"))
            if item.printed:
                row.insert(0, E.num(clean(item.printed)))
            block_list.append(row)
        return E.container(block_list, name="preambular", eId=eid)

    def _below(self, top: Paragraph) -> Iterator[Paragraph]:
        for item in self._children.get(top.label, []):
            yield item
            yield from self._below(item)

    def _body(self, tops: Sequence[Paragraph]) -> Element:
        body = E.mainBody()
        self._fill(body, tops)
        if not len(body):
            body.append(E.p())
        return body

    def _fill(self, body: Element, tops: Sequence[Paragraph]) -> None:
        parent = body
        for top in tops:
            if top.kind is Kind.HEADING:
                parent = self._heading(body, parent, top)
                parent.extend(self._loose(item) for item in self._below(top))
            elif top.kind is Kind.PREAMBULAR:
                parent.append(self._crossed(top, parent is body, refersTo="#preamble"))
                parent.extend(self._loose(item) for item in self._below(top))
            elif re.search(r"\(table\)(?: \[\d+\])?$", top.label):
                table = E.table(E.tr(E.td(self._p(top))))
                parent.append(E.hcontainer(E.content(table), name="table", eId=self._eid("table")))
                parent.extend(self._loose(item) for item in self._below(top))
            else:
                parent.append(self._paragraph(top))

    def _heading(self, body: Element, parent: Element, top: Paragraph) -> Element:
        """Write a heading, and where it has a number begin its section."""
        if not top.printed:
            parent.append(self._crossed(top, parent is body))
            return parent
        eid = self._eid(f"sec_{_slug(top.printed)}")
        section = E.section(E.num(clean(top.printed)), eId=eid)
        section.append(self._words.fill(E.heading(), top))
        body.append(section)
        return section

    def _loose(self, item: Paragraph) -> Element:
        """Return an item of what cannot hold items: a cross heading, a table."""
        row = E.hcontainer(name="item", eId=self._eid("item"))
        if item.printed:
            row.append(E.num(clean(item.printed)))
        row.append(E.content(self._p(item)))
        return row

    def _crossed(self, top: Paragraph, is_bare: bool, **refers: str) -> Element:
        """Return a cross heading; straight under the body the schema wants a container for it."""
        crossed = E.crossHeading(eId=self._eid("crossHeading"), **refers)
        self._words.fill(crossed, top)
        if not is_bare:
            return crossed
        return E.hcontainer(crossed, name="crossHeading", eId=self._eid("hcontainer"))

    def _paragraph(self, top: Paragraph) -> Element:
        name = f"para_{_slug(top.printed or str(top.number or 'unnumbered'))}"
        section = f"sec_{_slug(top.section)}__" if top.section else ""
        eid = self._eid(f"{section}{name}")
        paragraph = E.paragraph(eId=eid)
        if top.printed:
            paragraph.append(E.num(clean(top.printed)))
        items = self._children.get(top.label, [])
        if not items:
            paragraph.append(E.content(self._p(top)))
            return paragraph
        paragraph.append(self._list(top, items, f"{eid}__list_1"))
        return paragraph

    def _list(self, top: Paragraph, items: Sequence[Paragraph], eid: str) -> Element:
        list_element = E.list(E.intro(self._p(top)), eId=self._eid(eid))
        for item in items:
            mark = _slug(item.printed or "bullet")
            point = E.point(eId=self._eid(f"{eid}__point_{mark}"))
            if item.printed:
                point.append(E.num(clean(item.printed)))
            inner = self._children.get(item.label, [])
            if inner:
                point.append(self._list(item, inner, f"{point.get('eId')}__list_1"))
            else:
                point.append(E.content(self._p(item)))
            list_element.append(point)
        return list_element

    def _attachments(self, tops: Sequence[Paragraph]) -> Iterator[Element]:
        if not tops:
            return
        attachments = E.attachments()
        starts = [index for index, top in enumerate(tops) if _heads_annex(top)]
        for start, end in zip(starts, (*starts[1:], len(tops)), strict=True):
            body = E.mainBody()
            self._fill(body, tops[start + 1 : end])
            if not len(body):
                body.append(E.p())
            doc = E.doc(identification_alone(self._resolution), body, name="annex")
            heading = self._words.fill(E.heading(), tops[start])
            attachments.append(E.attachment(heading, doc, eId=self._eid("att")))
        yield attachments

    def _p(self, paragraph: Paragraph) -> Element:
        return self._words.fill(E.p(), paragraph)

    def _eid(self, proposed: str) -> str:
        name, count = proposed, 2
        while name in self._ids:
            name, count = f"{proposed}_{count}", count + 1
        self._ids.add(name)
        return name


def _heads_annex(paragraph: Paragraph) -> bool:
    return paragraph.kind is Kind.HEADING and bool(ANNEX.fullmatch(paragraph.text))


def _is_point(paragraph: Paragraph) -> bool:
    """Return whether a sub-paragraph is an item of a list: not text after it, no row of a table."""
    return not re.search(r"\((?:end|table)\)(?: \[\d+\])?$", paragraph.label)


def _slug(printed: str) -> str:
    return re.sub(r"[^\w-]+", "", printed) or "x"
