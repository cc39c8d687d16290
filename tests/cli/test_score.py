"""`openbalint score`: a file of answers becomes scores, or every fault is told and nothing is written."""

import csv
import json
import subprocess
import sys

import openpyxl
import pytest

from openbalint import cli
from openbalint.instruments import library
from openbalint.instruments.fhir import response

ITEMS = ",".join(f"gses{number}" for number in range(1, 11))
ANSWERS = f"id,group,{ITEMS}\nA,1,3,3,2,4,3,3,2,3,4,2\nB,2,3,3,2,4,3,3,2,,,\nC,2,3,3,2,4,3,3,,,,\n"


@pytest.fixture
def score(tmp_path, capsys, monkeypatch):
    """Score a file with these bytes: status, what was printed, what was complained of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENBALINT_DATA", raising=False)

    def run(content, *words, instrument="gses@1995", name="answers.csv"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        status = cli.main(["score", instrument, name, *map(str, words)])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_scores_as_csv(score):
    status, out, err = score(ANSWERS, "--keep", "group")
    assert (status, err) == (0, "")
    assert list(csv.reader(out.splitlines())) == [
        ["id", "group", "total", "total_answered", "total_prorated", "total_reason"],
        ["A", "1", "2.9", "10", "0", ""],
        ["B", "2", "2.857142857142857", "7", "1", ""],
        ["C", "2", "", "6", "0", "too-many-missing"],
    ]


def test_scores_as_json(score):
    status, out, _ = score(ANSWERS, "--keep", "group", "--format", "json")
    found = json.loads(out, parse_constant=pytest.fail)
    assert (status, found["instrument"], found["version"]) == (0, "gses", "1995")
    assert found["scales"]["total"] == {
        "title": {"en": "Self-efficacy", "zh-Hans": "一般自我效能感"},
        "items": ITEMS.split(","),
        "method": "mean",
        "factor": 1.0,
        "range": [1.0, 4.0],
        "may_be_missing": 3,
        "then": "prorate",
        "missing_source": found["scales"]["total"]["missing_source"],
        "higher": {"en": "more self-efficacy", "zh-Hans": "自我效能感更强"},
    }
    assert found["people"] == [
        {
            "id": "A",
            "kept": {"group": "1"},
            "scores": {"total": {"value": 2.9, "answered": 10, "of": 10, "prorated": False, "reason": None}},
        },
        {
            "id": "B",
            "kept": {"group": "2"},
            "scores": {"total": {"value": 20 / 7, "answered": 7, "of": 10, "prorated": True, "reason": None}},
        },
        {
            "id": "C",
            "kept": {"group": "2"},
            "scores": {
                "total": {
                    "value": None,
                    "answered": 6,
                    "of": 10,
                    "prorated": False,
                    "reason": {
                        "code": "too-many-missing",
                        "sentence": "6 of 10 items are answered; at least 7 are needed.",
                    },
                }
            },
        },
    ]
    assert found["notes"] == ["C, total: 6 of 10 items are answered; at least 7 are needed."]


def test_reasons_are_there_in_chinese(score):
    notes = json.loads(score(ANSWERS, "--keep", "group", "--format", "json", "--lang", "zh-hans")[1])["notes"]
    assert notes == ["C，total：10 题中答了 6 题，至少需要 7 题。"]


def test_everything_wrong_is_told_at_once_and_nothing_is_written(score, tmp_path):
    wrong = (
        ANSWERS.replace("gses10", "gsesX").replace("A,1,3,", "A,1,5,").replace("B,2,3,3", "A,2,NA,3").replace("C,", ",")
    )
    status, out, err = score(wrong, "-o", "scores.csv")
    assert (status, out) == (2, "")
    known = ITEMS.replace(",", ", ")
    extra = f"gses@1995 has no such item. Its items are: {known}. Other columns come along with --keep."
    option = "One of 1, 2, 3, 4 is expected, or an empty cell where it is missing."
    assert sorted(err.splitlines()) == sorted(
        [
            f"answers.csv, column group: {extra}",
            f"answers.csv, column gsesX: {extra}",
            "answers.csv, column gses10: The column of this item is not there.",
            f"answers.csv, row 2, column gses1: {option} It says: 5",
            "answers.csv, row 3, column id: Every id may stand once; this one stands in row 2 already. It says: A",
            f"answers.csv, row 3, column gses1: {option} It says: NA",
            "answers.csv, row 4, column id: Every row needs an id, and this cell is empty.",
        ]
    )
    assert [path.name for path in tmp_path.iterdir()] == ["answers.csv"]


@pytest.mark.parametrize("cell", ["NA", "-99", "0", "2.5", ".", "nan", "inf", "三"])
def test_only_an_empty_cell_is_missing(score, cell):
    status, out, err = score(ANSWERS.replace("A,1,3,", f"A,1,{cell},"), "--keep", "group")
    assert (status, out, f"It says: {cell}" in err) == (2, "", True)


def test_a_number_says_its_bounds(score):
    head = "id,incidents1,incidents2,incidents3,sick,leave1,leave2,leave3,satisfied1,satisfied2,satisfied3\n"
    status, _, err = score(head + "A,1.5,0,0,93,1,1,1,1,1,1\n", instrument="job-outcomes@1")
    assert (status, err.splitlines()) == (
        2,
        [
            "answers.csv, row 2, column incidents1: A whole number from 0 to 99 is expected, or an empty cell where it is"
            " missing. It says: 1.5",
            "answers.csv, row 2, column sick: A number from 0 to 92 is expected, or an empty cell where it is missing."
            " It says: 93",
        ],
    )


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + ANSWERS.encode(), ANSWERS.replace(",", ";").encode(), ANSWERS.replace(",", "\t").encode(), ANSWERS.replace("A", "甲").encode("gb18030")],
)  # fmt: skip
def test_files_come_as_people_have_them(score, content):
    status, out, _ = score(content, "--keep", "group")
    assert (status, out.splitlines()[1].split(",", 1)[1]) == (0, "1,2.9,10,0,")


def test_an_excel_file_is_scored(score, tmp_path):
    book = openpyxl.Workbook()
    for row in csv.reader(ANSWERS.splitlines()):
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(tmp_path / "made.xlsx")
    content = (tmp_path / "made.xlsx").read_bytes()
    assert score(content, "--keep", "group", name="answers.xlsx")[1] == score(ANSWERS, "--keep", "group")[1]


def test_an_spss_file_is_scored(score, tmp_path):
    import pandas as pd
    import pyreadstat

    numbers = {
        name: [int(cell) if cell else float("nan") for cell in column]
        for name, *column in zip(
            *csv.reader(ANSWERS.replace("A,", "1,").replace("B,", "2,").replace("C,", "3,").splitlines()), strict=True
        )
    }
    labels = {"gses1": {1: "完全不正确", 4: "完全正确"}}
    pyreadstat.write_sav(pd.DataFrame(numbers), str(tmp_path / "made.sav"), variable_value_labels=labels)
    out = score((tmp_path / "made.sav").read_bytes(), "--keep", "group", name="answers.sav")[1]
    assert [line.split(",")[2:] for line in out.splitlines()[1:]] == [
        ["2.9", "10", "0", ""],
        ["2.857142857142857", "7", "1", ""],
        ["", "6", "0", "too-many-missing"],
    ]


def test_fhir_answers_are_scored(score):
    people = {"P-1": "3324332342", "P-2": "3324332..."}
    responses = [
        response.to_fhir(
            library.shipped()["gses@1995"],
            {f"gses{number}": code for number, code in enumerate(codes, start=1) if code != "."},
            release="r5",
            subject=person,
        )
        for person, codes in people.items()
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in responses]}
    expected = "id,total,total_answered,total_prorated,total_reason\nP-1,2.9,10,0,\nP-2,2.857142857142857,7,1,\n"
    assert score(json.dumps(bundle), name="answers.json") == (0, expected, "")
    assert score(json.dumps(responses), name="answers.json") == (0, expected, "")


def test_fhir_answers_that_do_not_fit_are_told_at_once(score):
    one = response.to_fhir(library.shipped()["gses@1995"], {"gses1": 4}, release="r5", subject="P-1")
    other = {**one, "questionnaire": "urn:openbalint:instrument:who-5|1998"}
    nobody = {key: value for key, value in one.items() if key != "subject"}
    assert score(json.dumps([one, one, other, nobody]), name="answers.json") == (
        2,
        "",
        "answers.json: Response 2 is of somebody who stands there already.\n"
        "answers.json: Response 3: questionnaire: urn:openbalint:instrument:gses|1995 is expected.\n"
        "answers.json: Response 4 does not say whose it is; a subject is expected.\n",
    )
    assert score("?", name="answers.json")[2].startswith(
        "answers.json: A FHIR QuestionnaireResponse in JSON is expected"
    )
    assert score("[]", "--keep", "a", name="answers.json")[2] == "--keep is for tables; FHIR has no other columns.\n"


def test_another_id_column_and_a_file_for_the_result(score, tmp_path):
    content = ANSWERS.replace("id,group", "code,arm")
    assert score(content, "--id", "code", "--keep", "arm", "-o", "scores.csv") == (0, "", "")
    assert (tmp_path / "scores.csv").read_text("utf-8").startswith("code,arm,total,")


def test_an_instrument_of_ones_own_is_scored(score, tmp_path):
    from tests.instruments.questionnaires import SMALL

    (tmp_path / "data/instruments").mkdir(parents=True)
    (tmp_path / "data/instruments/small.toml").write_text(SMALL, "utf-8")
    status, out, _ = score("id,q1,q2,q3,days\nA,3,1,3,4\n", "--data", "data", instrument="small@1")
    assert (status, out.splitlines()[1]) == (0, "A,3,3,0,,4,1,0,")


def test_an_imported_file_that_broke_is_told_with_its_line(score, tmp_path):
    (tmp_path / "data/instruments").mkdir(parents=True)
    (tmp_path / "data/instruments/own.toml").write_text('name = "own"\n', "utf-8")
    status, out, err = score(ANSWERS, "--data", "data")
    assert (status, out, err.splitlines()[0]) == (2, "", "own.toml, line 1, languages: This is needed and not there.")


def test_an_instrument_that_is_not_there_is_told(score):
    status, out, err = score(ANSWERS, instrument="gses")
    assert (status, out, err) == (2, "", "There is no instrument gses. There are: gses@1995.\n")


def test_neither_settings_nor_numpy_nor_the_excel_reader_are_needed_for_csv(tmp_path):
    (tmp_path / "answers.csv").write_text(ANSWERS.replace("group,", "").replace(",1,3", ",3").replace(",2,3", ",3"))
    script = "import sys; from openbalint import cli; cli.main(['score', 'gses@1995', 'answers.csv']); "
    script += "print([name for name in ('django', 'numpy', 'openpyxl', 'pyreadstat') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
