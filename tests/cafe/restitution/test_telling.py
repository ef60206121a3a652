"""E-mails of the restitution: to those concerned, who gave an address and want messages; each once."""

import pytest

from cafe.extensions import writing
from cafe.forum.models import Cafe
from tests.cafe.restitution.published import OWN, SAID


@pytest.fixture
def reachable(office, citizens):
    """Tilleul and Mésange gave an address; the café sends nothing of its own."""
    for name in ("Tilleul", "Mésange"):
        office.reachable(name, f"{name[0].lower()}@exemple.fr")
    office.change_cafe(archived_at=office.house.clock.now)
    return office


def test_those_quoted_get_one_email_that_leads_to_their_page_and_holds_none_of_their_words(team, reachable):
    team.announce()
    reachable.scheduler.run_pass()
    letters = reachable.mailbox.take()
    assert sorted(letter["To"] for letter in letters) == ["m@exemple.fr", "t@exemple.fr"]
    for letter in letters:
        text = letter.get_content()
        assert OWN in text and "21/01/2026" in text and not any(words in text for words in SAID.values())
    for _ in range(3):
        assert reachable.run_pass() == {}
    assert "e-mail parti" in team.page()


def test_whoever_said_no_or_stopped_messages_gets_none(team, reachable, citizens):
    team.announce()
    citizens["Tilleul"].get(OWN)
    citizens["Tilleul"].send(f"{OWN}/{team.numbers()['Tilleul']}", citer="non")
    assert set(reachable.run_pass()) == {"m@exemple.fr"}


def test_at_night_it_waits_for_the_morning(team, reachable, house):
    house.clock.move(hours=10)
    team.announce()
    assert reachable.run_pass() == {}
    house.clock.move(hours=11)
    assert set(reachable.run_pass()) == {"m@exemple.fr", "t@exemple.fr"}


def test_once_the_delay_is_over_nobody_is_written_to(team, reachable, house):
    team.announce()
    house.clock.move(days=20)
    assert reachable.run_pass() == {}


def test_what_becomes_of_leads_makes_one_email_the_morning_after(team, reachable, house):
    leads = [team.new("lead", title, "Texte.", ["freins:cout_internet"]) for title in ("Un", "Deux")]
    for lead in leads:
        team.tell(lead, "C’est décidé.")
    assert reachable.run_pass() == {}
    house.clock.move(days=1)
    assert set(reachable.run_pass()) == {"t@exemple.fr"}
    house.clock.move(days=1)
    assert reachable.run_pass() == {}


def test_two_a_day_of_the_cafe_do_not_keep_it_from_leaving(team, reachable, house):
    def running():
        with writing() as session:
            session.query(Cafe).update({"archived_at": None})

    team.read(running)
    reachable.run_pass()
    house.clock.move(hours=7)
    reachable.run_pass()
    team.announce()
    assert "t@exemple.fr" in reachable.run_pass()
