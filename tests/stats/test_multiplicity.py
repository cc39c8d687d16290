"""Holm's adjustment."""

from hypothesis import given, strategies as st
import pytest

from openbalint.stats.multiplicity import holm

chances = st.lists(st.floats(0, 1), max_size=8)


@given(chances)
def test_holm_keeps_the_order_and_takes_bonferroni_for_the_smallest(p):
    adjusted = holm(p=p)
    assert all(raw <= value <= 1 for raw, value in zip(p, adjusted, strict=True))
    assert not p or min(adjusted) == min(1.0, len(p) * min(p))
    assert [adjusted[i] for i in sorted(range(len(p)), key=p.__getitem__)] == sorted(adjusted)


@given(chances, st.randoms())
def test_holm_does_not_depend_on_the_order_of_the_outcomes(p, random):
    order = list(range(len(p)))
    random.shuffle(order)
    assert holm(p=[p[i] for i in order]) == [holm(p=p)[i] for i in order]


def test_a_value_outside_0_and_1_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm(p=[0.2, 1.2])
