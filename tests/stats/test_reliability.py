"""Cronbach's α and McDonald's ω beyond the reference values: invariances, missing answers, and what cannot be computed."""

import math

from hypothesis import given, settings, strategies as st
import numpy as np
import pytest

from openbalint.stats.reliability import cronbach_alpha, mcdonald_omega, reliability

NAMES = ["a", "b", "c", "d"]


def answers(rows=60, items=4, seed=3):
    rng = np.random.default_rng(seed)
    return np.clip(np.round(3 + rng.normal(size=(rows, 1)) + rng.normal(size=(rows, items))), 1, 5)


@given(st.integers(0, 50), st.floats(-5, 5), st.floats(0.1, 10))
@settings(max_examples=15, deadline=None)
def test_alpha_and_omega_ignore_order_shift_and_a_common_unit(seed, shift, unit):
    table = answers(seed=seed)
    changed = table[:, ::-1] * unit + shift
    assert cronbach_alpha(items=changed).value == pytest.approx(cronbach_alpha(items=table).value, abs=1e-9)
    assert mcdonald_omega(items=changed).value == pytest.approx(mcdonald_omega(items=table).value, abs=1e-7)


def test_reversing_an_item_twice_changes_nothing_and_reversing_it_once_does():
    table = answers()
    turned = table.copy()
    turned[:, 1] = 6 - turned[:, 1]
    straight = reliability(names=NAMES, answers=table)
    assert reliability(names=NAMES, answers=turned, reverse=["b"], bounds=(1, 5)) == straight
    assert reliability(names=NAMES, answers=turned).alpha < straight.alpha


def test_rows_with_a_missing_answer_are_left_out_and_counted():
    table = answers()
    table[3, 2] = table[9, 0] = math.nan
    found = reliability(names=NAMES, answers=table)
    assert (found.n, found.k, found.excluded) == (58, 4, 2)
    assert found.alpha == cronbach_alpha(items=np.delete(table, [3, 9], axis=0)).value


def test_two_items_have_alpha_alone():
    found = reliability(names=["a", "b"], answers=answers(items=2))
    assert found.alpha is not None
    assert (found.omega, found.omega_ci) == (None, None)
    assert [item.alpha_if_deleted for item in found.items.values()] == [None, None]
    assert [str(note)[:30] for note in found.notes] == [
        "ω needs three items at least: ",
        "With two items there is no α i",
    ]


def test_equal_answers_give_nulls_and_say_why():
    found = reliability(names=NAMES, answers=np.full((10, 4), 3.0))
    assert (found.alpha, found.alpha_ci, found.omega) == (None, None, None)
    assert len(found.notes) == 3


def test_an_item_without_variance_of_its_own_has_no_interval():
    rng = np.random.default_rng(0)
    common = rng.normal(size=(200, 1))
    table = np.hstack([common + rng.normal(scale=0.01, size=(200, 1)), common + rng.normal(size=(200, 2))])
    found = reliability(names=["a", "b", "c"], answers=table)
    assert 0 < found.omega < 1
    assert found.omega_ci is None
    assert "Heywood" in str(found.notes[0])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"reverse": ["a"]}, "smallest and the largest"),
        ({"reverse": ["z"], "bounds": (1, 5)}, "not among the items: z"),
        ({"bounds": (1, 4)}, "outside the bounds"),
        ({"names": ["a", "a", "b", "c"]}, "one name and one column"),
    ],
)
def test_bad_input_is_refused(options, words):
    with pytest.raises(ValueError, match=words):
        reliability(**{"names": NAMES, "answers": answers(), **options})
