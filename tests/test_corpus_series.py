"""Which resolutions follow each other, and the place of a passage among them."""

import pytest

from qa.answer import Quote
from qa.assistant import Assistant
from qa.corpus.series import title_key
from qa.render.answer_json import quote_record
from qa.render.plain_text import series_line


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        pytest.param(
            "Programme budget for 2020", "Proposed programme budget for 2021", id="year and draft"
        ),
        pytest.param(
            "Report of the Commission on the work of its fifty-third session",
            "Report of the Commission on the work of its fifty-fourth session",
            id="session in words",
        ),
        pytest.param(
            "Follow-up to the twentieth anniversary of the International Year",
            "Follow-up to the thirtieth anniversary of the International Year",
            id="anniversary",
        ),
    ],
)
def test_titles_of_one_series(older: str, newer: str) -> None:
    assert title_key(older) == title_key(newer)


def test_titles_of_two_series() -> None:
    sudan = title_key("Financing of the United Nations Mission in the Sudan")
    assert sudan != title_key("Financing of the United Nations Mission in South Sudan")


def first_quote(assistant: Assistant, citation: str) -> Quote:
    return assistant.show(citation).quotes[0]


def test_a_repeated_paragraph_is_superseded(assistant: Assistant) -> None:
    series = first_quote(assistant, "56/123 OP1").series
    assert series is not None
    assert (series.position, series.of, series.newest) == (1, 2, "A/RES/61/181")


def test_the_newest_is_superseded_by_nothing(assistant: Assistant) -> None:
    quote = first_quote(assistant, "61/181 OP6")
    assert quote.series is not None
    assert quote.series.superseded_by is None
    assert series_line(quote).startswith("Newest of 2 of this title")
    assert quote_record(quote)["series"]["newest"] == "A/RES/61/181"


def test_every_older_place_names_the_newest(assistant: Assistant) -> None:
    for passage in assistant.corpus.passages_of("A/RES/56/123"):
        line = series_line(first_quote(assistant, f"56/123 {passage.label}"))
        assert "A/RES/61/181" in line
