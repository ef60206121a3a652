"""Small tables for tests: a référentiel of two enjeux or four, people and what they said."""

from dataclasses import dataclass

import pandas as pd

from analysis.frames import Frames, make_frames


@dataclass(frozen=True)
class Tag:
    code: str
    parent: str = ""


@dataclass(frozen=True)
class Family:
    code: str
    tags: tuple[Tag, ...]


class Referential:
    """The four enjeux, each with two champs: a1 a2 under acces, b1 b2 under autonomie, and so on."""

    def family(self, code: str) -> Family:
        enjeux = {"acces": "a", "autonomie": "b", "parcours": "c", "accompagnement": "d"}
        champs = [Tag(f"{letter}{n}", enjeu) for enjeu, letter in enjeux.items() for n in (1, 2)]
        return Family(code, (*[Tag(enjeu) for enjeu in enjeux], *champs))


def people(**groups: int) -> pd.DataFrame:
    """n people a group: people(g=2) makes g0 and g1."""
    rows = [{"participant": f"{group}{n}", "group": group} for group, size in groups.items() for n in range(size)]
    return pd.DataFrame(rows)


def ranked(participant: str, question: str, *options: str) -> list[dict]:
    """A ranking in order; « a=b » ties two options."""
    return [
        {"participant": participant, "question": question, "kind": "rank", "option": option, "value": str(rank)}
        for rank, tied in enumerate(options, 1)
        for option in tied.split("=")
    ]


def said(participant: str, *texts: str, **columns) -> tuple[list[dict], list[dict]]:
    """Contributions of one person and their tags: each text lists its champs."""
    contributions, tags = [], []
    for n, text in enumerate(texts):
        number = f"{participant}-{n}-{'-'.join(map(str, columns.values()))}"
        contributions.append({"contribution": number, "participant": participant, "text": text} | columns)
        tags += [{"contribution": number, "family": "freins", "tag": tag} for tag in text.split()]
    return contributions, tags


def frames(participants: pd.DataFrame, answers=(), spoken=(), groups=None) -> Frames:
    """The frames of these people, rankings and words."""
    tables = {"participants": participants}
    if answers:
        tables["answers"] = pd.DataFrame([row for ranking in answers for row in ranking])
    if spoken:
        tables["contributions"] = pd.DataFrame([row for contributions, _ in spoken for row in contributions])
        tables["tags"] = pd.DataFrame([row for _, tags in spoken for row in tags])
    if groups is not None:
        tables["groups"] = pd.DataFrame(groups)
    return make_frames(tables)
