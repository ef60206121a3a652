"""The second factor (TOTP, RFC 6238): a code of six digits, one step of tolerance, which opens once."""

from datetime import datetime
from hmac import compare_digest

import pyotp
from sqlalchemy import select, update

from cafe.errors import NotAllowed
from cafe.extensions import db, writing
from cafe.people.models import Dialogue, Staff, Visit

STEP = 30
WRONG_CODE = "Ce code ne convient pas. Attendez le suivant sur votre téléphone, puis réessayez."


def draw_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """What the telephone reads from the QR code."""
    title = db.session.scalar(select(Dialogue.title)) or "Dialogue"
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=title)


def is_set_up(staff_id: int) -> bool:
    return bool(db.session.scalar(select(Staff.totp_secret).where(Staff.id == staff_id)))


def give_code(staff_id: int, visit_id: int, typed: str, now: datetime, offered: str = "") -> None:
    """Open this session to what needs a second factor; `offered` becomes the secret when there was none."""
    with writing() as session:
        known = session.scalar(select(Staff.totp_secret).where(Staff.id == staff_id))
        secret = known or offered
        step = secret and _matching_step(secret, typed, now)
        if not step:
            raise NotAllowed(WRONG_CODE)
        # One statement, so that of two requests with the same code one alone finds its row.
        unused = (Staff.id == staff_id) & (Staff.totp_step < step) & (Staff.totp_secret == known)
        used = session.execute(update(Staff).where(unused).values(totp_step=step, totp_secret=secret))
        if used.rowcount != 1:
            raise NotAllowed(WRONG_CODE)
        session.execute(update(Visit).where(Visit.id == visit_id).values(second_factor=True))


def _matching_step(secret: str, typed: str, now: datetime) -> int:
    """The step whose code this is, or 0: a telephone's clock may be one step away."""
    code = "".join(c for c in typed if c.isascii() and c.isdigit())
    current = int(now.timestamp()) // STEP
    totp, steps = pyotp.TOTP(secret), (current, current - 1, current + 1)
    return next((step for step in steps if compare_digest(totp.generate_otp(step), code)), 0)
