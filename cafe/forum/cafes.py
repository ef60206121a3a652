"""Which café: by its address, for whom it is, the nearest in time."""

from datetime import date

from sqlalchemy import ColumnElement, bindparam, exists, select

from cafe.extensions import db
from cafe.forum.models import Cafe, CafeGroup
from cafe.people.models import Participant
from cafe.statements import Ready

_cafe = select(Cafe.__table__).where(Cafe.slug == bindparam("slug"))
_is_for_some = exists().where(CafeGroup.cafe_id == Cafe.id)
_is_in_group = exists().where(
    CafeGroup.cafe_id == Cafe.id,
    CafeGroup.group_code == Participant.group_code,
    Participant.id == bindparam("participant"),
)
_is_invited = ~_is_for_some | _is_in_group
_named, _named_and_invited = Ready(_cafe), Ready(_cafe.where(_is_invited))


def is_invited(cafe_id) -> ColumnElement[bool]:
    """Whether the participant of a query is of a group that the café is for; a café that names none is for all.

    `cafe_id`: a number, or the column that holds it.
    """
    here = CafeGroup.cafe_id == cafe_id
    return ~exists().where(here) | exists().where(here, CafeGroup.group_code == Participant.group_code)


def find_cafe(slug: str) -> tuple | None:
    """The café's columns, by name."""
    return _named.first(slug=slug)


def find_cafe_of(slug: str, participant_id: int) -> tuple | None:
    """The café's columns, if this participant is invited to it."""
    return _named_and_invited.first(slug=slug, participant=participant_id)


def nearest_cafe(today: date, participant_id: int | None = None) -> Cafe | None:
    """The café that runs, else the next to come, else the last one; among those a participant is invited to."""
    query = select(Cafe) if participant_id is None else select(Cafe).where(_is_invited)
    cafes = db.session.scalars(query, {"participant": participant_id}).all()
    return min(cafes, key=lambda cafe: _distance(cafe, today), default=None)


def _distance(cafe: Cafe, today: date) -> tuple:
    """What sorts cafés from the nearest: running, to come, over, archived; then the closest in time, the newest."""
    since = (today - cafe.first_day).days
    state = 3 if cafe.archived_at else 1 if since < 0 else 0 if since <= cafe.days else 2
    return state, abs(since), -cafe.id
