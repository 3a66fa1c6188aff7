"""Starting and stopping the server of the page."""

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

from qa.server.ports import PortBusyError, require_free_port
from qa.settings import Serving

if TYPE_CHECKING:
    from concurrent.futures import Future

    import gradio as gr

    from qa.assistant import Assistant
    from qa.evaluation.feedback import JsonlLog

MAX_UPLOAD = "200mb"  # of one file
_STATE_SESSIONS = 200  # conversations kept in memory; the oldest is dropped first


def import_gradio() -> None:
    """Import Gradio; it takes seconds, in which another thread can open the index."""
    import gradio  # noqa: F401


def start_page(assistant: "Assistant", serving: Serving) -> "gr.Blocks":
    """Serve from a thread and return the page; `.close()` stops it.

    The server also answers at `/health`, and at `/mcp` with tools of the Model Context Protocol.

    Raises:
        PortBusyError: another program listens there.
        HostError: the host is not an address of this machine.
        InputError: the file of the log or of the feedback cannot be written.
    """

    async def started() -> "gr.Blocks":
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
    page = start_page(assistant, serving)
    if warming:
        warming.result()
    address = f"http://{serving.host}:{serving.port}"
    sys.stderr.write(f"Operative runs at {address} (press Ctrl+C to stop).\n")
    page.block_thread()


def _start(assistant: "Assistant", serving: Serving) -> "gr.Blocks":
    require_free_port(serving.host, serving.port)
    from qa.api.functions import ApiFunctions
    from qa.evaluation.feedback import JsonlLog
    from qa.page.endpoints import build_programs
    from qa.page.layout import build_page
    from qa.page.theme import FAVICON, build_theme, read_static
    from qa.server.routes import extra_routes

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
                app_kwargs=extra_routes(assistant, programs, serving.host),
            )
    except OSError as error:  # taken since the check above
        raise PortBusyError(serving.host, serving.port) from error
    return page


def _keep_log(assistant: "Assistant", log: "JsonlLog") -> None:
    """Log every answer, without its question."""
    from qa.evaluation.feedback import log_record

    assistant.on_answer = lambda answer, took: log.add("answer", **log_record(answer, took))
    log.add("start", generation=assistant.corpus.generation)
