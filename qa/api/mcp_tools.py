"""The functions of `qa.api.functions` as tools of the Model Context Protocol."""

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from embeddings.index_errors import EmbeddingsError
from qa.api.functions import ApiFunctions
from qa.errors import OperativeError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

INSTRUCTIONS = (
    "Operative quotes paragraphs of United Nations resolutions word for word, each with its "
    "document and paragraph number. Cite what it returns as it stands, and say so where it refuses."
)


def build_tools(programs: ApiFunctions) -> "MCPServer[Any]":
    """Return a server of one tool for each function of `programs`; not yet running."""
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
    for function in (
        programs.ask,
        programs.retrieve,
        programs.show,
        programs.verify_quote,
        programs.check_text,
    ):
        server.add_tool(_with_tool_errors(function), annotations=reads, structured_output=True)
    return server


def _with_tool_errors(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Return `function` with its errors as tool errors of one sentence."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(function)
    def tool(*args: Any, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the function's
        try:
            return function(*args, **given)
        except (OperativeError, EmbeddingsError) as error:
            raise ToolError(str(error)) from error

    return tool
