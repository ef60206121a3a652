"""What may be done with the objectives, the lessons and the leads: written by several people, nothing ever lost."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.people.fields import clean
from cafe.people.models import Dialogue
from cafe.restitution.models import KINDS, LEAD, OBJECTIVES, Piece, PieceVersion

LONGEST_TITLE, LONGEST = 160, 10_000
GOAL_TITLE = "Les objectifs du dialogue"
CHANGED = "Quelqu’un a écrit ici en même temps que vous. Votre texte est gardé ici, l’autre est plus bas."
USED = "Ce formulaire a déjà servi. Ouvrez-en un nouveau."


@dataclass(frozen=True)
class Typed:
    """A draft as its form sends it; `subjects`: what a lead rests on, checked."""

    title: str
    words: str
    subjects: tuple[str, ...] = ()

    @property
    def clean(self) -> "Typed":
        return Typed(clean(self.title), clean_text(self.words), self.subjects)


def hold_the_restitution(session) -> None:
    """Those who begin something at once come one after the other."""
    session.execute(select(Dialogue.id).with_for_update())


def token_of(piece) -> str:
    """What a draft is known by: whoever saves says which one they read."""
    return hashlib.sha256(f"{piece.title}\0{piece.words}\0{piece.subjects}".encode()).hexdigest()[:16]


def create(key: str, kind: str, staff_id: int, now: datetime) -> int:
    """A new empty lesson or lead, after the others; the objectives are one. The same form sent again makes no other."""
    if kind not in KINDS:
        raise NotFound("Cette page n’existe pas.")
    with writing() as session:
        hold_the_restitution(session)
        same = Piece.kind == kind if kind == OBJECTIVES else Piece.key == key
        known = session.scalar(select(Piece).where(same))
        if known is None:
            place = (session.scalar(select(func.max(Piece.place)).where(Piece.kind == kind)) or 0) + 1
            title = GOAL_TITLE if kind == OBJECTIVES else ""
            known = Piece(key=key, kind=kind, place=place, title=title, drafted_at=now, drafted_by=staff_id)
            session.add(known)
            session.flush()
        elif known.kind != kind:
            raise Conflict(USED)
    return known.id


def save(piece_id: int, typed: Typed, token: str, staff_id: int, now: datetime) -> Piece:
    """Keep a draft; `token` names the one that was read and changed.

    Raises Conflict when someone else wrote meanwhile. Another's text, once written over, stays in the history.
    """
    with writing() as session:
        piece = _hold(session, piece_id)
        _put(session, piece, _checked(typed.clean, piece), token, staff_id, now)
    return piece


def _checked(typed: Typed, piece: Piece) -> Typed:
    if len(typed.title) > LONGEST_TITLE:
        raise Refusal(f"Ce titre est trop long : {len(typed.title)} signes pour {LONGEST_TITLE} au plus.")
    if len(typed.words) > LONGEST:
        raise Refusal(f"Ce texte est trop long : {len(typed.words)} signes pour {LONGEST} au plus.")
    return Typed(typed.title or piece.title, typed.words) if piece.kind == OBJECTIVES else typed


def _put(session, piece: Piece, typed: Typed, token: str, staff_id: int, now: datetime) -> None:
    subjects = " ".join(typed.subjects) if piece.kind == LEAD else ""
    if (piece.title, piece.words, piece.subjects) == (typed.title, typed.words, subjects):
        return
    is_mine, is_known = piece.drafted_by == staff_id, token_of(piece) == token
    if not (is_mine or is_known):
        raise Conflict(CHANGED)
    if not (is_mine and is_known):
        _keep(session, piece, False, now)
    piece.title, piece.words, piece.subjects = typed.title, typed.words, subjects
    piece.drafted_by, piece.drafted_at = staff_id, now


def _keep(session, piece: Piece, published: bool, now: datetime) -> None:
    """Add the draft to the history, unless it is empty."""
    if piece.words:
        written = {"staff_id": piece.drafted_by, "written_at": piece.drafted_at, "kept_at": now}
        told = {"title": piece.title, "words": piece.words, "published": published}
        session.add(PieceVersion(piece_id=piece.id, **told, **written))


def publish(piece_id: int, typed: Typed, token: str, staff_id: int, now: datetime) -> None:
    """Save, then show it to all; sent again it is published once."""
    with writing() as session:
        piece = save(piece_id, typed, token, staff_id, now)
        if not piece.title:
            raise Refusal("Donnez un titre, puis publiez.")
        if not piece.words:
            raise Refusal("Ce texte est vide. Écrivez-le, puis publiez.")
        out = piece.published_title, piece.published_words, piece.published_subjects
        if piece.published_at and out == (piece.title, piece.words, piece.subjects):
            return
        _keep(session, piece, True, now)
        piece.published_title, piece.published_words = piece.title, piece.words
        piece.published_subjects, piece.published_at = piece.subjects, now


def unpublish(piece_id: int) -> None:
    """Take it back from readers; the draft and the history stay."""
    with writing() as session:
        _hold(session, piece_id).published_at = None


def move(piece_id: int, to: int) -> None:
    """Put it at this place among its kind, 1 first; sent again it is there already."""
    with writing() as session:
        piece = _hold(session, piece_id)
        others = select(Piece).where(Piece.kind == piece.kind, Piece.removed_at.is_(None), Piece.id != piece_id)
        order = list(session.scalars(others.order_by(Piece.place, Piece.id)))
        order.insert(max(to - 1, 0), piece)
        for place, one in enumerate(order, 1):
            one.place = place


def remove(piece_id: int, now: datetime) -> None:
    """Take it out of the lists; it can be put back."""
    with writing() as session:
        piece = _hold(session, piece_id)
        if piece.published_at:
            raise Refusal("Ce texte est publié. Retirez-le d’abord de la lecture.")
        piece.removed_at = piece.removed_at or now


def put_back(piece_id: int) -> None:
    with writing() as session:
        _hold(session, piece_id).removed_at = None


def _hold(session, piece_id: int) -> Piece:
    """The piece, ours until the transaction ends; raises NotFound."""
    piece = session.get(Piece, piece_id, with_for_update=True, populate_existing=True)
    if piece is None:
        raise NotFound("Ce texte n’existe pas.")
    return piece
