"""`openbalint reliability`: its answer, and when it refuses."""

import json
from pathlib import Path

import pytest

from openbalint import cli
from tests.cli.trials import refused, written

REFERENCE = Path(__file__).parents[1] / "stats" / "reference"
ITEMS = REFERENCE / "items.csv"
SMALL = "id,a,b,c\n1,1,2,4\n2,2,2,3\n3,3,4,2\n4,4,4,1\n5,2,,1\n"


def reliability(path, *words):
    return cli.main(["reliability", str(path), *words])


def answer(path, capsys, *words):
    assert reliability(path, "--format", "json", *words) == 0
    return json.loads(capsys.readouterr().out)


def test_the_answer_is_that_of_r(capsys):
    by_r = {name: each["value"] for name, each in json.loads((REFERENCE / "estimators.json").read_text()).items()}
    found = answer(ITEMS, capsys, "--items", "a,b,c,d,e,f")
    alpha, omega = by_r["cronbach_alpha"], by_r["mcdonald_omega"]
    assert list(found) == ["n", "k", "excluded", "alpha", "alpha_ci", "omega", "omega_ci", "items", "notes"]
    assert (found["n"], found["k"], found["excluded"]) == (alpha["n"], alpha["k"], alpha["excluded"])
    assert [found["alpha"], *found["alpha_ci"]] == pytest.approx([alpha["alpha"], *alpha["ci"]], rel=1e-11)
    assert [found["omega"], *found["omega_ci"]] == pytest.approx([omega["lavaan"], *omega["ci"]], abs=2e-6)
    assert [item["item_rest_r"] for item in found["items"].values()] == pytest.approx(alpha["item_rest_r"], rel=1e-11)
    deleted = [item["alpha_if_deleted"] for item in found["items"].values()]
    assert deleted == pytest.approx(alpha["alpha_if_deleted"], rel=1e-11)


def test_rows_with_a_gap_are_left_out_and_counted(tmp_path, capsys):
    found = answer(written(tmp_path / "items.csv", SMALL), capsys, "--items", "a,b")
    assert (found["n"], found["k"], found["excluded"]) == (4, 2, 1)


def test_with_two_items_there_is_no_alpha_without_one(tmp_path, capsys):
    found = answer(written(tmp_path / "items.csv", SMALL), capsys, "--items", "a,b")
    assert [item["alpha_if_deleted"] for item in found["items"].values()] == [None, None]
    assert "With two items there is no α if an item is deleted." in found["notes"]
    assert found["omega"] is None


def test_a_reversed_item_is_turned_round_within_the_bounds(tmp_path, capsys):
    turned = SMALL.replace("1,1,2,4", "1,1,2,1").replace("2,2,2,3", "2,2,2,2").replace("3,3,4,2", "3,3,4,3")
    turned = turned.replace("4,4,4,1", "4,4,4,4").replace("5,2,,1", "5,2,,4")
    plain = answer(written(tmp_path / "turned.csv", turned), capsys, "--items", "a,b,c")
    words = ("--items", "a,b,c", "--reverse", "c", "--min", "1", "--max", "4")
    assert answer(written(tmp_path / "items.csv", SMALL), capsys, *words) == plain


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--reverse", "c"],
            ["items.csv: Reversed items need the smallest and the largest answer: please add --min and --max."],
        ),
        (
            ["--reverse", "c", "--min", "1"],
            ["items.csv: Reversed items need the smallest and the largest answer: please add --min and --max."],
        ),
        (
            ["--min", "4", "--max", "1"],
            ["items.csv: The largest answer (--max) must be above the smallest (--min), and both must be numbers."],
        ),
        (
            ["--reverse", "z", "--min", "1", "--max", "4"],
            ["items.csv, column z: This name stands under --reverse and is none of the items."],
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(tmp_path, capsys, words, told):
    assert reliability(written(tmp_path / "items.csv", SMALL), "--items", "a,b,c", *words) == 2
    assert refused(capsys)[: len(told)] == told


def test_answers_out_of_range_and_columns_that_are_not_there_are_told_together(tmp_path, capsys):
    words = ("--items", "a,b,c,z", "--min", "1", "--max", "3")
    assert reliability(written(tmp_path / "items.csv", SMALL), *words) == 2
    outside = "An answer from 1 to 3 is expected here. It says: 4"
    assert refused(capsys) == [
        "items.csv, column z: There is no such column. The columns are: id, a, b, c.",
        f"items.csv, row 2, column c: {outside}",
        f"items.csv, row 4, column b: {outside}",
        f"items.csv, row 5, column a: {outside}",
        f"items.csv, row 5, column b: {outside}",
    ]


def test_the_text_says_who_is_in_it(tmp_path, capsys):
    assert reliability(written(tmp_path / "items.csv", SMALL), "--items", "a,b") == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "items.csv: 2 items, 4 people who answered all of them; 1 left out because an answer is missing."
    )
