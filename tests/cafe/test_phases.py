"""The dialogue's four phases, and what is late on the organiser's home."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cafe.extensions import db
from cafe.people import phases, stakeholders
from cafe.people.late import late_things
from cafe.people.models import Phase, Staff
from cafe.people.stakeholders_fields import Described
from tests.conftest import NOON

HERE = "/organisation/phases"
TODAY = NOON.date()


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(HERE)
    return client


def test_a_phase_is_dated_closed_once_and_opened_again(organiser, house, app):
    for ends in ("2026-02-01", "2026-03-01"):
        assert organiser.send(f"{HERE}/consultation", starts_on="2026-01-01", ends_on=ends).status_code == 303
    assert "Du 01/01/2026 au 01/03/2026, <strong>en cours" in organiser.get(HERE).text
    for _ in range(2):
        organiser.send(f"{HERE}/consultation/clore")
        house.clock.move(hours=1)
    assert db.session.get(Phase, "consultation").closed_at == NOON
    organiser.send(f"{HERE}/consultation/rouvrir")
    assert "<strong>en cours" in organiser.get(HERE).text


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("2026-02-01", "2026-01-01", "vient avant le premier"),
        ("", "2026-01-01", "le premier et le dernier jour"),
        ("٣", "x", "n’est pas lisible"),
    ],
)
def test_dates_that_cannot_be_are_told_and_stay_typed(starts, ends, told, organiser):
    answer = organiser.send(f"{HERE}/analysis", starts_on=starts, ends_on=ends)
    assert answer.status_code == 400 and told in answer.text and f'value="{ends}"' in answer.text
    assert organiser.send(f"{HERE}/autre", starts_on="2026-01-01", ends_on="2026-01-02").status_code == 404


def test_a_phase_without_dates_is_not_closed(organiser):
    answer = organiser.send(f"{HERE}/analysis/clore")
    assert answer.status_code == 400 and "Donnez d’abord les dates" in answer.text


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (1, False)])
def test_a_phase_is_late_the_day_after_its_last(days, late, app):
    phases.set_dates("preparation", "2025-12-01", str(TODAY + timedelta(days=days)))
    first = phases.stages(TODAY)[0]
    assert first.is_late is late
    phases.close("preparation", NOON)
    assert phases.stages(TODAY)[0].state == "close"


def test_nothing_late_says_nothing(organiser, app):
    phases.set_dates("preparation", "2026-01-01", "2026-02-01")
    assert late_things(NOON) is None and "En retard" not in organiser.get("/equipe").text


def test_the_organiser_s_home_says_what_is_late_and_where(organiser, app):
    phases.set_dates("preparation", "2025-12-01", "2026-01-04")
    by = db.session.scalar(select(Staff.id))
    for place, (status, days, next_on) in enumerate(
        (("invited", 15, None), ("invited", 13, None), ("identified", 30, date(2026, 1, 6)), ("met", 0, TODAY))
    ):
        one = Described(label=f"Association {place}", group="grand_public", status=status, next_on=next_on)
        stakeholders.add_stakeholder(one, str(place), by, NOON - timedelta(days=days))
    page = organiser.get("/equipe").text
    assert "en retard de 3 jours" in page and "1 prochaine étape passée" in page
    assert "1 invitation sans réponse</a> depuis 14 jours" in page

def test_the_others_homes_say_nothing_of_it(house, client_as):
    with house.app.app_context():
        phases.set_dates("preparation", "2025-12-01", "2026-01-04")
    assert "En retard" in client_as("organiser").get("/equipe").text
    assert "En retard" not in client_as("interviewer").get("/equipe").text
