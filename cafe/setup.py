"""A new install: keys, base, dialogue, référentiel."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, upgrade

from analysis.referential import SHIPPED
from cafe.extensions import db, writing
from cafe.guide import published as guides
from cafe.guide.reading import SHIPPED as SHIPPED_GUIDE
from cafe.people import queries, services
from cafe.referential.versions import has_referential, publish

CONSENT = Path(__file__).parent / "people" / "consent.txt"
migrate = Migrate(db=db, directory=str(Path(__file__).parent / "migrations"), compare_type=True, render_as_batch=True)


def migrate_base(app: Flask) -> None:
    """Bring the base to the latest migration; done once, before any worker starts. SQLite passes to WAL here."""
    migrate.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")
        upgrade()


def initialise(app: Flask, title: str = "Dialogue", fictional: bool = False) -> None:
    """An empty dialogue, ready for a café, whole or not at all; run again it adds only what is missing."""
    migrate_base(app)
    with app.app_context(), writing():
        now = app.config["CLOCK"]()
        if not queries.the_dialogue():
            services.create_dialogue(title, CONSENT.read_text(encoding="utf-8").strip(), now, fictional)
        if not has_referential():
            publish(SHIPPED.read_text(encoding="utf-8"), now)
        if not guides.current_guide():
            guides.publish(SHIPPED_GUIDE.read_text(encoding="utf-8"), now)
