"""Groups of the fiction beyond the café's citizens, and the people in them, under pseudonyms that nobody has yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from cafe.extensions import run, writing
from cafe.people import services as people
from cafe.people.models import Consent, Participant, Subgroup
from cafe.people.roster import pseudonym_list


def add_group(code: str, label: str, subgroups: Sequence[str], side: str = "external") -> None:
    """Add a group with its subgroups."""
    people.create_group(code, label, side)
    run(insert(Subgroup), [{"group_code": code, "label": name} for name in subgroups])


def add_people(profiles: Sequence[Mapping[str, str]], now: datetime) -> list[int]:
    """Add consenting participants, `profiles` giving each one's group_code, subgroup, profile, place, cluster."""
    with writing() as session:
        taken = set(session.scalars(select(Participant.pseudonym)))
        free = (name for name in pseudonym_list() if name not in taken)
        rows = [{"pseudonym": next(free), "created_at": now} | profile for profile in profiles]
        made = insert(Participant).returning(Participant.id, sort_by_parameter_order=True)
        numbers = list(session.scalars(made, rows))
        run(insert(Consent), [{"participant_id": number, "version": 1, "given_at": now} for number in numbers])
    return numbers
