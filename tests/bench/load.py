"""A client that loads a server: several connections kept open, each request waited for."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Thread


@dataclass(frozen=True)
class Target:
    """A server to load: its port and what every request carries."""

    port: int
    path: str
    headers: dict[str, str]


def reads_per_second(target: Target, seconds: float, connections: int = 8) -> float:
    """GET requests answered with 200 in a second, over `seconds`."""
    counts, stop = [0] * connections, time.monotonic() + seconds

    def read(place):
        connection = HTTPConnection("127.0.0.1", target.port)
        while time.monotonic() < stop:
            connection.request("GET", target.path, headers=target.headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{target.path} answered {answer.status}")
            counts[place] += 1

    threads = [Thread(target=read, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def posts_per_second(target: Target, bodies: list[str]) -> float:
    """POST requests, one after the other, each answered with 303."""
    connection = HTTPConnection("127.0.0.1", target.port)
    headers = target.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    start = time.monotonic()
    for body in bodies:
        connection.request("POST", target.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"{target.path} answered {answer.status}")
    return len(bodies) / (time.monotonic() - start)
