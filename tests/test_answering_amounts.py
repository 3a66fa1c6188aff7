"""How many may serve, what a body may spend and what a year costs, from made texts."""

from pathlib import Path

import pytest
from council_texts import council_text

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.question.present import read_present

COUNCIL = {
    2101: (
        "25 June 2013",
        [
            "Decides to establish the United Nations Mission in Elbonia (UNMIEL) until 30 June 2014;",
            "Decides that UNMIEL will comprise up to 4,000 military personnel;",
        ],
    ),
    2202: (
        "25 June 2015",
        [
            (
                "Decides to extend the mandate of the United Nations Mission in Elbonia (UNMIEL) "
                "until 30 June 2016;"
            ),
            "Decides that UNMIEL shall comprise up to 3,000 troops;",
            (
                "Maintains the authorized police ceiling of UNMIEL at 640 police personnel, and "
                "calls on the United Nations Office in Elbonia to help;"
            ),
        ],
    ),
}
ASSEMBLY = """United Nations A/RES/{number}
General Assembly Distr.: General
{day}

Resolution adopted by the General Assembly on {day}

{number}. {title}

The General Assembly,

Recalling its previous resolutions,

{points}
"""
ACCOUNT = "the United Nations Mission in Elbonia (UNMIEL)"
FINANCED = (
    "1. Decides to appropriate to the special account for the United Nations Mission in Elbonia "
    "the amount of {amount} dollars for the period from 1 July {year} to 30 June {next};"
)
MONEY = {
    "68/260": ("30 June 2014", f"Financing of {ACCOUNT}", 2014, "41,000,100"),
    "69/260": ("30 June 2015", f"Financing of {ACCOUNT}", 2015, "39,000,200"),
}
BUDGETS = {
    "68/248": ("27 December 2013", 2014, "2,700"),
    "69/263": ("29 December 2014", 2015, "2,900"),
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("amounts")
    for number, (day, points) in COUNCIL.items():
        text = council_text(number, day, 6000 + number - 2000, [*points, "Decides to go on."])
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    for symbol, (day, title, first_year, amount) in MONEY.items():
        financed = FINANCED.format(amount=amount, year=first_year, next=first_year + 1)
        _write(folder, symbol, day, title, financed)
    for symbol, (day, year, millions) in BUDGETS.items():
        title = f"Programme budget for {year}: Budget appropriations for {year}"
        approved = f"1. Approves appropriations totalling {millions},000,000 United States dollars;"
        _write(folder, symbol, day, title, approved)
    build([folder], folder / "index", load_encoder=lambda: encoder)
    return Assistant(Corpus.open(folder / "index"), lambda: encoder)


def _write(folder: Path, number: str, day: str, title: str, points: str) -> None:
    last = "\n\n2. Decides to keep the matter under review."
    text = ASSEMBLY.format(number=number, day=day, title=title, points=points + last)
    (folder / f"{number.replace('/', '-')}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "first", "value"),
    [
        pytest.param("UNMIEL troop ceiling", "S/RES/2202(2015)", "3,000", id="key words"),
        pytest.param(
            "how many soldiers in Elbonia", "S/RES/2202(2015)", "3,000", id="where it works"
        ),
        pytest.param("UNMIEL police ceiling", "S/RES/2202(2015)", "640", id="whom it counts"),
        pytest.param(
            "How many soldiers could UNMIEL have when it was set up?",
            "S/RES/2101(2013)",
            "4,000",
            id="at first",
        ),
        pytest.param(
            "UNMIEL budget 2014/15", "A/RES/68/260", "41,000,100", id="a financial period"
        ),
        pytest.param("cost of UNMIEL in FY15-16", "A/RES/69/260", "39,000,200", id="in short"),
        pytest.param(
            "How much money did UNMIEL get from July 2014 to June 2015?",
            "A/RES/68/260",
            "41,000,100",
            id="in words",
        ),
        pytest.param("UN regular budget 2014", "A/RES/68/248", "2,700,000,000", id="a year"),
        pytest.param(
            "how large is the UN budget", "A/RES/69/263", "2,900,000,000", id="the newest"
        ),
    ],
)
def test_an_amount_is_that_of_the_body_and_the_time_asked_for(
    asked: str, first: str, value: str, texts: Assistant
) -> None:
    quote = texts.ask(asked).quotes[0]
    assert quote.symbol == first
    assert value in quote.text


def test_a_year_that_no_term_reaches_is_declined_with_the_newest_term(texts: Assistant) -> None:
    answer = texts.ask("UNMIEL mandate renewal 2031")
    assert not answer.answered
    assert answer.refusal is not None
    assert "No loaded text reaches that year" in answer.refusal.message
    assert answer.refusal.nearest[0].symbol == "S/RES/2202(2015)"


def test_whether_a_body_stays_in_a_later_year_is_answered_by_its_last_term(
    texts: Assistant,
) -> None:
    assert texts.ask("Will UNMIEL go on in 2031?").quotes[0].symbol == "S/RES/2202(2015)"


def test_two_years_of_a_body_are_compared_by_its_terms(texts: Assistant) -> None:
    answer = texts.ask("UNMIEL 2013 vs 2015 resolution")
    assert {quote.symbol for quote in answer.quotes[:2]} == {"S/RES/2101(2013)", "S/RES/2202(2015)"}


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        pytest.param("UNMIEL budget 2014/15", (2014, 2015), id="two digits"),
        pytest.param("UNMIEL budget 2014-2015", (2014, 2015), id="four digits"),
        pytest.param("UNMIEL budget FY 14/15", (2014, 2015), id="a financial year"),
        pytest.param("UNMIEL budget 2014/16", None, id="not one after the other"),
    ],
)
def test_a_financial_period_has_two_years_in_turn(
    asked: str, period: tuple[int, int] | None
) -> None:
    query = read_present(asked)
    assert (query.financial if query else None) == period
