"""AKN4UN XML: the form in which the United Nations publishes its resolutions for machines.

A file holds one statement, or a collection of the parts A, B … under one number: each is one
document.

Source: the files of the repositories UNxml/GAresolutions and UNxml/SCresolutions, and the
guidelines AKN4UN, of which they differ in detail.
"""

from collections.abc import Iterator

from lxml import etree

from qa.resolutions.document import Document, Role
from qa.resolutions.export.akn_attributes import ranked_notes, read_placement
from qa.resolutions.model import Kind
from qa.resolutions.readers.akn_block_types import Entry, entries_of
from qa.resolutions.readers.akn_document_text import Writer
from qa.resolutions.readers.akn_inline import Element, InlineText, Notes, local, plain, words_of
from qa.resolutions.readers.akn_metadata import language_of, stated_of
from qa.resolutions.readers.akn_numbering import StatementPart, Unit, units_of
from qa.resolutions.readers.akn_origin import Origin
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem

_ANNEX = {
    "en": "Annex",
    "fr": "Annexe",
    "es": "Anexo",
    "ru": "Приложение",
    "zh": "附件",
    "ar": "مرفق",
    "de": "Anlage",
}
# What holds words, where a text holds it, and where what it holds is none of its paragraphs.
_LEAVES = ("{*}p", "{*}heading", "{*}crossHeading", "{*}listIntroduction")
_TEXTS = frozenset({"preamble", "mainBody", "attachments"})
_NOT_PARAGRAPHS = frozenset(
    {"formula", "authorialNote", "crossHeading", "heading", "listIntroduction"}
)
_ROLES = {Kind.PREAMBULAR: Role.PREAMBULAR, Kind.HEADING: Role.HEADING}
_STATEMENT_PARTS = {"preamble": StatementPart.PREAMBLE, "mainBody": StatementPart.BODY}


def read_akn(data: bytes, file: str) -> tuple[Document, ...]:
    """Return the documents in an AKN file: one, or one a part of a composite.

    Args:
        data: the file.
        file: its name, for messages, and for what only names of files tell.

    Raises:
        FaultyFileError: the XML is damaged, declares a document type, or is not an Akoma Ntoso
            statement.
    """
    return tuple(_document(origin) for origin in _origins(_root_of(data, file), file))


def _root_of(data: bytes, file: str) -> Element:
    """Return the root of an XML file; nothing that the file declares or points to is read."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split()) or "it is empty"
        raise FaultyFileError(
            file, FileProblem.DAMAGED, f"the XML is damaged ({reason}); get the file again."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FaultyFileError(
            file,
            FileProblem.DAMAGED,
            "the XML declares a document type, which no resolution needs and which may read other "
            "files; remove the line <!DOCTYPE …>, then build again.",
        )
    return root


def _origins(root: Element, file: str) -> Iterator[Origin]:
    """Yield each statement of a file with what it shares with others."""
    if local(root) != "akomaNtoso":
        raise FaultyFileError(
            file,
            FileProblem.NOT_A_RESOLUTION,
            "the XML is not Akoma Ntoso; provide the text of a resolution, or leave the file out.",
        )
    statements = list(root.iter("{*}statement"))
    if not statements:
        raise FaultyFileError(
            file,
            FileProblem.NOT_A_RESOLUTION,
            "the Akoma Ntoso holds no statement, as every resolution is; leave the file out.",
        )
    shared = root.find("{*}documentCollection")
    for index, statement in enumerate(statements):
        part = _letter(statement) or chr(ord("A") + index) if shared is not None else ""
        yield Origin(statement=statement, shared=shared, part=part, file=file)


def _letter(statement: Element) -> str:
    """Return the letter that the preface of a part prints; "" where it prints none."""
    preface = statement.find("{*}preface")
    for number in preface.iter("{*}docNumber") if preface is not None else ():
        printed = plain(number).rstrip(".")
        if len(printed) == 1 and printed.isalpha():
            return printed
    return ""


def _document(origin: Origin) -> Document:
    """Return one statement: its head, its text, its closing, annexes, notes and masthead."""
    notes = Notes.under(*origin.sections("preface"), *_text_of(origin.statement))
    for note in ranked_notes(origin.statement):
        notes.take(note)
    writer = Writer()
    for line in _head(origin):
        writer.line(InlineText(line))
    for preface in origin.sections("preface"):
        _write_title(preface, writer, notes)
    writer.blank()
    writer.blank()
    placed = _placed(origin.statement, notes)
    units = [unit for part in origin.statement for unit in _units(part, notes)]
    writer.entries(placed or entries_of(units, is_statement=origin.is_president))
    closing = list(_closing(origin))
    if closing:
        writer.blank()
    for line in closing:
        writer.line(InlineText(line))
    if not placed:
        writer.entries(_annexes(origin, notes))
    writer.blank()
    writer.notes(notes.texts)
    writer.blank()
    for line in _masthead(origin):
        writer.line(InlineText(line))
    return writer.document(stated_of(origin))


def _text_of(statement: Element) -> Iterator[Element]:
    return (part for part in statement if local(part) not in {"meta", "coverPage", "preface"})


def _units(part: Element, notes: Notes) -> Iterator[Unit]:
    statement_part = _STATEMENT_PARTS.get(local(part))
    return units_of(part, statement_part, notes) if statement_part else iter(())


def _placed(statement: Element, notes: Notes) -> tuple[Entry, ...]:
    """Return the lines of a file exported by Operative, which states all placements.

    Empty if a text has no placement: the file has another origin or was changed.
    """
    entries = []
    for element in statement.iter(*_LEAVES):
        placement = read_placement(element)
        if placement is None and _is_text(element):
            return ()
        if placement:
            entries.append(
                Entry(
                    role=_ROLES.get(placement.kind, Role.PARAGRAPH),
                    words=words_of(element, notes),
                    lead=f"{placement.printed}\t" if placement.printed else "",
                    printed=placement.printed,
                    placement=placement,
                )
            )
    return tuple(entries)


def _is_text(element: Element) -> bool:
    above = {local(ancestor) for ancestor in element.iterancestors()}
    return bool(above & _TEXTS) and not above & _NOT_PARAGRAPHS and bool(plain(element))


def _annexes(origin: Origin, notes: Notes) -> tuple[Entry, ...]:
    """Return the lines of what is attached; a heading that was lost is put back."""
    annexes: list[Entry] = []
    for attached in origin.statement.iterfind("{*}attachments/{*}attachment"):
        entries = entries_of(units_of(attached, StatementPart.ANNEX, notes))
        if entries and entries[0].role is not Role.ANNEX:
            word = _ANNEX.get(language_of(origin) or "", _ANNEX["en"])
            annexes.append(Entry(role=Role.ANNEX, words=InlineText(word), printed=word))
        annexes += entries
    return tuple(annexes)


def _head(origin: Origin) -> Iterator[str]:
    """Yield the lines above the title: by whom and when adopted, on whose report."""
    for name in ("docTitle", "docProponent"):
        for element in origin.printed("coverPage", name):
            if text := plain(element):
                yield text


def _write_title(preface: Element, writer: Writer, notes: Notes) -> None:
    """Write number and title, each letter of a part on its own line with the title below it."""
    for line in preface:
        lead = ""
        shown: list[tuple[str, InlineText]] = []
        for element in line:
            name = local(element)
            if name == "authorialNote" and shown:
                before, words = shown[-1]
                shown[-1] = (before, words.marked(notes.take(element)))
            elif name == "docNumber" and "/" in plain(element):
                lead = f"{plain(element)}\t"
            elif name in {"docNumber", "docTitle"} and (words := words_of(element, notes)).text:
                shown.append((lead, words))
                lead = ""
        if not shown and (lead or plain(line)):
            shown.append((lead, InlineText("")) if lead else ("", words_of(line, notes)))
        if shown and shown[0][0] == "":
            writer.blank()
        for before, words in shown:
            writer.line(words, before)


def _closing(origin: Origin) -> Iterator[str]:
    """Yield meeting and day of adoption, as printed below the text."""
    conclusions = origin.nearest("conclusions")
    if conclusions is None:
        return
    for paragraph in conclusions:
        lines = [
            text
            for element in paragraph.iter("{*}location", "{*}inline", "{*}docDate")
            if (text := plain(element))
        ]
        if lines:
            yield from lines
        elif text := plain(paragraph):
            yield text


def _masthead(origin: Origin) -> Iterator[str]:
    """Yield the lines of the masthead, those of its distribution first."""
    above: list[str] = []
    below: list[str] = []
    cover = origin.nearest("coverPage")
    for paragraph in cover if cover is not None else ():
        names = {local(element) for element in paragraph.iter()}
        text = plain(paragraph)
        if not text or names & {"docTitle", "docProponent"}:
            continue
        (below if below or "docStatus" in names else above).append(text)
    yield from below
    yield from above
