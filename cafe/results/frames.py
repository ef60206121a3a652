"""The only bridge from the base's rows to pandas frames; what is hidden, withdrawn or erased stays behind."""

import secrets
from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Integer, cast, select

from analysis.frames import Frames, make_frames
from cafe.corpus.models import Answer, Contribution, Question, Tag
from cafe.extensions import db
from cafe.people.models import Group, Participant


def frames_from_base(stable_pseudonyms: bool = False) -> Frames:
    """The dialogue as frames, people and contributions under numbers that say nothing.

    Random numbers at each call, or, when asked, stable ones: equal content then makes equal tables.
    """
    tables = {name: _rows(query) for name, query in QUERIES.items()}
    people = _pseudonyms(tables["participants"]["participant"], "P", stable_pseudonyms)
    texts = _pseudonyms(tables["contributions"]["contribution"], "C", stable_pseudonyms)
    return _frames(tables, people, texts)


def frames_under(people: Mapping[int, str], texts: Mapping[int, str]) -> Frames:
    """The part of the dialogue that these people said in these texts, each under the name given; the rest stays."""
    return _frames({name: _rows(query) for name, query in QUERIES.items()}, people, texts)


def _frames(tables: dict[str, pd.DataFrame], people: Mapping[int, str], texts: Mapping[int, str]) -> Frames:
    for name, table in tables.items():
        for column, names in (("participant", people), ("contribution", texts)):
            if column in table:
                table = table[table[column].isin(names)]
                table = table.assign(**{column: table[column].map(names)})
        tables[name] = table.sort_values(list(table.columns), ignore_index=True)
    tables["contributions"]["created_at"] = tables["contributions"]["created_at"].map(
        lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
    return make_frames(tables)


def contribution_names() -> dict[int, str]:
    """The stable pseudonym of each contribution that counts, by its number in the base."""
    heard = select(Contribution.id).join(Participant).where(_heard)
    return _pseudonyms(pd.Series(db.session.scalars(heard).all(), dtype=int), "C", True)


def stable_names() -> tuple[dict[int, str], dict[int, str]]:
    """The stable pseudonyms of those who are heard, and of the contributions that count, by number in the base."""
    people = db.session.scalars(select(Participant.id).where(_alive)).all()
    return _pseudonyms(pd.Series(people, dtype=int), "P", True), contribution_names()


def _rows(query) -> pd.DataFrame:
    result = db.session.execute(query)
    return pd.DataFrame(result.all(), columns=list(result.keys()))


def _pseudonyms(numbers: pd.Series, letter: str, stable: bool) -> dict[int, str]:
    """A name for each number: P0001 in the order of the base, or drawn so that it cannot be traced back."""
    order = sorted(numbers)
    if not stable:
        secrets.SystemRandom().shuffle(order)
    width = max(len(str(len(order))), 4)
    return {number: f"{letter}{place:0{width}}" for place, number in enumerate(order, 1)}


_alive = Participant.erased_at.is_(None)
_heard = (Contribution.status == "published") & _alive
QUERIES = {
    "participants": select(
        Participant.id.label("participant"), Participant.group_code.label("group"), Participant.subgroup,
        Participant.profile, Participant.target, Participant.place, Participant.cluster,
    ).where(_alive),
    "groups": select(
        Group.code.label("group"), Group.label, Group.side, cast(Group.in_total, Integer).label("in_total")
    ),
    "answers": select(
        Answer.participant_id.label("participant"), Question.code.label("question"), Answer.kind, Answer.option,
        Answer.value,
    ).join(Question).join(Participant).where(_alive),
    "contributions": select(
        Contribution.id.label("contribution"), Contribution.participant_id.label("participant"), Contribution.source,
        Question.code.label("question"), Question.feeds, Contribution.about, Contribution.text,
        Contribution.created_at, cast(Contribution.prompted, Integer).label("prompted"),
    ).join(Question).join(Participant).where(_heard),
    "tags": select(
        Tag.contribution_id.label("contribution"), Tag.family, Tag.code.label("tag"), Tag.start, Tag.end, Tag.rule,
        Tag.origin, Tag.stance,
    ).join(Contribution).join(Participant, Participant.id == Contribution.participant_id)
    .where(_heard, Tag.state != "removed"),
}  # fmt: skip
