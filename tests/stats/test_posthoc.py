"""Student–Newman–Keuls, Tukey, Dunnett and the letters."""

from itertools import combinations

from hypothesis import given, settings, strategies as st
import numpy as np
import pytest
from scipy import special

from openbalint.stats.letters import compact_letters, letter
from openbalint.stats.posthoc import ArmMeans, dunnett, snk, tukey

means = st.lists(st.integers(-30, 30).map(lambda value: value / 10), min_size=2, max_size=6)


def arms_of(values, sizes=None, mse=1.0):
    n = np.array(sizes if sizes is not None else [10] * len(values), dtype=float)
    return ArmMeans(np.array(values, dtype=float), 1 / n, np.zeros(len(n)), mse, int(n.sum()) - len(n))


@given(means, st.data())
@settings(max_examples=100, deadline=None)
def test_snk_is_closed(values, data):
    sizes = data.draw(st.lists(st.sampled_from([4, 10, 22]), min_size=len(values), max_size=len(values)))
    found = snk(arms=(arms := arms_of(values, sizes)), se=arms.kramer_se)
    for inner in found.pairs:
        low, high = sorted((values[inner.a], values[inner.b]))
        around = [
            p for p in found.pairs
            if min(values[p.a], values[p.b]) <= low + 1e-10 and max(values[p.a], values[p.b]) >= high - 1e-10
        ]  # fmt: skip
        assert inner.p_adjusted == max(pair.p for pair in around)
        assert inner.significant == all(pair.p <= 0.05 for pair in around)


@given(means, st.data())
@settings(max_examples=100, deadline=None)
def test_arms_share_a_letter_exactly_if_they_do_not_differ(values, data):
    sizes = data.draw(st.lists(st.sampled_from([4, 10, 22]), min_size=len(values), max_size=len(values)))
    arms = arms_of(values, sizes)
    for found in (snk(arms=arms, se=arms.kramer_se), snk(arms=arms, se=arms.harmonic_se), tukey(arms=arms)):
        for pair in found.pairs:
            assert bool(set(found.letters[pair.a]) & set(found.letters[pair.b])) != pair.significant


@given(st.integers(1, 7), st.data())
def test_letters_are_the_maximal_sets_in_row_order(count, data):
    pairs = list(combinations(range(count), 2))
    different = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    letters = compact_letters(arms=count, different=different)
    sets = {name: [arm for arm in range(count) if name in letters[arm]] for name in sorted(set("".join(letters)))}
    assert list(sets.values()) == sorted(sets.values())
    assert letters[0].startswith("a")
    for members in sets.values():
        assert not any(tuple(sorted(pair)) in different for pair in combinations(members, 2))
        for other in set(range(count)) - set(members):
            assert any(tuple(sorted((other, member))) in different for member in members)


def test_an_arm_between_two_that_differ_has_both_letters():
    assert compact_letters(arms=3, different=[(0, 2)]) == ["a", "ab", "b"]
    assert [letter(number) for number in (0, 25, 26, 51, 52)] == ["a", "z", "A", "Z", "a1"]


def test_tied_means_need_no_order():
    found = snk(arms=(arms := arms_of([1.0, 2.0, 1.0 + 1e-12, 2.0])), se=arms.kramer_se)
    by_pair = {(p.a, p.b): (p.statistic, p.span, p.p) for p in found.pairs}
    assert by_pair[0, 2] == (0.0, 2, 1.0)
    assert by_pair[0, 1] == pytest.approx(by_pair[1, 2], rel=1e-9)
    assert {span for _, span, _ in by_pair.values()} == {2, 4}


def test_the_harmonic_standard_error_is_one_for_all():
    arms = arms_of([1, 2, 4], [5, 10, 20])
    q = [pair.statistic for pair in snk(arms=arms, se=arms.harmonic_se).pairs]
    harmonic = 3 / (1 / 5 + 1 / 10 + 1 / 20)
    assert q == pytest.approx([1 / np.sqrt(1 / harmonic), 3 / np.sqrt(1 / harmonic), 2 / np.sqrt(1 / harmonic)])


def test_with_two_arms_all_methods_are_the_t_test():
    arms = arms_of([1.0, 1.8], [9, 14])
    t = 0.8 / np.sqrt(1 / 9 + 1 / 14)
    p = 2 * special.stdtr(21, -t)
    found = [snk(arms=arms, se=arms.kramer_se), tukey(arms=arms), dunnett(arms=arms, control=0)]
    assert [comparison.pairs[0].p_adjusted for comparison in found] == pytest.approx([p, p, p], rel=1e-9)


def test_dunnett_compares_every_arm_with_the_control_and_keeps_the_sign():
    found = dunnett(arms=arms_of([2.0, 1.0, 3.5], [8, 12, 10]), control=1)
    assert [(p.a, p.b, p.difference, np.sign(p.statistic), p.span) for p in found.pairs] == [
        (0, 1, 1.0, 1.0, None),
        (2, 1, 2.5, 1.0, None),
    ]
    assert found.letters is None
    assert all(pair.p <= pair.p_adjusted <= 2 * pair.p for pair in found.pairs)


def test_dunnett_with_two_factors_equals_the_one_factor_case_when_the_covariate_is_balanced():
    plain = arms_of([0.0, 0.5, 0.9], [10, 12, 9])
    shifted = ArmMeans(plain.means, plain.spread, np.full(3, 0.3), plain.mse, plain.df)
    first, second = (dunnett(arms=arms, control=0).pairs for arms in (plain, shifted))
    assert [pair.p_adjusted for pair in first] == pytest.approx([pair.p_adjusted for pair in second], rel=1e-10)


@pytest.mark.parametrize("arms", [arms_of([0, 0.4, 0.8, 1.1], [6, 40, 200, 15])])
def test_dunnett_agrees_with_simulation_for_very_unequal_arms(arms):
    rng = np.random.default_rng(7)
    draws = 400_000
    errors = rng.normal(size=(draws, 4)) * np.sqrt(arms.spread)
    scale = np.sqrt(rng.chisquare(arms.df, draws) / arms.df)
    t = np.abs(errors[:, 1:] - errors[:, :1]) / arms.kramer_se[0, 1:] / scale[:, None]
    for pair in dunnett(arms=arms, control=0).pairs:
        share = float((t.max(axis=1) >= abs(pair.statistic)).mean())
        assert pair.p_adjusted == pytest.approx(share, abs=5 * np.sqrt(share * (1 - share) / draws) + 1e-6)
