"""A pass of the scheduler: its jobs, once a night for some; one that fails stops no other."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from analysis.referential import SHIPPED
from cafe import scheduler as scheduling
from cafe.corpus.models import Contribution, Tag
from cafe.corpus.services import NewContribution, record
from cafe.errors import Refusal
from cafe.extensions import db, writing
from cafe.forum.models import Draft
from cafe.messages.models import Job, Message
from cafe.messages.smtp import Mailer
from cafe.moderation.models import Decision
from cafe.people.models import Participant, Visit
from cafe.people.visits import open_visit
from cafe.referential.services import current_tagger
from cafe.referential.versions import publish

NIGHT = datetime(2026, 1, 8, 2, 30, tzinfo=UTC)


@pytest.fixture
def said(office, app):
    """Two contributions under the first version: one that rules tag, one that they do not."""
    with app.app_context():
        person = db.session.scalar(select(Participant.id))
        for text in ("Internet est trop cher.", "Bonjour."):
            new = NewContribution(str(uuid4()), person, 1, text)
            record(new, current_tagger(), "key", office.house.clock.now)
    return office


def jobs(app) -> dict[str, bool]:
    with app.app_context():
        return {job.key: job.finished_at is not None for job in db.session.scalars(select(Job))}


def versions(app) -> set[int]:
    with app.app_context():
        return set(db.session.scalars(select(Tag.referential)))


def publish_next(app, now) -> None:
    source = SHIPPED.read_text(encoding="utf-8").replace("« Bonjour »", "Bonjour")
    with app.app_context():
        publish(source, now)


def test_a_new_version_tags_again_what_was_said_before_it_once_a_night(said, app):
    publish_next(app, said.house.clock.now + timedelta(hours=1))
    said.house.clock.now = datetime(2026, 1, 8, 1, 30, tzinfo=UTC)
    said.run_pass()
    assert (jobs(app), versions(app)) == ({}, {1})
    said.house.clock.now = NIGHT
    said.run_pass()
    assert jobs(app) == {"retag v2 2026-01-08": True, "purge 2026-01-08": True}
    assert versions(app) == {2}
    said.house.clock.move(days=1)
    said.run_pass()
    assert [key for key in jobs(app) if key.startswith("retag")] == ["retag v2 2026-01-08"]


def test_a_tag_that_a_person_decided_outlives_the_new_version(said, app):
    with app.app_context(), writing() as session:
        session.execute(update(Tag).values(state="confirmed"))
    publish_next(app, said.house.clock.now + timedelta(hours=1))
    said.house.clock.now = NIGHT
    said.run_pass()
    with app.app_context():
        assert set(db.session.scalars(select(Tag.state))) == {"confirmed"}


def test_a_retag_that_died_midway_is_done_the_next_night(said, app):
    publish_next(app, said.house.clock.now + timedelta(hours=1))
    with app.app_context(), writing() as session:
        session.add(Job(key="retag v2 2026-01-08", started_at=NIGHT))
    said.house.clock.now = NIGHT
    said.run_pass()
    assert versions(app) == {1}
    said.house.clock.move(days=1)
    said.run_pass()
    assert versions(app) == {2}


def test_the_purge_forgets_what_has_served_and_nothing_else(said, app):
    said.reachable("Tilleul", "tilleul@exemple.fr")
    said.run_pass()
    old = said.house.clock.now
    with app.app_context(), writing() as session:
        number, person = session.scalar(select(Contribution.id)), session.scalar(select(Participant.id))
        for moment in (old, old + timedelta(days=60)):
            note = {"staff_id": 1, "contribution_id": number, "action": "mask", "text_before": "Madame X"}
            session.add(Decision(decided_at=moment, **note))
        session.add(Draft(participant_id=person, question_id=1, text="Je pense", updated_at=old))
    with app.app_context():
        open_visit(old, participant_id=person)
    said.house.clock.move(days=40)
    said.run_pass()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Visit)) == 1
        assert list(db.session.scalars(select(Decision.text_before).order_by(Decision.id))) == [None, "Madame X"]
        assert list(db.session.scalars(select(Message.body))) == [""]
        assert db.session.scalar(select(Draft.text)) == "Je pense"
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 2
    said.house.clock.move(days=30)
    said.run_pass()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Visit)) == 0
        assert db.session.scalar(select(Draft.text)) is None


def test_a_job_that_fails_is_logged_without_a_word_of_anyone_and_the_others_go_on(office, monkeypatch, caplog):
    office.reachable("Tilleul", "tilleul@exemple.fr")

    def fail(*_arguments):
        raise ValueError("Madame Dupont, 06 00 00 00 00")

    monkeypatch.setattr(scheduling, "retag_by_night", fail)
    assert len(office.run_pass()) == 1
    assert "job retag failed: ValueError (test_scheduler.py:" in caplog.text and "Dupont" not in caplog.text
    assert "purge 2026-01-07" in jobs(office.house.app)


@pytest.mark.parametrize("url", ["localhost:25", "http://localhost", "smtp://"])
def test_a_mail_server_that_cannot_be_read_is_refused_at_the_start(url):
    with pytest.raises(Refusal, match="SMTP_URL"):
        Mailer(url, "cafe@exemple.fr")


def test_a_sender_that_is_no_address_is_refused_at_the_start():
    with pytest.raises(Refusal, match="MAIL_FROM"):
        Mailer("smtp://localhost", "")
