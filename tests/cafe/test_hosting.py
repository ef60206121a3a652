"""The host's days: greeting, synthesis, watching, states of posts, the end of the café."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from cafe.corpus.models import Contribution
from cafe.extensions import db, writing
from cafe.forum.models import Cafe, Reopening

OPEN, AFTER_OWN, NEVER = "/cafe/essai/jour/1/2", "/cafe/essai/jour/1/1", "/cafe/essai/jour/2/1"
SYNTHESIS = "/animation/essai/jour/1/synthese"


def _say(client, text, place=OPEN) -> int:
    return int(client.send(place, key=str(uuid4()), text=text).location.rpartition("#m")[2])


@pytest.fixture
def citizen(client_as):
    return client_as("Tilleul")


@pytest.fixture
def moderator(client_as):
    return client_as("moderator")


def _set(house, **values):
    with house.app.app_context(), writing() as session:
        session.execute(update(Cafe).values(**values))


def test_the_first_post_of_the_day_is_greeted_and_only_it(citizen, clock):
    for expected in (True, False):
        _say(citizen, "bonjour")
        assert ("Votre premier message du jour" in citizen.get(OPEN).text) is expected
    clock.move(days=1)
    _say(citizen, "bonjour")
    assert "Votre premier message du jour" in citizen.get(OPEN).text


def test_moderated_before_a_post_waits_and_only_its_author_sees_it(house, citizen, client_as):
    _set(house, moderation="before")
    _say(citizen, "Mots en attente")
    other = client_as("Garance")
    _say(other, "bonjour")
    page = citizen.get(OPEN).text
    assert "Mots en attente" in page and "en attente d’un animateur" in page
    assert "Mots en attente" not in other.get(OPEN).text
    with house.app.app_context():
        assert set(db.session.scalars(select(Contribution.status))) == {"waiting"}


def test_what_came_back_says_why_and_corrected_it_waits_again(house, citizen, client_as):
    number = _say(citizen, "Mots durs")
    with house.app.app_context(), writing() as session:
        session.execute(update(Contribution).values(status="returned", status_reason="Soyez plus doux."))
    assert "Renvoyé par l’animation. Pourquoi : Soyez plus doux." in citizen.get(OPEN).text
    assert "Mots durs" not in client_as("Garance").get(OPEN).text
    citizen.send(f"{OPEN}/message/{number}", action="correct", text="Mots doux")
    with house.app.app_context():
        post = db.session.get(Contribution, number)
        assert (post.status, post.text) == ("waiting", "Mots doux")


def test_each_state_is_said_to_the_author(citizen):
    _say(citizen, "pour tous")
    _say(citizen, "pour l’équipe", NEVER)
    assert "✓ publié" in citizen.get(OPEN).text
    assert "✓ enregistré" in citizen.get(NEVER).text


def test_the_synthesis_is_read_once_published_with_its_verbatims(citizen, moderator, client_as):
    first, second = _say(citizen, "Le prix bloque"), _say(citizen, "Le réseau aussi")
    moderator.send(SYNTHESIS, text="Une journée sur les prix.", verbatim=[first, second], action="save")
    assert "Une journée sur les prix." not in citizen.get(OPEN).text
    assert "Une journée sur les prix." in moderator.get(SYNTHESIS).text
    moderator.send(SYNTHESIS, text="Une journée sur les prix.", verbatim=[first], action="publish")
    page = citizen.get(OPEN).text
    assert "Une journée sur les prix." in page and "« Le prix bloque » — Tilleul" in page
    assert "« Le réseau aussi » — Tilleul" not in page
    assert "Une journée sur les prix." not in client_as("Garance").get(AFTER_OWN).text


def test_a_synthesis_quotes_only_what_all_may_read_and_still_stands(citizen, moderator):
    secret, kept = _say(citizen, "Entre nous", NEVER), _say(citizen, "Pour tous")
    moderator.send(SYNTHESIS, text="Voici.", verbatim=[secret, kept], action="publish")
    page = citizen.get(OPEN).text
    assert "« Pour tous »" in page and "« Entre nous »" not in page
    citizen.send(f"{OPEN}/message/{kept}", action="withdraw")
    assert "« Pour tous »" not in citizen.get(OPEN).text


def test_a_refused_synthesis_keeps_its_words_and_a_search_keeps_the_choice(citizen, moderator):
    numbers = [_say(citizen, f"Message {n}") for n in range(13)]
    refused = moderator.send(SYNTHESIS, text="Mes mots", verbatim=numbers, action="publish")
    assert refused.status_code == 400 and "12 messages au plus" in refused.text and "Mes mots" in refused.text
    assert moderator.send(SYNTHESIS, text=" ", action="publish").status_code == 400
    found = moderator.send(SYNTHESIS, text="Mes mots", verbatim=[numbers[0]], mots="Message 12", action="search").text
    assert f'value="{numbers[0]}" checked' in found and f'value="{numbers[12]}"' in found
    assert f'value="{numbers[5]}"' not in found


def test_observers_read_what_citizens_read_and_cannot_write(citizen, client_as):
    _say(citizen, "Pour tous")
    _say(citizen, "Après la mienne", AFTER_OWN)
    _say(citizen, "Entre nous", NEVER)
    observer = client_as("observer")
    assert "Pour tous" in observer.get("/animation/essai/jour/1/2").text
    page = observer.get("/animation/essai/jour/1/1").text
    assert "Après la mienne" in page and "textarea" not in page and "reaction" not in page
    assert "Entre nous" not in observer.get("/animation/essai/jour/2/1").text
    assert observer.get("/animation/essai/jour/4").status_code == 200
    assert observer.get("/animation/essai/jour/99").status_code == 404
    assert observer.send(OPEN, key=str(uuid4()), text="moi").status_code in (302, 303, 403)
    assert observer.get(SYNTHESIS).status_code == 403


def test_once_over_the_cafe_thanks_and_takes_nothing_but_withdrawals(citizen, clock):
    number = _say(citizen, "Mes premiers mots")
    clock.move(days=20)
    assert citizen.get("/").location == "/merci"
    assert "1 personnes" not in citizen.get("/merci").text or "Merci" in citizen.get("/merci").text
    assert "Le café est terminé" in citizen.get(OPEN).text
    refused = citizen.send(f"{OPEN}/message/{number}", action="correct", text="Changés")
    assert refused.status_code == 409 and "Changés" in refused.text
    citizen.send(f"/mes-mots/{number}/retirer")
    assert "Mes premiers mots" not in citizen.get("/mes-mots").text


def test_thanks_wait_for_the_end(citizen):
    assert citizen.get("/merci").location == "/"


def test_ones_own_words_are_kept_and_are_nobody_elses(citizen, client_as):
    number = _say(citizen, "À moi <b>")
    _say(citizen, "Entre nous", NEVER)
    page = citizen.get("/mes-mots").text
    assert "À moi &lt;b&gt;" in page and "Entre nous" in page and "Et le téléphone ?" in page
    file = citizen.get("/mes-mots.txt")
    assert file.mimetype == "text/plain" and "À moi <b>" in file.text
    other = client_as("Garance")
    assert "À moi" not in other.get("/mes-mots").text
    assert other.send(f"/mes-mots/{number}/retirer").status_code == 403
    assert "À moi" in citizen.get("/mes-mots").text


def test_the_days_at_a_glance(citizen, moderator):
    _say(citizen, "bonjour")
    page = moderator.get("/animation").text
    assert "Jour 3 (aujourd’hui)" in page and "à écrire" in page


def test_a_reopened_day_takes_answers_until_its_moment_even_after_the_end(house, citizen, clock):
    clock.move(days=20)
    assert citizen.send(OPEN, key=str(uuid4()), text="trop tard").status_code == 409
    with house.app.app_context(), writing() as session:
        cafe_id = session.scalar(select(Cafe.id))
        session.add(Reopening(cafe_id=cafe_id, day=1, until=clock.now + timedelta(hours=2)))
    assert "textarea" in citizen.get(OPEN).text
    assert citizen.send(OPEN, key=str(uuid4()), text="à temps").status_code == 303
    assert citizen.send(NEVER, key=str(uuid4()), text="autre jour").status_code == 409
    clock.move(hours=3)
    assert citizen.send(OPEN, key=str(uuid4()), text="trop tard").status_code == 409
