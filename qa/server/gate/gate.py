"""The gate: what every request passes, outermost first."""

from starlette.middleware import Middleware

from qa.server.gate.body_limit import BodyLimitMiddleware
from qa.server.gate.client_places import ClientPlacesMiddleware, OpenCalls
from qa.server.gate.known_hosts import LOOPBACK_NAMES, KnownHostsMiddleware
from qa.server.gate.open_routes import HEALTH, READY, OpenRoutesMiddleware
from qa.server.gate.security_headers import SecurityHeadersMiddleware
from qa.server.gate.start_token import StartTokenMiddleware
from qa.settings import Serving

MAX_UPLOAD_BYTES = 200 * 2**20  # of one request


def gate(serving: Serving, queued: OpenCalls) -> list[Middleware]:
    """Return the middleware of a server.

    Args:
        serving: settings of the server.
        queued: returns how many calls of each client wait or are worked on.
    """
    hosts = (*LOOPBACK_NAMES, serving.host, *serving.allowed_hosts)
    token = (
        [Middleware(StartTokenMiddleware, serving.token, port=serving.port, free=(HEALTH, READY))]
        if serving.token
        else []
    )
    return [
        Middleware(SecurityHeadersMiddleware),
        Middleware(KnownHostsMiddleware, hosts=hosts),
        Middleware(OpenRoutesMiddleware, adds_texts=serving.adds_texts),
        *token,
        Middleware(ClientPlacesMiddleware, queued=queued),
        Middleware(BodyLimitMiddleware, max_upload_bytes=MAX_UPLOAD_BYTES),
    ]
