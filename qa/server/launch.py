"""Starting and stopping the server of the page."""

import asyncio
import multiprocessing
import webbrowser
from typing import TYPE_CHECKING

from qa.server.ports import require_free_port
from qa.settings import Serving

if TYPE_CHECKING:
    from qa.evaluation.feedback import JsonlLog
    from qa.server.metrics import ServerMetrics
    from qa.server.page_server import PageServer
    from qa.workers.answer_pool import AnswerPool
    from qa.workers.answer_summary import AnswerSummary
    from qa.workers.worker_pool import WorkerPool


def import_gradio() -> None:
    """Import Gradio; it takes seconds, in which another process can open the index."""
    import gradio  # noqa: F401


def start_page(pool: "AnswerPool", serving: Serving) -> "PageServer":
    """Serve from a thread and return the server; `.close()` stops it.

    The server also answers at `/health`, and at `/mcp` with tools of the Model Context Protocol.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is not an address of this machine.
        InputError: the file of the log or of the feedback cannot be written.
        WorkerStartError: no process of the pool could start.
    """

    async def started() -> "PageServer":
        return _start(pool, serving)

    try:
        asyncio.get_running_loop()
    except RuntimeError:  # without a running loop, Gradio creates several and closes none
        return asyncio.run(started())
    return _start(pool, serving)


def launch_page(pool: "WorkerPool", serving: Serving) -> None:
    """Serve until interrupted; then end the pool.

    Args:
        pool: answers the questions.
        serving: options of the server.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is not an address of this machine.
        InputError: the file of the log or of the feedback cannot be written.
        WorkerStartError: no process of the pool could start.
    """
    from qa.workers.plain_stderr import plain_stderr

    with plain_stderr() as terminal:  # from here on, as handlers of logs keep their stream
        server = start_page(pool, serving)
        try:
            pool.wait_until_warm()
            address = page_address(serving)
            terminal.write(f"Operative runs at {address} (press Ctrl+C to stop).\n")
            terminal.flush()
            if serving.opens_browser:
                webbrowser.open(address)
            server.wait()
        finally:
            server.close()
            pool.close()
            for build in multiprocessing.active_children():  # what it has encoded is kept
                build.terminate()


def page_address(serving: Serving) -> str:
    """Return the address to open; it holds the token of a private server."""
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    address = f"http://{host}:{serving.port}"
    return f"{address}/?token={serving.token}" if serving.token else address


def _start(pool: "AnswerPool", serving: Serving) -> "PageServer":
    require_free_port(serving.host, serving.port)
    from qa.evaluation.feedback import JsonlLog
    from qa.page.endpoints import build_programs
    from qa.page.layout import build_page
    from qa.server.metrics import ServerMetrics
    from qa.server.page_server import PageServer
    from qa.server.routes import ServerParts, build_app

    metrics = ServerMetrics(pool)
    log = JsonlLog(serving.log) if serving.log else None
    _hear_answers(pool, metrics, log)
    page = build_programs(pool) if serving.programs_only else build_page(pool, serving)
    parts = ServerParts(pool=pool, serving=serving, metrics=metrics)
    app = build_app(parts, page)
    server = PageServer(app, serving.host, serving.port, parts.stopping)
    server.start()
    return server


def _hear_answers(pool: "AnswerPool", metrics: "ServerMetrics", log: "JsonlLog | None") -> None:
    """Count every answer, and log it without its question."""

    def heard(answer: "AnswerSummary") -> None:
        metrics.count_answer(answer)
        if log:
            log.add("answer", **answer.log_record())

    pool.on_answer = heard
    if log:
        log.add("start", generation=pool.info.generation)
