"""What is asked of a record is read from its word, wherever it is; the rest describes a text."""

import pytest

from qa.question.record_query import RecordField, RecordQuery, read_record
from qa.resolutions.cite.symbols import find_symbols

F = RecordField

# the field, what describes the text
FIELDS = {
    "which committee: moratorium on whaling 2024": (F.COMMITTEE, "moratorium whaling"),
    "whaling strategies: which committee": (F.COMMITTEE, "whaling strategies"),
    "LAWS resolution 2025 committee": (F.COMMITTEE, "LAWS"),
    "committee for the outer space resolution": (F.COMMITTEE, "outer space"),
    "Pact for the Future committee": (F.COMMITTEE, "Pact Future"),
    "whaling resolution: committee or plenary": (F.COMMITTEE, "whaling"),
    "Which committee sent the assembly the resolution on whales?": (F.COMMITTEE, "whales"),
    "80/57 committee": (F.COMMITTEE, ""),
    "committee of 79/62": (F.COMMITTEE, ""),
    "meeting number, Cyprus renewal of May 2020": (F.MEETING, "Cyprus renewal"),
    "at what meeting was the Cyprus force renewed": (F.MEETING, "Cyprus force renewed"),
    "At which meeting of the Council was the resolution on whales adopted?": (
        *(F.MEETING, "whales"),
    ),
    "79/62 meeting": (F.MEETING, ""),
    "date of the resolution on whales": (F.ADOPTED, "whales"),
    "adoption date, whale resolution": (F.ADOPTED, "whale"),
    "when did the Council adopt the resolution on whales": (F.ADOPTED, "whales"),
    "vote on the resolution on the date of the summit": (F.VOTE, "date summit"),
    "vote on the report of the Special Committee on whales resolution": (
        *(F.VOTE, "report Special Committee whales"),
    ),
    "79/62 draft": (F.DRAFT_SYMBOL, ""),
    "draft of resolution 79/62": (F.DRAFT_SYMBOL, ""),
    "draft of the whale resolution": (F.DRAFT_SYMBOL, "whale"),
    "authors of the whale text": (F.SPONSORS, "whale"),
    "sponsors, World Otter Day resolution": (F.SPONSORS, "World Otter Day"),
    "chapter vii? UNISFA 2025": (F.CHAPTER_VII, "UNISFA"),
    "unanimous? Cyprus renewal 2025": (F.ADOPTION, "Cyprus renewal"),
    "how was the whale resolution adopted": (F.ADOPTION, "whale"),
    "agenda item whale hunting 2024": (F.AGENDA, "whale hunting"),
}
# the manner or the States, the sessions, the committees; what describes the texts
SETS = {
    "unanimous SC resolutions since 2023, number": ("unanimous", (), (), ""),
    "recorded votes session 78 how many": ("recorded", (78,), (), ""),
    "Third Committee resolutions of session 79 adopted by vote, how many": (
        *("recorded", (79,), ("Third Committee",), ""),
    ),
    "without a vote, session 79, ocean resolutions: how many": ("consensus", (79,), (), "ocean"),
    "how many Council resolutions did Chad sponsor in 2025, alone or with others?": (
        *("TCD", (), (), ""),
    ),
    "SC resolutions without unanimity, how many": ("divided", (), (), ""),
    "How many vetoes since 2011 by Chad?": ("TCD", (), (), ""),
    "times Chad vetoed a whaling draft": ("TCD", (), (), "whaling"),
    "vetoes by Chad, total": ("TCD", (), (), ""),
    "count chapter 7 resolutions on Chad": (None, (), (), "Chad"),
    "resolutions tabled by Chad, how many": ("TCD", (), (), ""),
}
# A word of a field in a question about what texts say, or of somebody else's committee.
OTHERS = (
    "Which committee must the States report to?",
    "which committee deals with disarmament",
    "Libya sanctions committee",
    "1267 committee",
    "when did Chad join the outer space committee?",
    "How does the Sanctions Committee delist persons?",
    "members of the Committee on Contributions",
    "meeting of States parties to the mine ban treaty",
    "high-level meeting on tuberculosis",
    "which meeting will consider the next report",
    "when must the report be adopted",
    "draft articles on State responsibility",
    "date of expiry of the mandate",
)


def read(question: str) -> RecordQuery | None:
    return read_record(question, find_symbols(question))


@pytest.mark.parametrize("question", FIELDS)
def test_a_field_is_read_wherever_its_word_is(question: str) -> None:
    query = read(question)
    assert query is not None
    assert (query.field, query.topic) == FIELDS[question]
    assert not query.is_set


@pytest.mark.parametrize("question", SETS)
def test_a_set_is_read_in_any_order_of_words(question: str) -> None:
    query = read(question)
    assert query is not None
    assert query.is_set
    states = [code for group in query.countries for code in group]
    condition = states[0] if states else query.manner
    read_so = (condition, query.scope.sessions, query.scope.committees, query.topic)
    assert read_so == SETS[question]


@pytest.mark.parametrize("question", OTHERS)
def test_no_record_is_asked_for_where_texts_say_it(question: str) -> None:
    query = read(question)
    assert query is None or query.field not in (F.COMMITTEE, F.MEETING, F.ADOPTED, F.DRAFT_SYMBOL)
