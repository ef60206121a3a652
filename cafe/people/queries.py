from sqlalchemy import select

from cafe.extensions import db
from cafe.people.models import ConsentWording, Dialogue


def the_dialogue() -> Dialogue | None:
    return db.session.scalar(select(Dialogue))


def latest_wording() -> ConsentWording | None:
    return db.session.scalar(select(ConsentWording).order_by(ConsentWording.version.desc()))
