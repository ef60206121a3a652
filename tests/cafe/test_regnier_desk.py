"""Moderators write statements from what citizens said, and follow their vote."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from cafe.corpus.models import Question
from cafe.extensions import db
from cafe.moderation.models import Decision
from tests.cafe.moderating import AFTER_OWN, NEVER, OPEN, say
from tests.cafe.voting import CLOSES, DESK, OPENS, ROOM, vote, write


@pytest.fixture
def moderator(client_as):
    return client_as("moderator")


def _questions(house) -> dict[str, str]:
    with house.app.app_context():
        query = select(Question.text, Question.feeds).where(Question.code.startswith("regnier."))
        return dict(db.session.execute(query).tuples().all())


def test_a_statement_comes_from_a_message_which_stays_linked_and_unsigned(house, moderator, client_as):
    number = say(client_as("Tilleul"), "Il faut un guichet, Internet ne suffit pas.", AFTER_OWN)
    form = moderator.get(f"{DESK}/nouvelle?message={number}").text
    assert "Il faut un guichet" in form and "Tilleul" not in form
    statement = write(moderator, "Garder un guichet.", origin=str(number))
    page = moderator.get(f"{DESK}/{statement}").text
    assert "Il faut un guichet" in page and "Tilleul" not in page
    assert "Garder un guichet." in moderator.get(f"/moderation/{number}").text
    with house.app.app_context():
        assert [(d.action, d.detail) for d in db.session.scalars(select(Decision))] == [
            ("statement", "« Garder un guichet. »")
        ]
    # What is said of it counts where the words that it comes from count.
    assert _questions(house) == {"Garder un guichet.": "freins"}
    voter = client_as("Garance").get(f"{ROOM}/{statement}").text
    assert "Il faut un guichet" not in voter and "Tilleul" not in voter


def test_a_message_is_linked_and_unlinked_afterwards(house, moderator, client_as):
    number, statement = say(client_as("Tilleul"), "Trop cher.", OPEN), write(moderator)
    moderator.send(f"{DESK}/{statement}/origine", message=str(number))
    assert "Trop cher." in moderator.get(f"{DESK}/{statement}").text
    moderator.send(f"{DESK}/{statement}/delier", message=str(number))
    assert "Aucun message n’est lié" in moderator.get(f"{DESK}/{statement}").text
    assert "N’est plus à l’origine" in moderator.get(f"/moderation/{number}").text


def test_words_for_the_team_alone_make_no_statement(moderator, client_as):
    number = say(client_as("Tilleul"), "Entre nous.", NEVER)
    fields = {"key": str(uuid4()), "cafe": "essai", "text": "Une phrase.", "scale": "words", "place": "1"}
    fields |= {"opens_at": OPENS, "closes_at": CLOSES, "origin": str(number)}
    refused = moderator.send(f"{DESK}/nouvelle", **fields)
    assert refused.status_code == 400 and "pour l’équipe seule" in refused.text and "Une phrase." in refused.text
    assert "Aucune affirmation" in moderator.get(DESK).text


def test_what_its_author_withdrew_is_shown_no_more(moderator, client_as):
    citizen = client_as("Tilleul")
    number = say(citizen, "Il faut un guichet.", OPEN)
    statement = write(moderator, origin=str(number))
    citizen.send(f"/mes-mots/{number}/retirer")
    assert "Il faut un guichet" not in moderator.get(f"{DESK}/{statement}").text


FAULTS = [
    ({"text": " "}, "Écrivez l’affirmation"),
    ({"text": "x" * 241}, "trop longue"),
    ({"scale": "rien"}, "Choisissez comment"),
    ({"place": "0"}, "rang"),
    ({"closes_at": OPENS}, "ferme avant d’ouvrir"),
    ({"opens_at": "demain"}, "Choisissez une date"),
    ({"cafe": "ailleurs"}, "Choisissez un café"),
    ({"key": "x"}, "trop vieille"),
]


@pytest.mark.parametrize(("change", "sentence"), FAULTS)
def test_each_fault_has_its_sentence_and_loses_nothing(moderator, change, sentence):
    fields = {"key": str(uuid4()), "cafe": "essai", "text": "Mes mots choisis", "scale": "words", "place": "7"}
    refused = moderator.send(f"{DESK}/nouvelle", **fields | {"opens_at": OPENS, "closes_at": CLOSES} | change)
    assert refused.status_code == 400 and sentence in refused.text
    assert change.get("text", "Mes mots choisis").strip() in refused.text
    assert "Aucune affirmation" in moderator.get(DESK).text


def test_sent_five_times_a_statement_is_one_and_other_words_are_refused(house, moderator):
    key = str(uuid4())
    assert len({write(moderator, "Une.", key=key) for _ in range(5)}) == 1
    fields = {"cafe": "essai", "scale": "words", "place": "1", "opens_at": OPENS, "closes_at": CLOSES}
    refused = moderator.send(f"{DESK}/nouvelle", key=key, text="Une autre.", **fields)
    assert refused.status_code == 409 and "Une autre." in refused.text and len(_questions(house)) == 1


def test_words_change_until_the_first_vote_dates_and_rank_after_it_too(house, moderator, client_as):
    number = write(moderator, "Avant.")
    here, fields = f"{DESK}/{number}", {"scale": "colours", "place": "2", "opens_at": OPENS, "closes_at": CLOSES}
    assert moderator.send(here, text="Après.", **fields).status_code == 303
    assert list(_questions(house)) == ["Après."]
    vote(client_as("Tilleul"), number, "5", edition="2")
    refused = moderator.send(here, text="Encore.", **fields)
    assert refused.status_code == 409 and "déjà voté" in refused.text and list(_questions(house)) == ["Après."]
    assert moderator.send(here, text="Après.", **fields | {"scale": "words"}).status_code == 409
    assert moderator.send(here, text="Après.", **fields | {"place": "9"}).status_code == 303
    assert 'name="place" inputmode="numeric" value="9"' in moderator.get(here).text


def test_the_list_says_where_each_vote_stands(moderator, client_as, clock):
    first = write(moderator, "Ouverte.")
    write(moderator, "À venir.", place="2", opens_at="2026-01-08T08:00")
    vote(client_as("Tilleul"), first, "contre")
    vote(client_as("Garance"), first, "noir")
    page = moderator.get(DESK).text
    assert page.index("Ouverte.") < page.index("À venir.") and "<strong>2</strong> votes" in page
    assert ">ouverte<" in page and ">à venir<" in page
    moderator.send(f"{DESK}/{first}/fermer")
    moderator.send(f"{DESK}/{first}/fermer")
    assert ">fermée<" in moderator.get(DESK).text
    assert vote(client_as("Mésange"), first, "contre").status_code == 409


def test_the_preview_shows_what_citizens_will_see_and_sends_nothing(moderator):
    page = moderator.get(f"{DESK}/{write(moderator, scale='colours')}/apercu").text
    assert "Tout à fait d’accord" in page and "Je ne me prononce pas" in page
    assert "<form" not in page and "disabled" in page
