"""Turns are recognised by what they say, in whatever words and order."""

from collections.abc import Sequence

import pytest
from conversations import cited, talk

from qa import Assistant
from qa.question.read import read_question
from qa.question.record_query import RecordField
from qa.question.rewording import (
    chunks_of,
    in_session,
    in_year,
    slot_for,
    with_shifted_years,
)
from qa.question.shown_values import is_answered_by
from qa.question.turn_references import ReferenceKind, read_reference, read_time_cue
from qa.question.turn_words import is_aspect, own_words
from qa.question.turns import TurnKind
from qa.resolutions.periods import Period


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("did it go to a vote", TurnKind.RECORD, "vote"),
        ("what were the numbers of the vote?", TurnKind.RECORD, "vote"),
        ("passed by consensus?", TurnKind.RECORD, "adoption"),
        ("so was everyone unanimous", TurnKind.RECORD, "adoption"),
        ("and which countries opposed this?", TurnKind.RECORD, "against"),
        ("who all abstained there", TurnKind.RECORD, "abstaining"),
        ("which delegations co-sponsored", TurnKind.RECORD, "sponsors"),
        ("please list the names", TurnKind.NAMES, ""),
        ("which states exactly?", TurnKind.NAMES, ""),
        ("how many is that in total", TurnKind.COUNT, ""),
        ("just count them please", TurnKind.COUNT, ""),
        ("long form citation please", TurnKind.CITE, ""),
        ("give the citation in bluebook style", TurnKind.CITE, "bluebook"),
        ("is an official version available in Russian", TurnKind.TRANSLATE, "ru"),
        ("en español por favor", TurnKind.TRANSLATE, "es"),
        ("a bit more concise", TurnKind.SHORTEN, ""),
        ("show the document in its entire length", TurnKind.SHOW_DOCUMENT, ""),
        ("how does this differ from the 2019 version?", TurnKind.COMPARE, ""),
        ("what has changed in the new text", TurnKind.COMPARE, ""),
        ("which states three years earlier?", TurnKind.TIME, ""),
        ("so which is the most recent version", TurnKind.NEWEST, ""),
        ("what does it address", TurnKind.OTHER, ""),
        ("does the vote in the Assembly bind States?", TurnKind.OTHER, ""),
        ("how many ships were inspected", TurnKind.OTHER, ""),
        ("for how long", TurnKind.OTHER, ""),
        ("fr", TurnKind.TRANSLATE, "fr"),
        ("who would not support that?", TurnKind.RECORD, "against"),
        ("who didn't vote for it", TurnKind.RECORD, "against"),
        ("compare both on deadlines for reports", TurnKind.COMPARE, ""),
        ("2019, I meant", TurnKind.TIME, ""),
        ("and 2019's?", TurnKind.TIME, ""),
        ("the Council I mean", TurnKind.BODY, ""),
        ("is there anything since then?", TurnKind.LATER, ""),
        ("what else does it say", TurnKind.MORE, ""),
    ],
)
def test_the_words_of_a_turn_decide_in_any_order(text: str, kind: TurnKind, form: str) -> None:
    refers = read_question(text).refers
    assert (refers.kind, refers.form) == (kind, form)


@pytest.mark.parametrize(
    ("text", "asked", "is_new"),
    [
        ("Thanks a lot! And who abstained?", "And who abstained?", False),
        ("ok, great. now paragraph 4", "now paragraph 4", False),
        ("Forget that. Plastic waste in rivers", "Plastic waste in rivers", True),
        ("start over: landmines", "landmines", True),
        ("new topic. the rights of widows", "the rights of widows", True),
        ("no, I meant widows", "no, I meant widows", False),
        ("Good offices: who asked for them?", "Good offices: who asked for them?", False),
    ],
)
def test_thanks_before_a_question_are_no_part_of_it(text: str, asked: str, is_new: bool) -> None:
    question = read_question(text)
    assert question.text == asked
    assert question.refers.is_new_topic is is_new


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("who sponsored the newer one?", ReferenceKind.NEWEST),
        ("what did the previous resolution ask for", ReferenceKind.EARLIER),
        ("older version of it", ReferenceKind.EARLIER),
        ("what did the original text say", ReferenceKind.FIRST),
        ("and the vote on the other one", ReferenceKind.OTHER),
        ("who drafted the second resolution", ReferenceKind.RANK),
        ("was the 2016 one adopted by vote", ReferenceKind.YEAR),
        ("who voted against the one on landmines", ReferenceKind.DESCRIBED),
        ("was the coffee one adopted by vote", ReferenceKind.DESCRIBED),
        ("who voted for the oldest?", ReferenceKind.FIRST),
        ("what does the resolution say", None),
        ("what does that text ask for", None),
        ("who is the first to report", None),
    ],
)
def test_a_document_is_referred_to_by_more_than_a_symbol(
    text: str, kind: ReferenceKind | None
) -> None:
    reference = read_reference(text)
    assert (reference.kind if reference else None) is kind


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("and how large was it right before that?", -1),
        ("how many did they have previously", -1),
        ("has anybody asked for more since then", 1),
        ("was it changed afterwards?", 1),
        ("how large is it these days", 0),
        ("what was decided before 2010", None),
        ("reports due since 2015", None),
    ],
)
def test_a_place_in_time_is_asked_of(text: str, step: int | None) -> None:
    cue = read_time_cue(text)
    assert (cue.step if cue else None) == step


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("and what of coral reefs?", "coral reefs"),
        ("and Chad's?", "Chad"),
        ("the one on coral reefs", "coral reefs"),
        ("right to education", "right to education"),
    ],
)
def test_a_phrase_is_left_without_the_words_around_it(text: str, phrase: str) -> None:
    assert read_question(text).refers.phrase == phrase


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Chad voted how", RecordField.COUNTRY_VOTE),
        ("how have the members voted?", RecordField.VOTE),
        ("was the embargo against Chad voted on?", RecordField.ADOPTION),
    ],
)
def test_a_vote_is_asked_for_in_any_order_of_words(text: str, field: RecordField) -> None:
    record = read_question(text).record
    assert record is not None
    assert record.field is field


def test_own_words_leave_out_how_a_turn_asks() -> None:
    assert own_words("And could you show me what it says on coral reefs, please?") == (
        "coral",
        "reefs",
    )
    assert is_aspect("the reporting requirements")
    assert not is_aspect("coral reefs")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param(
            ["What does 61/181 say about corruption?", "and in the earlier one?"],
            {"A/RES/56/123"},
            id="the earlier one",
        ),
        pytest.param(
            ["What does 56/123 say about corruption?", "what does the newer text say on it"],
            {"A/RES/61/181"},
            id="the newer text",
        ),
        pytest.param(
            ["61/181 OP6", "56/123 OP6", "what does the 2006 resolution say about terrorism?"],
            {"A/RES/61/181"},
            id="of a year",
        ),
        pytest.param(
            ["61/181 OP6", "how does this differ from the 2001 text?"],
            {"A/RES/61/181", "A/RES/56/123"},
            id="compared with that of a year",
        ),
        pytest.param(
            ["What does 61/181 say about corruption?", "does it deal with drugs?"],
            {"A/RES/61/181"},
            id="what it says of something else",
        ),
        pytest.param(
            ["What does 61/181 say about corruption?", "reporting"],
            {"A/RES/61/181"},
            id="an aspect of it",
        ),
        pytest.param(
            ["paragraphs 3 to 5 of 61/181", "the second one", "Thanks! next one?"],
            {"A/RES/61/181"},
            id="thanks in between",
        ),
    ],
)
def test_a_turn_asks_of_the_document_that_it_refers_to(
    turns: list[str], expected: set[str], assistant: Assistant
) -> None:
    answer = talk(assistant, *turns)
    assert {one.symbol for one in answer.quotes} == expected


@pytest.mark.parametrize(
    ("turn", "quoted", "is_said"),
    [
        ("by when?", "requests a report at its eighty-first session", True),
        ("for how long is that", "extends the mandate for a period of twelve months", True),
        ("and how much money?", "appropriates the amount of 12,300,000 dollars", True),
        ("how much money?", "reduce losses by 10 per cent", False),
        ("within how many days?", "shall convene within 10 working days", True),
        ("within how many days?", "for a period of two years", False),
        ("how often", "requests the Committee to meet every year", True),
        ("until when?", "extends the mandate until 30 June 2021", True),
        ("until when?", "welcomes the meeting of June 2021", False),
        ("when did the coral reefs die?", "a report at its eighty-first session", False),
        ("by when?", "commends the efforts of States", False),
    ],
)
def test_a_value_is_given_by_what_was_shown(turn: str, quoted: str, is_said: bool) -> None:
    assert is_answered_by(turn, quoted) is is_said


def same_letters(phrase: str, others: Sequence[str]) -> list[float]:
    """How alike words are, here by their letters."""
    return [len(set(phrase) & set(other)) / len(set(phrase) | set(other)) for other in others]


def test_a_year_or_a_session_of_a_question_is_exchanged() -> None:
    question = read_question("List the resolutions on coral reefs adopted in 2019")
    other = in_year(question, 2021)
    assert other is not None
    assert other.documents is not None
    assert other.text.endswith("in 2021")
    assert other.documents.scope.period == Period.of_year(2021)
    of_session = in_session(read_question("resolutions on coral reefs in session 71"), (74,))
    assert of_session is not None
    assert of_session.text == "resolutions on coral reefs in session 74"
    assert in_year(read_question("coral reefs"), 2021) is None
    later = with_shifted_years(read_question("how much money for MONUC in 2024/25"), 1)
    assert later.text.endswith("2025/26")
    assert later.present is not None
    assert later.present.financial == (2025, 2026)


def test_names_are_exchanged_whole_and_a_described_word_stays() -> None:
    assert chunks_of("piracy in the Gulf of Guinea") == ["piracy", "Gulf of Guinea"]
    question = read_question("exports of crude oil")
    corrected = slot_for("cruder", question, same_letters, keeps_head=True)
    assert corrected.words == "crude"


@pytest.mark.parametrize(
    ("phrase", "before", "replaced"),
    [
        ("chad", "Mali sanctions", "Mali"),
        ("Mali", "chad arms embargo", "chad"),
        ("Chad", "piracy in the gulf of guinea", "gulf of guinea"),
    ],
)
def test_a_state_takes_the_place_of_a_state_in_any_case(
    phrase: str, before: str, replaced: str
) -> None:
    assert slot_for(phrase, read_question(before), same_letters).words == replaced


@pytest.mark.parametrize(
    ("text", "is_phrase"),
    [
        ("MONUC until when", False),
        ("the Panel reports to whom?", False),
        ("what about MONUC", True),
        ("and coral reefs?", True),
    ],
)
def test_a_question_word_at_the_end_makes_a_sentence(text: str, is_phrase: bool) -> None:
    assert read_question(text).refers.is_phrase is is_phrase


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        pytest.param(
            ["Who is asked to report on corruption?", "the same for terrorism"],
            "terrorism",
            id="the same for another",
        ),
        pytest.param(
            ["What does 61/181 say about corruption?", "and terrorism too"],
            "61/181",
            id="of the same document",
        ),
        pytest.param(
            ["juvenile justice in 2001", "and in 2006?"], "2006", id="another year in its place"
        ),
    ],
)
def test_what_is_exchanged_is_understood_in_place_of_the_old(
    turns: list[str], understood: str, assistant: Assistant
) -> None:
    answer = talk(assistant, *turns)
    assert understood in answer.understood


def test_more_goes_on_with_the_list_that_an_ordinal_was_picked_from(assistant: Assistant) -> None:
    listed = talk(assistant, "corruption")
    picked = assistant.ask("the first one", previous=listed)
    more = assistant.ask("more", previous=picked)
    assert not set(cited(more)) & set(cited(listed))


def test_a_topic_that_is_asked_again_is_asked_of_all_texts(assistant: Assistant) -> None:
    answer = talk(
        assistant, "What was said in 2006 about corruption?", "What is said about corruption?"
    )
    assert {quote.symbol for quote in answer.quotes} == {"A/RES/61/181", "A/RES/56/123"}
