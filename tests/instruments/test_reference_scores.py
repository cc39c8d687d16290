"""Our scores against R's, from keys that were typed a second time: reference/scores.R and reference/scores.json."""

import csv
import json
from pathlib import Path
import shutil
import subprocess

import pytest

from openbalint.instruments import library
from openbalint.instruments.scoring import score

FOLDER = Path(__file__).parent / "reference"
R = json.loads((FOLDER / "scores.json").read_text("utf-8"))


def close(values):
    """R's values, where there are any."""
    return [value if value is None else pytest.approx(value, rel=1e-12, abs=1e-12) for value in values]


@pytest.mark.parametrize("key", R)
def test_every_scale_agrees_with_r(key):
    definition = library.shipped()[key]
    with (FOLDER / f"answers-{key}.csv").open(newline="") as file:
        people = [{name: cell for name, cell in row.items() if name != "id"} for row in csv.DictReader(file)]
    found = [{one.scale: one.value for one in score(definition, answers)} for answers in people]
    ours = {scale.id: [person[scale.id] for person in found] for scale in definition.scales}
    assert ours == {scale: close(values) for scale, values in R[key].items()}
    assert any(value is None for values in R[key].values() for value in values), "The answers should have gaps."


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: the stored values stand in for it")
def test_the_stored_scores_are_what_r_gives_today(tmp_path):
    target = tmp_path / "scores.json"
    subprocess.run(["Rscript", "scores.R", str(target)], cwd=FOLDER, capture_output=True, check=True)
    assert json.loads(target.read_text("utf-8")) == R
