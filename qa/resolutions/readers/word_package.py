"""The parts of a Word file: a ZIP archive of XML files that name each other."""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from qa.resolutions.readers.file_types import NOT_A_ZIP
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.resolutions.readers.word_numbering import Element

MAX_PART_BYTES = 64 * 1024 * 1024
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict variant of the format differs in the names of its namespaces alone.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Package:
    """A Word file that was opened.

    Raises:
        FaultyFileError: it is damaged, or a part of it is too large.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except NOT_A_ZIP as error:
            raise self._damaged() from error
        self._main = next(iter(self.related("", "officeDocument")), "word/document.xml")

    def main(self) -> Element:
        """Return the root of the part that holds the text."""
        root = self.part(self._main)
        if root is None:
            raise self._damaged()
        return root

    def related_part(self, kind: str) -> Element | None:
        """Return the root of the part that is the "styles", the "footnotes" … of the text."""
        return next((self.part(name) for name in self.related(self._main, kind)), None)

    def part_by_id(self, identifier: str) -> Element | None:
        """Return the root of the part that the text refers to by a name of its own."""
        for name, _, target in self._relations(self._main):
            if name == identifier:
                return self.part(target)
        return None

    def related(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the names of the parts of a kind that a part relates to; "" is the package."""
        relations = self._relations(name)
        return tuple(target for _, relation, target in relations if relation.endswith(f"/{kind}"))

    def part(self, name: str) -> Element | None:
        """Return the root of a part; None where the package has no such part."""
        try:
            entry = self._archive.getinfo(name)
        except KeyError:
            return None
        if entry.file_size > MAX_PART_BYTES:
            raise FaultyFileError(
                self._file,
                FileProblem.TOO_LARGE,
                f"its text unpacks to {entry.file_size // 2**20:,} MB and at most "
                f"{MAX_PART_BYTES // 2**20} MB are read; split it into its resolutions.",
            )
        try:
            data = self._archive.read(entry)
        except (*NOT_A_ZIP, zlib.error, OSError, RuntimeError) as error:  # the last: encrypted
            raise self._damaged() from error
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        try:
            root = etree.fromstring(data, _parser())
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise FaultyFileError(
                self._file,
                FileProblem.DAMAGED,
                "the Word file declares a document type, which Word never writes; save it again.",
            )
        return root

    def _relations(self, name: str) -> tuple[tuple[str, str, str], ...]:
        """Return name, kind and target of each relation of a part within the package."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        return tuple(
            (
                relation.get("Id", ""),
                relation.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:],
            )
            for relation in (root.iter(_RELATION) if root is not None else ())
            if relation.get("TargetMode") != "External"
        )

    def _damaged(self) -> FaultyFileError:
        return FaultyFileError(
            self._file,
            FileProblem.DAMAGED,
            "the Word file is damaged or incomplete; fetch it again, then build again.",
        )


def _parser() -> etree.XMLParser:
    """Return a parser that fetches nothing and expands nothing."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
