"""χ² and Fisher's exact test beyond the reference values."""

from hypothesis import given, settings, strategies as st
import numpy as np
import pytest
from scipy import stats

from openbalint.stats.composition import chi_square, fisher_exact
from openbalint.stats.notes import CannotComputeError

small = st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=3).map(np.array)


def usable(table):
    return (table.sum(axis=0) > 0).all() and (table.sum(axis=1) > 0).all()


@given(small.filter(usable))
@settings(max_examples=50, deadline=None)
def test_fisher_does_not_depend_on_the_order_of_rows_and_columns(table):
    p = fisher_exact(table=table)
    assert 0 < p <= 1
    for other in (table[::-1], table[:, ::-1], table.T):
        assert fisher_exact(table=other) == pytest.approx(p, rel=1e-9)


@given(
    st.lists(st.integers(0, 25), min_size=4, max_size=4).map(lambda cells: np.array(cells).reshape(2, 2)).filter(usable)
)
@settings(max_examples=50, deadline=None)
def test_two_by_two_agrees_with_scipy(table):
    assert fisher_exact(table=table) == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-6)
    assert chi_square(table=table).p == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)


def test_two_by_two_of_any_size_agrees_with_r():
    """R: fisher.test(matrix(c(25013, 24800, 24987, 25200), 2))$p.value."""
    table = np.array([[25013, 24987], [24800, 25200]])
    assert fisher_exact(table=table) == pytest.approx(0.179980201161752, rel=1e-9)


def test_empty_rows_and_columns_do_not_count():
    table = np.array([[3, 0, 5], [0, 0, 0], [4, 0, 1]])
    assert chi_square(table=table) == chi_square(table=np.array([[3, 5], [4, 1]]))


def test_a_table_that_is_too_large_or_has_one_value_cannot_be_computed():
    with pytest.raises(CannotComputeError, match="too large"):
        fisher_exact(table=np.random.default_rng(1).integers(10, 60, (6, 7)))
    for test in (chi_square, fisher_exact):
        with pytest.raises(CannotComputeError, match="two different values"):
            test(table=np.array([[3], [4]]))
    with pytest.raises(ValueError, match="whole"):
        chi_square(table=np.array([[1.5, 2], [3, 4]]))


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ([[31, 40, 22], [35, 28, 45], [30, 33, 36]], 0.0489604946532045),
        ([[7, 5, 9, 4, 6], [5, 8, 7, 8, 4], [12, 10, 8, 11, 16]], 0.530882893831037),
    ],
)
def test_large_tables_agree_with_r(table, p):
    """R: fisher.test(t, workspace=2e7)$p.value."""
    assert fisher_exact(table=np.array(table)) == pytest.approx(p, rel=1e-9)
