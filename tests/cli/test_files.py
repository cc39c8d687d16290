"""Files as people have them, and everything that is wrong with one at once."""

import csv
import io
import json

import openpyxl
import pandas
import pyreadstat
import pytest

from openbalint import cli
from tests.cli.trials import OPTIONS, PEOPLE, analyze, answer, refused, written


@pytest.fixture
def expected(tmp_path, capsys):
    return answer(written(tmp_path / "plain.csv"), capsys)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_give_the_same_answer(tmp_path, capsys, expected, encoding, separator):
    text = PEOPLE.replace("group", "组别").replace(",", separator)
    path = written(tmp_path / "trial.csv", text, encoding)
    words = [*OPTIONS[:3], "组别", *OPTIONS[4:]]
    assert cli.main(["analyze", str(path), *words, "--format", "json", "-o", str(tmp_path / "a.json")]) == 0
    assert cli.main(["analyze", str(path), *words, "--format", "json"]) == 0
    told = capsys.readouterr().out
    assert told == (tmp_path / "a.json").read_text("utf-8")
    assert json.loads(told) == expected


NAMES = ("id", "group", "ee_pre", "ee_post")


def table():
    return list(csv.DictReader(io.StringIO(PEOPLE)))


def test_an_excel_file_gives_the_same_answer(tmp_path, capsys, expected):
    book = openpyxl.Workbook()
    book.active.append(list(table()[0]))
    for row in table():
        numbers = {name: float(text) if text else None for name, text in row.items() if name.startswith("ee")}
        book.active.append([(row | numbers)[name] or None for name in row])
    book.save(tmp_path / "trial.xlsx")
    assert answer(tmp_path / "trial.xlsx", capsys) == expected


def test_a_formula_that_was_never_computed_is_no_missing_value(tmp_path, capsys):
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(PEOPLE)):
        book.active.append(row)
    book.active["C2"] = "=1+2"
    book.save(tmp_path / "trial.xlsx")
    assert analyze(tmp_path / "trial.xlsx") == 2
    assert refused(capsys) == [
        "trial.xlsx, row 2: This cell holds a formula without a saved result. Please open the file in Excel, save it, and try again. It says: =1+2"
    ]


def test_an_spss_file_gives_the_same_answer_with_arms_by_their_labels(tmp_path, capsys, expected):
    rows = table()
    codes = {"b": 1.0, "a": 2.0, "c": 3.0}
    data = {
        "id": [float(row["id"]) for row in rows],
        "group": [codes[row["group"]] for row in rows],
        **{name: [float(row[name]) if row[name] else float("nan") for row in rows] for name in ("ee_pre", "ee_post")},
    }
    path = tmp_path / "trial.sav"
    pyreadstat.write_sav(
        pandas.DataFrame(data), str(path), variable_value_labels={"group": {code: arm for arm, code in codes.items()}}
    )
    assert answer(path, capsys) == expected


def test_the_labels_of_an_spss_file_stand_in_the_codebook(tmp_path, capsys):
    rows = [row for row in table() if row["ee_pre"] and row["ee_post"]]
    data = {name: [row[name] if name in ("id", "group") else float(row[name]) for row in rows] for name in NAMES}
    path, labels = tmp_path / "trial.sav", ["编号", "分组", "情感衰竭（前）", "情感衰竭（后）"]
    pyreadstat.write_sav(pandas.DataFrame(data), str(path), column_labels=labels)
    assert analyze(path, "--bundle", str(tmp_path / "bundle")) == 0
    told = csv.DictReader((tmp_path / "bundle/codebook.csv").read_text("utf-8-sig").splitlines())
    found = {row["variable"]: row["label"] for row in told if not row["value"]}
    assert [found[name] for name in NAMES] == labels


@pytest.mark.parametrize("cell", ["1e999", "-2e50"])
def test_a_number_whose_squares_are_none_is_told(tmp_path, capsys, cell):
    assert analyze(written(tmp_path / "trial.csv", PEOPLE.replace("1,b,3,2,f", f"1,b,{cell},2,f"))) == 2
    assert refused(capsys) == [
        f"trial.csv, row 2, column ee_pre: A number between -1e50 and 1e50 is expected here. It says: {cell}"
    ]


def test_everything_wrong_is_told_at_once_with_file_row_and_column(tmp_path, capsys):
    text = PEOPLE.replace("2,a,2,2.5,m", "1,a,NA,2.5,m").replace("3,b,2.5", "3,,.").replace("4,a,4,3", "4,a,nan,inf")
    path = written(tmp_path / "trial.csv", text)
    assert analyze(path, "--composition", "ward", "-o", str(tmp_path / "answer.txt")) == 2
    number = "A number is expected here, or an empty cell where it is missing."
    assert refused(capsys) == [
        "trial.csv, column ward: There is no such column. The columns are: id, group, ee_pre, ee_post, sex.",
        "trial.csv, row 3, column id: Every id may stand once; this one stands in row 2 already. It says: 1",
        f"trial.csv, row 3, column ee_pre: {number} It says: NA",
        "trial.csv, row 4, column group: A name is expected here, and this cell is empty.",
        f"trial.csv, row 4, column ee_pre: {number} It says: .",
        f"trial.csv, row 5, column ee_pre: {number} It says: nan",
        f"trial.csv, row 5, column ee_post: {number} It says: inf",
    ]
    assert not (tmp_path / "answer.txt").exists()


@pytest.mark.parametrize("cell", ["3,5", "1_0", "0x1A", "12 3", "-", "３", "none", "#N/A", "TRUE"])  # noqa: RUF001 - what a Chinese keyboard types
def test_what_is_no_number_is_never_guessed(tmp_path, capsys, cell):
    quoted = f'"{cell}"' if "," in cell else cell
    assert analyze(written(tmp_path / "trial.csv", PEOPLE.replace("1,b,3,2,f", f"1,b,{quoted},2,f"))) == 2
    assert refused(capsys) == [
        f"trial.csv, row 2, column ee_pre: A number is expected here, or an empty cell where it is missing. It says: {cell}"
    ]


@pytest.mark.parametrize("cell", ["3.0", "+3", "3.", "30e-1", " 3 "])
def test_every_way_to_write_a_number_is_read(tmp_path, capsys, expected, cell):
    assert answer(written(tmp_path / "trial.csv", PEOPLE.replace("1,b,3,2,f", f"1,b,{cell},2,f")), capsys) == expected


def test_an_empty_id_is_told(tmp_path, capsys):
    assert analyze(written(tmp_path / "trial.csv", PEOPLE.replace("4,a,4,3", ",a,4,3"))) == 2
    assert refused(capsys) == ["trial.csv, row 5, column id: Every row needs an id, and this cell is empty."]


def test_rows_without_any_text_are_no_rows(tmp_path, capsys, expected):
    assert (
        answer(written(tmp_path / "trial.csv", PEOPLE.replace("4,a", "\n,,,,\n4,a") + "\n,,,,\n"), capsys) == expected
    )


def test_columns_need_names_of_their_own(tmp_path, capsys):
    assert analyze(written(tmp_path / "trial.csv", PEOPLE.replace("ee_post,sex", "ee_pre,"))) == 2
    assert refused(capsys) == [
        "trial.csv, row 1, column ee_pre: Two columns have this name; every column needs a name of its own.",
        *(
            f"trial.csv, row {row}: This row has 5 cells, and there are 4 columns."
            for row in (2, 3, 4, 5, 6, 7, 9, 10, 11, 12)
        ),
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("trial.csv", b"", "The first row must hold the names of the columns, and the file is empty."),
        ("trial.csv", b"id,group,ee_pre,ee_post\n", "There are no rows below the names of the columns."),
        (
            "trial.csv",
            b"\xff\xfei\x00d\x00",
            "The text is neither UTF-8 nor GB18030. Please save the file as “CSV UTF-8”.",
        ),
        ("trial.xlsx", b"no book", "This is no Excel workbook (.xlsx)."),
        ("trial.sav", b"no data", "This is no SPSS file (.sav)."),
        ("trial.ods", b"", "A .csv, .xlsx or .sav file is expected."),
        ("trial.csv", None, "The file cannot be opened. Please look whether it is there and may be read."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path, capsys, name, content, told):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert analyze(tmp_path / name) == 2
    assert refused(capsys) == [f"{name}: {told}"]


def test_problems_are_told_in_chinese_too(tmp_path, capsys):
    assert analyze(written(tmp_path / "trial.csv", PEOPLE.replace("1,b,3,2,f", "1,b,NA,2,f")), "--lang", "zh-hans") == 2
    assert refused(capsys) == ["trial.csv，第 2 行，列 ee_pre：这里要是一个数；缺失就留空。现在写的是：NA"]
