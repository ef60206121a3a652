"""Citizens vote on statements: one tap, one row, whatever is sent twice; and say why."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from cafe.corpus.models import Contribution, Tag
from cafe.extensions import db, writing
from cafe.forum.models import Cafe, CafeGroup
from cafe.people import services as people
from cafe.people.models import Participant
from tests.cafe.voting import DESK, ROOM, key_in, rows, values, vote, write

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def moderator(client_as):
    return client_as("moderator")


@pytest.fixture
def citizen(client_as):
    return client_as("Tilleul")


def test_a_vote_is_an_answer_like_those_of_the_guide(house, moderator, citizen):
    number = write(moderator, scale="colours")
    vote(citizen, number, "4")
    ((_, code, kind, option, value),) = rows(house)
    assert code.startswith("regnier.un-accueil-humain-partout-") and (kind, option, value) == ("regnier", "", "4")


@pytest.mark.parametrize("scale, allowed", [
    ("words", ["incontournable", "souhaitable", "dilemme", "contre", "blanc", "noir"]),
    ("colours", ["5", "4", "3", "2", "1", "blanc", "noir"]),
])  # fmt: skip
def test_each_scale_takes_its_levels_and_the_two_silences_alone(house, moderator, citizen, scale, allowed):
    number = write(moderator, scale=scale)
    for value in ("5", "incontournable", "6", "", "blanc", "noir"):
        answer = vote(citizen, number, value)
        assert (answer.status_code == 303, values(house) == [value]) == (value in allowed, value in allowed), value


def test_sent_five_times_a_vote_is_one_row_and_answers_the_same(house, moderator, citizen):
    first, second = write(moderator, "Un"), write(moderator, "Deux", place="2")
    answers = {(answer.status_code, answer.location) for answer in (vote(citizen, first, "contre") for _ in range(5))}
    assert answers == {(303, f"{ROOM}/{second}?vu={first}")}
    assert values(house) == ["contre"]


def test_a_vote_changes_and_is_taken_back(house, moderator, citizen):
    number = write(moderator)
    vote(citizen, number, "contre")
    changed = vote(citizen, number, "dilemme", then="stay")
    assert changed.location == f"{ROOM}/{number}" and values(house) == ["dilemme"]
    page = citizen.get(f"{ROOM}/{number}").text
    assert page.count('aria-pressed="true"') == 1 and "✓ votre avis" in page
    vote(citizen, number, "none", then="stay")
    assert values(house) == [] and "aria-pressed" not in citizen.get(f"{ROOM}/{number}").text


def test_one_statement_at_a_time_skipped_ones_come_back(moderator, citizen):
    numbers = [write(moderator, f"Affirmation {n}", place=str(n)) for n in (1, 2, 3)]
    page = citizen.get(f"{ROOM}/{numbers[0]}").text
    assert "Affirmation 1 sur 3" in page and f'href="{ROOM}/{numbers[1]}">Passer</a>' in page
    assert vote(citizen, numbers[1], "contre").location == f"{ROOM}/{numbers[2]}?vu={numbers[1]}"
    # The first one was skipped: it waits after the last one.
    assert vote(citizen, numbers[2], "contre").location == f"{ROOM}/{numbers[0]}?vu={numbers[2]}"
    assert vote(citizen, numbers[0], "contre").location == f"{ROOM}?vu={numbers[0]}"
    done = citizen.get(ROOM).text
    assert "C’est fait. Merci" in done and "3 sur 3" in done and done.count("<strong>Contre</strong>") == 3


def test_the_page_says_what_was_just_voted_and_how_to_change_it(moderator, citizen):
    first, _ = write(moderator, "Un <b>guichet</b>"), write(moderator, "Deux", place="2")
    following = citizen.get(vote(citizen, first, "souhaitable").location).text
    assert "<strong>Souhaitable</strong>" in following and f'href="{ROOM}/{first}">Changer' in following
    assert "Un &lt;b&gt;guichet&lt;/b&gt;" in following and "<b>guichet" not in following


def test_htmx_receives_the_statement_alone(moderator, citizen):
    number = write(moderator)
    whole, part = citizen.get(f"{ROOM}/{number}").text, citizen.get(f"{ROOM}/{number}", headers=FRAGMENT).text
    assert "<header" in whole and "<header" not in part and 'id="vote"' in part and "<title>" in part
    refused = citizen.post(f"{ROOM}/{number}", data={"csrf_token": citizen.token, "value": "rien"}, headers=FRAGMENT)
    assert refused.status_code == 400 and "pas dans la liste" in refused.text and "<header" not in refused.text


def test_nobody_sees_the_votes_of_others_before_or_after_their_own(moderator, client_as):
    number = write(moderator)
    vote(client_as("Garance"), number, "incontournable")
    reader = client_as("Tilleul")
    before = reader.get(f"{ROOM}/{number}").text
    vote(reader, number, "contre")
    after = reader.get(f"{ROOM}/{number}").text + reader.get(ROOM).text
    assert "votre avis" not in before and "<strong>Incontournable" not in after and "1 vote" not in before + after


def test_words_that_changed_meanwhile_are_read_again_before_one_votes(house, moderator, citizen):
    number = write(moderator)
    moderator.send(f"{DESK}/{number}", text="Autre chose.", scale="words", place="1",
                   opens_at="2026-01-07T12:00", closes_at="2026-01-19T08:00")  # fmt: skip
    refused = vote(citizen, number, "contre")
    assert refused.status_code == 409 and "vient de changer" in refused.text and "Autre chose." in refused.text
    assert values(house) == []
    assert vote(citizen, number, "contre", edition="2").status_code == 303


def test_a_statement_opens_and_closes_at_its_hour(house, moderator, citizen, clock):
    number = write(moderator, opens_at="2026-01-07T14:00", closes_at="2026-01-07T18:00")
    assert citizen.get(f"{ROOM}/{number}").status_code == 404 and vote(citizen, number, "contre").status_code == 404
    assert "rien à voter" in citizen.get(ROOM).text
    clock.move(hours=2)
    assert vote(citizen, number, "contre").status_code == 303
    clock.move(hours=4)
    refused = vote(citizen, number, "dilemme")
    assert refused.status_code == 409 and "fermé" in refused.text and values(house) == ["contre"]
    assert citizen.get(f"{ROOM}/{number}").location == ROOM
    # One's vote stays one's own.
    assert "Retirer mon vote" in citizen.get(ROOM).text
    vote(citizen, number, "none")
    assert values(house) == []


def test_an_archived_cafe_takes_no_vote(house, moderator, citizen):
    number = write(moderator)
    with house.app.app_context(), writing() as session:
        session.execute(update(Cafe).values(archived_at=house.clock.now))
    assert vote(citizen, number, "contre").status_code == 409 and values(house) == []


def test_a_cafe_for_others_has_no_statement_for_me(house, moderator, citizen):
    number = write(moderator)
    with house.app.app_context(), writing() as session:
        people.create_group("operateur", "Opérateur")
        session.add(CafeGroup(cafe_id=1, group_code="operateur"))
    assert (citizen.get(ROOM).status_code, vote(citizen, number, "contre").status_code) == (404, 404)


def test_the_day_leads_to_the_votes_that_wait(moderator, citizen):
    day = "/cafe/essai/jour/1/2"
    assert "affirmations" not in citizen.get(day).text
    first, second = write(moderator, "Un"), write(moderator, "Deux", place="2")
    assert "Voter sur 2 affirmations" in citizen.get(day).text
    vote(citizen, first, "contre")
    assert "Voter sur 1 affirmation<" in citizen.get(day).text
    vote(citizen, second, "contre")
    assert "Revoir mes votes" in citizen.get(day).text


@pytest.fixture
def voted(moderator, citizen) -> str:
    number = write(moderator, "Internet coûte trop cher.")
    vote(citizen, number, "incontournable")
    return f"{ROOM}/{number}"


def _why(house):
    with house.app.app_context():
        return list(db.session.scalars(select(Contribution).order_by(Contribution.id)))


def test_why_is_a_contribution_posted_once_tagged_and_not_spontaneous(house, voted, citizen):
    key = key_in(citizen.get(voted).text)
    answers = [citizen.send(voted, key=key, text="Mon forfait est trop cher.") for _ in range(5)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, f"{voted}#pourquoi")}
    (why,) = _why(house)
    assert (why.text, why.prompted, why.status, why.source) == ("Mon forfait est trop cher.", True, "published", "cafe")
    with house.app.app_context():
        assert "cout_internet" in db.session.scalars(select(Tag.code)).all()
    page = citizen.get(voted).text
    assert "Mon forfait est trop cher." in page and 'id="composer"' not in page
    assert "Mon forfait est trop cher." in citizen.get("/mes-mots").text


def test_another_text_under_the_same_key_is_refused_and_kept(voted, citizen):
    key = key_in(citizen.get(voted).text)
    citizen.send(voted, key=key, text="Un.")
    refused = citizen.send(voted, key=key, text="Deux.")
    assert refused.status_code == 409 and "Deux." in refused.text


def test_why_is_read_by_moderators_and_waits_for_them_where_the_cafe_says_so(house, voted, citizen, moderator):
    with house.app.app_context(), writing() as session:
        session.execute(update(Cafe).values(moderation="before"))
    citizen.send(voted, key=str(uuid4()), text="Trop cher.")
    assert "en attente d’un animateur" in citizen.get(voted).text
    assert "Trop cher." in moderator.get("/moderation/file").text


def test_why_is_corrected_and_withdrawn_by_its_author_alone(house, voted, citizen, client_as):
    citizen.send(voted, key=str(uuid4()), text="Trop cher.")
    (why,) = _why(house)
    other = client_as("Garance")
    other.send(voted, value="contre", edition="1")
    assert other.send(f"{voted}/pourquoi/{why.id}", action="correct", text="Volé").status_code == 404
    citizen.send(f"{voted}/pourquoi/{why.id}", action="correct", text="Bien trop cher.")
    assert _why(house)[0].text == "Bien trop cher."
    empty = citizen.send(f"{voted}/pourquoi/{why.id}", action="correct", text=" ")
    assert empty.status_code == 400 and "vide" in empty.text
    long = citizen.send(f"{voted}/pourquoi/{why.id}", action="correct", text="long " * 2_001)
    assert long.status_code == 400 and "long long" in long.text and 'id="composer"' not in long.text
    citizen.send(f"{voted}/pourquoi/{why.id}", action="withdraw")
    assert _why(house)[0].status == "withdrawn" and 'id="composer"' in citizen.get(voted).text


def test_what_is_being_written_is_kept(voted, citizen):
    assert citizen.send(f"{voted}/brouillon", text="J’allais dire").status_code == 204
    assert "J’allais dire" in citizen.get(voted).text


def test_no_other_citizen_reads_why(voted, citizen, client_as):
    citizen.send(voted, key=str(uuid4()), text="Mon forfait est trop cher.")
    other = client_as("Garance")
    other.send(voted, value="contre", edition="1")
    assert "Mon forfait" not in other.get(voted).text


def test_the_votes_of_someone_erased_count_no_more(house, voted, citizen, moderator, client_as):
    client_as("Garance").send(voted, value="contre", edition="1")
    assert "<strong>2</strong> votes" in moderator.get(DESK).text
    with house.app.app_context(), writing() as session:
        session.execute(update(Participant).where(Participant.pseudonym == "Tilleul").values(erased_at=house.clock.now))
    assert "<strong>1</strong> vote " in moderator.get(DESK).text
