"""What lifted measures and what still runs: a text that ends nothing is not claimed to end it."""

from pathlib import Path

import pytest
from council_texts import council_text

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import build

TEXTS = {
    2101: (
        "3 June 2013",
        [
            "Decides to renew until 3 June 2015 the arms embargo on Elbonia of resolution 2001 (2010);"
        ],
    ),
    2202: (
        "3 June 2015",
        [
            "Decides to renew until 3 June 2016 the arms embargo on Elbonia of resolution 2001 (2010);"
        ],
    ),
    1940: (
        "29 September 2010",
        [
            "Decides to lift, with immediate effect, the arms embargo on Slobbovia;",
            "Decides to keep the arms embargo on Elbonia under review, so as to terminate it soon;",
        ],
    ),
    2203: (
        "4 June 2015",
        [
            (
                "Decides to extend for a final period the mandate of the United Nations Mission in "
                "Kneebonia (UNMIK) until 4 June 2017;"
            )
        ],
    ),
}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("endings")
    for number, (day, points) in TEXTS.items():
        text = council_text(number, day, 6000 + number - 2000, [*points, "Decides to go on."])
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    build([folder], folder / "index", load_encoder=lambda: encoder)
    return Assistant(Corpus.open(folder / "index"), lambda: encoder)


def test_the_end_of_what_still_runs_is_declined_with_the_newest_term(council: Assistant) -> None:
    answer = council.ask("Which resolution lifted the arms embargo on Elbonia?")
    assert answer.refusal is not None
    assert "No loaded text ends this" in answer.refusal.message
    assert answer.refusal.nearest[0].symbol == "S/RES/2202(2015)"


def test_a_final_term_answers_what_ended_a_mandate(council: Assistant) -> None:
    answer = council.ask("Which resolution ended the mandate of UNMIK?")
    assert answer.quotes[0].symbol == "S/RES/2203(2015)"
    assert "final time" in answer.message


@pytest.mark.parametrize(
    "asked",
    [
        "Has the arms embargo on Slobbovia been lifted?",
        "Is there still an arms embargo on Slobbovia?",
    ],
)
def test_whether_measures_still_hold_is_answered_by_what_lifted_them(
    asked: str, council: Assistant
) -> None:
    assert council.ask(asked).quotes[0].symbol == "S/RES/1940(2010)"


def test_what_is_only_kept_under_review_is_not_lifted(council: Assistant) -> None:
    answer = council.ask("Has the arms embargo on Elbonia been lifted?")
    assert answer.quotes[0].symbol == "S/RES/2202(2015)"
