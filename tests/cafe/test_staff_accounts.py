"""The team's accounts: opened, described, closed; the second factor that opens names and exports."""

import re
from datetime import timedelta
from uuid import uuid4

import pyotp
import pytest
from sqlalchemy import select, update

from cafe.cli import cafe as command
from cafe.errors import Refusal
from cafe.extensions import db
from cafe.people import accounts, services
from cafe.people.forms import read_next
from cafe.people.models import Contact, Dialogue, Staff
from tests.conftest import NOON, PASSWORD, SECRET, Browser

STAFF, CODE = "/organisation/equipe", "/equipe/code"


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(f"{STAFF}/nouveau")
    return client


@pytest.fixture
def sign_in(house):
    """Enter with a password alone."""
    house.app.test_client_class = Browser

    def enter(login: str, password: str = PASSWORD):
        client = house.app.test_client()
        client.get("/equipe/entrer")
        assert client.send("/equipe/entrer", login=login, password=password).status_code == 303
        client.get(CODE)
        return client

    return enter


def _staff(house, login: str) -> Staff:
    with house.app.app_context():
        return db.session.scalar(select(Staff).where(Staff.login == login))


def _code(house, steps: int = 0, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(house.clock.now + timedelta(seconds=30 * steps))


def test_an_account_is_opened_with_a_password_shown_once(organiser, house, sign_in):
    key = str(uuid4())
    sent = {"key": key, "login": "nouvelle", "role": "moderator", "email": "N@exemple.fr", "cares": "1"}
    pages = [organiser.send(f"{STAFF}/nouveau", **sent, pseudonym="Tilleul").text for _ in range(5)]
    passwords = {re.search(r'class="once">([a-z-]+)<', page)[1] for page in pages}
    assert len(passwords) == 1
    made = _staff(house, "nouvelle")
    assert (made.role, made.cares, made.participant_id) == ("moderator", True, 1)
    with house.app.app_context():
        assert db.session.scalar(select(Contact.email).where(Contact.staff_id == made.id)) == "n@exemple.fr"
    assert sign_in("nouvelle", *passwords).get("/moderation").status_code == 200
    assert passwords.pop() not in organiser.get(STAFF).text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"login": "analyst"}, "déjà pris"),
        ({"login": " "}, "Donnez un identifiant"),
        ({"role": "roi"}, "n’existe pas"),
        ({"email": "pas une adresse"}, "n’est pas une adresse"),
        ({"pseudonym": "Personne"}, "Personne n’a le pseudonyme"),
        ({"password": "court"}, "trop court"),
    ],
)
def test_an_account_that_cannot_be_opened_is_told_and_kept_on_the_page(changed, told, organiser, house):
    fields = {"key": str(uuid4()), "login": "nouvelle", "role": "observer", "email": "", "password": PASSWORD}
    answer = organiser.send(f"{STAFF}/nouveau", **fields | changed)
    assert answer.status_code == 400 and told in answer.text and _staff(house, "nouvelle") is None


def test_an_account_is_changed(organiser, house):
    number = _staff(house, "observer").id
    fields = {"role": "moderator", "email": "o@exemple.fr", "cares": "1", "pseudonym": "Garance"}
    assert organiser.send(f"{STAFF}/{number}", **fields).status_code == 303
    page = organiser.get(STAFF).text
    assert "Modération, liste de soin, participe sous « Garance »" in page and "o@exemple.fr" in page
    assert organiser.send(f"{STAFF}/{number}", **fields | {"pseudonym": "Rien"}).status_code == 400
    organiser.send(f"{STAFF}/{number}", role="observer")
    assert (
        _staff(house, "observer").role,
        _staff(house, "observer").cares,
        _staff(house, "observer").participant_id,
    ) == (
        "observer",
        False,
        None,
    )


def test_a_closed_account_is_out_at_once_and_never_enters_again(organiser, house, client_as):
    moderator = client_as("moderator")
    assert organiser.send(f"{STAFF}/{_staff(house, 'moderator').id}/fermer").status_code == 303
    assert moderator.get("/moderation").location == "/equipe/entrer"
    moderator.get("/equipe/entrer")
    assert moderator.send("/equipe/entrer", login="moderator", password=PASSWORD).status_code == 403
    assert organiser.get(f"{STAFF}/{_staff(house, 'moderator').id}").status_code == 404
    assert "moderator (fermé)" in organiser.get(STAFF).text


def test_nobody_closes_themselves_nor_the_last_organiser(organiser, house):
    own = _staff(house, "organiser").id
    assert organiser.send(f"{STAFF}/{own}/fermer").status_code == 400
    assert organiser.send(f"{STAFF}/{own}", role="observer").status_code == 400
    other = _staff(house, "analyst").id
    with house.app.app_context():
        with pytest.raises(Refusal, match="seul compte d’organisation"):
            accounts.close_account(own, other, NOON)
        with pytest.raises(Refusal, match="seul compte d’organisation"):
            accounts.change_account(own, accounts.Account("organiser", "observer"), other)


def test_a_new_password_ends_the_sessions_of_the_old_one(organiser, house, client_as, sign_in):
    analyst = client_as("analyst")
    page = organiser.send(f"{STAFF}/{_staff(house, 'analyst').id}/mot-de-passe", key=str(uuid4())).text
    assert analyst.get("/equipe").location == "/equipe/entrer"
    assert sign_in("analyst", re.search(r'class="once">([a-z-]+)<', page)[1]).get("/equipe").status_code == 200


def test_each_changes_their_own_password(house, sign_in):
    here, elsewhere = sign_in("observer"), sign_in("observer")
    page, new = "/equipe/mot-de-passe", "une-autre-longue-phrase"
    assert here.send(page, current="faux", new=new, again=new).status_code == 403
    assert here.send(page, current=PASSWORD, new=new, again="autre").status_code == 400
    assert here.send(page, current=PASSWORD, new="court", again="court").status_code == 400
    assert here.send(page, current=PASSWORD, new=new, again=new).status_code == 303
    assert here.get("/equipe").status_code == 200
    assert elsewhere.get("/equipe").location == "/equipe/entrer"
    assert sign_in("observer", new)


GUARDED = ("/donnees", "/donnees/csv", STAFF, "/organisation/cartes", "/organisation/participants/1")


@pytest.mark.parametrize("page", GUARDED)
def test_what_needs_a_second_factor_asks_for_it_then_goes_on(page, house, sign_in):
    client = sign_in("organiser")
    asked = client.get(page)
    assert asked.status_code == 303 and asked.location == f"/equipe/code?suite={page}"
    assert f'name="suite" value="{page}"' in client.get(asked.location).text
    assert client.send(CODE, code=_code(house), suite=page).location == page
    assert client.get(page).status_code == 200


def test_an_action_sent_without_the_second_factor_is_not_done(house, sign_in):
    client = sign_in("organiser")
    answer = client.send(f"{STAFF}/{_staff(house, 'observer').id}/fermer")
    assert answer.location == "/equipe/code?suite=/equipe" and _staff(house, "observer").closed_at is None


@pytest.mark.parametrize("role", ["moderator", "observer", "interviewer"])
def test_a_role_that_may_not_is_told_so_rather_than_asked_a_code(role, sign_in):
    assert all(sign_in(role).get(page).status_code == 403 for page in ("/donnees", STAFF))


def test_a_code_opens_once_for_one_session(house, sign_in):
    first, second = sign_in("analyst"), sign_in("analyst")
    assert first.send(CODE, code=_code(house)).status_code == 303
    assert second.send(CODE, code=_code(house)).status_code == 403
    assert second.send(CODE, code=_code(house, -1)).status_code == 403
    assert second.get("/donnees").status_code == 303
    assert second.send(CODE, code=_code(house, 1)).status_code == 303
    assert second.get("/donnees").status_code == 200


@pytest.mark.parametrize(("steps", "status"), [(-2, 403), (-1, 303), (0, 303), (1, 303), (2, 403)])
def test_a_clock_may_be_one_step_away(steps, status, house, sign_in):
    code = _code(house, steps)
    assert sign_in("analyst").send(CODE, code=f"{code[:3]} {code[3:]}").status_code == status


@pytest.mark.parametrize("code", ["", "000", "abcdef", "٣٣٣٣٣٣", "\0" * 6])
def test_anything_else_is_refused_in_one_sentence(code, sign_in):
    answer = sign_in("analyst").send(CODE, code=code)
    assert answer.status_code == 403 and "Ce code ne convient pas" in answer.text


def test_tries_are_counted_for_the_account(house, sign_in):
    statuses = [sign_in("analyst").send(CODE, code="123").status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]
    assert sign_in("organiser").send(CODE, code=_code(house)).status_code == 303


def test_setting_up_keeps_the_secret_only_once_a_right_code_proves_it(organiser, house, sign_in):
    number = _staff(house, "analyst").id
    organiser.send(f"{STAFF}/{number}/code")
    assert _staff(house, "analyst").totp_secret == ""
    client = sign_in("analyst")
    page = client.get(CODE).text
    secret = re.search(r'class="key">([A-Z2-7]+)<', page)[1]
    assert "<svg" in page and len(secret) == 32
    assert client.send(CODE, code="000000").status_code == 403
    assert _staff(house, "analyst").totp_secret == ""
    assert secret in client.get(CODE).text
    assert client.send(CODE, code=_code(house, 0, secret), suite="/donnees").location == "/donnees"
    assert _staff(house, "analyst").totp_secret == secret
    assert "<svg" not in client.get(CODE).text


def test_a_secret_offered_by_another_session_does_not_replace_the_first(organiser, house, sign_in):
    organiser.send(f"{STAFF}/{_staff(house, 'analyst').id}/code")
    first, second = sign_in("analyst"), sign_in("analyst")
    keys = [re.search(r'class="key">([A-Z2-7]+)<', client.get(CODE).text)[1] for client in (first, second)]
    assert first.send(CODE, code=_code(house, 0, keys[0])).status_code == 303
    assert second.send(CODE, code=_code(house, 1, keys[1])).status_code == 403
    assert _staff(house, "analyst").totp_secret == keys[0]


def test_forgetting_the_telephone_closes_what_it_had_opened(organiser, house, client_as):
    analyst = client_as("analyst")
    organiser.send(f"{STAFF}/{_staff(house, 'analyst').id}/code")
    assert analyst.get("/donnees").location == "/equipe/code?suite=/donnees"


@pytest.mark.parametrize(
    "sent", ["//ailleurs.example", "https://ailleurs.example", "/\\ailleurs", "/\t/ailleurs", "x", "", "/a\nb"]
)
def test_the_way_on_stays_on_this_site(sent):
    assert read_next(sent) == "/equipe"


def test_the_way_on_keeps_its_query():
    assert read_next("/organisation/participants?mots=a&page=2") == "/organisation/participants?mots=a&page=2"
    assert read_next("/") == "/"


def test_a_fictional_dialogue_asks_for_no_code_and_lets_one_try_it(house, sign_in):
    with house.app.app_context():
        db.session.execute(update(Dialogue).values(fictional=True))
        db.session.commit()
    client = sign_in("organiser")
    assert client.get(STAFF).status_code == 200
    assert client.get(CODE).status_code == 200


def test_the_first_organiser_is_opened_by_a_command(house, sign_in):
    run = house.app.test_cli_runner().invoke
    result = run(command, ["organiser", "marie"])
    assert result.exit_code == 0
    password = result.output.strip().rsplit(" ", 1)[1]
    assert sign_in("marie", password).get("/organisation").status_code == 200
    again = run(command, ["organiser", "marie"])
    assert isinstance(again.exception, Refusal) and "déjà pris" in str(again.exception)


def test_the_list_of_accounts_never_shows_a_secret(organiser, house):
    pages = [organiser.get(page).text for page in (STAFF, f"{STAFF}/1", "/organisation")]
    assert not any(SECRET in page or "argon2" in page for page in pages)
    assert set(accounts.ROLE_LABELS) == set(services.ROLES)
