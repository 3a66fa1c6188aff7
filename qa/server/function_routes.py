"""The functions of `qa.api.functions` over plain HTTP: one request, one response."""

from collections.abc import Callable
from functools import partial
from inspect import signature
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.responses import Response
from starlette.routing import Route

from embeddings.index_errors import EmbeddingsError
from qa.api.functions import PUBLISHED, ApiFunctions, call_for_json
from qa.errors import OperativeError
from qa.server.gate.client_places import MAX_CALLS, RETRY_S
from qa.server.gate.open_routes import FUNCTIONS
from qa.server.gate.refusal import refuse
from qa.workers.answer_pool import AnswerPool
from qa.workers.fair_queue import BusyError, PlaceLostError, calling_client

if TYPE_CHECKING:
    from starlette.requests import Request


def function_routes(pool: AnswerPool) -> list[Route]:
    """Return a route for each published function.

    Args:
        pool: answers.
    """
    threads = CapacityLimiter(MAX_CALLS)  # in which calls wait for their turn
    return [
        Route(f"{FUNCTIONS}{name}", _endpoint(name, pool, threads), methods=["POST"])
        for name in PUBLISHED
    ]


def _endpoint(name: str, pool: AnswerPool, threads: CapacityLimiter) -> "Callable[[Request], Any]":
    given_type = _given_type(getattr(ApiFunctions, name))

    async def endpoint(request: "Request") -> Response:
        try:
            given = msgspec.json.decode(await request.body() or b"{}", type=given_type)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refuse(
                400, f"The request is not a JSON object of parameters of {name}: {error}."
            )
        call = partial(pool.run, calling_client.get(), call_for_json, name)
        try:
            content = await run_sync(partial(call, **_set_fields(given)), limiter=threads)
        except (BusyError, PlaceLostError) as error:
            return refuse(503, str(error), Retry_After=str(RETRY_S))
        except (OperativeError, EmbeddingsError) as error:
            return refuse(422, str(error))
        return Response(content, media_type="application/json")

    return endpoint


def _given_type(function: Callable[..., Any]) -> type[msgspec.Struct]:
    """Return the type of the parameters of a function, as a JSON object names them."""
    types = get_type_hints(function)
    fields = [
        (parameter.name, types[parameter.name])
        if parameter.default is parameter.empty
        else (parameter.name, types[parameter.name], parameter.default)
        for parameter in list(signature(function).parameters.values())[1:]
    ]
    return msgspec.defstruct(function.__name__, fields, forbid_unknown_fields=True, kw_only=True)


def _set_fields(given: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(given, name) for name in given.__struct_fields__}
