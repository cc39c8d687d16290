"""The JSON of `openbalint analyze` equals R, number by number: missing values, ties, unequal arms, every option."""

import csv
import io
import json
from pathlib import Path
import shutil
import subprocess

import pytest

from openbalint import cli

REFERENCE = Path(__file__).parent / "reference"
CASES = [f"case {number}" for number in range(24)]
CLOSE, RANGE, MONTE_CARLO, ROOTS = 1e-9, 2e-6, 2e-4, 1e-7
LOOSE = {"p_adjusted": {"dunnett": MONTE_CARLO, "tukey": RANGE, "snk": RANGE}, "p": {"snk": RANGE}}


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def trials():
    rows = rows_of((REFERENCE / "cases.csv").read_text("utf-8"))
    return {name: [row for row in rows if row["case"] == name] for name in dict.fromkeys(row["case"] for row in rows)}


@pytest.fixture(scope="module")
def by_r():
    return json.loads((REFERENCE / "analyze.json").read_text("utf-8"))


def asked(rows, path):
    """The answer of the command to one trial, as JSON."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    plan = rows[0]
    words = [
        "analyze",
        str(path),
        "--id",
        "id",
        "--arm",
        "arm",
        "--format",
        "json",
        "-o",
        str(path.with_suffix(".json")),
    ]
    words += ["--outcome", "x=x_pre:x_post", "--outcome", "y=y_pre:y_post", "--composition", "sex"]
    words += [word for name in ("omnibus", "posthoc", "se", "alpha") for word in (f"--{name}", plan[name])]
    words += ["--control", plan["control"]] if plan["control"] else []
    assert cli.main(words) == 0
    return json.loads(path.with_suffix(".json").read_text("utf-8"))


def differences(ours, theirs, place, posthoc):
    """Every place in which R has something else."""
    if isinstance(theirs, dict):
        for key, value in theirs.items():
            yield from differences(ours.get(key, "nothing"), value, [*place, key], posthoc)
        extra = set(ours) - set(theirs) - {"notes"}
        if extra and place:
            yield place, extra, "nothing"
    elif isinstance(theirs, list):
        if len(ours) != len(theirs):
            yield place, ours, theirs
        for i, (mine, value) in enumerate(zip(ours, theirs, strict=False)):
            yield from differences(mine, value, [*place, i], posthoc)
    elif isinstance(theirs, bool) or not isinstance(theirs, int | float):
        if ours != theirs:
            yield place, ours, theirs
    elif not isinstance(ours, int | float) or abs(ours - theirs) > tolerance(place, posthoc) * max(1, abs(theirs)):
        yield place, ours, theirs


def tolerance(place, posthoc):
    if "posthoc" in place:
        return LOOSE.get(place[-1], {}).get(posthoc, CLOSE)
    if "effect_sizes" in place and "ci" in place:
        return ROOTS
    return RANGE if place[-1] == "fisher_p" else CLOSE


@pytest.mark.parametrize("case", CASES)
def test_every_number_is_that_of_r(trials, by_r, case, tmp_path):
    rows = trials[case]
    found = asked(rows, tmp_path / "trial.csv")
    wrong = list(differences(found, by_r[case], [], rows[0]["posthoc"]))
    assert wrong == []


def test_the_arms_stand_in_the_order_of_the_file(trials, tmp_path):
    for case in CASES[:5]:
        found = asked(trials[case], tmp_path / "trial.csv")
        order = list(dict.fromkeys(row["arm"] for row in trials[case]))
        assert list(found["outcomes"]["x"]["arms"]) == order


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here; the stored values are compared")
def test_r_still_gives_the_stored_values(trials, by_r, tmp_path):
    kept = [row for case in CASES[:4] for row in trials[case]]
    path = tmp_path / "cases.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, kept[0])
        writer.writeheader()
        writer.writerows(kept)
    script = REFERENCE / "analyze.R"
    done = subprocess.run(["Rscript", str(script), str(path)], capture_output=True, text=True, check=True)
    assert list(differences(json.loads(done.stdout), {case: by_r[case] for case in CASES[:4]}, [], "dunnett")) == []
