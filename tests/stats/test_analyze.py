"""Who is in which number of an analysis, and what it says where there is none."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest

from openbalint.stats.analyze import ArmData, Plan, analyze, analyze_summary
from openbalint.stats.results import as_plain

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
NAMES = ("emotional_exhaustion", "depersonalization", "reduced_accomplishment", "self_efficacy")
NAN = math.nan


@pytest.fixture(scope="module")
def people():
    with (EXAMPLES / "seed_reconstruction.csv").open() as file:
        return list(csv.DictReader(file))


def columns(people):
    return {
        name: tuple(np.array([float(person[f"{name}_{time}"]) for person in people]) for time in ("pre", "post"))
        for name in NAMES
    }


@pytest.fixture(scope="module")
def example(people):
    return analyze(arm=[person["group"] for person in people], outcomes=columns(people))


def small(**options):
    """Ann's arm has a missing pre and Bob's a missing post."""
    arm = ["b", "a", "b", "a", "b", "a", "b", "a"]
    pre = np.array([3.0, 2.0, NAN, 4.0, 3.5, 3.0, 2.5, 1.0])
    post = np.array([2.0, 2.5, 1.0, 3.0, 2.0, NAN, 2.5, 1.5])
    return analyze(arm=arm, outcomes={"x": (pre, post)}, **options)


def test_the_example_gives_the_printed_f_of_every_outcome_to_three_digits(example):
    assert {name: round(example.outcomes[name].omnibus.F, 3) for name in NAMES} == {
        "emotional_exhaustion": 4.111,
        "depersonalization": 7.428,
        "reduced_accomplishment": 35.145,
        "self_efficacy": 9.773,
    }


def test_the_example_has_the_letters_of_change_scores(example):
    assert example.outcomes["emotional_exhaustion"].posthoc.letters == {
        "balint": "a",
        "conventional": "a",
        "blank": "b",
    }


def test_change_uses_complete_pairs_and_post_everyone_with_a_post_value():
    change, post = small().outcomes["x"], small(plan=Plan(omnibus="post")).outcomes["x"]
    assert list(change.arms) == ["b", "a"]
    assert {arm: result.n for arm, result in change.arms.items()} == {"b": 3, "a": 3}
    assert (change.omnibus.n, post.omnibus.n) == ({"b": 3, "a": 3}, {"b": 4, "a": 3})
    assert {arm: result.n for arm, result in post.arms.items()} == {"b": 3, "a": 3}
    assert post.ancova.n == {"b": 3, "a": 3}
    assert change.effect_sizes[0] == post.effect_sizes[0]
    assert change.effect_sizes[1] != post.effect_sizes[1]


def test_change_is_post_minus_pre():
    assert small().outcomes["x"].arms["b"].change.mean == pytest.approx((-1 - 1.5 + 0) / 3)


def test_after_ancova_the_pairs_are_those_of_adjusted_means(people):
    found = analyze(
        arm=[p["group"] for p in people], outcomes=columns(people), plan=Plan(omnibus="ancova", posthoc="tukey")
    )
    for outcome in found.outcomes.values():
        assert (outcome.welch, outcome.kruskal) == (None, None)
        for pair, contrast in zip(outcome.posthoc.pairs, outcome.ancova.contrasts, strict=True):
            assert pair.statistic == pytest.approx(math.sqrt(2) * abs(contrast.t))
            assert pair.p == pytest.approx(contrast.p)
        assert (outcome.omnibus.F, outcome.omnibus.df2) == (outcome.ancova.F, 33)


def test_dunnett_has_no_letters_no_span_and_no_standard_error_word():
    found = small(plan=Plan(posthoc="dunnett", control="a")).outcomes["x"].posthoc
    assert (found.se, found.letters, [(p.a, p.b, p.span) for p in found.pairs]) == (None, None, [("b", "a", None)])


def test_holm_runs_over_the_outcomes(example):
    raw = [example.outcomes[name].omnibus.p for name in NAMES]
    assert min(example.holm.values()) == pytest.approx(4 * min(raw))
    assert max(example.holm.values()) == max(raw)


def test_a_summary_table_gives_the_same_numbers_as_the_data(people, example):
    table = {}
    for name, (pre, post) in columns(people).items():
        place = {arm: np.array([p["group"] == arm for p in people]) for arm in ("balint", "conventional", "blank")}
        table[name] = {
            arm: ArmData.from_summary(
                n=int(rows.sum()), pre_mean=pre[rows].mean(), pre_sd=pre[rows].std(ddof=1), post_mean=post[rows].mean(),
                post_sd=post[rows].std(ddof=1), change_sd=(post - pre)[rows].std(ddof=1),
            )
            for arm, rows in place.items()
        }  # fmt: skip
    found = analyze_summary(outcomes=table)
    for name in NAMES:
        from_table, from_data = as_plain(found.outcomes[name]), as_plain(example.outcomes[name])
        assert from_table["kruskal"] is None
        assert from_table["notes"] == [
            "Kruskal–Wallis needs the data of single people, which a summary table does not hold."
        ]
        for part in ("arms", "omnibus", "welch", "posthoc", "ancova", "effect_sizes"):
            assert flat(from_table[part]) == pytest.approx(flat(from_data[part]), rel=1e-8, abs=1e-10)


def flat(value, path=""):
    """Every number of a result by its path."""
    if isinstance(value, dict):
        return {k: v for key, part in value.items() for k, v in flat(part, f"{path}/{key}").items()}
    if isinstance(value, list):
        return {k: v for key, part in enumerate(value) for k, v in flat(part, f"{path}/{key}").items()}
    return {path: value} if isinstance(value, float) else {}


def test_a_summary_without_the_sd_of_the_change_says_what_it_lacks():
    arms = {
        arm: ArmData.from_summary(n=10, pre_mean=2, pre_sd=1, post_mean=m, post_sd=1, change_sd=NAN)
        for arm, m in (("a", 1.0), ("b", 2.0))
    }
    found = analyze_summary(outcomes={"x": arms}).outcomes["x"]
    assert (found.omnibus.F, found.posthoc, found.ancova, found.arms["a"].paired_t) == (None, None, None, None)
    assert len(found.notes) == 5
    assert (
        pytest.approx(5.0) == analyze_summary(outcomes={"x": arms}, plan=Plan(omnibus="post")).outcomes["x"].omnibus.F
    )


@pytest.mark.parametrize(
    ("pre", "post", "nulls"),
    [
        ([1, 2, 3, 4], [2, 3, 4, 5], ["omnibus", "paired_t"]),
        ([1, NAN, 3, 4], [2, NAN, 5, 5], ["paired_t"]),
        ([NAN, NAN, 3, 4], [1, 2, 5, 5], ["posthoc"]),
        ([NAN] * 4, [NAN] * 4, ["ancova", "omnibus"]),
        ([2, 2, 2, 2], [1, 3, 2, 5], ["ancova"]),
    ],
)
def test_what_cannot_be_computed_is_null_with_a_note_and_json_stays_strict(pre, post, nulls):
    found = analyze(arm=["a", "a", "b", "b"], outcomes={"x": (np.array(pre, float), np.array(post, float))})
    plain = as_plain(found)
    json.dumps(plain, allow_nan=False)
    outcome = plain["outcomes"]["x"]
    known = {
        "omnibus": outcome["omnibus"]["F"], "posthoc": outcome["posthoc"], "ancova": outcome["ancova"],
        "paired_t": outcome["arms"]["a"]["paired_t"],
    }  # fmt: skip
    assert [known[name] for name in nulls] == [None] * len(nulls)
    assert outcome["notes"]


def test_noise_of_the_last_bit_breaks_no_tie():
    pre = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    exact = analyze(arm=list("aabbab"), outcomes={"x": (pre, pre + np.array([1, 2, 1, 2, 2, 1]) / 10)}).outcomes["x"]
    whole = analyze(arm=list("aabbab"), outcomes={"x": (pre * 0, np.array([1.0, 2, 1, 2, 2, 1]))}).outcomes["x"]
    assert pytest.approx(whole.kruskal.H, rel=1e-12) == exact.kruskal.H


def test_composition_leaves_missing_out_and_counts_by_arm():
    found = small(composition={"sex": ["f", "m", "f", None, "f", "m", "f", "m"]}).composition["sex"]
    assert found.table == {"b": {"f": 4, "m": 0}, "a": {"f": 0, "m": 3}}
    assert (found.chi2, found.df) == (pytest.approx(7.0), 1)
    assert found.fisher_p == pytest.approx(1 / 35)
    alone = small(composition={"sex": ["f"] * 8}).composition["sex"]
    assert (alone.chi2, alone.fisher_p, len(alone.notes)) == (None, None, 1)


def test_a_plan_must_make_sense():
    for options in ({"alpha": 0}, {"alpha": 1}, {"posthoc": "dunnett"}, {"control": "a"}):
        with pytest.raises(ValueError, match=r"alpha|control arm"):
            Plan(**options)
    with pytest.raises(ValueError, match="no arm is called z"):
        small(plan=Plan(posthoc="dunnett", control="z"))
    with pytest.raises(ValueError, match="one value a row"):
        analyze(arm=["a", "b"], outcomes={"x": (np.zeros(2), np.zeros(3))})
