"""Short names are learned from the texts that explain them."""

import pytest

from qa.acronyms import harvest, long_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "the United Nations Office on Drugs and Crime (UNODC) shall",
            {"UNODC": "United Nations Office on Drugs and Crime"},
            id="initials, a small word left out",
        ),
        pytest.param(
            "support to the Lord's Resistance Army (LRA)",
            {"LRA": "Lord's Resistance Army"},
            id="an apostrophe inside a name",
        ),
        pytest.param(
            "by the United Nations Mission in South Sudan (UNMISS)",
            {"UNMISS": "United Nations Mission in South Sudan"},
            id="initials with the small word",
        ),
        pytest.param(
            "Noting the Extraordinary African Peacebuilding Commission (PBC)",
            {"PBC": "Peacebuilding Commission"},
            id="letters from inside a word, the words before it left out",
        ),
        pytest.param(
            "the Multinational Force in Haiti (see resolution 2699)", {}, id="no short name"
        ),
        pytest.param("the Security Council (Resolution)", {}, id="one capital is no short name"),
        pytest.param("the Security Council (XYZ)", {}, id="letters that the words do not have"),
        pytest.param(
            "African Union (AU). African Union (AU). Arab Union (AU).",
            {"AU": "African Union"},
            id="the name that explains it most often",
        ),
    ],
)
def test_short_names_that_texts_explain(text: str, expected: dict[str, str]) -> None:
    assert harvest([text]) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("What is UNMISS to do?", ("Mission",), id="as printed"),
        pytest.param("what is unmiss to do", ("Mission",), id="in small letters"),
        pytest.param("what did he do in au", (), id="two small letters are a word"),
        pytest.param("UNMISS and UNMISS", ("Mission",), id="once each"),
    ],
)
def test_short_names_in_a_question(question: str, expected: tuple[str, ...]) -> None:
    assert long_names(question, {"UNMISS": "Mission", "AU": "African Union"}) == expected
