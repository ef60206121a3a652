"""Which words of a frozen dataset may be shown to everyone: kept by moderators, said to all, among enough people."""

from sqlalchemy import select

from cafe.extensions import run
from cafe.moderation.models import Retained
from cafe.results.freezing import find, folder_of
from cafe.results.queries import said_to_the_team


def citable(number: int) -> frozenset[str]:
    """The names of the texts of a dataset that citizens may read."""
    names = folder_of(find(number)).names()
    kept = set(run(select(Retained.contribution_id)).scalars()) - said_to_the_team()
    return frozenset(name for name in names.citable if names.texts[name][0] in kept)
