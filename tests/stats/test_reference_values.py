"""Every estimator against R. The calls and their values: reference/estimators.R and reference/estimators.json."""

import csv
import json
import math
from pathlib import Path
import shutil
import subprocess

import numpy as np
import pytest

from openbalint.stats import studentized_range
from openbalint.stats.ancova import ancova
from openbalint.stats.composition import chi_square, fisher_exact
from openbalint.stats.effect_sizes import hedges_g
from openbalint.stats.multiplicity import holm
from openbalint.stats.oneway import kruskal_wallis, oneway, welch
from openbalint.stats.paired import paired_t
from openbalint.stats.posthoc import ArmMeans, dunnett, snk, tukey
from openbalint.stats.reliability import reliability
from openbalint.stats.samples import PairedSample, Sample

FOLDER = Path(__file__).parent / "reference"
R = {name: entry["value"] for name, entry in json.loads((FOLDER / "estimators.json").read_text()).items()}
INTEGRALS = json.loads((FOLDER / "studentized_range.json").read_text())


def close(expected, rel=1e-9, absolute=1e-11):
    return pytest.approx(expected, rel=rel, abs=absolute)


@pytest.fixture(scope="module")
def rows():
    with (FOLDER / "trial.csv").open() as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def arms(rows):
    return list(dict.fromkeys(row["arm"] for row in rows))


@pytest.fixture(scope="module")
def complete(rows, arms):
    full = [row for row in rows if row["pre"] and row["post"]]
    return {
        arm: tuple(np.array([float(row[column]) for row in full if row["arm"] == arm]) for column in ("pre", "post"))
        for arm in arms
    }


@pytest.fixture(scope="module")
def post(rows, arms):
    return {arm: np.array([float(row["post"]) for row in rows if row["post"] and row["arm"] == arm]) for arm in arms}


@pytest.fixture(scope="module")
def change(complete):
    return {arm: after - before for arm, (before, after) in complete.items()}


def samples(columns):
    return [Sample.of(column) for column in columns.values()]


def means_of(columns):
    test = oneway(samples=samples(columns))
    return ArmMeans.of(samples(columns), mse=test.mse, df=test.df2)


def adjusted(complete):
    return ancova(samples=[PairedSample.of(*pair) for pair in complete.values()])


def test_means_and_sds_agree_with_r(complete, change):
    found = {}
    for arm, (before, after) in complete.items():
        described = [Sample.of(column) for column in (before, after, change[arm])]
        found[arm] = [described[0].n, *(number for sample in described for number in (sample.mean, sample.sd))]
    expected = {
        arm: [value["n"], *value["pre"], *value["post"], *value["change"]] for arm, value in R["describe"].items()
    }
    assert {arm: close(numbers) for arm, numbers in expected.items()} == found


def test_paired_t_agrees_with_r(change):
    for arm, column in change.items():
        found, expected = paired_t(change=Sample.of(column)), R["paired_t"][arm]
        assert [found.t, found.df, found.p, *found.ci] == close(
            [expected["t"], expected["df"], expected["p"], *expected["ci"]]
        )


@pytest.mark.parametrize("on", ["change", "post"])
def test_one_way_f_agrees_with_r(on, change, post):
    found, expected = oneway(samples=samples(change if on == "change" else post)), R["oneway"][on]
    assert {name: getattr(found, name) for name in expected} == {name: close(value) for name, value in expected.items()}


@pytest.mark.parametrize("on", ["change", "post"])
def test_welch_agrees_with_r(on, change, post):
    found, expected = welch(samples=samples(change if on == "change" else post)), R["welch"][on]
    assert {name: getattr(found, name) for name in expected} == {name: close(value) for name, value in expected.items()}


@pytest.mark.parametrize("on", ["change", "post"])
def test_kruskal_wallis_agrees_with_r(on, change, post):
    found = kruskal_wallis(groups=list((change if on == "change" else post).values()))
    expected = R["kruskal_wallis"][on]
    assert {name: getattr(found, name) for name in expected} == {name: close(value) for name, value in expected.items()}


@pytest.mark.parametrize("kind", ["kramer", "harmonic", "post"])
def test_snk_agrees_with_r(kind, change, post, arms):
    means = means_of(post if kind == "post" else change)
    found = snk(arms=means, se=means.harmonic_se if kind == "harmonic" else means.kramer_se)
    numbers = [(arms[p.a], arms[p.b], p.difference, p.statistic, p.span, p.p, p.p_adjusted) for p in found.pairs]
    expected = [
        (
            e["a"],
            e["b"],
            close(e["difference"]),
            close(e["statistic"]),
            e["span"],
            close(e["p"], 1e-6, 1e-8),
            close(e["p_adjusted"], 1e-6, 1e-8),
        )
        for e in R["snk"][kind]
    ]
    assert numbers == expected


def test_tukey_agrees_with_r(change, arms):
    found, expected = tukey(arms=means_of(change)), R["tukey"]
    # R lists b − a.
    assert [f"{arms[pair.b]}-{arms[pair.a]}" for pair in found.pairs] == expected["pairs"]
    assert [-pair.difference for pair in found.pairs] == close(expected["difference"])
    assert [pair.p_adjusted for pair in found.pairs] == close(expected["p_adjusted"], 1e-6, 1e-8)
    assert [pair.p for pair in found.pairs] == close(expected["p"])


@pytest.mark.parametrize("on", ["change", "ancova"])
def test_dunnett_agrees_with_r_as_far_as_its_monte_carlo_goes(on, change, complete):
    found = dunnett(arms=means_of(change) if on == "change" else adjusted(complete).arms, control=0)
    expected = R["dunnett"][on]
    assert [pair.difference for pair in found.pairs] == close(expected["difference"])
    assert [pair.statistic for pair in found.pairs] == close(expected["statistic"])
    assert [pair.p_adjusted for pair in found.pairs] == close(expected["p_adjusted"], 1e-4, 2e-6)


def test_ancova_agrees_with_r(complete):
    found, expected = adjusted(complete), R["ancova"]
    test = found.test
    assert [test.F, test.df1, test.df2, test.p, test.eta_squared, test.omega_squared] == close(
        [expected[name] for name in ("F", "df1", "df2", "p", "eta_squared", "omega_squared")]
    )
    assert list(found.arms.means) == close(expected["mean"])
    assert list(found.mean_se) == close(expected["mean_se"])
    assert [c.estimate for c in found.contrasts] == close(expected["estimate"])
    assert [c.se for c in found.contrasts] == close(expected["se"])
    assert [c.t for c in found.contrasts] == close(expected["t"])
    assert [c.p for c in found.contrasts] == close(expected["contrast_p"])
    assert [p.p_adjusted for p in tukey(arms=found.arms).pairs] == close(expected["tukey_p"], 1e-6, 1e-8)


def test_ancova_from_means_and_sds_equals_ancova_from_the_data(complete, change):
    summaries = [
        PairedSample.from_sds(Sample.of(before), Sample.of(after), Sample.of(change[arm]).sd)
        for arm, (before, after) in complete.items()
    ]
    from_table, from_data = ancova(samples=summaries), adjusted(complete)
    assert close(from_data.test.F) == from_table.test.F
    assert [c.estimate for c in from_table.contrasts] == close([c.estimate for c in from_data.contrasts])


def test_hedges_g_agrees_with_r(change):
    for pair, expected in R["hedges_g"].items():
        a, b = pair.split(" ")
        found = hedges_g(a=Sample.of(change[a]), b=Sample.of(change[b]))
        assert [found.d, found.g, *found.ci] == close([expected["d"], expected["g"], *expected["ci"]], 1e-8)


def test_holm_agrees_with_r():
    assert holm(p=R["holm"]["p"]) == close(R["holm"]["adjusted"])


@pytest.mark.parametrize("expected", R["composition"])
def test_composition_agrees_with_r(expected):
    table = np.array(expected["table"])
    found = chi_square(table=table)
    names = ("chi2", "df", "p", "min_expected")
    assert {name: getattr(found, name) for name in names} == {name: close(expected[name]) for name in names}
    # R's network algorithm merges paths that are equal to about 1e-7.
    assert fisher_exact(table=table) == pytest.approx(expected["fisher_p"], rel=1e-6)


def test_alpha_and_omega_agree_with_r():
    with (FOLDER / "items.csv").open() as file:
        names, *lines = csv.reader(file)
    answers = np.array([[float(cell) if cell else math.nan for cell in line] for line in lines])
    found, alpha, omega = reliability(names=names, answers=answers), R["cronbach_alpha"], R["mcdonald_omega"]
    assert (found.n, found.k, found.excluded) == (alpha["n"], alpha["k"], alpha["excluded"])
    assert [found.alpha, *found.alpha_ci] == close([alpha["alpha"], *alpha["ci"]])
    assert [item.item_rest_r for item in found.items.values()] == close(alpha["item_rest_r"])
    assert [item.alpha_if_deleted for item in found.items.values()] == close(alpha["alpha_if_deleted"])
    # How far R's own two optimisers run: factanal with factr 10, lavaan as it is.
    assert found.omega == close(omega["factanal"], 1e-8)
    assert found.omega == close(omega["lavaan"], 1e-6)
    assert list(found.omega_ci) == close(omega["ci"], 1e-6)


@pytest.mark.parametrize("case", INTEGRALS, ids=lambda case: f"k={case['k']}, df={case['df']}, q={case['q']}")
def test_the_studentised_range_agrees_with_an_independent_double_integral(case):
    assert float(studentized_range.sf(case["q"], case["k"], case["df"])) == pytest.approx(case["p"], rel=0, abs=1e-10)


def test_the_studentised_range_agrees_with_r_from_ten_degrees_of_freedom():
    expected = R["studentized_range"]
    for q, k, df, p in zip(expected["q"], expected["k"], expected["df"], expected["p"], strict=True):
        assert float(studentized_range.sf(q, k, df)) == pytest.approx(p, rel=0, abs=1e-8)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: the stored values stand in for it")
def test_the_stored_values_are_what_r_gives_today():
    call = "d <- na.omit(read.csv('trial.csv')); cat(format(anova(lm(I(post-pre) ~ arm, d))[1, 4], digits=15))"
    answer = subprocess.run(["Rscript", "-e", call], cwd=FOLDER, capture_output=True, text=True, check=True)
    assert float(answer.stdout) == pytest.approx(R["oneway"]["change"]["F"], rel=1e-12)
