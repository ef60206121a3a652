"""The fictional dialogue: made once, then moved in time so that today is always the café's 9th day."""

import json
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, update

from analysis.alerts import find_alerts
from cafe.corpus.models import Contribution, Flag, Question, Tag
from cafe.corpus.services import tag_values
from cafe.corpus.words import clean_text, text_digest
from cafe.demo.generator import Citizen, Conversation, generate
from cafe.demo.interviews import add_interviews
from cafe.demo.life import live
from cafe.demo.questionnaires import add_questionnaires
from cafe.demo.votes import add_votes, move_votes
from cafe.demo.who import move_who, people_the_map
from cafe.demo.workshops import add_workshops
from cafe.demo.written import add_written
from cafe.errors import Refusal
from cafe.extensions import db, writing
from cafe.forum.definition import CafeDefinition, read_definition
from cafe.forum.models import Cafe, Reaction
from cafe.forum.schedule import opens_at
from cafe.forum.services import create_cafe
from cafe.people import services as people
from cafe.people.models import Participant
from cafe.people.queries import the_dialogue
from cafe.referential.services import current_tagger
from cafe.web import key_of

TODAY = 9
TITLE = "Précarité et numérique"
GROUP = ("grand_public", "Grand public")
DEFINITION = Path(__file__).with_name("cafe.yaml")


def build(now: datetime) -> dict:
    """Fill an empty dialogue with the fiction; returns the cards and passwords, which nothing else keeps."""
    dialogue = the_dialogue()
    if dialogue is None or not dialogue.fictional:
        raise Refusal("Ce dossier contient un vrai dialogue : la démonstration n’y touche pas. Changez CAFE_DATA.")
    definition = _dated(read_definition(DEFINITION), now)
    conversation = generate([question.model_dump() for question in definition.questions], TODAY)
    with writing():
        cafe = create_cafe(definition)
        citizens = _add_citizens(conversation.citizens, now)
        numbers = _add_posts(cafe, conversation, citizens, now)
        _add_reactions(conversation, numbers, citizens, now)
        doors = _doors(citizens, now)
        live(cafe, citizens, TODAY, now)
        add_votes(cafe, citizens, now)
        add_questionnaires(now)
        add_interviews(now)
        add_workshops(now)
        add_written(now)
        people_the_map(cafe.first_day + timedelta(days=TODAY - 1), now)
        return doors


def _dated(definition: CafeDefinition, now: datetime) -> CafeDefinition:
    """The café begun eight days ago; before its usual hour it opens early, so that its 9th day is open."""
    local = now.astimezone(ZoneInfo(definition.timezone))
    first_day = local.date() - timedelta(days=TODAY - 1)
    return definition.model_copy(
        update={"first_day": first_day, "opening_hour": min(definition.opening_hour, local.hour)}
    )


def _add_citizens(citizens: tuple[Citizen, ...], now: datetime) -> list[int]:
    people.create_group(*GROUP, in_total=False)
    made = []
    for citizen in citizens:
        profile = {name: getattr(citizen, name) for name in ("subgroup", "profile", "target", "place")}
        participant = people.create_participant(citizen.pseudonym, GROUP[0], now, **profile)
        people.give_consent(participant.id, 1, now)
        made.append(participant.id)
    return made


def _add_posts(cafe: Cafe, conversation: Conversation, citizens: list[int], now: datetime) -> dict[int, int]:
    """Insert the posts and their tags; returns each post's number by its key in the fiction."""
    questions = {question.code: question for question in db.session.scalars(select(Question))}
    tagger, numbers = current_tagger(), {}
    start = (db.session.scalar(select(func.max(Contribution.id))) or 0) + 1
    posts, tags, flags = [], [], []
    for number, post in enumerate(conversation.posts, start):
        numbers[post.key] = number
        question = questions[f"{cafe.slug}.{post.question}"]
        text = clean_text(post.text)
        posts.append({
            "key": f"demo-{post.key}", "posted_digest": text_digest(text, key_of("cards")),
            "participant_id": citizens[post.author], "question_id": question.id,
            "reply_to_id": numbers.get(post.reply_to), "source": "cafe", "text": text,
            "created_at": _moment(cafe, post, now),
        })  # fmt: skip
        tags += [tag_values(number, found, tagger.version) for found in tagger.tag(text, question.context)]
        flags += [{"contribution_id": number} | asdict(alert) for alert in find_alerts(text)]
    db.session.execute(insert(Contribution), posts)
    db.session.execute(insert(Tag), tags)
    db.session.execute(insert(Flag), flags)
    return numbers


def _moment(cafe: Cafe, post, now: datetime) -> datetime:
    """When a post was written; today's are drawn closer together so that none lies in the future."""
    day = int(post.question.removeprefix("j").split(".")[0])
    opening = opens_at(cafe, day)
    elapsed = timedelta(minutes=post.minute)
    if day == TODAY:
        elapsed = (now - opening) * min(post.minute / (24 * 60), 1)
    return opening + elapsed


def _add_reactions(conversation: Conversation, numbers: dict[int, int], citizens: list[int], now: datetime) -> None:
    rows = [
        {
            "contribution_id": numbers[reaction.post],
            "participant_id": citizens[reaction.author],
            "kind": reaction.kind,
            "created_at": now,
        }
        for reaction in conversation.reactions
    ]
    db.session.execute(insert(Reaction), rows)


def _doors(citizens: list[int], now: datetime) -> dict:
    """A card for each citizen and a password for each role, drawn anew for this install."""
    cards = [people.issue_card(citizen, key_of("cards"), now).replace("-", " ") for citizen in citizens]
    staff = {}
    for role in people.ROLES:
        staff[role] = {"login": role, "password": secrets.token_urlsafe(12)}
        people.create_staff(role, role, staff[role]["password"], now)
    return {"cards": {"citizen": cards[0]}, "citizens": cards, "staff": staff}


def move_to_today(now: datetime) -> None:
    """Move the fiction by whole days, so that today is its 9th day again."""
    cafe = db.session.scalar(select(Cafe).order_by(Cafe.id))
    today = now.astimezone(ZoneInfo(cafe.timezone)).date()
    shift = today - timedelta(days=TODAY - 1) - cafe.first_day
    with writing() as session:
        if shift:
            cafe.first_day += shift
            moments = session.execute(select(Contribution.id, Contribution.created_at))
            rows = [{"id": row.id, "created_at": min(row.created_at + shift, now)} for row in moments]
            session.execute(update(Contribution), rows)
            move_who(session, shift)
            move_votes(session, shift)
        cafe.opening_hour = min(cafe.opening_hour, now.astimezone(ZoneInfo(cafe.timezone)).hour)


def is_built() -> bool:
    return db.session.scalar(select(func.count()).select_from(Participant)) > 0


def write_doors(data: Path, doors: dict) -> None:
    path = data / "demo.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(doors, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_doors(data: Path) -> dict:
    return json.loads((data / "demo.json").read_text(encoding="utf-8"))
