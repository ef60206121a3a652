"""An edition's quotes: announced to their authors, objected to, published; taken out with the words withdrawn."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from cafe.corpus.models import Contribution
from cafe.corpus.services import words_gone
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import run, writing
from cafe.moderation.models import Objection
from cafe.people.models import Participant
from cafe.people.services import person_gone
from cafe.restitution.models import Edition, Quote, Reader
from cafe.restitution.pieces import hold_the_restitution
from cafe.restitution.quotable import stands
from cafe.statements import NewRow

# What is announced can be objected to for so long at least.
NOTICE = timedelta(days=3)
_new_objection = NewRow(Objection, "contribution_id", "objected_at", "staff_id")
_new_reader = NewRow(Reader, "participant_id", "seen_at")


def announce(key: str, numbers: Collection[int], until: datetime, staff_id: int, now: datetime) -> int:
    """Announce the quotes of the next edition, or more of them while it is not out; their authors may say no `until`.

    Sent again it announces nothing more. What may not be quoted, or was objected to already, is left out.
    """
    with writing() as session:
        hold_the_restitution(session)
        edition = session.scalar(select(Edition).order_by(Edition.id.desc()).limit(1))
        if edition is None or (edition.published_at and edition.key != key):
            edition = Edition(key=key, opened_at=now, opened_by=staff_id, objects_until=until)
            session.add(edition)
            session.flush()
        if edition.published_at is None:
            _list(session, edition, numbers, until, now)
    return edition.id


def _list(session, edition: Edition, numbers: Collection[int], until: datetime, now: datetime) -> None:
    known = set(session.scalars(select(Quote.contribution_id).where(Quote.edition_id == edition.id)))
    fresh = [number for number in _that_stand(session, numbers) if number not in known]
    if not (known or fresh):
        raise Refusal("Il n’y a encore aucune parole à citer.")
    if fresh and until < now + NOTICE:
        raise Refusal(f"Laissez au moins {NOTICE.days} jours aux personnes citées pour dire non.")
    if until <= now:
        raise Refusal("Choisissez un jour qui n’est pas passé.")
    edition.objects_until = until
    session.add_all(Quote(edition_id=edition.id, contribution_id=number, listed_at=now) for number in fresh)


def _that_stand(session, numbers: Collection[int]) -> list[int]:
    query = select(Contribution.id).join(Participant, Participant.id == Contribution.participant_id)
    return list(session.scalars(query.where(Contribution.id.in_(numbers), stands()).order_by(Contribution.id)))


def publish(edition_id: int, now: datetime) -> None:
    """The edition is out, with the quotes that stand; sent again it stays as it came out."""
    with writing() as session:
        edition = session.get(Edition, edition_id, with_for_update=True, populate_existing=True)
        if edition is None:
            raise NotFound("Cette édition n’existe pas.")
        if edition.published_at:
            return
        if now < edition.objects_until:
            raise Conflict("Les personnes citées peuvent encore dire non. Attendez la fin du délai.")
        listed = session.scalars(select(Quote.contribution_id).where(Quote.edition_id == edition_id)).all()
        kept = (Quote.edition_id == edition_id) & Quote.contribution_id.in_(_that_stand(session, listed))
        session.execute(update(Quote).where(kept).values(published=True))
        edition.published_at = now


def object_to(contribution_id: int, participant_id: int, now: datetime) -> None:
    """« Ne pas citer », by its author; said twice it is said once."""
    with writing():
        _check_quoted(contribution_id, participant_id)
        _new_objection(contribution_id=contribution_id, objected_at=now, staff_id=None)


def allow(contribution_id: int, participant_id: int) -> None:
    """« Vous pouvez me citer », after all."""
    with writing():
        _check_quoted(contribution_id, participant_id)
        run(delete(Objection).where(Objection.contribution_id == contribution_id))


def note_objection(contribution_id: int, staff_id: int, now: datetime) -> None:
    """Someone who does not come back here said no to the organiser."""
    with writing():
        _check_quoted(contribution_id)
        _new_objection(contribution_id=contribution_id, objected_at=now, staff_id=staff_id)


def drop_objection(contribution_id: int) -> None:
    """Take back what the organiser noted; an author's own objection is theirs alone to take back."""
    with writing():
        here = Objection.contribution_id == contribution_id
        run(delete(Objection).where(here, Objection.staff_id.is_not(None)))


def _check_quoted(contribution_id: int, participant_id: int | None = None) -> None:
    query = select(Quote.edition_id).join(Contribution, Contribution.id == Quote.contribution_id)
    query = query.where(Quote.contribution_id == contribution_id)
    if participant_id is not None:
        query = query.where(Contribution.participant_id == participant_id)
    if run(query.limit(1)).first() is None:
        raise NotFound("Cette parole n’est pas, ou n’est plus, parmi celles qui seront citées.")


@words_gone.connect
def forget_words(contribution_id: int, withdrawn: bool) -> None:
    """Withdrawn words leave the editions' lists; how many left is all that is kept."""
    if withdrawn:
        _take_out(contribution_id)


@person_gone.connect
def forget_person(participant_id: int) -> None:
    own = select(Contribution.id).where(Contribution.participant_id == participant_id)
    for number in run(own.where(Contribution.id.in_(select(Quote.contribution_id)))).scalars().all():
        _take_out(number)
    run(delete(Objection).where(Objection.contribution_id.in_(own)))
    run(delete(Reader).where(Reader.participant_id == participant_id))


def _take_out(contribution_id: int) -> None:
    """Count it as left in the newest edition that quotes it, then forget it in all."""
    here = Quote.contribution_id == contribution_id
    query = select(Edition.id, Edition.published_at, Quote.published).join(Quote, Quote.edition_id == Edition.id)
    newest = run(query.where(here).order_by(Edition.id.desc()).limit(1)).first()
    if newest:
        was_out = newest.published_at is not None and newest.published
        counter = Edition.left_after if was_out else Edition.left_before
        run(update(Edition).where(Edition.id == newest.id).values({counter: counter + 1}))
        run(delete(Quote).where(here))
    run(delete(Objection).where(Objection.contribution_id == contribution_id))


def note_read(participant_id: int, now: datetime) -> None:
    """Someone has read what their words became: what came before now is told."""
    with writing():
        if _new_reader.first(participant_id=participant_id, seen_at=now) is None:
            run(update(Reader).where(Reader.participant_id == participant_id).values(seen_at=now))
