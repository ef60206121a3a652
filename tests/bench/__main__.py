"""`make bench`: the day page, posting and the moderators' queue against the floor, as ratios of one run; exports."""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from random import choice
from urllib.parse import urlencode
from uuid import uuid4

from cafe import create_app
from cafe.clock import utc_now
from cafe.extensions import db
from config import read_config
from tests.bench.exports import measure_exports
from tests.bench.load import Target, posts_per_second, reads_per_second
from tests.crowd import fill
from tests.live import Citizen, free_port, stop, wait_for

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ROUNDS, SECONDS, POSTS, GOAL = 5, 4, 100, 0.5
# The queue may take this many times what the floor takes, in cafés of so many people and posts.
TIMES, CROWDS = 3, ((31, 1_400), (1_000, 50_000))
TEXT = "Internet coûte trop cher pour ma grand-mère, et le site de la mairie est trop compliqué pour nous. " * 3


def start_floor(folder: Path) -> tuple[subprocess.Popen, int]:
    port, env = free_port(), os.environ | {"FLOOR_DB": str(folder / "floor.sqlite")}
    subprocess.run([sys.executable, "-m", "tests.bench.floor"], cwd=ROOT, env=env, check=True)
    command = [BIN / "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "tests.bench.floor:app"], cwd=ROOT, env=env, start_new_session=True)
    wait_for(port, "/day/1")
    return server, port


def start_cafe(folder: Path, crowd: tuple[int, int] = (0, 0)) -> tuple[subprocess.Popen, int, dict]:
    """The demonstration served, with as many more people and posts as `crowd` says."""
    port = free_port()
    env = os.environ | {"CAFE_DATA": str(folder / "cafe"), "PORT": str(port), "DATABASE_URL": ""}
    subprocess.run([BIN / "cafe", "demo", "--no-serve"], env=env, check=True, stdout=subprocess.DEVNULL)
    if any(crowd):
        app = create_app(read_config(env))
        with app.app_context():
            fill(*crowd, utc_now())
            db.engine.dispose()
    server = subprocess.Popen([BIN / "cafe", "serve"], env=env, start_new_session=True)
    wait_for(port, "/entrer")
    return server, port, json.loads((folder / "cafe" / "demo.json").read_text(encoding="utf-8"))


def targets(floor_port: int, cafe_port: int, doors: dict) -> tuple[Target, Target, Citizen]:
    citizen = Citizen(cafe_port)
    citizen.enter(doors["cards"]["citizen"])
    common = {"Accept-Encoding": "gzip"}
    citizen.post_answer("/cafe/demo/jour/8/1", TEXT)
    floor = Target(floor_port, "/day/8", common)
    return floor, Target(cafe_port, "/cafe/demo/jour/8/1", common | {"Cookie": citizen.cookie}), citizen


def bodies(token: str, texts: list[str]) -> list[str]:
    return [urlencode({"key": uuid4(), "text": choice(texts), "csrf_token": token}) for _ in range(POSTS)]


def demo_texts(folder: Path) -> list[str]:
    """What the demo's citizens wrote: what is posted is as long and as varied as a café's."""
    with closing(sqlite3.connect(folder / "cafe" / "cafe.sqlite")) as base:
        return [text for (text,) in base.execute("SELECT text FROM contribution")]


def report(name: str, floor: list[float], cafe: list[float], goal: float = GOAL) -> bool:
    ratio = statistics.median(b / a for a, b in zip(floor, cafe, strict=True))
    figures = f"floor {statistics.median(floor):.0f}/s, café {statistics.median(cafe):.0f}/s"
    print(f"{name}: {figures}, median ratio {ratio:.2f} (goal {goal:.2f})")
    return ratio >= goal


def measure(floor: Target, cafe: Target, token: str, texts: list[str]) -> bool:
    reads, posts = ([], []), ([], [])
    for _ in range(ROUNDS):
        for place, target in enumerate((floor, cafe)):
            reads[place].append(reads_per_second(target, SECONDS))
    for _ in range(ROUNDS):
        for place, target in enumerate((floor, cafe)):
            posts[place].append(posts_per_second(target, bodies(token, texts)))
    return all([report("day page", *reads), report("posting", *posts)])


def measure_queue(floor: Target, crowd: tuple[int, int]) -> bool:
    """The first page of the moderators' queue, in a café of so many people and posts."""
    with tempfile.TemporaryDirectory() as name:
        server, port, doors = start_cafe(Path(name), crowd)
        try:
            moderator = Citizen(port)
            moderator.send("GET", "/equipe/entrer")
            moderator.send("POST", "/equipe/entrer", doors["staff"]["moderator"])
            queue = Target(port, "/moderation/file", floor.headers | {"Cookie": moderator.cookie})
            rates = ([], [])
            for _ in range(ROUNDS):
                for place, target in enumerate((floor, queue)):
                    rates[place].append(reads_per_second(target, SECONDS / 2))
            return report(f"queue, {crowd[0]} people and {crowd[1]} posts more", *rates, goal=1 / TIMES)
        finally:
            stop(server)


def weigh(target: Target) -> int:
    connection = HTTPConnection("127.0.0.1", target.port)
    connection.request("GET", target.path, headers=target.headers)
    return len(connection.getresponse().read())


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        floor_server, floor_port = start_floor(Path(name))
        cafe_server, cafe_port, doors = start_cafe(Path(name))
        try:
            floor, cafe, citizen = targets(floor_port, cafe_port, doors)
            print(f"compressed page: floor {weigh(floor)} B, café {weigh(cafe)} B")
            fast = measure(floor, cafe, citizen.token, demo_texts(Path(name)))
            return 0 if all([fast, *(measure_queue(floor, crowd) for crowd in CROWDS), measure_exports()]) else 1
        finally:
            stop(floor_server)
            stop(cafe_server)


if __name__ == "__main__":
    sys.exit(main())
