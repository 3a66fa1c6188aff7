"""Clients of a server under load: each has an address of its own, and a question at a time."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TIMEOUT_S = 60
_HEAD_END = b"\r\n\r\n"


@dataclass(slots=True)
class Tally:
    """What came of the calls of one kind of client."""

    seconds: list[float] = field(default_factory=list)  # of calls that were answered
    refused: int = 0
    elapsed_s: float = 0.0

    def note(self, began: float, *, is_answered: bool) -> None:
        """Note a call that began at a time of `time.perf_counter`."""
        if is_answered:
            self.seconds.append(time.perf_counter() - began)
        else:
            self.refused += 1

    def quantile(self, share: float) -> float:
        """Return the time within which this share of the calls was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A response."""

    status: int
    body: bytes


class LoadClient:
    """One client. Requests are written by hand: a library would take the time of the server."""

    def __init__(self, port: int, address: str) -> None:
        self._port = port
        self._address = address

    async def call(self, function: str, given: Mapping[str, Any], tally: Tally) -> None:
        """Call a function over plain HTTP, and note what came of it."""
        began = time.perf_counter()
        reply = await self.send("POST", f"/functions/{function}", json.dumps(given).encode())
        tally.note(began, is_answered=reply.status == 200)

    async def call_tool(self, function: str, given: Mapping[str, Any], tally: Tally) -> None:
        """Call a function over MCP, and note what came of it."""
        began = time.perf_counter()
        request = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": function, "arguments": given},
        }
        reply = await self.send("POST", "/mcp", json.dumps(request).encode())
        tally.note(began, is_answered=reply.status == 200 and b'"isError":true' not in reply.body)

    async def ask(self, question: str, tally: Tally) -> None:
        """Ask over HTTP as Gradio's clients do: a call, and then its events."""
        began = time.perf_counter()
        data = json.dumps({"data": [question, 5, 0, 0, False, 0, None]}).encode()
        reply = await self.send("POST", "/gradio_api/call/ask", data)
        if reply.status == 200:
            event = json.loads(reply.body)["event_id"]
            reply = await self.send("GET", f"/gradio_api/call/ask/{event}")
        tally.note(began, is_answered=b"event: complete" in reply.body)

    async def send(self, method: str, path: str, body: bytes = b"") -> Reply:
        """Send a request on a connection of its own, and return the response; status 0 if none."""
        try:
            return await asyncio.wait_for(self._exchange(method, path, body), TIMEOUT_S)
        except (OSError, TimeoutError, ValueError, IndexError):
            return Reply(0, b"")

    async def _exchange(self, method: str, path: str, body: bytes) -> Reply:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(
                (
                    f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
                    f"X-Forwarded-For: {self._address}\r\nConnection: close\r\n"
                    "Content-Type: application/json\r\nAccept: application/json, text/event-stream"
                    f"\r\nContent-Length: {len(body)}\r\n\r\n"
                ).encode()
                + body
            )
            response = await reader.read(-1)
        finally:
            writer.close()
        head, _, content = response.partition(_HEAD_END)
        return Reply(int(head.split(b" ", 2)[1]), content)
