"""design.md's scoring read a second time, person by person with fractions: slow, and owing nothing to `analysis`."""

from collections import defaultdict
from fractions import Fraction

from tests.analysis.made import CHAMPS, ENJEUX

SILENT = ("nsp", "refus")
PARENT = {tag.code: tag.parent for tag in CHAMPS}


class Dialogue:
    """The tables as plain rows."""

    def __init__(self, frames):
        self.people = frames.participants.to_dict("records")
        self.total = {row["group"] for row in frames.groups.to_dict("records") if row["in_total"]}
        self.answers = [row for row in frames.answers.to_dict("records") if row["option"] not in SILENT]
        self.texts = frames.contributions.to_dict("records")
        self.tags = defaultdict(set)
        for row in frames.tags.to_dict("records"):
            self.tags[row["contribution"]].add((row["family"], row["tag"]))

    def given(self, person: str, question: str) -> dict[str, int]:
        rows = [row for row in self.answers if row["participant"] == person and row["question"] == question]
        return {row["option"]: float(row["value"]) for row in rows}

    def said(self, person: str, family: str, source: str) -> list[str]:
        """One entry a (contribution, tag) pair that counts."""
        return [
            tag
            for text in self.texts
            if text["participant"] == person and source in ("", text["source"]) and not text["prompted"]
            if {"*", family} & set(text["feeds"].split())
            for tagged, tag in sorted(self.tags[text["contribution"]])
            if tagged == family
        ]

    def came_by(self, person: str, source: str) -> bool:
        return not source or any(t["participant"] == person and t["source"] == source for t in self.texts)


def positions(ranks: dict[str, float]) -> dict[str, Fraction]:
    """1 + how many are before + half of the others at the same rank."""
    values = list(ranks.values())
    return {
        option: 1 + sum(v < rank for v in values) + Fraction(sum(v == rank for v in values) - 1, 2)
        for option, rank in ranks.items()
    }


def retained(ranks: dict[str, float]) -> dict[str, Fraction]:
    k = len(ranks)
    return {option: (k - place + 1) / Fraction(k * (k + 1), 2) for option, place in positions(ranks).items()}


def counted(pairs: list[str]) -> dict[str, Fraction]:
    return {tag: Fraction(pairs.count(tag), len(pairs)) for tag in pairs}


def freins(dialogue: Dialogue, person: str, source: str) -> tuple[set, dict]:
    """S_p over the champs, and x_p over the champs and what is unspecified."""
    present = dialogue.came_by(person, source)
    enjeux = dialogue.given(person, "freins.enjeux") if present else {}
    champs = {e: dialogue.given(person, f"freins.champs.{e}") if present else {} for e in ENJEUX}
    if not enjeux and not any(champs.values()):
        pairs = [tag for tag in dialogue.said(person, "freins", source) if tag in PARENT]
        return set(pairs), counted(pairs)
    cited = {champ for kept in champs.values() for champ in kept}
    return cited, ranked_points(enjeux, champs) if enjeux else {}


def ranked_points(enjeux: dict, champs: dict) -> dict:
    left, points = Fraction(4 - len(enjeux) + 1, 2), {}
    places = positions(enjeux)
    for enjeu in ENJEUX:
        x = (4 - places[enjeu] + 1 if enjeu in places else left) / 10
        if champs[enjeu]:
            points |= {champ: x * within for champ, within in retained(champs[enjeu]).items()}
        else:
            points[f"{enjeu}.non_precise"] = x
    return points


def family(dialogue: Dialogue, person: str, source: str, question: str, name: str, ranking: bool) -> tuple[set, dict]:
    answered = dialogue.given(person, question) if question and dialogue.came_by(person, source) else {}
    if answered:
        points = retained(answered) if ranking else {o: Fraction(1, len(answered)) for o in answered}
        return set(answered), points
    pairs = dialogue.said(person, name, source) if name else []
    return set(pairs), counted(pairs)


def under(tag: str) -> str:
    return tag.removesuffix(".non_precise") if tag.endswith(".non_precise") else PARENT[tag]


def measured(people: list[str], read, measure: str, level: str) -> dict | None:
    """A group's value by option; None when nobody has the measure."""
    numerator, denominator = defaultdict(Fraction), Fraction(0)
    for person in people:
        cited, points = read(person)
        got = list(points.items()) if measure == "score" else [(option, Fraction(1)) for option in cited]
        if level == "enjeux":
            got = [(under(option), value) for option, value in got]
            got = [(option, Fraction(1)) for option in {o for o, _ in got}] if measure == "cited" else got
        if not got:
            continue
        denominator += sum(value for _, value in got) if measure == "expressed" else 1
        for option, value in got:
            numerator[option] += value
    return {option: float(value / denominator) for option, value in numerator.items()} if denominator else None


def over(groups: list[list[str]], read, measure: str, level: str) -> dict | None:
    """The mean of the groups' values."""
    values = [value for people in groups if (value := measured(people, read, measure, level)) is not None]
    options = {option for value in values for option in value}
    return {o: sum(value.get(o, 0) for value in values) / len(values) for o in options} if values else None
