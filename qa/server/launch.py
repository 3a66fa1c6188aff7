"""Starting and stopping the server of the page."""

import asyncio
import multiprocessing
import webbrowser
from typing import TYPE_CHECKING

from qa.server.ports import require_free_port
from qa.settings import Serving

if TYPE_CHECKING:
    from concurrent.futures import Future

    from qa.answer import Answer
    from qa.assistant import Assistant
    from qa.evaluation.feedback import JsonlLog
    from qa.server.metrics import ServerMetrics
    from qa.server.page_server import PageServer


def import_gradio() -> None:
    """Import Gradio; it takes seconds, in which another thread can open the index."""
    import gradio  # noqa: F401


def start_page(assistant: "Assistant", serving: Serving) -> "PageServer":
    """Serve from a thread and return the server; `.close()` stops it.

    The server also answers at `/health`, and at `/mcp` with tools of the Model Context Protocol.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is not an address of this machine.
        InputError: the file of the log or of the feedback cannot be written.
    """

    async def started() -> "PageServer":
        return _start(assistant, serving)

    try:
        asyncio.get_running_loop()
    except RuntimeError:  # without a running loop, Gradio creates several and closes none
        return asyncio.run(started())
    return _start(assistant, serving)


def launch_page(
    assistant: "Assistant", serving: Serving, warming: "Future[None] | None" = None
) -> None:
    """Serve until interrupted.

    Args:
        assistant: answers the questions.
        serving: options of the server.
        warming: prepares the first question in another thread; its errors are raised here.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is not an address of this machine.
        InputError: the file of the log or of the feedback cannot be written.
    """
    from qa.server.plain_stderr import plain_stderr

    with plain_stderr() as terminal:  # from here on, as handlers of logs keep their stream
        server = start_page(assistant, serving)
        try:
            if warming:
                warming.result()
            address = page_address(serving)
            terminal.write(f"Operative runs at {address} (press Ctrl+C to stop).\n")
            terminal.flush()
            if serving.opens_browser:
                webbrowser.open(address)
            server.wait()
        finally:
            server.close()
            for build in multiprocessing.active_children():  # what it has encoded is kept
                build.terminate()


def page_address(serving: Serving) -> str:
    """Return the address to open; it holds the token of a private server."""
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    address = f"http://{host}:{serving.port}"
    return f"{address}/?token={serving.token}" if serving.token else address


def _start(assistant: "Assistant", serving: Serving) -> "PageServer":
    require_free_port(serving.host, serving.port)
    from qa.api.fair_queue import FairQueue
    from qa.api.functions import ApiFunctions
    from qa.evaluation.feedback import JsonlLog
    from qa.page.endpoints import build_programs
    from qa.page.layout import build_page
    from qa.server.metrics import ServerMetrics
    from qa.server.page_server import PageServer
    from qa.server.routes import ServerParts, build_app

    places = FairQueue()
    metrics = ServerMetrics(lambda: places.waiting, lambda: assistant.corpus.generation)
    log = JsonlLog(serving.log) if serving.log else None
    _hear_answers(assistant, metrics, log)
    if serving.programs_only:
        page = build_programs(ApiFunctions(assistant), places)
    else:
        page = build_page(assistant, serving, places)
    parts = ServerParts(assistant=assistant, serving=serving, places=places, metrics=metrics)
    app = build_app(parts, page)
    server = PageServer(app, serving.host, serving.port, parts.stopping)
    server.start()
    return server


def _hear_answers(assistant: "Assistant", metrics: "ServerMetrics", log: "JsonlLog | None") -> None:
    """Count every answer, and log it without its question."""
    from qa.evaluation.feedback import log_record

    def heard(answer: "Answer", milliseconds: float) -> None:
        metrics.count_answer(answer, milliseconds)
        if log:
            log.add("answer", **log_record(answer, milliseconds))

    assistant.on_answer = heard
    if log:
        log.add("start", generation=assistant.corpus.generation)
