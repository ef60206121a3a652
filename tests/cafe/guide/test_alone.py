"""Someone alone with a phone, scripts off: one question at a time, nothing lost, nothing doubled."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.extensions import db
from cafe.forum.models import Cafe, CafeGroup
from cafe.guide.definition import KINDS
from cafe.guide.models import Sitting, StepAnswer
from cafe.guide.published import publish
from cafe.guide.reading import SHIPPED
from cafe.people import services as people
from cafe.referential.models import Proposal
from tests.cafe.guide.walking import Walker, begin_before
from tests.conftest import CITIZENS, NOON

MOST_SHOWN, REPLAYS = 7, 5


@pytest.fixture
def walker(client_as):
    return Walker(client_as("Tilleul")).begin()


@pytest.fixture
def at(house, client_as):
    """Someone who said « je ne sais pas » to all before a step."""

    def open_at(step: str, name: str = "Tilleul") -> Walker:
        with house.app.app_context():
            begin_before(step, CITIZENS.index(name) + 1, NOON)
        return Walker(client_as(name)).resume()

    return open_at


def answer(walker: Walker) -> Walker:
    """What anyone may answer to the page: words, the first answer, or the first two in order."""
    if walker.kind == "open":
        return walker.send("send", text=f"Mes mots sur {walker.step}")
    if walker.kind in ("rank", "multi"):
        for button in [button for button in walker.buttons if button.startswith("tap")][:2]:
            walker.send(button)
        return walker.send("send")
    choices = [button for button in walker.buttons if button.startswith(("pick", "level"))]
    return walker.send(choices[0] if choices else "send")


def count(app, what) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(what))


def rows_of(app, code: str) -> list[tuple]:
    query = select(Answer.option, Answer.value).join(Question).where(Question.code == code)
    with app.app_context():
        return [tuple(row) for row in db.session.execute(query.order_by(Answer.value, Answer.option))]


def test_the_whole_guide_is_answered_and_five_replays_of_each_form_change_nothing(house, walker):
    asked, kinds = set(), set()
    while walker.step:
        asked.add(walker.step)
        kinds.add(walker.kind)
        shown = [button for button in walker.buttons if button.startswith(("pick", "tap", "level"))]
        assert len(shown) <= MOST_SHOWN
        silent = {button.partition(":")[0] for button in walker.buttons} & {"nsp", "refus"}
        assert len(silent) == 2 or walker.kind == "info"
        answer(walker)
        path, fields = walker.sent
        again = {walker.client.post(path, data=fields).location for _ in range(REPLAYS)}
        assert (walker.status, again) == (303, {walker.location})
    assert kinds == set(KINDS) and "Vous avez répondu à tout" in walker.page
    assert count(house.app, StepAnswer) == len(asked) > 30
    with house.app.app_context():
        said = list(db.session.scalars(select(Contribution.text).where(Contribution.source == "questionnaire")))
    assert len(said) == len(set(said)) > 15


def test_taps_rank_in_order_move_and_take_out_and_no_two_share_a_rank(house, at):
    walker = at("freins.enjeux")
    for button in ("tap:acces", "tap:parcours", "tap:autonomie", "up:autonomie", "tap:parcours"):
        walker.send(button)
        assert walker.step == "freins.enjeux"
    assert walker.fields(None)["pick"] == ["acces", "autonomie"]
    assert rows_of(house.app, "freins.enjeux") == [("acces", "1"), ("autonomie", "2")]
    assert [button for button in walker.buttons if button.startswith("tap")][:2] == ["tap:acces", "tap:autonomie"]
    walker.send("tap:acces").send("tap:autonomie")
    assert rows_of(house.app, "freins.enjeux") == []


def test_words_typed_after_another_one_join_the_ranking_at_once_and_can_leave_it(house, at):
    walker = at("freins.enjeux").send("tap:acces").send("send")
    assert walker.step == "freins.champs.acces"
    walker.send("tap:cout_internet").send("add", other="Pas de <prise>")
    assert walker.fields(None)["pick"] == ["cout_internet", "autre.acces"]
    assert "Pas de &lt;prise&gt;" in walker.page and "<prise>" not in walker.page
    walker.send("up:autre.acces", other="Pas de <prise>")
    assert rows_of(house.app, "freins.champs.acces") == [("autre.acces", "1"), ("cout_internet", "2")]
    with house.app.app_context():
        assert db.session.scalar(select(Proposal.words)) == "Pas de <prise>"
    walker.send("tap:autre.acces", other="Pas de <prise>")
    assert rows_of(house.app, "freins.champs.acces") == [("cout_internet", "1")] and count(house.app, Proposal) == 0


def test_one_too_many_is_refused_and_the_choices_stay(at):
    walker = at("freins.enjeux").send("tap:acces").send("send")
    taps = [button for button in walker.buttons if button.startswith("tap")]
    for button in taps[:4]:
        walker.send(button)
    assert walker.status == 400 and "Choisissez 3 réponses au plus." in walker.page
    assert [f"tap:{pick}" for pick in walker.fields(None)["pick"]] == taps[:3]


def test_a_long_list_is_cut_in_views_and_what_was_chosen_goes_along(house, at):
    walker = at("populations.touchees")
    first = next(button for button in walker.buttons if button.startswith("tap"))
    walker.send(first).send("view:2")
    assert walker.place.endswith("?vue=2") and first not in walker.buttons
    second = next(button for button in walker.buttons if button.startswith("tap"))
    walker.send(second).send("send")
    picked = {first.removeprefix("tap:"), second.removeprefix("tap:")}
    assert {option for option, _ in rows_of(house.app, "populations.touchees")} == picked


def test_services_are_rated_one_a_page_and_those_unknown_are_left(house, at):
    walker = at("usages.dependance")
    walker.send(next(button for button in walker.buttons if button.startswith("nsp")))
    assert rows_of(house.app, "usages.dependance") == [("nsp", "1")] and walker.place.endswith("?vue=2")
    walker.send(next(button for button in walker.buttons if button.endswith("=4")))
    walker.send("refus")
    assert walker.step == "usages.critiques"
    assert rows_of(house.app, "usages.dependance") == [("demarches_administratives", "4")]


def test_options_come_in_an_order_drawn_once_for_each_person_and_kept(house, client_as, at):
    walkers = [at("populations.cible", name) for name in CITIZENS]
    walker, orders = walkers[0], [one.buttons for one in walkers]
    assert walker.open(walker.place).buttons == orders[0]
    assert len(set(map(tuple, orders))) > 1
    walker.send(orders[0][1])
    with house.app.app_context():
        kept = db.session.scalar(select(StepAnswer.offered).where(StepAnswer.step == "populations.cible").limit(1))
    shown = [button.removeprefix("pick:") for button in orders[0] if button.startswith("pick")]
    assert json.loads(kept)[: len(shown)] == shown


def test_a_second_tab_loses_nothing_and_writes_over_nothing_unseen(house, at, client_as):
    walker = at("liens")
    other = Walker(walker.client).open(walker.place)
    walker.send("send", text="Du premier onglet")
    other.send("send", text="Du second onglet")
    assert other.status == 409 and "dans une autre page" in other.page and "Du second onglet" in other.page
    other.send("send", text="Du second onglet")
    with house.app.app_context():
        texts = list(db.session.scalars(select(Contribution.text)))
    assert other.status == 303 and texts == ["Du second onglet"]


def test_words_for_a_question_that_no_longer_stands_come_back(at):
    walker = at("populations.cible")
    walker.send(next(button for button in walker.buttons if button.startswith("pick")))
    assert walker.step == "populations.mots"
    other = Walker(walker.client).open(walker.place)
    before = walker.open("/questionnaire/relire").page.split('">modifier')[-2].rpartition('href="')[2]
    walker.open(before).send("nsp")
    other.send("send", text="Ceux de mon immeuble")
    assert other.status == 409 and "ne se pose plus" in other.page and "Ceux de mon immeuble" in other.page


def test_a_version_published_meanwhile_is_for_those_who_begin_after(house, at, client_as):
    walker = at("liens")
    with house.app.app_context():
        newer = publish(SHIPPED.read_text(encoding="utf-8").replace("version: 1", "version: 2"), NOON)
    walker.send("send", text="Trop cher")
    Walker(client_as("Garance")).begin().send("send")
    with house.app.app_context():
        bound = dict(db.session.execute(select(StepAnswer.step, StepAnswer.version_id)).tuples().all())
        versions = list(db.session.scalars(select(Sitting.version_id).order_by(Sitting.id)))
    assert versions == [newer - 1, newer] and bound["liens"] == newer - 1


def test_it_goes_on_where_it_stopped_on_another_device_and_begins_once(house, at, client_as):
    walker = at("liens")
    elsewhere = Walker(client_as("Tilleul")).open("/questionnaire")
    assert "Reprendre" in elsewhere.page
    elsewhere.client.send("/questionnaire/commencer", key=str(uuid4()))
    assert count(house.app, Sitting) == 1
    assert elsewhere.open(walker.place).step == "liens"


def test_everything_can_be_changed_then_erased_with_the_words_given_at_the_end(house, at, visitor):
    walker = at("liens").send("send", text="Mes mots à effacer")
    walker.open("/questionnaire/relire")
    assert "Mes mots à effacer" in walker.page and "Terminer maintenant" in walker.page
    walker.send(None, to="/questionnaire/terminer")
    words = walker.page.partition('<p class="code">')[2].partition("<")[0]
    assert len(words.split()) == 3 and "Mes mots à effacer" in walker.page
    assert walker.open("/questionnaire/resume").page.count(words) == 1
    visitor.get("/questionnaire/effacer")
    assert visitor.send("/questionnaire/effacer", words="un deux trois").status_code == 404
    assert visitor.send("/questionnaire/effacer", words=words.upper()).status_code == 303
    assert "est effacé" in visitor.get("/questionnaire/effacer").text
    assert count(house.app, StepAnswer) == 0 and "Commencer" in walker.open("/questionnaire").page


def test_the_words_that_erase_cannot_be_guessed_at_leisure(visitor):
    visitor.get("/questionnaire/effacer")
    tried = [visitor.send("/questionnaire/effacer", words="un deux trois").status_code for _ in range(11)]
    assert tried == [404] * 10 + [429]


def test_titles_and_addresses_tell_nothing(at):
    walker = at("liens").send("send", text="Un secret")
    assert "<title>Question 3 · Questionnaire</title>" in walker.page and walker.place == "/questionnaire/4"
    assert "Question 3 sur" not in walker.page


def test_the_total_is_said_once_nothing_can_change_it(at):
    walker = at("regnier.acces_pour_tous")
    assert "sur 2" in walker.page.partition("<h1")[0].partition("Question")[2]


def test_who_has_no_cafe_is_asked_the_questionnaire(house, client_as):
    citizen = client_as("Tilleul")
    assert citizen.get("/").location.startswith("/cafe/")
    with house.app.app_context():
        people.create_group("operateur", "Opérateur")
        db.session.add(CafeGroup(cafe_id=db.session.scalar(select(Cafe.id)), group_code="operateur"))
        db.session.commit()
    assert citizen.get("/").location == "/questionnaire"
    assert "Commencer" in citizen.get("/questionnaire").text


@pytest.mark.parametrize("place", ["0", "99", "1?vue=99", "1?vue=-1", "relire", "resume", "arreter"])
def test_no_address_breaks(place, client_as):
    citizen = client_as("Tilleul")
    assert citizen.get(f"/questionnaire/{place}", follow_redirects=True).status_code == 200
    assert Walker(citizen).begin().open(f"/questionnaire/{place}").page


BAD = [
    {"do": "tap:inconnu"}, {"do": "pick:"}, {"do": "level:x=9"}, {"do": "rien"}, {"do": "view:99999999999"},
    {"pick": ["acces", "acces"], "do": "send"}, {"pick": ["="], "do": "send"}, {"key": "x"}, {"step": "\0"},
    {"was": "y" * 999},
]  # fmt: skip


@pytest.mark.parametrize("step", ["titre", "liens", "usages.dependance", "freins.enjeux"])
def test_forged_forms_get_one_sentence_and_keep_nothing(step, house, at):
    walker = at(step)
    page, kept = walker.page, count(house.app, StepAnswer)
    for fields in BAD:
        walker.page = page
        sent = walker.fields("send") | fields
        assert walker.client.post(walker.place, data=sent).status_code in (303, 400, 409), fields
    assert count(house.app, StepAnswer) == kept
