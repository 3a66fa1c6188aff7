"""Citations in both directions, and what a text does with a document that it cites."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from qa.assistant import Assistant
from qa.cli.main import main
from qa.desks.citation_links import most_cited
from qa.desks.citation_record import citation_graph, citation_rows, citations_record
from qa.desks.citation_treatments import treated
from qa.errors import InputError
from qa.resolutions.cite.resolve import read_citations

ADOPTED = date(2024, 5, 30)
UNISFA = "S/RES/2550(2020)"


@pytest.mark.parametrize(
    ("text", "treatment", "until"),
    [
        pytest.param(
            "Decides to extend until 1 June 2025 the mandate of the mission as set out in paragraph "
            "4 of resolution 2100 (2013);",
            "renews",
            date(2025, 6, 1),
            id="extends a mandate",
        ),
        pytest.param(
            "Decides, acting under Chapter VII of the Charter, to renew the measures imposed by "
            "resolution 2100 (2013) for a period of twelve months from the adoption of this one;",
            "renews",
            date(2025, 5, 30),
            id="for a period",
        ),
        pytest.param(
            "Decides that the provisions of paragraph 4 of resolution 2100 (2013) shall remain in "
            "force until 1 June 2025;",
            "renews",
            date(2025, 6, 1),
            id="they remain in force",
        ),
        pytest.param(
            "Decides to extend the mandate of the mission until 1 June 2025, in accordance with "
            "resolution 2100 (2013);",
            None,
            None,
            id="in accordance with is no object",
        ),
        pytest.param(
            "Recalling that the mandate was extended by resolution 2100 (2013),",
            None,
            None,
            id="what another text did",
        ),
        pytest.param(
            "Expresses its intention to consider extending the measures of resolution 2100 (2013);",
            None,
            None,
            id="an intention",
        ),
        pytest.param(
            "Decides to terminate with immediate effect the measures imposed by paragraph 4 of "
            "resolution 2100 (2013), and requests the Secretary-General to report;",
            "terminates",
            None,
            id="terminates",
        ),
        pytest.param(
            "Decides further that the Committee established by resolution 2100 (2013) is dissolved;",
            "terminates",
            None,
            id="dissolves",
        ),
        pytest.param(
            "Decides that the measures imposed by resolution 2100 (2013) shall be terminated if the "
            "Council so determines;",
            None,
            None,
            id="on a condition",
        ),
        pytest.param(
            "Decides to amend paragraph 4 of resolution 2100 (2013) by adding a sentence;",
            "amends",
            None,
            id="amends",
        ),
        pytest.param(
            "Decides to extend the measures of resolution 2000 (2011), as amended by resolution 2100 "
            "(2013), until 1 June 2025;",
            "renews",
            date(2025, 6, 1),
            id="renews as amended",
        ),
        pytest.param(
            "Clarifies that paragraph 1 shall supersede paragraph 4 of resolution 2100 (2013);",
            "supersedes",
            None,
            id="supersedes",
        ),
        pytest.param(
            "Reaffirming its resolutions 1325 (2000) of 31 October 2000 and 2100 (2013),",
            "reaffirms",
            None,
            id="reaffirms",
        ),
        pytest.param(
            "Reaffirming its commitment to the sovereignty of Mali, and recalling resolution 2100 "
            "(2013),",
            None,
            None,
            id="reaffirms something else",
        ),
    ],
)
def test_what_a_text_does_with_a_citation(
    text: str, treatment: str | None, until: date | None
) -> None:
    cited = next(each for each in read_citations(text) if each.symbol.startswith("S/RES/2100"))
    found = treated(text, cited, adopted=ADOPTED)
    assert (found.treatment.value if found else None) == treatment
    assert (found.until if found else None) == until


def test_the_verb_of_a_chapeau_holds_for_its_items() -> None:
    text = "The measures imposed by paragraph 4 of resolution 2100 (2013);"
    (cited,) = read_citations(text)
    found = treated(text, cited, chapeau="Decides to renew until 1 June 2025:", adopted=ADOPTED)
    assert found is not None
    assert text[found.clause.start : found.clause.end] == text.rstrip(";")


def test_both_directions_have_the_same_citations(collection_assistant: Assistant) -> None:
    links = collection_assistant.cites(UNISFA)
    assert links
    for link in links:
        back = collection_assistant.cited_by(link.cited)
        assert (UNISFA, link.passage.label) in [
            (each.passage.symbol, each.passage.label) for each in back
        ]
        assert link.cited != UNISFA
        assert link.quotation in link.passage.text


def test_a_paragraph_alone_may_be_asked_for(collection_assistant: Assistant) -> None:
    renewed = collection_assistant.cites(f"{UNISFA}, para. 1")
    assert {link.passage.label for link in renewed} == {"OP1"}
    assert {link.treated.treatment.value for link in renewed if link.treated} == {"renews"}
    (first, *_) = renewed
    narrowed = collection_assistant.cited_by(f"{first.cited}")
    assert len(narrowed) >= len([link for link in narrowed if link.cited_label])


@pytest.mark.parametrize(
    ("citation", "message"),
    [
        ("harbours", "names no document"),
        ("A/RES/99/999", "is not loaded"),
        (f"{UNISFA}, para. 99", "there is no paragraph 99"),
    ],
)
def test_citations_of_nothing_are_refused_in_one_sentence(
    collection_assistant: Assistant, citation: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        collection_assistant.cites(citation)


def test_a_document_that_nothing_cites_has_no_citations(collection_assistant: Assistant) -> None:
    assert collection_assistant.cited_by("A/RES/99/999") == ()


def test_a_citation_is_a_row_and_an_edge(collection_assistant: Assistant) -> None:
    links = collection_assistant.cites(UNISFA)
    _, *rows = citation_rows(links)
    graph = ET.fromstring(citation_graph(links).encode())
    edges = graph.findall(".//{*}edge")
    assert len(rows) == len(edges) == len(citations_record(UNISFA, links)["citations"])
    nodes = {node.get("id") for node in graph.findall(".//{*}node")}
    assert {edge.get("target") for edge in edges} == {link.cited for link in links} <= nodes


def test_the_most_cited_count_each_citing_document_once(collection_assistant: Assistant) -> None:
    (symbol, count), *_ = most_cited(collection_assistant.corpus, body="S")
    citing = {
        link.passage.symbol
        for link in collection_assistant.cited_by(symbol)
        if link.passage.resolution.body.value == "S"
    }
    assert count == len(citing)


def test_commands_print_citations(
    collection_assistant: Assistant, collection_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(collection_index)]
    assert main(["cites", UNISFA, "--csv", *index]) == 0
    links = collection_assistant.cites(UNISFA)
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows == [list(row) for row in citation_rows(links)]
    assert main(["cited-by", "A/RES/70/1", "--json", *index]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record == citations_record("A/RES/70/1", collection_assistant.cited_by("A/RES/70/1"))
    assert main(["cited-by", "A/RES/99/999", *index]) == 1
    assert "No citation was found" in capsys.readouterr().out
