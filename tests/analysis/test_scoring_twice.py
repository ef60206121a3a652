"""Random dialogues, scored twice: by `analysis`, and by the plain second reading of `naive.py`."""

import random
from functools import partial

import pandas as pd
import pytest

from analysis.frames import make_frames
from analysis.scoring import score
from tests.analysis.made import CHAMPS, ENJEUX, Referential
from tests.analysis.naive import Dialogue, family, freins, over

OPTIONS = {
    "freins": [tag.code for tag in CHAMPS], "populations": ["jeunes", "ruraux", "seniors", "nomades"],
    "raisons": ["image", "societe"], "essentiels": ["offre", "pret", "fonds"],
}  # fmt: skip
# Each section, how it reads a person, and its level.
READINGS = {
    "freins.enjeux": (freins, "enjeux"),
    "freins.champs": (freins, ""),
    "populations": (partial(family, question="populations.cible", name="", ranking=False), ""),
    "populations.touchees": (partial(family, question="populations.touchees", name="", ranking=False), ""),
    "populations.citees": (partial(family, question="", name="populations", ranking=False), ""),
    "raisons": (partial(family, question="raisons", name="raisons", ranking=True), ""),
    "essentiels": (partial(family, question="essentiels", name="essentiels", ranking=False), ""),
}
QUESTIONS = (
    ("freins.enjeux", "rank", list(ENJEUX)),
    *[(f"freins.champs.{enjeu}", "rank", [f"{letter}1", f"{letter}2"]) for enjeu, letter in ENJEUX.items()],
    ("populations.cible", "choice", OPTIONS["populations"]),
    ("populations.touchees", "multi", OPTIONS["populations"]),
    ("raisons", "rank", OPTIONS["raisons"]),
    ("essentiels", "multi", OPTIONS["essentiels"]),
)
PLACES = ("subgroup", "profile", "target")


def _answers(draw: random.Random, person: str) -> list[dict]:
    rows = []
    for question, kind, options in QUESTIONS:
        if draw.random() < 0.6:
            continue
        most = 1 if kind == "choice" else len(options)
        kept = draw.sample(options, draw.randint(1, most)) if draw.random() < 0.9 else [draw.choice(["nsp", "refus"])]
        for option in kept:
            value = draw.randint(1, 3) if kind == "rank" else 1
            common = {"participant": person, "question": question, "kind": kind}
            rows.append(common | {"option": option, "value": str(value)})
    return rows


def _texts(draw: random.Random, person: str) -> tuple[list[dict], list[dict]]:
    texts, tags = [], []
    for n in range(draw.randint(0, 4)):
        number = f"{person}.{n}"
        texts.append({
            "contribution": number, "participant": person, "source": draw.choice(["cafe", "interview"]),
            "feeds": draw.choice(["*", "freins", "raisons populations", ""]), "prompted": int(draw.random() < 0.2),
        })  # fmt: skip
        for _ in range(draw.randint(0, 4)):
            kind = draw.choice(list(OPTIONS))
            tags.append({"contribution": number, "family": kind, "tag": draw.choice(OPTIONS[kind])})
    return texts, tags


def random_dialogue(seed: int):
    draw = random.Random(seed)
    people = [
        {"participant": f"p{n:02}", "group": draw.choice("abc"), "subgroup": draw.choice(["", "x", "y"]),
         "profile": draw.choice(["", "u"]), "target": draw.choice(["", "jeunes", "seniors"])}
        for n in range(draw.randint(1, 14))
    ]  # fmt: skip
    groups = [{"group": g, "label": g, "in_total": int(g != "c")} for g in "abcd"]
    answers = [row for person in people for row in _answers(draw, person["participant"])]
    texts, tags = [], []
    for person in people:
        own, laid = _texts(draw, person["participant"])
        texts, tags = texts + own, tags + laid
    tables = {"participants": people, "groups": groups, "answers": answers, "contributions": texts, "tags": tags}
    return make_frames({name: pd.DataFrame(rows) for name, rows in tables.items()})


def expected_views(dialogue: Dialogue):
    """(view, place, the groups' people, the source) of every view that may have a row."""
    by_group = {g: [p["participant"] for p in dialogue.people if p["group"] == g] for g in "abc"}
    total = [people for group, people in by_group.items() if group in dialogue.total]
    yield "total", {}, total, ""
    yield "all", {}, list(by_group.values()), ""
    for group, people in by_group.items():
        yield "group", {"group": group}, [people], ""
    for source in ("cafe", "interview"):
        yield "source", {"source": source}, total, source
    for place in PLACES:
        for value in {p[place] for p in dialogue.people} - {""}:
            own = {p["participant"] for p in dialogue.people if p[place] == value}
            yield place, {place: value}, [[p for p in people if p in own] for people in total], ""


@pytest.mark.parametrize("seed", range(6))
def test_both_readings_agree(seed):
    frames = random_dialogue(seed)
    table, dialogue, compared = score(frames, Referential(), draws=0), Dialogue(frames), 0
    for view, place, groups, source in expected_views(dialogue):
        rows = table[table["view"] == view]
        for name, value in place.items():
            rows = rows[rows[name] == value]
        for section, (reading, level) in READINGS.items():
            for measure in ("expressed", "cited", "score"):
                found = rows[(rows["section"] == section) & (rows["measure"] == measure)]
                got = found.set_index("option")["value"].to_dict()
                wanted = over(groups, lambda p, r=reading, s=source: r(dialogue, p, s), measure, level)
                assert bool(got) == (wanted is not None), (view, place, section, measure)
                assert {o: v for o, v in got.items() if v} == pytest.approx(wanted or {}, abs=1e-9)
                compared += len(got)
    assert compared
