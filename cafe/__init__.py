"""The site: `create_app` puts its rooms together; `bare_app` is its base and its keys alone."""

from importlib import import_module
from pathlib import Path

from flask import Flask

from cafe.clock import utc_now
from cafe.extensions import db, prepare_sqlite
from cafe.keys import read_keys
from config import Config

ROOT = Path(__file__).parent.parent


def create_app(config: Config, clock=utc_now) -> Flask:
    """The application for one install; refused when the install has no keys yet."""
    app = bare_app(config, clock)
    # Loaded late: what shows no page need not wait seconds for the libraries that draw them.
    import_module("cafe.pages").add_pages(app, config)
    return app


def bare_app(config: Config, clock=utc_now) -> Flask:
    """The application without its pages, for a command that shows none."""
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=None)
    keys = read_keys(config.data)
    app.config.update(_settings(config), KEYS=keys, SECRET_KEY=keys["session"], CLOCK=clock, HOUSE=config)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
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
