"""The map of the spheres stays within its frame; a table of words is told from one of figures."""

from math import dist

import pytest

from cafe.restitution.deck import Cell, Grid, Sphere
from cafe.restitution.drawing import placed
from cafe.restitution.html_file import are_figures

ROUNDING = 1e-9


@pytest.mark.parametrize("largest", range(5))
def test_no_disc_leaves_the_square_and_areas_are_as_the_people(largest):
    people = [98 if place == largest else 20 + place for place in range(5)]
    discs = placed(tuple(Sphere(f"Groupe {n}", n, "", place == 4) for place, n in enumerate(people)))
    for x, y, radius in discs:
        assert abs(x - 0.5) + radius < 0.5 + ROUNDING and abs(y - 0.46) + radius < 0.46 + ROUNDING
    areas = [radius**2 / number for (_, _, radius), number in zip(discs, people, strict=True)]
    assert areas == pytest.approx([areas[0]] * 5)
    pairs = [(one, two) for one in discs for two in discs if one is not two]
    assert all(dist(one[:2], two[:2]) > one[2] + two[2] for one, two in pairs)


@pytest.mark.parametrize(
    ("texts", "figures"), [(("37 %", "100,0 %"), True), (("37 %", "Un mot ou deux"), False), ((), False)]
)
def test_words_beside_words_are_read_in_full_width_and_figures_stay_beside_theirs(texts, figures):
    rows = tuple((Cell("Parcours"), Cell(text)) for text in texts)
    assert are_figures(Grid(("Enjeu", "Part"), rows, (0.7, 0.3), "")) is figures
