"""`openbalint audit`: what it says of the seed table, silence on a sound one, and its exit status."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from openbalint import cli
from tests.cli.trials import refused, written

TABLE = Path(__file__).parents[2] / "docs" / "examples" / "table1.csv"
SOUND = """outcome,items,item_min,item_max,arm,n,pre_mean,pre_sd,post_mean,post_sd,d_mean,d_sd,t,p
calm,5,0,6,a,12,2.17,0.95,1.57,0.44,0.60,0.67,3.095,0.010
"""


def audited(path, *words):
    return cli.main(["audit", str(path), *words])


def test_the_seed_table_has_findings_and_the_status_says_so(capsys):
    assert audited(TABLE, "--format", "json") == 1
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert (found["checked"], len(found["findings"])) == (116, 18)
    assert found["findings"][1] == {
        "outcome": "emotional_exhaustion",
        "arm": "blank",
        "field": "d_mean",
        "printed": "0.26",
        "possible": [pytest.approx(-17 / 65), pytest.approx(-17 / 65)],
        "kind": "sign-lost",
        "explanation": "The minus sign is missing: by the means before and after, this difference goes the other way.",
        "suggestion": "-0.26",
        "confidence": "certain",
    }


def test_the_text_says_what_is_wrong_where_and_what_would_mend_it(capsys):
    assert audited(TABLE) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "table1.csv: of 116 printed values that could be checked, 18 cannot be right as they stand.\n"
    )
    assert (
        "    letters of balint/conventional/blank: printed a/b/c, should be a/a/b\n"
        "      These letters come from the post scores; the F values come from the change scores.\n"
    ) in out
    assert "    F: printed 35.145, should be 7.428\n" in out
    assert "    SD of the difference: printed 1.03, should be 1.02\n" in out
    assert "The other numbers leave only 1.02499, before rounding.\n" in out


def test_the_text_is_chinese_too(capsys):
    assert audited(TABLE, "--lang", "zh-hans") == 1
    out = capsys.readouterr().out
    assert out.startswith("table1.csv：可以核对的数值有 116 个，其中 18 个照现在这样不可能对。\n")
    assert "    差值均数：表上是 0.26，应为 -0.26\n      少了负号：" in out


def test_of_a_sound_table_there_is_nothing_to_say(tmp_path, capsys):
    assert audited(written(tmp_path / "sound.csv", SOUND)) == 0
    assert capsys.readouterr().out == (
        "sound.csv: 8 printed values could be checked against the others. There is nothing to say: they fit together.\n"
    )


def test_a_sound_table_has_an_empty_list(tmp_path, capsys):
    assert audited(written(tmp_path / "sound.csv", SOUND), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"checked": 8, "findings": []}


def test_in_excel_the_decimals_shown_are_those_printed(tmp_path, capsys):
    book = openpyxl.Workbook()
    header, row = csv.reader(io.StringIO(SOUND))
    book.active.append(header)
    book.active.append([*row[:1], *(int(cell) for cell in row[1:4]), row[4], int(row[5]), *map(float, row[6:])])
    for cell, text in zip(book.active[2], row, strict=True):
        cell.number_format = "0." + "0" * len(text.partition(".")[2]) if "." in text else "General"
    book.save(tmp_path / "sound.xlsx")
    assert audited(tmp_path / "sound.xlsx", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"checked": 8, "findings": []}


def test_everything_that_cannot_be_read_is_told_at_once(tmp_path, capsys):
    text = SOUND.replace("outcome,items", "outcome,points").replace("a,12,2.17", "a,1,two").replace("0.010", "NA")
    assert audited(written(tmp_path / "odd.csv", text)) == 2
    number = "A number as printed is expected here."
    assert refused(capsys) == [
        "odd.csv, row 1, column points: This column is not known. The columns of a summary table are: "
        "outcome, items, item_min, item_max, arm, n, pre_mean, pre_sd, post_mean, post_sd, d_mean, d_sd, letters, t, p, F, F_p, F_of, letters_of.",
        "odd.csv, row 2, column n: A whole number above 0 is expected here (people: 2 or more). It says: 1",
        f"odd.csv, row 2, column pre_mean: {number} It says: two",
        f"odd.csv, row 2, column p: {number} It says: NA",
    ]


def test_an_arm_stands_once_in_an_outcome(tmp_path, capsys):
    assert audited(written(tmp_path / "twice.csv", SOUND + SOUND.splitlines()[1] + "\n")) == 2
    assert refused(capsys) == ["twice.csv, row 3, column arm: Every arm may stand once in an outcome. It says: a"]
