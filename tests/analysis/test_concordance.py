import itertools

import numpy as np
import pytest
from scipy import stats

from analysis.concordance import kendall_w, mean_spearman


def test_w_is_friedmans_statistic_over_its_greatest_value_ties_and_all():
    """Friedman's χ² = m (n − 1) W, both corrected for ties (scipy)."""
    values = np.random.default_rng(4).integers(4, size=(9, 6))
    chi2 = stats.friedmanchisquare(*values.T).statistic
    assert kendall_w(values) == pytest.approx(chi2 / (9 * 5), abs=1e-12)


def test_without_ties_w_tells_the_mean_spearman():
    values = np.array([np.random.default_rng(n).permutation(7) for n in range(4)])
    pairs = [stats.spearmanr(a, b).statistic for a, b in itertools.combinations(values, 2)]
    assert mean_spearman(kendall_w(values), 4) == pytest.approx(np.mean(pairs), abs=1e-12)


def test_alike_is_one_and_no_order_is_nothing():
    assert kendall_w([[3, 2, 1], [30, 20, 10]]) == 1.0
    assert np.isnan(kendall_w([[1, 1], [2, 2]])) and np.isnan(kendall_w([[1, 2, 3]]))
