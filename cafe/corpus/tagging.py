"""What people decide on the tags that rules laid: what was decided, no rule undoes."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from cafe.corpus.models import Contribution, Tag
from cafe.errors import NotFound, Refusal
from cafe.extensions import writing

GONE = "Ce tag n’est plus là. Rechargez la page."
NO_PASSAGE = "Ces mots ne sont pas dans le texte. Copiez-les tels quels, ou laissez vide."


def decide(contribution_id: int, family: str, code: str, state: str, staff_id: int, now: datetime) -> None:
    """Confirm or remove a tag, wherever it lies in the contribution."""
    with writing() as session:
        tags = _laid(session, contribution_id, family, code)
        if not tags:
            raise NotFound(GONE)
        for tag in tags:
            tag.state, tag.staff_id, tag.decided_at = state, staff_id, now


def hold(contribution_id: int, family: str, code: str, stance: str, staff_id: int, now: datetime) -> tuple[str, str]:
    """Say how a proposition is held in a contribution; to say it is to confirm its tag.

    Returns the stance and the state that it had before.
    """
    with writing() as session:
        tags = [tag for tag in _laid(session, contribution_id, family, code) if tag.state != "removed"]
        if not tags:
            raise NotFound(GONE)
        before = tags[0].stance, tags[0].state
        for tag in tags:
            tag.stance, tag.state, tag.staff_id, tag.decided_at = stance, "confirmed", staff_id, now
    return before


def put_stance_back(contribution_id: int, family: str, code: str, stance: str, state: str) -> None:
    """What a proposition's tag was before its stance was said; a rule's tag that was only laid is the rule's again."""
    with writing() as session:
        for tag in _laid(session, contribution_id, family, code):
            tag.stance, tag.state = stance, state
            if state == "laid":
                tag.staff_id = tag.decided_at = None


def stance_of(contribution_id: int, family: str, code: str) -> str | None:
    """How the proposition is held, empty when nobody said; None when no tag of it stands."""
    with writing() as session:
        standing = (tag for tag in _laid(session, contribution_id, family, code) if tag.state != "removed")
        return next((tag.stance for tag in standing), None)


def confirm_all(contribution_id: int, staff_id: int, now: datetime) -> None:
    with writing() as session:
        waiting = select(Tag).where(Tag.contribution_id == contribution_id, Tag.state == "laid")
        for tag in session.scalars(waiting):
            tag.state, tag.staff_id, tag.decided_at = "confirmed", staff_id, now


def lay_back(contribution_id: int, staff_id: int, moment: datetime) -> None:
    """Take back what one person confirmed at that moment: the rules' tags are theirs again."""
    with writing() as session:
        here = (Tag.contribution_id == contribution_id) & (Tag.state == "confirmed") & (Tag.origin == "rule")
        then = (Tag.staff_id == staff_id) & (Tag.decided_at == moment)
        session.execute(update(Tag).where(here, then).values(state="laid", staff_id=None, decided_at=None))


def decided(session, contribution_id: int) -> list[dict]:
    """The tags that people decided on, as rows to lay again."""
    rows = session.scalars(select(Tag).where(Tag.contribution_id == contribution_id, Tag.state != "laid"))
    names = [column.key for column in Tag.__table__.columns if column.key != "id"]
    return [{name: getattr(tag, name) for name in names} for tag in rows]


def carry(session, contribution_id: int, tags: list[dict], move: Callable[[int, int], tuple[int, int]]) -> None:
    """Lay decided tags again once the text changed under them, in the place of what rules lay of the same code."""
    rows = {}
    for tag in tags:
        start, end = move(tag["start"], tag["end"])
        rows[tag["family"], tag["code"], start, end] = tag | {"start": start, "end": end}
    for family, code in {(tag["family"], tag["code"]) for tag in tags}:
        same = (Tag.contribution_id == contribution_id) & (Tag.family == family) & (Tag.code == code)
        session.execute(delete(Tag).where(same))
    if rows:
        session.execute(insert(Tag), list(rows.values()))


def add(
    contribution_id: int,
    family: str,
    code: str,
    passage: str,
    tagger,
    staff_id: int,
    now: datetime,
    idea: tuple[int, int] | None = None,
) -> None:
    """Lay a tag by hand on a passage, or on the whole text; a tag that is there already is confirmed.

    `idea`: the part of the text that is meant, when it was cut into ideas.
    """
    if code not in {tag.code for known in tagger.referential.families if known.code == family for tag in known.tags}:
        raise Refusal("Choisissez un tag dans la liste.")
    with writing() as session:
        text = session.scalar(select(Contribution.text).where(Contribution.id == contribution_id))
        start, end = _place(text or "", passage, idea)
        decision = {"state": "confirmed", "staff_id": staff_id, "decided_at": now}
        laid = _laid(session, contribution_id, family, code)
        anywhere = not passage and idea is None
        same = [tag for tag in laid if anywhere or (tag.start, tag.end) == (start, end)]
        for tag in same:
            tag.state, tag.staff_id, tag.decided_at = decision.values()
        if not same:
            place = {"contribution_id": contribution_id, "family": family, "code": code, "start": start, "end": end}
            session.add(Tag(**place, **decision, origin="human", referential=tagger.version))


def _place(text: str, passage: str, idea: tuple[int, int] | None) -> tuple[int, int]:
    left, right = idea or (0, len(text))
    start = text.find(passage, left, right)
    if start < 0:
        raise Refusal(NO_PASSAGE)
    return (start, start + len(passage)) if passage else (left, right)


def _laid(session, contribution_id: int, family: str, code: str) -> list[Tag]:
    here = select(Tag).where(Tag.contribution_id == contribution_id, Tag.family == family, Tag.code == code)
    return list(session.scalars(here))


def rename_tag(family: str, gone: str, kept: str) -> None:
    """Bring what people decided under a code to the tag that took it over; decided under both, the latter holds."""
    with writing() as session:
        taken = {
            (tag.contribution_id, tag.start, tag.end)
            for tag in session.scalars(select(Tag).where(Tag.family == family, Tag.code == kept, Tag.state != "laid"))
        }
        laid = (Tag.family == family) & (Tag.code == kept) & (Tag.state == "laid")
        left = (Tag.family == family) & (Tag.code == gone)
        session.execute(delete(Tag).where(left, Tag.state == "laid"))
        for tag in session.scalars(select(Tag).where(left)).all():
            place = (tag.contribution_id, tag.start, tag.end)
            if place in taken:
                session.delete(tag)
                continue
            here = (Tag.contribution_id == place[0]) & (Tag.start == place[1]) & (Tag.end == place[2])
            session.execute(delete(Tag).where(laid, here))
            tag.code = kept
