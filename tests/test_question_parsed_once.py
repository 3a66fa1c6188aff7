"""A question is read once: a follow-up is built from what was read, not read again."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from qa.answer import Answer
from qa.assistant import Assistant
from qa.question.read import read_question
from qa.question.turns import TurnCues
from qa.resolutions.cite import mentions, symbols

READERS = ("find_symbols", "read_places", "foreign_language", "topic_of", "read_count", "_fields")
FOLLOW_UPS = [
    pytest.param(["61/181 OP6", "And the next one"], id="next"),
    pytest.param(["61/181 PP3", "the one before"], id="before"),
    pytest.param(["61/181 FN2", "the next note"], id="next note"),
    pytest.param(["61/181 OP6", "and paragraph 7?"], id="a place alone"),
    pytest.param(["61/181 OP6", "What about 56/123?"], id="another symbol"),
    pytest.param(["61/181 OP6 and OP7", "And the earlier resolution?"], id="the earlier one"),
    pytest.param(["When was 61/181 adopted?", "And 56/123?"], id="a field of another"),
    pytest.param(["61/181 OP6", "how many notes does it have?"], id="a field of it"),
    pytest.param(["61/181 OP6", "What does it say about terrorism?"], id="a topic of it"),
    pytest.param(["61/181 OP6", "What about corruption?"], id="a topic in the text before"),
    pytest.param(["gender", "When was it adopted?"], id="of what was found"),
    pytest.param(["Who should report at the 62nd session?", "And in 56/123?"], id="asked of one"),
    pytest.param(["How many texts cite 61/181?", "And 56/123?"], id="counted for another"),
    pytest.param(["61/181", "And what was said this year about women?"], id="a relative date"),
]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The name of each reader that is called, with the text that it reads."""
    calls: list[tuple[str, str]] = []

    def record(name: str, read: object, text: str, *others: object, **options: object) -> object:
        calls.append((name, text))
        assert callable(read)
        return read(text, *others, **options)

    for name in READERS:
        read = getattr(__import__("qa.question.read", fromlist=[name]), name)
        monkeypatch.setattr(f"qa.question.read.{name}", partial(record, name, read))
    return calls


def talk(assistant: Assistant, turns: list[str]) -> Answer:
    """The answer to the last of several turns."""
    answer: Answer | None = None
    for turn in turns:
        answer = assistant.ask(turn, previous=answer)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    "turns",
    [
        pytest.param(["What was said about corruption this year?"], id="a relative date"),
        pytest.param(["How many resolutions mention UNODC?"], id="a count"),
        pytest.param(["Who should report at the 62nd session?"], id="a search"),
        pytest.param(["When was 61/181 adopted?"], id="a field"),
        pytest.param(["Is 2023/24 the budget of 61/181?"], id="a span of years"),
        *FOLLOW_UPS,
    ],
)
def test_each_question_is_read_once(
    turns: list[str], readings: list[tuple[str, str]], assistant: Assistant
) -> None:
    talk(assistant, turns)
    assert sorted(name for name, _ in readings) == sorted(READERS * len(turns))


def test_what_is_retrieved_is_read_once(
    readings: list[tuple[str, str]], assistant: Assistant
) -> None:
    assistant.retrieve("What was said about corruption this year?", k=1)
    text = "What was said about corruption in 2006?"
    assert [each for name, each in readings if name != "read_places"] == [text] * 5


def test_nothing_behind_the_reader_looks_for_symbols_in_a_question(
    monkeypatch: pytest.MonkeyPatch, assistant: Assistant
) -> None:
    searched: list[str] = []
    find = mentions.find_mentions

    def record(text: str, *, typed: bool = False) -> object:
        searched.append(text)
        return find(text, typed=typed)

    monkeypatch.setattr(symbols, "find_mentions", record)
    answer = talk(assistant, ["61/181 OP6", "What does it say about terrorism?"])
    assert searched == ["61/181 OP6", "What does it say about terrorism?"]
    assert answer.understood == "What does it say about terrorism (A/RES/61/181)?"


@pytest.mark.parametrize("turns", FOLLOW_UPS)
def test_a_follow_up_is_the_question_that_its_words_ask(
    turns: list[str], assistant: Assistant
) -> None:
    plan = talk(assistant, turns).plan
    assert plan is not None
    again = read_question(plan.text)
    assert replace(plan, refers=TurnCues()) == replace(again, refers=TurnCues())


def test_only_what_reads_questions_knows_the_ways_of_asking() -> None:
    readers = re.compile(r"question\.patterns|matches_cue|request_of|find_(?:symbols|locators)")
    root = Path(__file__).parent.parent / "qa"
    folders = ("answering", "search", "page", "api", "server", "cli")
    others = [root / "assistant.py", *(one for name in folders for one in (root / name).glob("*"))]
    named = [
        path.relative_to(root).as_posix()
        for path in others
        if path.suffix == ".py" and readers.search(path.read_text(encoding="utf-8"))
    ]
    assert named == []
