"""The bundle: every file by its name, the data as they were read, labels in all of them."""

import csv
import io

import numpy as np
import pytest

from openbalint.reports.analysis import Analysis, bundle
from openbalint.tables.codebook import Codebook
from openbalint.tables.language import translator
from tests.reports.trial import CHINESE, DAY, USUAL, printed, trial

LABELLED = Codebook(CHINESE.labels, {**CHINESE.values, "sex": {"female": "女", "male": "男"}})


def bundled(analysis, language="en"):
    return bundle(analysis, language=language, gettext=translator(language), day=DAY)


def test_a_trial_is_handed_on_with_data_codebook_and_script():
    assert sorted(bundled(trial())) == [
        "analysis.R",
        "codebook.csv",
        "data.csv",
        "data.parquet",
        "data.sav",
        "report.html",
    ]
    assert sorted(bundled(printed())) == ["analysis.R", "report.html"]


def test_the_same_analysis_gives_the_same_files():
    assert bundled(trial(sex=True)) == bundled(trial(sex=True))


def test_the_data_are_those_that_were_read():
    analysis = trial(sex=True, missing={"self_efficacy_post": (3,)})
    rows = list(csv.DictReader(io.StringIO(bundled(analysis)["data.csv"].decode("utf-8-sig"))))
    assert list(rows[0])[:4] == ["id", "group", "emotional_exhaustion_pre", "emotional_exhaustion_post"]
    assert [row["group"] for row in rows] == list(analysis.rows.arms)
    assert rows[3]["self_efficacy_post"] == ""
    for measured in analysis.rows.outcomes.values():
        read = np.array([float(row[measured.pre_column] or "nan") for row in rows])
        assert np.array_equal(read, measured.pre, equal_nan=True)


def test_the_codebook_names_what_a_codebook_reads_again():
    book = Codebook.from_csv(bundled(trial(sex=True, codebook=LABELLED), "zh-hans")["codebook.csv"])
    assert book.values == {
        "group": {"balint": "巴林特督导组", "conventional": "常规督导组", "blank": "空白对照组"},
        "sex": {"female": "女", "male": "男"},
    }
    assert book.label("emotional_exhaustion_pre") == "情绪衰竭（干预前）"
    assert book.label("self_efficacy") == "一般自我效能感"
    assert book.label("self_efficacy_post") == "一般自我效能感（干预后）"


def test_invented_people_are_said_to_be_invented_in_every_file():
    files = bundled(trial())
    assert sorted(name for name, content in files.items() if b"invented" not in content) == ["data.csv"]
    assert all(b"invented" not in content for content in bundled(trial(synthetic=False)).values())


def test_a_column_of_two_outcomes_is_written_once():
    analysis = trial(names=("self_efficacy",))
    rows = analysis.rows
    twice = {"self_efficacy": rows.outcomes["self_efficacy"], "again": rows.outcomes["self_efficacy"]}
    both = Analysis("x.csv", USUAL, analysis.result, rows=type(rows)(rows.id, rows.ids, rows.arm, rows.arms, twice))
    heads = bundled(both)["data.csv"].decode("utf-8-sig").splitlines()[0]
    assert heads == "id,group,self_efficacy_pre,self_efficacy_post"


def test_an_analysis_has_rows_or_a_summary():
    with pytest.raises(ValueError, match="either rows or a summary"):
        Analysis("x.csv", USUAL, trial().result)
