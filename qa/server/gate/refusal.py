"""A request that is refused: a status and one sentence."""

from starlette.responses import PlainTextResponse


def refuse(status: int, sentence: str, **headers: str) -> PlainTextResponse:
    """Return the answer to a refused request.

    Args:
        status: of HTTP.
        sentence: says what happened and what to do.
        headers: more headers; "_" in a name is "-".
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return PlainTextResponse(f"{sentence}\n", status, {"Connection": "close", **named})
