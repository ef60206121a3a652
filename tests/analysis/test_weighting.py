import numpy as np
import pytest

from analysis.weighting import kish_size, mean_of_groups


@pytest.mark.parametrize(("sizes", "expected"), [((120, 40, 10, 5), 48.0), ((200, 6, 4), 21.3), ((10, 10), 20.0)])
def test_kish_size_of_unequal_groups(sizes, expected):
    assert kish_size(sizes) == pytest.approx(expected, abs=0.05)


def test_every_group_weighs_the_same():
    assert mean_of_groups([np.array([0.0, 1.0]), np.array([1.0, 0.0])]).tolist() == [0.5, 0.5]
