"""A real server for tests, and a citizen who speaks HTTP to it."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
CAFE = Path(sys.executable).with_name("cafe")


def demonstration(factory, data: Path) -> dict[str, str]:
    """A demonstration in this folder, copied from the one that is built once a run; returns a server's environment."""
    # Processes that run tests side by side have a folder each under the run's.
    run = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    built, aside = run / "demonstration", run / "demonstration.building"
    with (run / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            build_demonstration(aside)
            aside.rename(built)
    shutil.copytree(built, data, dirs_exist_ok=True)
    return environment_of(data)


def build_demonstration(data: Path) -> None:
    subprocess.run([CAFE, "demo", "--no-serve"], env=environment_of(data), check=True, stdout=subprocess.DEVNULL)


def environment_of(data: Path) -> dict[str, str]:
    return os.environ | {"CAFE_DATA": str(data), "DATABASE_URL": ""}


def serve(environment: dict[str, str], port: int = 0) -> tuple[subprocess.Popen, int]:
    """A server on this port, or on a free one, once it answers."""
    port = port or free_port()
    server = subprocess.Popen([CAFE, "serve"], env=environment | {"PORT": str(port)}, start_new_session=True)
    wait_for(port, "/entrer")
    return server, port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, path: str, tries: int = 600) -> None:
    """Until the server answers; each try waits for the connection, a tenth of a second at least."""
    for _ in range(tries):
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", path)
                connection.getresponse().read()
            return
        except (ConnectionError, TimeoutError):
            subprocess.run(["sleep", "0.1"], check=True)
    raise RuntimeError(f"no server answers on port {port}")


def stop(server: subprocess.Popen, how: int = signal.SIGTERM) -> None:
    """End a server and its workers."""
    os.killpg(server.pid, how)
    server.wait()


class Citizen:
    """One browser's worth of HTTP: a connection, a cookie, a form token."""

    def __init__(self, port: int):
        self.port, self.cookie, self.token = port, "", ""

    def send(self, method: str, path: str, fields: dict | None = None) -> tuple[int, str]:
        """The status and the body; raises ConnectionError or OSError when the server is not there."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields | {"csrf_token": self.token}) if fields is not None else None
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.headers["Set-Cookie"]:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.token = found[1] if (found := TOKEN.search(text)) else self.token
        return answer.status, text

    def enter(self, words: str) -> None:
        self.send("GET", "/entrer")
        self.send("POST", "/entrer", {"words": words})
        self.send("GET", "/accord")
        self.send("POST", "/accord", {"version": "1"})

    def post_answer(self, path: str, text: str, key: str | None = None) -> int:
        return self.send("POST", path, {"key": key or str(uuid4()), "text": text})[0]
