"""Bare numbers: "1325" is a resolution of the Security Council, "2021" is a year."""

from datetime import date

import pytest

from qa.question.read import read_question
from qa.resolutions.cite.typed_symbols import security_council_symbol
from qa.resolutions.model import Body, Masthead, Record, RecordLine, Source


def _loaded(number: int, year: int, *subjects: str) -> Masthead:
    return Masthead(
        symbol=security_council_symbol(number),
        body=Body.SECURITY_COUNCIL,
        session=None,
        number=str(number),
        part=None,
        title="",
        adopted=date(year, 6, 1),
        issued=None,
        meeting=None,
        committee=None,
        report=None,
        agenda_items=(),
        job_number=None,
        printed_job_number=None,
        language="en",
        source=Source(file=f"{number}.xml", sha256=""),
        record=Record(
            symbol=security_council_symbol(number),
            source=RecordLine(file="records.json", line=1),
            subjects=subjects,
        ),
    )


LOADED = (
    _loaded(1325, 2000, "WOMEN IN ARMED CONFLICTS"),
    _loaded(1701, 2006, "LEBANON"),
    _loaded(1973, 2011, "LIBYA"),
    _loaded(2021, 2011, "DEMOCRATIC REPUBLIC OF THE CONGO"),
    _loaded(2375, 2017),
    _loaded(2397, 2017),
    _loaded(2735, 2024, "PALESTINE QUESTION"),
    _loaded(1540, 2004, "WEAPONS OF MASS DESTRUCTION"),
)
DOCUMENTS = {
    "1325": ("S/RES/1325(2000)",),
    "show me 1325": ("S/RES/1325(2000)",),
    "1325 pls": ("S/RES/1325(2000)",),
    "UNSC 1325": ("S/RES/1325(2000)",),
    "sc res 1325": ("S/RES/1325(2000)",),
    "resoluton 1701 lebanon": ("S/RES/1701(2006)",),
    "1701 lebanon": ("S/RES/1701(2006)",),
    "is 1701 still in force": ("S/RES/1701(2006)",),
    "resolution 1973": ("S/RES/1973(2011)",),
    "What does resolution 1973 authorize?": ("S/RES/1973(2011)",),
    "text of 1973": ("S/RES/1973(2011)",),
    "resolution 2021": ("S/RES/2021(2011)",),
    "vote 2021": ("S/RES/2021(2011)",),
    "sponsors of 2021": ("S/RES/2021(2011)",),
    "crude oil cap in 2375 and in 2397": ("S/RES/2375(2017)", "S/RES/2397(2017)"),
    "who voted for 2735?": ("S/RES/2735(2024)",),
    "2735 op 3": ("S/RES/2735(2024)",),
    "PRST 2019/10": ("S/PRST/2019/10",),
    # Topical, yet the resolution of that number is about the topic.
    "Congo resolution 2021": ("S/RES/2021(2011)",),
    "under resolution 2021": ("S/RES/2021(2011)",),
    # Not loaded, and asked for alone: the answer says so.
    "1267": ("S/RES/1267(1999)",),
}
NO_DOCUMENTS = (
    "what about 2021?",
    "2021",
    "borders along 1973 lines",
    "climate change 2021",
    "cuba embargo vote 2021",
    "sponsors of the landmine text, draft 2011",
    "budget for 2011",
    "1540 Committee mandate",
    "1701 troops for Mali",
    "up to 1973 police officers",
    "agenda item 1325",
    "Agenda 2030",
    "on 24 June 2011",
    "in June 2011",
    "$1325",
    "1,325 personnel",
    "about 1325 metres",
    # The year of the documents that are asked for.
    "SC resolutions 2021",
    "unanimous SC resolutions 2021 number",
    "Security Council 2021 total number of resolutions",
    "mercenaries resolution 2021",
    "the LAWS resolution 2021, which committee?",
    "number of resolutions, 2011 to 2021",
)


@pytest.mark.parametrize("question", DOCUMENTS)
def test_a_bare_number_names_a_resolution_of_the_security_council(question: str) -> None:
    assert read_question(question, LOADED).symbols == DOCUMENTS[question]


@pytest.mark.parametrize("question", NO_DOCUMENTS)
def test_a_year_or_a_count_names_no_document(question: str) -> None:
    assert read_question(question, LOADED).symbols == ()
