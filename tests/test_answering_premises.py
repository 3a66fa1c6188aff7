"""What a question takes for granted and no text holds is not answered by what is near."""

import pytest
from council_texts import council_assistant

from embeddings.model.encoder import Encoder
from qa.answer import RefusalKind
from qa.assistant import Assistant
from qa.question.bodies import acting_bodies
from qa.question.premise_query import read_premise

TEXTS = (
    (
        2270,
        2016,
        (
            "Decides that States shall expel any individual who works for a bank of the Democratic "
            "People's Republic of Korea and is not one of their own nationals or of their staff;"
        ),
    ),
    (
        2356,
        2017,
        "Condemns the nuclear tests conducted by the Democratic People's Republic of Korea;",
    ),
    (1593, 2005, "Decides to refer the situation in Sudan since 2002 to the Court;"),
    (
        2022,
        2011,
        (
            "Welcomes the support of the European Union for Belarus and Switzerland, and the "
            "sanctions of the Council on them;"
        ),
    ),
    (2098, 2013, "Decides to renew the measures on arms imposed by resolution 1807 (2008);"),
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    return council_assistant(tmp_path_factory.mktemp("premises"), TEXTS, encoder)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("When did the Council expel Sudan?", id="an act on another State"),
        pytest.param("Which resolution deployed peacekeepers to Sudan?", id="no such act"),
        pytest.param("When did Switzerland leave the UN?", id="an act of a State"),
        pytest.param("the resolution in which the Council expelled Sudan", id="inside a sentence"),
        pytest.param("NATO article 5", id="a text of another body"),
        pytest.param("ASEAN sanctions on Belarus", id="an act of another body"),
    ],
)
def test_what_no_text_holds_is_declined(asked: str, council: Assistant) -> None:
    assert not council.ask(asked).answered


def test_what_a_country_is_is_not_recorded(council: Assistant) -> None:
    refusal = council.ask("What is the capital of Sudan?").refusal
    assert refusal is not None
    assert refusal.kind is RefusalKind.NOT_RECORDED


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param("Did the Council refer Sudan to the Court?", "S/RES/1593(2005)", id="done"),
        pytest.param("Has the Council condemned North Korea?", "S/RES/2356(2017)", id="other name"),
    ],
)
def test_what_a_text_holds_is_answered(asked: str, first: str, council: Assistant) -> None:
    assert council.ask(asked).quotes[0].symbol == first


@pytest.mark.parametrize(
    ("asked", "verb", "about"),
    [
        ("When did the Council expel North Korea?", "expel", "North Korea"),
        ("has the Assembly condemned Iran for stoning", "condemned", "Iran stoning"),
        ("Which resolution sent peacekeepers to Ukraine?", "sent", "peacekeepers Ukraine"),
    ],
)
def test_an_act_is_read_with_what_it_is_about(asked: str, verb: str, about: str) -> None:
    premise = read_premise(asked)
    assert premise is not None
    assert (premise.verb[0], premise.about) == (verb, about)


@pytest.mark.parametrize(
    "asked", ["Who reports on Haiti?", "cooperation with the European Union", "UNMISS mandate"]
)
def test_a_question_that_takes_nothing_for_granted(asked: str) -> None:
    assert read_premise(asked) is None


@pytest.mark.parametrize(
    ("asked", "bodies"),
    [
        ("Security Council resolution on killer robots", {"S"}),
        ("Which General Assembly resolution suspended Libya?", {"A"}),
        ("resolution on the implementation of decisions", set()),
        ("follow-up to Security Council resolutions and Assembly decisions", set()),
    ],
)
def test_the_organ_whose_resolution_is_asked_for(asked: str, bodies: set[str]) -> None:
    assert acting_bodies(asked) == bodies


def test_the_paragraph_that_did_it_comes_first(council: Assistant) -> None:
    answer = council.ask("Did the Council condemn tests by North Korea?")
    assert answer.quotes[0].symbol == "S/RES/2356(2017)"
