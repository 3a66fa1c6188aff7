"""What is served beside the page: the health address, and the tools for language models."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from qa.api.functions import ApiFunctions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import JSONResponse

    from qa.assistant import Assistant

HEALTH, TOOLS = "/health", "/mcp"


def beside(assistant: "Assistant", programs: ApiFunctions, host: str) -> dict[str, Any]:
    """Return what Gradio hands to the server: routes before its own, and what runs while it does.

    Args:
        assistant: who answers.
        programs: the functions that the tools call.
        host: at which is listened; requests that name another are refused by the tools.
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
    """Return that the server answers, and what it answers from, as values that JSON can hold."""
    info = assistant.info()
    return {
        "status": "ok",
        "generation": info.generation,
        "built": info.built.isoformat(timespec="seconds") if info.built else None,
        "model": info.model,
        "resolutions": info.resolutions,
        "operative": info.operative,
    }
