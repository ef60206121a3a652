"""What moderators see and decide."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from cafe.corpus.models import Contribution, Tag
from cafe.corpus.retagging import retag
from cafe.extensions import db
from cafe.moderation.lit import light
from cafe.referential.services import current_tagger
from tests.conftest import counted_queries

QUESTION = "/cafe/essai/jour/1/2"
TEXT = "Internet est trop cher. Le débit est mauvais."


@pytest.fixture
def post(client_as):
    """Post as a citizen; returns the contribution's number."""
    citizen = client_as("Tilleul")

    def post(text: str) -> int:
        answer = citizen.send(QUESTION, key=str(uuid4()), text=text)
        return int(answer.location.rpartition("#m")[2])

    return post


@pytest.fixture
def moderator(client_as):
    return client_as("moderator")


def _tags(house, number: int) -> dict[str, str]:
    with house.app.app_context():
        rows = db.session.execute(select(Tag.code, Tag.state).where(Tag.contribution_id == number))
        return dict(rows.tuples().all())


def test_tags_are_lit_in_the_text_with_their_reason(post, moderator):
    number = post(TEXT)
    page = moderator.get("/moderation").text
    assert ">Internet est trop cher</mark>" in page
    assert "Règle freins.couverture_reseau." in page
    assert f"/moderation/{number}" in page


def test_a_tag_of_two_passages_is_one_line_with_both_reasons(post, moderator):
    number = post("Internet est trop cher. Le dimanche aussi, internet est trop cher.")
    page = moderator.get(f"/moderation/{number}").text
    assert page.count('value="freins:cout_internet"><button name="state" value="confirmed"') == 1
    assert page.count("Règle freins.cout_internet.") == 2


def test_pieces_say_the_tags_of_overlapping_spans_and_rebuild_the_text():
    pieces = light("abcdef", [(0, 3, "A"), (2, 5, "B"), (9, 12, "far")])
    assert [(piece.text, piece.labels) for piece in pieces] == [
        ("ab", ("A",)), ("c", ("A", "B")), ("de", ("B",)), ("f", ()),
    ]  # fmt: skip


def test_a_tag_is_removed_confirmed_and_added(post, moderator, house):
    number = post(TEXT)
    moderator.send(f"/moderation/{number}/tag", tag="freins:cout_internet", state="removed")
    moderator.send(f"/moderation/{number}/tag", tag="freins:couverture_reseau", state="confirmed")
    moderator.send(f"/moderation/{number}/ajouter", tag="populations:ruraux", passage="mauvais")
    moderator.send(f"/moderation/{number}/ajouter", tag="populations:ruraux", passage="mauvais")
    states = {"cout_internet": "removed", "couverture_reseau": "confirmed", "ruraux": "confirmed"}
    assert _tags(house, number).items() >= states.items()
    page = moderator.get(f"/moderation/{number}").text
    assert ">Internet est trop cher</mark>" not in page and "mauvais</mark>" in page
    assert "Tag retiré : Coût d’accès à Internet — moderator" in page and "Tag ajouté : Ruraux — moderator" in page


def test_a_passage_that_is_not_in_the_text_is_refused(post, moderator, house):
    number = post(TEXT)
    answer = moderator.send(f"/moderation/{number}/ajouter", tag="populations:ruraux", passage="ailleurs")
    assert answer.status_code == 400 and "Ces mots ne sont pas dans le texte" in answer.text
    assert "ruraux" not in _tags(house, number)


def test_rules_never_undo_what_people_decided(post, moderator, house):
    number = post(TEXT)
    moderator.send(f"/moderation/{number}/tag", tag="freins:cout_internet", state="removed")
    moderator.send(f"/moderation/{number}/ajouter", tag="populations:ruraux")
    with house.app.app_context():
        retag([number], current_tagger())
    states = {"cout_internet": "removed", "couverture_reseau": "laid", "ruraux": "confirmed"}
    assert _tags(house, number).items() >= states.items()


def test_read_without_tag_leaves_the_lists_of_what_waits(post, moderator):
    number = post("Bonjour à tous.")
    for state in ("sans-tag", "non-relu"):
        assert "Bonjour à tous" in moderator.get(f"/moderation?etat={state}").text
    assert "Lu, aucun tag" in moderator.get("/moderation").text
    moderator.send(f"/moderation/{number}/lu")
    assert "Bonjour à tous" not in moderator.get("/moderation?etat=non-relu").text
    assert "0 non relues" in moderator.get("/moderation").text


def test_filters_find_words_as_they_are_typed(post, moderator):
    post("à 100 % en ligne")
    post("à 100 euros")
    page = moderator.get("/moderation", query_string={"mots": "100 %"}).text
    assert "en ligne" in page and "100 euros" not in page


def test_hiding_needs_a_reason_that_the_author_reads(post, moderator, client_as, house):
    number = post("Des mots durs")
    assert moderator.send(f"/moderation/{number}/masquer", reason=" ").status_code == 400
    moderator.send(f"/moderation/{number}/masquer", reason="Insulte <b>")
    assert "Pourquoi : Insulte &lt;b&gt;" in client_as("Tilleul").get(QUESTION).text
    seen = client_as("Garance").get(QUESTION).text
    assert "Message masqué" in seen and "Des mots durs" not in seen and "Insulte" not in seen
    moderator.send(f"/moderation/{number}/republier")
    assert "Des mots durs" in client_as("Garance").get(QUESTION).text
    with house.app.app_context():
        assert db.session.get(Contribution, number).status_reason == ""


def test_decisions_add_up_and_none_is_lost(post, moderator):
    number = post("Des mots durs")
    for page, fields in (("masquer", {"reason": "Insulte"}), ("republier", {}), ("masquer", {"reason": "Encore"})):
        moderator.send(f"/moderation/{number}/{page}", **fields)
    page = moderator.get(f"/moderation/{number}").text
    assert page.index("Masqué : Insulte") < page.index("Republié") < page.index("Masqué : Encore")


def test_withdrawn_words_are_no_longer_there_for_anyone(post, moderator, client_as):
    number = post("Je regrette")
    client_as("Tilleul").send(f"{QUESTION}/message/{number}", action="withdraw")
    assert moderator.get(f"/moderation/{number}").status_code == 404
    assert moderator.send(f"/moderation/{number}/lu").status_code == 409


def test_htmx_gets_the_card_alone(post, moderator):
    number = post(TEXT)
    answer = moderator.send(f"/moderation/{number}/lu", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith("<article") and "relu" in answer.text


def test_queries_do_not_grow_with_contributions(post, moderator, house):
    counts = []
    for more in (2, 20):
        for n in range(more):
            post(f"{TEXT} {n}")
        with counted_queries(house.app) as seen:
            moderator.get("/moderation")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
