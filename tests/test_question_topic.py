"""What a question is about, and the proper names in it."""

import pytest

from qa.question.topic import proper_names, without_dates_and_organs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("of the General Assembly in 2006 corruption", "of corruption", id="both"),
        pytest.param(
            "What did the Council decide in June 2002?", "What did decide ?", id="a month"
        ),
        pytest.param("the Assembly's texts on ageing, 2019", "texts on ageing,", id="whose texts"),
        pytest.param("General Assembly 2006", "General Assembly 2006", id="nothing else is said"),
        pytest.param("Human Rights Council", "Human Rights Council", id="an organ alone"),
        pytest.param("2,006 troops", "2,006 troops", id="a number is no year"),
        pytest.param("scouts and gas", "scouts and gas", id="letters inside a word"),
    ],
)
def test_years_and_organs_are_no_part_of_what_is_searched_for(text: str, expected: str) -> None:
    assert without_dates_and_organs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which panel of experts was set up for Mali?", ("Mali",)),
        ("What about Mali?", ("Mali",)),
        ("Mali: what became of the panel?", ()),  # every sentence begins so
        ("Who leads? The panel reports on Darfur and Abyei.", ("Darfur", "Abyei")),
        ("what was asked of côte d'ivoire", ()),
        ("Who reports on Côte d'Ivoire and Timor-Leste?", ("Côte", "Ivoire", "Timor-Leste")),
        ("What did UNMISS do in July 2016 at Juba?", ("Juba",)),
        ("Rights of the Child in Armed Conflict", ()),  # as a title is written
        ("", ()),
    ],
)
def test_a_capital_inside_a_sentence_makes_a_name(text: str, expected: tuple[str, ...]) -> None:
    assert proper_names(text) == expected
