"""Those who are quoted are told with their very words, and can say no; words taken back are in no edition."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from cafe.extensions import db, writing
from cafe.moderation.models import Objection
from cafe.people.models import Card, Participant
from cafe.people.services import erase_participant
from cafe.restitution.models import Quote, Reader
from cafe.restitution.writing import written
from cafe.results.frames import contribution_names
from tests.cafe.restitution.published import AFTER, OPEN, OWN, QUOTES, SAID, say

FREINS = "/resultats/freins"


def not_quoted(team) -> set[int]:
    """The contributions that no deck may quote, by their numbers."""

    def ask():
        names, refused = contribution_names(), written().not_quoted
        return {number for number, name in names.items() if name in refused}

    return team.read(ask)


def withdrawn(team) -> int:
    return team.read(lambda: written().withdrawn)


@pytest.fixture
def quoted(team, citizens):
    """The three have been announced; their contributions' numbers by pseudonym."""
    assert team.announce().status_code == 303
    return team.numbers()


def no(client, number: int, citer: str = "non"):
    client.get(OWN)
    return client.send(f"{OWN}/{number}", citer=citer)


def test_before_any_word_nothing_is_announced(team):
    page = team.page()
    assert "Rien n’est encore annoncé" in page and "aucune parole à citer" in page
    assert team.announce().status_code == 400


def test_the_team_reads_the_candidates_first_then_announces_them_once(team, citizens):
    page = team.page()
    assert all(words in page for words in SAID.values()) and "3 paroles" in page
    key = str(uuid4())
    for _ in range(5):
        team.announce(key=key)
    assert team.read(lambda: Quote.query.count()) == 3


def test_each_reads_their_own_words_as_they_will_be_quoted_and_no_one_elses(citizens, quoted):
    page = citizens["Tilleul"].get(OWN).text
    assert (
        SAID["Tilleul"] in page and "Signé : Grand public</p>" in page and "jusqu’au mercredi 21 janvier 2026" in page
    )
    assert not any(SAID[other] in page for other in ("Garance", "Mésange"))


@pytest.mark.parametrize(("people", "signed"), [(1, "Grand public"), (2, "Grand public, Aidants")])
def test_the_signature_names_a_subgroup_of_five(team, citizens, quoted, people, signed):
    def grow():
        with writing() as session:
            more = {"group_code": "grand_public", "subgroup": "Aidants", "created_at": team.house.clock.now}
            session.add_all(Participant(pseudonym=f"Autre {n}", **more) for n in range(people))

    team.read(grow)
    assert f"Signé : {signed}</p>" in citizens["Tilleul"].get(OWN).text
    assert f"<p>{signed} <span" in team.page()


def test_a_strip_tells_on_entering_until_the_page_is_read(citizens, quoted):
    citizen = citizens["Tilleul"]
    for page in (OPEN, "/questionnaire"):
        assert "Une de vos paroles sera citée" in citizen.get(page).text
    citizen.get(OWN)
    assert "sera citée" not in citizen.get(OPEN).text
    assert "Une de vos paroles sera citée" in citizens["Garance"].get(OPEN).text


def test_no_is_one_tap_sent_again_it_is_one_and_it_is_taken_back(team, citizens, quoted):
    citizen, number = citizens["Tilleul"], quoted["Tilleul"]
    for _ in range(5):
        assert no(citizen, number).status_code == 303
    assert "elle ne sera pas citée" in citizen.get(OWN).text
    assert not_quoted(team) == {number} and withdrawn(team) == 1
    assert "a dit non" in team.page()
    for _ in range(2):
        no(citizen, number, "oui")
    assert "Elle sera citée ainsi" in citizen.get(OWN).text
    assert not_quoted(team) == set() and withdrawn(team) == 0


def test_no_one_answers_for_another(citizens, quoted, team):
    for number in (quoted["Garance"], 999):
        assert no(citizens["Tilleul"], number).status_code == 404
    assert not_quoted(team) == set()


def test_what_was_not_announced_is_not_quoted(team, citizens, quoted):
    later = say(citizens["Tilleul"], "Chercher un emploi sans Internet est impossible.")
    assert not_quoted(team) == {later}
    assert "1 parole peut" in team.page()
    team.announce()
    assert not_quoted(team) == set()
    assert "Une de vos paroles" not in citizens["Garance"].get(OWN).text


def test_words_for_the_team_alone_are_never_announced(team, citizens):
    say(citizens["Tilleul"], "Internet est trop cher, entre nous.", "/cafe/essai/jour/2/1")
    assert "entre nous" not in team.page()


def test_the_edition_waits_for_the_last_day(team, quoted):
    early = team.publish()
    assert early.status_code == 409 and "peuvent encore dire non" in early.text
    team.later(**AFTER)
    assert "Le délai est fini" in team.page()
    for _ in range(3):
        assert team.publish().status_code == 303
    assert "L’édition est publiée" in team.page()


@pytest.mark.parametrize("until", ["", "hier", "2026-01-01", "2026-01-08", "9999-12-31"])
def test_a_delay_that_leaves_no_time_is_refused_and_kept_in_the_page(team, citizens, until):
    refused = team.announce(until)
    assert refused.status_code == 400 and 'role="alert"' in refused.text
    assert team.read(lambda: Quote.query.count()) == 0


def test_a_delay_can_be_moved_while_the_edition_is_not_out(team, citizens, quoted):
    team.announce("2026-01-28")
    assert "mercredi 28 janvier" in citizens["Tilleul"].get(OWN).text


def withdraw(client, number: int) -> None:
    client.get("/mes-mots")
    client.send(f"/mes-mots/{number}/retirer")


def test_words_withdrawn_leave_the_edition_and_only_a_count(team, citizens, quoted):
    number = quoted["Tilleul"]
    no(citizens["Tilleul"], number)
    withdraw(citizens["Tilleul"], number)
    assert "Vos paroles citées" not in citizens["Tilleul"].get(OWN).text and SAID["Tilleul"] not in team.page()
    assert team.read(lambda: (Quote.query.count(), Objection.query.count())) == (2, 0)
    assert withdrawn(team) == 1 and no(citizens["Tilleul"], number).status_code == 404


def test_the_next_edition_counts_those_who_left_since_the_one_before(team, citizens, quoted):
    team.later(**AFTER)
    team.publish()
    assert withdrawn(team) == 0
    citizens = {name: citizens[name] for name in ("Tilleul", "Garance")}
    withdraw(citizens["Tilleul"], quoted["Tilleul"])
    page = citizens["Garance"].get(OWN).text
    assert "Elle est citée dans le compte rendu." in page and "ne se reprend pas" in page
    no(citizens["Garance"], quoted["Garance"])
    assert "plus citée ensuite" in citizens["Garance"].get(OWN).text
    team.announce("2026-02-20")
    assert withdrawn(team) == 2
    assert team.read(lambda: set(db.session.scalars(select(Quote.contribution_id).filter_by(edition_id=2)))) == {
        quoted["Mésange"]
    }
    team.later(days=30)
    team.publish(2)
    team.announce("2026-03-30")
    assert withdrawn(team) == 0


def test_a_deck_made_of_older_tables_is_told_what_left_since(team, citizens, quoted):
    names = team.read(contribution_names)
    withdraw(citizens["Tilleul"], quoted["Tilleul"])
    refused = team.read(lambda: written(names).not_quoted)
    assert refused == {names[quoted["Tilleul"]]}


def test_words_hidden_by_a_moderator_are_not_quoted(team, citizens, quoted, client_as):
    moderator = client_as("moderator")
    moderator.get("/moderation/file")
    moderator.send(f"/moderation/{quoted['Tilleul']}/decider", action="hide", reason="x", seen="")
    moderator.send(f"/moderation/{quoted['Tilleul']}/masquer", reason="x")
    assert "Vos paroles citées" not in citizens["Tilleul"].get(OWN).text


def test_nothing_is_kept_of_someone_who_is_gone(team, citizens, quoted):
    citizens["Tilleul"].get(OWN)
    no(citizens["Tilleul"], quoted["Tilleul"])
    person = team.read(lambda: db.session.scalar(select(Participant.id).filter_by(pseudonym="Tilleul")))
    team.read(lambda: erase_participant(person, team.house.clock.now))
    assert team.read(lambda: (Quote.query.count(), Objection.query.count(), Reader.query.count())) == (2, 0, 0)
    assert withdrawn(team) == 1 and SAID["Tilleul"] not in team.page()


def test_the_organiser_sees_who_was_told_and_notes_what_the_others_said(team, citizens, quoted):
    def take_card():
        with writing() as session:
            person = session.scalar(select(Participant.id).filter_by(pseudonym="Mésange"))
            session.execute(update(Card).filter_by(participant_id=person).values(revoked_at=team.house.clock.now))

    team.read(take_card)
    citizens["Tilleul"].get(OWN)
    page = team.page()
    assert "1 sur 3" in page and "à prévenir autrement" in page and "pas encore prévenue" in page
    for _ in range(3):
        team.client.send(f"{QUOTES}/parole/{quoted['Mésange']}", citer="non")
    assert "a dit non à l’équipe" in team.page() and not_quoted(team) == {quoted["Mésange"]}
    team.client.send(f"{QUOTES}/parole/{quoted['Mésange']}", citer="oui")
    assert not_quoted(team) == set()


def test_the_organiser_takes_back_nobodys_own_no(team, citizens, quoted):
    no(citizens["Tilleul"], quoted["Tilleul"])
    team.client.send(f"{QUOTES}/parole/{quoted['Tilleul']}", citer="oui")
    assert not_quoted(team) == {quoted["Tilleul"]}


def test_a_no_holds_on_the_pages_of_results_too(team, citizens, quoted, client_as):
    behind = "/resultats/paroles/freins/cout_internet"
    assert SAID["Tilleul"] in client_as("committee").get(behind).text.replace("<mark>", "").replace("</mark>", "")
    no(citizens["Tilleul"], quoted["Tilleul"])
    assert SAID["Tilleul"].split()[-1] not in client_as("committee").get(behind).text
    assert "à ne pas citer" in team.client.get(behind).text
    assert not any(SAID["Tilleul"] in words for words in re.findall("<blockquote>.*?</blockquote>", team.page(FREINS)))
