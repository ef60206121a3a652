"""A small guide that holds every mechanism, and short ways to answer it."""

from functools import cache

from analysis.referential import load_referential
from cafe.guide.definition import Guide
from cafe.guide.reading import SHIPPED, read_guide
from cafe.guide.steps import Given

SMALL = """\
slug: petit
label: Petit guide
version: 1
plain:
  freins:
    acces: Avoir Internet
sections:
  - code: debut
    title: Pour commencer
    minutes: 5
    questions:
      - code: bonjour
        kind: info
        text: Bonjour.
      - code: liens
        kind: open
        text: {alone: "Qu’est-ce qui change ?", interview: "Quel lien voyez-vous ?"}
        feeds: [liens]
        follow_up: Un exemple, peut-être.
      - code: populations.cible
        kind: choice
        text: Qui aider d’abord ?
        options_from: {family: populations}
        other: D’autres personnes
      - code: populations.mots
        kind: open
        text: Décrivez ces personnes.
        feeds: [populations]
        show_if: {question: populations.cible, answered: oui}
      - code: usages.dependance
        kind: rate
        text: Est-ce nécessaire pour…
        options_from: {family: usages}
        scale: [Pas du tout, Un peu, Assez, Beaucoup, Totalement]
      - code: usages.critiques
        kind: multi
        at_most: 3
        text: Que faut-il pouvoir faire ?
        options_from: {family: usages}
  - code: freins
    title: Les freins
    minutes: 10
    questions:
      - code: freins.enjeux
        kind: rank
        text: Qu’est-ce qui compte ?
        options_from: {family: freins, depth: enjeux}
      - code: freins.champs
        kind: rank
        within: freins.enjeux
        at_most: 3
        text: Que changer d’abord ?
        options_from: {family: freins, depth: champs}
        other: Un autre frein
      - code: essentiels
        kind: open
        each: freins.champs
        each_alone: 2
        text: Que faire ?
        feeds: [essentiels]
      - code: usages.proposition
        kind: choice
        each: freins.champs
        each_alone: 2
        options_from: {family: usages}
        among: usages.critiques
        show_if: {question: essentiels, answered: oui}
        text: Pour quel usage ?
      - code: regnier.droit
        kind: statement
        text: Internet est un droit.
      - code: raisons
        kind: open
        show_if:
          all_of:
            - {question: regnier.droit, any_of: ["4", "5"]}
            - {question: populations.cible, none_of: [refus, femmes]}
        text: Pourquoi ?
        feeds: "*"
"""


@cache
def referential():
    return load_referential()


@cache
def small_guide() -> Guide:
    return read_guide(SMALL, referential())


@cache
def shipped_guide() -> Guide:
    return read_guide(SHIPPED.read_text(encoding="utf-8"), referential())


def ranked(*codes: str, others: tuple[str, ...] = ()) -> Given:
    return Given("rank", tuple((code, str(rank)) for rank, code in enumerate(codes, 1)), others=others)


def chosen(*codes: str, kind: str = "choice", others: tuple[str, ...] = ()) -> Given:
    return Given(kind, tuple((code, "1") for code in codes), others=others)


def told(text: str = "des mots") -> Given:
    return Given("open", text=text)


# What a person may have answered to everything before the obstacles.
BEGUN = {
    "bonjour": Given("info"),
    "liens": Given("open", state="passed"),
    "populations.cible": chosen("seniors"),
    "populations.mots": told("Ceux de mon immeuble"),
    "usages.dependance": Given("rate", (("emploi", "4"),)),
    "usages.critiques": chosen("sante", "emploi", kind="multi"),
}
