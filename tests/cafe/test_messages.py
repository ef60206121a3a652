"""What leaves by e-mail, through a real mail server: to whom, once, what it says, and how one stops it."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from cafe.corpus.models import Contribution, Flag
from cafe.errors import Conflict
from cafe.extensions import writing
from cafe.forum.cafes import find_cafe
from cafe.forum.models import Cafe, CafeGroup
from cafe.messages.services import nudge
from cafe.people.models import Contact, Group, Participant, Staff
from tests.conftest import CITIZENS, counted_queries

TILLEUL, GARANCE = "tilleul@exemple.fr", "garance@exemple.fr"
OPENED, REMINDED = "Café numérique : le jour 3 est ouvert", "Café numérique : la question du jour 3 vous attend"
EVENING = datetime(2026, 1, 7, 17, 0, tzinfo=UTC)
PERHAPS = "Peut-être envoyé : le service s’est arrêté pendant l’envoi. Pas de second envoi."


@pytest.fixture
def two(office):
    """Two citizens with an address, the third with a phone."""
    office.reachable("Tilleul", TILLEUL, "06 00 00 00 01")
    office.reachable("Garance", GARANCE)
    office.reachable("Mésange", phone="06 00 00 00 03")
    return office


def answer(client_as, who: str) -> None:
    sent = client_as(who).send("/cafe/essai/jour/3/1", key=str(uuid4()), text="Le prix des forfaits.")
    assert sent.status_code == 303


def stop_path(letter) -> str:
    return re.search(r"https://cafe.exemple.fr(/messages/stop/\S+)", letter.get_content())[1]


def test_the_day_s_opening_reaches_each_address_once(two):
    assert two.run_pass() == {TILLEUL: OPENED, GARANCE: OPENED}
    assert two.run_pass() == {}
    two.house.clock.move(hours=1)
    assert two.run_pass() == {}


def test_an_opening_says_the_host_s_words_the_question_and_where_to_answer(two):
    two.scheduler.run_pass()
    letter = two.mailbox.take()[0]
    text = letter.get_content()
    for words in ("Bonjour.", "Qu’est-ce qui bloque ?", "https://cafe.exemple.fr/cafe/essai/jour/3"):
        assert words in text
    assert not [name for name in CITIZENS if name in text or name in str(letter)]
    assert letter["From"] == "Café <cafe@exemple.fr>"
    assert letter["List-Unsubscribe"] == f"<https://cafe.exemple.fr{stop_path(letter)}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == two.house.clock.now
    assert re.fullmatch(r"<[0-9a-f]{32}@exemple\.fr>", letter["Message-ID"])


def test_the_reminder_goes_to_those_who_have_not_answered(two, client_as):
    answer(client_as, "Tilleul")
    two.run_pass()
    two.house.clock.now = EVENING
    assert two.run_pass() == {GARANCE: REMINDED}
    (by_hand,) = two.messages(channel="hand")
    assert (by_hand.kind, by_hand.state) == ("reminder", "due")


def test_a_reminder_recorded_before_the_answer_does_not_leave_after_it(two, client_as):
    two.run_pass()
    two.house.clock.now = EVENING
    two.scheduler.office.mailer.parts = two.scheduler.office.mailer.parts._replace(netloc="127.0.0.1:1")
    assert two.run_pass() == {}
    answer(client_as, "Tilleul")
    two.scheduler.office.mailer.parts = two.scheduler.office.mailer.parts._replace(netloc=two.mailbox.url[7:])
    assert two.run_pass() == {GARANCE: REMINDED}
    assert two.messages(kind="reminder", state="dropped")[0].detail == "La personne a répondu entre-temps."


def test_the_link_stops_messages_and_can_be_undone(two, visitor):
    two.scheduler.run_pass()
    path = stop_path(two.mailbox.take()[0])
    assert "t…@exemple.fr" in visitor.get(path).text and TILLEUL not in visitor.get(path).text
    assert "C’est fait" in visitor.send(path).text
    two.house.clock.now = EVENING
    assert two.run_pass() == {GARANCE: REMINDED}
    assert visitor.send(f"{path}/reprendre").status_code == 303
    assert "Ne plus recevoir de messages" in visitor.get(path).text
    assert two.run_pass() == {TILLEUL: REMINDED}


def test_a_mail_program_stops_messages_in_one_click_without_cookie_or_token(two):
    two.house.app.config["WTF_CSRF_ENABLED"] = True
    two.scheduler.run_pass()
    path = stop_path(two.mailbox.take()[0])
    stopped = two.house.app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, "C’est fait" in stopped.text) == (200, True)
    with two.house.app.app_context(), writing() as session:
        assert session.scalar(select(Contact.stopped_at).where(Contact.email == TILLEUL))


def test_a_link_that_was_changed_stops_nobody(two, visitor):
    two.scheduler.run_pass()
    path = stop_path(two.mailbox.take()[0])
    for wrong in (path[:-2], "/messages/stop/InAxIg.xxxx", path.replace("/stop/", "/stop/x")):
        assert visitor.get(wrong).status_code == visitor.send(wrong).status_code == 404


def test_two_emails_a_day_are_the_most_that_a_person_gets(two):
    two.run_pass()
    with two.house.app.app_context():
        person = two.messages(state="sent")[0].participant_id
        assert nudge(find_cafe("essai"), person, 1, two.house.clock.now) == "email"
    assert two.run_pass() == {TILLEUL: "Café numérique : un mot de l’équipe"}
    with two.house.app.app_context():
        assert nudge(find_cafe("essai"), person, 1, two.house.clock.now) == "email"
    two.house.clock.now = EVENING
    assert two.run_pass() == {GARANCE: REMINDED}
    (dropped,) = two.messages(state="dropped")
    assert (dropped.participant_id, dropped.detail) == (person, "Déjà 2 messages ce jour-là.")


def test_a_nudge_is_refused_to_who_had_two_emails_and_reaches_nobody_who_said_stop(two, client_as):
    two.run_pass()
    two.house.clock.now = EVENING
    two.run_pass()
    answer(client_as, "Mésange")
    with two.house.app.app_context():
        cafe, now = find_cafe("essai"), two.house.clock.now
        by_name = {person.pseudonym: person.id for person in people()}
        for name, why in (("Tilleul", "deux messages"), ("Mésange", "déjà répondu")):
            with pytest.raises(Conflict, match=why):
                nudge(cafe, by_name[name], 1, now)
        with writing() as session:
            session.execute(update(Contact).values(stopped_at=now))
        assert nudge(cafe, by_name["Garance"], 1, now) == ""


def people():
    with writing() as session:
        return list(session.scalars(select(Participant)))


def test_a_nudge_in_quiet_hours_waits_for_their_end_and_two_taps_make_one(two):
    two.run_pass()
    two.house.clock.now = datetime(2026, 1, 7, 20, 30, tzinfo=UTC)
    with two.house.app.app_context():
        cafe = find_cafe("essai")
        number = two.messages(channel="email")[1].participant_id
        ways = [nudge(cafe, number, 1, two.house.clock.now) for _ in range(2)]
    assert ways == ["email", "email"]
    assert two.run_pass() == {}
    two.house.clock.now = datetime(2026, 1, 8, 7, 0, tzinfo=UTC)
    assert two.run_pass()[GARANCE] in ("Café numérique : un mot de l’équipe", "Café numérique : le jour 4 est ouvert")
    assert [m.state for m in two.messages(kind="nudge")] == ["sent"]


def test_an_archived_cafe_and_an_erased_person_get_nothing(two):
    with two.house.app.app_context(), writing() as session:
        erased = update(Participant).where(Participant.pseudonym == "Tilleul")
        session.execute(erased.values(erased_at=two.house.clock.now))
    assert two.run_pass() == {GARANCE: OPENED}
    two.change_cafe(archived_at=two.house.clock.now)
    two.house.clock.now = EVENING
    assert two.run_pass() == {}


def test_a_cafe_for_some_groups_writes_to_nobody_else(two):
    with two.house.app.app_context(), writing() as session:
        session.add(Group(code="ecoles", label="Écoles"))
        session.flush()
        session.add(CafeGroup(cafe_id=session.scalar(select(Cafe.id)), group_code="ecoles"))
        session.execute(update(Participant).where(Participant.pseudonym == "Garance").values(group_code="ecoles"))
    assert two.run_pass() == {GARANCE: OPENED}
    with two.house.app.app_context():
        numbers = {person.pseudonym: person.id for person in people()}
        assert nudge(find_cafe("essai"), numbers["Tilleul"], 1, two.house.clock.now) == ""


def test_the_end_of_the_cafe_is_told_once(two):
    two.change_cafe(days=3)
    two.house.clock.now = datetime(2026, 1, 8, 7, 0, tzinfo=UTC)
    came = two.run_until(datetime(2026, 1, 12, 7, 0, tzinfo=UTC), hours=3)
    assert sorted(came) == [(GARANCE, "Café numérique : merci"), (TILLEUL, "Café numérique : merci")]


def test_moderators_get_one_digest_a_day_when_something_waits(office, client_as):
    office.reachable("moderator", "moderation@exemple.fr")
    office.reachable("organiser", "organisation@exemple.fr")
    office.reachable("analyst", "analyse@exemple.fr")
    office.house.clock.now = EVENING
    assert office.run_pass() == {}
    answer(client_as, "Tilleul")
    with office.house.app.app_context(), writing() as session:
        number = session.scalar(select(Contribution.id))
        session.add(Flag(contribution_id=number, kind="distress", start=0, end=2))
        session.add(Flag(contribution_id=number, kind="phone", start=0, end=2))
    office.scheduler.run_pass()
    office.scheduler.run_pass()
    texts = {letter["To"]: letter.get_content() for letter in office.mailbox.take()}
    assert set(texts) == {"moderation@exemple.fr", "organisation@exemple.fr"}
    assert "à vérifier : 1" in texts["moderation@exemple.fr"]
    assert "https://cafe.exemple.fr/moderation" in texts["moderation@exemple.fr"]
    assert "prendre soin : 1" in texts["organisation@exemple.fr"]
    assert "prendre soin" not in texts["moderation@exemple.fr"]
    assert "forfaits" not in "".join(texts.values())


def test_nothing_typed_adds_a_header(two):
    two.change_cafe(title="Café\r\nBcc: tous@exemple.fr\x0b")
    two.scheduler.run_pass()
    for letter in two.mailbox.take():
        assert letter["Bcc"] is None
        assert letter["Subject"] == "Café Bcc: tous@exemple.fr : le jour 3 est ouvert"


@pytest.mark.parametrize(
    "address", ["a@b", "a b@exemple.fr", "a@exemple.fr\r\nBcc: b@exemple.fr", "é@exemple.fr", "a@@b.fr"]
)
def test_an_address_that_is_none_fails_alone(two, address):
    with two.house.app.app_context(), writing() as session:
        session.execute(update(Contact).where(Contact.email == TILLEUL).values(email=address))
    assert two.run_pass() == {GARANCE: OPENED}
    assert [m.detail for m in two.messages(state="failed")] == ["L’adresse n’est pas lisible."]


def test_what_the_server_puts_off_is_tried_again_later_and_later(two):
    two.mailbox.refuse[TILLEUL] = f"451 {TILLEUL} later"
    assert two.run_pass() == {GARANCE: OPENED}
    (waiting,) = two.messages(state="due", channel="email")
    assert (waiting.tries, waiting.detail) == (1, "Le serveur de messagerie demande d’attendre (code 451).")
    two.house.clock.move(minutes=6)
    assert two.run_pass() == {}
    del two.mailbox.refuse[TILLEUL]
    two.house.clock.move(minutes=6)
    assert two.run_pass() == {}
    two.house.clock.move(minutes=6)
    assert two.run_pass() == {TILLEUL: OPENED}


def test_what_the_server_refuses_for_good_fails_and_the_journal_says_why_by_pseudonym(two, client_as):
    two.mailbox.refuse[TILLEUL] = f"550 {TILLEUL} unknown"
    assert two.run_pass() == {GARANCE: OPENED}
    two.house.clock.move(hours=1)
    assert two.run_pass() == {}
    journal = client_as("organiser").get("/messages/journal").text
    assert "Tilleul" in journal and "code 550" in journal
    assert not [secret for secret in (TILLEUL, GARANCE, "Vrai nom", "06 00") if secret in journal]


def test_an_email_that_failed_leaves_again_when_the_organiser_says_so_and_once(two, client_as):
    two.mailbox.refuse[TILLEUL] = f"550 {TILLEUL} unknown"
    two.run_pass()
    organiser = client_as("organiser")
    retry = re.search(r'action="(/messages/journal/\d+/repartir)"', organiser.get("/messages/journal").text)[1]
    del two.mailbox.refuse[TILLEUL]
    for _ in range(3):
        assert organiser.send(retry).status_code == 303
    assert two.run_pass() == {TILLEUL: OPENED} and two.run_pass() == {}
    assert organiser.send(retry).status_code == 303 and two.run_pass() == {}


def test_what_may_have_left_is_not_sent_again_by_hand_either(two, client_as):
    two.mailbox.lose.add(TILLEUL)
    two.run_pass()
    (lost,) = two.messages(state="failed")
    organiser = client_as("organiser")
    assert "Renvoyer" not in organiser.get("/messages/journal").text
    assert organiser.send(f"/messages/journal/{lost.id}/repartir").status_code == 409


def test_no_answer_after_the_text_is_perhaps_sent_and_never_sent_again(two, caplog):
    two.mailbox.lose.add(TILLEUL)
    assert two.run_pass() == {GARANCE: OPENED}
    assert [m.detail for m in two.messages(state="failed")] == [PERHAPS]
    assert "perhaps sent" in caplog.text and TILLEUL not in caplog.text
    two.house.clock.move(hours=1)
    assert two.run_pass() == {}
    assert two.mailbox.offered[TILLEUL] == 1


def test_emails_wait_for_a_mail_server_and_the_journal_says_so(house, client_as, office):
    office.reachable("Tilleul", TILLEUL)
    mailer = office.scheduler.office.mailer
    mailer.parts = mailer.parts._replace(netloc="127.0.0.1:1")
    assert office.run_pass() == {}
    (waiting,) = office.messages(state="due")
    assert "ne répond pas" in waiting.detail and waiting.tries == 0
    mailer.parts = mailer.parts._replace(netloc=office.mailbox.url[7:])
    assert office.run_pass() == {TILLEUL: OPENED}


def test_recording_for_many_costs_no_more_statements_than_for_few(two):
    def statements() -> int:
        with counted_queries(two.house.app) as seen, two.house.app.app_context():
            two.scheduler.record()
        return len(seen)

    few = statements()
    with two.house.app.app_context(), writing() as session:
        made = {"group_code": "grand_public", "created_at": two.house.clock.now}
        for n in range(200):
            person = Participant(pseudonym=f"Pin {n}", **made)
            session.add(person)
            session.flush()
            session.add(Contact(participant_id=person.id, email=f"pin{n}@exemple.fr"))
    assert statements() <= few
    assert len(two.messages(kind="opening")) == 202


def test_a_staff_account_that_is_closed_gets_no_digest(office, client_as):
    office.reachable("moderator", "moderation@exemple.fr")
    answer(client_as, "Tilleul")
    with office.house.app.app_context(), writing() as session:
        session.execute(update(Contribution).values(status="waiting"))
        session.execute(update(Staff).where(Staff.login == "moderator").values(closed_at=office.house.clock.now))
    office.house.clock.now = EVENING
    assert office.run_pass() == {}


def test_a_day_without_a_question_opens_in_silence(two):
    two.house.clock.now = datetime(2026, 1, 9, 11, 0, tzinfo=UTC)
    assert two.run_pass() == {}


def test_a_cafe_of_two_questions_asks_both(two):
    two.house.clock.now = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
    two.scheduler.run_pass()
    text = two.mailbox.take()[0].get_content()
    assert "Les questions du jour 1 :\nQuel lien avec Internet ?\nEt le téléphone ?\n" in text.replace("\r\n", "\n")


def test_messages_of_a_cafe_that_has_not_begun_do_not_leave(two):
    two.house.clock.now = datetime(2026, 1, 5, 6, 59, tzinfo=UTC)
    assert two.run_pass() == {}
    with two.house.app.app_context(), writing() as session:
        assert session.scalar(select(Cafe.slug)) == "essai"
