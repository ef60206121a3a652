"""What a citizen may do in the conversation, and how a café is made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, delete, select

from cafe.corpus import services as corpus
from cafe.corpus.models import Contribution
from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotAllowed, NotFound, Refusal
from cafe.extensions import db, run, writing
from cafe.forum import queries
from cafe.forum.models import REACTIONS, Cafe, CafeQuestion, Draft, Reaction
from cafe.forum.queries import Asked
from cafe.forum.schedule import has_opened, takes_answers
from cafe.referential.services import current_tagger

CLOSED = "Cette journée ne prend plus de réponses. Votre texte est gardé ici : vous pouvez le copier."
NOT_OPEN = "Cette journée n’est pas encore ouverte."


_this_draft = delete(Draft).where(
    Draft.participant_id == bindparam("participant"), Draft.question_id == bindparam("question")
)


@dataclass(frozen=True)
class NewPost:
    key: str
    text: str
    reply_to_id: int | None = None


def post_answer(cafe: Row, asked: Asked, participant_id: int, new: NewPost, digest_key: str, now: datetime) -> int:
    """Record a citizen's words on a question, and forget the draft that they came from."""
    if not takes_answers(cafe, asked.day, now):
        raise Conflict(CLOSED if has_opened(cafe, asked.day, now) else NOT_OPEN)
    if new.reply_to_id is not None:
        visible_post(new.reply_to_id, asked, participant_id)
    contribution = corpus.NewContribution(new.key, participant_id, asked.id, new.text, asked.context, new.reply_to_id)
    tagger = current_tagger()
    with writing():
        number = corpus.record(contribution, tagger, digest_key, now)
        _forget_draft(asked.id, participant_id)
    return number


def visible_post(post_id: int, asked: Asked, participant_id: int) -> Contribution:
    """The contribution to answer or react to; refused when it is another question's or not to be seen yet."""
    post = db.session.get(Contribution, post_id)
    if post is None or post.question_id != asked.id or post.status != "published":
        raise NotFound("Ce message n’est plus là.")
    if post.participant_id != participant_id and not queries.sees_others(asked):
        raise NotAllowed("Répondez d’abord : vous verrez ensuite les réponses des autres.")
    return post


def save_draft(asked: Asked, participant_id: int, typed: str, now: datetime) -> None:
    """Keep what is being written; an empty text forgets it."""
    text = clean_text(typed)[:20_000]
    with writing() as session:
        _forget_draft(asked.id, participant_id)
        if text:
            session.add(Draft(participant_id=participant_id, question_id=asked.id, text=text, updated_at=now))


def _forget_draft(question_id: int, participant_id: int) -> None:
    run(_this_draft, {"participant": participant_id, "question": question_id})


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
    code = f"{cafe.slug}.j{question.day}.{question.n}"
    context = f"{cafe.title} : {question.text}"
    question_id = corpus.find_or_create_question(code, question.text, context, question.feeds_text)
    place = {"day": question.day, "n": question.n, "host": question.host, "visibility": question.visibility}
    session.add(CafeQuestion(question_id=question_id, cafe_id=cafe.id, **place))
