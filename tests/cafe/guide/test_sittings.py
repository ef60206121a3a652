"""What a sitting keeps: each answer once, bound to its version, in the tables that every way of asking shares."""

import pytest
from sqlalchemy import func, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.errors import Conflict, NotFound
from cafe.extensions import db
from cafe.guide import engine, services
from cafe.guide.models import StepAnswer
from cafe.guide.published import current_guide, guide_of, publish
from cafe.guide.reading import SHIPPED
from cafe.guide.sittings import find_progress, progress_of
from cafe.guide.steps import Given
from cafe.people.models import Participant
from cafe.referential.models import Proposal
from tests.cafe.guide.sitting import SECRET, begin, give
from tests.cafe.guide.small import chosen, ranked, told
from tests.conftest import NOON


@pytest.fixture
def sitting(app):
    return begin(1, NOON)


def rows_of(code: str) -> list[tuple]:
    query = select(Answer.kind, Answer.option, Answer.value).join(Question).where(Question.code == code)
    return sorted(tuple(row) for row in db.session.execute(query.order_by(Answer.value)))


def texts() -> list[tuple]:
    query = select(Contribution.text, Contribution.status).where(Contribution.source == "questionnaire")
    return [tuple(row) for row in db.session.execute(query.order_by(Contribution.id))]


def test_words_become_a_contribution_of_the_question_and_what_follows_is_prompted(sitting):
    give(sitting, "liens", told("Sans Internet, plus de droits"), NOON)
    give(sitting, "liens~suite", told("Mon voisin"), NOON)
    query = select(Question.code, Contribution.source, Contribution.prompted).join(Question)
    assert [tuple(row) for row in db.session.execute(query.order_by(Contribution.id))] == [
        ("liens", "questionnaire", False), ("liens", "questionnaire", True),
    ]  # fmt: skip


def test_the_target_chosen_is_the_participants_target(sitting):
    give(sitting, "populations.cible", chosen("jeunes"), NOON)
    assert db.session.get(Participant, 1, populate_existing=True).target == "jeunes"
    give(sitting, "populations.cible", Given("choice", state="nsp"), NOON)
    assert db.session.get(Participant, 1, populate_existing=True).target == ""
    assert rows_of("populations.cible") == [("choice", "nsp", "1")]


def test_five_replays_of_a_form_are_one_answer(sitting):
    form = give(sitting, "liens", told("Trop cher"), NOON)
    for _ in range(5):
        give(sitting, "liens", told("Trop cher"), NOON, form=form)
    assert texts() == [("Trop cher", "published")]
    with pytest.raises(Conflict, match="autrement"):
        give(sitting, "liens", told("Autre chose"), NOON, form=form)


def test_a_second_tab_writes_over_nothing_unseen(sitting):
    give(sitting, "liens", told("Du premier onglet"), NOON)
    with pytest.raises(Conflict, match="autre page"):
        give(sitting, "liens", told("Du second"), NOON, replaces="")
    assert texts() == [("Du premier onglet", "published")]
    give(sitting, "liens", told("Du second"), NOON)
    assert texts() == [("Du second", "published")]


def test_a_late_replay_does_not_bring_back_an_answer_changed_since(sitting):
    first = give(sitting, "populations.cible", chosen("jeunes"), NOON)
    give(sitting, "populations.cible", chosen("seniors"), NOON)
    give(sitting, "populations.cible", chosen("jeunes"), NOON, form=first, replaces="")
    assert rows_of("populations.cible") == [("choice", "seniors", "1")]


def test_what_leaves_the_path_counts_nowhere_and_comes_back_with_it(sitting):
    give(sitting, "freins.enjeux", ranked("acces", "autonomie"), NOON)
    give(sitting, "freins.champs.acces", ranked("cout_internet"), NOON)
    give(sitting, "essentiels@cout_internet", told("Un forfait social"), NOON)
    give(sitting, "freins.enjeux", ranked("autonomie"), NOON)
    assert rows_of("freins.champs.acces") == []
    assert texts() == [("Un forfait social", "hidden")]
    give(sitting, "freins.enjeux", ranked("autonomie", "acces"), NOON)
    assert rows_of("freins.champs.acces") == [("rank", "cout_internet", "1")]
    assert texts() == [("Un forfait social", "published")]


def test_a_proposal_is_about_its_champ(sitting):
    give(sitting, "freins.enjeux", ranked("acces"), NOON)
    give(sitting, "freins.champs.acces", ranked("cout_internet"), NOON)
    give(sitting, "essentiels@cout_internet", told("Un forfait social"), NOON)
    query = select(Question.code, Contribution.about).join(Question)
    assert [tuple(row) for row in db.session.execute(query)] == [("essentiels", "cout_internet")]


def test_words_typed_after_another_one_join_the_ranking_and_reach_the_referential(sitting):
    give(sitting, "freins.enjeux", ranked("acces"), NOON)
    give(sitting, "freins.champs.acces", ranked("cout_internet", others=("Pas de prise",)), NOON)
    assert rows_of("freins.champs.acces") == [("rank", "autre.acces", "2"), ("rank", "cout_internet", "1")]
    proposal = db.session.scalar(select(Proposal))
    assert (proposal.family, proposal.parent, proposal.words) == ("freins", "acces", "Pas de prise")


def test_a_sitting_stays_with_the_version_that_it_began_with(sitting):
    began_with = current_guide().id
    publish(SHIPPED.read_text(encoding="utf-8").replace("version: 1", "version: 2"), NOON)
    give(sitting, "liens", told("Trop cher"), NOON)
    assert progress_of(1).version_id == began_with != current_guide().id
    assert db.session.scalar(select(StepAnswer.version_id)) == began_with
    assert guide_of(began_with).guide.version == 1


def test_changed_answers_take_words_back(sitting):
    give(sitting, "liens", told("Trop cher"), NOON)
    give(sitting, "liens", Given("open", state="refus"), NOON)
    assert texts() == [("", "withdrawn")]
    assert rows_of("liens") == [("choice", "refus", "1")]


def test_the_words_given_at_the_end_erase_everything(sitting):
    give(sitting, "liens", told("Trop cher"), NOON)
    give(sitting, "populations.cible", chosen("jeunes"), NOON)
    words = services.finish(find_progress(sitting), SECRET, NOON)
    services.erase_by_words(words.replace("-", " ").upper(), SECRET, NOON)
    assert texts() == [("", "withdrawn")] and progress_of(1) is None
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 0
    assert db.session.scalar(select(func.count()).select_from(StepAnswer)) == 0
    with pytest.raises(NotFound):
        services.erase_by_words(words, SECRET, NOON)


def test_the_next_step_is_the_first_without_an_answer(sitting):
    progress = find_progress(sitting)
    assert engine.next_step(progress.guide, progress.given, "alone").key == "accueil"
    give(sitting, "accueil", Given("info"), NOON)
    progress = find_progress(sitting)
    assert engine.next_step(progress.guide, progress.given, "alone").key == "titre"


def test_someone_answers_in_one_way_until_it_is_erased(sitting):
    give(sitting, "liens", told("Trop cher"), NOON)
    with pytest.raises(Conflict, match="d’une autre façon"):
        begin(1, NOON, way="interview")
    services.erase(sitting, NOON)
    assert begin(1, NOON, way="interview") != sitting
