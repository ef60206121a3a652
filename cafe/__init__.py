"""The site: `create_app` puts its rooms together."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from cafe import assets, display, responses, signing
from cafe.clock import utc_now
from cafe.coding.desk import bp as coding_pages
from cafe.exports.routes import bp as exports_pages
from cafe.exports.stakes_desk import bp as stakes_pages
from cafe.extensions import compress, csrf, db, migrate, prepare_sqlite
from cafe.forum.desk import bp as forum_desk
from cafe.forum.host import bp as host_pages
from cafe.forum.routes import bp as forum_pages
from cafe.guide.desk import bp as guide_desk
from cafe.guide.interview_desk import bp as interview_pages
from cafe.guide.link_routes import bp as guide_links
from cafe.guide.routes import bp as guide_pages
from cafe.guide.workshop_desk import bp as workshops_pages
from cafe.guide.workshop_routes import bp as workshop_phones
from cafe.keys import read_keys
from cafe.messages.grid import bp as grid_pages
from cafe.messages.routes import bp as messages_pages
from cafe.moderation.routes import bp as moderation_pages
from cafe.people.committee_desk import bp as committee_pages
from cafe.people.desk import bp as people_desk
from cafe.people.routes import bp as people_pages
from cafe.people.stakeholders_desk import bp as stakeholders_pages
from cafe.restitution.deck_desk import bp as deck_pages
from cafe.restitution.quotes_desk import bp as quotes_pages
from cafe.restitution.routes import bp as restitution_pages
from cafe.restitution.writing_desk import bp as writing_pages
from cafe.results.routes import bp as results_pages
from cafe.web import SmallInt
from config import Config

ROOT = Path(__file__).parent.parent
PAGES = (
    people_pages, people_desk, stakeholders_pages, committee_pages, forum_pages, forum_desk, host_pages,
    guide_desk, guide_links, guide_pages, workshops_pages, workshop_phones, moderation_pages, messages_pages,
    grid_pages, results_pages, coding_pages, exports_pages, interview_pages, stakes_pages, deck_pages,
    restitution_pages, writing_pages, quotes_pages,
)  # fmt: skip


def create_app(config: Config, clock=utc_now) -> Flask:
    """The application for one install; refused when the install has no keys yet."""
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=None)
    keys = read_keys(config.data)
    app.config.update(_settings(config), KEYS=keys, SECRET_KEY=keys["session"], CLOCK=clock, HOUSE=config)
    app.url_map.converters["int"] = SmallInt
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies)
    _bind_extensions(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    for room in (assets, display, responses, signing):
        room.init_app(app)
    return app


def _settings(config: Config) -> dict:
    return {
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        # The connection that served last has the pages still in memory.
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_use_lifo": True},
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "SESSION_COOKIE_NAME": "cafe",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.public_url.startswith("https://"),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 3,
        "COMPRESS_LEVEL": 3,
        "COMPRESS_MIN_SIZE": 400,
    }


def _bind_extensions(app: Flask) -> None:
    for extension in (db, csrf, compress):
        extension.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
