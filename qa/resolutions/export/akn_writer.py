"""A Resolution as AKN4UN XML.

Source: Akoma Ntoso 3.0 (OASIS), and the guidelines AKN4UN: ids such as `para_8__list_1__point_a`,
one container a preambular paragraph, annexes as attachments, and `crossHeading` that refers to
`#preamble` for a preamble that returns in the text. The files that the United Nations publishes
number ids by position and write `unga` for `un-ga`; that name is given as an alias.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml import etree
from lxml.builder import ElementMaker

from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.export import akn_attributes as outline
from qa.resolutions.export.akn_markup import InlineMarkup
from qa.resolutions.languages import ISO_CODES
from qa.resolutions.model import Body, Kind, Paragraph, Resolution, Vote
from qa.resolutions.parse.line_patterns import ANNEX

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
Element = etree._Element  # lxml has no other name for it
_ORGANS = {
    Body.GENERAL_ASSEMBLY: "ga",
    Body.SECURITY_COUNCIL: "sc",
    Body.ECOSOC: "ecosoc",
    Body.HUMAN_RIGHTS_COUNCIL: "hrc",
    Body.OTHER: "un",
}
_NAMES = {Body(body): name for body, name in BODY_NAMES.items()}
_NO_DAY = "0001-01-01"


def akn_bytes(resolution: Resolution) -> bytes:
    """Return a resolution as an AKN4UN document in UTF-8.

    What XML cannot hold, control characters and lone surrogates, becomes U+FFFD.
    """
    root = _E.akomaNtoso(_Writer(resolution).statement())
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
        parts = [self._meta(), self._cover(), None, self._preamble(tops[:split])]
        parts.append(self._body(tops[split:annex]))
        parts += [self._conclusions(), *self._attachments(tops[annex:])]
        parts[2] = self._preface()  # last: the notes that no paragraph refers to hang on the title
        return _E.statement(*(part for part in parts if part is not None), name="resolution")

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

    # Who, when, what

    def _meta(self) -> Element:
        resolution = self._resolution
        day = resolution.adopted.isoformat() if resolution.adopted else _NO_DAY
        language = ISO_CODES.get(resolution.language, "eng")
        name = re.sub(r"[^\w-]+", "-", resolution.symbol.split("RES/")[-1]).strip("-")
        work = f"/akn/un/statement/deliberation/un-{_ORGANS[resolution.body]}/{day}/{name}"
        alias = work.replace("/un-", "/un", 1)
        author = _E.FRBRauthor(href=f"#{_ORGANS[resolution.body]}")
        return _E.meta(
            _E.identification(
                _E.FRBRWork(
                    _E.FRBRthis(value=f"{work}/!main"),
                    _E.FRBRuri(value=work),
                    _E.FRBRalias(value=alias, name="DGACM"),
                    _E.FRBRdate(date=day, name="adoption"),
                    author,
                    _E.FRBRcountry(value="un"),
                ),
                _E.FRBRExpression(
                    _E.FRBRthis(value=f"{work}/{language}@/!main"),
                    _E.FRBRuri(value=f"{work}/{language}@"),
                    _E.FRBRdate(
                        date=resolution.issued.isoformat() if resolution.issued else day,
                        name="publication",
                    ),
                    _E.FRBRauthor(href=f"#{_ORGANS[resolution.body]}"),
                    _E.FRBRlanguage(language=language),
                ),
                _E.FRBRManifestation(
                    _E.FRBRthis(value=f"{work}/{language}@/!main.xml"),
                    _E.FRBRuri(value=f"{work}/{language}@.akn"),
                    _E.FRBRdate(date=day, name="adoption"),
                    _E.FRBRauthor(href="#operative"),
                    _E.FRBRformat(value="xml"),
                ),
                source="#operative",
            ),
            *self._subjects(),
            *self._vote(resolution.vote),
            _E.references(
                _E.TLCOrganization(
                    eId=_ORGANS[resolution.body],
                    href=f"/akn/ontology/organization/un/{_ORGANS[resolution.body]}",
                    showAs=_NAMES.get(resolution.body, "United Nations"),
                ),
                _E.TLCOrganization(
                    eId="operative", href="/akn/ontology/organization/operative", showAs="Operative"
                ),
                _E.TLCConcept(
                    eId="preamble", href="/akn/ontology/concept/un/preamble", showAs="Preamble"
                ),
                source="#operative",
            ),
        )

    def _subjects(self) -> Iterator[Element]:
        if self._resolution.subjects:
            yield _E.classification(
                *(
                    _E.keyword(
                        value=_clean(subject), showAs=_clean(subject), dictionary="UNBIS Thesaurus"
                    )
                    for subject in self._resolution.subjects
                ),
                source="DHLAUTH",
            )

    def _vote(self, vote: Vote | None) -> Iterator[Element]:
        if vote is None:
            return
        sides = (
            ("inFavour", vote.in_favour, vote.states_in_favour),
            ("against", vote.against, vote.states_against),
            ("abstaining", vote.abstaining, vote.states_abstaining),
        )
        outcome = "adoptedRecordedVote" if vote.is_recorded else "adoptedWithoutVote"
        voting = _E.voting(outcome=outcome, eId="voting_1")
        for side, count, states in sides:
            value = "" if count is None else str(count)
            counted = _E.count(refersTo=side, value=value, eId=f"voting_1__count_{side}")
            counted.extend(outline.voting_state(_clean(state)) for state in states)
            voting.append(counted)
        yield _E.analysis(_E.parliamentary(voting), source="#operative")

    def _cover(self) -> Element:
        resolution = self._resolution
        number = _E.docNumber(spaced_symbol(resolution.symbol), refersTo="#symbol")
        outline.write_symbol(number, resolution.symbol)
        lines = [_E.p(number)]
        if resolution.issued:
            lines.append(_E.p(_dated(resolution.issued, "#dateOfIssuance")))
        if resolution.agenda_items:
            items = " and ".join(resolution.agenda_items)
            lines.append(_E.p(_E.inline(f"Agenda items {items}", name="agenda item")))
        if resolution.adopted:
            organ = _NAMES.get(resolution.body, "United Nations")
            lines.append(
                _E.p(
                    _E.docTitle(
                        f"Resolution adopted by the {organ} on ",
                        _dated(resolution.adopted, "#adoptionDate"),
                    )
                )
            )
        if resolution.committee or resolution.report:
            committee, report = resolution.committee or "Committee", resolution.report or ""
            printed = f"[on the report of the {committee} ({report})]"
            lines.append(_E.p(_E.docProponent(_clean(printed))))
        return _E.coverPage(*lines)

    def _preface(self) -> Element:
        number = _clean(spaced_symbol(self._resolution.symbol).split("RES/")[-1])
        title = _E.docTitle(_clean(self._resolution.title), refersTo="#resolutionTitle")
        self._words.add_unused(title)
        return _E.preface(_E.p(_E.docNumber(f"{number}."), title))

    def _conclusions(self) -> Element | None:
        resolution = self._resolution
        if not resolution.meeting:
            return None
        line = _E.p(_E.location(_clean(resolution.meeting), refersTo="#adoptionMeeting"))
        if resolution.adopted:
            line.append(_E.eol())
            line.append(_dated(resolution.adopted, "#adoptionDate"))
        return _E.conclusions(line)

    # The text

    def _preamble(self, tops: Sequence[Paragraph]) -> Element:
        organ = _NAMES.get(self._resolution.body)
        opener = [_E.formula(_E.p(f"The {organ},"), name="enactingFormula")] if organ else []
        return _E.preamble(*opener, *(self._container(top) for top in tops))

    def _container(self, top: Paragraph) -> Element:
        items = self._children.get(top.label, [])
        eid = self._eid(f"preamble__{top.label.lower()}")
        if not items:
            return _E.container(self._p(top), name="preambular", eId=eid)
        block_list = _E.blockList(
            self._words.fill(_E.listIntroduction(), top), eId=f"{eid}__list_1"
        )
        for item in self._below(top):
            row = _E.item(self._p(item), eId=self._eid(f"{eid}__item"))
            if item.printed:
                row.insert(0, _E.num(_clean(item.printed)))
            block_list.append(row)
        return _E.container(block_list, name="preambular", eId=eid)

    def _below(self, top: Paragraph) -> Iterator[Paragraph]:
        for item in self._children.get(top.label, []):
            yield item
            yield from self._below(item)

    def _body(self, tops: Sequence[Paragraph]) -> Element:
        body = _E.mainBody()
        self._fill(body, tops)
        if not len(body):
            body.append(_E.p())
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
                table = _E.table(_E.tr(_E.td(self._p(top))))
                parent.append(
                    _E.hcontainer(_E.content(table), name="table", eId=self._eid("table"))
                )
                parent.extend(self._loose(item) for item in self._below(top))
            else:
                parent.append(self._paragraph(top))

    def _heading(self, body: Element, parent: Element, top: Paragraph) -> Element:
        """Write a heading, and where it has a number begin its section."""
        if not top.printed:
            parent.append(self._crossed(top, parent is body))
            return parent
        eid = self._eid(f"sec_{_slug(top.printed)}")
        section = _E.section(_E.num(_clean(top.printed)), eId=eid)
        section.append(self._words.fill(_E.heading(), top))
        body.append(section)
        return section

    def _loose(self, item: Paragraph) -> Element:
        """Return an item of what cannot hold items: a cross heading, a table."""
        row = _E.hcontainer(name="item", eId=self._eid("item"))
        if item.printed:
            row.append(_E.num(_clean(item.printed)))
        row.append(_E.content(self._p(item)))
        return row

    def _crossed(self, top: Paragraph, is_bare: bool, **refers: str) -> Element:
        """Return a cross heading; straight under the body the schema wants a container for it."""
        crossed = _E.crossHeading(eId=self._eid("crossHeading"), **refers)
        self._words.fill(crossed, top)
        if not is_bare:
            return crossed
        return _E.hcontainer(crossed, name="crossHeading", eId=self._eid("hcontainer"))

    def _paragraph(self, top: Paragraph) -> Element:
        name = f"para_{_slug(top.printed or str(top.number or 'unnumbered'))}"
        section = f"sec_{_slug(top.section)}__" if top.section else ""
        eid = self._eid(f"{section}{name}")
        paragraph = _E.paragraph(eId=eid)
        if top.printed:
            paragraph.append(_E.num(_clean(top.printed)))
        items = self._children.get(top.label, [])
        if not items:
            paragraph.append(_E.content(self._p(top)))
            return paragraph
        paragraph.append(self._list(top, items, f"{eid}__list_1"))
        return paragraph

    def _list(self, top: Paragraph, items: Sequence[Paragraph], eid: str) -> Element:
        list_element = _E.list(_E.intro(self._p(top)), eId=self._eid(eid))
        for item in items:
            mark = _slug(item.printed or "bullet")
            point = _E.point(eId=self._eid(f"{eid}__point_{mark}"))
            if item.printed:
                point.append(_E.num(_clean(item.printed)))
            inner = self._children.get(item.label, [])
            if inner:
                point.append(self._list(item, inner, f"{point.get('eId')}__list_1"))
            else:
                point.append(_E.content(self._p(item)))
            list_element.append(point)
        return list_element

    def _attachments(self, tops: Sequence[Paragraph]) -> Iterator[Element]:
        if not tops:
            return
        attachments = _E.attachments()
        starts = [index for index, top in enumerate(tops) if _heads_annex(top)]
        for start, end in zip(starts, (*starts[1:], len(tops)), strict=True):
            body = _E.mainBody()
            self._fill(body, tops[start + 1 : end])
            if not len(body):
                body.append(_E.p())
            doc = _E.doc(self._bare_meta(), body, name="annex")
            heading = self._words.fill(_E.heading(), tops[start])
            attachments.append(_E.attachment(heading, doc, eId=self._eid("att")))
        yield attachments

    def _bare_meta(self) -> Element:
        return _E.meta(*(child for child in self._meta() if "identification" in str(child.tag)))

    def _p(self, paragraph: Paragraph) -> Element:
        return self._words.fill(_E.p(), paragraph)

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


def _dated(day: date, refers: str) -> Element:
    printed = f"{day.day} {day:%B} {day.year}"
    return _E.docDate(printed, date=day.isoformat(), refersTo=refers)


def _clean(text: str) -> str:
    return InlineMarkup.clean(text)
