"""What programs call: the functions over HTTP and as MCP tools, health, log, verdicts."""

import asyncio
import json
import shutil
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from page_reader import AUTHORIZED, free_port, served

from embeddings.store.generations import open_generation, visible_problems
from qa.api.functions import ApiFunctions
from qa.api.mcp_tools import build_tools
from qa.assistant import Assistant
from qa.errors import InputError
from qa.evaluation.evaluate import read_questions
from qa.evaluation.feedback import VERDICTS, JsonlLog, feedback_record, questions_of
from qa.server.launch import start_page
from qa.settings import Serving, is_this_machine
from qa.workers.answer_pool import OwnProcess
from qa.workers.answer_summary import AnswerSummary

pytestmark = pytest.mark.xdist_group("gradio")  # one process imports it
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"question": "What is said about juvenile justice?", "top": 2}),
    ("retrieve", {"question": "corruption", "k": 3, "kind": "operative"}),
    ("show", {"citation": "61/181 OP6"}),
    ("verify_quote", {"text": "Urges all States", "citation": "A/RES/61/181, para. 6"}),
    ("mandates", {"to": "States", "top": 2}),
    ("history", {"citation": "61/181 OP6"}),
    ("cites", {"citation": "61/181"}),
    ("check_text", {"text": "It “urges all States” (A/RES/61/181, para. 6)."}),
    ("agreed", {"draft": "Urges all States to cooperate;", "body": "A"}),
]


def plain(value: Any) -> Any:
    """A result as JSON has it, the time that it took aside."""
    found = json.loads(json.dumps(value))
    found.pop("timing_ms", None)
    return found


def awaited(call: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What a call comes to, in a thread of its own: the browser's driver has a loop in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(lambda: asyncio.run(call())).result()


@pytest.fixture(scope="module")
def programs(assistant: Assistant) -> ApiFunctions:
    return ApiFunctions(assistant)


def posted(address: str, given: object) -> tuple[int, str]:
    """The status and the text of what is sent as JSON."""
    body = given if isinstance(given, bytes) else json.dumps(given).encode()
    return fetched(urllib.request.Request(address, body, {"Content-Type": "application/json"}))


@pytest.fixture
def pool(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> OwnProcess:
    """Other tests listen to the shared assistant: afterwards theirs do again."""
    monkeypatch.setattr(assistant, "on_answer", assistant.on_answer)
    return OwnProcess(assistant)


@pytest.fixture(scope="module")
def server(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for programs alone, over the assistant of all tests."""
    port = free_port()
    log = tmp_path_factory.mktemp("served") / "log.jsonl"
    page = start_page(OwnProcess(assistant), Serving(port=port, programs_only=True, log=log))
    yield f"http://127.0.0.1:{port}"
    page.close()
    assistant.on_answer = lambda _answer, _took: None
    lines = [json.loads(one) for one in log.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["event"] == "start"
    assert {one["event"] for one in lines[1:]} <= {"answer"}
    assert "juvenile" not in log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_server_leaves_no_event_loop_open(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The page listens to the assistant that other tests share: afterwards theirs does again.
    monkeypatch.setattr(assistant, "on_answer", assistant.on_answer)
    loops: list[asyncio.AbstractEventLoop] = []
    make = asyncio.new_event_loop

    def kept() -> asyncio.AbstractEventLoop:
        loops.append(make())
        return loops[-1]

    serving = Serving(port=free_port(), programs_only=True)

    def start() -> None:
        start_page(OwnProcess(assistant), serving).close()

    monkeypatch.setattr(asyncio, "new_event_loop", kept)
    monkeypatch.setattr(asyncio.events, "new_event_loop", kept)
    with ThreadPoolExecutor(1) as beside:  # a thread without the loop of the browser's driver
        beside.submit(start).result()
    assert loops
    assert [one for one in loops if not one.is_closed()] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize(("name", "given"), CALLS, ids=[name for name, _ in CALLS])
def test_every_road_gives_the_same(
    name: str, given: dict[str, Any], server: str, programs: ApiFunctions
) -> None:
    from gradio_client import Client
    from mcp import Client as ToolsClient
    from mcp.types import TextContent

    async def by_tool() -> Any:
        async with ToolsClient(f"{server}/mcp") as client:
            result = await client.call_tool(name, given)
            (content,) = result.content
            assert isinstance(content, TextContent)
            assert json.loads(content.text)
            return result.structured_content

    wanted = plain(getattr(programs, name)(**given))
    status, text = posted(f"{server}/functions/{name}", given)
    assert (status, plain(json.loads(text))) == (200, wanted)
    assert plain(awaited(by_tool)) == wanted
    client = Client(server, verbose=False)
    assert plain(client.predict(**given, api_name=f"/{name}")) == wanted
    client.close()


def test_names_and_schemas_of_the_tools_are_kept(pool: OwnProcess, golden: Any) -> None:
    tools = awaited(build_tools(pool).list_tools)
    told = [
        {
            "name": one.name,
            "description": one.description,
            "input": one.input_schema,
            "read_only": one.annotations.read_only_hint if one.annotations else None,
        }
        for one in tools
    ]
    golden("tools.json", json.dumps(told, indent=1, sort_keys=True) + "\n")


def test_a_wrong_call_is_told_in_one_sentence(programs: ApiFunctions, pool: OwnProcess) -> None:
    with pytest.raises(InputError, match="'song' is no kind; name one of"):
        programs.retrieve("corruption", kind="song")
    result = awaited(
        lambda: build_tools(pool).call_tool("show", {"citation": "no citation at all"})
    )
    assert "no_such" in str(result) or "not_a_question" in str(result)


@pytest.mark.parametrize("top", [-5, 0, 10**6])
def test_how_many_is_kept_within_bounds(top: int, programs: ApiFunctions) -> None:
    assert 1 <= len(programs.ask("corruption", top=top)["quotes"]) <= 100


def test_health_says_what_is_served(server: str, assistant: Assistant) -> None:
    with urllib.request.urlopen(f"{server}/health", timeout=10) as reply:
        told = json.load(reply)
    assert told["status"] == "ok"
    assert told["generation"] == assistant.corpus.generation
    assert told["resolutions"] == 2


def fetched(address: str | urllib.request.Request) -> tuple[int, str]:
    """The status and the text of an address."""
    try:
        with urllib.request.urlopen(address, timeout=10) as reply:
            return reply.status, reply.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8")


def test_ready_says_whether_questions_are_answered(
    server: str, assistant: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assistant.show("61/181 OP6")
    assert fetched(f"{server}/ready") == (200, '{"status":"ready","reason":""}')
    monkeypatch.setattr(assistant, "is_warm", False)
    assert fetched(f"{server}/ready")[0] == 503
    monkeypatch.setattr(assistant, "is_warm", True)
    monkeypatch.setattr(assistant._serving, "index", str(tmp_path))
    status, text = fetched(f"{server}/ready")
    assert (status, "operative verify" in text, str(tmp_path) in text) == (503, True, False)
    assert fetched(f"{server}/health")[0] == 200


def test_an_index_without_one_of_its_files_is_seen(index_copy: Path) -> None:
    assert visible_problems(index_copy) == []
    folder = open_generation(index_copy).path
    name = sorted(open_generation(index_copy).manifest.files)[0]
    (folder / name).unlink()
    assert visible_problems(index_copy) == [f"{name} is missing or has another size"]
    shutil.rmtree(index_copy)
    assert len(visible_problems(index_copy)) == 1


def test_metrics_count_answers_and_responses(server: str, assistant: Assistant) -> None:
    assistant.ask("61/181 OP6")
    assistant.ask("How did France vote on 61/181?")
    fetched(f"{server}/nothing")
    status, text = fetched(f"{server}/metrics")
    assert status == 200
    assert 'operative_answers_total{road="look_up",state="answers"}' in text
    assert 'state="not_recorded"' in text or 'state="not_loaded"' in text
    assert 'operative_responses_total{status="404"}' in text
    assert "operative_answer_seconds_bucket" in text
    assert "operative_calls_waiting 0.0" in text
    assert f'operative_generation{{generation="{assistant.corpus.generation}"}} 1.0' in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "given", "status", "sentence"),
    [
        pytest.param("ask", b"no JSON", 400, "not a JSON object", id="no JSON"),
        pytest.param("ask", b"[1]", 400, "not a JSON object", id="a list"),
        pytest.param("ask", {}, 400, "required field `question`", id="without what is needed"),
        pytest.param("ask", {"question": 7}, 400, "Expected `str`", id="a number for a text"),
        pytest.param("ask", {"question": "a", "tpo": 1}, 400, "unknown field `tpo`", id="typo"),
        pytest.param(
            "retrieve", {"question": "a", "kind": "song"}, 422, "'song' is no kind", id="no kind"
        ),
        pytest.param("cites", {"citation": "nothing"}, 422, "nothing", id="no citation"),
        pytest.param("published", {}, 404, "Not Found", id="no function"),
    ],
)
def test_a_wrong_call_over_plain_http_is_one_sentence(
    name: str, given: object, status: int, sentence: str, server: str
) -> None:
    answered, text = posted(f"{server}/functions/{name}", given)
    assert answered == status
    assert sentence in text
    assert text.count("\n") <= 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_server_that_is_told_to_stop_drains_and_exits_without_an_error(tmp_path: Path) -> None:
    with served(tmp_path, "--api-only") as address:
        request = urllib.request.Request(f"{address}gradio_api/heartbeat/abc", headers=AUTHORIZED)
        stream = urllib.request.urlopen(request, timeout=30)  # a page that is open
        begun = time.monotonic()
    assert time.monotonic() - begun < 10
    assert (tmp_path / "status").read_text(encoding="utf-8") == "0"
    stream.close()
    assert "Traceback" not in (tmp_path / "page.log").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_root_of_a_server_for_programs_has_no_page(server: str) -> None:
    with urllib.request.urlopen(server, timeout=10) as reply:
        page = reply.read().decode("utf-8")
    assert '"api_name":"retrieve"' in page
    assert '"elem_id":"op-question"' not in page


@pytest.mark.slow
def test_a_server_for_programs_starts_without_an_index_or_a_page(tmp_path: Path) -> None:
    with served(tmp_path, "--api-only", starts_bare=True) as address:
        request = urllib.request.Request(address, headers=AUTHORIZED)
        with urllib.request.urlopen(request, timeout=10) as reply:
            page = reply.read().decode("utf-8")
        assert "ask_typed" not in page
        assert '"elem_id":"op-question"' not in page
        with urllib.request.urlopen(f"{address}health", timeout=10) as reply:
            assert json.load(reply)["status"] == "ok"


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.0.2.1", False),
        ("example.org", False),
    ],
)
def test_a_machine_of_ones_own_is_told_apart(host: str, ours: bool) -> None:
    assert is_this_machine(host) is ours


def test_lines_are_whole_whoever_adds_them(tmp_path: Path) -> None:
    lines = JsonlLog(tmp_path / "a" / "log.jsonl")

    def add(number: int) -> None:
        for at in range(50):
            lines.add("tick", number=number, at=at, text="é" * 50)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    found = [json.loads(one) for one in lines.path.read_text(encoding="utf-8").splitlines()]
    assert sorted((one["number"], one["at"]) for one in found) == [
        (number, at) for number in range(8) for at in range(50)
    ]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"cannot be written .* choose another file"):
        JsonlLog(tmp_path / "file" / "log.jsonl")


def test_a_log_keeps_no_word_of_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("Is anything said about young people who break the law?")
    assert "young" not in json.dumps(AnswerSummary.of(answer, 1.0).log_record())


def test_verdicts_become_questions_with_known_answers(assistant: Assistant, tmp_path: Path) -> None:
    lines = JsonlLog(tmp_path / "feedback.jsonl")
    told = [
        ("61/181 OP6", "right", ""),
        ("juvenile justice", "wrong", "56/123 OP7 and 56/123 OP8"),
        ("corruption", "missing", "I do not know"),
        ("How did France vote on 61/181?", "right", ""),
    ]
    for question, verdict, better in told:
        assert verdict in VERDICTS
        lines.add("verdict", **feedback_record(assistant.ask(question), verdict, better))
    kept = lines.path.read_text(encoding="utf-8")
    made = list(questions_of([*kept.splitlines(), "not json", '{"event": "start"}']))
    assert [(one["question"], one["gold"], one["refuse"]) for one in made] == [
        ("61/181 OP6", ["A/RES/61/181 OP6"], False),
        ("juvenile justice", ["A/RES/56/123 OP7", "A/RES/56/123 OP8"], False),
        ("How did France vote on 61/181?", [], True),
    ]
    text = "".join(f"{json.dumps(one)}\n" for one in made)
    assert len(read_questions(Path("made"), text)) == 3
