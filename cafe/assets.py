"""Static files: compressed once, named by their content, kept by the browser for a year."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Blueprint, Response, abort, current_app, request

ROOT = Path(__file__).parent.parent
# htmx is installed by npm, pinned in the lock file, and served from where npm put it.
INSTALLED = {"htmx.js": ROOT / "node_modules" / "htmx.org" / "dist" / "htmx.min.js"}
YEAR = "public, max-age=31536000, immutable"
bp = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    url: str
    mimetype: str
    bodies: dict[str, bytes]


@lru_cache(maxsize=64)
def _load(name: str, path: Path, _changed_at: int) -> Asset:
    """A file, compressed once a process: the best compression is slow."""
    body = path.read_bytes()
    bodies = {"": body, "br": brotli.compress(body), "gzip": gzip.compress(body, 9)}
    url = f"/static/{name}?v={hashlib.sha256(body).hexdigest()[:10]}"
    return Asset(url, mimetypes.guess_type(name)[0] or "text/plain", bodies)


def init_app(app) -> None:
    paths = {path.name: path for path in (ROOT / "static").glob("*.*")} | INSTALLED
    files = {name: path for name, path in paths.items() if path.exists()}
    app.extensions["assets"] = {name: _load(name, path, path.stat().st_mtime_ns) for name, path in files.items()}
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = asset_url


def asset_url(name: str) -> str:
    """The address of a static file, which changes when its content does."""
    return current_app.extensions["assets"][name].url


@bp.get("/static/<name>")
def send(name):
    """A static file, in the best compression that the browser accepts."""
    asset = current_app.extensions["assets"].get(name) or abort(404)
    coding = next((c for c in ("br", "gzip") if c in request.accept_encodings), "")
    response = Response(asset.bodies[coding], mimetype=asset.mimetype)
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Cache-Control"] = YEAR
    response.vary.add("Accept-Encoding")
    return response
