"""What a paragraph does: its verbs with their grades, whom they address and what is due when."""

from collections.abc import Callable

import pytest

from qa.resolutions.model import Kind, Resolution
from qa.resolutions.parse.actions import is_operative_opening, lemma_of, read_actions

Seed = Callable[[str], Resolution]
Row = tuple[str, int, str | None, str | None]  # verb as printed, grade, addressee, due


def rows(text: str) -> list[Row]:
    return [(one.verb, one.grade, one.addressee, one.due) for one in read_actions(text)]


@pytest.mark.parametrize(
    ("symbol", "label", "expected"),
    [
        pytest.param(
            "61/181", "OP1", [("Takes note with appreciation", 0, None, None)], id="reception"
        ),
        pytest.param("61/181", "OP2", [("Reaffirms", 1, None, None)], id="position"),
        pytest.param(
            "61/181",
            "OP3",
            [("Recognizes", 1, None, None), ("calls upon", 3, "Secretary-General", None)],
            id="a second verb",
        ),
        pytest.param(
            "61/181",
            "OP4",
            [("Urges", 3, "States and relevant international organizations", None)],
            id="strong appeal",
        ),
        pytest.param(
            "61/181",
            "OP5",
            [("Reaffirms", 1, None, None), ("urges", 3, "the Office", None)],
            id="a second verb addresses another",
        ),
        pytest.param(
            "61/181",
            "OP6",
            [
                (
                    "Urges",
                    3,
                    "all States and competent regional economic integration organizations",
                    None,
                ),
                ("encourages", 2, "States parties", None),
            ],
            id="who have not yet done so is no part of the addressee",
        ),
        pytest.param(
            "61/181",
            "OP7",
            [("Reiterates its request", 4, "Secretary-General", None)],
            id="a request again",
        ),
        pytest.param("61/181", "OP8", [("Invites", 2, "States", None)], id="mild appeal"),
        pytest.param(
            "61/181",
            "OP9",
            [("Requests", 4, "Secretary-General", "sixty-second session")],
            id="due at a session",
        ),
        pytest.param("56/123", "OP3", [("Also reaffirms", 1, None, None)], id="an adverb in front"),
        pytest.param(
            "56/123",
            "OP5",
            [("Supports", 1, None, None), ("stresses", 1, None, None)],
            id="and stresses",
        ),
        pytest.param(
            "56/123",
            "OP9",
            [
                (
                    "Encourages",
                    2,
                    "relevant programmes, funds and organizations of the United Nations system",
                    None,
                )
            ],
            id="the addressee ends before 'in particular'",
        ),
        pytest.param(
            "56/123",
            "OP11",
            [("Welcomes", 0, None, None), ("calls upon", 3, "the Commission", None)],
            id="calls upon the Commission",
        ),
        pytest.param(
            "56/123", "OP12", [("Expresses its appreciation", 0, None, None)], id="thanks"
        ),
        pytest.param(
            "56/123",
            "OP17",
            [("Welcomes", 0, None, None), ("encourages", 2, "States", None)],
            id="welcomes, and encourages",
        ),
        pytest.param(
            "56/123",
            "OP21",
            [("Requests", 4, "Secretary-General", "fifty-seventh session")],
            id="due, to whom and when",
        ),
    ],
)
def test_actions_of_the_seeds(symbol: str, label: str, expected: list[Row], seed: Seed) -> None:
    paragraph = next(one for one in seed(symbol).paragraphs if one.label == label)
    assert [(one.verb, one.grade, one.addressee, one.due) for one in paragraph.actions] == expected


@pytest.mark.parametrize("symbol", ["61/181", "56/123"])
def test_every_operative_paragraph_acts_and_no_other_does(symbol: str, seed: Seed) -> None:
    for one in seed(symbol).paragraphs:
        assert bool(one.actions) is (one.kind is Kind.OPERATIVE), one.label
        for action in one.actions:
            printed = one.text[action.start : action.start + len(action.verb)]
            assert printed == action.verb, one.label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Decides to remain actively seized of the matter.",
            [("Decides", 6, None, None)],
            id="decision",
        ),
        pytest.param(
            "Strongly condemns all attacks;", [("Strongly condemns", 5, None, None)], id="demand"
        ),
        pytest.param(
            "Demands that all parties comply;", [("Demands", 5, "parties", None)], id="demands that"
        ),
        pytest.param(
            "Requests the Secretary-General to report to the Council by 31 December 2005;",
            [("Requests", 4, "Secretary-General", "31 December 2005")],
            id="due by a day",
        ),
        pytest.param(
            "Further requests the Office to report no later than 1 March 2010;",
            [("Further requests", 4, "the Office", "1 March 2010")],
            id="no later than",
        ),
        pytest.param(
            "Also requests the Secretary-General to submit to it at its sixty-third session a report;",
            [("Also requests", 4, "Secretary-General", "sixty-third session")],
            id="the day stands inside the sentence",
        ),
        pytest.param(
            "Once again urges all States to pay;",
            [("Once again urges", 3, "States", None)],
            id="an adverb of two words",
        ),
        pytest.param(
            "Calls on all parties to comply;", [("Calls on", 3, "parties", None)], id="calls on"
        ),
        pytest.param(
            "Encourages Member States, as appropriate, to act;",
            [("Encourages", 2, "Member States", None)],
            id="'as appropriate' is no part of the addressee",
        ),
        pytest.param(
            "Decides that the Council decides and acts;",
            [("Decides", 6, None, None)],
            id="the verb of a clause is no action of the resolution",
        ),
        pytest.param(
            "Requests the\nSecretary-General to act;",
            [("Requests", 4, "Secretary-General", None)],
            id="over a line end",
        ),
        pytest.param(
            "Notes with concern the state of the fund;",
            [("Notes with concern", 0, None, None)],
            id="a tone",
        ),
        pytest.param(
            "Requests that a report be made;", [("Requests", 4, None, None)], id="of nobody"
        ),
        pytest.param("The Committee shall meet.", [], id="no verb opens it"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_actions_of_sentences_of_our_own(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("urge", "urges", id="infinitive"),
        pytest.param("urged", "urges", id="past"),
        pytest.param("urging", "urges", id="participle"),
        pytest.param("invitations", "invites", id="noun, plural"),
        pytest.param("Welcoming", "welcomes", id="capital letter"),
        pytest.param("thanks", "thanks", id="the verb itself"),
        pytest.param("condemnation", "condemns", id="noun"),
        pytest.param("identifies", None, id="no verb of resolutions"),
    ],
)
def test_words_that_people_use_for_a_verb(word: str, expected: str | None) -> None:
    assert (expected in lemma_of(word)) if expected else lemma_of(word) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Decides to admit Montenegro;", True, id="present tense"),
        pytest.param("Also requests a report;", True, id="adverb"),
        pytest.param("Recalling its resolution 60/1,", False, id="participle"),
        pytest.param("Deeply concerned about the state of the fund,", False, id="adjective"),
        pytest.param("The Committee shall meet.", False, id="a sentence"),
    ],
)
def test_opening_of_an_operative_paragraph(text: str, expected: bool) -> None:
    assert is_operative_opening(text) is expected
