"""Terms of validity, read from single paragraphs; most are printed in resolutions as they are here."""

from datetime import date

import pytest

from qa.resolutions.parse.term_dates import dates_of, later
from qa.resolutions.parse.validity import TermKind, terms_of

ADOPTED = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        pytest.param("until 31 October 2026", date(2026, 10, 31), id="last day printed"),
        pytest.param("to 31 January 2027", date(2027, 1, 31), id="to a day"),
        pytest.param(
            "for a period of six months, that is, until 31 December 2013",
            date(2013, 12, 31),
            id="the printed day wins over the length",
        ),
        pytest.param(
            "for a period of six months from 30 March 2002",
            date(2002, 9, 30),
            id="first day printed",
        ),
        pytest.param(
            "for a period of twelve months beyond 13 October 2006", date(2007, 10, 13), id="beyond"
        ),
        pytest.param(
            "for a new period terminating on 31 January 2004",
            date(2004, 1, 31),
            id="terminating on",
        ),
        pytest.param(
            "for a final two-month period", date(2024, 4, 29), id="a length with a hyphen"
        ),
        pytest.param("for an initial period of one year", date(2025, 2, 28), id="29 February"),
        pytest.param("for a further 180 days", date(2024, 8, 27), id="days"),
        pytest.param("for a period of eighteen months", date(2025, 8, 29), id="a number in words"),
    ],
)
def test_last_day_of_a_term(words: str, until: date) -> None:
    dates = dates_of(words, 0, len(words))
    assert dates is not None
    assert dates.running_from(ADOPTED).until == until
    assert words[dates.span.start : dates.span.end] in words


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("an interim report by 1 December 2026", id="a due date"),
        pytest.param("no later than 14 November 2026", id="at the latest"),
        pytest.param("within 90 days", id="a delay"),
        pytest.param("for the period prior to 16 June 1993", id="a time gone by"),
    ],
)
def test_due_dates_are_no_terms(words: str) -> None:
    assert dates_of(words, 0, len(words)) is None


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert later(date(2023, 8, 31), 6) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "kind", "subject", "value"),
    [
        pytest.param(
            "Decides to extend the mandate of UNMISS until 30 April 2027;",
            TermKind.MANDATE,
            "mandate of UNMISS",
            "until 30 April 2027",
            id="mandate",
        ),
        pytest.param(
            "Decides to extend until 31 August 2021 UNSOM's mandate as set out in paragraph 1;",
            TermKind.MANDATE,
            "UNSOM's mandate",
            "until 31 August 2021",
            id="owner of the mandate",
        ),
        pytest.param(
            "Decides that the mandate of UNIPSIL shall be extended until 31 March 2014;",
            TermKind.MANDATE,
            "mandate of UNIPSIL",
            "until 31 March 2014",
            id="passive",
        ),
        pytest.param(
            "Decides to terminate immediately the mandates of UNMOVIC and the IAEA;",
            TermKind.MANDATE,
            "mandates of UNMOVIC and the IAEA",
            "to terminate",
            id="end of a mandate",
        ),
        pytest.param(
            "Decides to extend until 1 July 2027 the mandate of the Panel of Experts as set out in "
            "paragraph 19 of resolution 2428 (2018), and decides that it should provide a final "
            "report by 1 May 2027;",
            TermKind.PANEL,
            "mandate of the Panel of Experts",
            "until 1 July 2027",
            id="panel, its report is no term",
        ),
        pytest.param(
            "Decides to renew until 14 November 2026 the measures imposed by paragraphs 11 and 15 of "
            "resolution 2140 (2014);",
            TermKind.MEASURES,
            "measures",
            "until 14 November 2026",
            id="measures",
        ),
        pytest.param(
            "Decides to maintain the authorized troop ceiling of 3,250 until 15 November 2026;",
            TermKind.CEILING,
            "troop ceiling of 3,250",
            "troop ceiling of 3,250",
            id="ceiling",
        ),
        pytest.param(
            "Decides to appropriate to the special account for the United Nations Mission in South "
            "Sudan the amount of 1,311,427,900 dollars for the period from 1 July 2025 to "
            "30 June 2026;",
            TermKind.APPROPRIATION,
            "United Nations Mission in South Sudan",
            "1,311,427,900",
            id="appropriation",
        ),
        pytest.param(
            "Requests the Secretary-General to report to the Security Council on the "
            "implementation of this resolution every 60 days;",
            TermKind.REPORTING,
            "Secretary-General",
            "every 60 days",
            id="reporting cycle",
        ),
    ],
)
def test_term_of_a_paragraph(text: str, kind: TermKind, subject: str, value: str) -> None:
    term = next(term for term in terms_of(text) if term.kind is kind)
    assert text[term.subject.start : term.subject.end] == subject
    assert term.value is not None
    assert text[term.value.start : term.value.end] == value


def test_a_paragraph_may_set_two_terms() -> None:
    text = (
        "Decides to renew until 1 July 2027 the measures as set out in paragraphs 1 and 3 of resolution "
        "2783 (2025), decides to extend, until 1 August 2027, the mandate of the Group of Experts as "
        "set forth in paragraph 6 of resolution 2360 (2017);"
    )
    ends = {term.kind: term.dates.until for term in terms_of(text) if term.dates}
    assert ends == {TermKind.MEASURES: date(2027, 7, 1), TermKind.PANEL: date(2027, 8, 1)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Welcomes the extension of the mandate until 31 May 2020;", id="no decision"),
        pytest.param("Recalls that the mandate of UNMIT ends on 31 May 2020;", id="a recall"),
        pytest.param(
            "Requests the Secretary-General to work in close cooperation with the Committee;",
            id="close is no end",
        ),
    ],
)
def test_what_sets_no_term(text: str) -> None:
    assert list(terms_of(text)) == []
