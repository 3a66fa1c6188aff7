"""The plain-text parser against XML: the same resolution read from its structure and as text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from benchmarks.labelled_documents import letters
from qa.errors import UnreadableFileError
from qa.resolutions.document import Document, Stated
from qa.resolutions.model import Kind, Paragraph, Resolution, Source
from qa.resolutions.parse.parse_document import parse_document


@dataclass(slots=True)
class Rendering:
    """What was counted over all resolutions."""

    resolutions: int = 0
    same_numbers: int = 0
    texts: int = 0
    same_texts: int = 0
    marks: int = 0
    same_marks: int = 0
    false_marks: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, document: Document, direct: Resolution) -> None:
        """Parse the text of a document alone and compare it with the direct reading."""
        parsed = read_as_text(document, direct.source.file)
        self.resolutions += 1
        if numbers(parsed) == numbers(direct.paragraphs):
            self.same_numbers += 1
        else:
            less = dict(numbers(direct.paragraphs) - numbers(parsed))
            more = dict(numbers(parsed) - numbers(direct.paragraphs))
            self.misses.append((direct.source.file, "numbers", f"-{less} +{more}"))
        self._compare_texts(direct, parsed)

    def _compare_texts(self, direct: Resolution, parsed: Iterable[Paragraph]) -> None:
        by_text: dict[str, list[Paragraph]] = {}
        for paragraph in parsed:
            by_text.setdefault(letters(paragraph.text), []).append(paragraph)
        for paragraph in direct.paragraphs:
            key = letters(paragraph.text)
            if paragraph.kind is Kind.HEADING or not key or "(table)" in paragraph.label:
                continue
            self.texts += 1
            same = by_text.get(key)
            if not same:
                self.misses.append(
                    (direct.source.file, "text", f"{paragraph.label} {paragraph.text[:160]}")
                )
                continue
            self.same_texts += 1
            other = same.pop(0) if len(same) > 1 else same[0]
            self._compare_marks(direct, paragraph, other)

    def _compare_marks(self, direct: Resolution, paragraph: Paragraph, other: Paragraph) -> None:
        true = Counter((mark.marker, mark.position) for mark in paragraph.marks)
        ours = Counter((mark.marker, mark.position) for mark in other.marks)
        self.marks += sum(true.values())
        self.same_marks += sum((true & ours).values())
        self.false_marks += sum((ours - true).values())
        if true != ours:
            what = f"{paragraph.label} {sorted(true)} {sorted(ours)} {paragraph.text[:60]}"
            self.misses.append((direct.source.file, "marks", what))


def read_as_text(document: Document, file: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a document read from nothing but its text."""
    alone = Document(text=document.text, stated=Stated(symbol=document.stated.symbol))
    try:
        read = parse_document(alone, Source(file=file, sha256=""))
    except UnreadableFileError:
        return ()
    return tuple(paragraph for resolution in read for paragraph in resolution.paragraphs)


def numbers(paragraphs: Iterable[Paragraph]) -> Counter[int]:
    """Return the top-level numbers, operative and annex together."""
    return Counter(
        paragraph.number
        for paragraph in paragraphs
        if paragraph.number is not None
        and paragraph.depth == 0
        and paragraph.kind in (Kind.OPERATIVE, Kind.ANNEX)
    )


def without_files(resolution: Resolution) -> Resolution:
    """Return a resolution without what depends on the file it was read from."""
    return replace(resolution, source=Source(file="", sha256=""), evidence={})
