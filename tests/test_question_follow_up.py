"""What a question leaves out is taken from the turn before, and from nothing else."""

import pytest
from conversations import cited, talk

from qa import Answer, Assistant, RefusalKind


def stated(answer: Answer) -> list[tuple[str, str]]:
    return [(one.symbol.removeprefix("A/RES/"), one.value) for one in answer.facts]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param(
            ["Show paragraph 16 of 56/123", "And the next one"], ["56/123 OP17"], id="next"
        ),
        pytest.param(
            ["Show paragraph 16 of 56/123", "and the one before"], ["56/123 OP15"], id="before"
        ),
        pytest.param(["61/181 OP6", "previous paragraph, please"], ["61/181 OP5"], id="previous"),
        pytest.param(["61/181 PP2", "next"], ["61/181 PP3"], id="next of the preamble"),
        pytest.param(["61/181 FN2", "the next note"], ["61/181 FN3"], id="next note"),
        pytest.param(
            ["61/181 OP6", "next", "next", "previous"], ["61/181 OP7"], id="there and back"
        ),
        pytest.param(
            ["paragraphs 16 to 18 of 56/123", "the next one"],
            ["56/123 OP19"],
            id="after the last of them",
        ),
        pytest.param(["61/181 OP6", "and paragraph 7?"], ["61/181 OP7"], id="a place alone"),
        pytest.param(
            ["61/181 OP6", "What about 56/123?"], ["56/123 OP6"], id="the same place there"
        ),
        pytest.param(["61/181 OP6", "and the earlier resolution?"], ["56/123 OP6"], id="earlier"),
        pytest.param(
            ["When was 61/181 adopted?", "quote its second paragraph"], ["61/181 OP2"], id="its"
        ),
        pytest.param(
            ["How did the US vote on 61/181?", "What does paragraph 9 say?"],
            ["61/181 OP9"],
            id="after a refusal that named it",
        ),
        pytest.param(["61/181 OP12", "then paragraph 9"], ["61/181 OP9"], id="after a miss"),
        pytest.param(
            ["61/181 OP6", "paragraph 3 of 56/123"], ["56/123 OP3"], id="a whole question is itself"
        ),
        pytest.param(
            ["61/181 OP6", "OP1 of each of the two resolutions"],
            ["61/181 OP1", "56/123 OP1"],
            id="each: not only the one before",
        ),
    ],
)
def test_follow_up_of_a_look_up(
    turns: list[str], expected: list[str], assistant: Assistant
) -> None:
    assert cited(talk(assistant, *turns)) == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param(
            ["When was 61/181 adopted?", "And 56/123?"],
            [("56/123", "2001-12-19")],
            id="and that one",
        ),
        pytest.param(
            ["When was 61/181 adopted?", "and the earlier one?"],
            [("56/123", "2001-12-19")],
            id="earlier",
        ),
        pytest.param(
            ["When was 56/123 adopted?", "and the later one?"],
            [("61/181", "2006-12-20")],
            id="later",
        ),
        pytest.param(
            ["When was 56/123 adopted?", "and the other resolution?"],
            [("61/181", "2006-12-20")],
            id="other",
        ),
        pytest.param(["61/181 OP6", "how many notes does it have?"], [("61/181", "6")], id="it"),
        pytest.param(
            ["gender", "When was it adopted?"], [("56/123", "2001-12-19")], id="it, found"
        ),
        pytest.param(
            ["61/181 OP6", "At which meeting was it adopted?", "And 56/123?"],
            [("56/123", "88th plenary meeting")],
            id="three turns",
        ),
    ],
)
def test_follow_up_with_a_fact(
    turns: list[str], expected: list[tuple[str, str]], assistant: Assistant
) -> None:
    assert stated(talk(assistant, *turns)) == expected


@pytest.mark.parametrize(
    ("turns", "symbols", "holds"),
    [
        pytest.param(
            ["What does 61/181 say about voluntary contributions?", "And the earlier resolution?"],
            {"A/RES/56/123"},
            ["56/123 OP8", "56/123 OP15"],
            id="the same topic in the earlier text",
        ),
        pytest.param(
            ["Who should report at the 62nd session?", "And in 56/123?"],
            {"A/RES/56/123"},
            ["56/123 OP21"],
            id="the same question there",
        ),
        pytest.param(
            ["61/181 OP6", "What about corruption?"],
            {"A/RES/61/181"},
            ["61/181 OP3", "61/181 OP4", "61/181 OP6"],
            id="a new topic in the text before",
        ),
        pytest.param(
            ["What is climate change?", "and gender?"],
            {"A/RES/56/123"},
            ["56/123 OP20"],
            id="after a question that led nowhere: afresh",
        ),
    ],
)
def test_follow_up_of_a_search(
    turns: list[str], symbols: set[str], holds: list[str], assistant: Assistant
) -> None:
    answer = talk(assistant, *turns)
    assert {one.symbol for one in answer.quotes} == symbols
    assert set(holds) <= set(cited(answer))


@pytest.mark.parametrize(
    ("turns", "kind", "says"),
    [
        pytest.param(
            ["61/181 OP9", "next"],
            RefusalKind.NO_SUCH_PARAGRAPH,
            "nine operative",
            id="after the last",
        ),
        pytest.param(
            ["61/181 FN6", "next note"], RefusalKind.NO_SUCH_PARAGRAPH, "six notes", id="last note"
        ),
        pytest.param(
            ["When was 61/181 adopted?", "And 60/175?"],
            RefusalKind.NOT_LOADED,
            "60/175",
            id="not loaded",
        ),
        pytest.param(
            ["61/181 OP6", ""], RefusalKind.NOT_A_QUESTION, "type a question", id="nothing"
        ),
    ],
)
def test_follow_up_that_is_refused(
    turns: list[str], kind: RefusalKind, says: str, assistant: Assistant
) -> None:
    refusal = talk(assistant, *turns).refusal
    assert refusal is not None
    assert refusal.kind is kind
    assert says in refusal.message


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        pytest.param(["56/123 OP16", "And the next one"], "A/RES/56/123, paragraph 17", id="next"),
        pytest.param(
            ["When was 61/181 adopted?", "And 56/123?"],
            "When was A/RES/56/123 adopted?",
            id="symbol",
        ),
        pytest.param(
            ["61/181 OP6", "juvenile justice"], "juvenile justice", id="a topic is itself"
        ),
        pytest.param(
            ["61/181 OP6", "What does 56/123 say about terrorism?"],
            "What does 56/123 say about terrorism?",
            id="a whole question",
        ),
        pytest.param(
            ["61/181 OP6", "Should the Commission strengthen its activities?"],
            "Should the Commission strengthen its activities?",
            id="its: the Commission's",
        ),
    ],
)
def test_a_follow_up_says_how_it_was_understood(
    turns: list[str], understood: str, assistant: Assistant
) -> None:
    answer = talk(assistant, *turns)
    assert answer.understood == understood
    assert answer.question == turns[-1]


def test_without_a_turn_before_nothing_is_filled_in(assistant: Assistant) -> None:
    answer = assistant.ask("And the next one")
    assert answer.understood == "And the next one"
    assert not answer.answered


def test_a_symbol_alone_after_another_turn_is_the_whole_text(assistant: Assistant) -> None:
    assert cited(talk(assistant, "61/181 OP6", "56/123")) == [
        f"56/123 OP{at}" for at in range(1, 22)
    ]


def test_before_the_first_there_is_none(assistant: Assistant) -> None:
    refusal = talk(assistant, "61/181 OP1", "the previous one").refusal
    assert refusal is not None
    assert refusal.kind is RefusalKind.NO_SUCH_PARAGRAPH


def test_a_document_is_kept_over_a_turn_that_found_nothing(assistant: Assistant) -> None:
    answer = talk(assistant, "61/181 OP6", "and unicorns?", "and paragraph 9?")
    assert cited(answer) == ["61/181 OP9"]
