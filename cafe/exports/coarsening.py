"""Public exports: no cell of few people that could tell who someone is."""

from collections import Counter
from dataclasses import replace

from cafe.exports.said import Person

FEWEST = 5
# What is given up first stands first.
CELLS = ("cluster", "place", "profile", "subgroup")


def coarsen(people: dict[int, Person]) -> dict[int, Person]:
    """Blank the workshop, then the place, the profile and the subgroup of those whom fewer than five people resemble.

    After it, whatever is still said of someone within their group is said of at least five people.
    """
    for column in CELLS:
        sizes = Counter(map(_cell, people.values()))
        people = {
            number: person if sizes[_cell(person)] >= FEWEST else replace(person, **{column: ""})
            for number, person in people.items()
        }
    return people


def _cell(person: Person) -> tuple[str, ...]:
    return (person.group, *(getattr(person, column) for column in CELLS))
