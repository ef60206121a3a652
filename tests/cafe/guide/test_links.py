"""Open links: made and stopped at the desk, followed by people met in the field who have no card."""

import html
import re
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select, update

from cafe.corpus.models import Question
from cafe.extensions import db, writing
from cafe.guide import services
from cafe.guide.models import GuideVersion, OpenLink, Sitting
from cafe.guide.sittings import progress_of
from cafe.people.models import Card, Consent, ConsentWording, Participant, Subgroup, Visit
from tests.cafe.guide.sitting import SECRET, give
from tests.cafe.guide.small import told
from tests.conftest import Browser

DESK = "/guides/liens"
FIELDS = {
    "label": "Atelier de Lens", "group": "grand_public", "subgroup": "", "profile": "jeune", "place": "Lens",
    "quota": "3", "last_day": "2026-01-31",
}  # fmt: skip


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(f"{DESK}/nouveau")
    return client


@pytest.fixture
def token(house):
    """A link to follow, for three people, until the last day of January."""
    return make(house)


def make(house, **changes) -> str:
    values = {"label": "Atelier", "group_code": "grand_public", "quota": 3, "profile": "jeune", "place": "Lens"}
    values |= {"closes_at": house.clock.now.replace(day=31, hour=23), "created_at": house.clock.now}
    with house.app.app_context(), writing() as session:
        link = OpenLink(key=str(uuid4()), token=uuid4().hex[:15], **values | changes)
        session.add(link)
        session.flush()
        return link.token


def change(house, **values):
    with house.app.app_context(), writing() as session:
        session.execute(update(OpenLink).values(**values))


def count(house, model) -> int:
    with house.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def phone_of(house):
    phone = Browser(house.app)
    phone.get("/entrer")
    return phone


def begin(phone, token, key="", **fields):
    return phone.send(f"/q/{token}", key=key or str(uuid4()), version="1", **fields)


def three_words(page) -> str:
    return "-".join(re.findall(r"<li>(\w+)</li>", page.text))


def words(page):
    return html.unescape(page.text)


# At the desk


def test_a_link_is_made_with_what_it_sets_and_an_address_that_cannot_be_guessed(organiser, house):
    answer = organiser.send(f"{DESK}/nouveau", key=str(uuid4()), **FIELDS)
    page = words(organiser.get(answer.location))
    assert "3 sur 3" in page and "Grand public. Profil : jeune. Lieu : Lens." in page
    assert "Jusqu’au samedi 31 janvier 2026." in page
    with house.app.app_context():
        link = db.session.scalar(select(OpenLink))
    assert f"/q/{link.token}" in page and len(link.token) == 15
    assert link.closes_at.isoformat()[:16] == "2026-01-31T23:00"


def test_the_same_form_sent_five_times_makes_one_link(organiser, house):
    key = str(uuid4())
    assert len({organiser.send(f"{DESK}/nouveau", key=key, **FIELDS).location for _ in range(5)}) == 1
    other = organiser.send(f"{DESK}/nouveau", key=key, **FIELDS | {"quota": "9"})
    assert other.status_code == 409 and 'value="9"' in other.text and count(house, OpenLink) == 1


FAULTS = [
    ({"label": " "}, "Donnez un nom"), ({"label": "a" * 81}, "80 signes"), ({"quota": "0"}, "de 1 à 1 000"),
    ({"quota": "1001"}, "de 1 à 1 000"), ({"quota": "٣"}, "de 1 à 1 000"), ({"last_day": "2026-01-06"}, "pas passé"),
    ({"last_day": "demain"}, "dernier jour"), ({"last_day": "9999-12-31"}, "dernier jour"),
    ({"group": "rien"}, "groupe de la liste"), ({"group": ""}, "groupe de la liste"),
    ({"subgroup": "Inconnu"}, "sous-groupe « Inconnu »"), ({"profile": "a" * 81}, "« profil » est trop long"),
    ({"place": "=1+1"}, "formule"), ({"key": "x"}, "Rechargez-la"), ({"label": "\0"}, "Donnez un nom"),
]  # fmt: skip


def test_a_fault_is_told_and_all_that_was_typed_is_kept(organiser, house):
    with house.app.app_context(), writing() as session:
        session.add(Subgroup(group_code="grand_public", label="Étudiants"))
    for fault, sentence in FAULTS:
        refused = organiser.send(f"{DESK}/nouveau", **{"key": str(uuid4())} | FIELDS | fault)
        assert refused.status_code == 400 and sentence in words(refused), fault
        assert 'value="Lens"' in refused.text or "place" in fault
    assert count(house, OpenLink) == 0


def test_the_list_counts_who_began_and_finished_and_says_each_state(organiser, house, token):
    assert "Il n’y a pas encore de lien" not in words(organiser.get(DESK))
    begin(phone_of(house), token)
    begin(phone_of(house), token)
    with house.app.app_context():
        services.finish(progress_of(db.session.scalar(select(func.max(Participant.id)))), SECRET, house.clock.now)
    page = words(organiser.get(DESK))
    assert "2 commencés, 1 fini, 1 place sur 3." in page and ">ouvert<" in page
    begin(phone_of(house), token)
    assert ">complet<" in organiser.get(DESK).text
    change(house, closes_at=house.clock.now)
    assert ">fini<" in organiser.get(DESK).text


def test_a_poster_holds_the_square_and_the_short_address(organiser, house, token):
    for size, copies in (("a4", 1), ("a6", 4), ("x", 1)):
        page = organiser.get(f"{DESK}/1/affiche?format={size}").text
        assert (page.count("<svg"), page.count(f">/q/{token}<"), page.count(">127.0.0.1:8000<")) == (copies,) * 3


def test_a_stopped_link_takes_nobody_until_it_is_taken_up_again(organiser, house, token):
    organiser.send(f"{DESK}/1/arreter", action="stop")
    assert ">arrêté<" in organiser.get(f"{DESK}/1").text
    for answer in (phone_of(house).get(f"/q/{token}"), begin(phone_of(house), token)):
        assert answer.status_code == 410 and "arrêté" in words(answer)
    organiser.send(f"{DESK}/1/arreter", action="resume")
    assert begin(phone_of(house), token).status_code == 303


def test_a_link_that_is_printed_takes_more_people_or_lasts_longer(organiser, house, token):
    change(house, quota=1)
    begin(phone_of(house), token)
    assert begin(phone_of(house), token).status_code == 409
    assert 'value="2026-01-31"' in organiser.get(f"{DESK}/1").text
    refused = organiser.send(f"{DESK}/1", quota="0", last_day="2026-03-01")
    assert refused.status_code == 400 and 'value="2026-03-01"' in refused.text
    assert organiser.send(f"{DESK}/1", quota="2", last_day="2026-03-01").location == f"{DESK}/1"
    assert begin(phone_of(house), token).status_code == 303


def test_a_group_that_a_link_sets_is_not_deleted(organiser, house):
    organiser.send("/organisation/groupes", label="Passants", side="external", in_total="1", subgroups="")
    make(house, group_code="passants")
    refused = organiser.send("/organisation/groupes/passants/supprimer")
    assert refused.status_code == 409 and "lien" in words(refused)


# At the door


def test_someone_without_a_card_agrees_and_begins_with_what_the_link_sets(house, token):
    phone = phone_of(house)
    page = words(phone.get(f"/q/{token}"))
    assert "Dialogue d’essai" in page and "55 minutes au plus" in page and "Commencer" in page
    assert begin(phone, token).location == f"/q/{token}/carte"
    with house.app.app_context():
        person = db.session.scalar(select(Participant).order_by(Participant.id.desc()))
        consent = db.session.scalar(select(Consent).where(Consent.participant_id == person.id))
        sitting = db.session.scalar(select(Sitting).where(Sitting.participant_id == person.id))
    assert (person.group_code, person.profile, person.place) == ("grand_public", "jeune", "Lens")
    assert (consent.version, consent.given_at, sitting.way, sitting.link_id) == (1, house.clock.now, "alone", 1)


def test_the_three_words_open_the_same_answers_on_another_phone(house, token):
    phone = phone_of(house)
    page = phone.get(begin(phone, token).location)
    assert "gardez ces trois mots" in page.text and 'href="/questionnaire"' in page.text
    assert phone.get(f"/q/{token}/carte").text.count(three_words(page).split("-")[0]) == 1
    other = phone_of(house)
    assert other.send("/entrer", words=three_words(page).replace("-", " ")).status_code == 303
    with house.app.app_context():
        assert db.session.scalar(select(func.count(Visit.participant_id.distinct()))) == 1


def test_once_something_is_answered_the_words_are_not_shown_again(house, token):
    phone = phone_of(house)
    begin(phone, token)
    with house.app.app_context():
        give(db.session.scalar(select(Sitting.id)), "liens", told(), house.clock.now)
        assert db.session.scalar(select(func.count()).select_from(Question).where(Question.code == "liens")) == 1
    assert phone.get(f"/q/{token}/carte").location == "/questionnaire"


def test_five_replays_of_a_lost_answer_make_one_person_and_show_the_same_words(house, token):
    key, shown, before = str(uuid4()), set(), count(house, Participant)
    for _ in range(5):
        # The answer never came: each time the phone is as it was, without a session.
        phone = phone_of(house)
        shown.add(three_words(phone.get(begin(phone, token, key).location)))
    assert len(shown) == 1 and shown != {""}
    assert (count(house, Participant), count(house, Sitting), count(house, Card)) == (before + 1, 1, 4)


def test_the_form_of_someone_who_left_opens_nothing_to_the_next_hand(house, token):
    key, phone = str(uuid4()), phone_of(house)
    begin(phone, token, key, shared_phone="1")
    phone.get(f"/q/{token}")
    assert phone.send(f"/q/{token}/autre").location == f"/q/{token}"
    phone.get(f"/q/{token}")
    refused = begin(phone, token, key)
    assert refused.status_code == 409 and "trois mots" in words(refused) and count(house, Sitting) == 1


def test_the_form_opens_nothing_long_after_nor_on_another_link(house, token):
    key = str(uuid4())
    begin(phone_of(house), token, key)
    assert begin(phone_of(house), make(house), key).status_code == 409
    house.clock.move(hours=2)
    assert begin(phone_of(house), token, key).status_code == 409


def test_a_citizen_who_follows_a_link_goes_on_as_they_are(client_as, house, token):
    citizen, before = client_as("Tilleul"), count(house, Participant)
    page = words(citizen.get(f"/q/{token}"))
    assert "Vous êtes déjà là, Tilleul" in page and "Commencer" not in page
    assert citizen.get(f"/q/{token}/carte").location == "/questionnaire"
    begin(citizen, token)
    assert (count(house, Participant), count(house, Sitting)) == (before, 0)


def test_the_team_answers_nothing_from_its_own_account(client_as, house, token):
    moderator = client_as("moderator")
    assert '<button class="button">Commencer' not in moderator.get(f"/q/{token}").text
    assert begin(moderator, token).status_code == 403 and count(house, Sitting) == 0


def test_a_link_that_takes_nobody_says_why_and_what_to_do(house, token):
    phone = phone_of(house)

    def refused(status, sentence):
        for answer in (phone.get(f"/q/{token}"), begin(phone, token)):
            assert answer.status_code == status and sentence in words(answer) and "/entrer" in answer.text

    change(house, closes_at=house.clock.now)
    refused(410, "sa date est passée")
    change(house, closes_at=house.clock.now.replace(year=2027), quota=0)
    refused(409, "toutes les réponses prévues")
    change(house, quota=3)
    with house.app.app_context(), writing() as session:
        session.execute(delete(GuideVersion))
    refused(409, "pas encore prêt")
    assert count(house, Sitting) == 0


def test_an_address_that_is_none_is_not_found(visitor):
    for bad in ("x", "%00", "٣", "9" * 300, "..%2F", "'--", "carte"):
        assert visitor.get(f"/q/{bad}").status_code == begin(visitor, bad).status_code == 404, bad


def test_a_capital_typed_by_the_phone_changes_nothing(visitor, token):
    assert visitor.get(f"/q/{token.capitalize()}").status_code == 200


def test_a_form_that_cannot_be_read_makes_nobody(visitor, house, token):
    for fields in ({"key": "x"}, {"version": "9"}, {"version": "٣"}, {"version": str(2**63)}):
        answer = visitor.send(f"/q/{token}", **{"key": str(uuid4()), "version": "1"} | fields)
        assert answer.status_code in (400, 409) and 'role="alert"' in answer.text and "Commencer" in answer.text
    assert count(house, Sitting) == 0


def test_whoever_read_an_older_text_of_consent_reads_the_new_one_first(visitor, house, token):
    with house.app.app_context(), writing() as session:
        session.add(ConsentWording(version=2, text="Un texte nouveau.", created_at=house.clock.now))
    answer = begin(visitor, token)
    assert answer.status_code == 409 and "Un texte nouveau." in answer.text and count(house, Sitting) == 0


def at_once(house, token, keys) -> list[int]:
    """What eight phones are answered, which touch Commencer at the same moment."""
    statuses = []
    threads = [
        Thread(target=lambda key: statuses.append(begin(phone_of(house), token, key).status_code), args=(key,))
        for key in keys
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_the_quota_holds_when_all_begin_at_once(house, token):
    assert at_once(house, token, [str(uuid4()) for _ in range(8)]) == [303] * 3 + [409] * 5
    assert count(house, Sitting) == 3


def test_one_form_sent_eight_times_at_once_makes_one_person(house, token):
    assert at_once(house, token, [str(uuid4())] * 8) == [303] * 8
    assert count(house, Sitting) == 1


def test_a_workshop_enters_from_one_address_and_a_machine_is_slowed(house):
    token = make(house, quota=1_000)
    phones = [begin(phone_of(house), token).status_code for _ in range(30)]
    assert phones == [303] * 30
    refused = [begin(phone_of(house), token, key="x").status_code for _ in range(31)]
    assert refused[-1] == 429
