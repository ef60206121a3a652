"""`cafe scheduler`: the timed work, in one process of its own. Two do no harm: what is done is recorded first."""

import logging
import signal
import traceback
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import click
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from cafe import create_app
from cafe.exports.desk import vault
from cafe.exports.services import drop_expired, drop_stale
from cafe.extensions import empty_sqlite_log
from cafe.messages.nightly import purge_by_night, retag_by_night
from cafe.messages.sending import Office, send_due, settle
from cafe.messages.services import record_due
from cafe.messages.smtp import Mailer
from cafe.results.losses import let_losses_go
from cafe.results.standing import losses_mark
from config import Config, read_config

log = logging.getLogger(__name__)
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Scheduler:
    """One pass after another: what is due is recorded, then sent, then the night's work."""

    def __init__(self, app: Flask):
        config = app.config["HOUSE"]
        self.app, self.clock, self.halt = app, app.config["CLOCK"], Event()
        self.results, self.losses = config.data / "results", ""
        self.office = _office(config, app.config["KEYS"]["session"], self.clock)

    def run_pass(self) -> None:
        """Every job once; the one that fails is logged and does not stop the others."""
        for job in (self.record, self.send, self.retag, self.purge, self.drop_exports, self.let_go):
            if self.halt.is_set():
                return
            with self.app.app_context():
                try:
                    job()
                except Exception as error:
                    log.error("job %s failed: %s", job.__name__, _place(error))

    def record(self) -> None:
        settle(self.clock())
        record_due(self.clock())

    def send(self) -> None:
        if self.office and (done := send_due(self.office, self.halt.is_set)):
            log.info("e-mails: %s", ", ".join(f"{count} {state}" for state, count in sorted(done.items())))

    def retag(self) -> None:
        retag_by_night(self.clock(), self.halt.is_set)

    def purge(self) -> None:
        purge_by_night(self.clock())

    def drop_exports(self) -> None:
        if count := drop_expired(vault(), self.clock()):
            log.info("exports: %s file(s) expired", count)


    def let_go(self) -> None:
        """Words taken back since the last pass leave every file that may hold them."""
        mark = losses_mark()
        if mark != self.losses:
            purged, dropped = let_losses_go(self.results), drop_stale(vault())
            empty_sqlite_log()
            self.losses = mark
            if purged or dropped:
                log.info("taken back: %s frozen dataset(s) purged, %s export(s) deleted", purged, dropped)


def _office(config: Config, key: str, clock) -> Office | None:
    """Where e-mails leave from; none when the install names no mail server: they wait."""
    if not config.smtp_url:
        return None
    return Office(Mailer(config.smtp_url, config.mail_from), config.public_url, key, clock)


def _place(error: Exception) -> str:
    """The error's kind and where it rose; its words are left out, since they may hold someone's."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} ({Path(last.filename).name}:{last.lineno})"


def _stop(*_signal) -> None:
    raise SystemExit(0)


@click.command("scheduler")
@click.option("--once", is_flag=True, help="Un seul passage, puis s’arrêter (pour cron).")
def scheduler(once):
    """Ce qui se fait à l’heure dite : messages, rappels, fin du café, travaux de la nuit.

    Exemple : SMTP_URL=smtp://localhost MAIL_FROM=cafe@exemple.fr cafe scheduler
    """
    logging.basicConfig(format=FORMAT, level=logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    work = Scheduler(create_app(read_config()))
    if work.office is None:
        log.warning("no SMTP_URL: e-mails wait")
    if once:
        work.run_pass()
    else:
        _run_until_stopped(work)


def _run_until_stopped(work: Scheduler) -> None:
    """A pass a minute, never two at once; late or missed ones are one. SIGTERM lets the e-mail under way end."""
    timer = BlockingScheduler(timezone=UTC)
    settings = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    timer.add_job(work.run_pass, "interval", minutes=1, next_run_time=datetime.now(UTC), **settings)
    signal.signal(signal.SIGTERM, _stop)
    try:
        timer.start()
    except (SystemExit, KeyboardInterrupt):
        work.halt.set()
        log.info("stopping")
        timer.shutdown()
