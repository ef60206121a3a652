"""Open links: made and stopped by the organiser; whoever follows one becomes a participant and begins the guide."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cafe.errors import Conflict, Gone, NotFound, Refusal
from cafe.extensions import writing
from cafe.guide.models import OpenLink, Sitting
from cafe.guide.published import current_guide
from cafe.guide.services import start
from cafe.people.fields import fold, quoted
from cafe.people.models import Group, Participant, Subgroup, Visit
from cafe.people.welcoming import Welcome, welcome

# Read on a poster and typed on a phone: small letters and digits that look like no other; more than 2 to the 74th.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 15
OPEN, FULL, CLOSED, STOPPED = "open", "full", "closed", "stopped"
MOST = 1_000
# A form sent again because its answer was lost comes soon; later its key must not open someone's door.
REPLAYED_WITHIN = timedelta(hours=1)
UNKNOWN = "Ce lien n’existe pas. Vérifiez l’adresse, ou demandez-la à la personne qui vous l’a donnée."
TOLD = {
    FULL: (Conflict, "Ce questionnaire a reçu toutes les réponses prévues. Merci d’avoir voulu répondre."),
    CLOSED: (Gone, "Ce questionnaire est fini : sa date est passée. Merci d’avoir voulu répondre."),
    STOPPED: (Gone, "Ce questionnaire est arrêté. Demandez un autre lien à la personne qui vous a donné celui-ci."),
}
NOT_READY = "Le questionnaire n’est pas encore prêt. Revenez plus tard."


@dataclass(frozen=True)
class NewLink:
    """What a link sets for those who follow it; `key`: of the form that describes it."""

    key: str
    label: str
    group: str
    subgroup: str
    profile: str
    place: str
    quota: int
    closes_at: datetime


def state_of(link, begun: int, now: datetime) -> str:
    """open, full, closed or stopped."""
    if link.closed_at:
        return STOPPED
    if now >= link.closes_at:
        return CLOSED
    return FULL if begun >= link.quota else OPEN


def create_link(new: NewLink, now: datetime) -> int:
    """Make a link whose address cannot be guessed; the same form sent again makes no other."""
    with writing() as session:
        before = session.scalar(select(OpenLink).where(OpenLink.key == new.key))
        if before:
            if (before.label, before.quota, before.closes_at) != (new.label, new.quota, new.closes_at):
                raise Conflict("Ce formulaire a déjà servi. Ouvrez-en un nouveau.")
            return before.id
        _check_day(new.closes_at, now)
        link = OpenLink(
            key=new.key, token="".join(secrets.choice(LETTERS) for _ in range(LENGTH)), label=new.label,
            group_code=new.group, subgroup=_subgroup(session, new), profile=new.profile, place=new.place,
            quota=new.quota, closes_at=new.closes_at, created_at=now,
        )  # fmt: skip
        session.add(link)
        session.flush()
    return link.id


def _subgroup(session, new: NewLink) -> str:
    """The subgroup as its group lists it; refused when the group has a list without it."""
    group = session.get(Group, new.group)
    if group is None:
        raise Refusal("Choisissez un groupe de la liste.")
    known = {fold(label): label for label in session.scalars(select(Subgroup.label).filter_by(group_code=new.group))}
    if known and new.subgroup and fold(new.subgroup) not in known:
        raise Refusal(f"Le sous-groupe {quoted(new.subgroup)} n’est pas dans le groupe {quoted(group.label)}.")
    return known.get(fold(new.subgroup), new.subgroup)


def _check_day(closes_at: datetime, now: datetime) -> None:
    if closes_at <= now:
        raise Refusal("Choisissez un jour qui n’est pas passé.")


def extend_link(link_id: int, quota: int, closes_at: datetime, now: datetime) -> None:
    """Let a link that is printed already take more people, or until later; or fewer, or less long."""
    with writing() as session:
        link = _the_link(session, link_id)
        _check_day(closes_at, now)
        link.quota, link.closes_at = quota, closes_at


def _the_link(session, link_id: int) -> OpenLink:
    link = session.get(OpenLink, link_id)
    if link is None:
        raise NotFound("Ce lien n’existe pas.")
    return link


def stop_link(link_id: int, is_stopped: bool, now: datetime) -> None:
    """Stop a link, or take it up again; those who began by it go on."""
    with writing() as session:
        link = _the_link(session, link_id)
        if bool(link.closed_at) != is_stopped:
            link.closed_at = now if is_stopped else None


def enter(token: str, key: str, version: int, secret: str, now: datetime) -> int:
    """Begin by a link, as a new participant who agreed to a version of the consent; returns their number.

    The same form sent again answers the same. Raises NotFound, Gone or Conflict when the link takes nobody.
    """
    with writing() as session:
        # Those who begin at once come one after the other: the quota holds.
        link = session.scalar(select(OpenLink).where(OpenLink.token == token).with_for_update())
        if link is None:
            raise NotFound(UNKNOWN)
        before = session.scalar(select(Sitting).where(Sitting.key == key))
        if before:
            return _again(session, before, link, now)
        check_open(link, begun_by(session, link.id), now)
        guide = current_guide()
        if guide is None:
            raise Conflict(NOT_READY)
        met = {"group_code": link.group_code, "subgroup": link.subgroup, "profile": link.profile, "place": link.place}
        participant_id = welcome(Welcome(key, version, met), secret, now)
        start(key, participant_id, guide.id, "alone", now, link_id=link.id)
    return participant_id


def begun_by(session, link_id: int) -> int:
    """How many people began by a link and did not erase it."""
    return session.scalar(select(func.count()).where(Sitting.link_id == link_id, Sitting.erased_at.is_(None)))


def check_open(link, begun: int, now: datetime) -> None:
    """Refuse in one sentence when a link takes nobody any more."""
    refusal, sentence = TOLD.get(state_of(link, begun, now), (None, ""))
    if refusal:
        raise refusal(sentence)


def _again(session, before: Sitting, link: OpenLink, now: datetime) -> int:
    """Whom this form let in, as long as nobody left since: on a shared phone it may be someone else's hand."""
    person = session.get(Participant, before.participant_id)
    left = session.scalar(select(Visit.id).where(Visit.participant_id == person.id, Visit.ended_at.is_not(None)))
    if before.link_id != link.id or person.erased_at or left or now - before.started_at > REPLAYED_WITHIN:
        raise Conflict("Ce formulaire a déjà servi. Pour reprendre, entrez avec vos trois mots.")
    return person.id
