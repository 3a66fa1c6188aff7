"""Short names are learned from the texts that explain them, and stand for their full names."""

from pathlib import Path

import pytest

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.corpus.abbreviations import explained_abbreviations
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.question.expansion import NameExpansion


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "the United Nations Office on Drugs and Crime (UNODC) shall",
            [("UNODC", "United Nations Office on Drugs and Crime")],
            id="initials, small words left out",
        ),
        pytest.param(
            "by the United Nations Mission in South Sudan (UNMISS)",
            [("UNMISS", "United Nations Mission in South Sudan")],
            id="letters in their order",
        ),
        pytest.param(
            "the Lord's Resistance Army (LRA) and the African Union (AU)",
            [("LRA", "Lord's Resistance Army"), ("AU", "African Union")],
            id="two in a text",
        ),
        pytest.param(
            "the Extraordinary African Peacebuilding Commission (PBC)",
            [("PBC", "Peacebuilding Commission")],
            id="words before the name are left out",
        ),
        pytest.param("the Force in Haiti (see resolution 2699)", [], id="no short name"),
        pytest.param("the Security Council (Resolution)", [], id="one capital is no short name"),
        pytest.param("the Security Council (XYZ)", [], id="letters that the words do not have"),
        pytest.param("no brackets at all", [], id="nothing explained"),
    ],
)
def test_a_text_explains_its_short_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(explained_abbreviations(text)) == expected


@pytest.fixture
def corpus(tmp_path: Path, encoder: Encoder) -> Corpus:
    """Texts that explain two short names, one of them in two ways."""
    folder = tmp_path / "texts"
    folder.mkdir()
    points = [
        "Thanks the Panel of Wise Persons on Rivers (PWPR) for its work;",
        "Invites the Group of River Towns (GRT) to report;",
        "Invites the Group of River Towns (GRT) to meet;",
        "Invites the Guild of Rope Twisters (GRT) to meet;",
    ]
    listed = "".join(f"\t{at}.\t{point}\n" for at, point in enumerate(points, start=1))
    (folder / "a.txt").write_text(
        "Resolution adopted by the General Assembly on 3 May 2007\n"
        "61/900.\tRivers\n\n\tThe General Assembly,\n\tRecalling its resolutions,\n"
        f"{listed}\n90th plenary meeting\n3 May 2007\n",
        encoding="utf-8",
    )
    build([folder], tmp_path / "index", load_encoder=lambda: encoder)
    return Corpus.open(tmp_path / "index")


def test_what_most_passages_say_a_short_name_stands_for_counts(corpus: Corpus) -> None:
    assert corpus.columns.stand_for == {
        "PWPR": "Panel of Wise Persons on Rivers",
        "GRT": "Group of River Towns",
    }


def test_a_question_finds_the_full_name_by_the_short_one_and_back(
    corpus: Corpus, encoder: Encoder
) -> None:
    names = NameExpansion(corpus.columns.stand_for)
    assert names.expand("What of the PWPR?") == "What of the Panel of Wise Persons on Rivers?"
    assert names.short_of("the group of river towns") == ("GRT",)
    assert names.expand("UNODC") == "United Nations Office on Drugs and Crime"  # of the table
    assistant = Assistant(corpus, lambda: encoder)
    assert assistant.retrieve("Who thanks PWPR?", k=1)[0].label == "OP1"
