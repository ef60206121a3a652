"""How a proposition is held is said with one key, on the tag, and may be taken back."""

import pytest
from sqlalchemy import select

from cafe.corpus.models import Tag
from cafe.corpus.retagging import retag
from cafe.extensions import db
from cafe.referential.services import current_tagger
from tests.cafe.moderating import AFTER_OWN, OPEN, Desk, say

TAG, TEXT = "essentiels:offres_ciblees", "Il faudrait une offre sociale pour les petits revenus."
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def desk(house, client_as):
    return Desk(house, client_as("moderator"))


@pytest.fixture
def said(client_as) -> int:
    return say(client_as("Tilleul"), TEXT, OPEN)


def _hold(desk, number: int, stance: str, tag: str = TAG, **fields):
    return desk.client.send(f"/moderation/{number}/position", tag=tag, stance=stance, message=str(number), **fields)


def _tag(desk, number: int) -> tuple[str, str]:
    """The stance and the state of the proposition's tag."""
    here = (Tag.contribution_id == number) & (Tag.code == "offres_ciblees")
    return desk.read(lambda: db.session.execute(select(Tag.stance, Tag.state).where(here)).one())


def test_a_stance_is_said_confirms_its_tag_and_stays_beside_it(desk, said):
    answer = _hold(desk, said, "incontournable", back="page")
    assert answer.status_code == 303 and _tag(desk, said) == ("incontournable", "confirmed")
    page = desk.client.get(f"/moderation/{said}").text
    assert '<span class="held">++ incontournable</span>' in page and 'aria-pressed="true"' in page
    assert "Position notée : Offres adaptées aux revenus et aux usages, incontournable" in page
    assert desk.post(said).read_at is not None


def test_it_is_taken_back_and_the_rule_s_tag_is_the_rule_s_again(desk, said):
    answer = _hold(desk, said, "contre", back="page")
    desk.undo(answer)
    assert _tag(desk, said) == ("", "laid")
    assert [decision.action for decision in desk.decisions(said)] == ["stance", "stance_undo"]


def test_only_the_last_word_on_a_proposition_is_taken_back(desk, said):
    first = _hold(desk, said, "contre", back="page")
    second = _hold(desk, said, "dilemme", back="page")
    assert desk.undo(first).status_code == 409 and _tag(desk, said)[0] == "dilemme"
    desk.undo(second)
    assert _tag(desk, said) == ("contre", "confirmed")
    desk.undo(first)
    assert _tag(desk, said) == ("", "laid")


def test_said_five_times_it_is_one_decision(desk, said):
    for _ in range(5):
        _hold(desk, said, "souhaitable")
    assert len(desk.decisions(said)) == 1


def test_taking_a_stance_back_does_not_make_the_message_s_page_stale(desk, said):
    desk.flag(said, "phone", "offre")
    seen = desk.picks()[said]
    desk.undo(_hold(desk, said, "contre"))
    assert desk.decide(said, "publish", seen=seen).status_code == 303


@pytest.mark.parametrize("tag, stance", [
    ("freins:cout_internet", "contre"), ("essentiels:acces", "contre"), (TAG, "rien"), ("rien", "contre"),
    ("essentiels:couverture", "contre"),
])  # fmt: skip
def test_only_a_proposition_that_is_tagged_has_a_stance_of_the_list(desk, said, tag, stance):
    assert _hold(desk, said, stance, tag).status_code in (400, 404)
    assert desk.decisions(said) == []


def test_the_queue_has_a_button_a_key_each(desk, said):
    desk.flag(said, "phone", "offre")
    queue = desk.queue()
    for key, word in (("I", "Incontournable"), ("S", "Souhaitable"), ("D", "Dilemme"), ("C", "Contre")):
        assert f'aria-keyshortcuts="{key}"' in queue and word in queue
    assert "Offres adaptées aux revenus et aux usages : <strong>position à noter</strong>" in queue
    part = _hold(desk, said, "dilemme", back="file", headers=FRAGMENT).text
    assert "<strong>± dilemme</strong>" in part and "Position : dilemme." in part and "<article" not in part
    assert "<strong>± dilemme</strong>" in desk.queue()


def test_elsewhere_htmx_receives_the_card(desk, said):
    for back in ("page", "liste"):
        assert "<article" in _hold(desk, said, "dilemme", back=back, headers=FRAGMENT).text


def test_a_message_without_proposition_has_no_button(desk, client_as):
    number = say(client_as("Tilleul"), "Internet est trop cher.", AFTER_OWN)
    assert "position à noter" not in desk.client.get(f"/moderation/{number}").text


def test_retagging_leaves_a_stance_where_a_person_said_it(desk, said):
    _hold(desk, said, "incontournable")
    with desk.house.app.app_context():
        retag([said], current_tagger())
    assert _tag(desk, said) == ("incontournable", "confirmed")
