"""Data written with labels, and read again by other programs."""

from datetime import date
import io
import json

from pyarrow import parquet
import pyreadstat

from openbalint.tables.codebook import Codebook
from openbalint.tables.write import (
    Dataset,
    Variable,
    codebook_bytes,
    csv_bytes,
    parquet_bytes,
    sav_bytes,
    sav_names,
)

DAY = date(2026, 11, 23)
DATA = Dataset(
    (
        Variable("编号", "参加者编号", ["01", "02", "03", None]),
        Variable("group", "组别", ["blank", "balint", None, "blank"], {"balint": "巴林特督导组", "blank": "空白对照组"}),
        Variable("sex", "性别", ["2", "1", "2", None], {"1": "男", "2": "女"}),
        Variable("ee pre", "情绪衰竭（干预前），0 到 6 分", [1.25, None, 3.0, 1e-7]),
        Variable("severity", "程度", [0.0, 1.0, None, 1.0], {"0": "轻", "1": "重"}),
    ),
    title="一个例子",
    note="合成数据",
)  # fmt: skip


def read_sav(tmp_path, data=DATA):
    path = tmp_path / "data.sav"
    path.write_bytes(sav_bytes(data, day=DAY))
    return pyreadstat.read_sav(path, output_format="dict")


def test_chinese_names_and_labels_come_back_from_spss(tmp_path):
    found, described = read_sav(tmp_path)
    assert described.column_names_to_labels == {
        "编号": "参加者编号", "group": "组别", "sex": "性别", "ee_pre": "情绪衰竭（干预前），0 到 6 分", "severity": "程度",
    }  # fmt: skip
    assert described.variable_value_labels == {
        "group": {1.0: "巴林特督导组", 2.0: "空白对照组"},
        "sex": {1.0: "男", 2.0: "女"},
        "severity": {0.0: "轻", 1.0: "重"},
    }
    assert (described.file_label, described.notes) == ("合成数据", ["一个例子", "合成数据"])
    assert described.creation_time.date() == DAY
    assert list(found["编号"])[:3] == ["01", "02", "03"]


def test_values_come_back_from_spss_and_missing_stays_missing(tmp_path):
    found, described = read_sav(tmp_path)
    known = {name: [None if value != value else value for value in values] for name, values in found.items()}
    assert known["group"] == [2.0, 1.0, None, 2.0]
    assert known["sex"] == [2.0, 1.0, 2.0, None]
    assert known["ee_pre"] == [1.25, None, 3.0, 1e-7]
    assert described.variable_measure["ee_pre"] == "scale"
    assert described.variable_measure["group"] == "nominal"


def test_spss_files_of_a_day_are_equal():
    assert sav_bytes(DATA, day=DAY) == sav_bytes(DATA, day=DAY)
    assert sav_bytes(DATA, day=DAY) != sav_bytes(DATA, day=date(2026, 11, 24))


def test_names_that_spss_does_not_take_are_changed_and_stay_different():
    names = ["a b", "a_b", "A_B", "1st", "_x", "前 测", "长" * 40, ""]
    assert sav_names(Dataset(tuple(Variable(name, name, []) for name in names))) == [
        "a_b", "a_b_2", "A_B_3", "v1st", "v_x", "前_测", "长" * 21, "v",
    ]  # fmt: skip


def test_the_csv_is_for_excel_too():
    assert csv_bytes(DATA).decode("utf-8") == (
        "\ufeff编号,group,sex,ee pre,severity\r\n01,blank,2,1.25,0\r\n02,balint,1,,1\r\n03,,2,3,\r\n,blank,,1e-07,1\r\n"
    )


def test_the_codebook_tells_variables_and_values():
    lines = codebook_bytes(DATA).decode("utf-8-sig").splitlines()
    assert lines[0] == "variable,label,value,value_label,sav_variable,sav_value,type,n,missing,note"
    assert lines[2:6] == [
        "group,组别,,,group,,text,3,1,合成数据",
        "group,,balint,巴林特督导组,group,1,,,,",
        "group,,blank,空白对照组,group,2,,,,",
        "sex,性别,,,sex,,text,3,1,合成数据",
    ]
    book = Codebook.from_csv(codebook_bytes(DATA))
    assert book.labels["ee pre"] == "情绪衰竭（干预前），0 到 6 分"
    assert book.values["severity"] == {"0": "轻", "1": "重"}


def test_parquet_holds_labels_beside_the_columns():
    table = parquet.read_table(io.BytesIO(parquet_bytes(DATA)))
    assert table.schema.metadata == {b"title": "一个例子".encode(), b"note": "合成数据".encode()}
    group = table.schema.field("group").metadata
    assert group[b"label"].decode() == "组别"
    assert json.loads(group[b"values"]) == {"balint": "巴林特督导组", "blank": "空白对照组"}
    assert table.to_pydict()["ee pre"] == [1.25, None, 3.0, 1e-7]
    assert table.to_pydict()["编号"] == ["01", "02", "03", None]
