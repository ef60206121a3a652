"""Every setting of the house, read once from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    data: Path
    port: int
    database_url: str
    public_url: str
    smtp_url: str
    mail_from: str
    trusted_proxies: int


def read_config(environ=os.environ) -> Config:
    """Settings with their defaults; secrets have none: they live in files that `cafe init` writes under `data`."""
    data = Path(environ.get("CAFE_DATA", "instance")).resolve()
    port = int(environ.get("PORT", "8000"))
    return Config(
        data=data,
        port=port,
        database_url=_with_driver(environ.get("DATABASE_URL") or f"sqlite:///{data / 'cafe.sqlite'}"),
        public_url=(environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        smtp_url=environ.get("SMTP_URL", ""),
        mail_from=environ.get("MAIL_FROM", ""),
        trusted_proxies=int(environ.get("TRUSTED_PROXIES", "0")),
    )


def _with_driver(url: str) -> str:
    """PostgreSQL's usual address, naming the driver that we install."""
    for usual in ("postgres://", "postgresql://"):
        if url.startswith(usual):
            return "postgresql+psycopg://" + url.removeprefix(usual)
    return url
