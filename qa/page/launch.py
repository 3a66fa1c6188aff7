"""Starting the page: a free port, the encoder warm, the server up."""

import contextlib
import errno
import socket
import sys
from typing import TYPE_CHECKING

from qa.errors import InputError
from qa.settings import DEFAULT_HOST, DEFAULT_PORT

if TYPE_CHECKING:
    import gradio as gr

    from qa.assistant import Assistant

_BUSY = frozenset({errno.EADDRINUSE, errno.EACCES})
_STATE_SESSIONS = 200  # conversations kept in memory; the oldest goes first


class PortBusyError(InputError):
    """The page cannot be served at the host and port asked for."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} of {host} is in use or not open to this user: "
            f"name another one, as in `--port {port + 1 if port < 65_535 else DEFAULT_PORT}`."
        )
        self.host, self.port = host, port


class HostError(InputError):
    """The host asked for is no address of this machine."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host!r} is no address of this machine: leave `--host` out for {DEFAULT_HOST}."
        )
        self.host = host


def require_free_port(host: str, port: int) -> None:
    """Return if a server can listen there; asked before anything slow is loaded.

    Raises:
        PortBusyError: another program listens there, or the port is reserved.
        HostError: the host is unknown, or an address of another machine.
        InputError: `port` is not between 1 and 65535.
    """
    if not 1 <= port <= 65_535:
        raise InputError(f"{port} is no port: `--port` takes a number from 1 to 65535.")
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


def start_page(
    assistant: "Assistant",
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    open_browser: bool = False,
) -> "gr.Blocks":
    """Serve the page from a thread and return it; `.close()` ends it.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is no address of this machine.
    """
    require_free_port(host, port)
    from qa.page.layout import build_page
    from qa.page.look import FAVICON, build_theme, read_static

    page = build_page(assistant)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            page.launch(
                server_name=host,
                server_port=port,
                inbrowser=open_browser,
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
                max_file_size="1kb",  # nothing is uploaded here
                state_session_capacity=_STATE_SESSIONS,
                footer_links=[],
                favicon_path=FAVICON,
                theme=build_theme(),
                css=read_static("page.css"),
            )
    except OSError as error:  # taken between the look above and now
        raise PortBusyError(host, port) from error
    return page


def launch_page(
    assistant: "Assistant",
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    open_browser: bool = False,
) -> None:
    """Serve the page until it is interrupted.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is no address of this machine.
    """
    require_free_port(host, port)
    assistant.warm_up()
    page = start_page(assistant, host, port, open_browser)
    sys.stderr.write(f"Operative is open at http://{host}:{port} (Ctrl+C ends it).\n")
    page.block_thread()
