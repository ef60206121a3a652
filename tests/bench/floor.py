"""The floor of `make bench`: the least that a Flask and SQLAlchemy page can do on SQLite.

Twenty of 1,400 posts with their authors, compressed; a bare insert followed by a redirection.
"""

import os
import random
from uuid import UUID, uuid4

from flask import Flask, redirect, render_template, request
from flask_compress import Compress
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship

POSTS, PEOPLE, DAYS, PAGE = 1400, 31, 15, 20
WORDS = "internet mairie dossier papier prix forfait aide site passe enfant travail ligne cher clavier ecran".split()
TEMPLATE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Jour {{ day }}</title>
<main><h1>Jour {{ day }}</h1>
{% for post in posts %}<article id="m{{ post.id }}"><h2>{{ post.author.name }}</h2><p>{{ post.text }}</p></article>
{% endfor %}<form method="post"><textarea name="text"></textarea><button>Envoyer</button></form></main>"""

SYNCHRONOUS = os.environ.get("FLOOR_SYNCHRONOUS", "NORMAL")
engine = create_engine(f"sqlite:///{os.environ['FLOOR_DB']}")
app = Flask(__name__)
app.jinja_loader = DictLoader({"day.html": TEMPLATE})
Compress(app)


@event.listens_for(engine, "connect")
def tune(connection, _record):
    for pragma in ("journal_mode=WAL", f"synchronous={SYNCHRONOUS}", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Post(Base):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    day: Mapped[int] = mapped_column(index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    text: Mapped[str]
    author: Mapped[Author] = relationship()


@app.get("/day/<int:day>")
def show(day):
    newest = select(Post).where(Post.day == day).order_by(Post.id.desc()).limit(PAGE).options(joinedload(Post.author))
    with Session(engine) as session:
        return render_template("day.html", day=day, posts=session.scalars(newest).all())


@app.post("/day/<int:day>")
def add(day):
    with Session(engine) as session, session.begin():
        session.add(Post(key=str(uuid4()), day=day, author_id=1, text=request.form["text"]))
    return redirect(f"/day/{day}", 303)


def seed():
    draw = random.Random(7)
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(Author(id=number + 1, name=f"Citoyen {number + 1}") for number in range(PEOPLE))
        session.flush()
        for number in range(POSTS):
            text, author = " ".join(draw.choices(WORDS, k=50)), number % PEOPLE + 1
            session.add(Post(key=str(UUID(int=number)), day=number % DAYS + 1, author_id=author, text=text))


if __name__ == "__main__":
    seed()
