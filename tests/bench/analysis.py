"""The analysis at scale: a made-up dialogue of so many contributions × 2 tags, against a plain pandas group-by."""

import json
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from analysis.frames import COLUMNS, Frames
from analysis.referential import load_referential
from analysis.scoring import DRAWS, score

GROUPS, SOURCES = 5, ("cafe", "questionnaire", "interview", "workshop")
SECTIONS = ("freins.enjeux", "freins.champs")
# What the shares, then all the intervals, may take: times a group-by of the same frame; and the memory, in GiB.
SHARES, INTERVALS, MEMORY = 15, 200, 4
# Draws are taken in blocks: their number changes the time, not the memory.
FEW_DRAWS = 20


def big_frames(texts: int, people: int) -> Frames:
    """Frames of so many people and texts, two champs a text; each person came by one way."""
    draw = np.random.default_rng(7)
    tags = load_referential().family("freins").tags
    champs = np.array([tag.code for tag in tags if tag.parent], dtype=object)
    targets = np.array([tag.code for tag in load_referential().family("populations").tags], dtype=object)
    names = np.char.add("P", np.arange(people).astype(str)).astype(object)
    group = draw.integers(GROUPS, size=people)
    participants = _defaults("participants") | {
        "participant": names, "group": np.array([f"g{n}" for n in range(GROUPS)], dtype=object)[group],
        "target": targets[draw.integers(len(targets), size=people)],
    }  # fmt: skip
    said = np.char.add("C", np.arange(texts).astype(str)).astype(object)
    author = draw.integers(people, size=texts)
    contributions = _defaults("contributions") | {
        "contribution": said, "participant": names[author],
        "source": np.array(SOURCES, dtype=object)[author % len(SOURCES)],
    }  # fmt: skip
    laid = _defaults("tags") | {
        "contribution": np.repeat(said, 2), "family": "freins",
        "tag": champs[draw.integers(len(champs), size=2 * texts)],
    }  # fmt: skip
    groups = {"group": [f"g{n}" for n in range(GROUPS)], "label": "", "side": "external", "in_total": 1}
    tables = {"participants": participants, "groups": groups, "contributions": contributions, "tags": laid}
    made = {name: pd.DataFrame(columns) for name, columns in tables.items()}
    return Frames(answers=pd.DataFrame(columns=list(COLUMNS["answers"])), **made)


def _defaults(name: str) -> dict:
    return {column: "" if default is None else default for column, default in COLUMNS[name].items()}


def timed(action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure(texts: int, people: int, draws: int) -> dict[str, float]:
    """Seconds of a plain group-by (the best of three), of the shares alone, of everything; the most memory, in GiB."""
    frames, referential = big_frames(texts, people), load_referential()
    by_tag = min(timed(lambda: frames.tags.groupby("tag")["contribution"].count()) for _ in range(3))
    shares = min(timed(lambda: score(frames, referential, sections=SECTIONS, draws=0)) for _ in range(2))
    whole = timed(lambda: score(frames, referential, sections=SECTIONS, draws=draws))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"group_by": by_tag, "shares": shares, "whole": whole, "memory": memory}


def measure_apart(texts: int, people: int, draws: int) -> dict[str, float]:
    """The same in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.bench.analysis", str(texts), str(people), str(draws)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure_analysis() -> bool:
    """Both sizes, told; whether the first keeps within its bounds."""
    found = measure_apart(1_000_000, 100_000, DRAWS)
    ratios = found["shares"] / found["group_by"], found["whole"] / found["group_by"]
    print(f"1 million texts, a group-by taking {found['group_by']:.2f} s: shares × {ratios[0]:.1f} (goal {SHARES}),")
    print(f"with {DRAWS} draws × {ratios[1]:.0f} (goal {INTERVALS}); {found['memory']:.1f} GiB (goal {MEMORY})")
    larger = measure_apart(10_000_000, 1_000_000, FEW_DRAWS)
    print(f"10 millions of 1 million people, {FEW_DRAWS} draws: {larger['whole']:.0f} s, {larger['memory']:.1f} GiB")
    return ratios[0] <= SHARES and ratios[1] <= INTERVALS and found["memory"] <= MEMORY


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:]))))
