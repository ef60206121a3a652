"""The server is killed while people post: what was acknowledged is there, once."""

import json
import signal
import sqlite3
from http.client import HTTPException
from threading import Event, Thread
from uuid import uuid4

from tests.live import Citizen, demonstration, serve, stop

CLIENTS, POSTS, KILLED_AFTER = 8, 500, 150
PATH = "/cafe/demo/jour/4/1"


class Clients:
    """Eight citizens who post, and try again with the same key until they are answered."""

    def __init__(self, port: int, cards: list[str]):
        self.acknowledged: list[str] = []
        self.ready, self.back = Event(), Event()
        self.citizens = [Citizen(port) for _ in range(CLIENTS)]
        for citizen, card in zip(self.citizens, cards, strict=False):
            citizen.enter(card)
            citizen.send("GET", PATH)

    def post(self, citizen: Citizen, keys: list[str]) -> None:
        for key in keys:
            while not self._try(citizen, key):
                self.back.wait()
            self.acknowledged.append(key)
            if len(self.acknowledged) >= KILLED_AFTER:
                self.ready.set()

    def _try(self, citizen: Citizen, key: str) -> bool:
        try:
            return citizen.post_answer(PATH, f"Message {key}", key) == 303
        except (OSError, HTTPException):
            return False


def _keys(data) -> list[str]:
    with sqlite3.connect(data / "cafe.sqlite") as base:
        return [key for (key,) in base.execute("SELECT key FROM contribution WHERE key IS NOT NULL")]


def test_posts_survive_a_kill_exactly_once(tmp_path, tmp_path_factory):
    environment = demonstration(tmp_path_factory, tmp_path)
    cards = json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))["citizens"]
    before = set(_keys(tmp_path))
    server, port = serve(environment)
    clients, keys = Clients(port, cards), [str(uuid4()) for _ in range(POSTS)]
    shares = [keys[n::CLIENTS] for n in range(CLIENTS)]
    threads = [Thread(target=clients.post, args=pair) for pair in zip(clients.citizens, shares, strict=True)]
    for thread in threads:
        thread.start()
    clients.ready.wait()
    stop(server, signal.SIGKILL)
    server, _ = serve(environment, port)
    clients.back.set()
    for thread in threads:
        thread.join()
    stop(server)
    kept = [key for key in _keys(tmp_path) if key not in before]
    assert sorted(kept) == sorted(clients.acknowledged) == sorted(keys)
