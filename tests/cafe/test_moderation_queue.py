"""The queue: what comes in, one gesture each, what is decided, undone, done to a selection."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, update

from cafe.corpus.models import Contribution, Flag
from cafe.extensions import db, writing
from cafe.forum.models import Cafe
from cafe.moderation.models import Decision, Report, Retained
from cafe.people.models import Participant, Staff
from tests.cafe.moderating import MAIL, OPEN, QUEUE, Desk, say
from tests.conftest import NOON, counted_queries

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def desk(house, client_as):
    return Desk(house, client_as("moderator"))


@pytest.fixture
def citizen(client_as):
    return client_as("Tilleul")


def _moderate_before(house):
    with house.app.app_context(), writing() as session:
        session.execute(update(Cafe).values(moderation="before"))


def test_what_a_rule_flags_comes_with_its_passage_lit_and_its_kind(desk, citizen):
    say(citizen, "Rien de spécial")
    number = say(citizen, MAIL)
    page = desk.queue()
    assert "<mark>paul@exemple.fr<small" in page and "repéré : e-mail" in page
    assert list(desk.picks()) == [number]
    assert "Rien de spécial" not in page


def test_what_citizens_report_comes_with_their_reasons(desk, citizen, client_as):
    number = say(citizen, "Des mots durs")
    for name in ("Garance", "Mésange"):
        for _ in range(2):
            client_as(name).send(f"/signaler/{number}", reason="hurtful")
    page = desk.queue()
    assert "signalé : Ces mots blessent × 2" in page
    assert "Signalé (1)" in page and "Tout (1)" in page


def test_what_waits_comes_oldest_first_or_newest_first(desk, citizen, house):
    _moderate_before(house)
    first, second = say(citizen, "Premier"), say(citizen, "Second")
    assert list(desk.picks()) == [first, second]
    assert list(desk.picks(f"{QUEUE}?ordre=recent")) == [second, first]
    assert list(desk.picks(f"{QUEUE}?apres={first}")) == [second]
    assert list(desk.picks(f"{QUEUE}?raison=repere")) == []


def test_publishing_lets_others_read_and_settles_what_was_pointed_out(desk, citizen, client_as, house):
    _moderate_before(house)
    number = say(citizen, MAIL)
    other = client_as("Garance")
    say(other, "bonjour")
    assert "paul@" not in other.get(OPEN).text
    desk.decide(number, "publish")
    assert "paul@" in other.get(OPEN).text
    assert number not in desk.picks()
    assert [flag[3] for flag in desk.flags(number)] == [True]


def test_hiding_takes_the_reason_of_the_flag_or_one_s_own_words(desk, citizen):
    first, second, third = (say(citizen, f"{MAIL} {n}") for n in range(3))
    assert 'name="why" value="contacts"' in desk.queue()
    desk.decide(first, "hide", why="contacts")
    desk.decide(second, "hide", why="other", reason="Publicité")
    assert desk.state(first) == ("hidden", "coordonnées personnelles")
    assert desk.state(second) == ("hidden", "Publicité")
    refused = desk.decide(third, "hide", why="", explanation="Mes mots à moi")
    assert refused.status_code == 400 and "Mes mots à moi" in refused.text
    assert desk.state(third) == ("published", "")


def test_sent_back_it_says_why_and_corrected_it_waits_again(desk, citizen):
    number = say(citizen, MAIL)
    assert "Votre message contient des coordonnées." in desk.queue()
    desk.decide(number, "return", explanation="Enlevez l’adresse.")
    assert desk.state(number) == ("returned", "Enlevez l’adresse.")
    assert number not in desk.picks()
    citizen.send(f"{OPEN}/message/{number}", action="correct", text="Sans adresse")
    assert list(desk.picks()) == [number] and "en attente" in desk.queue()


def test_masking_replaces_only_the_passages_and_keeps_what_people_tagged(desk, citizen):
    number = say(citizen, f"Internet est trop cher. {MAIL} Le débit est mauvais. a@b.fr aussi.")
    desk.client.send(f"/moderation/{number}/ajouter", tag="populations:ruraux", passage="pour en parler")
    before = desk.post(number).text
    answer = desk.decide(number, "mask")
    masked = desk.post(number)
    assert masked.text == before.replace("paul@exemple.fr", "[masqué]").replace("a@b.fr", "[masqué]")
    assert masked.status == "published" and number not in desk.picks()
    page = desk.client.get(f"/moderation/{number}").text
    assert ">pour en parler</mark>" in page
    assert "Passage masqué : e-mail" in page and "paul@" not in page
    desk.undo(answer)
    assert desk.post(number).text == before
    assert list(desk.picks()) == [number]
    assert ">pour en parler</mark>" in desk.client.get(f"/moderation/{number}").text


def test_a_flag_that_no_rule_finds_again_comes_back_with_its_text(desk, citizen):
    number = say(citizen, "Demandez à la voisine du trois")
    desk.flag(number, "address", "la voisine du trois")
    answer = desk.decide(number, "mask")
    assert desk.post(number).text == "Demandez à [masqué]"
    desk.undo(answer)
    assert desk.flags(number) == [("address", 11, 30, False)]


def test_masking_is_not_undone_over_its_author_s_correction(desk, citizen):
    number = say(citizen, MAIL)
    answer = desk.decide(number, "mask")
    citizen.send(f"{OPEN}/message/{number}", action="correct", text="Corrigé par moi")
    assert desk.undo(answer).status_code == 409
    assert desk.post(number).text == "Corrigé par moi"


def test_withdrawing_wipes_what_was_masked_and_retained(desk, citizen, house):
    number = say(citizen, MAIL)
    desk.decide(number, "mask")
    desk.client.send(f"/moderation/{number}/retenir", section="freins")
    citizen.send(f"{OPEN}/message/{number}", action="withdraw")
    with house.app.app_context():
        assert set(db.session.scalars(select(Decision.text_before))) == {None}
        assert db.session.scalar(select(func.count()).select_from(Retained)) == 0
    assert "paul@" not in desk.client.get("/moderation?mots=paul").text


def test_passed_on_to_a_colleague_it_waits_for_them_alone(desk, citizen, client_as, house):
    number = say(citizen, MAIL)
    assert desk.decide(number, "pass_on", to="personne").status_code == 400
    answer = desk.decide(number, "pass_on", to="organiser")
    assert list(desk.picks()) == [] and "Tout (0)" in desk.queue()
    theirs = Desk(house, client_as("organiser"))
    assert list(theirs.picks()) == [number] and "transmis par moderator à vous" in theirs.queue()
    desk.undo(answer)
    assert list(desk.picks()) == [number]


@pytest.mark.parametrize("action", ["publish", "hide", "return", "mask", "pass_on"])
def test_each_gesture_is_taken_back_whole_and_once(desk, citizen, house, clock, action, client_as):
    _moderate_before(house)
    number = say(citizen, MAIL)
    clock.move(minutes=1)
    fields = {"why": "contacts", "explanation": "Sans adresse."}
    before = (desk.post(number).text, desk.state(number), desk.flags(number))
    answer = desk.decide(number, action, **fields)
    clock.move(minutes=1)
    assert "Annuler" in desk.client.get(answer.location).text
    assert desk.undo(answer).status_code == 303
    assert (desk.post(number).text, desk.state(number), desk.flags(number)) == before
    assert list(desk.picks()) == [number]
    assert desk.undo(answer).status_code == 409
    assert [decision.action for decision in desk.decisions(number)] == [action, "undo"]
    assert "<s>" in desk.client.get(f"/moderation/{number}").text


def test_a_decision_is_not_undone_under_a_later_one(desk, citizen):
    number = say(citizen, MAIL)
    first = desk.decide(number, "hide", why="contacts")
    second = desk.decide(number, "publish")
    assert desk.undo(first).status_code == 409
    assert desk.state(number) == ("published", "")
    desk.undo(second)
    assert desk.undo(first).status_code == 303
    assert list(desk.picks()) == [number]


def test_two_moderators_at_once_the_second_is_told(desk, citizen, client_as, house):
    number = say(citizen, MAIL)
    other = Desk(house, client_as("organiser"))
    seen = desk.picks()[number]
    other.decide(number, "hide", why="contacts")
    late = desk.decide(number, "publish", seen=seen)
    assert late.status_code == 409 and "organiser a déjà décidé : « Masqué »" in late.text
    told = desk.client.send(f"/moderation/{number}/decider", action="publish", seen=seen, headers=FRAGMENT)
    assert told.status_code == 409 and told.text.startswith("<div data-said>")
    assert desk.state(number)[0] == "hidden" and len(desk.decisions(number)) == 1


def test_the_same_gesture_sent_twice_is_one_decision(desk, citizen):
    number = say(citizen, MAIL)
    seen = desk.picks()[number]
    answers = [desk.decide(number, "mask", seen=seen) for _ in range(3)]
    assert len({answer.location for answer in answers}) == 1
    assert len(desk.decisions(number)) == 1


def test_words_changed_since_they_were_read_are_read_again_first(desk, citizen):
    number = say(citizen, MAIL)
    seen = desk.picks()[number]
    citizen.send(f"{OPEN}/message/{number}", action="correct", text=f"{MAIL} Et pire.")
    answer = desk.decide(number, "publish", seen=seen)
    assert answer.status_code == 409 and "vient de changer ce message" in answer.text


def test_nobody_judges_their_own_words(desk, citizen, client_as, house):
    number = say(citizen, MAIL)
    with house.app.app_context(), writing() as session:
        own = session.scalar(select(Participant.id).where(Participant.pseudonym == "Tilleul"))
        session.execute(update(Staff).where(Staff.role == "moderator").values(participant_id=own))
    assert list(desk.picks()) == [] and "Tout (0)" in desk.queue()
    for page, fields in (
        ("decider", {"action": "publish"}), ("masquer", {"reason": "x"}), ("republier", {}), ("lu", {}),
        ("tag", {"tag": "freins:cout_internet"}), ("note", {"key": uuid4(), "audience": "team", "text": "x"}),
        ("idees", {}), ("retenir", {"section": "freins"}),
    ):  # fmt: skip
        answer = desk.client.send(f"/moderation/{number}/{page}", **fields)
        assert answer.status_code == 403 or "Vous ne pouvez pas juger vos propres mots." in answer.text, page
    assert desk.decisions(number) == []
    assert list(Desk(house, client_as("organiser")).picks()) == [number]


def test_a_selection_is_dealt_in_one_gesture_and_taken_back_in_one(desk, citizen):
    numbers = [say(citizen, f"{MAIL} {n}") for n in range(4)]
    picks = desk.picks()
    citizen.send(f"{OPEN}/message/{numbers[0]}", action="withdraw")
    desk.decide(numbers[1], "publish")
    pick = [f"{number}:{picks[number]}" for number in numbers]
    key = str(uuid4())
    for _ in range(2):
        answer = desk.client.send("/moderation/selection", key=key, action="hide", why="contacts", pick=pick)
        page = desk.client.get(answer.location).text
        assert "2 messages masqués. 2 laissés de côté" in page
    assert [desk.state(number)[0] for number in numbers] == ["withdrawn", "published", "hidden", "hidden"]
    assert "2 décisions annulées" in desk.client.get(desk.undo(answer).location).text
    assert list(desk.picks()) == numbers[2:]
    assert desk.undo(answer).status_code == 404


def test_a_selection_without_reason_or_without_message_is_refused(desk, citizen):
    number = say(citizen, MAIL)
    pick = [f"{number}:{desk.picks()[number]}"]
    for fields in (
        {"action": "hide", "why": "", "pick": pick},
        {"action": "publish"},
        {"action": "pass_on", "pick": pick},
    ):
        answer = desk.client.send("/moderation/selection", key=str(uuid4()), **fields)
        assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert desk.decisions(number) == []


def test_a_selection_of_the_list_is_noted_as_read_and_back(desk, citizen):
    numbers = [say(citizen, f"Internet est trop cher {n}") for n in range(2)]
    pick = [f"{number}:{seen}" for number, seen in desk.picks("/moderation").items()]
    sent = {"key": str(uuid4()), "action": "read", "pick": pick, "back": "liste", "etat": "non-relu"}
    answer = desk.client.send("/moderation/selection", **sent)
    assert answer.location.startswith("/moderation?etat=non-relu")
    page = desk.client.get("/moderation").text
    assert "0 non relues" in page and "✓" in page
    desk.undo(answer)
    page = desk.client.get("/moderation").text
    assert "2 non relues" in page and "✓" not in page
    assert [desk.post(number).read_at for number in numbers] == [None, None]


def test_hiding_keeps_the_replies_readable(desk, citizen, client_as):
    number = say(citizen, MAIL)
    say(client_as("Garance"), "Je vous réponds", reply_to=str(number))
    desk.decide(number, "hide", why="contacts")
    page = client_as("Mésange")
    say(page, "bonjour")
    text = page.get(OPEN).text
    assert "Je vous réponds" in text and "paul@" not in text and "Message masqué par l’animation" in text


def test_withdrawn_words_leave_the_queue(desk, citizen, client_as):
    number = say(citizen, MAIL)
    client_as("Garance").send(f"/signaler/{number}", reason="private")
    citizen.send(f"{OPEN}/message/{number}", action="withdraw")
    assert "Tout (0)" in desk.queue()


def test_an_answer_of_the_author_comes_back_until_someone_writes_or_decides(desk, citizen, clock):
    number = say(citizen, MAIL)
    desk.decide(number, "hide", why="contacts")
    for again in range(2):
        clock.move(minutes=1)
        citizen.send(f"/mes-mots/{number}", key=str(uuid4()), text="Pourquoi donc ?")
        page = desk.queue(raison="reponse")
        assert "réponse de l’auteur" in page and "Pourquoi donc ?" in page and "masqué : coordonnées" in page
        clock.move(minutes=1)
        if again:
            desk.decide(number, "hide", why="contacts")
        else:
            note = {"key": str(uuid4()), "audience": "author", "text": "À cause de l’adresse."}
            desk.client.send(f"/moderation/{number}/note", **note)
        assert "Tout (0)" in desk.queue()


def test_the_fragment_says_what_was_done_and_offers_to_take_it_back(desk, citizen):
    number = say(citizen, MAIL)
    fields = {"seen": desk.picks()[number], "why": "contacts"}
    answer = desk.client.send(f"/moderation/{number}/decider", action="hide", headers=FRAGMENT, **fields)
    assert "Message masqué : coordonnées personnelles." in answer.text and 'class="undo"' in answer.text


@pytest.mark.parametrize("bad", ["\x00", "x" * 5000, "-1", "٣", "<b>"])
def test_the_queue_stands_bad_input(desk, bad):
    for name in ("raison", "ordre", "apres", "fait"):
        assert desk.client.get(QUEUE, query_string={name: bad}).status_code == 200
    sent = {"action": bad, "seen": bad, "why": bad, "to": bad, "back": bad, "message": bad, "decision": bad}
    desk.client.send("/moderation/1/ne-plus-retenir", section=bad)
    for page in ("1/decider", "selection", "annuler"):
        assert desk.client.send(f"/moderation/{page}", key=bad, pick=bad, **sent).status_code in (400, 404)


def _many(house, posts: int) -> None:
    """A café with this many posts: one in thirty flagged, one in fifty reported, one in a hundred waiting."""
    with house.app.app_context(), writing() as session:
        person, question = (
            session.scalar(select(Participant.id)),
            session.scalar(select(func.max(Contribution.id))) or 0,
        )
        first = question + 1
        numbers = range(first, first + posts)
        common = {"participant_id": person, "question_id": 1, "posted_digest": "", "created_at": NOON}
        rows = [
            {"id": n, "key": f"k{n}", "text": f"{MAIL} {n}", "status": "waiting" if n % 100 == 0 else "published"}
            | common
            for n in numbers
        ]
        session.execute(insert(Contribution), rows)
        flags = [{"contribution_id": n, "kind": "email", "start": 14, "end": 29} for n in numbers if n % 30 == 0]
        session.execute(insert(Flag), flags)
        reports = [n for n in numbers if n % 50 == 0]
        told = {"participant_id": person, "reason": "hurtful", "created_at": NOON}
        session.execute(insert(Report), [{"contribution_id": n} | told for n in reports])
        fates = {"staff_id": 1, "action": "hide", "decided_at": NOON - timedelta(days=1)}
        session.execute(insert(Decision), [{"contribution_id": n} | fates for n in reports])


def test_queries_do_not_grow_with_what_waits(desk, house):
    counts = []
    for posts in (1000, 4000):
        _many(house, posts)
        with counted_queries(house.app) as seen:
            page = desk.queue()
        counts.append(len(seen))
        assert page.count('class="card item"') == 25
    assert counts[0] == counts[1] <= 12
    with house.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Flag)) > 100
