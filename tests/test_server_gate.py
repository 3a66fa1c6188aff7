"""What the gate lets through to the page, the functions and the tools."""

import asyncio
import base64
import hashlib
import json
import logging
import sys
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from typing import NoReturn

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from qa.page.conversation_state import Conversation, KeptTurn
from qa.server.gate.body_limit import MAX_BODY_BYTES
from qa.server.gate.client_places import MAX_CALLS, MAX_CALLS_PER_CLIENT
from qa.server.gate.draining import DrainingMiddleware
from qa.server.gate.gate import gate
from qa.server.launch import page_address
from qa.server.run import TOKEN_VARIABLE, add_options, serving_of
from qa.settings import Serving
from qa.workers.plain_stderr import plain_line, plain_stderr

HOME = "http://127.0.0.1:7860"
TOKEN = "a-token"
CALL = "/gradio_api/call/ask"
PAGE = "<html><script>window.own = 1;</script><p onclick='x()'>text</p></html>"


async def echo(request: Request) -> PlainTextResponse:
    """Return the length of a body, and the query as it arrives behind the gate."""
    return PlainTextResponse(f"{len(await request.body())} {request.url.query}")


async def page(_request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE)


def client(
    serving: Serving | None = None, queued: Counter[str] | None = None, url: str = HOME
) -> TestClient:
    """A client of a server that has nothing behind its gate but `echo` and a page."""
    routes = [Route("/", page), Route("/{path:path}", echo, methods=["GET", "POST"])]
    counted = Counter() if queued is None else queued
    middleware = gate(serving or Serving(), lambda: counted)
    return TestClient(
        Starlette(routes=routes, middleware=middleware), base_url=url, follow_redirects=False
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param("127.0.0.1:7860", 200, id="the address"),
        pytest.param("localhost:7860", 200, id="its usual name"),
        pytest.param("[::1]:7860", 200, id="the address of version 6"),
        pytest.param("LOCALHOST", 200, id="capitals"),
        pytest.param("un.example.org", 200, id="a name that is permitted"),
        pytest.param("evil.example", 421, id="a name that was pointed here"),
        pytest.param("localhost.evil.example", 421, id="a name that begins as ours"),
        pytest.param("", 421, id="none"),
        pytest.param("[::1", 421, id="half an address"),
        pytest.param("192.0.2.7", 421, id="an address that is not ours"),
    ],
)
def test_only_requests_under_a_known_name_are_answered(host: str, status: int) -> None:
    reply = client(Serving(allowed_hosts=("un.example.org",))).get(
        "/health", headers={"Host": host}
    )
    assert reply.status_code == status
    assert status == 200 or "--allow-host" in reply.text


def test_a_server_for_all_addresses_answers_at_the_one_that_was_called() -> None:
    caller = client(Serving(host="0.0.0.0"), url="http://192.0.2.7:7860")
    assert caller.get("/health").status_code == 200
    assert caller.get("/health", headers={"Host": "192.0.2.8:7860"}).status_code == 421


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        pytest.param(None, 200, id="a program"),
        pytest.param("http://127.0.0.1:7860", 200, id="the page itself"),
        pytest.param("https://un.example.org", 200, id="a site that is permitted"),
        pytest.param("http://evil.example", 403, id="another site"),
        pytest.param("http://localhost:3000", 403, id="another server of this machine"),
        pytest.param("http://127.0.0.1:7860.evil.example", 403, id="a site that begins as ours"),
        pytest.param("null", 403, id="a file or a sandbox"),
        pytest.param("", 403, id="empty"),
    ],
)
def test_other_sites_cannot_call(origin: str | None, status: int) -> None:
    headers = {} if origin is None else {"Origin": origin}
    reply = client(Serving(allowed_hosts=("un.example.org",))).post(CALL, headers=headers)
    assert reply.status_code == status
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        pytest.param({}, "", 401, id="none"),
        pytest.param({}, "?token=wrong", 401, id="a wrong one"),
        pytest.param({}, "?token=", 401, id="an empty one"),
        pytest.param({}, "?token=é", 401, id="one that is not ASCII"),
        pytest.param({"Authorization": f"Bearer {TOKEN}"}, "", 200, id="as programs send it"),
        pytest.param({"Authorization": f"Basic {TOKEN}"}, "", 401, id="another scheme"),
        pytest.param({"X-Operative-Token": TOKEN}, "", 200, id="in a header of its own"),
        pytest.param({}, f"?token={TOKEN}", 200, id="in the address"),
        pytest.param({"Cookie": f"operative-token-7860={TOKEN}"}, "", 200, id="in the cookie"),
        pytest.param({"Cookie": f"operative-token-7861={TOKEN}"}, "", 401, id="of another port"),
        pytest.param({"Cookie": "operative-token-7860"}, "", 401, id="a cookie without a value"),
    ],
)
def test_a_private_server_asks_for_its_token(
    headers: dict[str, str], query: str, status: int
) -> None:
    private = client(Serving(token=TOKEN))
    for path in (f"/config{query}", f"/mcp{query}", f"{CALL}{query}"):
        reply = private.post(path, headers=headers)
        assert reply.status_code == status
        assert TOKEN not in reply.text  # what is behind the gate does not see it
    assert private.get("/health").status_code == 200


def test_the_token_of_the_address_becomes_a_cookie() -> None:
    private = client(Serving(token=TOKEN))
    reply = private.get(
        f"/?q=61%2F181+OP6&token={TOKEN}", headers={"Accept": "text/html,*/*;q=0.8"}
    )
    assert (reply.status_code, reply.headers["location"]) == (303, "/?q=61%2F181+OP6")
    assert "HttpOnly" in reply.headers["set-cookie"]
    assert "samesite=lax" in reply.headers["set-cookie"].lower()
    assert private.get("/").status_code == 200  # the client sends the cookie
    assert client(Serving(token=TOKEN)).get("/").status_code == 401


def test_a_redirect_stays_on_this_server() -> None:
    private = client(Serving(token=TOKEN))
    reply = private.get(f"{HOME}//evil.example/?token={TOKEN}", headers={"Accept": "text/html"})
    assert not reply.headers.get("location", "").startswith("//")


@pytest.mark.parametrize(
    ("options", "has_token", "adds_texts"),
    [
        pytest.param([], True, True, id="private"),
        pytest.param(["--no-token"], False, True, id="private, no token"),
        pytest.param(["--api-only"], True, True, id="for programs"),
        pytest.param(["--public"], False, False, id="public"),
        pytest.param(["--host", "0.0.0.0"], False, False, id="for other machines"),
    ],
)
def test_a_server_for_this_machine_alone_has_a_token(
    options: list[str], has_token: bool, adds_texts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import argparse

    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    parser = argparse.ArgumentParser()
    add_options(parser)
    first, second = (serving_of(parser.parse_args(options)) for _ in range(2))
    assert bool(first.token) is has_token
    assert first.adds_texts is adds_texts
    assert first.token != second.token or not has_token
    assert ("?token=" in page_address(first)) is has_token
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    assert serving_of(parser.parse_args(options)).token == (TOKEN if has_token else "")


def test_a_body_holds_at_most_64_kb() -> None:
    caller = client()
    assert caller.post(CALL, content=b"x" * MAX_BODY_BYTES).text == f"{MAX_BODY_BYTES} "
    assert caller.post(CALL, content=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413
    read = []

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            read.append(1)
            yield b"x" * MAX_BODY_BYTES

    assert caller.post(CALL, content=endless()).status_code == 413  # its length is not declared
    for path in ("/mcp", "/health", "/gradio_api/queue/join"):
        assert caller.post(path, content=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413


def test_uploads_have_their_own_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.server.gate.gate.MAX_UPLOAD_BYTES", 100_000)
    caller = client(Serving(adds_texts=True))
    path = "/gradio_api/upload"
    assert caller.post(path, content=b"x" * 90_000).text == "90000 "
    reply = caller.post(path, content=b"x" * 100_001)
    assert (reply.status_code, "larger" in reply.text) == (413, True)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=http://192.0.2.1/",
        "/gradio_api/stream/a",
        "/gradio_api/process_recording",
        "/gradio_api/component_server",
        "/gradio_api/vibe-edit",
        "/gradio_api/dev/reload",
        "/gradio_api/deep_link",
        "/gradio_api/run/ask",
        "/gradio_api//upload",
        "/monitoring",
        "/docs",
        "/openapi.json",
    ],
)
def test_a_public_server_takes_no_files_and_serves_none(path: str) -> None:
    for reply in (client().get(path), client().post(path)):
        assert reply.status_code == 404
        assert reply.text == "There is nothing at this address.\n"


def test_a_private_page_takes_files() -> None:
    private = client(Serving(adds_texts=True))
    assert private.post("/gradio_api/upload").status_code == 200
    assert private.get("/gradio_api/file=a").status_code == 200
    assert private.get("/gradio_api/proxy=a").status_code == 404


def test_one_client_does_not_take_the_places_of_others() -> None:
    greedy = Counter({"testclient": MAX_CALLS_PER_CLIENT})
    refused = client(queued=greedy).post(CALL)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
    assert client(queued=greedy).get("/gradio_api/info").status_code == 200
    others = Counter({"192.0.2.1": MAX_CALLS_PER_CLIENT, "testclient": MAX_CALLS_PER_CLIENT - 1})
    assert client(queued=others).post(CALL).status_code == 200


def test_beyond_what_can_wait_all_are_asked_to_come_back() -> None:
    crowd = Counter({f"192.0.2.{number}": 1 for number in range(MAX_CALLS)})
    refused = client(queued=crowd).post(CALL)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")


def test_a_page_runs_its_own_scripts_alone_and_is_in_no_frame() -> None:
    reply = client().get("/")
    assert reply.text == PAGE
    rules = dict(
        rule.split(" ", 1) for rule in reply.headers["content-security-policy"].split("; ")
    )
    digest = base64.b64encode(hashlib.sha256(b"window.own = 1;").digest()).decode()
    assert rules["script-src"] == f"'self' 'unsafe-eval' 'sha256-{digest}'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["connect-src"] == "'self'"
    assert reply.headers["x-content-type-options"] == "nosniff"
    refused = client().get("/docs")
    assert refused.headers["x-frame-options"] == "DENY"
    assert "sha256" not in refused.headers["content-security-policy"]


def fail(message: str) -> NoReturn:
    raise ValueError(message)


def failing(message: str) -> str:
    """What Python prints of an error."""
    try:
        fail(message)
    except ValueError:
        return traceback.format_exc()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a plain line\n", "a plain line", id="plain"),
        pytest.param("one\nOperative runs at X\n", "one Operative runs at X", id="forged line"),
        pytest.param("a\x1b[2Jb\x07\r\u202ec", r"a\x1b[2Jb\x07 \u202ec", id="control characters"),
        pytest.param("no /home/me/index/a.bin here", "no [path] here", id="path"),
        pytest.param(r"no C:\Users\me\a.txt here", "no [path] here", id="path of Windows"),
        pytest.param("A/RES/61/181 and and/or 1/2", "A/RES/61/181 and and/or 1/2", id="symbols"),
        pytest.param("at http://127.0.0.1:7860/a/b", "at http://127.0.0.1:7860/a/b", id="address"),
        pytest.param(failing("it is bad"), "ValueError: it is bad", id="traceback"),
        pytest.param(
            f"Exception in ASGI application\n{failing('bad')}",
            "Exception in ASGI application ValueError: bad",
            id="logged traceback",
        ),
    ],
)
def test_a_log_has_one_line_without_paths_and_control_characters(text: str, line: str) -> None:
    assert plain_line(text) == line


def test_what_libraries_print_of_an_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    with plain_stderr():
        try:
            fail("bad\nINFO: forged /etc/shadow/x")
        except ValueError:
            traceback.print_exc()
            logging.getLogger("another.program").addHandler(logging.StreamHandler(sys.stderr))
            logging.getLogger("another.program").exception("it failed")
    logging.getLogger("another.program").handlers.clear()
    lines = written.getvalue().splitlines()
    assert lines[0] == "ValueError: bad INFO: forged [path]"
    assert len(lines) == 2
    assert "Traceback" not in lines[1]


def test_streams_end_when_a_server_stops_and_nothing_is_under_way() -> None:
    stopping = [False]

    async def endless(_request: Request) -> StreamingResponse:
        async def beats() -> AsyncIterator[bytes]:
            while True:
                stopping[0] = True
                yield b"beat"
                await asyncio.sleep(0.01)

        return StreamingResponse(beats())

    routes = [Route("/gradio_api/heartbeat/{session}", endless)]
    middleware = [Middleware(DrainingMiddleware, is_drained=lambda: stopping[0])]
    caller = TestClient(Starlette(routes=routes, middleware=middleware), base_url=HOME)
    assert caller.get("/gradio_api/heartbeat/a").content.startswith(b"beat")


def test_what_the_browser_keeps_of_a_conversation_passes_the_gate() -> None:
    long = KeptTurn(question="é" * 2000, understood="é" * 2000)
    turns = (KeptTurn(question="first", understood="first"), *[long] * 20)
    kept = Conversation(kept=turns).to_keep
    assert len(json.dumps(kept, ensure_ascii=False).encode()) < MAX_BODY_BYTES
    assert 1 < len(kept) < 20
    assert Conversation(kept=turns[:3]).to_keep[0]["question"] == "first"
