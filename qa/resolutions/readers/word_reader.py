"""Word files (.docx): the text as Word prints it, with computed numbers and stated notes.

Insertions of tracked changes are kept and deletions left out; headers and footers are left out but
for the masthead, which the United Nations sets in the header of the first page.
"""

import re
from collections.abc import Iterator

from qa.resolutions.document import Document
from qa.resolutions.readers.page_assembly import FootNote, TextBuilder
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.resolutions.readers.word_numbering import Element, Numbering, W
from qa.resolutions.readers.word_package import Package
from qa.resolutions.readers.word_text import NoteForm, WordText

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_JOB_NUMBER = re.compile(r"\d{2}-\d{5}(?: \([A-Z]\))?")
_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}  # where nothing else is said


def read_word(data: bytes, file: str) -> tuple[Document, ...]:
    """Return the document in a Word file.

    Args:
        data: the file.
        file: its name, for messages.

    Raises:
        FaultyFileError: it is damaged, too large or holds no text.
    """
    package = Package(data, file)
    root = package.main()
    text = WordText(
        Numbering.read(package.related_part("numbering"), package.related_part("styles")),
        forms={kind: _note_form(kind, root, package.related_part("settings")) for kind in _FORMS},
    )
    builder = TextBuilder()
    body = root.find(f"{W}body")
    for piece in text.pieces(body if body is not None else root):
        for line, placed in piece.lines():
            builder.add(line, placed)
    masthead = (*text.masthead, *_masthead(package, root))
    if builder.is_blank and not masthead:
        raise FaultyFileError(
            file,
            FileProblem.EMPTY,
            "the Word file has no text; provide the text of a resolution.",
        )
    return (builder.document(masthead=masthead, notes=tuple(_notes(package, text))),)


def _note_form(kind: str, root: Element, settings: Element | None) -> NoteForm:
    """Return how the notes of a kind are numbered: the last section's word comes first."""
    form, start, restarts = _FORMS[kind], 1, False
    sections = list(root.iter(f"{W}sectPr"))
    for holder in (settings, sections[-1] if sections else None):
        properties = holder.find(f"{W}{kind}Pr") if holder is not None else None
        if properties is None:
            continue
        form = _said(properties, "numFmt") or form
        number = _said(properties, "numStart") or ""
        start = int(number) if number.isdecimal() and len(number) < 6 else start
        restarts = restarts or _said(properties, "numRestart") == "eachSect"
    return NoteForm(form=form, start=start, restarts=restarts)


def _said(holder: Element, name: str) -> str | None:
    element = holder.find(f"{W}{name}")
    return None if element is None else element.get(f"{W}val")


def _notes(package: Package, text: WordText) -> Iterator[FootNote]:
    """Yield the notes that the text refers to, in its order, the endnotes last."""
    for kind in _FORMS:
        part = (
            package.related_part(f"{kind}s")
            if any(kind == note_kind for note_kind, _, _ in text.referred)
            else None
        )
        if part is None:
            continue
        notes = {note.get(f"{W}id", ""): note for note in part.iter(f"{W}{kind}")}
        for note_kind, identifier, marker in tuple(text.referred):
            if note_kind == kind and identifier in notes:
                yield FootNote(marker, _note_text(notes[identifier], marker, text.forms))


def _note_text(note: Element, marker: str, forms: dict[str, NoteForm]) -> str:
    """Return the text of a note on one line, without the marker that may be typed before it."""
    reader = WordText(Numbering(), forms=forms)
    words = " ".join(piece.text for piece in reader.pieces(note)).split()
    return " ".join(words[1:] if words[:1] == [marker] else words)


def _masthead(package: Package, root: Element) -> Iterator[str]:
    """Yield the lines of the header that names the distribution, and the job number below."""
    section = next(root.iter(f"{W}sectPr"), None)
    if section is None:
        return
    for kind in ("header", "footer"):
        for reference in section.findall(f"{W}{kind}Reference"):
            part = package.part_by_id(reference.get(f"{_R}id", ""))
            lines = list(_lines_of(part)) if part is not None else []
            if kind == "header" and any("Distr." in line for line in lines):
                yield from lines
                break
            jobs = (_JOB_NUMBER.match(line) for line in lines if kind == "footer")
            job = next((match[0] for match in jobs if match), None)
            if job and reference.get(f"{W}type") == "first":
                yield job


def _lines_of(part: Element) -> Iterator[str]:
    reader = WordText(
        Numbering(),
        forms={kind: NoteForm(form=form, start=1, restarts=False) for kind, form in _FORMS.items()},
    )
    for piece in reader.pieces(part):
        yield from (
            word for word in (part.strip() for part in re.split("[\t\n]", piece.text)) if word
        )
    yield from reader.masthead
