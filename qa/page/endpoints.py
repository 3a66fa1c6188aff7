"""The functions of `qa.api.functions` as endpoints of Gradio."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr
from gradio.context import LocalContext
from gradio.events import api

from embeddings.index_errors import EmbeddingsError
from qa.api.functions import published
from qa.errors import OperativeError
from qa.page.markup import functions_html
from qa.workers.answer_pool import AnswerPool
from qa.workers.fair_queue import LOCAL_CLIENT


def add_programs(pool: AnswerPool) -> None:
    """Add the endpoints to the `gr.Blocks` in which this is called."""
    for function in published(pool, event_client):
        api(
            _with_one_sentence_errors(function),
            api_name=function.__name__,
            concurrency_limit=None,
        )


def build_programs(pool: AnswerPool) -> gr.Blocks:
    """Return a page without a form, which only describes the endpoints."""
    blocks: gr.Blocks = gr.Blocks(title="Operative", analytics_enabled=False)
    with blocks:
        gr.HTML(functions_html(), apply_default_css=False)
        add_programs(pool)
    blocks.queue(max_size=None, status_update_rate=1)  # the gate counts what waits
    return blocks


def event_client() -> str:
    """Return the address of the client whose event is handled."""
    request = LocalContext.request.get(None)
    client = request.client if request else None
    return str(client.host) if client else LOCAL_CLIENT


def _with_one_sentence_errors(
    function: Callable[..., dict[str, Any]],
) -> Callable[..., dict[str, Any]]:
    """Return `function` with its errors as one sentence for the caller."""

    @wraps(function)
    def endpoint(*args: Any, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the function's
        try:
            return function(*args, **given)
        except (OperativeError, EmbeddingsError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    return endpoint
