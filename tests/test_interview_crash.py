"""An hour of interview: the connection is cut, the server is killed; every paragraph is there, in order, once."""

import os
import shutil
import signal
import socket
import sqlite3
from http.client import HTTPException
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.conftest import PASSWORD
from tests.live import Citizen, free_port, serve, stop

PARAGRAPHS = 300
STEPS = ("liens", "initiatives.operateur", "populations.touchees", "freins.enjeux", "freins", "raisons")
# The paragraphs at which the line is cut, and those at which the server dies.
CUTS = {n: n % 2 == 0 for n in range(15, PARAGRAPHS, 29)}
KILLS = {101, 203}
PERSON = {"group": "grand_public", "heard": "1", "version": "1"}


class Interviewer(Citizen):
    """The screen's way of sending: a queue whose oldest note leaves again until the server has it."""

    def __init__(self, port: int, environment: dict):
        super().__init__(port)
        self.environment, self.server, self.tries = environment, None, 0
        self.serve()

    def serve(self) -> None:
        self.server, _ = serve(self.environment, self.port)

    def begin(self) -> None:
        self.send("GET", "/equipe/entrer")
        self.send("POST", "/equipe/entrer", {"login": "interviewer", "password": PASSWORD})
        self.send("GET", "/entretiens/nouveau/personne")
        assert self.send("POST", "/entretiens/nouveau/personne", PERSON | {"key": str(uuid4())})[0] == 303

    def note(self, note: dict) -> None:
        while not self._try(note):
            pass

    def _try(self, note: dict) -> bool:
        self.tries += 1
        try:
            status, _ = self.send("POST", "/entretiens/1/notes", note)
        except (OSError, HTTPException):
            return False
        assert status == 303
        return True

    def cut(self, note: dict, whole: bool) -> None:
        """Send a note, or half of it, and lose the line before any answer."""
        body = urlencode(note | {"csrf_token": self.token}).encode()
        head = (
            f"POST /entretiens/1/notes HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(head.encode() + (body if whole else body[: len(body) // 2]))

    def kill(self) -> None:
        stop(self.server, signal.SIGKILL)
        self.serve()


@pytest.fixture
def interviewer(template, tmp_path):
    data, port = tmp_path / "data", free_port()
    shutil.copytree(template[0], data)
    environment = os.environ | {"CAFE_DATA": str(data), "PORT": str(port), "DATABASE_URL": ""}
    someone = Interviewer(port, environment)
    yield someone
    stop(someone.server)


def test_three_hundred_paragraphs_survive_ten_cuts_and_two_kills(interviewer, tmp_path):
    interviewer.begin()
    notes = [
        {"key": str(uuid4()), "step": STEPS[(n - 1) * len(STEPS) // PARAGRAPHS], "place": n, "text": f"Paragraphe {n}"}
        for n in range(1, PARAGRAPHS + 1)
    ]
    assert len(CUTS) == 10
    for number, note in enumerate(notes, 1):
        if number in CUTS:
            interviewer.cut(note, whole=CUTS[number])
        if number in KILLS:
            interviewer.cut(note, whole=True)
            interviewer.kill()
        interviewer.note(note)
    kept = "SELECT step, place, text FROM note_taken JOIN contribution ON contribution.id = contribution_id"
    with sqlite3.connect(tmp_path / "data/cafe.sqlite") as base:
        rows = base.execute(f"{kept} WHERE source = 'interview' ORDER BY place").fetchall()
        assert base.execute("SELECT count(*) FROM contribution").fetchone() == (PARAGRAPHS,)
    assert rows == [(note["step"], note["place"], note["text"]) for note in notes]
