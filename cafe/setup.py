"""A new install: keys, base, dialogue, référentiel."""

from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from analysis.referential import SHIPPED
from cafe.extensions import db
from cafe.guide import published as guides
from cafe.guide.reading import SHIPPED as SHIPPED_GUIDE
from cafe.people import queries, services
from cafe.referential.services import publish

CONSENT = Path(__file__).parent / "people" / "consent.txt"


def migrate_base(app: Flask) -> None:
    """Bring the base to the latest migration; done once, before any worker starts. SQLite passes to WAL here."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")
        upgrade()


def initialise(app: Flask, title: str = "Dialogue", fictional: bool = False) -> None:
    """An empty dialogue, ready for a café; run again it changes nothing."""
    migrate_base(app)
    with app.app_context():
        if queries.the_dialogue():
            return
        now = app.config["CLOCK"]()
        services.create_dialogue(title, CONSENT.read_text(encoding="utf-8").strip(), now, fictional)
        publish(SHIPPED.read_text(encoding="utf-8"), now)
        guides.publish(SHIPPED_GUIDE.read_text(encoding="utf-8"), now)
