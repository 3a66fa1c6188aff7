"""How many, which, and when first: read from questions, and counted twice."""

import re
from datetime import date

import pytest

from qa.answering.counting import count_mentions, count_sentence, phrase_spans
from qa.assistant import Assistant
from qa.question.count_query import CountQuery
from qa.question.expansion import NameExpansion, table_names
from qa.resolutions.model import Kind
from qa.resolutions.periods import Period
from qa.resolutions.tables.read_tables import rows
from qa.search.filters import Filters


@pytest.mark.parametrize(
    "thing",
    [
        "juvenile justice",
        "corruption",
        "trafficking in persons",
        "Palermo",
        "Peace",
        "the",
        "chess",
    ],
)
@pytest.mark.parametrize("kinds", [frozenset(), frozenset({Kind.OPERATIVE})])
def test_the_count_is_that_of_reading_everything(
    thing: str, kinds: frozenset[Kind], assistant: Assistant
) -> None:
    corpus = assistant.corpus
    found = count_mentions(corpus, CountQuery(thing=thing), Filters(kinds=kinds), table_names())
    stems = corpus.words.terms(thing)

    def mentions(text: str) -> bool:
        return bool(stems) and f" {' '.join(stems)} " in f" {' '.join(corpus.words.terms(text))} "

    read = [
        one for one in corpus.passages if (not kinds or one.kind in kinds) and mentions(one.text)
    ]
    assert sorted(one.row for one in found.passages) == [one.row for one in read]
    held = {one.symbol for one in read}
    if not kinds:
        held |= {one.symbol for one in corpus.resolutions if mentions(one.title)}
    assert {one.symbol for one in found.resolutions} == held


def test_a_short_name_counts_with_its_full_one_and_as_it_is_printed(assistant: Assistant) -> None:
    found = count_mentions(assistant.corpus, CountQuery(thing="UNODC"), Filters(), table_names())
    assert found.forms == ("UNODC", "United Nations Office on Drugs and Crime")
    assert [one.symbol for one in found.resolutions] == ["A/RES/61/181"]
    for passage in found.passages:
        for span in phrase_spans(assistant.corpus, passage, found.forms):
            assert "Office on Drugs and Crime" in passage.text[span.start : span.end]


def test_a_document_is_counted_where_it_is_cited(assistant: Assistant) -> None:
    corpus = assistant.corpus
    found = count_mentions(
        corpus,
        CountQuery(thing="resolution 55/25", cited=("A/RES/55/25",)),
        Filters(),
        table_names(),
    )
    assert {one.row for one in found.passages} == {one.row for one in corpus.citing("A/RES/55/25")}
    assert found.passages


@pytest.mark.parametrize(
    ("asked", "symbols"),
    [
        (CountQuery(thing="corruption"), ["A/RES/61/181", "A/RES/56/123"]),
        (CountQuery(thing="corruption", period=Period.of_year(2002).onwards), ["A/RES/61/181"]),
        (CountQuery(thing="corruption", period=Period.of_year(2001).up_to), ["A/RES/56/123"]),
        (CountQuery(thing="corruption", bodies=frozenset({"S"})), []),
        (CountQuery(thing=""), ["A/RES/61/181", "A/RES/56/123"]),
    ],
)
def test_bounds_are_kept_and_the_newest_comes_first(
    asked: CountQuery, symbols: list[str], assistant: Assistant
) -> None:
    found = count_mentions(assistant.corpus, asked, Filters(), table_names())
    assert [one.symbol for one in found.resolutions] == symbols
    days = [one.adopted or date.min for one in found.resolutions]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            "How many resolutions mention corruption?",
            r"2 of the 2 loaded resolutions mention “corruption”, in \d+ paragraphs\.",
        ),
        (
            "How many resolutions did the Assembly adopt in 2006?",
            r"1 resolution of the General Assembly adopted in 2006 is loaded\.",
        ),
        (
            "When was juvenile justice first mentioned?",
            (
                r"1 of the 2 loaded texts mentions “juvenile justice”, in 1 paragraph; the first is "
                r"A/RES/56/123, para\. 7\."
            ),
        ),
        (
            "How many resolutions mention chess?",
            r"None of the 2 loaded resolutions mention “chess”\.",
        ),
    ],
)
def test_the_answer_says_how_many_of_how_many(
    question: str, says: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    told = answer.refusal.message if answer.refusal else answer.message
    assert re.fullmatch(says, told), told


def test_the_list_names_every_resolution_and_quotes_a_mention_of_each(assistant: Assistant) -> None:
    answer = assistant.ask("Which resolutions mention corruption?")
    assert [one.symbol for one in answer.facts] == ["A/RES/61/181", "A/RES/56/123"]
    assert [one.symbol for one in answer.quotes] == ["A/RES/61/181", "A/RES/56/123"]
    for one in answer.quotes:
        assert all("orruption" in one.text[span.start : span.end] for span in one.highlight)
        assert one.highlight


def test_where_paragraphs_are_counted_all_are_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Which operative paragraphs mention corruption?")
    found = count_mentions(
        assistant.corpus,
        CountQuery(thing="corruption", paragraphs=True, operative=True),
        Filters(),
        table_names(),
    )
    assert len(answer.quotes) == len(found.passages) > 2
    assert {one.kind for one in answer.quotes} == {Kind.OPERATIVE}


def test_nothing_is_said_of_no_texts(assistant: Assistant) -> None:
    found = count_mentions(
        assistant.corpus,
        CountQuery(thing="corruption", period=Period.of_year(2020).onwards),
        Filters(),
        table_names(),
    )
    assert count_sentence(found, "") == (
        "None of the 0 loaded texts adopted since 2020 mention “corruption”."
    )


def test_a_short_name_and_its_full_name_are_mentioned_equally_often(
    collection_assistant: Assistant,
) -> None:
    corpus = collection_assistant.corpus
    names = NameExpansion(corpus.columns.stand_for)
    of_tables = {row["short"]: row["full"] for row in rows("acronyms")}
    full_of = {**corpus.columns.stand_for, **of_tables}  # a table is right before the texts
    counts = {
        name: count_mentions(corpus, CountQuery(thing=name), Filters(), names)
        for pair in full_of.items()
        for name in pair
    }
    sizes = {name: (len(one.resolutions), len(one.passages)) for name, one in counts.items()}
    different = {
        short: (sizes[short], sizes[full])
        for short, full in full_of.items()
        if sizes[short] != sizes[full]
    }
    assert different == {}
    explained = set(corpus.columns.stand_for) - set(of_tables)
    assert sum(sizes[short][0] > 0 for short in explained) >= 10
