"""What the fiction's citizens vote on: statements drawn from their messages, their votes, a few reasons."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

import yaml
from sqlalchemy import Select, insert, select, update

from analysis.frames import BLACK, BLANK
from cafe.corpus import services as corpus
from cafe.corpus.models import Answer, Contribution, Question, Tag
from cafe.corpus.votes import SCALES
from cafe.extensions import db
from cafe.forum.models import Cafe, CafeQuestion
from cafe.forum.schedule import ends_at, opens_at
from cafe.forum.voting_models import Statement
from cafe.moderation import regnier
from cafe.people.models import Staff
from cafe.referential.services import current_tagger
from cafe.web import key_of

STATEMENTS = Path(__file__).with_name("votes.yaml")
SEED, KEYS = 20, UUID("6a4c1f0e-8d1b-4f55-9c8e-0b1f6f2d7a10")
# The first day of votes; how many citizens have yet to vote, the one whose card is shown among them.
FIRST_DAY, TO_COME = 7, 5
MISSED, SILENT, LEANING = 0.05, ((BLANK, 0.07), (BLACK, 0.1)), 0.5
ORIGINS = 2


def add_votes(cafe: Cafe, citizens: list[int], now: datetime) -> None:
    """Statements open since the seventh day, with the votes of most citizens; same seed, same votes."""
    draw, host = Random(SEED), db.session.scalar(select(Staff.id).where(Staff.role == "moderator"))
    voters = {citizen: draw.gauss(0, LEANING) for citizen in citizens[TO_COME:]}
    rows = []
    for place, told in enumerate(yaml.safe_load(STATEMENTS.read_text(encoding="utf-8")), 1):
        question = _add_statement(cafe, place, told, host, now)
        voted = _votes(told, voters, draw)
        answer = {"question_id": question.id, "kind": "regnier", "option": "", "created_at": now}
        rows += [answer | {"participant_id": citizen, "value": value} for citizen, value in voted.items()]
        for number, words in enumerate(told.get("why", ())):
            _say_why(question, f"{place} {number}", list(voted)[place + number], words, now)
    db.session.execute(insert(Answer), rows)


def _add_statement(cafe: Cafe, place: int, told: dict, host: int, now: datetime) -> Question:
    written = regnier.Written(told["text"], told["scale"], place, opens_at(cafe, FIRST_DAY), ends_at(cafe))
    origins = list(db.session.scalars(_tagged(cafe, *told["from"].split(":"))))
    number = regnier.write_statement(str(uuid5(KEYS, str(place))), cafe.slug, written, origins, host, now)
    return db.session.get(Question, db.session.get(Statement, number).question_id)


def _tagged(cafe: Cafe, family: str, code: str) -> Select:
    """The first messages that carry a tag and that all may read."""
    query = (
        select(Contribution.id)
        .join(Tag, Tag.contribution_id == Contribution.id)
        .join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
        .where(CafeQuestion.cafe_id == cafe.id, CafeQuestion.visibility != "never")
        .where(Contribution.status == "published", Tag.family == family, Tag.code == code)
    )
    return query.distinct().order_by(Contribution.id).limit(ORIGINS)


def _votes(told: dict, voters: dict[int, float], draw: Random) -> dict[int, str]:
    levels = [level.code for level in SCALES[told["scale"]]]
    voted = {}
    for citizen, leaning in voters.items():
        place = round(told["at"] + leaning + draw.gauss(0, told["spread"]))
        luck, missed = draw.random(), draw.random() < MISSED
        silent = next((silence for silence, bound in SILENT if luck < bound), None)
        if not missed:
            voted[citizen] = silent or levels[min(max(place, 0), len(levels) - 1)]
    return voted


def _say_why(question: Question, key: str, citizen: int, words: str, now: datetime) -> None:
    new = corpus.NewContribution(
        str(uuid5(KEYS, f"why {key}")), citizen, question.id, words, question.context, prompted=True
    )
    corpus.record(new, current_tagger(), key_of("cards"), now)


def move_votes(session, shift: timedelta) -> None:
    """Move the votes' dates with their café's."""
    moments = session.execute(select(Statement.id, Statement.opens_at, Statement.closes_at)).all()
    rows = [{"id": row.id, "opens_at": row.opens_at + shift, "closes_at": row.closes_at + shift} for row in moments]
    if rows:
        session.execute(update(Statement), rows)
