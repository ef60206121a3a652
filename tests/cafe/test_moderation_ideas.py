"""A long message cut into ideas, verbatims kept, and the places that masking moves."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cafe.corpus.models import Passage, Tag
from cafe.corpus.passages import cover, sentence_starts
from cafe.extensions import db
from cafe.moderation.masking import MASK, Move, Spot, masked, read_spots, write_spots
from tests.cafe.moderating import MAIL, NEVER, OPEN, Desk, say

LONG = "Internet est trop cher. Le débit est mauvais ! « Oui », dit-il. Et la mairie ?"


@pytest.fixture
def desk(house, client_as):
    return Desk(house, client_as("moderator"))


@pytest.fixture
def citizen(client_as):
    return client_as("Tilleul")


def _ideas(desk, number) -> list[str]:
    query = select(Passage).where(Passage.contribution_id == number).order_by(Passage.start)
    text = desk.post(number).text
    return desk.read(lambda: [text[idea.start : idea.end] for idea in db.session.scalars(query)])


def test_sentences_begin_where_a_reader_sees_them():
    starts = sentence_starts(LONG)
    assert [LONG[a:b] for a, b in cover(LONG, starts)] == [
        "Internet est trop cher. ", "Le débit est mauvais ! ", "« Oui », dit-il. ", "Et la mairie ?",
    ]  # fmt: skip
    assert sentence_starts("") == sentence_starts("…") == [0]


@given(st.text(max_size=60), st.lists(st.integers(-5, 70)))
def test_ideas_always_make_the_whole_text(text, starts):
    assert "".join(text[start:end] for start, end in cover(text, starts)) == text
    assert all(0 <= start <= len(text) for start in sentence_starts(text))


def test_a_message_is_cut_each_idea_has_its_tags_and_is_made_whole_again(desk, citizen):
    number = say(citizen, LONG)
    second = LONG.index("Le débit")
    here = f"/moderation/{number}"
    desk.client.send(f"{here}/idees", start=[str(second), "3"])
    assert _ideas(desk, number) == [LONG[:second], LONG[second:]]
    page = desk.client.get(here).text
    assert page.count("Ajouter un tag à cette idée") == 2
    assert "freins:cout_internet" not in page[page.index("Idée 2") :].split("<form")[0]
    desk.client.send(f"{here}/ajouter", tag="populations:ruraux", idea=str(second))
    query = select(Tag.start, Tag.end).where(Tag.contribution_id == number, Tag.code == "ruraux")
    assert desk.read(lambda: db.session.execute(query).tuples().all()) == [(second, len(LONG))]
    assert desk.client.send(f"{here}/ajouter", tag="populations:ruraux", idea="7").status_code == 409
    desk.client.send(f"{here}/idees")
    assert _ideas(desk, number) == []
    assert "Coupé en idées : 2" in desk.client.get(here).text


def test_ideas_follow_a_masked_text_and_leave_a_corrected_one(desk, citizen):
    number = say(citizen, f"{MAIL} {LONG}")
    cut = len(MAIL) + 1
    desk.client.send(f"/moderation/{number}/idees", start=[str(cut)])
    answer = desk.decide(number, "mask")
    assert _ideas(desk, number)[1] == LONG
    desk.undo(answer)
    assert _ideas(desk, number) == [f"{MAIL} ", LONG]
    citizen.send(f"{OPEN}/message/{number}", action="correct", text="Autre chose")
    assert _ideas(desk, number) == []


def test_a_verbatim_is_kept_once_by_section_and_let_go(desk, citizen):
    number = say(citizen, "Internet est trop cher")
    here = f"/moderation/{number}"
    for _ in range(2):
        desk.client.send(f"{here}/retenir", section="freins:cout_internet")
    desk.client.send(f"{here}/retenir", section="populations")
    page = desk.client.get("/moderation/retenus").text
    assert page.count("Internet est trop cher</blockquote>") == 2
    assert desk.client.send(f"{here}/retenir", section="rien").status_code == 400
    desk.decide(number, "hide", why="off_topic")
    assert "</blockquote>" not in desk.client.get("/moderation/retenus").text
    desk.decide(number, "publish")
    for section in ("populations", "freins:cout_internet"):
        desk.client.send(f"{here}/ne-plus-retenir", section=section)
    assert "Aucun verbatim pour l’instant" in desk.client.get("/moderation/retenus").text
    assert "Retenu : populations" in desk.client.get(here).text


def test_what_was_written_for_the_team_alone_is_not_quoted(desk, citizen):
    number = say(citizen, "Entre nous", NEVER)
    answer = desk.client.send(f"/moderation/{number}/retenir", section="freins")
    assert answer.status_code == 400 and "pour l’équipe seule" in answer.text
    waiting = say(citizen, MAIL)
    desk.decide(waiting, "hide", why="contacts")
    assert desk.client.send(f"/moderation/{waiting}/retenir", section="freins").status_code == 400


def test_the_page_of_a_message_shows_its_thread_and_its_author_s_other_words(desk, citizen, client_as):
    other = client_as("Garance")
    parent = say(other, "La question posée")
    number = say(citizen, "La réponse", reply_to=str(parent))
    say(other, "La réplique", reply_to=str(number))
    say(citizen, "Ailleurs")
    page = desk.client.get(f"/moderation/{number}").text
    for words in ("En réponse à Garance : « La question posée »", "Garance : La réplique", "Ailleurs"):
        assert words in page
    person = desk.post(number).participant_id
    theirs = desk.client.get(f"/moderation?auteur={person}").text
    assert "Ailleurs" in theirs and "La question posée</p>" not in theirs


TEXT = "Appelez Paul au 06 39 98 12 34 ou paul@exemple.fr"
SPOTS = [Spot("phone", 16, 30), Spot("email", 34, 49), Spot("name", 25, 30)]


def test_masked_passages_that_touch_make_one_and_places_move_there_and_back():
    assert masked(TEXT, SPOTS) == f"Appelez Paul au {MASK} ou {MASK}"
    there, back = Move(SPOTS), Move(SPOTS, back=True)
    assert there(8, 12) == (8, 12)
    assert there(31, 33) == (25, 27) and back(25, 27) == (31, 33)
    assert there(20, 22) == (16, 16 + len(MASK))
    assert read_spots(write_spots(SPOTS)) == SPOTS


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=5), st.integers(0, 49))
def test_what_lies_outside_the_masks_keeps_its_words(places, at):
    spots = [Spot("phone", start, start + length) for start, length in places]
    hidden = masked(TEXT, spots)
    if at < len(TEXT) and not any(spot.start <= at < spot.end for spot in spots):
        start, end = Move(spots)(at, at + 1)
        assert hidden[start:end] == TEXT[at] and Move(spots, back=True)(start, end) == (at, at + 1)


def test_a_probe_of_the_idea_form_with_bad_input_is_refused(desk, citizen):
    number = say(citizen, LONG)
    assert desk.client.send(f"/moderation/{number}/idees", start=["x", "-1", "999999999999"]).status_code == 303
    assert _ideas(desk, number) == []
    assert desk.client.send(f"/moderation/{number}/ajouter", tag="x", idea="x", key=uuid4()).status_code in (400, 409)
