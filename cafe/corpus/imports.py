"""Contributions held elsewhere, brought in from a table: checked whole, then written in one transaction."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from analysis.csvfile import Line
from cafe.corpus.models import Contribution, Question, Tag
from cafe.corpus.services import tag_values
from cafe.corpus.words import clean_text, text_digest
from cafe.errors import Refusal
from cafe.extensions import writing
from cafe.people.models import Group, Participant

GROUP = ("grand_public", "Grand public")
SHOWN, BATCH = 3, 500
LONGEST = 100_000


@dataclass(frozen=True)
class Row:
    """One line of the table, checked: `key` is what makes it the same contribution when it comes again."""

    key: str
    participant: str
    question: str
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Import:
    """Where the rows come in: the café's name and time zone, the digest's key, the tagger, the moment."""

    cafe: str
    timezone: str
    digest_key: str
    tagger: object
    now: datetime


class Checked(NamedTuple):
    """The rows of a table, each once, and how many of its lines say again what another does."""

    rows: list[Row]
    doubles: int


def check_rows(lines: Iterable[Line], where: Import) -> Checked:
    """Every line as a Row; one bad line refuses them all, the first few named and the rest counted."""
    rows, faults, read = {}, [], 0
    for line in lines:
        read += 1
        try:
            row = _row(line, where)
            if rows.setdefault(row.key, row).text != row.text:
                raise ValueError(f"le numéro « {line['id'][:40]} » est déjà celui d’un autre texte")
        except ValueError as fault:
            faults.append(f"ligne {line.number} : {fault}")
    refuse_all(faults)
    return Checked(list(rows.values()), read - len(rows))


def refuse_all(faults: list[str]) -> None:
    """Refuse a whole file for the lines that are wrong, if any: the first few named, the rest counted."""
    if faults:
        more = f" ; et {len(faults) - SHOWN} autres" if len(faults) > SHOWN else ""
        raise Refusal(f"Rien n’est importé : {' ; '.join(faults[:SHOWN])}{more}.")


def _row(line: Line, where: Import) -> Row:
    text = clean_text(line["text"])
    if not text:
        raise ValueError("le texte est vide")
    if len(text) > LONGEST:
        raise ValueError(f"le texte a {len(text)} signes, pour {LONGEST} au plus")
    number = (line.get("id") or "").strip()
    digest = hashlib.sha256((f"id {number}" if number else f"text {text}").encode()).hexdigest()[:32]
    question = clean_text(line.get("question") or "") or "Sans question"
    participant = clean_text(line.get("participant") or "") or f"id {digest}"
    moment = _moment(line.get("created_at") or "", where)
    return Row(f"import:{where.cafe}:{digest}", participant, question, text, moment)


def _moment(written: str, where: Import) -> datetime:
    """The moment of a row, in UTC; without a zone it is the café's, without any it is now."""
    if not written:
        return where.now
    try:
        moment = datetime.fromisoformat(written.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(where.timezone))).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"« {written[:40]} » n’est pas une date (attendu : 2026-01-05T18:30)") from None


def write_rows(rows: list[Row], where: Import, progress: Callable[[int], None]) -> int:
    """Add the rows that are not known yet, with their tags; returns how many. All in one transaction."""
    with writing() as session:
        known = set(session.scalars(select(Contribution.key).where(Contribution.key.startswith("import:"))))
        new = [row for row in rows if row.key not in known]
        progress(len(rows) - len(new))
        people = _participants(session, {row.participant for row in new}, where)
        questions = _questions(session, {row.question for row in new}, where)
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            _insert(session, batch, people, questions, where)
            progress(len(batch))
    return len(new)


def _participants(session, names: set[str], where: Import) -> dict[str, int]:
    """The participants of these names in this import, made when they are new; the names stay outside."""
    if names and session.get(Group, GROUP[0]) is None:
        session.execute(insert(Group).values(code=GROUP[0], label=GROUP[1], side="external", in_total=True))
    pseudonyms = {f"import-{text_digest(where.cafe + name, where.digest_key)[:24]}": name for name in names}
    query = select(Participant.pseudonym, Participant.id)
    known = {pseudonym for pseudonym, _ in session.execute(query)}
    rows = [
        {"pseudonym": pseudonym, "group_code": GROUP[0], "created_at": where.now}
        for pseudonym in sorted(pseudonyms)
        if pseudonym not in known
    ]
    if rows:
        session.execute(insert(Participant), rows)
    return {pseudonyms[pseudonym]: id for pseudonym, id in session.execute(query) if pseudonym in pseudonyms}


def _questions(session, texts: set[str], where: Import) -> dict[str, Question]:
    """The question of each text or code; what is not known becomes one."""
    known = {question.code: question for question in session.scalars(select(Question))}
    found = {}
    for text in sorted(texts):
        code = f"{where.cafe}.import.{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        found[text] = known.get(text) or known.get(code) or Question(code=code, text=text, context=text)
        session.add(found[text])
    session.flush()
    return found


def _insert(session, batch: list[Row], people: dict, questions: dict, where: Import) -> None:
    rows = [
        {
            "key": row.key, "posted_digest": text_digest(row.text, where.digest_key), "text": row.text,
            "participant_id": people[row.participant], "question_id": questions[row.question].id,
            "source": "cafe", "created_at": row.created_at,
        }
        for row in batch
    ]  # fmt: skip
    ids = session.scalars(insert(Contribution).returning(Contribution.id, sort_by_parameter_order=True), rows).all()
    tags = [
        tag_values(number, found, where.tagger.version)
        for number, row in zip(ids, batch, strict=True)
        for found in where.tagger.tag(row.text, questions[row.question].context)
    ]
    if tags:
        session.execute(insert(Tag), tags)
