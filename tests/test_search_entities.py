"""A question about one State, mission or committee is not answered about another."""

import pytest

from qa.assistant import Assistant
from qa.question.bodies import acting_bodies
from qa.question.entities import entities_in
from qa.question.expansion import table_names
from qa.question.question import Unusable
from qa.question.read import read_question
from qa.search.entity_match import names_apart, names_none


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Mali arms embargo", ["mali"]),
        ("sanctions on South Sudan", ["south sudan"]),
        ("Sudan sanctions", ["sudan"]),
        ("Ivorian elections and Guinea-Bissau", ["cote d'ivoire", "guinea bissau"]),
        ("What must UNHCR do?", ["Office of the United Nations High Commissioner for Refugees"]),
        ("What has the General Assembly asked of States?", []),
        ("climate change and food prices", []),
    ],
)
def test_entities_are_named_by_the_longest_name(question: str, expected: list[str]) -> None:
    names = [
        next(name for name in entity.names if name == wanted)
        for entity, wanted in zip(entities_in(question, table_names()), expected, strict=True)
    ]
    assert names == expected


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("Sudan", "the situation in South Sudan", False),
        ("Sudan", "the border of the Sudan and South Sudan", True),
        ("Guinea", "elections in Guinea-Bissau", False),
        ("Guinea", "piracy in the Gulf of Guinea and Equatorial Guinea", True),
        ("Congo", "the Democratic Republic of the Congo", False),
        ("Congo", "the Republic of the Congo", True),
        ("Niger", "Nigeria and its neighbours", False),
        ("Dominica", "the Dominican Republic", False),
        ("North Korea", "the Republic of Korea", False),
        ("South Korea", "the Democratic People's Republic of Korea", False),
        ("South Sudan", "the Sudan", False),
    ],
)
def test_a_name_inside_that_of_another_is_not_meant(asked: str, text: str, expected: bool) -> None:
    (entity,) = entities_in(asked, table_names())
    assert names_apart(entity, text) is expected


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("Has the Council said that settlements are illegal?", {"S"}),
        ("What did the General Assembly ask the Security Council to do?", {"A"}),
        ("What does the Human Rights Council ask?", {"HRC"}),
        ("What should the Assembly do after a veto?", set()),
        ("Our NGO has ECOSOC status; what can it do?", set()),
        ("Has the Council of Europe joined?", set()),
        ("reform of the Security Council", set()),
    ],
)
def test_the_organ_whose_acts_are_asked_for_restricts_the_answer(
    question: str, bodies: set[str]
) -> None:
    assert acting_bodies(question) == bodies


@pytest.mark.parametrize("question", ["What do you think of the veto?", "Do you like the UN?"])
def test_an_opinion_is_not_given(question: str) -> None:
    assert read_question(question).unusable is Unusable.OPINION


def test_a_state_that_no_paragraph_names_is_not_answered_by_another(
    collection_assistant: Assistant,
) -> None:
    answer = collection_assistant.ask("Tuvalu statehood")
    assert not answer.answered
    assert not names_none((), ["the Sudan"])
    states = entities_in("Tuvalu statehood", table_names())
    assert names_none(states, ["Tokelau and its statehood"])
    assert not names_none(states, ["the statehood of Tuvalu"])
