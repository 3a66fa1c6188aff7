"""The two sides of a comparison in words."""

import pytest

from qa.question.side_query import read_sides

SIDES = {
    "How many members has the AI panel, and how many the nuclear war panel?": (
        "members the AI panel",
        "members the nuclear war panel",
    ),
    "Entry into force: cybercrime convention versus cargo convention": (
        "Entry into force cybercrime convention",
        "Entry into force cargo convention",
    ),
    "difference between a moratorium and abolition": ("a moratorium", "abolition"),
    "Compare UNIFIL and UNDOF on troop ceilings": ("troop ceilings UNIFIL", "troop ceilings UNDOF"),
    "Compare sanctions on Iran and North Korea": ("sanctions on Iran", "sanctions on North Korea"),
    "UNIFIL vs UNDOF mandate end": ("UNIFIL mandate end", "UNDOF mandate end"),
    "Compare the wording on Gaza in March 2024 with that of June 2024: what did each demand?": (
        "the wording on Gaza in March 2024",
        "the wording on Gaza in June 2024",
    ),
    "UNIFIL renewals 2024 and 2025: what is the difference?": (
        "UNIFIL renewals 2024",
        "UNIFIL renewals 2025",
    ),
    "MONUC: what did the 2008 renewal say and what the 2009 one?": (
        "MONUC: what did the 2008 renewal say",
        "MONUC: what did the 2009 renewal say",
    ),
    "compare the Cuba embargo votes of 2024 and 2025": (
        "the Cuba embargo votes of 2024",
        "the Cuba embargo votes of 2025",
    ),
}


@pytest.mark.parametrize("asked", SIDES)
def test_each_side_is_a_question_with_what_both_share(asked: str) -> None:
    assert read_sides(asked) == SIDES[asked]


@pytest.mark.parametrize(
    "asked",
    [
        "Who reports on Haiti?",
        "cooperation between the United Nations and the African Union",
        "What must Iran do under 2231?",
        "resolutions between 2020 and 2024 on Haiti",
        "the 2030 Agenda and Agenda 2063",
        "renewals of 2019, 2022 and 2025",
        "the Council compared the two",
    ],
)
def test_a_question_without_two_sides_has_none(asked: str) -> None:
    assert read_sides(asked) is None
