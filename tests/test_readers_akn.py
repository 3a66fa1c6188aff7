"""AKN4UN XML: every paragraph, number, note and field as the file states them."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UnreadableFileError
from qa.resolutions.document import Document
from qa.resolutions.model import Kind, Resolution, Source, Span
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.akn_reader import read_akn
from qa.resolutions.text import is_verbatim

SHARED = Path(os.environ.get("OPERATIVE_SHARED", Path(__file__).parents[2] / "shared"))
NOTE = '<authorialNote marker="1" placement="bottom"><p>Resolution 55/25.</p></authorialNote>'
HEAD = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<statement name="resolution"><meta><identification source="#DGACM">
<FRBRWork><FRBRdate date="2007-05-03" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRdate date="2007-06-01" name="publication"/>
<FRBRlanguage language="eng"/></FRBRExpression></identification>
<classification source="DHLAUTH"><keyword showAs="YOUTH" dictionary="UNBIS Thesaurus"/>
<keyword refersTo="agenda" value="98w" showAs="Youth."/></classification></meta>
<coverPage><p><docNumber refersTo="#symbol">A/RES/61/300{part}</docNumber></p>
<p><docDate date="2007-06-01" refersTo="#dateOfIssuance">1 June 2007</docDate></p>
<p><inline name="agenda item">Agenda item 98 (w)</inline></p>
<p><docTitle>Resolution adopted by the General Assembly on 3 May 2007</docTitle></p>
<p><docProponent>[on the report of the First Committee (A/61/408, para. 114)]</docProponent></p>
</coverPage><preface><p><docNumber>61/300.</docNumber><docTitle>A day of our own</docTitle></p>
</preface><preamble><formula><p><span>The General Assembly</span>,</p></formula>
<container><p><span>Recalling</span> its resolution{note},</p></container></preamble>"""
FOOT = """<conclusions><p><event><location refersTo="#adoptionMeeting">90th plenary meeting</location>
<eol/><docDate refersTo="#adoptionDate" date="2007-05-03">3 May 2007</docDate></event></p>
</conclusions></statement></akomaNtoso>"""


def paragraph(number: str, words: str) -> str:
    return f"<paragraph><num>{number}</num><content><p>\t{words}</p></content></paragraph>"


def document(body: str, *, part: str = "", note: str = NOTE) -> bytes:
    head = HEAD.format(part=part, note=note)
    return f"{head}<mainBody>{body}</mainBody>{FOOT}".encode()


def resolutions(data: bytes) -> list[tuple[Resolution, Document]]:
    read = []
    for one in read_akn(data, "own.xml"):
        (resolution,) = parse_document(one, Source(file="own.xml", sha256="0" * 64))
        read.append((resolution, one))
    return read


def shape(data: bytes) -> list[tuple[str, str]]:
    ((resolution, _),) = resolutions(data)
    return [(one.label, one.text) for one in resolution.paragraphs[1:]]


def test_the_fields_are_those_that_the_file_states() -> None:
    ((read, _),) = resolutions(document(paragraph("1.", "Decides to meet."), part=" B"))
    assert read.symbol == "A/RES/61/300[B]"
    assert (read.title, read.meeting) == ("A day of our own", "90th plenary meeting")
    assert (str(read.adopted), str(read.issued)) == ("2007-05-03", "2007-06-01")
    assert (read.committee, read.report) == ("First Committee", "A/61/408")
    assert (read.agenda_items, read.subjects) == (("98 (w)",), ("Youth", "YOUTH"))


def test_a_note_is_stated_with_its_marker() -> None:
    ((read, _),) = resolutions(document(paragraph("1.", "Decides to meet.")))
    (first, *_) = read.paragraphs
    assert first.text == "Recalling its resolution,"
    assert [(mark.marker, mark.position) for mark in first.marks] == [("1", 24)]
    assert [(note.marker, note.text) for note in read.notes] == [("1", "Resolution 55/25.")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            paragraph("1.", "Decides:")
            + "<paragraph><content><p>\t(a)\tTo meet;</p></content></paragraph>"
            + "<paragraph><content><p>\t(b)\tTo report.</p></content></paragraph>",
            [("OP1", "Decides:"), ("OP1(a)", "To meet;"), ("OP1(b)", "To report.")],
            id="a letter that is typed into the words",
        ),
        pytest.param(
            "<paragraph><num>1.</num><list><intro><p>Decides:</p></intro>"
            "<point><num>(a)</num><content><p>To meet:</p></content></point>"
            "<sublist><point><num>(i)</num><content><p>In Vienna;</p></content></point></sublist>"
            "<wrapUp><p>and to go on.</p></wrapUp></list></paragraph>",
            [
                ("OP1", "Decides:"),
                ("OP1(a)", "To meet:"),
                ("OP1(a)(i)", "In Vienna;"),
                ("OP1(end)", "and to go on."),
            ],
            id="lists, and text after them",
        ),
        pytest.param(
            "<section><num>I</num><heading>Travel</heading>"
            '<crossHeading refersTo="#preamble">Having considered the report,</crossHeading>'
            + paragraph("1.", "Takes note of it.")
            + "</section><section><num>II</num>"
            + paragraph("1.", "Decides to meet.")
            + "</section>",
            [
                ("heading 1", "Travel"),
                ("PP2", "Having considered the report,"),
                ("sect. I OP1", "Takes note of it."),
                ("heading 2", "II"),
                ("sect. II OP1", "Decides to meet."),
            ],
            id="a preamble in a section whose numbers restart",
        ),
        pytest.param(
            paragraph("1.", "Adopts the text.")
            + "<paragraph><heading>Annex II</heading></paragraph>"
            + paragraph("1.", "The Board shall meet."),
            [
                ("OP1", "Adopts the text."),
                ("heading 1", "Annex II"),
                ("annex II para. 1", "The Board shall meet."),
            ],
            id="an annex loose in the body",
        ),
        pytest.param(
            "<paragraph><num>1.</num><content><p/><p>Decides to meet.</p></content></paragraph>",
            [("OP1", "Decides to meet.")],
            id="the first words stand in the second element",
        ),
        pytest.param(
            paragraph("1.", "Requests an opinion on this question:")
            + "<paragraph><content><p>\u201cHaving regard to the Charter,</p></content></paragraph>"
            + paragraph("(a)", "What are the obligations of States?\u201d"),
            [
                ("OP1", "Requests an opinion on this question:"),
                ("OP1(end)", '"Having regard to the Charter,'),
                ("OP1(a)", 'What are the obligations of States?"'),
            ],
            id="a question in quotation marks is part of the paragraph that puts it",
        ),
        pytest.param(
            paragraph("1.", "Approves these sums:")
            + "<container><table><tr><td><p>Posts</p></td><td><p>20</p></td></tr></table></container>",
            [("OP1", "Approves these sums:"), ("OP1(table)", "Posts 20")],
            id="a table",
        ),
        pytest.param(
            paragraph("1.", "Decides to meet.")
            + "<paragraph><content><p>\t2.\u200e\tDecides to end.</p></content></paragraph>",
            [("OP1", "Decides to meet."), ("OP2", "Decides to end.")],
            id="a mark of writing direction behind a number",
        ),
        pytest.param(
            paragraph("1.", "Endorses the decision.")
            + "<paragraph><heading>Annex</heading></paragraph>"
            + "<paragraph><content><p>The Executive Council,</p></content></paragraph>",
            [
                ("OP1", "Endorses the decision."),
                ("heading 1", "Annex"),
                ("annex text 1", "The Executive Council,"),
            ],
            id="the opening of another organ's decision is a text of the annex",
        ),
        pytest.param(
            "<paragraph><heading>Part I"
            '<authorialNote marker="*"><p>In advance.</p></authorialNote></heading></paragraph>'
            + paragraph("1.", "Decides to meet."),
            [("heading 1", "Part I"), ("OP1", "Decides to meet.")],
            id="a note mark behind a part is no heading",
        ),
    ],
)
def test_a_body_is_read_as_it_stands(body: str, expected: list[tuple[str, str]]) -> None:
    assert shape(document(body)) == expected


def test_a_note_that_is_referred_to_again_is_a_marker() -> None:
    ((read, _),) = resolutions(
        document(paragraph("1.", "Recalls it<sup>1</sup> and CO<sup>2</sup>."))
    )
    last = read.paragraphs[-1]
    assert last.text == "Recalls it and CO2."
    assert [mark.marker for mark in last.marks] == ["1"]


def test_the_parts_of_a_composite_are_resolutions_of_their_own() -> None:
    part = "<component><statement><mainBody>{}</mainBody></statement></component>"
    cover = "<coverPage><p><docNumber>A/RES/61/300 A-B</docNumber></p></coverPage>"
    data = (
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        f"<documentCollection>{cover}<components>"
        + part.format(paragraph("1.", "Decides one."))
        + part.format(paragraph("1.", "Decides two."))
        + "</components></documentCollection></akomaNtoso>"
    )
    read = [resolution for resolution, _ in resolutions(data.encode())]
    assert [one.symbol for one in read] == ["A/RES/61/300[A]", "A/RES/61/300[B]"]
    assert [one.paragraphs[0].text for one in read] == ["Decides one.", "Decides two."]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"<akomaNtoso><statement>", "damaged", id="cut off"),
        pytest.param(b"<a>&undefined;</a>", "damaged", id="an entity that nothing defines"),
        pytest.param(b"<html><body/></html>", "is not Akoma Ntoso", id="other XML"),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><akomaNtoso>&y;</akomaNtoso>',
            "document type",
            id="entities in entities",
        ),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><akomaNtoso>&x;</akomaNtoso>',
            "document type",
            id="an entity from outside",
        ),
        pytest.param(b"", "damaged", id="nothing"),
    ],
)
def test_xml_that_is_no_resolution_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read_akn(data, "own.xml")


WHOLE = document(paragraph("1.", f"Decides to meet{NOTE};") + paragraph("2.", "Requests more."))


@given(st.integers(0, len(WHOLE)), st.binary(max_size=6), st.integers(0, 40))
def test_mangled_bytes_are_read_or_refused(at: int, put: bytes, cut: int) -> None:
    try:
        read_akn(WHOLE[:at] + put + WHOLE[at + cut :], "own.xml")
    except UnreadableFileError as error:
        assert str(error).startswith("own.xml: ")


def shared_files(archive: str, step: int) -> list[tuple[str, bytes]]:
    import tarfile

    path = SHARED / "corpora" / archive
    if not path.exists():
        pytest.skip(f"{path} is not there: OPERATIVE_SHARED names no shared material")
    files = []
    with tarfile.open(path) as packed:
        names = sorted(name for name in packed.getnames() if name.endswith(".xml"))
        wanted = set(names[::step])
        for member in packed:
            stream = packed.extractfile(member) if member.name in wanted else None
            if stream:
                files.append((member.name, stream.read()))
    return files


@pytest.mark.slow
@pytest.mark.parametrize("archive", ["ga-akn.tar.xz", "sc-akn.tar.xz"])
def test_real_files_are_read_and_every_quotation_is_proved(archive: str) -> None:
    read = 0
    for name, data in shared_files(archive, 60):
        try:
            documents = read_akn(data, name)
        except UnreadableFileError:
            assert "PRST" in name
            continue
        for one in documents:
            for resolution in parse_document(one, Source(file=name, sha256="0" * 64)):
                read += 1
                labels = [part.label for part in resolution.paragraphs]
                assert len(labels) == len(set(labels))
                for part in resolution.paragraphs:
                    span = Span(start=part.start, end=part.end)
                    assert is_verbatim(part.text, part.marks, one.text, span, part.gaps)
                assert any(part.kind is not Kind.HEADING for part in resolution.paragraphs)
    assert read > 30
