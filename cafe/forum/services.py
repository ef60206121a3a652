"""What a citizen may do in the conversation, and how a café is made."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select

from cafe.corpus import services as corpus
from cafe.corpus.models import Contribution
from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotAllowed, NotFound, Refusal
from cafe.extensions import db, writing
from cafe.forum import follow_ups, queries
from cafe.forum.definition import code_of, context_of
from cafe.forum.models import REACTIONS, Cafe, CafeQuestion, Draft, Reaction, Seen
from cafe.forum.openings import takes_answers_now
from cafe.forum.queries import Asked
from cafe.forum.schedule import day_began, has_opened
from cafe.referential.services import current_tagger
from cafe.statements import NewRow, Ready

CLOSED = "Cette journée ne prend plus de réponses. Votre texte est gardé ici : vous pouvez le copier."
NOT_OPEN = "Cette journée n’est pas encore ouverte."


_delete_draft = Ready(
    delete(Draft).where(Draft.participant_id == bindparam("participant"), Draft.question_id == bindparam("question"))
)
_another_today = Ready(
    select(Contribution.id)
    .where(
        Contribution.participant_id == bindparam("participant"),
        Contribution.id != bindparam("number"),
        Contribution.created_at >= bindparam("since"),
    )
    .limit(1)
)
_new_seen = NewRow(Seen, "cafe_id", "day", "participant_id", "first_at")


@dataclass(frozen=True)
class NewPost:
    key: str
    text: str
    reply_to_id: int | None = None
    follow_up_id: int | None = None


class Posted(NamedTuple):
    """The contribution's number, and whether it is its author's first of the day."""

    number: int
    first_today: bool


def post_answer(cafe, asked: Asked, participant_id: int, new: NewPost, digest_key: str, now: datetime) -> Posted:
    """Record a citizen's words on a question, forget the draft that they came from, and perhaps ask one thing more."""
    if not takes_answers_now(cafe, asked.day, now):
        raise Conflict(CLOSED if has_opened(cafe, asked.day, now) else NOT_OPEN)
    if new.reply_to_id is not None:
        visible_post(new.reply_to_id, asked, participant_id)
    follow_up = follow_ups.find(new.follow_up_id, participant_id, asked.id)
    if follow_up and follow_up.state != "open" and not corpus.is_known(new.key):
        raise Conflict("Cette question a déjà sa réponse. Votre texte est gardé ici : envoyez-le comme un message.")
    contribution = corpus.NewContribution(
        new.key, participant_id, asked.id, new.text, asked.context, new.reply_to_id,
        prompted=follow_up is not None,
        private=follow_up is not None and follow_up.staff_id is not None and not follow_up.public,
        status="waiting" if cafe.moderation == "before" else "published",
    )  # fmt: skip
    tagger = current_tagger()
    with writing():
        recorded = corpus.record(contribution, tagger, digest_key, now)
        forget_draft(asked.id, participant_id)
        if follow_up:
            follow_ups.close(follow_up.id, "answered", recorded.number, now)
        elif new.reply_to_id is None:
            follow_ups.ask_next(cafe, asked.id, participant_id, recorded, tagger, now)
        return Posted(recorded.number, _is_first_today(cafe, participant_id, recorded.number, now))


def _is_first_today(cafe, participant_id: int, number: int, now: datetime) -> bool:
    return not _another_today.rows(participant=participant_id, number=number, since=day_began(cafe, now))


def visible_post(post_id: int, asked: Asked, participant_id: int) -> Contribution:
    """The contribution to answer or react to; refused when it is another question's or not to be seen yet."""
    post = db.session.get(Contribution, post_id)
    if post is None or post.question_id != asked.id or post.status != "published":
        raise NotFound("Ce message n’est plus là.")
    is_own = post.participant_id == participant_id
    if post.private:
        raise NotAllowed("Ce message est pour l’équipe seule : on n’y répond pas ici.")
    if not is_own and not queries.sees_others(asked):
        raise NotAllowed("Répondez d’abord : vous verrez ensuite les réponses des autres.")
    return post


def note_seen(cafe_id: int, day: int, participant_id: int, now: datetime) -> None:
    """That a participant opened a day; the first time counts."""
    with writing():
        _new_seen(cafe_id=cafe_id, day=day, participant_id=participant_id, first_at=now)


def save_draft(question_id: int, participant_id: int, typed: str, now: datetime) -> None:
    """Keep what is being written; an empty text forgets it."""
    text = clean_text(typed)[:20_000]
    with writing() as session:
        forget_draft(question_id, participant_id)
        if text:
            session.add(Draft(participant_id=participant_id, question_id=question_id, text=text, updated_at=now))


def forget_draft(question_id: int, participant_id: int) -> None:
    _delete_draft(participant=participant_id, question=question_id)


def react(post_id: int, asked: Asked, participant_id: int, kind: str, now: datetime) -> None:
    """Set one's reaction to another's post; sent twice it is the same reaction."""
    if kind not in REACTIONS:
        raise Refusal("Cette réaction n’existe pas.")
    if visible_post(post_id, asked, participant_id).participant_id == participant_id:
        raise NotAllowed("C’est votre message : les autres peuvent y réagir.")
    with writing() as session:
        reaction = session.get(Reaction, (post_id, participant_id), populate_existing=True)
        if reaction is None:
            session.add(Reaction(contribution_id=post_id, participant_id=participant_id, kind=kind, created_at=now))
        else:
            reaction.kind, reaction.created_at = kind, now


def take_back_reaction(post_id: int, participant_id: int) -> None:
    here = (Reaction.contribution_id == post_id) & (Reaction.participant_id == participant_id)
    with writing() as session:
        session.execute(delete(Reaction).where(here))


def create_cafe(definition) -> Cafe:
    """Make a café and its questions from a checked definition (`forum.definition`)."""
    with writing() as session:
        if session.scalar(select(Cafe.id).where(Cafe.slug == definition.slug)):
            raise Refusal(f"Un café « {definition.slug} » existe déjà. Choisissez un autre « slug ».")
        cafe = Cafe(**definition.model_dump(exclude={"questions"}))
        session.add(cafe)
        session.flush()
        for question in definition.questions:
            _add_question(session, cafe, question)
    return cafe


def _add_question(session, cafe: Cafe, question) -> None:
    code, context = code_of(cafe.slug, question.day, question.n), context_of(cafe.title, question.text)
    question_id = corpus.find_or_create_question(code, question.text, context, question.feeds_text)
    place = {"day": question.day, "n": question.n, "host": question.host, "visibility": question.visibility}
    session.add(CafeQuestion(question_id=question_id, cafe_id=cafe.id, **place))
