"""The scores of the dialogue as it stands, computed once for each state of the base."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from sqlalchemy import func, select

from analysis.coverage import Coverage, coverage
from analysis.scoring import score
from cafe.corpus.models import Answer, Contribution, Tag
from cafe.extensions import db
from cafe.moderation.models import Decision
from cafe.people.models import Group, Participant
from cafe.referential.services import VersionedTagger, current_tagger
from cafe.results.frames import frames_from_base

# What the pages show so far.
SECTIONS = ("freins.enjeux", "freins.champs")


@dataclass(frozen=True)
class Results:
    """The scores, their coverage and the référentiel that made them."""

    scores: pd.DataFrame
    coverage: Coverage
    version: int


def results_now() -> Results:
    """The results of this moment; kept by the process until something said, tagged or decided changes."""
    return _results(str(db.engine.url), _state(), current_tagger())


def _state() -> tuple:
    """What changes whenever a figure may change."""
    said = select(func.count(), func.max(Contribution.id), func.max(Contribution.edited_at))
    columns = (
        said.where(Contribution.status == "published"),
        select(func.count(), func.max(Tag.id), func.max(Tag.decided_at)).where(Tag.state != "removed"),
        select(func.count(), func.max(Answer.id), func.max(Answer.created_at)),
        select(func.max(Decision.id)),
    )
    groups = select(Group.code, Group.label, Group.side, Group.in_total).order_by(Group.code)
    people = select(
        Participant.id, Participant.group_code, Participant.subgroup, Participant.profile, Participant.target,
        Participant.place, Participant.cluster, Participant.erased_at,
    ).order_by(Participant.id)  # fmt: skip
    marks = [db.session.execute(query).one() for query in columns]
    return tuple(map(tuple, (*marks, *db.session.execute(groups), *db.session.execute(people))))


@lru_cache(maxsize=2)
def _results(_base: str, _state: tuple, tagger: VersionedTagger) -> Results:
    frames = frames_from_base(stable_pseudonyms=True)
    scores = score(frames, tagger.referential, sections=SECTIONS)
    return Results(scores, coverage(frames, "freins"), tagger.version)
