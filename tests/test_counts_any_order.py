"""Counts and lists of documents are read from their words, in whatever order they come."""

import pytest

from qa.question.count_cue import Counted, read_counted
from qa.question.document_query import DocumentQuery, read_document_query

# topic, series, period in words, bodies, sessions, committees
COUNTS = {
    # What is counted comes first, last or between.
    "Mali resolutions since 2020 how many": ("Mali", "RES", "since 2020", "", (), ()),
    "how many on Cyprus since 2015": ("Cyprus", "", "since 2015", "", (), ()),
    "Cyprus, number of resolutions, 2019 to 2023": (
        *("Cyprus", "RES", "from 2019 to 2023", "", (), ()),
    ),
    "total resolutions 2024 Security Council": ("", "RES", "in 2024", "S", (), ()),
    "Security Council 2022 total number of resolutions adopted": (
        *("", "RES", "in 2022", "S", (), ()),
    ),
    "resolutions in 2023: how many did the Council pass": ("", "RES", "in 2023", "S", (), ()),
    "2020 presidential statements number": ("", "PRST", "in 2020", "", (), ()),
    "how many statements did the Council President issue in 2022": (
        *("", "PRST", "in 2022", "S", (), ()),
    ),
    "count Libya SC resolutions 2024": ("Libya", "RES", "in 2024", "S", (), ()),
    "resolutions about Syria by the Council in 2013, total count": (
        *("Syria", "RES", "in 2013", "S", (), ()),
    ),
    "I need a count of road safety resolutions": ("road safety", "RES", "", "", (), ()),
    "LDC graduation, how many resolutions?": ("LDC graduation", "RES", "", "", (), ()),
    "tell me how many resolutions GA adopted on Palestine since 2019": (
        *("Palestine", "RES", "since 2019", "A", (), ()),
    ),
    "what's the total of Council resolutions on Chad between 2018 and 2022": (
        *("Chad", "RES", "from 2018 to 2022", "S", (), ()),
    ),
    "are there many resolutions on volcanoes? how many exactly": (
        *("volcanoes", "RES", "", "", (), ()),
    ),
    # Committees and sessions, in words, in figures, and bare.
    "How many resolutions emerged from the Third Committee at the seventy-ninth session?": (
        *("", "RES", "", "", (79,), ("Third Committee",)),
    ),
    "third committee 79 how many resolutions": ("", "RES", "", "", (79,), ("Third Committee",)),
    "At the 77th session, how many texts did the Second Committee produce?": (
        *("", "", "", "", (77,), ("Second Committee",)),
    ),
    "how many Palestine resolutions GA 79": ("Palestine", "RES", "", "A", (79,), ()),
    "How many resolutions did the GA's Second Committee recommend at session 79?": (
        *("", "RES", "", "A", (79,), ("Second Committee",)),
    ),
    "How many of the resolutions of session 78 concern whales?": (
        *("whales", "RES", "", "", (78,), ()),
    ),
    "how many resolutions on whales since February 2022 GA only": (
        *("whales", "RES", "since February 2022", "A", (), ()),
    ),
    # How often a thing was adopted.
    "how many times did the Council extend the mandate of MINUSCA": (
        *("MINUSCA renewals", "RES", "", "S", (), ()),
    ),
    "How often has the Council renewed UNDOF since 2018?": (
        *("UNDOF renewals", "RES", "since 2018", "S", (), ()),
    ),
    "How many times was the Cuba embargo resolution adopted?": (
        *("Cuba embargo", "RES", "", "", (), ()),
    ),
    "since 2016, how many times has the Assembly adopted a text on volcanoes": (
        *("volcanoes", "RES", "since 2016", "A", (), ()),
    ),
    # An organ that is the topic is not the one that adopts.
    "how many resolutions on reform of the Security Council": (
        *("reform of the Security Council", "RES", "", "", (), ()),
    ),
    "number of UN Women resolutions": ("UN Women", "RES", "", "", (), ()),
}
# What a question proclaims, its year, and when that was proclaimed.
OBSERVANCES = {
    "How many international days did the Assembly proclaim in 2024?": ("Day", None, "in 2024"),
    "world days 2023 how many": ("Day", None, "in 2023"),
    "number of days the Assembly proclaimed in 2024": ("Day", None, "in 2024"),
    "international years 2027 how many": ("Year", 2027, ""),
    "how many international years has the Assembly proclaimed since 2019": (
        *("Year", None, "since 2019"),
    ),
    "UN decades in 2027": ("Decade", 2027, ""),
    "list international weeks": ("Week", None, ""),
}
# Nothing of documents is counted.
OTHERS = (
    "how many States must ratify before the treaty enters into force",
    "How many troops may UNMISS have?",
    "how many people need aid in Sudan, according to Council resolutions?",
    "the right to vote: how many countries",
    "How many members does the Peacebuilding Commission have?",
    "How often must the Secretary-General report?",
    "How many resolutions must a State implement?",
    "how many resolutions does the Council need to adopt to lift sanctions",
    "what counts as a resolution of a dispute",
    "total fertility rate",
    "number of landlocked developing countries",
    "vote count of the latest resolution",
    "How many years of mandate did the resolution give MINUSCA?",
    "draft number of the road safety resolution",
    "How many resolutions mention volcanoes?",
)
# A list of the same words asks for the same documents.
SAME = {
    "how many SC resolutions on Haiti since 2023": "list SC resolutions on Haiti since 2023",
    "Sixth Committee, session 80: how many resolutions?": "Sixth Committee resolutions session 80",
    "world days adopted at session 79, how many?": "world days adopted at session 79",
    "number of UNIFIL renewals since 2015": "UNIFIL renewals since 2015",
}


def read(question: str) -> DocumentQuery:
    query = read_document_query(question)
    assert query is not None
    return query


@pytest.mark.parametrize("question", COUNTS)
def test_a_count_is_read_in_any_order_of_words(question: str) -> None:
    query = read(question)
    scope = query.scope
    assert query.is_count
    assert (
        query.topic,
        " ".join(sorted(scope.series)),
        scope.period.in_words(),
        " ".join(sorted(scope.bodies)),
        scope.sessions,
        scope.committees,
    ) == COUNTS[question]


@pytest.mark.parametrize("question", OBSERVANCES)
def test_days_and_years_are_those_that_were_proclaimed(question: str) -> None:
    query = read(question)
    assert (query.observance, query.year, query.scope.period.in_words()) == OBSERVANCES[question]


@pytest.mark.parametrize("question", OTHERS)
def test_what_is_no_count_of_documents_is_not_read_as_one(question: str) -> None:
    assert read_document_query(question) is None


@pytest.mark.parametrize("question", SAME)
def test_a_list_of_the_same_words_asks_for_the_same_documents(question: str) -> None:
    counted, listed = read(question), read(SAME[question])
    assert (counted.topic, counted.scope) == (listed.topic, listed.scope)
    assert (counted.is_count, listed.is_count) == (True, False)


def test_emergency_special_sessions_are_sessions_of_their_own() -> None:
    assert read("how many emergency special session resolutions").scope.emergency == "ES"
    assert read("resolutions of the eleventh emergency special session").scope.emergency == "ES-11"
    assert read("resolutions of session 79").scope.emergency is None


def test_the_noun_after_the_words_that_count_is_what_is_counted() -> None:
    assert read_counted("how many resolutions on troops") is Counted.DOCUMENTS
    assert read_counted("how many troops under these resolutions") is Counted.OTHER
    assert read_counted("how often was it adopted") is Counted.TIMES
    assert read_counted("resolutions on troops") is None
