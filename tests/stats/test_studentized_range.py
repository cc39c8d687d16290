"""The studentised range: its closed form, its inverse, and its edges. Reference values: test_reference_values.py."""

import math

from hypothesis import given, settings, strategies as st
import numpy as np
import pytest
from scipy import special

from openbalint.stats.studentized_range import isf, range_sf, sf


@given(q=st.floats(0.001, 60), df=st.sampled_from([1, 2, 3, 5, 10, 34, 120, 999]))
@settings(max_examples=200, deadline=None)
def test_two_means_are_a_t_test(q, df):
    assert float(sf(q, 2, df)) == pytest.approx(2 * special.stdtr(df, -q / math.sqrt(2)), rel=1e-8, abs=1e-12)


def test_two_normal_values_have_a_closed_form():
    w = np.linspace(0.01, 40, 200)
    assert range_sf(w, 2) == pytest.approx(special.erfc(w / 2), rel=1e-9)


def test_infinite_degrees_of_freedom_are_the_plain_range():
    q = np.linspace(0.5, 8, 30)
    assert sf(q, 4, math.inf) == pytest.approx(range_sf(q, 4), rel=1e-10)


@given(p=st.floats(1e-8, 0.999), k=st.integers(2, 8), df=st.sampled_from([2, 5, 12, 34, 200]))
@settings(max_examples=60, deadline=None)
def test_the_inverse_leads_back(p, k, df):
    assert float(sf(isf(p, k, df), k, df)) == pytest.approx(p, rel=1e-9)


def test_it_falls_with_q_and_rises_with_k():
    q = np.linspace(0, 30, 500)
    columns = np.array([sf(q, k, 12) for k in (2, 3, 5, 9)])
    assert (np.diff(columns, axis=1) <= 1e-12).all()
    assert (np.diff(columns, axis=0) >= -1e-12).all()


def test_small_and_large_arrays_and_far_values_agree():
    q = np.linspace(0.1, 2000, 400)
    assert sf(q, 3, 2) == pytest.approx(np.array([float(sf(value, 3, 2)) for value in q]), rel=1e-10)


def test_edges():
    assert sf(np.array([-1.0, 0.0, math.nan, math.inf]), 3, 10) == pytest.approx([1, 1, math.nan, 0], nan_ok=True)
    for k, df in ((1, 10), (2.5, 10), (3, 0), (3, -1)):
        with pytest.raises(ValueError, match=r"needs two means|degrees of freedom"):
            sf(1.0, k, df)
    for p in (0, 1, -0.1):
        with pytest.raises(ValueError, match="between 0 and 1"):
            isf(p, 3, 10)
