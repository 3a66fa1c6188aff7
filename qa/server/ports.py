"""Whether a server can listen at a host and a port."""

import errno
import socket
import sys

from qa.errors import InputError
from qa.settings import DEFAULT_HOST, DEFAULT_PORT

_BUSY = frozenset({errno.EADDRINUSE, errno.EACCES})
_LAST_PORT = 65_535


class PortBusyError(InputError):
    """The port is in use or needs more rights."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} of {host} is in use or not permitted: choose another one, "
            f"as in `--port {port + 1 if port < _LAST_PORT else DEFAULT_PORT}`."
        )
        self.host, self.port = host, port


class HostError(InputError):
    """The host is not an address of this machine."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host!r} is not an address of this machine: omit `--host` for {DEFAULT_HOST}."
        )
        self.host = host


def require_free_port(host: str, port: int) -> None:
    """Check that a server can listen there, before anything slow is loaded.

    Raises:
        PortBusyError: another program listens there, or the port is reserved.
        HostError: the host is unknown, or an address of another machine.
        InputError: `port` is not between 1 and 65535.
    """
    if not 1 <= port <= _LAST_PORT:
        raise InputError(f"{port} is not a port: `--port` takes a number from 1 to {_LAST_PORT}.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise HostError(host) from error
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # a port released a moment ago counts as free, as for servers
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno in _BUSY:
                raise PortBusyError(host, port) from error
            raise HostError(host) from error
