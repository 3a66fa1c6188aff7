"""The application of a server: the gate, own routes, tools for language models, and the page."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from qa.api.fair_queue import FairQueue
from qa.api.functions import ApiFunctions
from qa.server.gate.client_places import MAX_CALLS
from qa.server.gate.gate import MAX_UPLOAD_BYTES, gate
from qa.server.gate.open_routes import HEALTH, TOOLS
from qa.settings import Serving

if TYPE_CHECKING:
    import gradio as gr
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse

    from qa.assistant import Assistant

_STATE_SESSIONS = 200  # conversations kept in memory; the oldest is dropped first


def build_app(
    assistant: "Assistant", page: "gr.Blocks", serving: Serving, places: FairQueue
) -> "Starlette":
    """Return the application; it is not yet served.

    Args:
        assistant: answers the questions.
        page: of Gradio, with its functions.
        serving: settings of the server.
        places: in which calls are answered.
    """
    import gradio as gr
    from fastapi import FastAPI
    from starlette.routing import Route

    from qa.api.mcp_tools import build_tools
    from qa.page.theme import FAVICON, build_theme, read_static

    tools = build_tools(ApiFunctions(assistant), places)
    tool_routes = tools.streamable_http_app(
        streamable_http_path=TOOLS,
        json_response=True,
        stateless_http=True,
        transport_security=_left_to_the_gate(),
    ).routes

    async def health(_request: "Request") -> "JSONResponse":
        from starlette.responses import JSONResponse

        return JSONResponse(health_record(assistant))

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield

    app = FastAPI(
        openapi_url=None,
        routes=[Route(HEALTH, health), *tool_routes],
        middleware=gate(serving, lambda: _queued(page)),
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


def health_record(assistant: "Assistant") -> dict[str, Any]:
    """Return the state of the server and what is loaded, as values that JSON can hold."""
    info = assistant.info()
    return {
        "status": "ok",
        "generation": info.generation,
        "built": info.built.isoformat(timespec="seconds") if info.built else None,
        "model": info.model,
        "resolutions": info.resolutions,
        "operative": info.operative,
    }


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
