"""Lists and counts of documents: what they are on, and what restricts them."""

import pytest

from qa.question.document_query import read_document_query

# topic, is it a count, series, period in words, bodies, sessions, committees
QUERIES = {
    "List all resolutions on the law of the sea": ("law of the sea", False, "RES", "", "", (), ()),
    "SC resolutions Western Sahara": ("Western Sahara", False, "RES", "", "S", (), ()),
    "Council resolutions on Mali adopted between 2013 and 2015": (
        *("Mali", False, "RES", "from 2013 to 2015", "S", (), ()),
    ),
    "give me every SC resolution on Cyprus": ("Cyprus", False, "RES", "", "S", (), ()),
    "which GA resolutions deal with outer space?": ("outer space", False, "RES", "", "A", (), ()),
    "resolutions the Security Council adopted in June 2021": (
        *("", False, "RES", "in June 2021", "S", (), ()),
    ),
    "Second Committee resolutions of the 78th session": (
        *("", False, "RES", "", "", (78,), ("Second Committee",)),
    ),
    "what did the Fourth Committee adopt at session 77?": (
        *("", False, "", "", "", (77,), ("Fourth Committee",)),
    ),
    "everything the GA has adopted about Georgia": ("Georgia", False, "", "", "A", (), ()),
    "what has the Security Council adopted on piracy since 2010?": (
        *("piracy", False, "", "since 2010", "S", (), ()),
    ),
    "Which peacekeeping missions were established in 2014?": (
        *("peacekeeping missions", False, "", "in 2014", "", (), ()),
    ),
    "presidential statements 2015 Burundi": ("Burundi", False, "PRST", "in 2015", "", (), ()),
    "Do any resolutions address torture?": ("torture", False, "RES", "", "", (), ()),
    "resolutions on reform of the Security Council": (
        *("reform of the Security Council", False, "RES", "", "", (), ()),
    ),
    "UNIFIL renewals before 2010": ("UNIFIL renewals", False, "RES", "until 2009", "", (), ()),
    "How many resolutions did the Assembly adopt in 2019?": (
        *("", True, "RES", "in 2019", "A", (), ()),
    ),
    "No. of resolutions from the 3rd Committee, 76th session?": (
        *("", True, "RES", "", "", (76,), ("Third Committee",)),
    ),
    "how many resolutions has the Council adopted on Iraq since 2003?": (
        *("Iraq", True, "RES", "since 2003", "S", (), ()),
    ),
}
QUERIES |= {
    "how many PRST in 2019": ("", True, "PRST", "in 2019", "", (), ()),
    "number of times the Olympic Truce was adopted since 2010": (
        *("Olympic Truce", True, "RES", "since 2010", "", (), ()),
    ),
    "How often has the Global Compact been passed?": (
        *("Global Compact", True, "RES", "", "", (), ()),
    ),
}
# What documents say is asked, or one document, or no document at all.
OTHERS = (
    "What do the resolutions on Haiti say about sanctions?",
    "Which resolutions mention UNODC?",
    "Which resolutions demand a ceasefire?",
    "In which resolutions did the Assembly condemn terrorism?",
    "compare the resolutions on Cuba",
    "UNIFIL renewals 2024 and 2025: what is the difference?",
    "the resolution on Haiti",
    "Which resolutions are loaded?",
    "Who must report at the next session?",
    "climate change",
    "Which documents must a State submit with its report?",
)


@pytest.mark.parametrize("question", QUERIES)
def test_a_list_is_read_with_what_restricts_it(question: str) -> None:
    query = read_document_query(question)
    assert query is not None
    scope = query.scope
    assert (
        query.topic,
        query.is_count,
        " ".join(sorted(scope.series)),
        scope.period.in_words(),
        " ".join(sorted(scope.bodies)),
        scope.sessions,
        scope.committees,
    ) == QUERIES[question]


@pytest.mark.parametrize("question", OTHERS)
def test_no_list_is_read_where_none_is_asked_for(question: str) -> None:
    assert read_document_query(question) is None
