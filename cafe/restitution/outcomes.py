"""What becomes of a lead: told by the organiser, dated; told anew, the former stays readable."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import db, run, writing
from cafe.restitution.models import LEAD, Outcome, Piece
from cafe.zones import dialogue_day

LONGEST = 2_000
ANOTHER = "Cette suite est déjà partie avec d’autres mots. Votre texte est gardé ici : envoyez-le à nouveau."


def tell(key: str, piece_id: int, typed: str, decided_on: date | None, staff_id: int, now: datetime) -> None:
    """Say what becomes of a published lead; the same form sent again says it once."""
    words = clean_text(typed)
    if not 1 <= len(words) <= LONGEST:
        raise Refusal(f"Écrivez ce que devient cette piste, en {LONGEST} signes au plus.")
    if decided_on is None:
        raise Refusal("Donnez le jour de la décision.")
    if decided_on > dialogue_day(now):
        raise Refusal("Ce jour n’est pas encore venu. Donnez le jour où c’est décidé, aujourd’hui au plus tard.")
    piece = run(select(Piece.kind, Piece.published_at).where(Piece.id == piece_id)).first()
    if piece is None or piece.kind != LEAD:
        raise NotFound("Cette piste n’existe pas.")
    if piece.published_at is None:
        raise Refusal("Publiez d’abord la piste : sa suite se lit avec elle.")
    told = {"piece_id": piece_id, "words": words, "decided_on": decided_on, "staff_id": staff_id}
    try:
        with writing() as session:
            session.add(Outcome(key=key, written_at=now, **told))
    except IntegrityError:
        row = db.session.execute(select(Outcome.__table__).where(Outcome.key == key)).one()
        if any(getattr(row, name) != value for name, value in told.items()):
            raise Conflict(ANOTHER) from None


def outcomes_of(piece_id: int) -> list:
    """What was said of a lead, the last first: words, decided_on, written_at."""
    return list(run(select(Outcome.__table__).where(Outcome.piece_id == piece_id).order_by(Outcome.id.desc())))
