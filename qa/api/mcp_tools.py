"""The functions of `qa.api.functions` as tools of the Model Context Protocol."""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from embeddings.index_errors import EmbeddingsError
from qa.api.functions import published
from qa.errors import OperativeError
from qa.workers.answer_pool import AnswerPool
from qa.workers.fair_queue import calling_client

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from mcp.server.mcpserver import MCPServer

MAX_THREADS = 256  # in which calls wait for their turn
INSTRUCTIONS = (
    "Operative quotes paragraphs of United Nations resolutions word for word, each with its "
    "document and paragraph number. Cite what it returns as it stands, and say so where it refuses."
)


def build_tools(pool: AnswerPool) -> "MCPServer[Any]":
    """Return a server of one tool for each published function; not yet running.

    Args:
        pool: answers the calls.
    """
    from anyio import CapacityLimiter
    from mcp.server.mcpserver import MCPServer
    from mcp.types import ToolAnnotations

    server: MCPServer[Any] = MCPServer(
        "operative",
        title="Operative",
        instructions=INSTRUCTIONS,
        version=version("operative-un"),
        log_level="WARNING",
    )
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    threads = CapacityLimiter(MAX_THREADS)
    for function in published(pool, calling_client.get):
        tool = _in_thread(function, threads)
        server.add_tool(tool, annotations=reads, structured_output=True)
    return server


def _in_thread(
    function: Callable[..., dict[str, Any]], threads: "CapacityLimiter"
) -> Callable[..., Coroutine[Any, Any, dict[str, Any]]]:
    """Return `function` in a thread of its own, with its errors as tool errors of one sentence.

    Calls that wait for their turn would otherwise hold the threads of the whole server.
    """
    from anyio.to_thread import run_sync
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(function)
    async def tool(*args: Any, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the function's
        try:
            return await run_sync(partial(function, *args, **given), limiter=threads)
        except (OperativeError, EmbeddingsError) as error:
            raise ToolError(str(error)) from error

    return tool
