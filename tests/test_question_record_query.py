"""What questions ask of records, in the turns of phrase of people who ask."""

import pytest

from qa.question.countries import code_of, countries_in, state_name
from qa.question.record_query import (
    RecordField,
    RecordQuery,
    VoteSide,
    asks_for_not_adopted,
    read_record,
)
from qa.resolutions.cite.symbols import find_symbols

F, S = RecordField, VoteSide


def read(question: str) -> RecordQuery | None:
    return read_record(question, find_symbols(question))


@pytest.mark.parametrize(
    ("question", "field", "sides", "countries"),
    [
        ("What was the vote on A/RES/78/12?", F.VOTE, (), ()),
        ("vote count of 79/60 please", F.VOTE, (), ()),
        ("How many States voted against 77/5?", F.VOTE, (S.AGAINST,), ()),
        ("By what margin was 75/9 adopted?", F.VOTE, (), ()),
        ("How did Peru vote on 78/12?", F.COUNTRY_VOTE, (), ("PER",)),
        ("did the UK and France abstain on 78/12", F.COUNTRY_VOTE, (S.ABSTAINING,), ("GBR", "FRA")),
        ("Norway vote whaling 2019", F.COUNTRY_VOTE, (), ("NOR",)),
        ("Norway's vote on 78/12", F.COUNTRY_VOTE, (), ("NOR",)),
        ("Has Fiji supported 78/12?", F.COUNTRY_VOTE, (S.IN_FAVOUR,), ("FJI",)),
        ("Which States opposed 78/12?", F.VOTERS, (S.AGAINST,), ()),
        ("list the abstentions on 78/12", F.VOTERS, (S.ABSTAINING,), ()),
        ("who did not vote on 78/12?", F.VOTERS, (S.ABSENT,), ()),
        ("Was 78/12 adopted by consensus?", F.ADOPTION, (), ()),
        ("how was 78/12 adopted", F.ADOPTION, (), ()),
        ("Who co-sponsored 78/12?", F.SPONSORS, (), ()),
        ("Did Cuba table 78/12?", F.SPONSORS, (), ("CUB",)),
        ("draft number of 78/12", F.DRAFT_SYMBOL, (), ()),
        ("verbatim record for 78/12", F.MEETING_RECORD, (), ()),
        ("Is S/RES/2000 (2011) under Chapter 7?", F.CHAPTER_VII, (), ()),
        ("name of the agenda item of 78/12", F.AGENDA, (), ()),
        ("index terms of 78/12", F.SUBJECTS, (), ()),
        ("Which SDGs does 78/12 relate to?", F.SDGS, (), ()),
        ("Why was S/2022/1 not adopted?", F.STATUS, (), ()),
        ("Did the Council adopt S/2022/1?", F.STATUS, (), ()),
        ("Did anyone vote no on 78/12?", F.VOTERS, (S.AGAINST,), ()),
        ("S/RES/2000 (2011) draft doc number", F.DRAFT_SYMBOL, (), ()),
    ],
)
def test_the_field_is_read_with_sides_and_states(
    question: str, field: RecordField, sides: tuple[VoteSide, ...], countries: tuple[str, ...]
) -> None:
    query = read(question)
    assert query is not None
    assert (query.field, query.sides) == (field, sides)
    assert tuple(code for group in query.countries for code in group) == countries
    assert not query.is_set


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How did Chad vote on the Mali sanctions in May 2019?", "Mali sanctions"),
        ("Who voted against the moratorium on executions? Names only.", "moratorium executions"),
        ("Which resolutions on Lebanon did Chad abstain on since 2019?", "Lebanon"),
        ("Did Brazil's draft on fishing quotas go through?", "fishing quotas"),
        ("What was the vote on the resolution about rice prices?", "rice prices"),
        ("WHO reform: how many States abstained?", "WHO reform"),
    ],
)
def test_what_remains_describes_the_document(question: str, topic: str) -> None:
    query = read(question)
    assert query is not None
    assert query.topic == topic


@pytest.mark.parametrize(
    "question",
    [
        "Which resolutions did Chad vote against in 2019?",
        "How many times has France abstained?",
        "List all vetoes since 2010",
        "GA resolutions sponsored by Cuba in session 75",
        "How many resolutions of session 74 were put to a recorded vote?",
        "Assembly resolutions where Chad was the only no vote",
        "How did Chad vote on the Lebanon resolutions in 2019?",
        "Which draft on Mali was vetoed?",
    ],
)
def test_several_texts_are_a_set(question: str) -> None:
    query = read(question)
    assert query is not None
    assert query.is_set


@pytest.mark.parametrize(
    ("question", "is_so"),
    [
        ("Did China abstain on 78/12?", True),
        ("Did China abstain or vote against 78/12?", False),
        ("Who abstained on 78/12?", False),
        ("Is res 2699 a Chapter VII resolution?", True),
    ],
)
def test_yes_or_no_answers_only_what_asks_whether(question: str, is_so: bool) -> None:
    query = read(question)
    assert query is not None
    assert query.asks_whether is is_so


@pytest.mark.parametrize(
    "question",
    [
        "What does 78/12 say about the right to vote?",
        "participation of women in elections",
        "What does S/RES/1973 (2011) decide under Chapter VII?",
        "Which resolutions mention support for refugees?",
        "protection against torture",
        "follow-up to the Monterrey Consensus",
        "Did the Council ever back the Five Point Consensus, and in what words?",
        "reports of the Secretary-General on Haiti",
    ],
)
def test_a_question_about_contents_asks_nothing_of_records(question: str) -> None:
    assert read(question) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GBR"),
        ("Russian Federation", "RUS"),
        ("DPRK", "PRK"),
        ("Ivory Coast", "CIV"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("TÜRKİYE", "TUR"),
        ("TÜRKÝYE", "TUR"),
        ("LIBYAN ARAB JAMAHIRIYA", "LBY"),
        ("MICRONESIA (FEDERATES STATES OF)", "FSM"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Congo", "COG"),
        ("DEMOCRATIC REPUBLIC OF THE CONGO", "COD"),
        ("Swiss", "CHE"),
        ("Atlantis", None),
        ("Korea", None),
    ],
)
def test_a_state_is_known_by_each_of_its_names(name: str, code: str | None) -> None:
    assert code_of(name) == code


def test_codes_count_in_capitals_and_words_do_not() -> None:
    assert [mention.codes for mention in countries_in("CHN told us no")] == [("CHN",)]
    assert countries_in("it is in no way so") == ()
    assert [mention.codes[0] for mention in countries_in("Papua New Guinea and Guinea")] == [
        "PNG",
        "GIN",
    ]


def test_a_name_in_capitals_is_written_as_sentences_write_it() -> None:
    assert state_name("BOLIVIA (PLURINATIONAL STATE OF)") == "Bolivia (Plurinational State of)"
    assert state_name("COTE D'IVOIRE") == "Côte d'Ivoire"


def test_drafts_and_vetoes_ask_for_what_was_not_adopted() -> None:
    assert asks_for_not_adopted("vetoed drafts on Mali")
    assert not asks_for_not_adopted("resolutions on Mali")
