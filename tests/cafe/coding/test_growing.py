"""A moderator makes the référentiel grow from the screen alone, without a programmer."""

import pytest
from sqlalchemy import select, update

from cafe.background import services as background
from cafe.coding import drafts
from cafe.corpus import services as corpus
from cafe.corpus.models import Answer, Contribution
from cafe.extensions import db
from cafe.referential.proposals import own_words, propose
from tests.cafe.coding.growing import CHEQUE, DRAFT, LEARNED, Grower
from tests.conftest import NOON

AT_THE_TOWN_HALL = "Un ordinateur public dans chaque mairie, avec un animateur pour aider"


@pytest.fixture
def moderator(house, client_as):
    return Grower(house, client_as("moderator")).begin()


def test_a_tag_its_rule_the_comparison_then_the_publication_retag_what_was_said(moderator):
    said = moderator.say("J’attends mon chèque énergie")
    assert moderator.add_cheque().location == CHEQUE
    compared = moderator.read(moderator.work(f"{DRAFT}/comparer"))
    assert "Chèque énergie" in compared and "1 gagné, 0 perdu<" in compared and "mon chèque énergie" in compared
    assert moderator.codes(said) == set()
    assert "version 3" in moderator.publish()
    assert "cheque_energie" in moderator.codes(said)
    assert "cheque_energie" in moderator.codes(moderator.say("Un chèque énergie perdu"))


def test_publishing_five_times_the_same_form_publishes_once(moderator):
    moderator.add_cheque()
    form = {"token": moderator.token(), "key": "6a1f7a52-6a3c-4a9c-9c51-0d8a5d0f7a11"}
    places = {moderator.client.send(f"{DRAFT}/publier", **form).location for _ in range(5)}
    moderator.wait()
    assert len(places) == 1 and moderator.version() == 3


def test_what_people_decided_is_not_undone_by_a_new_version(moderator):
    said = moderator.say("J’attends mon chèque énergie, Internet est trop cher")
    assert "cout_internet" in moderator.codes(said)
    moderator.remove(said, "cout_internet")
    moderator.add_cheque()
    moderator.publish()
    assert moderator.codes(said) == {"cheque_energie"}


def test_no_one_writes_over_anothers_draft(moderator):
    old = moderator.token()
    moderator.add_cheque()
    answer = moderator.send(CHEQUE, token=old, action="rule", pattern="bon énergie")
    assert answer.status_code == 409 and "bon énergie" in answer.text and "entre-temps" in answer.text


def test_a_faulty_rule_is_told_and_kept_in_the_form(moderator):
    moderator.add_cheque()
    answer = moderator.send(CHEQUE, action="rule", pattern="@rien_de_tel")
    assert answer.status_code == 400 and "@rien_de_tel" in answer.text and "pas définie" in answer.text


def test_a_faulty_text_is_kept_and_cannot_be_published(moderator):
    source = moderator.inside(drafts.find).source.replace("slug: ", "slog: ", 1)
    assert moderator.send(DRAFT, source=source).status_code == 303
    page = moderator.read(DRAFT)
    assert "slog" in page and "n&#39;est pas connu" in page and "Comparer avant" not in page
    assert moderator.send(f"{DRAFT}/publier").status_code == 400
    assert moderator.version() == 2


def test_two_tags_made_one_keep_what_people_decided(moderator):
    said = moderator.say("Rien de particulier")
    moderator.add(said, "cout_equipement")
    moderator.send("/referentiel/freins/cout_equipement", action="merge", kept="cout_internet")
    moderator.publish()
    assert moderator.codes(said) == {"cout_internet"}
    again = moderator.send("/referentiel/freins/nouveau-tag", label="Prix", code="cout_equipement")
    assert again.status_code == 400 and "déjà servi" in again.text


def test_a_tag_is_split_by_its_rules(moderator):
    moderator.add_cheque()
    moderator.send(CHEQUE, action="rule", pattern="bon énergie")
    moderator.send(CHEQUE, action="split", places="2", code="bon_energie", label="Bon énergie", parent="acces")
    moderator.publish()
    assert moderator.codes(moderator.say("mon bon énergie")) == {"bon_energie"}


def test_corrections_become_a_proposal_and_the_next_text_alike_is_tagged(moderator):
    for number in range(20):
        moderator.add(moderator.say(f"Le bidulotron de la mairie ferme, histoire {number}"), "lieu_acces")
        moderator.say(f"Une belle journée au marché, {number}")
    moderator.work("/referentiel/propositions/apprendre")
    page = moderator.read("/referentiel/propositions")
    assert 'value="bidulotron' in page and "20 textes corrigés" in page
    moderator.send(proposals(page)[0], action="accept")
    moderator.publish()
    assert "lieu_acces" in moderator.codes(moderator.say("Le bidulotron de la mairie rouvre"))


def proposals(page: str) -> list[str]:
    """The forms that decide on a term, in the order of the page."""
    places = [part.split('"')[0] for part in page.split('action="')[1:]]
    return [place for place in places if place.rpartition("/")[2].isdigit() and "/mots/" not in place]


def test_a_refused_proposal_does_not_come_back(moderator):
    for number in range(5):
        moderator.add(moderator.say(f"Le bidulotron ferme {number}"), "lieu_acces")
        moderator.say(f"Une belle journée au marché, {number}")
    moderator.work("/referentiel/propositions/apprendre")
    waiting = proposals(moderator.read("/referentiel/propositions"))
    assert waiting
    for place in waiting:
        moderator.send(place, action="refuse")
    moderator.work("/referentiel/propositions/apprendre")
    assert "Aucune proposition" in moderator.read("/referentiel/propositions")


def test_a_rule_that_people_keep_removing_is_shown(moderator):
    for _ in range(3):
        moderator.remove(moderator.say("Internet est trop cher"), "cout_internet")
    assert "souvent retirée" in moderator.read("/referentiel/freins/cout_internet")


def test_words_that_people_keep_removing_are_shown_and_hushed_for_a_tag(house, client_as):
    moderator = Grower(house, client_as("moderator")).begin(LEARNED)
    helper = "/referentiel/freins/moyens_aidants"
    said = [moderator.say(AT_THE_TOWN_HALL) for _ in range(4)]
    assert moderator.codes(said[0]) == {"moyens_aidants"}
    assert "Mots appris, référentiel v2" in moderator.read(f"/moderation/{said[0]}")
    for number in said[:3]:
        moderator.remove(number, "moyens_aidants")
    assert "souvent retirés" in moderator.read(helper)
    # No rule can be limited: nothing is proposed.
    moderator.work("/referentiel/propositions/apprendre")
    assert "Aucune proposition" in moderator.read("/referentiel/propositions")
    moderator.send(helper, action="hush", hushed="1")
    assert "Ils se taisent pour ce tag" in moderator.read(helper)
    moderator.publish()
    assert moderator.codes(said[3]) == set() == moderator.codes(moderator.say(AT_THE_TOWN_HALL))
    moderator.send(helper, action="hush", hushed="0")
    moderator.publish()
    assert moderator.codes(said[3]) == {"moyens_aidants"}


def test_a_tag_that_no_word_was_learnt_for_shows_none(moderator):
    assert "Les mots appris" not in moderator.read("/referentiel/freins/cout_internet")


def ranked_with_own_words() -> None:
    question = corpus.find_or_create_question("freins.champs.acces", "Classez", "Internet")
    answer = {"kind": "rank", "option": "autre.acces", "value": "1", "created_at": NOON}
    db.session.add(Answer(participant_id=1, question_id=question, **answer))
    propose(1, "freins.champs.acces", "le chèque énergie", NOON, family="freins", parent="acces")
    db.session.commit()


def test_words_typed_after_another_one_become_a_tag_in_their_ranking(moderator):
    moderator.inside(ranked_with_own_words)
    moderator.add_cheque()
    assert "le chèque énergie" in moderator.read("/referentiel/propositions")
    (words,) = moderator.inside(own_words)
    moderator.send(f"/referentiel/propositions/mots/{words.id}", code="cheque_energie")
    moderator.publish()
    assert moderator.inside(lambda: db.session.scalars(select(Answer.option)).all()) == ["cheque_energie"]
    assert moderator.inside(own_words) == []


def typed_by_two() -> None:
    for person, words in ((1, "Étudiant"), (2, "étudiant."), (3, "Retraité")):
        propose(person, "titre", words, NOON)
    corpus.find_or_create_question("titre", "Qui êtes-vous ?", "Qui êtes-vous ?")
    db.session.commit()


def test_the_same_words_typed_by_two_people_are_decided_once_and_say_their_question(moderator):
    moderator.inside(typed_by_two)
    page = moderator.read("/referentiel/propositions")
    assert "Qui êtes-vous ? · 2&nbsp;personnes" in page and page.count("tudiant") == 2
    first, _ = moderator.inside(own_words)
    moderator.send(f"/referentiel/propositions/mots/{first.proposals[1]}", code="")
    assert [own.words for own in moderator.inside(own_words)] == ["Retraité"]


def test_work_cut_short_with_its_server_is_said_and_begun_again(moderator, clock):
    work_id, _ = moderator.inside(background.begin, "k", "retagging", 1, clock.now)
    clock.move(minutes=3)
    assert "s’est arrêté avec le serveur" in moderator.read(f"{DRAFT}/pose/{work_id}")
    assert "portent les tags" in moderator.read(moderator.work(f"{DRAFT}/reprendre"))


def test_withdrawn_words_are_in_no_comparison_made_before(moderator):
    said = moderator.say("J’attends mon chèque énergie")
    moderator.add_cheque()
    place = moderator.work(f"{DRAFT}/comparer")
    moderator.inside(corpus.withdraw, said, 1, NOON)
    assert "mon chèque énergie" not in moderator.read(place)


def test_weak_cues_are_given_a_threshold_and_weights_from_the_screen(moderator):
    moderator.add_cheque()
    assert moderator.send(CHEQUE, action="rule", pattern="hiver", weight="1").status_code == 400
    moderator.send(CHEQUE, action="describe", label="Chèque énergie", threshold="2")
    for cue in ("hiver", "facture"):
        assert moderator.send(CHEQUE, action="rule", pattern=cue, weight="1").status_code == 303
    page = moderator.read(CHEQUE)
    assert "il faut 2 points en tout" in page and 'value="2"' in page
    moderator.publish()
    assert moderator.codes(moderator.say("La facture de l’hiver")) == {"cheque_energie"}
    assert moderator.codes(moderator.say("Vivement la fin de l’hiver")) == set()
def test_whoever_posts_while_all_is_retagged_is_waited_for_after_each_batch(moderator, monkeypatch):
    said = [moderator.say(f"Internet est trop cher, {number}") for number in range(3)]
    paused = []

    def post_meanwhile(seconds):
        """What a citizen's process does in the pause: SQLite asks for the lock every tenth of a second."""
        paused.append(seconds)
        with db.engine.connect().execution_options(immediate=True) as other, other.begin():
            other.execute(update(Contribution).values(edited_at=Contribution.edited_at))

    monkeypatch.setattr("cafe.corpus.retagging.BATCH", 1)
    monkeypatch.setattr("cafe.corpus.retagging.sleep", post_meanwhile)
    moderator.add_cheque()
    moderator.publish()
    assert len(paused) >= len(said) - 1 and min(paused) > 0.1
