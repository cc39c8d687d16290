"""The audit on clean tables, on broken ones, and on the example. Rates over many tables: python -m benchmarks.audit_rates."""

import csv
from pathlib import Path

import numpy as np
import pytest

from openbalint.stats.audit import TableError, audit, read_table
from tests.stats.audit.breaks import KINDS, broken
from tests.stats.audit.generate import clean

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "table1.csv"


@pytest.fixture(scope="module")
def printed():
    with EXAMPLE.open() as file:
        return list(csv.DictReader(file))


def found(rows):
    return {(f.outcome, f.arm, f.field): f for f in audit(read_table(rows)).findings}


def sound():
    """Two arms of one outcome in which every number follows from these item sums."""
    pre, post = {"a": [12, 9, 14, 7], "b": [10, 13, 8, 11]}, {"a": [8, 8, 9, 5], "b": [10, 12, 9, 10]}
    rows = []
    for arm in ("a", "b"):
        x, y = np.array(pre[arm]) / 4, np.array(post[arm]) / 4
        d = x - y
        rows.append({
            "outcome": "x", "items": "4", "item_min": "0", "item_max": "6", "arm": arm, "n": "4", "pre_mean": f"{x.mean():.3f}",
            "pre_sd": f"{x.std(ddof=1):.3f}", "post_mean": f"{y.mean():.3f}", "post_sd": f"{y.std(ddof=1):.3f}",
            "d_mean": f"{d.mean():.3f}", "d_sd": f"{d.std(ddof=1):.3f}", "t": f"{d.mean() / (d.std(ddof=1) / 2):.3f}",
        })  # fmt: skip
    return rows


@pytest.mark.parametrize("seed", range(20))
def test_a_clean_table_has_no_finding(seed):
    case = clean(np.random.default_rng(seed))
    result = audit(read_table(case.rows))
    assert result.findings == ()
    assert result.checked > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_break_of_each_kind_is_found_where_it_is(kind):
    for seed in range(2):
        case = broken(kind, np.random.default_rng(seed))
        findings = audit(read_table(case.rows)).findings
        assert {(f.outcome, f.arm, f.field, f.kind) for f in findings} >= {(*cell, kind) for cell in case.broken.cells}


def test_the_published_table_has_its_lost_signs_and_its_swapped_rows(printed):
    findings = found(printed)
    assert {place for place, f in findings.items() if f.kind == "sign-lost"} == {
        ("emotional_exhaustion", "blank", "d_mean"), ("self_efficacy", "balint", "d_mean"), ("self_efficacy", "blank", "d_mean"),
    }  # fmt: skip
    swapped = {place: (f.printed, f.suggestion) for place, f in findings.items() if f.kind == "rows-swapped"}
    assert swapped == {
        ("depersonalization", None, "F"): ("35.145", "7.428"),
        ("reduced_accomplishment", None, "F"): ("7.428", "35.145"),
    }


def test_the_letters_of_emotional_exhaustion_come_from_the_post_scores(printed):
    finding = found(printed)["emotional_exhaustion", None, "letters"]
    assert (finding.kind, finding.printed, finding.suggestion) == ("letters-other-score", "a/b/c", "a/a/b")
    assert (
        str(finding.explanation) == "These letters come from the post scores; the F values come from the change scores."
    )


def test_p_of_zero_is_written_as_below_the_last_digit(printed):
    zeros = {place: f.suggestion for place, f in found(printed).items() if f.kind == "p-zero"}
    assert zeros == {("reduced_accomplishment", "balint", "p"): "<0.001", ("self_efficacy", "balint", "p"): "<0.001"}


def test_an_sd_that_was_rounded_twice_is_the_single_correction_of_its_row(printed):
    finding = found(printed)["emotional_exhaustion", "conventional", "d_sd"]
    assert (finding.kind, finding.printed, finding.suggestion, finding.confidence) == (
        "double-rounding",
        "1.03",
        "1.02",
        "certain",
    )
    assert finding.possible == pytest.approx((1.02499, 1.02499), abs=1e-5)


def test_a_row_that_only_whole_numbers_contradict_says_what_remains_without_them(printed):
    findings = found(printed)
    filled_in = "But if a missing answer was filled in with a mean, scores are not whole-number sums; then "
    told = {
        place: str(f.explanation).partition(filled_in)[2]
        for place, f in findings.items()
        if filled_in in str(f.explanation)
    }
    assert told == {
        ("emotional_exhaustion", "conventional", "d_sd"): "nothing in this row need be wrong.",
        ("depersonalization", "blank", "d_mean"): "nothing in this row need be wrong.",
        ("reduced_accomplishment", "balint", "t"): "nothing in this row need be wrong.",
        ("reduced_accomplishment", "conventional", "t"): "nothing in this row need be wrong.",
        ("reduced_accomplishment", "blank", "post_mean"): "only this need be wrong: t.",
        ("self_efficacy", "balint", "d_sd"): "only this need be wrong: mean of the difference.",
    }


def test_a_cell_that_every_explanation_needs_is_likely_and_another_possible(printed):
    findings = found(printed)
    sure = {field: findings["depersonalization", "blank", field].confidence for field in ("d_mean", "t", "p")}
    assert sure == {"d_mean": "likely", "t": "possible", "p": "possible"}


def test_with_pre_post_and_difference_alone_one_finding_names_the_rivals():
    rows = [
        {k: v for k, v in row.items() if k not in ("t", "items", "item_min", "item_max", "pre_sd", "post_sd", "d_sd")}
        for row in sound()
    ]
    assert found(rows) == {}
    rows[0]["d_mean"] = "0.950"
    (finding,) = found(rows).values()
    assert (finding.field, finding.kind, finding.confidence) == ("d_mean", "difference-mismatch", "likely")
    assert "mean after, mean before" in str(finding.explanation)


def test_the_sign_of_t_is_not_judged():
    rows = sound()
    for row in rows:
        row["t"] = row["t"].removeprefix("-") if row["t"].startswith("-") else f"-{row['t']}"
    assert found(rows) == {}


def test_post_minus_pre_is_a_convention_too():
    rows = sound()
    for row in rows:
        row["d_mean"] = f"{-float(row['d_mean']):.3f}"
    assert found(rows) == {}


def test_columns_that_a_table_lacks_are_left_out():
    whole = audit(read_table(sound())).checked
    for column in ("t", "d_sd", "d_mean", "pre_sd", "post_mean", "items", "item_min", "item_max"):
        rows = [{k: v for k, v in row.items() if k != column} for row in sound()]
        result = audit(read_table(rows))
        assert result.findings == ()
        assert 0 < result.checked <= whole


def test_an_exact_half_may_have_gone_either_way():
    rows = sound()
    for text in ("2.62", "2.63"):
        rows[0]["pre_mean"] = text
        assert found(rows) == {}


def test_everything_unreadable_is_named_at_once():
    rows = sound()
    rows[0] |= {"pre_sd": "much", "n": "0", "colour": "red"}
    rows[1] |= {"arm": "a", "F_of": "pre", "t": "1e3"}
    with pytest.raises(TableError) as error:
        read_table(rows)
    assert {(p.row, p.column, p.found) for p in error.value.problems} == {
        (1, "colour", ""), (2, "n", "0"), (2, "pre_sd", "much"), (3, "arm", "a"), (3, "F_of", "pre"), (3, "t", "1e3"),
    }  # fmt: skip
    with pytest.raises(TableError, match="no rows"):
        read_table([])


def test_a_p_of_zero_is_told_as_such_also_where_it_was_cut_and_not_rounded():
    row = {"outcome": "x", "arm": "a", "n": "20", "d_mean": "0.50", "d_sd": "0.55", "t": "4.066", "p": "0.000"}
    assert [(f.field, f.kind, f.suggestion) for f in audit(read_table([row])).findings] == [("p", "p-zero", "<0.001")]
