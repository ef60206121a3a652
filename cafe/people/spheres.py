"""The groups and their subgroups, found as people write them."""

from sqlalchemy import select

from cafe.errors import Refusal
from cafe.people.fields import fold, quoted
from cafe.people.models import Group, Subgroup


class Spheres:
    """Every group by its code and its label, and the subgroups that each one lists."""

    def __init__(self, session):
        self.groups = {name: group for group in session.scalars(select(Group)) for name in _names(group)}
        self.subgroups: dict[str, dict[str, str]] = {}
        for code, label in session.execute(select(Subgroup.group_code, Subgroup.label)):
            self.subgroups.setdefault(code, {})[fold(label)] = label

    def find(self, group: str, subgroup: str) -> tuple[Group, str]:
        """The group and the subgroup that these words name; refused when there are none."""
        if not group:
            raise Refusal("Il manque le groupe.")
        found = self.groups.get(fold(group))
        if found is None:
            raise Refusal(f"Le groupe {quoted(group)} n’existe pas.")
        return found, self._subgroup(found, subgroup)

    def _subgroup(self, group: Group, typed: str) -> str:
        listed = self.subgroups.get(group.code)
        if not listed or not typed:
            return typed
        if fold(typed) not in listed:
            raise Refusal(f"Le sous-groupe {quoted(typed)} n’est pas dans le groupe {quoted(group.label)}.")
        return listed[fold(typed)]


def _names(group: Group) -> tuple[str, str]:
    return fold(group.code), fold(group.label)
