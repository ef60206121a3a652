"""The doors: cards, consent, staff, sessions that end."""

import pytest
from sqlalchemy import select

from cafe.extensions import db
from cafe.people import services
from cafe.people.cards import WORDS_FILE, draw_words, normalise_words
from cafe.people.models import Card, Consent, ConsentWording, Participant, Staff
from tests.conftest import NOON, PASSWORD

DAY = "/cafe/essai/jour/3/1"


def test_card_opens_however_it_is_typed(visitor, house):
    words = house.cards["Tilleul"]
    for typed in (words.upper(), words.replace("-", "  "), f" {words.replace('-', ', ').capitalize()} "):
        visitor.get("/entrer")
        assert visitor.send("/entrer", words=typed).status_code == 303
    assert normalise_words("Été - Café\tBrûlé") == "ete-cafe-brule"


def test_unknown_card_is_refused_and_what_was_typed_stays(visitor):
    answer = visitor.send("/entrer", words="pomme poire <b>")
    assert answer.status_code == 403
    assert "Nous ne trouvons pas cette carte" in answer.text
    assert "pomme poire &lt;b&gt;" in answer.text


def test_qr_code_fills_the_words_and_waits_for_a_tap(visitor, house):
    page = visitor.get(f"/carte/{house.cards['Tilleul']}").text
    assert f'value="{house.cards["Tilleul"].replace("-", " ")}"' in page
    assert visitor.get("/").location == "/entrer"


def test_a_new_card_kills_the_old_one(app, visitor, house):
    citizen = db.session.scalar(select(Participant.id).where(Participant.pseudonym == "Tilleul"))
    new = services.issue_card(citizen, app.config["KEYS"]["cards"], NOON)
    assert visitor.send("/entrer", words=house.cards["Tilleul"]).status_code == 403
    assert visitor.send("/entrer", words=new).status_code == 303


def test_words_of_a_card_are_kept_nowhere(app, house):
    kept = " ".join(db.session.scalars(select(Card.digest)))
    assert not any(word in kept for word in house.cards["Tilleul"].split("-"))
    assert len(set(db.session.scalars(select(Card.digest)))) == 3


def test_only_failures_count_against_an_address(visitor, house):
    for _ in range(15):
        visitor.get("/entrer")
        assert visitor.send("/entrer", words=house.cards["Garance"]).status_code == 303
    visitor.get("/entrer")
    statuses = [visitor.send("/entrer", words="un deux trois").status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]


def test_consent_comes_first_and_is_dated_with_its_version(house, visitor):
    visitor.send("/entrer", words=house.cards["Tilleul"])
    assert visitor.get(DAY).location == "/accord"
    assert "Comment partir" in visitor.get("/accord").text
    visitor.send("/accord", version="1")
    visitor.send("/accord", version="1")
    assert visitor.get(DAY).status_code == 200
    with house.app.app_context():
        (given,) = db.session.scalars(select(Consent))
    assert (given.version, given.given_at) == (1, NOON)


def test_a_new_wording_asks_again(house, client_as):
    client = client_as("citizen")
    with house.app.app_context():
        db.session.add(ConsentWording(version=2, text="Nouveau.", created_at=NOON))
        db.session.commit()
    assert client.get(DAY).location == "/accord"
    assert "Nouveau." in client.get("/accord").text


@pytest.mark.parametrize("role", services.ROLES)
def test_staff_enter_with_their_password(role, client_as):
    assert client_as(role).get("/equipe").status_code == 200


@pytest.mark.parametrize("sent", [{"login": "analyst", "password": "faux"}, {"login": "nobody", "password": PASSWORD}])
def test_wrong_password_and_unknown_login_are_told_alike(sent, visitor):
    visitor.get("/equipe/entrer")
    answer = visitor.send("/equipe/entrer", **sent)
    assert answer.status_code == 403
    assert services.UNKNOWN_LOGIN in answer.text


def test_passwords_are_hashed_with_argon2(app):
    assert all(stored.startswith("$argon2id$") for stored in db.session.scalars(select(Staff.password_hash)))


@pytest.mark.parametrize(("who", "page"), [("citizen", DAY), ("moderator", "/moderation")])
def test_the_old_cookie_opens_nothing_after_leaving(who, page, client_as):
    client = client_as(who)
    old = client.get_cookie("cafe").value
    assert client.get(page).status_code == 200
    client.send("/quitter")
    client.set_cookie("cafe", old)
    assert client.get(page).status_code == 303


def test_a_session_ends_by_itself(client_as, clock):
    client = client_as("citizen")
    clock.move(days=31)
    assert client.get("/accord").location == "/entrer"


def test_a_shared_phone_is_forgotten_after_two_hours(visitor, house, clock):
    visitor.send("/entrer", words=house.cards["Tilleul"], shared_phone="1")
    assert "data-shared" in visitor.get("/accord").text
    clock.move(hours=3)
    assert visitor.get("/accord").location == "/entrer"


PAGES = {
    "/moderation": ("moderator", "organiser"),
    "/moderation/1": ("moderator", "organiser"),
    "/resultats": ("analyst", "organiser", "committee"),
    "/resultats/pouls": ("analyst", "organiser", "committee"),
    "/resultats/paroles/freins/navigation": ("analyst", "organiser", "committee"),
    "/donnees": ("analyst", "organiser"),
    "/donnees/csv": ("analyst", "organiser"),
    "/equipe": services.ROLES,
    "/equipe/code": services.ROLES,
    "/equipe/mot-de-passe": services.ROLES,
    "/organisation": ("organiser",),
    "/organisation/dialogue": ("organiser",),
    "/organisation/groupes": ("organiser",),
    "/organisation/groupes/grand_public": ("organiser",),
    "/organisation/accord": ("organiser",),
    "/organisation/participants": ("organiser",),
    "/organisation/participants/nouveau": ("organiser",),
    "/organisation/participants/1": ("organiser",),
    "/organisation/participants/invitation": ("organiser",),
    "/organisation/participants/invitation/modele.csv": ("organiser",),
    "/organisation/cartes": ("organiser",),
    "/organisation/cartes/toutes": ("organiser",),
    "/organisation/equipe": ("organiser",),
    "/organisation/equipe/nouveau": ("organiser",),
    "/organisation/equipe/1": ("organiser",),
    DAY: ("citizen",),
}


@pytest.mark.parametrize("who", [*services.ROLES, "citizen"])
def test_each_page_opens_to_its_roles_alone(who, client_as):
    client = client_as(who)
    for page, roles in PAGES.items():
        status = client.get(page).status_code
        assert (status in (200, 404)) == (who in roles), (page, status)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_without_a_session(page, visitor):
    assert visitor.get(page).location in ("/entrer", "/equipe/entrer")


def test_card_words_are_plain_enough_to_type():
    words = WORDS_FILE.read_text(encoding="utf-8").split()
    assert len(set(words)) == len(words) >= 2048
    assert words == sorted(words)
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 8 for word in words)
    assert len(set(draw_words().split("-"))) == 3


@pytest.mark.parametrize("door", ["/entrer", "/equipe/entrer"])
def test_asking_for_a_door_s_head_is_no_failed_entry(door, visitor):
    assert visitor.head(door).status_code == 200
