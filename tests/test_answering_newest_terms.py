"""What holds now: the newest term of a mandate, with those that it replaced, from made texts."""

import pytest
from council_texts import council_text

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.question.present import read_present
from qa.resolutions.parse.validity import TermKind

TEXTS = {
    2459: ("15 March 2019", ["Decides to extend the mandate of UNMISS until 15 March 2020;"]),
    2514: (
        "12 March 2020",
        [
            (
                "Decides to extend the mandate of the United Nations Mission in South Sudan (UNMISS) "
                "until 15 March 2021;"
            ),
            "Decides that UNMISS shall comprise up to 17,000 troops;",
        ],
    ),
    2567: (
        "12 March 2021",
        [
            "Decides to extend the mandate of UNMISS for a further period of twelve months;",
            "Requests the Secretary-General to report on the UNMISS mandate every 90 days.",
        ],
    ),
    2685: (
        "2 June 2023",
        [
            (
                "Decides to extend the mandate of the United Nations Integrated Transition "
                "Assistance Mission in the Sudan (UNITAMS) until 3 December 2023;"
            )
        ],
    ),
    2715: (
        "1 December 2023",
        [
            "Decides to terminate the mandate of UNITAMS as of 3 December 2023;",
            "Decides that, until 29 February 2024, UNITAMS is authorized to end its operations;",
        ],
    ),
    2521: (
        "29 May 2020",
        [
            (
                "Decides to renew until 31 May 2021 the measures on arms imposed by paragraph 4 of "
                "resolution 2428 (2018);"
            ),
            (
                "Decides to extend until 1 July 2021 the mandate of the Panel of Experts as set out in "
                "paragraph 19 of resolution 2428 (2018)."
            ),
        ],
    ),
}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("council")
    for number, (day, points) in TEXTS.items():
        text = council_text(number, day, 8000 + number - 2000, [*points, "Decides to go on."])
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    index = folder / "index"
    build([folder], index, load_encoder=lambda: encoder)
    return Assistant(Corpus.open(index), lambda: encoder)


@pytest.mark.parametrize(
    ("asked", "first", "said"),
    [
        pytest.param(
            "Until when is the mandate of UNMISS?",
            "S/RES/2567(2021) OP1",
            "until 15 March 2022",
            id="a further period runs from the end of the one before",
        ),
        pytest.param("UNMISS mandate", "S/RES/2567(2021) OP1", "", id="no cue but the kind"),
        pytest.param(
            "current troop ceiling of unmiss", "S/RES/2514(2020) OP2", "", id="a thread of its own"
        ),
        pytest.param(
            "How often does the Secretary-General report on UNMISS?",
            "S/RES/2567(2021) OP2",
            "",
            id="reporting cycle",
        ),
        pytest.param(
            "until when is the 2428 panel of experts in place",
            "S/RES/2521(2020) OP2",
            "until 1 July 2021.",
            id="a regime named by its number",
        ),
        pytest.param("has UNMISS ended?", "S/RES/2567(2021) OP1", "", id="whether it ended"),
        pytest.param("will UNMISS stay in 2025?", "S/RES/2567(2021) OP1", "", id="a later year"),
        pytest.param(
            "UNMISS mandate in 2019",
            "S/RES/2459(2019) OP1",
            "set in 2019 is S/RES/2459 (2019): until 15 March 2020.",
            id="a year of the past",
        ),
        pytest.param("is UNITAMS closed", "S/RES/2715(2023) OP1", "which ends it", id="its end"),
    ],
)
def test_the_newest_term_comes_first(asked: str, first: str, said: str, council: Assistant) -> None:
    answer = council.ask(asked)
    assert f"{answer.quotes[0].symbol} {answer.quotes[0].label}" == first
    assert said in answer.message


def test_the_chain_lies_below_newest_first(council: Assistant) -> None:
    answer = council.ask("Until when is the mandate of UNMISS?")
    assert [quote.symbol for quote in answer.quotes] == [
        "S/RES/2567(2021)",
        "S/RES/2514(2020)",
        "S/RES/2459(2019)",
    ]


def test_the_terms_of_an_index_are_those_of_its_texts(council: Assistant) -> None:
    threads = {(thread.kind, thread.name) for thread in council.corpus.validity.threads}
    assert {(TermKind.PANEL, "resolution 2428"), (TermKind.MEASURES, "resolution 2428")} < threads
    assert {(TermKind.MANDATE, "UNMISS"), (TermKind.MANDATE, "UNITAMS")} < threads


@pytest.mark.parametrize(
    ("asked", "kinds", "about"),
    [
        pytest.param("until when does UNIFIL stay?", (), "UNIFIL", id="no kind named"),
        pytest.param(
            "How many police may MONUSCO have?", (TermKind.CEILING,), "MONUSCO", id="ceiling"
        ),
        pytest.param(
            "When do the Yemen asset freeze and travel ban expire?",
            (TermKind.MEASURES,),
            "Yemen",
            id="measures",
        ),
        pytest.param("UNDOF budget now", (TermKind.APPROPRIATION,), "UNDOF", id="budget"),
    ],
)
def test_a_question_on_the_present_is_read(
    asked: str, kinds: tuple[TermKind, ...], about: str
) -> None:
    query = read_present(asked)
    assert query is not None
    assert (query.kinds, query.about) == (kinds, about)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("What was the UNMISS ceiling in 2014?", id="a year"),
        pytest.param("Who should report to the Assembly?", id="nothing of the present"),
        pytest.param("What did the mandate say in March 2015?", id="a month"),
    ],
)
def test_a_question_on_another_time_is_not(asked: str) -> None:
    assert read_present(asked) is None


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param(
            "Which renewal came just before S/RES/2567 (2021)?", "S/RES/2514(2020) OP1", id="before"
        ),
        pytest.param(
            "which extension followed S/RES/2459 (2019)?", "S/RES/2514(2020) OP1", id="after"
        ),
    ],
)
def test_a_step_along_a_thread(asked: str, first: str, council: Assistant) -> None:
    answer = council.ask(asked)
    assert f"{answer.quotes[0].symbol} {answer.quotes[0].label}" == first
