"""The web server of a page, in a thread: it starts, drains and stops."""

import threading
import time
from typing import TYPE_CHECKING, Any

from qa.server.ports import PortBusyError

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

START_S = 30
DRAIN_S = 8  # for requests that are being answered when the server stops
_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s: %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {"uvicorn": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}


class PageServer:
    """Serves an application from a thread of its own until it is closed."""

    def __init__(self, app: "ASGIApp", host: str, port: int, stopping: threading.Event) -> None:
        self.host, self.port = host, port
        self._stopping = stopping
        self._server = _server(app, host, port)
        self._thread = threading.Thread(target=self._server.run, name="server", daemon=True)

    def start(self) -> None:
        """Return once the server listens.

        Raises:
            PortBusyError: another program listens there.
        """
        self._thread.start()
        deadline = time.monotonic() + START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise PortBusyError(self.host, self.port)
            time.sleep(0.01)

    def wait(self) -> None:
        """Return once the server has stopped."""
        while self._thread.is_alive():
            self._thread.join(1)  # with a limit, so that Ctrl+C is noticed on every system

    def close(self) -> None:
        """Take no more requests, let those under way end for `DRAIN_S`, and stop."""
        self._stopping.set()
        self._server.should_exit = True
        self._thread.join(DRAIN_S + 1)


def _server(app: "ASGIApp", host: str, port: int) -> "uvicorn.Server":
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=_LOGGING,
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="on",
            h11_max_incomplete_event_size=64 * 1024,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=DRAIN_S,
        )
    )
