"""Interviews and workshops held elsewhere, brought in from checked tables: in one transaction, each row once."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select

from analysis.alerts import find_alerts
from cafe.corpus.asked import told
from cafe.corpus.imports import refuse_all
from cafe.corpus.models import Answer, Contribution, Flag, Question, Tag
from cafe.corpus.services import tag_values
from cafe.corpus.words import text_digest
from cafe.extensions import run, writing
from cafe.guide.stakes import TARGET
from cafe.people.models import Group, Participant
from cafe.people.roster import Roll
from cafe.results.frames_files import SILENT, Tables
from cafe.results.frames_questions import Asked

ORIGIN = "frames:"


@dataclass(frozen=True)
class Added:
    """How many rows were new: people, answers, contributions."""

    people: int
    answers: int
    contributions: int


@dataclass(frozen=True)
class Import:
    """What surrounds an import: the digests' key, the tagger, the questions that the guide knows, the moment."""

    digest_key: str
    tagger: object
    asked: Asked
    now: datetime

    def key(self, written: str) -> str:
        """What makes a line the same when it comes again; keyed, since a file may number people by their names."""
        return ORIGIN + text_digest(written, self.digest_key)[:40]


def write_tables(tables: Tables, where: Import) -> Added:
    """Add what is not known yet. A question that the base has keeps its own text and families.

    Raises Refusal when a file's number stands already for someone of another group, or for another text.
    """
    with writing() as session:
        _add_groups(session, tables)
        people, new_people = _people(session, tables, where)
        questions = _questions(session, tables, where)
        answers = _new_answers(session, tables, people, questions, where.now)
        texts = _new_texts(session, tables, people, questions, where)
        if answers:
            run(insert(Answer), answers)
        _add_texts(session, tables, texts, where)
    return Added(new_people, len(answers), len(texts))


def _add_groups(session, tables: Tables) -> None:
    known = set(session.scalars(select(Group.code)))
    named = {row["group"]: {"label": row["group"]} for row in tables.participants.values()}
    for code, row in (named | tables.groups).items():
        if code not in known:
            side, in_total = row.get("side", "external"), row.get("in_total", "1") == "1"
            run(insert(Group), {"code": code, "label": row["label"], "side": side, "in_total": in_total})


def _people(session, tables: Tables, where: Import) -> tuple[dict[str, int], int]:
    """The number of each person of the file, those who are new made under pseudonyms drawn here; and how many are."""
    keys = {where.key(name): name for name in tables.participants}
    before = select(Participant.key, Participant.group_code).where(Participant.key.startswith(ORIGIN))
    known = dict(session.execute(before).tuples().all())
    refuse_all([
        f"participants.csv : « {name[:40]} » est déjà quelqu’un du groupe « {known[key]} »"
        for key, name in keys.items()
        if known.get(key, tables.participants[name]["group"]) != tables.participants[name]["group"]
    ])  # fmt: skip
    new = [(key, name) for key, name in keys.items() if key not in known]
    if new:
        targets, roll = _targets(tables), Roll(session)
        made = [_person(tables.participants[name], key, roll.draw(), targets.get(name, ""), where) for key, name in new]
        run(insert(Participant), made)
    numbers = session.execute(select(Participant.key, Participant.id).where(Participant.key.startswith(ORIGIN)))
    return {keys[key]: number for key, number in numbers if key in keys}, len(new)


def _targets(tables: Tables) -> dict[str, str]:
    """The priority population that each person chose."""
    chosen = (row for row in tables.answers.values() if row["question"] == TARGET)
    return {row["participant"]: row["option"] for row in chosen if row["option"] not in SILENT}


def _person(row: Mapping, key: str, pseudonym: str, target: str, where: Import) -> dict:
    kept = {name: row[name] for name in ("subgroup", "profile", "place", "cluster")}
    return kept | {
        "key": key, "pseudonym": pseudonym, "group_code": row["group"], "target": row["target"] or target,
        "created_at": where.now,
    }  # fmt: skip


def _questions(session, tables: Tables, where: Import) -> dict[str, Question]:
    """The question of each code; what is not known becomes one, as the guide asks it when the guide has it."""
    known = {question.code: question for question in session.scalars(select(Question))}
    feeds = {row["question"]: row["feeds"] for row in tables.contributions.values()}
    for code in dict.fromkeys([row["question"] for row in tables.answers.values()] + list(feeds)):
        if code not in known:
            known[code] = Question(code=code, **where.asked.question(code, feeds.get(code, "*")))
            session.add(known[code])
    session.flush()
    return known


def _new_answers(session, tables: Tables, people: dict, questions: dict, now: datetime) -> list[dict]:
    """The rows of the answers to questions that each person had not answered yet."""
    given = select(Answer.participant_id, Answer.question_id).where(Answer.participant_id.in_(people.values()))
    before = set(session.execute(given.distinct()).tuples())
    rows = [
        {"participant_id": people[row["participant"]], "question_id": questions[row["question"]].id, "created_at": now}
        | {name: row[name] for name in ("kind", "option", "value")}
        for row in tables.answers.values()
    ]
    return [row for row in rows if (row["participant_id"], row["question_id"]) not in before]


def _new_texts(session, tables: Tables, people: dict, questions: dict, where: Import) -> list[dict]:
    known = select(Contribution.key, Contribution.posted_digest).where(Contribution.key.startswith(ORIGIN))
    before, faults, new = dict(session.execute(known).tuples().all()), [], []
    for name, row in tables.contributions.items():
        key, digest = where.key(f"text {name}"), text_digest(row["text"], where.digest_key)
        if before.get(key, digest) != digest:
            faults.append(f"contributions.csv : le numéro « {name[:40]} » est déjà celui d’un autre texte")
        elif key not in before:
            new.append({
                "key": key, "posted_digest": digest, "participant_id": people[row["participant"]],
                "question_id": questions[row["question"]].id, "source": row["source"], "about": row["about"],
                "prompted": row["prompted"] == "1", "text": row["text"], "created_at": row["created_at"],
            })  # fmt: skip
    refuse_all(faults)
    return new


def _add_texts(session, tables: Tables, texts: list[dict], where: Import) -> None:
    if not texts:
        return
    made = insert(Contribution).returning(Contribution.id, sort_by_parameter_order=True)
    numbers = dict(zip((text["key"] for text in texts), session.scalars(made, texts), strict=True))
    names = {where.key(f"text {name}"): name for name in tables.contributions}
    rows = {names[key]: number for key, number in numbers.items()}
    tags = list(_given_tags(tables, rows, where) if tables.has_tags else _found_tags(tables, rows, where))
    flags = [
        {"contribution_id": number} | asdict(alert)
        for name, number in rows.items()
        for alert in find_alerts(tables.contributions[name]["text"])
    ]
    for table, values in ((Tag, tags), (Flag, flags)):
        if values:
            run(insert(table), values)


def _given_tags(tables: Tables, rows: Mapping[str, int], where: Import) -> Iterator[dict]:
    """The tags that came with the texts; those that people laid are confirmed."""
    for row in tables.tags.values():
        if row["contribution"] in rows:
            laid = {name: row[name] for name in ("family", "start", "end", "rule", "origin", "stance")}
            state = "confirmed" if row["origin"] == "human" else "laid"
            place = {"contribution_id": rows[row["contribution"]], "code": row["tag"], "state": state}
            yield laid | place | {"referential": where.tagger.version}


def _found_tags(tables: Tables, rows: Mapping[str, int], where: Import) -> Iterator[dict]:
    for name, number in rows.items():
        row = tables.contributions[name]
        context = where.asked.context(row["question"], row["prompted"] == "1")
        for found in where.tagger.tag(row["text"], told(where.tagger, context, row["about"])):
            yield tag_values(number, found, where.tagger.version)
