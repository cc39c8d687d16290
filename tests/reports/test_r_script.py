"""The script is base R, repeats every number of the plan that was used, and stops when a number differs."""

import os
import shutil
import subprocess

import pytest

from openbalint.reports.analysis import bundle, r_script
from openbalint.stats.analyze import Plan
from tests.reports.trial import CHINESE, DAY, EDGES, printed, small, trial

R = pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: the script cannot be run here")
PLANS = [
    Plan(),
    Plan(se="harmonic", omnibus="post", alpha=0.01),
    Plan(posthoc="tukey", omnibus="ancova"),
    Plan(omnibus="ancova"),
    Plan(posthoc="dunnett", control="blank"),
    Plan(posthoc="dunnett", control="balint", omnibus="ancova"),
]


def asked(folder, script):
    """What R says in a locale that knows no Chinese."""
    (folder / "analysis.R").write_text(script, encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    return subprocess.run(
        ["Rscript", "analysis.R"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=env,
        check=False,  # the test looks at it
    )


def put_data(folder, analysis):
    files = bundle(analysis, language="en", gettext=str, day=DAY)
    (folder / "data.csv").write_bytes(files["data.csv"])
    return files["analysis.R"].decode("utf-8")


@R
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.omnibus}-{plan.posthoc}")
def test_r_repeats_every_number(plan, tmp_path):
    missing = {"self_efficacy_post": (3,), "depersonalization_pre": (0, 20)}
    analysis = trial(plan=plan, sex=True, missing=missing, names=("depersonalization", "self_efficacy"))
    done = asked(tmp_path, put_data(tmp_path, analysis))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("0 differ.")
    assert r_script(analysis).count('" = ') > 180


@R
@pytest.mark.parametrize(
    "plan", [Plan(), Plan(omnibus="ancova"), Plan(omnibus="post", posthoc="tukey")], ids=lambda plan: plan.omnibus
)
def test_r_repeats_a_printed_table_from_itself(plan, tmp_path):
    done = asked(tmp_path, r_script(printed(plan)))
    assert done.returncode == 0, done.stdout + done.stderr


@R
def test_r_repeats_a_trial_with_chinese_names_and_quotes(tmp_path):
    analysis = trial(
        arms={"balint": "巴林特组", "blank": 'a "blank" \\ arm'}, codebook=CHINESE, names=("self_efficacy",)
    )
    done = asked(tmp_path, put_data(tmp_path, analysis))
    assert done.returncode == 0, done.stdout + done.stderr


@R
@pytest.mark.parametrize("case", EDGES)
def test_r_repeats_data_at_the_edge(case, tmp_path):
    done = asked(tmp_path, put_data(tmp_path, small(*EDGES[case])))
    assert done.returncode == 0, done.stdout + done.stderr


@R
@pytest.mark.parametrize(
    ("number", "wrong"),
    [("omnibus | F", "4.2"), ("arms | balint | pre | mean", "2.2"), ("posthoc | balint | blank | p_adjusted", "0.04")],
)
def test_r_stops_at_a_number_that_differs(number, wrong, tmp_path):
    lines = put_data(tmp_path, trial(names=("emotional_exhaustion",))).splitlines()
    at = next(i for i, line in enumerate(lines) if line.lstrip().startswith(f'"emotional_exhaustion | {number}" = '))
    lines[at] = f'  "emotional_exhaustion | {number}" = {wrong},'
    done = asked(tmp_path, "\n".join(lines))
    assert done.returncode != 0
    assert "the report's numbers are repeated" in done.stderr
    assert next(line for line in done.stdout.splitlines() if "<- differs" in line).startswith(
        f"emotional_exhaustion | {number} "
    )


def test_the_script_says_that_the_people_are_invented():
    assert "The data are synthetic: the people in them are invented." in r_script(trial())
    assert "synthetic" not in r_script(trial(synthetic=False))


def test_the_script_needs_no_package():
    script = r_script(trial())
    assert "library(" not in script
    assert "require(" not in script
    assert "::" not in script
