"""Descriptions inside a question, as they are read."""

import pytest

from qa.question.description_query import DescriptionKind, read_description

DESCRIPTIONS = {
    "What does the resolution that created the Peacebuilding Commission say about its members?": (
        DescriptionKind.DOCUMENT,
        "created the Peacebuilding Commission",
    ),
    "In the text which lifted the embargo on Liberia, what is still forbidden?": (
        DescriptionKind.DOCUMENT,
        "lifted the embargo on Liberia",
    ),
    "How many troops may the mission that replaced AMISOM have?": (
        DescriptionKind.SUCCESSOR,
        "AMISOM",
    ),
    "UNOTIL successor mandate": (DescriptionKind.SUCCESSOR, "UNOTIL"),
    "police of the predecessor of BINUH": (DescriptionKind.PREDECESSOR, "BINUH"),
    "Who leads the mission that 1312 (2000) created?": (DescriptionKind.BODY_OF, "1312 (2000)"),
    "ceiling of the force established by resolution 1990": (
        DescriptionKind.BODY_OF,
        "resolution 1990",
    ),
}


@pytest.mark.parametrize("asked", DESCRIPTIONS)
def test_a_description_is_read_with_its_place(asked: str) -> None:
    query = read_description(asked)
    assert query is not None
    assert (query.kind, query.about) == DESCRIPTIONS[asked]
    assert query.about in asked[query.span.start : query.span.end]


@pytest.mark.parametrize(
    "asked",
    [
        "Which resolution closed UNMOVIC?",
        "the resolution that created UNISFA",
        "What is the latest resolution that renews UNIFIL?",
        "Who should report at the 62nd session?",
        "resolutions that mention UNODC",
    ],
)
def test_a_question_that_is_all_description_has_none_inside(asked: str) -> None:
    assert read_description(asked) is None
