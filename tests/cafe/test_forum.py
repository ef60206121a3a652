"""The conversation, as its citizens can count on it."""

import re
from datetime import date
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from cafe.corpus.models import Contribution, Tag
from cafe.extensions import db, writing
from cafe.forum.models import Cafe, CafeGroup
from cafe.forum.services import create_cafe
from cafe.people import services as people
from cafe.people.models import Participant
from tests.conftest import Browser, counted_queries, definition

DAY, OPEN, NEVER = "/cafe/essai/jour/3/1", "/cafe/essai/jour/1/2", "/cafe/essai/jour/2/1"


def _post(client, text, path=DAY, **fields):
    return client.send(path, key=str(uuid4()), text=text, **fields)


def _number(answer) -> int:
    return int(answer.location.rpartition("#m")[2])


def _rows(house) -> int:
    with house.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Contribution))


def test_an_answer_appears_with_its_hour(client_as):
    client = client_as("citizen")
    assert _post(client, "Le site plante.\r\nToujours.").status_code == 303
    page = client.get(DAY).text
    assert "<p>Le site plante.<br>Toujours.</p>" in page
    assert "12\u00a0h · ✓ publié" in page.replace("\n", "")


def test_others_answers_are_seen_only_after_ones_own(client_as):
    first, second = client_as("Tilleul"), client_as("Garance")
    _post(first, "réponse de Tilleul")
    assert "réponse de Tilleul" not in second.get(DAY).text
    assert "Répondez d’abord" in second.get(DAY).text
    _post(second, "la mienne")
    assert "réponse de Tilleul" in second.get(DAY).text


def test_others_answers_are_seen_at_once_or_never_when_the_question_says_so(client_as):
    first, second = client_as("Tilleul"), client_as("Garance")
    _post(first, "visible", OPEN)
    _post(first, "secret", NEVER)
    _post(second, "à moi", NEVER)
    assert "visible" in second.get(OPEN).text
    assert "secret" not in second.get(NEVER).text


def test_a_post_replayed_five_times_makes_one_row(client_as, house):
    client, key = client_as("citizen"), str(uuid4())
    places = {client.send(DAY, key=key, text="Une fois").location for _ in range(5)}
    assert len(places) == 1
    assert _rows(house) == 1


def test_a_post_sent_eight_times_at_once_makes_one_row(client_as, house):
    client, key = client_as("citizen"), str(uuid4())
    cookie, statuses = client.get_cookie("cafe").value, []

    def send():
        copy = Browser(house.app)
        copy.set_cookie("cafe", cookie)
        copy.token = client.token
        statuses.append(copy.send(DAY, key=key, text="En même temps").status_code)

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303] * 8
    assert _rows(house) == 1


def test_the_same_key_with_another_text_is_refused_and_the_text_kept(client_as, house):
    client, key = client_as("citizen"), str(uuid4())
    client.send(DAY, key=key, text="Le premier")
    answer = client.send(DAY, key=key, text="Le second <i>")
    assert answer.status_code == 409
    assert "Le second &lt;i&gt;</textarea>" in answer.text
    assert _rows(house) == 1


def test_anothers_key_is_refused(client_as, house):
    key = str(uuid4())
    client_as("Tilleul").send(DAY, key=key, text="À moi")
    assert client_as("Garance").send(DAY, key=key, text="À moi").status_code == 409
    assert _rows(house) == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\0", "x" * 10_001])
def test_an_empty_or_endless_text_is_refused_in_one_sentence(text, client_as, house):
    answer = _post(client_as("citizen"), text)
    assert answer.status_code == 400
    assert 'role="alert">Votre message est' in answer.text
    assert _rows(house) == 0


def test_what_is_typed_is_escaped(client_as):
    client = client_as("citizen")
    _post(client, "<script>alert(1)</script> & « ok »")
    page = client.get(DAY).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; « ok »" in page
    assert "<script>alert" not in page


def test_texts_are_stored_composed_without_control_characters(client_as, house):
    _post(client_as("citizen"), "e\u0301te\u0301\0\x07 fini\r\n")
    with house.app.app_context():
        assert db.session.scalar(select(Contribution.text)) == "été fini"


def test_a_reply_quotes_what_it_answers(client_as):
    first, second = client_as("Tilleul"), client_as("Garance")
    number = _number(_post(first, "La préfecture", OPEN))
    assert "Vous répondez à Tilleul" in second.get(f"{OPEN}?repondre={number}").text
    _post(second, "Moi aussi", OPEN, reply_to=number)
    assert "en réponse à Tilleul : « La préfecture »" in first.get(OPEN).text


def test_one_cannot_answer_what_one_may_not_see(client_as):
    number = _number(_post(client_as("Tilleul"), "caché"))
    other = client_as("Garance")
    assert _post(other, "réponse", reply_to=number).status_code == 403
    assert _post(other, "réponse", OPEN, reply_to=number).status_code == 404
    assert "caché" not in other.get(f"{DAY}?repondre={number}").text


def _react(client, number, kind, **headers):
    return client.send(f"{OPEN}/message/{number}/reaction", kind=kind, headers=headers)


def test_reactions_count_once_a_person_change_and_are_taken_back(client_as):
    first, second = client_as("Tilleul"), client_as("Garance")
    number = _number(_post(first, "bonjour", OPEN))
    for _ in range(3):
        _react(second, number, "same")
    assert "comme moi 1" in first.get(OPEN).text
    fragment = _react(second, number, "support", **{"HX-Request": "true"}).text
    assert re.search(r'value="none" aria-pressed="true">je soutiens 1', fragment)
    assert fragment.lstrip().startswith("<form")
    _react(second, number, "none")
    assert "je soutiens 1" not in first.get(OPEN).text


def test_one_does_not_react_to_oneself_nor_in_unknown_ways(client_as):
    first, second = client_as("Tilleul"), client_as("Garance")
    number = _number(_post(first, "bonjour", OPEN))
    assert _react(first, number, "same").status_code == 403
    assert _react(second, number, "love").status_code == 400


def test_a_draft_survives_a_reload_and_goes_with_the_post(client_as):
    client = client_as("citizen")
    assert client.send(f"{DAY}/brouillon", text="J’ai commencé").status_code == 204
    assert ">J’ai commencé</textarea>" in client.get(DAY).text
    assert ">J’ai commencé</textarea>" in client_as("citizen").get(DAY).text
    _post(client, "J’ai fini")
    assert "></textarea>" in client.get(DAY).text


def test_ones_words_can_be_corrected_and_the_thread_says_so(client_as, house):
    client = client_as("citizen")
    number = _number(_post(client, "Internet est trop cher"))
    client.send(f"{DAY}/message/{number}", action="correct", text="Le débit est mauvais")
    page = client.get(DAY).text
    assert "Le débit est mauvais" in page and "trop cher" not in page and "modifié" in page
    with house.app.app_context():
        assert set(db.session.scalars(select(Tag.code))) == {"couverture_reseau"}


def test_withdrawn_words_leave_the_base_and_the_thread_says_so(client_as, house):
    first, second = client_as("Tilleul"), client_as("Garance")
    number = _number(_post(first, "Internet est trop cher", OPEN))
    _post(second, "Oui", OPEN, reply_to=number)
    first.send(f"{OPEN}/message/{number}", action="withdraw")
    page = second.get(OPEN).text
    assert "Message retiré par son auteur" in page and "trop cher" not in page
    with house.app.app_context():
        assert db.session.get(Contribution, number).text == ""
        assert db.session.scalar(select(func.count()).select_from(Tag).where(Tag.contribution_id == number)) == 0


@pytest.mark.parametrize("method", ["get", "send"])
def test_nobody_changes_anothers_words(method, client_as):
    number = _number(_post(client_as("Tilleul"), "à moi", OPEN))
    assert getattr(client_as("Garance"), method)(f"{OPEN}/message/{number}").status_code == 404


def test_an_answer_is_tagged_with_rule_and_passage(client_as, house):
    _post(client_as("citizen"), "Franchement, Internet est trop cher.")
    with house.app.app_context():
        tag = db.session.scalar(select(Tag).where(Tag.family == "freins"))
        text = db.session.scalar(select(Contribution.text))
    assert (tag.code, tag.origin, tag.state) == ("cout_internet", "rule", "laid")
    assert tag.rule.startswith("freins.cout_internet.")
    assert text[tag.start : tag.end] == tag.matched == "Internet est trop cher"


def _poll(client, after):
    return client.get(f"{OPEN}?apres={after}", headers={"HX-Request": "true"})


def test_a_poll_costs_nothing_when_nothing_is_new_and_brings_what_is(client_as):
    first, second = client_as("Tilleul"), client_as("Garance")
    assert (_poll(second, 0).status_code, _poll(second, 0).data) == (204, b"")
    number = _number(_post(first, "du nouveau", OPEN))
    news = _poll(second, 0)
    assert news.status_code == 200
    assert "du nouveau" in news.text and "<html" not in news.text and f"apres={number}" in news.text
    assert _poll(second, number).status_code == 204


def test_the_page_shows_twenty_posts_and_the_way_to_older_ones(client_as):
    client = client_as("citizen")
    numbers = [_number(_post(client, f"message {n} fin", OPEN)) for n in range(23)]
    page = client.get(OPEN).text
    assert "message 3 fin" in page and "message 2 fin" not in page
    assert f"avant={numbers[3]}" in page
    assert "message 2 fin" in client.get(f"{OPEN}?avant={numbers[3]}").text


def test_queries_do_not_grow_with_posts(client_as, house):
    client = client_as("citizen")
    client.get(OPEN)
    counts = []
    for more in (2, 18):
        for n in range(more):
            _post(client, f"message {n}", OPEN)
        with counted_queries(house.app) as seen:
            client.get(OPEN)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 10


def test_a_day_to_come_says_when_it_opens_and_takes_nothing(client_as):
    client = client_as("citizen")
    page = client.get("/cafe/essai/jour/4").text
    assert "Cette journée ouvre jeudi 8 janvier à 8\u00a0h." in page
    assert "Et demain" not in page
    assert _post(client, "déjà", "/cafe/essai/jour/4/1").status_code == 409


def test_late_answers_end_with_the_cafe_and_the_text_is_given_back(client_as, clock):
    client = client_as("citizen")
    assert _post(client, "en retard", "/cafe/essai/jour/1/1").status_code == 303
    clock.move(days=14)
    answer = _post(client, "trop tard", "/cafe/essai/jour/1/1")
    assert answer.status_code == 409
    assert "trop tard</textarea>" in answer.text


def test_the_strip_tells_done_to_do_and_to_come(client_as):
    client = client_as("citizen")
    _post(client, "fait", NEVER)
    page = client.get(DAY).text
    assert re.findall(r'class="tile (\w+)"', page)[:5] == ["todo", "done", "todo", "later", "later"]
    assert page.count('aria-current="page"') == 1


def test_home_leads_to_the_day_of_today(client_as, clock):
    client = client_as("citizen")
    assert client.get("/").location == "/cafe/essai/jour/3"
    clock.move(days=1)
    assert client.get("/").location == "/cafe/essai/jour/4"


def test_answers_protect_the_reader(client_as):
    headers = client_as("citizen").get(DAY).headers
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_cafe_for_one_group_does_not_exist_for_the_others(client_as, house):
    with house.app.app_context(), writing() as session:
        people.create_group("operateur", "Opérateur")
        create_cafe(definition(slug="autre", first_day=date(2026, 1, 6)))
        cafe_id = session.scalar(select(Cafe.id).where(Cafe.slug == "autre"))
        session.add(CafeGroup(cafe_id=cafe_id, group_code="operateur"))
        session.execute(update(Participant).where(Participant.pseudonym == "Garance").values(group_code="operateur"))
    outside, inside = client_as("Tilleul"), client_as("Garance")
    assert inside.get("/").location == "/cafe/autre/jour/2"
    assert outside.get("/").location == "/cafe/essai/jour/3"
    here = "/cafe/autre/jour/1/2"
    number = inside.send(here, key=str(uuid4()), text="entre nous").location.rpartition("#m")[2]
    assert inside.get(here).status_code == 200
    assert [outside.get(page).status_code for page in (here, f"{here}/message/{number}")] == [404, 404]
    assert outside.send(here, key=str(uuid4()), text="moi").status_code == 404
    assert outside.send(f"{here}/message/{number}/reaction", kind="same").status_code == 404
