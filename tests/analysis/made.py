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


ENJEUX = {"acces": "a", "autonomie": "b", "parcours": "c", "accompagnement": "d"}
CHAMPS = tuple(Tag(f"{letter}{n}", enjeu) for enjeu, letter in ENJEUX.items() for n in (1, 2))
ESSENTIALS = (Tag("offre", "acces"), Tag("pret", "acces"), Tag("fonds", "eco"))


class Referential:
    """The four enjeux, each with two champs: a1 a2 under acces, b1 b2 under autonomie, and so on; a few flat families,
    and essentials of two themes."""

    slug, version, hash = "essai", 1, "0"
    families = (
        Family("freins", (*[Tag(enjeu) for enjeu in ENJEUX], *CHAMPS)),
        Family("populations", (Tag("jeunes"), Tag("ruraux"), Tag("seniors"))),
        Family("usages", (Tag("banque"), Tag("emploi"), Tag("sante"))),
        Family("raisons", (Tag("image"), Tag("societe"))),
        Family("essentiels", (*map(Tag, ("acces", "eco")), *ESSENTIALS)),
    )

    def family(self, code: str) -> Family:
        return next(family for family in self.families if family.code == code)


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


def chosen(participant: str, question: str, *options: str, kind: str = "multi") -> list[dict]:
    """A choice of some options."""
    common = {"participant": participant, "question": question, "kind": kind, "value": "1"}
    return [common | {"option": option} for option in options]


def rated(participant: str, question: str, **ratings: int) -> list[dict]:
    """Ratings, an option each."""
    common = {"participant": participant, "question": question, "kind": "rate"}
    return [common | {"option": option, "value": str(value)} for option, value in ratings.items()]


def voted(value, *participants: str, statement: str = "regnier.s") -> list[dict]:
    """The same vote of several people on a statement."""
    common = {"question": statement, "kind": "regnier", "option": "", "value": str(value)}
    return [common | {"participant": participant} for participant in participants]


def said(participant: str, *texts: str, family: str = "freins", **columns) -> tuple[list[dict], list[dict]]:
    """Contributions of one person and their tags: each text lists its tags; « offre:contre » gives a stance."""
    contributions, tags = [], []
    for n, text in enumerate(texts):
        number = f"{participant}-{n}-{family}-{'-'.join(map(str, columns.values()))}"
        contributions.append({"contribution": number, "participant": participant, "text": text} | columns)
        laid = (tag.partition(":") for tag in text.split())
        tags += [{"contribution": number, "family": family, "tag": tag, "stance": held} for tag, _, held in laid]
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


def rows_of(table, section, measure, view, place):
    """The rows of one view."""
    rows = table[(table["section"] == section) & (table["measure"] == measure) & (table["view"] == view)]
    for name, wanted in place.items():
        rows = rows[rows[name] == wanted]
    return rows


def value(table, section, measure, option, view="total", column="value", **place):
    """One figure of a table of scores."""
    return rows_of(table, section, measure, view, place).set_index("option").loc[option, column]


def figures(table, section, measure, view="total", **place):
    """The figures of a view that are not 0, by option."""
    rows = rows_of(table, section, measure, view, place)
    return {option: found for option, found in zip(rows["option"], rows["value"], strict=True) if found}
