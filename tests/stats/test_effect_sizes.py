"""Hedges' g and the noncentral t. Values by R: test_reference_values.py."""

from hypothesis import given, settings, strategies as st
import pytest
from scipy import special, stats

from openbalint.stats.effect_sizes import hedges_g, noncentral_t_cdf, noncentrality_interval, small_sample_factor
from openbalint.stats.notes import CannotComputeError
from openbalint.stats.samples import Sample


@given(t=st.floats(-8, 8), df=st.sampled_from([2, 5, 22, 200]))
@settings(max_examples=100, deadline=None)
def test_the_interval_mirrors_and_holds_t_at_its_quantiles(t, df):
    low, high = noncentrality_interval(t=t, df=df)
    mirrored = noncentrality_interval(t=-t, df=df)
    assert (low, high) == pytest.approx((-mirrored[1], -mirrored[0]), abs=1e-9)
    assert [noncentral_t_cdf(t, df, low), noncentral_t_cdf(t, df, high)] == pytest.approx([0.975, 0.025], abs=1e-10)


def test_without_noncentrality_it_is_the_plain_t():
    for t in (-3.0, 0.0, 1.7):
        assert noncentral_t_cdf(t, 7, 0) == pytest.approx(special.stdtr(7, t), abs=1e-13)


def test_far_noncentralities_have_an_interval_too():
    low, high = noncentrality_interval(t=60, df=30)
    assert 40 < low < 60 < high < 80


def test_the_small_sample_factor_is_the_exact_one():
    # For two degrees of freedom J = Γ(1)/(1·Γ(1/2)) = 1/√π.
    assert small_sample_factor(2) == pytest.approx(0.5641895835477563, rel=1e-14)


def test_arms_without_spread_or_people_have_no_g():
    for a, b in ((Sample(3, 1, 0), Sample(3, 2, 0)), (Sample(1, 1, 0), Sample(2, 2, 1))):
        with pytest.raises(CannotComputeError):
            hedges_g(a=a, b=b)


@pytest.mark.parametrize(("t", "df", "ncp"), [(10.0, 14, 20.0), (8.0, 14, 15.0), (8.19, 11, 13.4), (5.0, 3, 1.0)])
def test_far_from_the_centre_it_keeps_its_digits(t, df, ncp):
    assert noncentral_t_cdf(t, df, ncp) == pytest.approx(stats.nct.cdf(t, df, ncp), rel=1e-9)
