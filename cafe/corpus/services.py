"""What may be done with what people said: record it once, correct it, withdraw it, tag it."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from blinker import Signal
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from analysis.alerts import find_alerts
from cafe.corpus.asked import told
from cafe.corpus.models import CARES, Contribution, Flag, Passage, Question, Tag
from cafe.corpus.words import checked_text, text_digest
from cafe.errors import Conflict, NotAllowed
from cafe.extensions import run, writing
from cafe.statements import NewRow, Ready

ANOTHER_TEXT = "Ce message est déjà parti avec d’autres mots. Votre nouveau texte est gardé ici : envoyez-le à nouveau."


COLUMNS = (
    "key", "posted_digest", "participant_id", "question_id", "reply_to_id", "source", "text", "created_at", "prompted",
    "private", "status", "status_reason", "about",
)  # fmt: skip
_new_contribution = NewRow(Contribution, *COLUMNS)
_by_key = Ready(
    select(Contribution.id, Contribution.participant_id, Contribution.posted_digest).where(
        Contribution.key == bindparam("key")
    )
)
_new_tag, _new_flag = insert(Tag), insert(Flag)
# Sent with a contribution's number, inside the transaction, when its author takes words back or replaces them: other
# subjects then wipe what they kept of them.
words_gone = Signal()
CHANGEABLE = ("published", "waiting", "returned")


@dataclass(frozen=True)
class NewContribution:
    """One verbatim on its way in.

    `key` is the identifier that the server drew for its form, `asked` the question's context; `prompted`: said in
    answer to a follow-up; `private`: for the team alone; `status`: published, or waiting for a moderator; `about`: the
    champ, use or population that a proposal answers.
    """

    key: str
    participant_id: int
    question_id: int
    text: str
    asked: str = ""
    reply_to_id: int | None = None
    source: str = "cafe"
    prompted: bool = False
    private: bool = False
    status: str = "published"
    about: str = ""


class Recorded(NamedTuple):
    """The contribution's number, and the tags found on it; none of them when it was there already."""

    number: int
    found: tuple


def record(new: NewContribution, tagger, digest_key: str, now: datetime) -> Recorded:
    """Store a contribution and its tags; sent again under the same key it is the same row.

    Raises Conflict when the key already carries another text or belongs to someone else.
    """
    text = checked_text(new.text)
    digest = text_digest(text, digest_key)
    found, alerts = tagger.tag(text, told(tagger, new.asked, new.about)), find_alerts(text)
    with writing():
        number = _insert(new, text, digest, now)
        if number is None:
            return Recorded(_already_recorded(new, digest), ())
        _lay(number, found, tagger.version)
        _point_out(number, alerts)
    return Recorded(number, tuple(found))


def _insert(new: NewContribution, text: str, digest: str, now: datetime) -> int | None:
    """The new row's number, None when its key is there already."""
    values = (
        new.key, digest, new.participant_id, new.question_id, new.reply_to_id, new.source, text, now, new.prompted,
        new.private, new.status, "", new.about,
    )  # fmt: skip
    try:
        added = _new_contribution.first(**dict(zip(COLUMNS, values, strict=True)))
    except IntegrityError:
        raise Conflict("Cette question ou ce message n’existe plus. Votre texte est gardé ici.") from None
    return added and added.id


def _already_recorded(new: NewContribution, digest: str) -> int:
    row = _by_key.first(key=new.key)
    if row.participant_id != new.participant_id or row.posted_digest != digest:
        raise Conflict(ANOTHER_TEXT)
    return row.id


def _lay(contribution_id: int, found, version: int) -> None:
    rows = [tag_values(contribution_id, tag, version) for tag in found]
    if rows:
        run(_new_tag, rows)


def _point_out(contribution_id: int, alerts) -> None:
    """Keep what people should look at in a text."""
    if alerts:
        rows = [{"kind": alert.kind, "start": alert.start, "end": alert.end} for alert in alerts]
        run(_new_flag, [row | {"contribution_id": contribution_id} for row in rows])


def tag_values(contribution_id: int, found, version: int) -> dict:
    """The row of `tag` for what the tagger found."""
    return {
        "contribution_id": contribution_id, "family": found.family, "code": found.tag, "start": found.start,
        "end": found.end, "rule": found.rule, "matched": found.matched[:300], "negated": found.negated[:300],
        "origin": "rule", "state": "laid", "referential": version,
    }  # fmt: skip


def is_known(key: str) -> bool:
    """Whether a contribution came in under this key: what comes again is a replay."""
    return _by_key.first(key=key) is not None


def correct(
    contribution_id: int, participant_id: int, typed: str, tagger, now: datetime, waits: bool = False
) -> Contribution:
    """Replace one's own words; what came back from a moderator goes to wait for them again.

    `waits`: a moderator reads before the others, corrections too. A sign that calls for care outlives the words.
    """
    text = checked_text(typed)
    with writing() as session:
        contribution = _own(session, contribution_id, participant_id, CHANGEABLE)
        changed = text != contribution.text
        if contribution.status == "returned" or (waits and changed):
            contribution.status, contribution.status_reason = "waiting", ""
        if changed:
            signs = _open_signs(session, contribution_id)
            contribution.edited_at, contribution.read_at = now, None
            replace_text(session, contribution, text, tagger)
            _keep_signs(session, contribution_id, signs, len(text))
            words_gone.send(contribution_id, withdrawn=False)
    return contribution


def _open_signs(session, contribution_id: int) -> set[str]:
    """The kinds of care that still wait for someone."""
    waiting = Flag.contribution_id == contribution_id, Flag.kind.in_(CARES), Flag.settled_at.is_(None)
    return set(session.scalars(select(Flag.kind).where(*waiting)))


def _keep_signs(session, contribution_id: int, signs: set[str], length: int) -> None:
    """Lay over the whole new text the signs that its rules no longer see: someone closes them, not an edit."""
    for kind in sorted(signs - _open_signs(session, contribution_id)):
        run(_new_flag, {"contribution_id": contribution_id, "kind": kind, "start": 0, "end": length})


def replace_text(session, contribution: Contribution, text: str, tagger) -> None:
    """Put other words; tags and flags are laid anew, since their spans belonged to the old ones."""
    contribution.text = text
    _clear_marks(session, contribution.id)
    session.flush()
    asked = session.scalar(select(Question.context).where(Question.id == contribution.question_id))
    _lay(contribution.id, tagger.tag(text, told(tagger, asked, contribution.about)), tagger.version)
    _point_out(contribution.id, find_alerts(text))


def withdraw(contribution_id: int, participant_id: int, now: datetime) -> Contribution:
    """Take one's own words back: they and their tags are wiped, the place stays so that replies read on."""
    with writing() as session:
        contribution = _own(session, contribution_id, participant_id, (*CHANGEABLE, "hidden"))
        contribution.text, contribution.status, contribution.edited_at = "", "withdrawn", now
        _clear_marks(session, contribution_id)
        words_gone.send(contribution_id, withdrawn=True)
    return contribution


def _own(session, contribution_id: int, participant_id: int, statuses: tuple[str, ...]) -> Contribution:
    contribution = session.get(Contribution, contribution_id)
    if contribution is None or contribution.participant_id != participant_id or contribution.status not in statuses:
        raise NotAllowed("Ce message n’est pas le vôtre, ou il n’est plus modifiable.")
    return contribution


def _clear_marks(session, contribution_id: int) -> None:
    for marks in (Tag, Flag, Passage):
        session.execute(delete(marks).where(marks.contribution_id == contribution_id))


def find_question(code: str) -> int | None:
    """The number of the question of this code, None when nothing was said under it."""
    return run(select(Question.id).where(Question.code == code)).scalar()


def find_or_create_question(code: str, text: str, context: str, feeds: str = "*") -> int:
    with writing() as session:
        question_id = session.scalar(select(Question.id).where(Question.code == code))
        if question_id is None:
            question = Question(code=code, text=text, context=context, feeds=feeds)
            session.add(question)
            session.flush()
            question_id = question.id
    return question_id
