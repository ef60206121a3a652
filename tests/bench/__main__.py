"""`make bench`: the day page, posting and the moderators' queue against the floor, in turns, as ratios of one run.

Requests a second depend on what else the machine does; processor time for each request much less: both are said.
Posting is also compared with a floor that waits for the disk as the café does (`synchronous=FULL`): beside the plain
floor, it says how much of the difference is that promise.
Then the analysis at scale, against a plain group-by; the exports of 100,000 contributions; the tagger beside spaCy's
bare matcher.
"""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from random import choice
from urllib.parse import urlencode
from uuid import uuid4

from cafe import create_app
from cafe.clock import utc_now
from cafe.extensions import db
from cafe.guide.sittings import progress_of
from config import read_config
from tests.bench.analysis import measure_analysis
from tests.bench.exports import measure_exports
from tests.bench.load import Connection, Target, Turn, post, read, take_turn
from tests.bench.tagging import measure_tagger
from tests.cafe.guide.walking import begin_before
from tests.crowd import fill
from tests.live import Citizen, build_demonstration, environment_of, free_port, serve, stop, wait_for

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ROUNDS, SECONDS, POSTS, GOAL = 5, 4, 100, 0.5
# The queue may take this many times what the floor takes, in cafés of so many people and posts.
TIMES, CROWDS = 3, ((31, 1_400), (1_000, 50_000))
DAY, COMMON = "/cafe/demo/jour/8/1", {"Accept-Encoding": "gzip"}
STARTED: list[subprocess.Popen] = []
# Half of the guide is behind, and the page shows a list.
MIDWAY, FIRST_CITIZEN = "usages.critiques", 1
TEXT = "Internet coûte trop cher pour ma grand-mère, et le site de la mairie est trop compliqué pour nous. " * 3


def start_floor(folder: Path, synchronous: str = "NORMAL") -> Target:
    port = free_port()
    env = os.environ | {"FLOOR_DB": str(folder / f"floor-{synchronous}.sqlite"), "FLOOR_SYNCHRONOUS": synchronous}
    subprocess.run([sys.executable, "-m", "tests.bench.floor"], cwd=ROOT, env=env, check=True)
    command = [BIN / "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "tests.bench.floor:app"], cwd=ROOT, env=env, start_new_session=True)
    STARTED.append(server)
    wait_for(port, "/day/1")
    return Target(port, "/day/8", COMMON, server.pid)


def start_cafe(folder: Path, crowd: tuple[int, int] = (0, 0)) -> tuple[subprocess.Popen, int, dict]:
    """The demonstration served, with as many more people and posts as `crowd` says."""
    env = environment_of(folder / "cafe")
    build_demonstration(folder / "cafe")
    if any(crowd):
        with create_app(read_config(env)).app_context():
            fill(*crowd, utc_now())
            db.engine.dispose()
    server, port = serve(env)
    STARTED.append(server)
    return server, port, json.loads((folder / "cafe" / "demo.json").read_text(encoding="utf-8"))


def day_page(server: subprocess.Popen, port: int, doors: dict) -> tuple[Target, str]:
    """The day page of a citizen who has answered, and the token of its form."""
    citizen = Citizen(port)
    citizen.enter(doors["cards"]["citizen"])
    citizen.post_answer(DAY, TEXT)
    return Target(port, DAY, COMMON | {"Cookie": citizen.cookie}, server.pid), citizen.token


def bodies(token: str, texts: list[str]) -> list[str]:
    return [urlencode({"key": uuid4(), "text": choice(texts), "csrf_token": token}) for _ in range(POSTS)]


def demo_texts(folder: Path) -> list[str]:
    """What the demo's citizens wrote: what is posted is as long and as varied as a café's."""
    with closing(sqlite3.connect(folder / "cafe" / "cafe.sqlite")) as base:
        return [text for (text,) in base.execute("SELECT text FROM contribution")]


def report(name: str, floor: list[Turn], cafe: list[Turn], goal: float = GOAL) -> bool:
    rates, costs = ([pick(turn) for turn in floor + cafe] for pick in (attrgetter("rate"), attrgetter("cost")))
    pace = statistics.median(b.rate / a.rate for a, b in zip(floor, cafe, strict=True))
    effort = statistics.median(a.cost / b.cost for a, b in zip(floor, cafe, strict=True))
    half = len(floor)
    figures = [f"{statistics.median(found):.{digits}f}" for found, digits in (
        (rates[:half], 0), (rates[half:], 0), (costs[:half], 2), (costs[half:], 2),
    )]  # fmt: skip
    print(f"{name}: floor {figures[0]}/s, café {figures[1]}/s, median ratio {pace:.2f} (goal {goal:.2f});", end=" ")
    print(f"processor: floor {figures[2]} ms, café {figures[3]} ms, median ratio {effort:.2f}")
    return pace >= goal


def in_turns(load, sides: list[Target], how) -> list[list[Turn]]:
    """The turns of each side, A B A B…; `how()` gives what a turn sends."""
    turns = [[take_turn(load, side, how()) for side in sides] for _ in range(ROUNDS)]
    return [list(side) for side in zip(*turns, strict=True)]


def measure_step(folder: Path, floor: Target, day: Target) -> bool:
    """A question in the middle of the guide, for the citizen who reads the day."""
    with create_app(read_config({"CAFE_DATA": str(folder / "cafe")})).app_context():
        begin_before(MIDWAY, FIRST_CITIZEN, utc_now())
        place = len(progress_of(FIRST_CITIZEN).kept) + 1
        db.engine.dispose()
    step = replace(day, path=f"/questionnaire/{place}")
    print(f"compressed question: {len(Connection(step).send(step.request(), b'200'))} B")
    return report("question of the guide", *in_turns(read, [floor, step], lambda: SECONDS))


def measure_queue(floor: Target, crowd: tuple[int, int]) -> bool:
    """The first page of the moderators' queue, in a café of so many people and posts."""
    with tempfile.TemporaryDirectory() as name:
        server, port, doors = start_cafe(Path(name), crowd)
        try:
            moderator = Citizen(port)
            moderator.send("GET", "/equipe/entrer")
            moderator.send("POST", "/equipe/entrer", doors["staff"]["moderator"])
            queue = Target(port, "/moderation/file", COMMON | {"Cookie": moderator.cookie}, server.pid)
            turns = in_turns(read, [floor, queue], lambda: SECONDS / 2)
            return report(f"queue, {crowd[0]} people and {crowd[1]} posts more", *turns, goal=1 / TIMES)
        finally:
            STARTED.remove(server)
            stop(server)


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            floor, synced = start_floor(folder), start_floor(folder, "FULL")
            cafe, token = day_page(*start_cafe(folder))
            sizes = [len(Connection(side).send(side.request(), b"200")) for side in (floor, cafe)]
            print(f"compressed page: floor {sizes[0]} B, café {sizes[1]} B")
            good = [report("day page", *in_turns(read, [floor, cafe], lambda: SECONDS))]
            texts = demo_texts(folder)
            plain, full, posted = in_turns(post, [floor, synced, cafe], lambda: bodies(token, texts))
            good.append(report("posting", plain, posted))
            report("posting, the floor in FULL too", full, posted)
            good.append(measure_step(folder, floor, cafe))
            good += [measure_queue(floor, crowd) for crowd in CROWDS]
            return 0 if all([*good, measure_analysis(), measure_exports(), measure_tagger()]) else 1
        finally:
            for server in STARTED:
                stop(server)


if __name__ == "__main__":
    sys.exit(main())
