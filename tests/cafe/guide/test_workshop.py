"""A workshop: its seats and consents, hands stored as one answer a seat, phones, notes, and who leaves."""

import re
from collections import Counter
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.errors import Refusal
from cafe.extensions import db
from cafe.guide.definition import Option
from cafe.guide.definition import Question as Asked
from cafe.guide.steps import Given, Step
from cafe.guide.workshop_hands import Hands, hand_out
from cafe.guide.workshop_models import Seat, Workshop
from cafe.guide.workshop_tally import bars, together
from cafe.people.models import Consent, Participant
from tests.conftest import counted_queries

HERE = "/ateliers"
ENJEUX = ("acces", "autonomie", "parcours", "accompagnement")


@pytest.fixture
def facilitator(client_as):
    """An interviewer whose workshop of six has five people who agreed."""
    client = client_as("interviewer")
    client.get(HERE)
    _open(client)
    client.send(f"{HERE}/1/presents", **{"profile-1": "Lycéen", "agreed": [1, 2, 3, 4, 5]})
    return client


def _open(client, seats=6, **changes):
    sent = {"key": str(uuid4()), "label": "Atelier A", "held_on": "2026-01-07", "group": "grand_public", "seats": seats}
    return client.send(HERE, **sent | changes)


def _ask(client, step: str) -> None:
    assert client.send(f"{HERE}/1/question", step=step).status_code == 303


def _hands(client, step: str, key="", **counts):
    fields = {name.replace("__", "-"): count for name, count in counts.items()}
    return client.send(f"{HERE}/1/mains", key=key or str(uuid4()), step=step, **fields)


def _answers(house, code: str) -> list[tuple]:
    with house.app.app_context():
        query = select(Participant.pseudonym, Answer.option, Answer.value).select_from(Answer)
        joined = query.join(Participant).join(Question, Question.id == Answer.question_id)
        return [tuple(row) for row in db.session.execute(joined.where(Question.code == code))]


def _code(house) -> str:
    with house.app.app_context():
        return db.session.scalar(select(Workshop.code))


@pytest.fixture
def phone(house, facilitator):
    """A phone that takes a seat."""

    def enter(number: int):
        client = house.app.test_client()
        page = client.get(f"/atelier/{_code(house)}")
        assert page.status_code == 200
        client.send(f"/atelier/{_code(house)}/entrer", seat=number)
        client.get(f"/atelier/{_code(house)}")
        return client

    return enter


def _answer(client, house, step: str, was="", **fields):
    sent = {"key": str(uuid4()), "step": step, "was": was} | fields
    return client.send(f"/atelier/{_code(house)}", **sent)


def test_a_workshop_is_opened_once_and_its_room_is_the_cluster_of_its_people(client_as, house):
    client = client_as("organiser")
    client.get(HERE)
    key = str(uuid4())
    assert len({_open(client, 12, key=key).location for _ in range(3)}) == 1
    with house.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Seat)) == 12
        people = db.session.scalars(select(Participant).where(Participant.cluster == "Atelier A")).all()
        assert len(people) == 13 and "La salle, Atelier A" in {person.pseudonym for person in people}


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"label": " "}, "Donnez un nom"), ({"held_on": ""}, "quel jour"), ({"seats": 41}, "de 1 à 40 places"),
     ({"group": "rien"}, "n’existe pas"), ({"label": "Atelier A"}, "s’appelle déjà")],
)  # fmt: skip
def test_a_workshop_that_cannot_be_opened_is_told_and_stays_typed(changed, told, facilitator):
    answer = _open(facilitator, **{"label": "Atelier B", "place": "Lyon"} | changed)
    assert answer.status_code == 400 and told in answer.text and 'value="Lyon"' in answer.text


def test_a_consent_is_dated_once_and_without_it_nothing_is_counted(facilitator, house):
    house.clock.move(hours=1)
    facilitator.send(f"{HERE}/1/presents", agreed=[1, 2])
    with house.app.app_context():
        given = db.session.scalars(select(Seat.consented_at).order_by(Seat.number)).all()
        assert len(set(given[:5])) == 1 and given[5] is None
        assert db.session.scalar(select(func.count()).select_from(Consent).where(Consent.given_at == given[0])) == 5
    _ask(facilitator, "titre")
    assert "Les mains de <strong>5 personnes" in facilitator.get(f"{HERE}/1").text


def test_hands_are_stored_as_one_answer_a_seat_and_a_correction_writes_them_anew(facilitator, house):
    _ask(facilitator, "titre")
    _hands(facilitator, "titre", hands__vecu=3, hands__proche=2)
    first = _answers(house, "titre")
    assert Counter(option for _, option, _ in first) == {"vecu": 3, "proche": 2} and len({a for a, *_ in first}) == 5
    key = str(uuid4())
    for _ in range(3):
        assert _hands(facilitator, "titre", key, hands__vecu=1, hands__proche=3).status_code == 303
    assert Counter(option for _, option, _ in _answers(house, "titre")) == {"vecu": 1, "proche": 3}
    page = facilitator.get(f"{HERE}/1").text
    assert 'name="hands-proche" type="text" inputmode="numeric" maxlength="3" value="3"' in page


def test_a_room_that_agrees_on_an_order_gives_it_to_each_seat(facilitator, house):
    _ask(facilitator, "freins.enjeux")
    _hands(facilitator, "freins.enjeux", order__autonomie=1, order__acces=2)
    assert Counter(row[1:] for row in _answers(house, "freins.enjeux")) == {("autonomie", "1"): 5, ("acces", "2"): 5}
    page = facilitator.get(f"{HERE}/1").text
    assert "freins.champs.autonomie" in page and "freins.champs.parcours" not in page


@pytest.mark.parametrize(
    ("counts", "told"),
    [({"hands__vecu": 6}, "plus de mains que de places"), ({"hands__vecu": 3, "hands__proche": 3}, "Une main par"),
     ({"hands__vecu": "beaucoup"}, "est un nombre"), ({"hands__vecu": "٣"}, "est un nombre")],
)  # fmt: skip
def test_hands_that_cannot_be_are_told_and_nothing_is_kept(counts, told, facilitator, house):
    _ask(facilitator, "titre")
    answer = _hands(facilitator, "titre", **counts)
    assert answer.status_code == 400 and told in answer.text and f'value="{counts["hands__vecu"]}"' in answer.text
    assert _answers(house, "titre") == []


def _step(kind: str, codes: str, **more) -> Step:
    options = tuple(Option(code=code, label=code) for code in codes)
    question = Asked.model_validate({"code": "q", "kind": kind, "text": "?", "options": options, **more})
    return Step("q", question, options, "", "", 1, 1)


@pytest.mark.parametrize("counts", [{"a": 3, "b": 5, "c": 1}, {"a": 5, "b": 5, "c": 5}, {"b": 1}, {}])
@pytest.mark.parametrize("kind", ["multi", "rank"])
def test_hands_given_out_make_the_counts_again(kind, counts):
    shares = hand_out(_step(kind, "abc"), Hands("k", "q", counts), 5)
    assert len(shares) == 5 and Counter(code for share in shares for code, _ in share) == counts
    assert all(len({code for code, _ in share}) == len(share) for share in shares)
    if kind == "rank":
        assert all([value for _, value in share] == list("123"[: len(share)]) for share in shares)


def test_hands_for_ratings_make_the_counts_again():
    shares = hand_out(_step("rate", "ab"), Hands("k", "q", {"a=5": 2, "a=1": 1, "b=3": 3}), 4)
    assert Counter(pair for share in shares for pair in share) == {("a", "5"): 2, ("a", "1"): 1, ("b", "3"): 3}
    with pytest.raises(Refusal, match="3 mains par personne"):
        hand_out(_step("multi", "abcd", at_most=3), Hands("k", "q", dict.fromkeys("abcd", 5)), 5)


def test_what_a_room_holds_is_told_together():
    said = [Given("rank", (("a", "1"), ("b", "2"))), Given("rank", (("b", "1"),)), Given("rank", (("b", "1"),))]
    assert together([*said, Given("rank", state="nsp")]).retained() == ("b", "a")
    first, second, third = bars(_step("rank", "abc"), said)
    assert (first.label, first.figure, first.length) == ("b", "2 en premier, 3 en tout", 100)
    assert (second.label, second.figure, third.length) == ("a", "1 en premier, 1 en tout", 0)
    (rated, _) = bars(_step("rate", "ab"), [Given("rate", (("a", "4"),)), Given("rate", (("a", "3"),))])
    assert (rated.figure, rated.length) == ("3,5 sur 5 (2)", 70)


def test_a_phone_answers_for_its_seat_and_hands_are_counted_without_it(facilitator, phone, house):
    _ask(facilitator, "titre")
    first = phone(1)
    assert _answer(first, house, "titre", pick="citoyen").status_code == 303
    assert "Les mains de <strong>4 personnes" in facilitator.get(f"{HERE}/1").text
    _hands(facilitator, "titre", hands__vecu=4)
    assert Counter(option for _, option, _ in _answers(house, "titre")) == {"citoyen": 1, "vecu": 4}
    page = first.get(f"/atelier/{_code(house)}").text
    assert "Votre réponse est reçue" in page and 'value="citoyen" checked' in page


def test_a_seat_takes_one_phone_and_needs_a_consent(facilitator, phone, house):
    phone(1)
    other = house.app.test_client()
    page = other.get(f"/atelier/{_code(house)}").text
    assert 'value="1"' not in page and 'value="2"' in page and 'value="6"' not in page
    for taken in (1, 6, 99):
        answer = other.send(f"/atelier/{_code(house)}/entrer", seat=taken)
        assert answer.status_code == 400 and "pas libre" in answer.text
    assert other.get("/atelier/ABCDEF").status_code == 404
    assert other.get("/atelier?code=" + _code(house).lower()).location == f"/atelier/{_code(house)}"


def test_a_lost_phone_is_replaced_and_the_old_one_is_out(facilitator, phone, house):
    old = phone(1)
    facilitator.send(f"{HERE}/1/places/1/liberer")
    assert "Quelle est votre place" in old.get(f"/atelier/{_code(house)}").text
    assert "Vous êtes à votre place" in phone(1).get(f"/atelier/{_code(house)}").text


def test_what_a_phone_cannot_send_is_told_and_stays(facilitator, phone, house):
    _ask(facilitator, "freins.enjeux")
    client = phone(1)
    answer = _answer(client, house, "freins.enjeux", **{"value-acces": "1", "value-autonomie": "1"})
    assert answer.status_code == 400 and "le même rang" in answer.text and answer.text.count("<option selected>1") == 2
    assert _answer(client, house, "merci.rien").status_code == 400


def test_words_refused_once_the_room_has_gone_on_are_handed_back_under_their_question(facilitator, phone, house):
    _ask(facilitator, "experience_client")
    client = phone(1)
    _ask(facilitator, "liens")
    refused = _answer(client, house, "experience_client", text="Accueillir sans juger. " * 500)
    assert refused.status_code == 400 and "trop long" in refused.text
    assert "Accueillir sans juger." in refused.text and 'name="step" value="experience_client"' in refused.text


def test_polls_with_nothing_new_are_empty(facilitator, phone, house):
    _ask(facilitator, "titre")
    client = phone(1)
    address, seen = f"/atelier/{_code(house)}", {"HX-Request": "true"}
    assert client.get(f"{address}?vu=titre", headers=seen).status_code == 204
    screen = facilitator.get(f"{HERE}/1/ecran").text
    poll = re.search(r'hx-get="([^"]+)"', screen)[1]
    assert facilitator.get(poll, headers=seen).status_code == 204
    _answer(client, house, "titre", pick="citoyen")
    live = facilitator.get(poll, headers=seen)
    assert live.status_code == 200 and "1 réponse sur 5" in live.text and "<html" not in live.text
    _ask(facilitator, "liens")
    assert 'name="text"' in client.get(f"{address}?vu=titre", headers=seen).text
    _ask(facilitator, "titre")
    turn = client.get(f"{address}?vu=liens&ecrit=1", headers=seen).text
    assert "La salle passe à une autre question" in turn and "<form" not in turn


def test_notes_are_signed_and_minority_views_marked(facilitator, house):
    _ask(facilitator, "liens")
    key = str(uuid4())
    for _ in range(3):
        facilitator.send(f"{HERE}/1/notes", key=key, step="liens", seat=0, text="Internet <b>coûte</b> cher")
    facilitator.send(f"{HERE}/1/notes", key=str(uuid4()), step="liens", seat=2, text="Moi, ça va", minority="1")
    page = facilitator.get(f"{HERE}/1").text
    assert "Internet &lt;b&gt;coûte" in page and page.count("avis minoritaire</strong>") == 1
    with house.app.app_context():
        said = db.session.execute(select(Contribution.source, Participant.cluster).join(Participant)).all()
        assert set(said) == {("workshop", "Atelier A")} and len(said) == 2
    refused = facilitator.send(f"{HERE}/1/notes", key=str(uuid4()), step="liens", seat=6, text="Sans accord")
    assert refused.status_code == 400 and "Sans accord</textarea>" in refused.text


@pytest.mark.parametrize("withdraws", ["", "1"])
def test_who_leaves_keeps_or_withdraws_what_they_gave(withdraws, facilitator, phone, house):
    _ask(facilitator, "titre")
    client = phone(1)
    _answer(client, house, "titre", pick="citoyen")
    facilitator.send(f"{HERE}/1/notes", key=str(uuid4()), step="titre", seat=1, text="Dit par la première")
    gone = client.send(f"/atelier/{_code(house)}/partir", withdraws=withdraws)
    assert ("effacées" if withdraws else "gardées") in gone.text
    assert len(_answers(house, "titre")) == (0 if withdraws else 1)
    with house.app.app_context():
        assert db.session.scalar(select(Contribution.text)) == ("" if withdraws else "Dit par la première")
        assert (db.session.get(Participant, 5).erased_at is not None) is bool(withdraws)
    assert "Quelle est votre place" in client.get(f"/atelier/{_code(house)}").text
    assert "4 personnes d’accord" in facilitator.get(f"{HERE}/1").text


def test_a_closed_workshop_lets_nobody_in_and_keeps_all(facilitator, phone, house):
    _ask(facilitator, "titre")
    client = phone(1)
    _answer(client, house, "titre", pick="citoyen")
    code = _code(house)
    facilitator.send(f"{HERE}/1/clore")
    assert client.get(f"/atelier/{code}").status_code == 404 and len(_answers(house, "titre")) == 1
    assert _hands(facilitator, "titre", hands__vecu=1).status_code == 404
    assert "fini" in facilitator.get(f"{HERE}/1").text and "Merci" in facilitator.get(f"{HERE}/1/ecran").text


def test_a_room_of_forty_costs_what_a_room_of_six_does(facilitator, house):
    _open(facilitator, 40, label="Atelier B")
    for workshop in (1, 2):
        facilitator.send(f"{HERE}/{workshop}/presents", agreed=list(range(1, 47)))
        facilitator.send(f"{HERE}/{workshop}/question", step="titre")
        facilitator.send(f"{HERE}/{workshop}/mains", key=str(uuid4()), step="titre", **{"hands-vecu": 5})
    counts = []
    for page in (f"{HERE}/1", f"{HERE}/2", f"{HERE}/1/ecran", f"{HERE}/2/ecran"):
        with counted_queries(house.app) as seen:
            assert facilitator.get(page).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12 and counts[2] == counts[3] <= 12


NASTY = ("\0", "٣", "9" * 30, "-1", "\ufffd\u202e", "%", "<b>gras</b>")


@pytest.mark.parametrize("bad", NASTY)
def test_the_room_and_the_phones_stand_bad_input(bad, facilitator, phone, house):
    _ask(facilitator, "titre")
    client, key = phone(1), str(uuid4())
    sent = {"key": key, "step": bad, "seat": bad, "text": bad, "number": bad, "hands-vecu": bad, "label": bad}
    for page in ("", "/1/question", "/1/mains", "/1/notes", "/1/places", "/1/places/99/depart", "/99/presents"):
        answer = facilitator.send(f"{HERE}{page}", **sent)
        assert answer.status_code in (303, 400, 404) and "<b>gras" not in answer.text, page
    for fields in ({"pick": bad}, {"state": bad}, {"was": bad, "pick": "vecu"}, {"step": bad}, {"key": bad}):
        answer = client.send(f"/atelier/{_code(house)}", **{"key": key, "step": "titre"} | fields)
        assert answer.status_code in (400, 404, 409) and "<b>gras" not in answer.text, fields
