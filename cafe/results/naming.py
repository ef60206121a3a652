"""What the organiser may do with a frozen dataset once it is made: another title, or away with it."""

from datetime import datetime

from cafe.errors import Refusal
from cafe.extensions import writing
from cafe.results.freezing import checked_title, find, folder_of
from cafe.results.models import FrozenDataset
from cafe.results.opening import WHO, note, open_to


def rename(number: int, typed: str, key: str, staff_id: int, now: datetime) -> None:
    """Give a dataset another title; the figures and the hash do not know of it."""
    title, dataset = checked_title(typed), find(number)
    with writing() as session:
        session.get(FrozenDataset, dataset.id).title = title
        note(key, "renamed", staff_id, now, frozen_id=dataset.id, detail=title)


def delete(number: int, key: str, staff_id: int, now: datetime) -> None:
    """Forget a dataset and its files; refused while someone reads it. Its line stays in the log."""
    dataset, readers = find(number), open_to(number)
    if readers:
        told = " et ".join(WHO[audience] for audience in readers)
        raise Refusal(f"Ce jeu est ouvert {told}. Fermez-le d’abord, puis supprimez-le.")
    with writing() as session:
        session.get(FrozenDataset, dataset.id).deleted_at = now
        note(key, "deleted", staff_id, now, frozen_id=dataset.id, detail=dataset.title)
    folder_of(dataset).forget()
