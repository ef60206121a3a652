"""What the organiser settles of a café: its dates and hours, whom it is for, its days reopened, its archive."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.forum.definition import CafeSettings, code_of, context_of
from cafe.forum.models import Cafe, CafeGroup, CafeQuestion, Reopening
from cafe.forum.schedule import has_opened, takes_answers
from cafe.forum.services import create_cafe
from cafe.people.models import Dialogue, Group, Participant

FRESH = {"populate_existing": True}
ARCHIVED = "Ce café est archivé : rien n’y change. Sortez-le de l’archive d’abord."
LONGEST_REOPENING = timedelta(days=366)
# Words withdrawn count too: what was asked of someone stays as it was asked.
is_answered = or_(
    select(Contribution.id).where(Contribution.question_id == CafeQuestion.question_id).exists(),
    select(Answer.id).where(Answer.question_id == CafeQuestion.question_id).exists(),
)


def arrange(settings: CafeSettings, groups: list[str]) -> Cafe:
    """Make a café for these groups, or for everyone; the same form sent twice makes one."""
    with writing() as session:
        _one_at_a_time(session)
        known = session.scalar(select(Cafe).where(Cafe.slug == settings.slug))
        if known and _is_as(known, settings) and _groups_of(session, known.id) == set(groups):
            return known
        cafe = create_cafe(settings)
        _set_groups(session, cafe.id, groups)
    return cafe


def _one_at_a_time(session) -> None:
    """Two cafés asking for one address at once come one after the other; SQLite's write lock does it already."""
    session.execute(select(Dialogue.id).with_for_update())


def _groups_of(session, cafe_id: int) -> set[str]:
    return set(session.scalars(select(CafeGroup.group_code).where(CafeGroup.cafe_id == cafe_id)))


def _is_as(cafe: Cafe, settings: CafeSettings) -> bool:
    return all(getattr(cafe, name) == value for name, value in settings.model_dump(exclude={"questions"}).items())


def locked_cafe(session, slug: str) -> Cafe:
    """The café about to change, for whoever comes first; refused once it is archived."""
    cafe = _find(session, slug)
    if cafe.archived_at:
        raise Conflict(ARCHIVED)
    return cafe


def _find(session, slug: str) -> Cafe:
    cafe = session.scalar(select(Cafe).where(Cafe.slug == slug).with_for_update(), execution_options=FRESH)
    if cafe is None:
        raise NotFound("Ce café n’existe pas.")
    return cafe


def change_cafe(slug: str, settings: CafeSettings, groups: list[str], now: datetime) -> Cafe:
    """Change a café; what would falsify what was already said or asked is refused."""
    with writing() as session:
        _one_at_a_time(session)
        cafe = locked_cafe(session, slug)
        _keep_the_past(session, cafe, settings, now)
        _set_groups(session, cafe.id, groups)
        for name, value in settings.model_dump(exclude={"questions"}).items():
            setattr(cafe, name, value)
        session.flush()
        _rename_questions(session, cafe)
    return cafe


def _keep_the_past(session, cafe: Cafe, settings: CafeSettings, now: datetime) -> None:
    here = CafeQuestion.cafe_id == cafe.id
    last_asked = session.scalar(select(func.max(CafeQuestion.day)).where(here)) or 0
    last_answered = session.scalar(select(func.max(CafeQuestion.day)).where(here, is_answered))
    if settings.slug != cafe.slug:
        if last_answered:
            raise Conflict("Des personnes ont déjà répondu : l’adresse du café ne change plus.")
        if session.scalar(select(Cafe.id).where(Cafe.slug == settings.slug)):
            raise Refusal(f"Un café « {settings.slug} » existe déjà. Choisissez une autre adresse.")
    if settings.days < last_asked:
        raise Conflict(f"Le jour {last_asked} a une question : gardez au moins {last_asked} jours.")
    if last_answered and not has_opened(settings, last_answered, now):
        raise Conflict(f"Le jour {last_answered} a déjà des réponses : il ne peut pas redevenir « à venir ».")


def _set_groups(session, cafe_id: int, codes: list[str]) -> None:
    """The café is for these groups, or for everyone; a group that already spoke stays."""
    known = set(session.scalars(select(Group.code).where(Group.code.in_(codes))))
    if known < set(codes):
        raise Refusal("Un des groupes choisis n’existe plus. Choisissez à nouveau.")
    spoke = (
        select(Group.label)
        .join(Participant, Participant.group_code == Group.code)
        .join(Contribution, Contribution.participant_id == Participant.id)
        .join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
        .where(CafeQuestion.cafe_id == cafe_id, Group.code.not_in(codes))
        .limit(1)
    )
    if codes and (label := session.scalar(spoke)):
        raise Conflict(f"Le groupe « {label} » a déjà répondu : gardez-le.")
    session.execute(delete(CafeGroup).where(CafeGroup.cafe_id == cafe_id))
    session.add_all(CafeGroup(cafe_id=cafe_id, group_code=code) for code in sorted(known))


def _rename_questions(session, cafe: Cafe) -> None:
    """Codes and contexts follow the café's address and title, but for what was answered under the former ones."""
    places = (
        select(Question, CafeQuestion.day, CafeQuestion.n)
        .join(CafeQuestion, CafeQuestion.question_id == Question.id)
        .where(CafeQuestion.cafe_id == cafe.id, ~is_answered)
    )
    for question, day, n in session.execute(places):
        question.code = code_of(cafe.slug, day, n)
        question.context = context_of(cafe.title, question.text)


def reopen(slug: str, day: int, until: datetime, now: datetime) -> None:
    """Let a past day take answers again, until a moment."""
    with writing() as session:
        cafe = locked_cafe(session, slug)
        if not has_opened(cafe, day, now):
            raise Conflict("Cette journée n’a pas encore ouvert : elle ouvrira d’elle-même.")
        if not now < until <= now + LONGEST_REOPENING:
            raise Refusal("Choisissez une date et une heure à venir, d’ici un an au plus.")
        if takes_answers(cafe, day, until):
            raise Refusal("Cette journée prend déjà des réponses à cette date. Choisissez une date plus tardive.")
        reopening = session.get(Reopening, (cafe.id, day), populate_existing=True)
        if reopening is None:
            session.add(reopening := Reopening(cafe_id=cafe.id, day=day))
        reopening.until = until


def end_reopening(slug: str, day: int) -> None:
    with writing() as session:
        cafe = _find(session, slug)
        session.execute(delete(Reopening).where(Reopening.cafe_id == cafe.id, Reopening.day == day))


def archive(slug: str, is_archived: bool, now: datetime) -> None:
    """Put a café away: it is read and exported, it takes nothing, no message leaves. Or take it out again."""
    with writing() as session:
        cafe = _find(session, slug)
        cafe.archived_at = (cafe.archived_at or now) if is_archived else None
