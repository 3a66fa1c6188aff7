"""Parts of the page without a browser: for tests of their handlers."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")


def built(make: Callable[[], Part]) -> Part:
    """A part of a page; without a loop that runs, Gradio makes several and closes none.

    It is made in a thread of its own: a browser's loop may run in this one.
    """

    import gradio as gr

    async def inside() -> Part:
        with gr.Blocks():
            return make()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(inside())).result()
