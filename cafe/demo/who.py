"""The fiction's stakeholders, phases and committee: organisations named by what they are, nobody by name."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import yaml
from sqlalchemy import select

from cafe.demo.generator import PHRASES
from cafe.extensions import db
from cafe.guide.workshop_models import Workshop
from cafe.people import committee, stakeholders
from cafe.people import services as people
from cafe.people.models import Light, Phase, Staff, Stakeholder, StakeholderStatus, Subgroup
from cafe.people.stakeholders_fields import Described

WHO = PHRASES.with_name("who.yaml")
STEPS = {"identified": ("identified",), "invited": ("identified", "invited")}
STEPS |= {last: ("identified", "invited", last) for last in ("met", "declined")}


def people_the_map(today: date, now: datetime) -> None:
    """Groups, stakeholders with the way to their status, the four phases around today, two lights."""
    written = yaml.safe_load(WHO.read_text(encoding="utf-8"))
    logins = dict(db.session.execute(select(Staff.role, Staff.id)).tuples().all())
    for group, sphere in written["spheres"].items():
        people.create_group(group, sphere["label"], sphere.get("side", "external"))
        _list_subgroups(group, list(sphere["kinds"]))
        for kind, members in sphere["kinds"].items():
            for place, member in enumerate(members):
                _add(group, kind, place, member, today, now, logins["organiser"])
    _date_phases(written["phases"], today, now)
    for place, light in enumerate(written["lights"]):
        moment = now - timedelta(days=light["days_ago"])
        committee.shed_light(f"demo-light-{place}", light["phase"], light["text"], logins["committee"], moment)


def _list_subgroups(code: str, kinds: list[str]) -> None:
    """The kinds join those that the group lists already."""
    known = set(db.session.scalars(select(Subgroup.label).where(Subgroup.group_code == code)))
    db.session.add_all(Subgroup(group_code=code, label=kind) for kind in kinds if kind not in known)
    db.session.flush()


def _add(group: str, kind: str, place: int, member: list, today: date, now: datetime, by: int) -> None:
    label, town, status, days, step, follower = member
    described = Described(
        label=label, group=group, subgroup=kind, place=town, next_step=step, follower=follower,
        next_on=today + timedelta(days=days) if step else None,
        email="partie@exemple.invalid" if status == "invited" else "",
    )  # fmt: skip
    began = now - timedelta(days=60)
    made = stakeholders.add_stakeholder(described, f"{group}-{place}-{kind}"[:64], by, began)
    for turn, reached in enumerate(STEPS[status][1:], 1):
        moment = now - timedelta(days=max(1, 30 - 9 * turn - 5 * place))
        stakeholders.follow(made, replace(described, status=reached), by, moment)


def _date_phases(written: dict, today: date, now: datetime) -> None:
    for code, (starts, ends, closed) in written.items():
        first, last = today + timedelta(days=starts), today + timedelta(days=ends)
        closed_at = datetime.combine(last, time(16), now.tzinfo) if closed else None
        db.session.add(Phase(code=code, starts_on=first, ends_on=last, closed_at=closed_at))


def move_who(session, shift: timedelta) -> None:
    """Move the phases, the next steps, the workshops and what is dated around them by whole days."""
    _move(session, Phase, ("starts_on", "ends_on", "closed_at"), shift)
    _move(session, Stakeholder, ("next_on", "status_at", "created_at"), shift)
    _move(session, StakeholderStatus, ("at",), shift)
    _move(session, Light, ("written_at",), shift)
    _move(session, Workshop, ("held_on", "created_at", "closed_at"), shift)


def _move(session, table, columns: tuple[str, ...], shift: timedelta) -> None:
    for row in session.scalars(select(table)):
        for column in columns:
            moment = getattr(row, column)
            setattr(row, column, moment and moment + shift)
