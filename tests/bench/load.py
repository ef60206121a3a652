"""A client that loads a server: several connections kept open, each request waited for.

It writes each request whole and reads no more of an answer than its length and status: a client that took as long as
the server would hide half of the difference between two servers.
"""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from tests.bench.processor import spent


@dataclass(frozen=True)
class Target:
    """A server to load: its port, what every request carries, and the process whose children answer."""

    port: int
    path: str
    headers: dict[str, str]
    process: int = 0

    def request(self, body: str | None = None) -> bytes:
        """One HTTP request, ready to be sent: a GET, or the POST of a form."""
        headers = {"Host": f"127.0.0.1:{self.port}"} | self.headers
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        first = f"{'GET' if body is None else 'POST'} {self.path} HTTP/1.1"
        lines = [first, *(f"{name}: {value}" for name, value in headers.items()), "", body or ""]
        return "\r\n".join(lines).encode()


class Connection:
    def __init__(self, target: Target):
        self.path, self._socket = target.path, socket.create_connection(("127.0.0.1", target.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes, expected: bytes) -> bytes:
        """The body of the answer; another status than the one expected ends the measure."""
        self._socket.sendall(request)
        head, _, body = self._read_head()
        if not head.startswith(b"HTTP/1.1 " + expected):
            raise RuntimeError(f"{self.path} answered {head[:12].decode()}")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._socket.recv(65536)
        return body

    def _read_head(self) -> tuple[bytes, bytes, bytes]:
        read = b""
        while b"\r\n\r\n" not in read:
            received = self._socket.recv(65536)
            if not received:
                raise RuntimeError(f"{self.path}: the server closed the connection")
            read += received
        return read.partition(b"\r\n\r\n")


def read(target: Target, seconds: float, connections: int = 8) -> tuple[int, float]:
    """How many GET requests were answered with 200 over these seconds."""
    counts, request, stop = [0] * connections, target.request(), time.monotonic() + seconds

    def reader(place):
        connection = Connection(target)
        while time.monotonic() < stop:
            connection.send(request, b"200")
            counts[place] += 1

    threads = [Thread(target=reader, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), seconds


def post(target: Target, bodies: list[str]) -> tuple[int, float]:
    """How many POST requests were answered, one after the other, by a 303 that nobody follows; and in how long."""
    connection, requests = Connection(target), [target.request(body) for body in bodies]
    start = time.monotonic()
    for request in requests:
        connection.send(request, b"303")
    return len(bodies), time.monotonic() - start


@dataclass(frozen=True)
class Turn:
    """What one turn of load measured: requests a second, and the server's processor time for each, in milliseconds."""

    rate: float
    cost: float


def take_turn(load: Callable, target: Target, *how) -> Turn:
    before = spent(target.process)
    answered, seconds = load(target, *how)
    return Turn(answered / seconds, 1000 * (spent(target.process) - before) / answered)
