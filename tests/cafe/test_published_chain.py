"""A fictional dialogue built on the published shares, answered and posted for real: the screen gives them back."""

import re
from uuid import uuid4

import pytest

from cafe.extensions import writing
from cafe.forum.page import find_question
from cafe.forum.services import NewPost, create_cafe, post_answer
from cafe.people import services as people
from cafe.referential.services import current_tagger
from tests.analysis.test_published import BENEFICIARIES, CHAMPS, LINKS, OTHERS, REASONS, TARGETS
from tests.cafe.guide.sitting import SECRET, begin, give
from tests.cafe.guide.small import chosen, ranked, told
from tests.cafe.test_results import results
from tests.conftest import definition

# What one says to be tagged so; a question that feeds one family keeps the rest out of the sections.
WORDS = {
    ("liens", "accentue_exclusion"): "Le numérique accentue l’exclusion.",
    ("liens", "levier"): "C’est un levier contre l’exclusion.",
    ("liens", "isolement"): "Le numérique isole les gens.",
    ("raisons", "responsabilite_societale"): "L’opérateur a une responsabilité sociale.",
    ("raisons", "reputation_image"): "L’opérateur soigne son image.",
    ("raisons", "nouveaux_clients"): "L’opérateur veut gagner de nouveaux clients.",
    ("raisons", "contact_societe"): "L’opérateur reste au contact de la société.",
    ("freins", "cout_internet"): "Internet est trop cher.",
    ("freins", "navigation"): "La navigation sur le site est trop compliquée.",
    ("freins", "competences_digitales"): "Je ne sais pas me servir d’un ordinateur.",
    ("freins", "moyens_aidants"): "Les aidants n’ont pas le temps d’aider avec Internet.",
}
FED = ("liens", "freins", "raisons")
ASKED = [
    {"day": 1, "n": n, "text": f"Question {n} ?", "feeds": [family], "visibility": "at_once"}
    for n, family in enumerate(FED, 1)
]


def _hundred(shares: dict[str, int]) -> list[str]:
    return [option for option, share in shares.items() for _ in range(share)]


def _person(group: str, n: int, now) -> int:
    return people.create_participant(f"{group} {n}", group, now).id


def _answer(person: int, link: str, target: str, stake: str, reason: str, now) -> None:
    """One person of the beneficiaries answers the guide, alone."""
    sitting = begin(person, now)
    for step, given in (
        ("liens", told(WORDS["liens", link])), ("populations.cible", chosen(target)),
        ("freins.enjeux", ranked(stake)), (f"freins.champs.{stake}", ranked(CHAMPS[stake])),
        ("raisons", told(WORDS["raisons", reason])),
    ):  # fmt: skip
        give(sitting, step, given, now)


def _post(person: int, said: dict[str, str], now) -> None:
    """One citizen posts an answer to each question of the café."""
    for n, family in enumerate(FED, 1):
        cafe, asked = find_question("publie", 1, n, person)
        post_answer(cafe, asked, person, NewPost(str(uuid4()), WORDS[family, said[family]]), SECRET, now)


@pytest.fixture
def published(house):
    """A hundred beneficiaries answer the guide, a hundred citizens post in a café."""
    now = house.clock.now
    told_by_each = zip(*map(_hundred, (LINKS, TARGETS, REASONS, BENEFICIARIES, OTHERS)), strict=True)
    with house.app.app_context():
        people.create_group("beneficiaires", "Bénéficiaires")
        create_cafe(definition(slug="publie", questions=ASKED))
        for n, (link, target, reason, stake, other) in enumerate(told_by_each):
            with writing():
                asked, citizen = _person("beneficiaires", n, now), _person("grand_public", n, now)
            _answer(asked, link, target, stake, reason, now)
            _post(citizen, {"liens": link, "freins": CHAMPS[other], "raisons": reason}, now)


def _shares(page: str, title: str) -> dict[str, int]:
    """The bars of a card: what each says beside its label."""
    card = page.split(f"<h2>{title}</h2>")[1].split("</section>")[0]
    bar = r'<th scope="row">(?:<a[^>]*>)?([^<]+)(?:</a>)?</th>\s*<td class="bar">.*?<strong>(\d+)'
    rows = re.findall(bar, card, re.DOTALL)
    return {label: int(share) for label, share in rows}


def _labels(family: str, shares: dict[str, int]) -> dict[str, int]:
    tags = {tag.code: tag.label for tag in current_tagger().referential.family(family).tags}
    return {tags[code]: share for code, share in shares.items()}


def test_the_published_shares_come_back_on_the_screen(published, client_as, house):
    analyst = client_as("analyst")
    pages = {slug: results(analyst, f"/resultats/{slug}") for slug in ("liens", "populations", "freins", "raisons")}
    with house.app.app_context():
        expected = {name: _labels(name, shares) for name, shares in (
            ("liens", LINKS), ("populations", TARGETS), ("raisons", REASONS),
        )}  # fmt: skip
        stakes = _labels("freins", BENEFICIARIES)
        everyone = _labels("freins", {"autonomie": 32, "acces": 30})
    assert _shares(pages["liens"], "Le lien entre précarité et numérique") == expected["liens"]
    assert _shares(pages["populations"], "La population à aider d’abord") == expected["populations"]
    assert _shares(pages["raisons"], "Les raisons de s’engager") == expected["raisons"]
    assert everyone.items() <= _shares(pages["freins"], "Les quatre enjeux").items()
    alone = analyst.get("/resultats/freins?groupe=beneficiaires").text
    assert _shares(alone, "Les quatre enjeux") == stakes
    assert "n = 200\u00a0personnes" in pages["liens"] and "n = 100\u00a0personnes" in alone
