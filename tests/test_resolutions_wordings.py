"""Which paragraphs are copies, which are kin, and what differs between them."""

import pytest

from qa.resolutions.wordings import WordDifference, differences, family_of, wording_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Urges all States to report.", "Urges  all States\nto report;", id="stop"),
        pytest.param("Recalls the “Pact”,", 'Recalls the "Pact"', id="quotation marks"),
        pytest.param("Takes\u00a0note of it.", "Takes note of it", id="blanks"),
    ],
)
def test_the_same_words_are_one_wording_and_one_family(one: str, other: str) -> None:
    assert wording_of(one) == wording_of(other)
    assert family_of(one) == family_of(other)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        pytest.param(
            "Decides to extend the mandate of the Mission until 30 April 2026;",
            "Decides to extend the mandate of the Mission until 31 January 2027;",
            [("30 April 2026", "31 January 2027")],
            id="a date",
        ),
        pytest.param(
            "Requests a report at its sixty-second session on this matter;",
            "Requests a report at its Seventieth session on this matter;",
            [("sixty-second", "Seventieth")],
            id="a session",
        ),
        pytest.param(
            "Authorizes up to 17,000 military personnel and 2,101 police personnel;",
            "Authorizes up to 12,500 military personnel and 2,101 police personnel;",
            [("17,000", "12,500")],
            id="a number",
        ),
        pytest.param(
            "Extends the mandate for six months and asks the Secretary-General to report;",
            "Extends the mandate for twelve months and asks the Secretary-General to report;",
            [("six", "twelve")],
            id="a number in words",
        ),
        pytest.param(
            "Recalling its resolutions 1325 (2000) and 1820 (2008) on women and peace,",
            "Recalling its resolutions 1325 (2000), 1820 (2008) and 1888 (2009) on women and peace,",
            [("1325 (2000) and 1820 (2008", "1325 (2000), 1820 (2008) and 1888 (2009")],
            id="symbols in a row are one figure",
        ),
        pytest.param(
            "Welcomes the report S/2012/133 of the Secretary-General on the Mission;",
            "Welcomes the report A/66/12/Add.1 of the Secretary-General on the Mission;",
            [("S/2012/133", "A/66/12/Add.1")],
            id="a symbol",
        ),
        pytest.param(
            "Takes note of the first report, and asks for another one;",
            "Takes note of the first report and asks for another one;",
            [("report,", "report")],
            id="a comma",
        ),
    ],
)
def test_kin_differ_in_figures(one: str, other: str, differs: list[tuple[str, str]]) -> None:
    assert wording_of(one) != wording_of(other)
    assert family_of(one) == family_of(other)
    assert differences(one, other) == tuple(WordDifference(*pair) for pair in differs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Urges all States to report.", "Urges all States to act.", id="other words"),
        pytest.param("A/61/179.", "A/62/179.", id="of a few words the figures are the substance"),
        pytest.param(
            "Decides that Mali may host the next meeting of the Group;",
            "Decides that Niger may host the next meeting of the Group;",
            id="a name is no figure",
        ),
    ],
)
def test_other_words_are_no_kin(one: str, other: str) -> None:
    assert family_of(one) != family_of(other)


def test_words_that_differ_are_named_where_texts_are_no_kin() -> None:
    assert differences("Urges all States to act", "Urges all States to report") == (
        WordDifference("act", "report"),
    )
