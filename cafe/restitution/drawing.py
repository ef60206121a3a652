"""The colours and the geometry that both writers share; pure."""

from math import cos, pi, sin, sqrt

from cafe.restitution.deck import Points, Sphere

# Okabe–Ito, after the blue of data; each series also bears its sign or its words.
SERIES = ("2f6f8f", "e69f00", "009e73", "cc79a7", "d55e00", "56b4e9")
LEVELS = {
    "5": "009e73", "4": "7fc8a9", "3": "f0e442", "2": "e69f00", "1": "d55e00",
    "incontournable": "009e73", "souhaitable": "7fc8a9", "dilemme": "f0e442", "contre": "d55e00",
    "rang1": "1f4e64", "rang2": "2f6f8f", "rang3": "8fbcd0", "rang4": "cfe2ea",
}  # fmt: skip
# On these, words are white.
DARK = ("2f6f8f", "1f4e64", "d55e00", "009e73")
PLACEMENTS = {"prioritaire": "d55e00", "à explorer": "2f6f8f", "embarqué": "009e73", "": "8d8475"}


def level_colour(code: str, place: int) -> str:
    return LEVELS.get(code, SERIES[place % len(SERIES)])


def top_of(points: Points) -> float:
    return min(max([max(p.x, p.y) for p in points.points] + [*points.limits]) * 1.12 + 0.02, 1.02)


def placed(spheres: tuple[Sphere, ...]) -> list[tuple[float, float, float]]:
    """Where each disc goes in a square of one: x, y and radius; areas are as the people, no two discs touch."""
    largest = max((sphere.people for sphere in spheres), default=1)
    outside = [sphere for sphere in spheres if not sphere.inside]
    widest = 0.185 if len(outside) <= 5 else 0.95 / (len(outside) + 1)
    radii = [widest * sqrt(sphere.people / largest) for sphere in spheres]
    inner = [place for place, sphere in enumerate(spheres) if sphere.inside]
    found, turn = [], 0
    for place, sphere in enumerate(spheres):
        if sphere.inside:
            shift = (inner.index(place) - (len(inner) - 1) / 2) * 0.22
            found.append((0.5 + shift, 0.46, radii[place]))
        else:
            angle = 2 * pi * turn / max(len(outside), 1) - pi / 2
            turn += 1
            found.append((0.5 + 0.36 * cos(angle), 0.46 + 0.31 * sin(angle), radii[place]))
    return _within(found)


def _within(discs: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """All drawn smaller, if a disc would leave the square; what is left under the lowest is for its name."""
    reach = [max((abs(x - 0.5) + radius) / 0.5, (abs(y - 0.46) + radius) / 0.46) for x, y, radius in discs]
    scale = 1 / max([1, *reach])
    return [(0.5 + (x - 0.5) * scale, 0.46 + (y - 0.46) * scale, radius * scale) for x, y, radius in discs]
