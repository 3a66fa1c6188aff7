"""Which paragraphs say what a term means."""

import pytest

from qa.search.definitions import states_definition


def terms_of(text: str) -> list[str]:
    return text.lower().replace(",", " ").replace("\u201c", " ").replace("\u201d", " ").split()


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        (
            "\u201cSerious crime\u201d shall mean conduct constituting an offence",
            "serious crime",
            1,
        ),
        (
            "concerned about foreign terrorist fighters, namely, individuals who",
            "foreign fighters",
            1,
        ),
        ("Recognizes that the term food loss is used for", "food loss", 1),
        ("Urges States to prevent serious crime", "serious crime", 0),
        ("The concept of sustaining peace should be a shared task", "sustaining peace", 1),
        ("Human security means different things; serious harm", "serious crime", 0),
    ],
)
def test_a_definition_is_found_next_to_its_term(text: str, term: str, expected: float) -> None:
    assert states_definition(text, frozenset(term.split()), terms_of) == expected


def test_without_a_term_nothing_is_defined() -> None:
    assert states_definition("The term shall mean anything", frozenset(), terms_of) == 0
