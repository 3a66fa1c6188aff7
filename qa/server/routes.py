"""The application of a server: the gate, own routes, tools for language models, and the page."""

import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.middleware import Middleware

from qa.server.function_routes import function_routes
from qa.server.gate.client_places import MAX_CALLS
from qa.server.gate.draining import DrainingMiddleware
from qa.server.gate.gate import MAX_UPLOAD_BYTES, gate
from qa.server.gate.open_routes import HEALTH, METRICS, NOT_FOUND, READY, TOOLS
from qa.server.gate.refusal import refuse
from qa.server.health import health_record, readiness_record
from qa.server.metrics import CountingMiddleware, ServerMetrics
from qa.settings import Serving, is_this_machine
from qa.workers.answer_pool import AnswerPool

if TYPE_CHECKING:
    import gradio as gr
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.routing import Route


_STATE_SESSIONS = 200  # conversations kept in memory; the oldest is dropped first


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerParts:
    """What the routes of a server share."""

    pool: AnswerPool
    serving: Serving
    metrics: ServerMetrics
    stopping: threading.Event = field(default_factory=threading.Event)  # set when it stops


def build_app(parts: ServerParts, page: "gr.Blocks") -> "Starlette":
    """Return the application; it is not yet served.

    Args:
        parts: what its routes share.
        page: of Gradio, with its functions.
    """
    import gradio as gr
    from fastapi import FastAPI

    from qa.api.mcp_tools import build_tools
    from qa.page.theme import FAVICON, build_theme, read_static

    tools = build_tools(parts.pool)
    tool_routes = tools.streamable_http_app(
        streamable_http_path=TOOLS,
        json_response=True,
        stateless_http=True,
        transport_security=_left_to_the_gate(),
    ).routes

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield

    serving, queued = parts.serving, partial(_queued, page)
    app = FastAPI(
        openapi_url=None,
        routes=[*_own_routes(parts), *function_routes(parts.pool), *tool_routes],
        middleware=[
            Middleware(CountingMiddleware, count=parts.metrics.count_response),
            *gate(serving, queued),
            Middleware(
                DrainingMiddleware,
                is_drained=lambda: parts.stopping.is_set() and not queued().total(),
            ),
        ],
        lifespan=running,
    )
    _allow_calls(page, MAX_CALLS)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=serving.host,
        server_port=serving.port,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        run_history=False,
        enable_monitoring=False,
        allowed_paths=[],
        max_file_size=MAX_UPLOAD_BYTES if serving.adds_texts else 1,
        footer_links=[],
        favicon_path=FAVICON,
        theme=build_theme(),
        css=read_static("page.css"),
    )
    return app


def _own_routes(parts: ServerParts) -> "list[Route]":
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    async def health(_request: "Request") -> Response:
        return JSONResponse(health_record(parts.pool))

    def ready(_request: "Request") -> Response:
        record = readiness_record(parts.pool, is_draining=parts.stopping.is_set())
        return JSONResponse(record, 200 if record["status"] == "ready" else 503)

    async def metrics(request: "Request") -> Response:
        client = request.client.host if request.client else ""
        if not (parts.serving.token or is_this_machine(client)):
            return refuse(404, NOT_FOUND)
        return Response(parts.metrics.text(), media_type="text/plain; version=0.0.4")

    return [Route(HEALTH, health), Route(READY, ready), Route(METRICS, metrics)]


def _left_to_the_gate() -> Any:  # noqa: ANN401 - of a package that is imported late
    from mcp.server.transport_security import TransportSecuritySettings

    return TransportSecuritySettings(enable_dns_rebinding_protection=False)


def _allow_calls(page: "gr.Blocks", count: int) -> None:
    """Let as many calls as the gate admits wait in threads for their place."""
    page.state_session_capacity = _STATE_SESSIONS
    page.max_threads = page._queue.max_thread_count = count


def _queued(page: "gr.Blocks") -> Counter[str]:
    """Return how many events of each client wait in the queue of Gradio or are worked on."""
    events = page._queue.event_ids_to_events.values()
    return Counter(str(event.request.client.host) for event in events if event.request.client)
