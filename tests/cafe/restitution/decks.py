"""A deck made from small tables, without a base: what a test says, its figures, its files."""

from datetime import date
from types import SimpleNamespace

from analysis.frames import Frames
from analysis.referential import load_referential
from analysis.report import Options, report
from cafe.restitution.building import build_deck
from cafe.restitution.deck import Deck
from cafe.restitution.deck_opening import Setting
from cafe.restitution.source import Source
from cafe.restitution.written import Written
from cafe.results.labels import Labels
from cafe.results.services import Results
from cafe.results.slices import WHOLE
from tests.analysis.made import chosen, frames, people, ranked, rated, said, voted
from tests.conftest import NOON

REFERENTIAL = load_referential()
DRAWS, MADE_ON = 60, date(2026, 6, 1)
STATEMENTS = {"regnier.s": "Un accueil humain partout.", "regnier.t": "Une offre pour petits revenus."}
GROUPS = [
    {"group": "aidants", "label": "Acteurs de terrain", "side": "external", "in_total": 1},
    {"group": "gens", "label": "Bénéficiaires", "side": "external", "in_total": 1},
    {"group": "maison", "label": "Opérateur", "side": "internal", "in_total": 1},
]
NOTHING = Written()
ENJEUX = ("acces", "autonomie", "parcours", "accompagnement")


def small_dialogue(words: str = "Internet est trop cher", groups=None) -> Frames:
    """Seventeen people of three groups, who answer and speak of a bit of everything."""
    folk = people(aidants=6, gens=7, maison=4).assign(subgroup="Femmes", place="ville")
    answers, spoken = [], []
    for place, name in enumerate(folk["participant"]):
        turned = ENJEUX[place % 3 :] + ENJEUX[: place % 3]
        target = ("seniors", "jeunes")[place % 2]
        answers += [
            ranked(name, "freins.enjeux", *turned),
            ranked(name, f"freins.champs.{turned[0]}", *_champs(turned[0])),
            chosen(name, "populations.cible", target, kind="choice"),
            chosen(name, "usages.critiques", "emploi", *(["banque"] if place % 3 else [])),
            rated(name, "usages.dependance", emploi=4 + place % 2, banque=2 + place % 3),
            voted(("incontournable", "souhaitable", "contre")[place % 3], name, statement="regnier.t"),
            voted(1 + place % 5, name),
        ]
        spoken += _words(name, place, words)
    return frames(folk, answers, spoken, GROUPS if groups is None else groups)


def _champs(enjeu: str) -> list[str]:
    family = REFERENTIAL.family("freins")
    return [tag.code for tag in family.tags if tag.parent == enjeu][:3]


def _words(name: str, place: int, words: str):
    """Texts of several families, each saying the words asked for."""
    for family, tags in (
        ("liens", "accentue_exclusion levier"), ("raisons", "reputation_image responsabilite_societale"),
        ("essentiels", "offres_ciblees hotline_humaine"), ("initiatives", "tarif_social emmaus_connect"),
        ("partenariats", "associations collectivites"),
    ):  # fmt: skip
        tag = tags.split()[place % 2]
        contributions, laid = said(name, tag, family=family, question=family, about="cout_internet")
        yield [row | {"text": f"{words} ({family} {place})"} for row in contributions], laid


def results_of(tables: Frames, **options) -> Results:
    made = report(tables, REFERENTIAL, Options(draws=DRAWS, **options))
    return Results(made, 1, "empreinte", NOON, frozenset(tables.contributions["contribution"]), 0, [], {}, WHOLE)


def deck_of(tables: Frames, written: Written = NOTHING, results: Results | None = None, **setting) -> Deck:
    families = REFERENTIAL.families
    options = {(family.code, tag.code): tag.label for family in families for tag in family.tags}
    targets = {code: label for (family, code), label in options.items() if family == "populations"}
    rows = tables.groups.to_dict("records")
    named, in_total = ({row["group"]: row[column] for row in rows} for column in ("label", "in_total"))
    labels = Labels(options, targets, named, in_total, {family.code: family.label for family in families})
    groups = tuple(SimpleNamespace(code=row["group"], label=row["label"]) for row in rows)
    told = {"title": "Un dialogue", "fictional": True, "made_on": MADE_ON, "families": families}
    source = Source(results or results_of(tables), labels, groups, written)
    return build_deck(source, Setting(**told | {"statements": STATEMENTS} | setting))
