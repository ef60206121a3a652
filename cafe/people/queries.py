from sqlalchemy import select

from cafe.extensions import db
from cafe.people.models import ConsentWording, Dialogue, Group

_dialogue = select(Dialogue)


def the_dialogue() -> Dialogue | None:
    return db.session.scalar(_dialogue)


def latest_wording() -> ConsentWording | None:
    return db.session.scalar(select(ConsentWording).order_by(ConsentWording.version.desc()))


def all_groups() -> list[Group]:
    return list(db.session.scalars(select(Group).order_by(Group.code)))
