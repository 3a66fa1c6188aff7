"""Filters and their counts, proved against the paragraphs one by one; readings; histories; ties."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embeddings.model.encoder import Encoder
from qa.answer import RefusalKind
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.desks.paragraph_chain import paragraph_history
from qa.indexing.build import build
from qa.page.answer_charts import answer_chart_html, citation_links
from qa.page.form_state import NAMES, FormState, from_address
from qa.question.interpretation import constraints_of, without_constraints
from qa.question.read import read_question
from qa.resolutions.model import Kind
from qa.search.filters import GRADES, Filters

NONE = Filters()


def passes(one: Passage, filters: Filters) -> bool:
    """The rule of each filter, said for one paragraph."""
    year = one.resolution.adopted.year if one.resolution.adopted else None
    return all(
        (
            filters.since is None or (year is not None and year >= filters.since),
            filters.until is None or (year is not None and year <= filters.until),
            not filters.bodies or one.resolution.body.value in filters.bodies,
            not filters.kinds or one.kind in filters.kinds,
            not filters.grades or {each.grade for each in one.actions} & filters.grades,
            not filters.addressees or {each.addressee for each in one.actions} & filters.addressees,
            not filters.subjects or set(one.resolution.subjects) & filters.subjects,
        )
    )


ADDRESSEES = ["Secretary-General", "Member States", "States", "unknown body"]
FILTERS = st.builds(
    Filters,
    since=st.sampled_from([None, 2001, 2002, 2006, 2007]),
    until=st.sampled_from([None, 2000, 2001, 2006]),
    bodies=st.frozensets(st.sampled_from(["A", "S"])),
    kinds=st.frozensets(st.sampled_from([Kind.OPERATIVE, Kind.PREAMBULAR, Kind.NOTE])),
    grades=st.frozensets(st.integers(0, GRADES - 1)),
    addressees=st.frozensets(st.sampled_from(ADDRESSEES)),
    subjects=st.frozensets(st.sampled_from(["CRIME PREVENTION"])),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(filters=FILTERS)
def test_what_passes_and_every_count_is_that_of_the_paragraphs_one_by_one(
    filters: Filters, assistant: Assistant
) -> None:
    passages = list(assistant.corpus.passages)
    found = assistant.retriever.filter_index.rows(filters).tolist()
    assert found == [one.row for one in passages if passes(one, filters)]
    counts = assistant.counts(filters)
    assert (counts.passing, counts.of) == (len(found), len(passages))
    others = [one for one in passages if passes(one, replace(filters, kinds=frozenset()))]
    assert counts.kinds == {kind.value: sum(one.kind is kind for one in others) for kind in Kind}
    others = [one for one in passages if passes(one, replace(filters, grades=frozenset()))]
    assert counts.grades == {
        grade: sum(any(each.grade == grade for each in one.actions) for one in others)
        for grade in range(GRADES)
    }
    others = [one for one in passages if passes(one, replace(filters, addressees=frozenset()))]
    named = Counter(
        name for one in others for name in {each.addressee for each in one.actions} if name
    )
    assert counts.addressees == dict(named)
    others = [one for one in passages if passes(one, replace(filters, since=None, until=None))]
    years = Counter(one.resolution.adopted.year for one in others if one.resolution.adopted)
    assert counts.years == dict(years)


def test_a_subject_is_that_of_the_records(assistant: Assistant) -> None:
    assert assistant.counts(NONE).subjects == {}  # the texts come without records
    rows = assistant.retriever.filter_index.rows(Filters(subjects=frozenset({"SPACE LAW"})))
    assert len(rows) == 0


def test_filters_by_grade_and_addressee_hold_in_answers(assistant: Assistant) -> None:
    filters = Filters(grades=frozenset({4}), addressees=frozenset({"Secretary-General"}))
    quotes = assistant.ask("report on technical assistance", filters=filters).quotes
    assert quotes
    for quote in quotes:
        assert any(one.grade == 4 for one in quote.actions)
        assert any(one.addressee == "Secretary-General" for one in quote.actions)


READ = [
    pytest.param(
        "What did the Security Council decide?", {"bodies": "Security Council"}, id="body"
    ),
    pytest.param("corruption in March 2004 or 2005", {"years": "March 2004 or 2005"}, id="years"),
    pytest.param("at the 76th session", {"sessions": "seventy-sixth session"}, id="session"),
    pytest.param("preambular paragraphs on crime", {"kinds": "preambular paragraphs"}, id="kind"),
    pytest.param("who is urged?", {"verbs": "“urge”"}, id="verb"),
    pytest.param(
        "What should the Secretary-General do?",
        {"actor": "addressed to: Secretary-General"},
        id="actor",
    ),
    pytest.param("money laundering", {}, id="nothing but a topic"),
]


@pytest.mark.parametrize(("question", "said"), READ)
def test_readings_are_said_in_words_and_set_aside_one_by_one(
    question: str, said: dict[str, str]
) -> None:
    read = read_question(question)
    words_by_name = {one.name: one.words for one in constraints_of(read)}
    for name, words in said.items():
        assert words.rstrip("”") in words_by_name[name]
        left = {one.name for one in constraints_of(without_constraints(read, [name]))}
        assert left == set(words_by_name) - {name}
    if not said:
        assert words_by_name == {}


def test_an_answer_says_what_was_read_and_what_was_set_aside(assistant: Assistant) -> None:
    question = "What did the General Assembly say in 2006 about corruption?"
    answer = assistant.ask(question, unread=["years"])
    assert [(one.name, one.weighed) for one in answer.readings] == [
        ("bodies", True),
        ("years", False),
    ]
    assert assistant.ask("61/181 OP6").readings == ()
    refused = assistant.ask("In 2006, what about the price of bread in Zanzibar?")
    assert refused.refusal is not None
    assert refused.refusal.kind is RefusalKind.NOT_IN_TEXTS
    assert refused.readings


@settings(max_examples=60, deadline=None)
@given(filters=FILTERS)
def test_an_address_holds_every_filter(filters: Filters) -> None:
    since, until = filters.since, filters.until
    if since and until and since > until:
        filters = replace(filters, until=None)
    wishes = FormState(filters=filters)
    asked: dict[str, list[str]] = {}
    for part in filter(None, wishes.query.split("&")):
        from urllib.parse import unquote_plus

        name, value = part.split("=")
        asked.setdefault(name, []).append(unquote_plus(value))
    assert from_address(asked) == wishes
    for name in NAMES:
        assert name not in dict(wishes.without(name).in_words())


def test_an_address_that_cannot_be_read_asks_nothing() -> None:
    odd = {"since": ["long ago"], "kind": ["song"], "grade": ["9", "x"], "body": ["Z"]}
    assert from_address(odd) == FormState()


def resolution(number: int, year: int, point: str) -> str:
    return (
        f"Resolution adopted by the General Assembly on 3 May {year}\n"
        f"{year - 1946}/{number}.\tA day of our own\n\n\tThe General Assembly,\n"
        f"\tRecalling its resolution {year - 1947}/{number} of 3 May {year - 1},\n"
        f"\t1.\t{point}\n\t2.\tDecides to meet in Geneva.\n\n90th plenary meeting\n3 May {year}\n"
    )


@pytest.fixture
def series(tmp_path: Path, encoder: Encoder) -> Corpus:
    """Three years of one resolution, the first paragraph growing."""
    folder = tmp_path / "texts"
    folder.mkdir()
    points = {
        2005: "Invites all States to observe the day with music and with dance;",
        2006: "Invites all States to observe the day with music, with dance and with song;",
        2007: "Urges all States to observe the day with music, with dance and with song;",
    }
    for year, point in points.items():
        (folder / f"{year}.txt").write_text(resolution(9, year, point), encoding="utf-8")
    build([folder], tmp_path / "index", load_encoder=lambda: encoder)
    return Corpus.open(tmp_path / "index")


def test_a_paragraph_is_followed_over_the_years_oldest_first(series: Corpus) -> None:
    passage = series.passage("A/RES/60/9", "OP1")
    assert passage is not None
    kin = paragraph_history(series, passage).passages
    assert [(one.symbol, one.label) for one in kin] == [
        ("A/RES/59/9", "OP1"),
        ("A/RES/60/9", "OP1"),
        ("A/RES/61/9", "OP1"),
    ]


def test_a_paragraph_like_no_other_stands_alone(assistant: Assistant) -> None:
    passage = assistant.corpus.passage("A/RES/61/181", "OP5")
    assert passage is not None
    assert paragraph_history(assistant.corpus, passage).passages == (passage,)


def test_ties_are_what_it_cites_and_what_cites_it(series: Corpus) -> None:
    middle = series.resolution("A/RES/60/9")
    assert middle is not None
    links = citation_links(middle, series)
    assert links.cited == {"A/RES/59/9": 2005}
    assert links.citing == {"A/RES/61/9": 2007}


@pytest.mark.parametrize(
    ("question", "drawn"),
    [
        pytest.param("corruption", True, id="several texts of two years"),
        pytest.param("61/181 OP6", False, id="one text"),
        pytest.param("How did France vote on 61/181?", False, id="a refusal"),
    ],
)
def test_a_picture_is_drawn_where_it_says_more_than_a_list(
    question: str, drawn: bool, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert bool(answer_chart_html(answer, assistant.corpus)) is drawn
