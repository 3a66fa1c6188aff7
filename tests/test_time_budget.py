"""An answer has a time, and says so where it is used up."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from embeddings.model.encoder import Encoder
from qa import assistant as module
from qa.answer import Answer, RefusalKind
from qa.answering import quote_check
from qa.answering.quote_check import Verdict, _blocks, _nearest, _printed
from qa.api.functions import ApiFunctions
from qa.assistant import Assistant
from qa.page.form_state import MAX_SHOWN, FormState
from qa.settings import MAX_TOP
from qa.time_budget import TookTooLongError, check_time, in_time, time_limit, time_not_counted

PARA_6 = "A/RES/61/181, para. 6"


@pytest.fixture
def hurried(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """An assistant that is warm and has no time."""
    assistant.ask("61/181 OP6")
    monkeypatch.setattr(assistant, "limit_s", 1e-9)
    return assistant


def work() -> None:
    """Use a little processor time."""
    until = time.thread_time() + 0.01
    while time.thread_time() < until:
        pass


def test_a_loop_ends_when_its_time_is_used_up() -> None:
    done = []
    with pytest.raises(TookTooLongError, match=r"more than the 0\.03 seconds"), time_limit(0.03):
        for number in in_time(range(1000)):
            work()
            done.append(number)
    assert 1 <= len(done) < 10


def test_work_outside_a_limit_has_all_the_time() -> None:
    check_time()
    with time_limit(None):
        assert list(in_time([1, 2])) == [1, 2]


def test_loading_is_not_counted() -> None:
    with time_limit(0.005):
        with time_not_counted():
            work()
        check_time()
        work()
        with pytest.raises(TookTooLongError):
            check_time()


def test_a_limit_inside_another_does_not_extend_it() -> None:
    with time_limit(0.001):
        work()
        with time_limit(10), pytest.raises(TookTooLongError):
            check_time()


def test_waiting_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    with time_limit(1):
        check_time()
        monkeypatch.setattr("qa.time_budget.time.monotonic", lambda: now + 100)
        with pytest.raises(TookTooLongError):
            check_time()


@pytest.mark.parametrize(
    "question",
    [
        "61/181 OP6",
        "What is said about juvenile justice?",
        "Which paragraphs of 56/123 welcome something?",
        "How many resolutions mention crime?",
    ],
)
def test_an_answer_out_of_time_is_an_honest_refusal(question: str, hurried: Assistant) -> None:
    answer = hurried.ask(question)
    assert not answer.quotes
    assert answer.question == question
    assert answer.refusal is not None
    assert answer.refusal.kind is RefusalKind.TOOK_TOO_LONG
    assert "took too long" in answer.refusal.message


def test_every_call_has_a_time(hurried: Assistant) -> None:
    programs = ApiFunctions(hurried)
    assert programs.ask("juvenile justice")["refusal"]["kind"] == "took_too_long"
    assert programs.show("61/181 OP6")["refusal"]["kind"] == "took_too_long"
    assert programs.verify_quote("Urges all States", PARA_6)["verdict"] == "took_too_long"
    with pytest.raises(TookTooLongError):
        programs.retrieve("juvenile justice")
    with pytest.raises(TookTooLongError):
        programs.check_text("It “urges all States to consider signing” (A/RES/61/181, para. 6).")


def test_a_conversation_goes_on_after_an_answer_out_of_time(assistant: Assistant) -> None:
    first = assistant.ask("61/181 OP6")
    assistant.limit_s = 1e-9
    refused = assistant.ask("And the next one", previous=first)
    assistant.limit_s = None
    answer = assistant.ask("And the next one", previous=refused)
    assistant.limit_s = 2.0
    assert [quote.label for quote in answer.quotes] == ["OP7"]


def test_the_first_answer_may_load_what_it_needs(assistant: Assistant, encoder: Encoder) -> None:
    cold = Assistant(assistant.corpus, lambda: encoder)
    cold.limit_s = 1e-9
    assert cold.show("61/181 OP6").quotes
    assert not cold.show("61/181 OP6").quotes


def test_how_many_quotations_are_shown_is_capped(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FormState.read({"top": "999999999"}).top == MAX_SHOWN
    asked: list[int] = []
    answer = module._answered

    def noted(*given: Any, **named: Any) -> Answer:
        asked.append(named["top"])
        return answer(*given, **named)

    monkeypatch.setattr(module, "_answered", noted)
    assistant.ask("crime", top=999_999_999)
    assert asked == [MAX_TOP]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda n: "the of and to in for " * n, id="common words"),
        pytest.param(lambda n: "Urges all States and " * n, id="words of the paragraph"),
        pytest.param(lambda n: "[...] the " * n, id="many pieces"),
        pytest.param(lambda n: "the, the; " * n, id="marks"),
    ],
)
def test_a_long_text_is_checked_in_proportion(
    text: Callable[[int], str], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "limit_s", None)

    def seconds(count: int) -> float:
        start = time.thread_time()
        for _ in range(3):
            assistant.verify_quote(text(count), "A/RES/56/123")
        return time.thread_time() - start

    seconds(10)
    assert seconds(800) < 4 * seconds(200) * 2.5  # a quadratic check takes 16 times as long


def test_few_passages_are_aligned(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    aligned: list[int] = []

    def counted(given: list[str], printed: list[str]) -> list[tuple[int, int, int]]:
        aligned.append(len(printed))
        return _blocks(given, printed)

    monkeypatch.setattr(quote_check, "_blocks", counted)
    assistant.verify_quote("the of and to in for " * 1000, "A/RES/61/181")
    assert aligned == []
    text = "Urges all States and competent economic integration organizations that have"
    assert assistant.verify_quote(text, "A/RES/61/181").verdict is Verdict.ALTERED
    assert len(aligned) <= 3


def test_the_nearest_passage_is_that_of_comparing_all(assistant: Assistant) -> None:
    passages = assistant.corpus.passages_of("A/RES/56/123")
    for passage in passages:
        given = _printed(passage)[1:-1:2] + _printed(passage)
        shared = [
            sum(size for _, _, size in _blocks(given, _printed(other)) if size >= 2) / len(given)
            for other in passages
        ]
        assert _nearest(given, passages)[0] is passages[shared.index(max(shared))]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda n: "A/RES/61/181, para. 1; " * n, id="citations in one sentence"),
        pytest.param(lambda n: "\u201c" * n * 20, id="marks that open"),
        pytest.param(lambda n: '"a ' * n * 10, id="straight marks that open"),
        pytest.param(lambda n: "<q " * n * 10 + "</q>", id="tags that open"),
        pytest.param(lambda n: "<q>" * n * 10 + "</", id="tags that do not end"),
    ],
)
def test_a_long_text_is_read_in_proportion(
    text: Callable[[int], str], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "limit_s", None)

    def seconds(count: int) -> float:
        start = time.thread_time()
        assistant.check_text(text(count))
        return time.thread_time() - start

    seconds(10)
    assert seconds(400) < 4 * seconds(100) * 2.5 + 0.05
