"""The functions of `qa.api.functions` as endpoints of Gradio."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api

from embeddings.index_errors import EmbeddingsError
from qa.api.functions import ApiFunctions
from qa.errors import OperativeError
from qa.page.markup import functions_html

ONE_AT_A_TIME = "ask"  # the tokenizers of the encoder are not thread-safe


def add_programs(programs: ApiFunctions) -> None:
    """Add the endpoints to the `gr.Blocks` in which this is called."""
    for function in (
        programs.ask,
        programs.retrieve,
        programs.show,
        programs.verify_quote,
        programs.check_text,
    ):
        api(
            _with_one_sentence_errors(function),
            api_name=function.__name__,
            concurrency_id=ONE_AT_A_TIME,
            concurrency_limit=1,
        )


def build_programs(programs: ApiFunctions) -> gr.Blocks:
    """Return a page without a form, which only describes the endpoints."""
    blocks: gr.Blocks = gr.Blocks(title="Operative", analytics_enabled=False)
    with blocks:
        gr.HTML(functions_html(), apply_default_css=False)
        add_programs(programs)
    return blocks


def _with_one_sentence_errors(
    function: Callable[..., dict[str, Any]],
) -> Callable[..., dict[str, Any]]:
    """Return `function` with its errors as one sentence for the caller."""

    @wraps(function)
    def endpoint(*args: Any, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the function's
        try:
            return function(*args, **given)
        except (OperativeError, EmbeddingsError) as error:
            raise gr.Error(str(error)) from error

    return endpoint
