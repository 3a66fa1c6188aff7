"""Routes next to those of Gradio: the health address, and the tools for language models."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from qa.api.functions import ApiFunctions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import JSONResponse

    from qa.assistant import Assistant

HEALTH, TOOLS = "/health", "/mcp"


def extra_routes(assistant: "Assistant", programs: ApiFunctions, host: str) -> dict[str, Any]:
    """Return the routes and the lifespan that Gradio passes on to its server.

    Args:
        assistant: answers the questions.
        programs: the functions that the tools call.
        host: address of the server; the tools refuse requests to another host.
    """
    from starlette.routing import Route

    from qa.api.mcp_tools import build_tools

    server = build_tools(programs)
    tools = server.streamable_http_app(
        streamable_http_path=TOOLS, json_response=True, stateless_http=True, host=host
    )

    async def health(_request: "Request") -> "JSONResponse":
        from starlette.responses import JSONResponse

        return JSONResponse(health_record(assistant))

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    return {"routes": [Route(HEALTH, health), *tools.routes], "lifespan": running}


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
