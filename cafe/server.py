"""The production server: gunicorn, two workers that share one loaded application."""

import gc

from gunicorn.app.base import BaseApplication

from cafe import create_app
from cafe.extensions import db
from cafe.people.services import hash_of_nobody
from cafe.referential.services import prepare_tagger
from config import Config

WORKERS, THREADS = 2, 4


class Server(BaseApplication):
    def __init__(self, config: Config):
        self.house = config
        super().__init__()

    def load_config(self):
        settings = {
            "bind": f"0.0.0.0:{self.house.port}", "workers": WORKERS, "threads": THREADS, "worker_class": "gthread",
            "preload_app": True, "post_fork": _own_connections, "timeout": 60, "control_socket_disable": True,
        }  # fmt: skip
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self):
        self.app = create_app(self.house)
        with self.app.app_context():
            prepare_tagger()
            hash_of_nobody()
            db.session.remove()
        return self.app


def _own_connections(server, _worker):
    """A connection opened before the fork must not be shared by two workers."""
    application = server.app.wsgi()
    # What was loaded before the fork stays: the collector need not walk through it again.
    gc.freeze()
    with application.app_context():
        db.engine.dispose(close=False)
