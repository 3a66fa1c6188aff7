"""Several servers over one index: a conversation goes on at any of them."""

import asyncio
import csv
import io
import json
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from page_reader import SIZE, Reader, browser_test, served
from round_robin import Balancer, balanced

from embeddings.model.encoder import Encoder
from qa.page.conversation_state import AnsweredTurn, Conversation, KeptTurn
from qa.page.form_state import FormState
from qa.page.page_jobs import AskedTurn, answer_again, answer_turn

if TYPE_CHECKING:
    from playwright import sync_api as playwright

    from qa.assistant import Assistant


QUESTIONS = ("paragraphs 16 to 18 of A/RES/56/123", "the second one", "and in 61/181?")


def conversed(assistant: "Assistant", questions: tuple[str, ...], first: int = 1) -> Conversation:
    """A conversation of these questions, the first of which has a number."""

    conversation = Conversation(asked=first - 1)
    for question in questions:
        turn = AskedTurn(
            number=conversation.asked + 1,
            question=question,
            form=FormState(),
            conversation=conversation.state,
        )
        conversation = conversation.with_turn(question, answer_turn(assistant, turn))
    return conversation


def test_what_a_browser_keeps_is_enough_to_go_on(assistant: "Assistant") -> None:
    here = conversed(assistant, QUESTIONS, first=7)
    kept = KeptTurn.read(json.loads(json.dumps(here.to_keep)))
    there = answer_again(assistant, kept, takes_feedback=False)
    assert there.state == here.state
    assert there.asked == here.asked == 9
    assert [number for number, _ in there.answers] == [7, 8, 9]
    assert [answer.quotes for _, answer in there.answers] == [
        answer.quotes for _, answer in here.answers
    ]
    assert there.is_continued_by(kept)
    assert there.is_continued_by(KeptTurn.read(here.to_keep))


def test_a_server_knows_which_conversation_a_browser_shows(assistant: "Assistant") -> None:
    here = conversed(assistant, QUESTIONS)
    kept = KeptTurn.read(here.to_keep)
    assert here.is_continued_by(kept)
    assert not Conversation().is_continued_by(kept)  # another server, or this one forgot it
    assert here.is_continued_by(kept[:-1])  # the newest turn is on its way to the browser
    assert not here.is_continued_by(kept[:1])
    other = conversed(assistant, (*QUESTIONS, "61/181 OP6"))
    assert not here.is_continued_by(KeptTurn.read(other.to_keep))  # it went on elsewhere
    assert not here.is_continued_by(())  # a new conversation was started
    failed = here.with_turn("?", AnsweredTurn(reply=here.turn))
    assert failed.is_continued_by(kept)  # what failed is not kept


@pytest.fixture(scope="module")
def balancer(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Balancer]:
    """Two servers with the same texts behind a balancer."""
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    options = ("--public", "--workers", "1")
    with served(folders[0], *options) as one, served(folders[1], *options) as two:
        ports = [int(address.rstrip("/").rsplit(":", 1)[1]) for address in (one, two)]
        with balanced(ports) as balancer:
            yield balancer


def called(balancer: Balancer, name: str, **given: Any) -> dict[str, Any]:
    """The answer of a function over plain HTTP."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{balancer.port}/functions/{name}",
        json.dumps(given).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        answer: dict[str, Any] = json.load(reply)
    return answer


@pytest.mark.slow
def test_a_program_converses_with_two_servers_in_turn(balancer: Balancer) -> None:
    before = list(balancer.counts)
    first = called(balancer, "ask", question=QUESTIONS[0])
    second = called(
        balancer, "ask", question=QUESTIONS[1], conversation_state=first["conversation_state"]
    )
    third = called(
        balancer, "ask", question="cite it", conversation_state=second["conversation_state"]
    )
    assert [quote["label"] for quote in first["quotes"]] == ["OP16", "OP17", "OP18"]
    assert [quote["label"] for quote in second["quotes"]] == ["OP17"]
    assert third["action"] == "cite"
    assert [after - counted for after, counted in zip(balancer.counts, before, strict=True)] in (
        [1, 2],
        [2, 1],
    )


@pytest.mark.slow
def test_tools_are_called_at_two_servers_in_turn(balancer: Balancer) -> None:
    from mcp import Client

    before = list(balancer.counts)

    async def labels() -> list[str]:
        found = []
        async with Client(f"http://127.0.0.1:{balancer.port}/mcp") as client:
            for number in range(4, 8):
                result = await client.call_tool("show", {"citation": f"61/181 OP{number}"})
                found.append(result.structured_content["quotes"][0]["label"])
        return found

    with ThreadPoolExecutor(1) as beside:  # the browser's driver has a loop in this thread
        assert beside.submit(lambda: asyncio.run(labels())).result() == ["OP4", "OP5", "OP6", "OP7"]
    assert all(after - counted >= 2 for after, counted in zip(balancer.counts, before, strict=True))


@pytest.mark.slow
@browser_test
def test_a_page_goes_on_at_another_server(
    chromium: "playwright.Browser", balancer: Balancer
) -> None:
    context = chromium.new_context(viewport=SIZE)
    someone = Reader(context.new_page(), f"http://127.0.0.1:{balancer.port}/")
    someone.open()
    assert someone.ask(QUESTIONS[0]).locator(".op-card").count() == 3
    balancer.page_server = 1
    assert "para. 17" in someone.ask(QUESTIONS[1]).inner_text()
    balancer.page_server = 0
    assert someone.ask("61/181 OP6").locator(".op-card").count() == 1
    balancer.page_server = 1
    someone.page.locator(".op-menu summary").click()
    with someone.page.expect_download() as download:
        someone.page.locator("[data-take=csv]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    labels = [row["label"] for row in csv.DictReader(io.StringIO(text))]
    assert labels == ["OP16", "OP17", "OP18", "OP17", "OP6"]
    someone.check()
    context.close()
