"""Writes the fiction: what thirty-one made-up citizens say in the first days of a café. Same seed, same words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import yaml

from cafe.demo.people import Citizen, Persona, make_citizens, make_persona
from cafe.demo.spelling import respell

PHRASES = Path(__file__).with_name("phrases.yaml")
DAY_MINUTES = 14 * 60
POSTS_A_DAY = 6.3
REPLY_RATE, ASIDE_RATE = 0.3, 0.05
START_WORDS = 6
# How many have not written yet on the last day.
LATE = 4
# The obstacle that a question is about, when it is about one; elsewhere each speaks of what they care about.
THEMES = {
    "2.1": ("cout_internet", "cout_equipement", "souscription_offre", "qualite_equipement"),
    "3.1": ("populations", "besoins_beneficiaires", "competences_base"),
    "3.2": ("populations", "deny", "connaissance_droits"),
    "4.1": ("usages", "comprehension_interet", "compte_bancaire"),
    "5.1": ("navigation", "identite_digitale", "coordination_aidants", "competences_digitales"),
    "6.1": ("craintes_securite", "compte_bancaire", "identite_digitale"),
    "7.1": ("moyens_aidants", "competences_aidants", "coordination_aidants"),
    "8.1": ("lieu_acces", "couverture_reseau", "initiatives"),
    "9.2": ("initiatives", "moyens_aidants", "lieu_acces"),
    "1.1": ("liens", "cout_internet", "couverture_reseau"),
}
REACTIONS = ("same", "same", "same", "support", "support", "different")


@dataclass(frozen=True)
class Post:
    """What a citizen wrote: `question` as « j3.1 », `minute` after the day's opening, `reply_to` a post's key."""

    key: int
    author: int
    question: str
    minute: int
    text: str
    reply_to: int | None = None


@dataclass(frozen=True)
class Reaction:
    post: int
    author: int
    kind: str


@dataclass(frozen=True)
class Conversation:
    citizens: tuple[Citizen, ...]
    posts: tuple[Post, ...]
    reactions: tuple[Reaction, ...]


def generate(questions: Sequence[dict], days: int, seed: int = 2018, people: int = 31) -> Conversation:
    """The conversation of the first `days` on questions that have a `day` and an `n`."""
    draw = Random(seed)
    writer = Writer(yaml.safe_load(PHRASES.read_text(encoding="utf-8")), draw, people)
    for day in range(1, days + 1):
        writers = people - LATE if day == days else people
        writer.write_day(day, [question["n"] for question in questions if question["day"] == day], writers)
    reactions = tuple(_react(writer, draw))
    return Conversation(tuple(writer.citizens), tuple(_with_slips(writer, Random(seed))), reactions)


def _with_slips(writer: "Writer", draw: Random) -> list[Post]:
    """The posts, a few of them with words that moderators have to look at."""
    sentences = writer.phrases["delicate"]
    slips = dict(zip(draw.sample(range(len(writer.posts)), len(sentences)), sentences, strict=True))
    return [
        replace(post, text=f"{post.text} {slips[post.key]}") if post.key in slips else post for post in writer.posts
    ]


class Writer:
    """Writes post after post, and never the same beginning twice if it can help it."""

    def __init__(self, phrases: dict, draw: Random, people: int):
        self.phrases, self.draw = phrases, draw
        self.citizens = make_citizens(draw, people)
        self.personas = [make_persona(draw, phrases) for _ in self.citizens]
        self.posts: list[Post] = []
        self._starts: set[str] = set()
        self._texts: set[str] = set()

    def write_day(self, day: int, places: list[int], writers: int) -> None:
        """The first `writers` citizens write."""
        planned = []
        for author, persona in enumerate(self.personas[:writers]):
            count = round(self.draw.gauss(POSTS_A_DAY * persona.zeal, 1.2)) if self.draw.random() < 0.97 else 0
            planned += [(self.draw.randrange(DAY_MINUTES), author) for _ in range(max(count, 0))]
        first = len(self.posts)
        for minute, author in sorted(planned):
            self._write(day, self.draw.choice(places), minute, author, first)

    def _write(self, day: int, n: int, minute: int, author: int, first: int) -> None:
        question = f"j{day}.{n}"
        open_to = [post for post in self.posts[first:] if post.question == question and post.author != author]
        parent = self.draw.choice(open_to) if open_to and self.draw.random() < REPLY_RATE else None
        text = self._fresh_text(f"{day}.{n}", author, parent)
        self.posts.append(Post(len(self.posts), author, question, minute, text, parent and parent.key))

    def _fresh_text(self, place: str, author: int, parent: Post | None) -> str:
        for _ in range(40):
            text = self._text(place, self.personas[author], parent)
            start = " ".join(text.lower().split()[:START_WORDS])
            if start not in self._starts and text not in self._texts:
                break
        self._starts.add(start)
        self._texts.add(text)
        return text

    def _text(self, place: str, persona: Persona, parent: Post | None) -> str:
        name = self.citizens[parent.author].pseudonym if parent else ""
        sentences = [self._opening(parent)]
        subjects = THEMES.get(place, persona.subjects)
        for subject in self._choose(subjects, persona.length):
            known = self.phrases["subjects"][subject]
            sentences[-1] += self.draw.choice(known["cores"]) + "."
            if self.draw.random() < 0.45:
                sentences.append(_capital(self.draw.choice(known["asks"])) + ".")
            sentences.append("")
        if self.draw.random() < 0.4:
            sentences.append(self.draw.choice(self.phrases["closers"]))
        if self.draw.random() < ASIDE_RATE:
            sentences.append(self.draw.choice(self.phrases["aside"]))
        text = " ".join(_capital(sentence) for sentence in sentences if sentence)
        text = text.replace("{who}", persona.who).replace("{town}", persona.town).replace("{name}", name)
        return respell(_capital(text), persona.spelling, self.draw)

    def _opening(self, parent: Post | None) -> str:
        if parent:
            return f"{self.draw.choice(self.phrases['replies'])}, {self.draw.choice(self.phrases['answers'])} : "
        return f"{self.draw.choice(self.phrases['openers'])}, " if self.draw.random() < 0.75 else ""

    def _choose(self, subjects: Sequence[str], length: int) -> list[str]:
        count = min(self.draw.randint(1, length), len(subjects))
        return self.draw.sample(sorted(subjects), count)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _react(writer: Writer, draw: Random) -> list[Reaction]:
    reactions = []
    for post in writer.posts:
        others = [author for author in range(len(writer.citizens)) if author != post.author]
        for author in draw.sample(others, draw.choice((0, 0, 1, 1, 2, 3, 5))):
            reactions.append(Reaction(post.key, author, draw.choice(REACTIONS)))
    return reactions
