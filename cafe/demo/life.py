"""What surrounds the fiction's posts: who came, drafts, reports, follow-ups, syntheses, ways to reach people."""

from datetime import datetime, timedelta
from random import Random

import yaml
from sqlalchemy import insert, select

from cafe.corpus.models import Contribution, Tag
from cafe.demo.generator import PHRASES
from cafe.extensions import db
from cafe.forum import synthesis
from cafe.forum.models import Cafe, CafeQuestion, Draft, FollowUp, Seen
from cafe.forum.schedule import opens_at
from cafe.moderation.models import Report
from cafe.people.models import Contact, Staff
from cafe.referential.services import current_tagger

SILENT, STUCK, REPORTS, FOLLOW_UPS, QUOTED = 0.4, 3, 4, 6, 3
DRAFT = "Moi ce que je voudrais changer, c’est"


def live(cafe: Cafe, citizens: list[int], today: int, now: datetime) -> None:
    """Give the café its life around the posts; same seed, same life."""
    draw = Random(cafe.id)
    answered = set(db.session.execute(_answered(cafe)).tuples())
    _add_visits(cafe, citizens, answered, today, draw)
    _add_drafts(cafe, [citizen for citizen in citizens if (citizen, today) not in answered][:STUCK], today, now)
    _add_contacts(citizens)
    _add_reports(citizens, draw, now)
    _add_follow_ups(cafe, today, now)
    _add_syntheses(cafe, today)


def _answered(cafe: Cafe):
    days = select(Contribution.participant_id, CafeQuestion.day).distinct()
    here = days.join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
    return here.where(CafeQuestion.cafe_id == cafe.id)


def _add_visits(cafe: Cafe, citizens: list[int], answered: set, today: int, draw: Random) -> None:
    rows = [
        {"cafe_id": cafe.id, "day": day, "participant_id": citizen, "first_at": opens_at(cafe, day)}
        for day in range(1, today + 1)
        for citizen in citizens
        if (citizen, day) in answered or draw.random() < SILENT
    ]
    db.session.execute(insert(Seen), rows)


def _add_drafts(cafe: Cafe, citizens: list[int], today: int, now: datetime) -> None:
    question_id = db.session.scalar(
        select(CafeQuestion.question_id).where(
            CafeQuestion.cafe_id == cafe.id, CafeQuestion.day == today, CafeQuestion.n == 1
        )
    )
    place = {"question_id": question_id, "text": DRAFT, "updated_at": now}
    for citizen in citizens:
        db.session.add(Draft(participant_id=citizen, **place))


def _add_contacts(citizens: list[int]) -> None:
    """A third gave an address that leads nowhere, a third a number kept for fiction, a third nothing."""
    for place, citizen in enumerate(citizens):
        if place % 3 == 0:
            db.session.add(Contact(participant_id=citizen, email=f"citoyen{place}@exemple.invalid"))
        elif place % 3 == 1:
            db.session.add(Contact(participant_id=citizen, phone=f"06 39 98 00 {place:02}"))


def _add_reports(citizens: list[int], draw: Random, now: datetime) -> None:
    posts = db.session.execute(select(Contribution.id, Contribution.participant_id).order_by(Contribution.id)).all()
    for post in draw.sample(posts, REPORTS):
        reporter = draw.choice([citizen for citizen in citizens if citizen != post.participant_id])
        db.session.add(Report(contribution_id=post.id, participant_id=reporter, reason="hurtful", created_at=now))


def _add_follow_ups(cafe: Cafe, today: int, now: datetime) -> None:
    """Today's latest posts with a tag that has a question: it waits for them."""
    tagger = current_tagger()
    tagged = (
        select(Contribution.id, Contribution.participant_id, Contribution.question_id, Tag.family, Tag.code)
        .join(Tag, Tag.contribution_id == Contribution.id)
        .join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
        .where(CafeQuestion.cafe_id == cafe.id, CafeQuestion.day == today, Contribution.reply_to_id.is_(None))
        .order_by(Contribution.id.desc(), Tag.start)
    )
    asked = {}
    for post in db.session.execute(tagged):
        text = tagger.follow_up(post.family, post.code)
        if text and post.participant_id not in asked and len(asked) < FOLLOW_UPS:
            place = {"participant_id": post.participant_id, "question_id": post.question_id}
            words = {"tag": f"{post.family}:{post.code}", "text": text, "created_at": now}
            asked[post.participant_id] = FollowUp(key=f"tag {post.id}", contribution_id=post.id, **place, **words)
    db.session.add_all(asked.values())


def _add_syntheses(cafe: Cafe, today: int) -> None:
    texts = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))["syntheses"]
    host = db.session.scalar(select(Staff.id).where(Staff.role == "moderator"))
    for day, text in enumerate(texts[: today - 1], 1):
        quoted = [verbatim.id for verbatim in synthesis.quotable(cafe.id, day)[:QUOTED]]
        evening = opens_at(cafe, day) + timedelta(hours=11)
        synthesis.save(cafe.id, day, text, quoted, True, host, evening)
