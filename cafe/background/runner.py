"""A thread of the server's process that does long work, so that no request waits for it."""

import logging
from collections.abc import Callable
from threading import Thread

from analysis.errors import BadInput
from cafe.background import services
from cafe.errors import Refusal
from cafe.extensions import db

log = logging.getLogger(__name__)
BROKEN = "Quelque chose s’est cassé de notre côté. Relancez ; si cela se répète, dites-le à l’organisation."
Job = Callable[[Callable[[int, int], None]], dict]


def start(app, work_id: int, job: Job) -> Thread:
    """Do the work in a thread; the job is given a way to say how far it is, and returns its result."""
    thread = Thread(target=_do, args=(app, work_id, job), daemon=True)
    app.extensions.setdefault("works", []).append(thread)
    thread.start()
    return thread


def _do(app, work_id: int, job: Job) -> None:
    now = app.config["CLOCK"]
    with app.app_context():
        try:
            services.end(work_id, job(lambda done, total: services.beat(work_id, done, total, now())), now())
        except (Refusal, BadInput) as refusal:
            services.fail(work_id, str(refusal), now())
        except Exception:
            log.exception("work %s", work_id)
            services.fail(work_id, BROKEN, now())
        finally:
            db.session.remove()
