"""Which words of a frozen dataset may be shown to everyone: kept by moderators, said to all, among enough people."""

from blinker import Signal
from sqlalchemy import select

from cafe.extensions import run
from cafe.moderation.models import Retained
from cafe.results.freezing import find, folder_of
from cafe.results.queries import said_to_the_team

# Asked before anything is shown to everyone: each receiver answers the contributions that may not be quoted.
objections = Signal()


def citable(number: int) -> frozenset[str]:
    """The names of the texts of a dataset that citizens may read."""
    names = folder_of(find(number)).names()
    kept = set(run(select(Retained.contribution_id)).scalars()) - said_to_the_team()
    kept = kept.difference(*(objected for _, objected in objections.send()))
    return frozenset(name for name in names.citable if names.texts[name][0] in kept)
