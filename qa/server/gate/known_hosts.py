"""Requests under a name that is not this server's are refused, and so are those of other sites.

A page of another site can make a browser send requests here: under the name of that site where
its address was changed to this machine's (DNS rebinding), or across sites with an `Origin`.
"""

from collections.abc import Collection, Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.server.gate.refusal import refuse

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
HOST_REFUSED = "This server does not answer to that name; --allow-host NAME permits another one."
ORIGIN_REFUSED = "Requests from another site are refused; --allow-host NAME permits its name."


class KnownHostsMiddleware:
    """Lets requests through whose `Host` and `Origin` are known."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self._hosts = frozenset(host.lower().strip("[]") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not (_name(host) in self._hosts or _is_own_address(_name(host), scope)):
            await refuse(421, HOST_REFUSED)(scope, receive, send)
        elif not is_same_site(headers.get("origin"), host, self._hosts):
            await refuse(403, ORIGIN_REFUSED)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_same_site(origin: str | None, host: str, hosts: Collection[str]) -> bool:
    """Return whether a request comes from a page of this server, or from no page at all.

    Args:
        origin: the header of that name; None for programs.
        host: the header of that name.
        hosts: names whose pages may call this server.
    """
    if origin is None:
        return True
    try:
        netloc = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    is_other = _name(netloc) in hosts and _name(netloc) not in LOOPBACK_NAMES
    return bool(netloc) and (netloc == host.lower() or is_other)


def _name(netloc: str) -> str:
    """Return the host of "localhost:7860" or "[::1]:7860"; "" where there is none."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""


def _is_own_address(name: str, scope: Scope) -> bool:
    """Return whether a host is the address at which the request arrived: no name can be that."""
    try:
        return bool(scope.get("server")) and ip_address(name) == ip_address(scope["server"][0])
    except ValueError:
        return False
