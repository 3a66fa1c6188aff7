"""Which resolution began or ended something: only what a paragraph says is claimed."""

import pytest
from council_texts import council_assistant

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant

TEXTS = (
    (1645, 2005, "Decides to establish the Peacebuilding Commission as an advisory body;"),
    (
        1814,
        2008,
        "Decides to establish a team to monitor human rights in Somalia and inform the Council;",
    ),
    (1966, 2010, "Decides to establish the International Residual Mechanism for Tribunals;"),
    (2690, 2023, "Decides to terminate the mandate of the Mission in Mali as of 30 June 2023;"),
    (
        2001,
        2011,
        (
            "Recalls resolution 1244 (1999) of 10 June 1999 regarding the establishment of the "
            "Interim Administration in Kosovo;"
        ),
    ),
    (
        1593,
        2005,
        "Decides to refer the situation in Darfur to the International Criminal Court;",
    ),
    (
        1755,
        2007,
        (
            "Recalls its decision in resolution 1593 (2005) to refer the situation in Darfur to "
            "the International Criminal Court, and urges cooperation with the Court;"
        ),
    ),
    (
        2111,
        2013,
        "Decides to establish an Elbonia Account, as a modality of financing the Elbonia Fund;",
    ),
    (
        2082,
        2012,
        ("Decides to establish the United Nations Mission in Elbonia (UNMIEL) until 30 June 2013;"),
    ),
    (
        2113,
        2013,
        "Decides to extend the mandate of UNMIEL until 30 June 2014;",
    ),
    (
        2075,
        2012,
        "Decides to withdraw the guards of UNMIEL from the port of Elbonia at once;",
    ),
    (
        2722,
        2024,
        "Requests the Secretary General to provide written monthly reports on attacks on ships;",
    ),
    (
        2768,
        2025,
        "Extends the reporting request in paragraph 1 of resolution 2722 (2024) until July 15, 2025;",
    ),
    (
        2812,
        2026,
        "Extends the reporting request in paragraph 1 of resolution 2768 (2025) until July 15, 2026;",
    ),
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    return council_assistant(tmp_path_factory.mktemp("steps"), TEXTS, encoder)


@pytest.mark.parametrize(
    ("asked", "claimed"),
    [
        ("Which resolution created the Peacebuilding Commission?", "S/RES/1645 (2005) began"),
        ("which resolution set up the residual mechanism", "S/RES/1966 (2010) began"),
        ("which resolution terminated the mission in Mali?", "S/RES/2690 (2023) ended"),
    ],
)
def test_the_paragraph_that_says_so_is_quoted(asked: str, claimed: str, council: Assistant) -> None:
    assert claimed in council.ask(asked).message


@pytest.mark.parametrize(
    "asked",
    [
        "Which resolution created the Human Rights Council?",
        "which resolution created the human rights council",
        "Which resolution established the Human Rights Committee?",
    ],
)
def test_some_words_of_the_name_of_a_body_are_not_the_body(asked: str, council: Assistant) -> None:
    assert "began this" not in council.ask(asked).message


def test_what_is_described_is_looked_for_and_the_rest_is_asked_of_it(council: Assistant) -> None:
    asked = "What does the resolution that created the Peacebuilding Commission decide to remain?"
    answer = council.ask(asked)
    assert "S/RES/1645 (2005)" in answer.message
    assert {quoted.symbol for quoted in answer.quotes} == {"S/RES/1645(2005)"}


def test_the_document_that_did_it_comes_before_the_one_that_recalls_it(council: Assistant) -> None:
    answer = council.ask("Which resolution referred Darfur to the International Criminal Court?")
    assert answer.quotes[0].symbol == "S/RES/1593(2005)"


def test_a_beginning_that_is_only_recalled_is_said_to_be_so(council: Assistant) -> None:
    answer = council.ask("Which resolution established the Interim Administration in Kosovo?")
    assert "S/RES/1244 (1999) is recalled as its beginning, which is not loaded" in answer.message
    assert answer.quotes[0].symbol == "S/RES/2001(2011)"


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param(
            "text of the reporting request that 2812 prolongs",
            "S/RES/2722(2024)",
            id="what a chain of renewals began with",
        ),
        pytest.param(
            "What does resolution 2722 ask of the Secretary-General?",
            "S/RES/2722(2024)",
            id="an actor that is printed otherwise",
        ),
        pytest.param(
            "when was UNMIEL closed", "S/RES/2113(2013)", id="no end before the last renewal"
        ),
        pytest.param(
            "When was UNMIEL created and by which text was it ended?",
            "S/RES/2082(2012)",
            id="a beginning and an end",
        ),
    ],
)
def test_steps_reach_the_text_that_is_meant(asked: str, first: str, council: Assistant) -> None:
    assert council.ask(asked).quotes[0].symbol == first


def test_both_a_beginning_and_an_end_are_quoted(council: Assistant) -> None:
    answer = council.ask("When was UNMIEL created and by which text was it ended?")
    assert [quote.symbol for quote in answer.quotes[:2]] == ["S/RES/2082(2012)", "S/RES/2113(2013)"]


def test_what_is_set_up_beside_a_fund_is_not_the_fund(council: Assistant) -> None:
    assert (
        "S/RES/2111 (2013) began" not in council.ask("Which text set up the Elbonia Fund?").message
    )
