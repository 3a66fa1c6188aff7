"""A balancer in front of several servers, as small as can be: each request goes to the next one.

What a page sends goes to one server, as with affinity to the address of a client; `page_server` says
to which, so that a test can send a page elsewhere.
"""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from socketserver import StreamRequestHandler, ThreadingTCPServer

PROGRAMS = (b"/functions/", b"/mcp")


class Balancer(ThreadingTCPServer):
    """Listens at `port`; `counts` says how many requests each server got."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, ports: Sequence[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.port = int(self.server_address[1])
        self.page_server = 0
        self.counts = [0] * len(ports)
        self._ports = ports
        self._numbers = count()

    def connect(self, path: bytes) -> socket.socket:
        """A connection to the server whose turn it is."""
        is_program = path.startswith(PROGRAMS)
        number = next(self._numbers) % len(self._ports) if is_program else self.page_server
        self.counts[number] += 1
        return socket.create_connection(("127.0.0.1", self._ports[number]))


class _Request(StreamRequestHandler):
    """Hands one request on, and what is answered back."""

    server: Balancer

    def handle(self) -> None:
        """Serve one connection, which has one request."""
        first, headers = self.rfile.readline(), []
        while (line := self.rfile.readline()).strip():
            if not line.lower().startswith(b"connection:"):
                headers.append(line)
        if not first.strip():
            return
        lengths = [line for line in headers if line.lower().startswith(b"content-length:")]
        body = self.rfile.read(sum(int(line[15:]) for line in lengths))
        with suppress(OSError), self.server.connect(first.split()[1]) as link:
            link.sendall(b"".join([first, *headers, b"Connection: close\r\n\r\n", body]))
            while data := link.recv(65536):
                self.wfile.write(data)


@contextmanager
def balanced(ports: Sequence[int]) -> Iterator[Balancer]:
    """A balancer in a thread of its own, until the body ends."""
    with Balancer(ports) as balancer:
        thread = threading.Thread(target=balancer.serve_forever)
        thread.start()
        try:
            yield balancer
        finally:
            balancer.shutdown()
            thread.join()
