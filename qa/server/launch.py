"""Starting the server: a free port, the encoder warm, page, tools and health address up."""

import asyncio
import contextlib
import errno
import inspect
import socket
import sys
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from qa.errors import InputError
from qa.settings import DEFAULT_HOST, DEFAULT_PORT, Serving

if TYPE_CHECKING:
    from concurrent.futures import Future

    import gradio as gr

    from qa.assistant import Assistant
    from qa.evaluation.feedback import JsonlLog

_BUSY = frozenset({errno.EADDRINUSE, errno.EACCES})
MAX_UPLOAD = "200mb"  # of one file
_STATE_SESSIONS = 200  # conversations kept in memory; the oldest goes first


class PortBusyError(InputError):
    """The port is in use or needs more rights."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} of {host} is in use or not permitted: "
            f"choose another one, as in `--port {port + 1 if port < 65_535 else DEFAULT_PORT}`."
        )
        self.host, self.port = host, port


class HostError(InputError):
    """The host is not an address of this machine."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host!r} is not an address of this machine: omit `--host` for {DEFAULT_HOST}."
        )
        self.host = host


def load_page() -> None:
    """Import what draws the page: seconds in which an index can be opened beside it.

    As it is imported, Gradio writes the stubs of its types anew, which takes half of that time and
    is of no use to a program: it is told that there is no file to write them beside.
    """
    real = inspect.getfile

    def getfile(what: Any) -> str:  # noqa: ANN401 - as in `inspect`
        if isinstance(what, type) and what.__module__.startswith("gradio."):
            raise OSError
        return real(what)

    with patch.object(inspect, "getfile", getfile):
        import gradio  # noqa: F401


def require_free_port(host: str, port: int) -> None:
    """Return if a server can listen there; asked before anything slow is loaded.

    Raises:
        PortBusyError: another program listens there, or the port is reserved.
        HostError: the host is unknown, or an address of another machine.
        InputError: `port` is not between 1 and 65535.
    """
    if not 1 <= port <= 65_535:
        raise InputError(f"{port} is not a port: `--port` takes a number from 1 to 65535.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise HostError(host) from error
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # a port left a moment ago counts as free, as servers do it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno in _BUSY:
                raise PortBusyError(host, port) from error
            raise HostError(host) from error


def start_page(assistant: "Assistant", serving: Serving) -> "gr.Blocks":
    """Serve from a thread and return the page; `.close()` ends it.

    Beside it, `/health` says what is loaded and `/mcp` has the tools of the Model Context Protocol.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is no address of this machine.
        InputError: the file of the log, or of verdicts, cannot be written.
    """

    async def started() -> "gr.Blocks":
        return _start(assistant, serving)

    try:
        asyncio.get_running_loop()
    except RuntimeError:  # without a loop that runs, Gradio makes several and closes none
        return asyncio.run(started())
    return _start(assistant, serving)


def launch_page(
    assistant: "Assistant", serving: Serving, warming: "Future[None] | None" = None
) -> None:
    """Serve until it is interrupted.

    Args:
        assistant: who answers.
        serving: how.
        warming: what readies the first question meanwhile; its faults are raised here.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is no address of this machine.
        InputError: the file of the log, or of verdicts, cannot be written.
    """
    page = start_page(assistant, serving)
    if warming:
        warming.result()
    address = f"http://{serving.host}:{serving.port}"
    sys.stderr.write(f"Operative is open at {address} (Ctrl+C ends it).\n")
    page.block_thread()


def _start(assistant: "Assistant", serving: Serving) -> "gr.Blocks":
    require_free_port(serving.host, serving.port)
    from qa.api.functions import ApiFunctions
    from qa.evaluation.feedback import JsonlLog
    from qa.page.endpoints import build_programs
    from qa.page.layout import build_page
    from qa.page.theme import FAVICON, build_theme, read_static
    from qa.server.routes import beside

    programs = ApiFunctions(assistant)
    if serving.log:
        _keep_log(assistant, JsonlLog(serving.log))
    page = build_programs(programs) if serving.programs_only else build_page(assistant, serving)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            page.launch(
                server_name=serving.host,
                server_port=serving.port,
                inbrowser=serving.opens_browser,
                prevent_thread_lock=True,
                share=False,
                quiet=True,
                show_error=False,
                ssr_mode=False,
                mcp_server=False,
                pwa=False,
                run_history=False,
                enable_monitoring=False,
                allowed_paths=[],
                max_file_size=MAX_UPLOAD if serving.adds_texts else "1kb",
                state_session_capacity=_STATE_SESSIONS,
                footer_links=[],
                favicon_path=FAVICON,
                theme=build_theme(),
                css=read_static("page.css"),
                app_kwargs=beside(assistant, programs, serving.host),
            )
    except OSError as error:  # taken between the look above and now
        raise PortBusyError(serving.host, serving.port) from error
    return page


def _keep_log(assistant: "Assistant", lines: "JsonlLog") -> None:
    """Note every answer, without its question."""
    from qa.evaluation.feedback import log_record

    assistant.on_answer = lambda answer, took: lines.add("answer", **log_record(answer, took))
    lines.add("start", generation=assistant.corpus.generation)
