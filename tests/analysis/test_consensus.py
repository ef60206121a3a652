import pytest

from analysis.consensus import agreement, leik_dispersion

# van der Eijk's examples and ours: counts, A, D.
CHECKED = [
    ([6, 3, 1, 0, 0], 0.75, 0.25),
    ([5, 0, 0, 0, 5], -1.0, 1.0),
    ([30, 40, 210, 130, 530, 50, 10], 0.6113333333, 0.2866666667),
    ([4, 0, 0, 0], 1.0, 0.0),
    ([1, 1, 1, 1], 0.0, 2 / 3),
]


@pytest.mark.parametrize(("counts", "a", "d"), CHECKED)
def test_published_vectors(counts, a, d):
    assert (agreement(counts), leik_dispersion(counts)) == pytest.approx((a, d), abs=1e-9)


@pytest.mark.parametrize(("counts", "_a", "_d"), CHECKED)
def test_turning_the_scale_round_changes_nothing(counts, _a, _d):
    turned = counts[::-1]
    assert (agreement(turned), leik_dispersion(turned)) == pytest.approx((agreement(counts), leik_dispersion(counts)))
