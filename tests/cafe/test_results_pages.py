"""Two groups side by side, families crossed, images and words: what analysts open from the results."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import update

from analysis.misclassified import person_errors, rogan_gladen
from cafe.coding.errors import measure_errors
from cafe.coding.models import GoldLabel
from cafe.extensions import writing
from cafe.people.models import Group, Participant, Staff
from tests.cafe.test_results import QUESTION, results

COMPARE = "/resultats/comparer/freins.enjeux"
CROSS = "/resultats/croiser?lignes=populations&colonnes=freins"


@pytest.fixture
def two_groups(client_as, house):
    """Two of the public speak of the price, one of the operator of the network, all for their grandmother."""
    with house.app.app_context(), writing() as session:
        session.add(Group(code="operateur", label="Opérateur", side="internal", in_total=True))
        session.flush()
        session.execute(update(Participant).where(Participant.pseudonym == "Mésange").values(group_code="operateur"))
    for name, text in (
        ("Tilleul", "Internet est trop cher pour les seniors."),
        ("Garance", "Internet est trop cher pour les seniors."),
        ("Mésange", "La navigation sur le site est trop compliquée pour les seniors."),
    ):  # fmt: skip
        client_as(name).send(QUESTION, key=str(uuid4()), text=text)


def test_a_group_stands_beside_the_others_with_its_bars_and_gaps(two_groups, client_as):
    page = results(client_as("analyst"), f"{COMPARE}?a=grand_public")
    assert "les autres groupes" in page and "écart +100" in page and "écart −100" in page
    assert "A : n = 2 · B : n = 1" in page and "fragile" in page


def test_two_groups_turned_round_have_the_opposite_gap(two_groups, client_as):
    analyst = client_as("analyst")
    one = results(analyst, f"{COMPARE}?a=grand_public&b=operateur")
    other = results(analyst, f"{COMPARE}?a=operateur&b=grand_public")
    assert "A : n = 2 · B : n = 1" in one and "A : n = 1 · B : n = 2" in other
    assert 'selected>Opérateur</option>' in one and "Aucun écart net entre eux." in other


def test_one_group_alone_is_compared_with_nobody(client_as):
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text="Internet est trop cher.")
    assert "Il faut deux groupes" in results(client_as("analyst"), COMPARE)


def test_a_section_that_is_not_there_is_not_found(client_as):
    assert client_as("analyst").get("/resultats/comparer/rien").status_code == 404


def test_families_are_chosen_then_crossed_beside_the_requests(two_groups, client_as):
    analyst = client_as("analyst")
    assert "Croiser" in analyst.get("/resultats/croiser").text
    assert "se calculent" in analyst.get(CROSS).text
    page = results(analyst, CROSS)
    assert "n = 3\u00a0personnes, 3 messages" in page and "pointillés" in page.lower()
    assert "«\u00a0Seniors\u00a0»" in page and "fragile" not in page.split("Les liens nets")[0].split("few")[0]


def test_each_cell_opens_the_words_that_carry_both(two_groups, client_as):
    analyst = client_as("analyst")
    page = results(analyst, CROSS)
    assert "/resultats/paroles/populations/seniors?avec=freins:cout_internet" in page
    words = analyst.get("/resultats/paroles/populations/seniors?avec=freins:cout_internet").text
    assert words.count("<figure") == 2 and "compliqu" not in words


def test_a_third_family_makes_layers_and_a_group_makes_a_part(two_groups, client_as):
    analyst = client_as("analyst")
    page = results(analyst, "/resultats/croiser?lignes=populations&colonnes=freins&couches=freins.grands")
    assert "tous les textes (3)" in page and "Accès des utilisateurs au numérique (2)" in page
    layered = "/resultats/croiser?lignes=populations&colonnes=freins&couches=freins.grands&couche=rien"
    assert "n = 3\u00a0personnes" in results(analyst, layered)
    alone = results(analyst, f"{CROSS}&groupe=operateur")
    assert "n = 1\u00a0personne, 1 message" in alone


def test_the_same_family_twice_is_refused_in_a_sentence(client_as):
    page = client_as("analyst").get("/resultats/croiser?lignes=freins&colonnes=freins").text
    assert "Choisissez deux familles différentes." in page


def test_families_that_nobody_said_together_make_an_empty_state(client_as):
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text="Internet est trop cher.")
    assert "Personne n’a parlé des deux" in results(client_as("analyst"), CROSS)


@pytest.mark.parametrize("image", ["groupes/freins.enjeux.svg", "essentiels.svg"])
def test_charts_are_images_that_need_nothing_else(image, two_groups, client_as):
    analyst = client_as("analyst")
    assert analyst.get(f"/resultats/image/{image}").status_code == 404
    results(analyst, "/resultats/freins")
    first, again = (analyst.get(f"/resultats/image/{image}") for _ in range(2))
    assert first.mimetype == "image/svg+xml" and first.data == again.data
    assert first.data.startswith(b"<?xml") and b"<script" not in first.data and b"href=\"http" not in first.data


def test_a_chart_of_nobody_is_not_there(two_groups, client_as):
    analyst = client_as("analyst")
    results(analyst, "/resultats/freins")
    assert analyst.get("/resultats/image/groupes/usages.dependance.svg").status_code == 404


def test_the_cloud_has_its_table_and_each_group_its_words(client_as, two_groups):
    page = results(client_as("analyst"), "/resultats/liens")
    assert '<svg class="cloud"' in page and "textLength" in page
    assert "<th scope=\"row\">senior</th><td>3</td>" in page


def test_words_that_one_person_alone_says_are_counted_and_not_shown(client_as, two_groups):
    page = results(client_as("analyst"), "/resultats/liens")
    table = page.split("Le tableau des mots")[1].split("</details>")[0]
    assert "compliqué" not in table and "dits par une seule personne" in table


def test_the_same_words_by_two_people_are_quoted_once(client_as, two_groups):
    page = results(client_as("analyst"), "/resultats/populations")
    quoted = re.findall(r"<blockquote>«&nbsp;(.+?)&nbsp;»", page)
    assert quoted and len(set(quoted)) == len(quoted)


def test_the_same_words_make_the_same_cloud(client_as, two_groups):
    analyst = client_as("analyst")
    first = results(analyst, "/resultats/liens").split("<svg")[1].split("</svg>")[0]
    client_as("moderator").send("/moderation/1/tag", tag="freins:cout_internet", state="removed")
    assert first == results(analyst, "/resultats/liens").split("<svg")[1].split("</svg>")[0]


def test_without_gold_a_share_of_people_says_why_it_is_not_corrected(two_groups, client_as):
    page = results(client_as("analyst"), "/resultats/freins?mesure=cited")
    assert "Pas de correction ici" in page
    assert "Corrigé des erreurs" not in results(client_as("analyst"), "/resultats/freins")


def test_the_gold_of_the_install_corrects_beside(client_as, house):
    """Of 6 gold texts that carry the price 5 have its rule; of 5 others, none: sensitivity 5/6, specificity 1."""
    texts = ["Internet est trop cher."] * 5 + ["Le prix pique, franchement."] + ["Le débit est mauvais."] * 5
    for n, text in enumerate(texts):
        client_as(("Tilleul", "Garance", "Mésange")[n % 3]).send(QUESTION, key=str(uuid4()), text=f"{text} {n}")
    analyst = client_as("analyst")
    assert "Pas de correction ici" in results(analyst, "/resultats/freins?mesure=cited")
    with house.app.app_context(), writing() as session:
        staff = session.query(Staff.id).first()[0]
        for n in range(len(texts)):
            codes = "cout_internet" if n < 6 else "couverture_reseau"
            row = {"contribution_id": n + 1, "family": "freins", "codes": codes, "staff_id": staff}
            session.add(GoldLabel(settled_at=house.clock.now, **row))
    with house.app.app_context():
        error = measure_errors()["freins", "cout_internet"]
    assert (error.carrying, error.texts, error.specificity) == (6, 11, 1.0)
    page = results(analyst, "/resultats/freins?mesure=cited")
    assert "Rogan et Gladen" in page and "6 sur 11" in page
    assert rogan_gladen(1.0, *person_errors(error.sensitivity, 1.0, [4])) == 1.0
