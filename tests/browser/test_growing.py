"""A moderator makes the référentiel grow from the screen alone: a tag, its rule, twenty corrections, a proposal."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from sqlalchemy import select

from cafe.corpus.models import Question
from cafe.corpus.services import NewContribution, record
from cafe.extensions import db
from cafe.forum.definition import CafeDefinition
from cafe.forum.services import create_cafe
from cafe.people import services as people
from cafe.referential.services import current_tagger
from cafe.referential.versions import publish
from tests.browser.conftest import small_site
from tests.cafe.coding.growing import DRAFT, SMALL
from tests.live import Citizen

PASSWORD, CORRECTED = "une-longue-phrase", 20
SAID = [f"Le bidulotron de la mairie ferme tôt, histoire {number}." for number in range(CORRECTED)]
OTHERS = [f"Une belle journée au marché, {number}." for number in range(CORRECTED)]
CHEQUES = [f"Mon chèque énergie est arrivé en {month}." for month in ("mars", "avril", "mai")]


def _fill(app, now: datetime) -> dict:
    """A café where one citizen said all this, a small référentiel, a moderator; returns what opens the doors."""
    people.create_group("grand_public", "Grand public")
    question = {"day": 1, "n": 1, "text": "Que se passe-t-il chez vous ?"}
    opened = {"first_day": (now - timedelta(days=1)).date(), "questions": [question]}
    create_cafe(CafeDefinition(slug="pousse", title="Le café", **opened))
    people.create_staff("moderator", "moderator", PASSWORD, now)
    citizens = [people.create_participant(name, "grand_public", now) for name in ("Tilleul", "Garance")]
    people.give_consent(citizens[1].id, 1, now)
    publish(SMALL, now)
    asked = db.session.scalar(select(Question.id))
    for text in SAID + OTHERS + CHEQUES:
        record(NewContribution(str(uuid4()), citizens[0].id, asked, text), current_tagger(), "k", now)
    card = people.issue_card(citizens[1].id, app.config["KEYS"]["cards"], now)
    return {"citizens": [card], "staff": {"moderator": {"login": "moderator", "password": PASSWORD}}}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small install of its own, served."""
    yield from small_site(
        tmp_path_factory.mktemp("pousse"), "Le référentiel", lambda app: _fill(app, datetime.now(UTC))
    )


def _once_done(phone, words: str) -> None:
    """Follow the work to the page that tells what came of it."""
    ended = "#work .notice a"
    phone.until(lambda: phone.find_elements(By.CSS_SELECTOR, ended) or words in phone.one("main").text)
    if phone.find_elements(By.CSS_SELECTOR, ended):
        phone.press(ended)
    phone.says(words)


def _add_a_tag(phone) -> None:
    phone.go("/referentiel/freins/nouveau-tag")
    phone.write("#label", "Chèque énergie")
    phone.write("#code", "cheque_energie")
    Select(phone.one("#parent")).select_by_visible_text("Accès")
    phone.write("#pattern", "chèque énergie")
    phone.press("form.card .button")
    phone.says("Un brouillon est en cours")


def _compare_and_publish(phone, gained: str) -> None:
    phone.go(DRAFT)
    phone.press("[action$='/comparer'] .button")
    _once_done(phone, gained)
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
    phone.press("[action$='/publier'] .button")
    _once_done(phone, "portent les tags de la version")


def _correct_twenty(phone) -> None:
    """Lay « Lieu d’accès » by hand on each text of the list that lacks it."""
    phone.go("/moderation?mots=bidulotron")
    pages = [link.get_attribute("href") for link in phone.find_elements(By.CSS_SELECTOR, "article .acts a.button")]
    assert len(pages) == CORRECTED
    for page in pages:
        phone.get(page)
        Select(phone.one("#tag")).select_by_visible_text("Lieu d’accès")
        phone.press("[action$='/ajouter'] .button:not(.other)")
    assert "Lieu d’accès" in phone.one(".tags").text


def _accept_what_it_teaches(phone) -> None:
    phone.go("/referentiel/propositions")
    phone.press("[action$='/apprendre'] .button")
    _once_done(phone, "nouvelle")
    phone.go("/referentiel/propositions")
    assert "20 textes corrigés" in phone.one(".idea").text
    assert phone.one(".idea input[name=term]").get_attribute("value").startswith("bidulotron")
    phone.press(".idea [value=accept]")
    phone.says("La règle est dans le brouillon.")


def test_a_tag_its_rule_twenty_corrections_and_what_they_teach(phone, site):
    phone.sign_in("moderator")
    _add_a_tag(phone)
    _compare_and_publish(phone, "3 textes gagnent ce tag")
    _correct_twenty(phone)
    _accept_what_it_teaches(phone)
    _compare_and_publish(phone, "textes lus")
    citizen = Citizen(site.port)
    citizen.enter(site.doors["citizens"][0])
    assert citizen.post_answer("/cafe/pousse/jour/1/1", SAID[0]) == 303
    phone.go("/moderation?mots=bidulotron")
    newest = phone.one("article").text
    assert "Garance" in newest and "Lieu d’accès" in newest
