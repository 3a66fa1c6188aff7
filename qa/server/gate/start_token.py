"""The token of a private server: in the address that is printed, then in a cookie."""

import secrets
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.server.gate.refusal import refuse

PARAMETER = "token"
HEADER = "x-operative-token"
_SCHEME = "bearer "
_REFUSED = (
    "This server is private: open the address that it printed when it started, or send its token "
    "as `Authorization: Bearer TOKEN` or `?token=TOKEN`."
)


def new_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(24)


class StartTokenMiddleware:
    """Lets requests through that bring the token."""

    def __init__(self, app: ASGIApp, token: str, *, port: int, free: Collection[str] = ()) -> None:
        self.app = app
        self._token = token
        self._cookie = f"operative-token-{port}"  # cookies are shared by all ports of a host
        self._free = frozenset(free)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] in self._free:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        in_address, rest = _from_address(scope["query_string"])
        scope = {**scope, "query_string": rest}
        if self._is_right(in_address):
            if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                await self._redirect(scope)(scope, receive, send)
            else:
                await self.app(scope, receive, send)
        elif any(map(self._is_right, (_from_headers(headers), self._from_cookie(headers)))):
            await self.app(scope, receive, send)
        else:
            await refuse(401, _REFUSED, WWW_Authenticate="Bearer")(scope, receive, send)

    def _is_right(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token.encode())

    def _from_cookie(self, headers: Headers) -> str:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return ""
        return cookie.value if cookie else ""

    def _redirect(self, scope: Scope) -> RedirectResponse:
        """Return the way to the same address without the token, which a cookie then holds."""
        path = "/" + scope["path"].lstrip("/")  # "//" would lead to another host
        query = scope["query_string"].decode("latin-1")
        response = RedirectResponse(f"{path}?{query}" if query else path, 303)
        response.set_cookie(self._cookie, self._token, httponly=True, samesite="lax")
        return response


def _from_headers(headers: Headers) -> str:
    authorization = headers.get("authorization", "")
    if authorization.lower().startswith(_SCHEME):
        return authorization[len(_SCHEME) :].strip()
    return headers.get(HEADER, "")


def _from_address(query: bytes) -> tuple[str, bytes]:
    """Return the token of a query, and the query without it."""
    if PARAMETER.encode() not in query:
        return "", query
    fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    token = next((value for name, value in fields if name == PARAMETER), "")
    rest = urlencode([field for field in fields if field[0] != PARAMETER])
    return token, rest.encode("latin-1")
