"""`openbalint analyze`: its options, the shape of its answer, who is in which number, and when it refuses."""

import csv
import io
import json
from pathlib import Path
import re

import pytest

from openbalint import cli
from tests.cli.trials import PEOPLE, analyze, answer, refused, written

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
NAMES = ("emotional_exhaustion", "depersonalization", "reduced_accomplishment", "self_efficacy")
SEED = ("--id", "id", "--arm", "group", *(w for name in NAMES for w in ("--outcome", f"{name}={name}_pre:{name}_post")))


@pytest.fixture
def path(tmp_path):
    return written(tmp_path / "trial.csv")


@pytest.fixture
def found(path, capsys):
    return answer(path, capsys)["outcomes"]["ee"]


def seed(capsys, *words):
    assert cli.main(["analyze", str(EXAMPLES / "seed_reconstruction.csv"), *SEED, *words]) == 0
    return capsys.readouterr().out


# ── the answer ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_json_has_these_fields_in_this_order(path, capsys):
    whole = answer(path, capsys, "--composition", "sex")
    outcome = whole["outcomes"]["ee"]
    assert list(whole) == ["outcomes", "holm", "composition"]
    assert list(outcome) == [
        "arms", "omnibus", "welch", "kruskal", "posthoc", "ancova", "effect_sizes", "notes",
    ]  # fmt: skip
    assert list(outcome["arms"]["a"]) == ["n", "pre", "post", "change", "paired_t"]
    assert list(outcome["arms"]["a"]["paired_t"]) == ["t", "df", "p", "ci"]
    assert list(outcome["omnibus"]) == ["on", "n", "F", "df1", "df2", "p", "eta_squared", "omega_squared"]
    assert list(outcome["welch"]) == ["F", "df1", "df2", "p"]
    assert list(outcome["kruskal"]) == ["H", "df", "p"]
    assert list(outcome["posthoc"]) == ["method", "on", "se", "pairs", "letters"]
    assert list(outcome["posthoc"]["pairs"][0]) == [
        "a", "b", "difference", "statistic", "span", "p", "p_adjusted", "significant",
    ]  # fmt: skip
    assert list(outcome["ancova"]) == ["n", "F", "df1", "df2", "p", "adjusted_means", "contrasts"]
    assert list(outcome["ancova"]["contrasts"][0]) == ["a", "b", "estimate", "se", "df", "t", "p"]
    assert list(outcome["effect_sizes"][0]) == ["a", "b", "on", "g", "ci"]
    assert list(whole["composition"]["sex"]) == [
        "table", "chi2", "df", "p", "min_expected", "fisher_p", "notes",
    ]  # fmt: skip


def test_the_defaults_are_change_snk_kramer_and_five_percent(path, capsys):
    plain = answer(path, capsys)
    named = ("--omnibus", "change", "--posthoc", "snk", "--se", "kramer", "--alpha", "0.05", "--lang", "en")
    assert answer(path, capsys, *named) == plain
    posthoc = plain["outcomes"]["ee"]["posthoc"]
    assert (posthoc["method"], posthoc["on"], posthoc["se"]) == ("snk", "change", "kramer")


def test_arms_stand_as_they_first_occur_before_anybody_is_left_out(tmp_path, capsys):
    text = PEOPLE.replace("1,b,3,2,f", "0,c,,,f\n1,b,3,2,f")
    found = answer(written(tmp_path / "trial.csv", text), capsys)["outcomes"]["ee"]
    assert list(found["arms"]) == ["c", "b", "a"]
    assert [(pair["a"], pair["b"]) for pair in found["posthoc"]["pairs"]] == [("c", "b"), ("c", "a"), ("b", "a")]
    assert found["posthoc"]["letters"]["c"].startswith("a")


def test_change_is_post_minus_pre_of_complete_pairs(found):
    assert {arm: each["n"] for arm, each in found["arms"].items()} == {"b": 4, "a": 3, "c": 2}
    assert found["arms"]["b"]["change"]["mean"] == pytest.approx((-1 - 1.5 - 1 + 0) / 4, rel=1e-14)
    assert found["omnibus"]["n"] == found["ancova"]["n"] == {"b": 4, "a": 3, "c": 2}


def test_on_post_everybody_with_a_post_value_counts_and_pairs_stay_in_arms_and_ancova(path, capsys):
    found = answer(path, capsys, "--omnibus", "post")["outcomes"]["ee"]
    assert found["omnibus"]["n"] == {"b": 4, "a": 3, "c": 3}
    assert (found["omnibus"]["df2"], found["kruskal"]["df"]) == (7, 2)
    assert {arm: each["n"] for arm, each in found["arms"].items()} == found["ancova"]["n"] == {"b": 4, "a": 3, "c": 2}
    post = {(each["a"], each["b"]): each["g"] for each in found["effect_sizes"] if each["on"] == "post"}
    change = answer(path, capsys)["outcomes"]["ee"]["effect_sizes"]
    assert post["b", "a"] == next(e["g"] for e in change if e["on"] == "post" and (e["a"], e["b"]) == ("b", "a"))
    assert post["b", "c"] != next(e["g"] for e in change if e["on"] == "post" and (e["a"], e["b"]) == ("b", "c"))


def test_after_ancova_welch_and_kruskal_are_null_and_a_note_says_why(path, capsys):
    found = answer(path, capsys, "--omnibus", "ancova")["outcomes"]["ee"]
    assert (found["welch"], found["kruskal"]) == (None, None)
    assert found["notes"] == [
        "Welch's and the Kruskal–Wallis test do not adjust for the baseline, so beside ANCOVA they are not given."
    ]
    assert found["omnibus"]["F"] == found["ancova"]["F"]
    assert [pair["difference"] for pair in found["posthoc"]["pairs"]] == [
        contrast["estimate"] for contrast in found["ancova"]["contrasts"]
    ]


def test_dunnett_compares_each_arm_with_the_control_and_has_neither_letters_nor_span_nor_se(path, capsys):
    posthoc = answer(path, capsys, "--posthoc", "dunnett", "--control", "a")["outcomes"]["ee"]["posthoc"]
    assert [(pair["a"], pair["b"], pair["span"]) for pair in posthoc["pairs"]] == [("b", "a", None), ("c", "a", None)]
    assert (posthoc["letters"], posthoc["se"]) == (None, None)


def test_tukey_keeps_kramers_standard_error_whatever_is_asked(path, capsys):
    posthoc = answer(path, capsys, "--posthoc", "tukey", "--se", "harmonic")["outcomes"]["ee"]["posthoc"]
    assert (posthoc["se"], {pair["span"] for pair in posthoc["pairs"]}) == ("kramer", {3})
    assert posthoc == answer(path, capsys, "--posthoc", "tukey")["outcomes"]["ee"]["posthoc"]


def test_the_harmonic_standard_error_is_named_and_one_for_all(path, capsys):
    posthoc = answer(path, capsys, "--se", "harmonic")["outcomes"]["ee"]["posthoc"]
    ratios = [abs(pair["difference"]) / pair["statistic"] for pair in posthoc["pairs"]]
    assert posthoc["se"] == "harmonic"
    assert ratios == pytest.approx([ratios[0]] * 3)


def test_intervals_follow_alpha(path, capsys):
    wide, narrow = (answer(path, capsys, "--alpha", a)["outcomes"]["ee"] for a in ("0.01", "0.2"))
    for low in (wide, narrow):
        assert low["arms"]["b"]["paired_t"]["t"] == wide["arms"]["b"]["paired_t"]["t"]
    assert wide["arms"]["b"]["paired_t"]["ci"][0] < narrow["arms"]["b"]["paired_t"]["ci"][0]
    assert wide["effect_sizes"][0]["ci"][0] < narrow["effect_sizes"][0]["ci"][0]


def test_composition_leaves_missing_out_and_keeps_the_order_of_the_file(path, capsys):
    made_up = answer(path, capsys, "--composition", "sex")["composition"]["sex"]
    assert made_up["table"] == {"b": {"f": 2, "m": 1}, "a": {"f": 2, "m": 2}, "c": {"f": 2, "m": 1}}
    assert made_up["chi2"] == pytest.approx(0.2777777777777778)


def test_what_cannot_be_computed_is_null_with_a_sentence(tmp_path, capsys):
    text = "id,group,ee_pre,ee_post\n1,a,1,2\n2,a,2,3\n3,b,1,2\n4,b,5,6\n"
    found = answer(written(tmp_path / "trial.csv", text), capsys)
    outcome = found["outcomes"]["ee"]
    assert (outcome["omnibus"]["F"], outcome["posthoc"], outcome["arms"]["a"]["paired_t"]) == (None, None, None)
    assert found["holm"] == {"ee": None}
    assert outcome["notes"] == [
        "All changes are equal, so there is no paired t test.",
        "The values do not vary within the arms, so arms cannot be compared by F.",
        "Welch's test needs two different values at least in every arm.",
        "All values are equal, so ranks cannot compare the arms.",
        "The values do not vary within these two arms, so there is no g.",
    ]


def test_numbers_are_unrounded_and_the_json_is_strict(path, capsys):
    assert analyze(path, "--format", "json") == 0
    out = capsys.readouterr().out
    json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert "2.8749999" in out or "2.875" in out
    assert max(len(number) for number in re.findall(r"0\.\d+", out)) > 15


# ── a printed table ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_summary_gives_what_n_means_and_sds_allow(capsys):
    assert cli.main(["analyze", "--summary", str(EXAMPLES / "table1.csv"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["outcomes"]["emotional_exhaustion"]
    assert found["omnibus"]["F"] == pytest.approx(4.163457530514902)  # changes from the means, SDs as printed
    assert found["ancova"]["F"] == pytest.approx(15.95, abs=5e-3)
    assert found["arms"]["blank"]["change"]["mean"] == pytest.approx(2.65 - 2.38)
    assert found["kruskal"] is None
    assert "Kruskal–Wallis needs the data of single people, which a summary table does not hold." in found["notes"]


def test_a_summary_on_post_is_the_f_of_post(capsys):
    assert (
        cli.main(["analyze", "--summary", str(EXAMPLES / "table1.csv"), "--format", "json", "--omnibus", "post"]) == 0
    )
    found = json.loads(capsys.readouterr().out)["outcomes"]
    assert [round(found[name]["omnibus"]["F"], 2) for name in NAMES] == [13.03, 11.41, 13.72, 6.34]


def test_a_summary_without_columns_leaves_null(tmp_path, capsys):
    table = "outcome,arm,n,post_mean,post_sd\nx,a,10,1.5,0.5\nx,b,12,2.5,0.6\n"
    written(tmp_path / "s.csv", table)
    assert cli.main(["analyze", "--summary", str(tmp_path / "s.csv"), "--format", "json", "--omnibus", "post"]) == 0
    found = json.loads(capsys.readouterr().out)["outcomes"]["x"]
    assert (found["arms"]["a"]["pre"], found["ancova"]) == ({"mean": None, "sd": None}, None)
    assert found["omnibus"]["F"] == pytest.approx(120 / 22 / ((9 * 0.25 + 11 * 0.36) / 20))


def test_a_printed_sd_below_zero_is_bad_input(tmp_path, capsys):
    written(tmp_path / "s.csv", "outcome,arm,n,post_mean,post_sd\nx,a,10,1.5,-0.5\nx,b,12,2.5,0.6\n")
    assert cli.main(["analyze", "--summary", str(tmp_path / "s.csv")]) == 2
    assert refused(capsys) == ["s.csv, row 2, column post_sd: An SD is never below zero. It says: -0.5"]


# ── text and csv ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_text_states_for_each_test_what_it_is_on_and_for_whom(path, capsys):
    assert analyze(path) == 0
    tests = [line for line in capsys.readouterr().out.splitlines() if re.search(r"P [=<] |η²|  g ·|q test\),", line)]
    assert len(tests) == 8
    for line in tests:
        assert re.search(r" · on .+ · n = \d+, missing \d+$", line), line


def test_beside_a_printed_table_the_text_names_what_differs(capsys):
    out = seed(capsys, "--synthetic", "--beside", str(EXAMPLES / "table1.csv"))
    assert [line.split("≠ ")[1] for line in out.splitlines() if "≠ " in line and "names what" not in line] == [
        "SD of the difference, letters", "letters", "mean of the difference", "F", "P", "t", "F", "SD of the difference, P",
    ]  # fmt: skip


def test_the_text_says_what_it_cannot_tell(capsys):
    assert cli.main(["analyze", "--summary", "docs/examples/table1.csv"]) == 0
    told = " ".join(capsys.readouterr().out.partition("What this analysis cannot tell\n")[2].split())
    assert told == (
        "All tests take people as independent of each other. If an arm was treated as one group, the treatment cannot be "
        "told from the group, and the variance of the mean of 13 people is 1.60 times as large at an intraclass correlation "
        "of 0.05, which is assumed here, not estimated."
    )


def test_synthetic_data_are_called_so(path, capsys):
    assert analyze(path, "--synthetic") == 0
    assert capsys.readouterr().out.startswith("Synthetic data: invented people, not the data of a study.\n")


def test_the_text_is_chinese_too(path, capsys):
    assert analyze(path, "--lang", "zh-hans") == 0
    out = capsys.readouterr().out
    assert "表 1  干预前后组内与组间比较" in out
    assert not re.search(r"[a-z]{4,} [a-z]{4,}", out.replace("Newman–Keuls", ""))


def test_the_csv_holds_every_number_once_with_its_people(path, capsys):
    whole = answer(path, capsys, "--composition", "sex")
    assert analyze(path, "--composition", "sex", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    numbers = sorted(numbers_in(whole["outcomes"]))
    tidy = [row for row in rows if row["outcome"] == "ee" and row["part"] != "holm"]
    assert sorted(float(row["value"]) for row in tidy if is_number(row["value"])) == numbers
    f = next(row for row in rows if row["part"] == "omnibus" and row["quantity"] == "F")
    assert (f["on"], f["n"], f["missing"]) == ("change", "9", "2")
    assert [row for row in tidy if row["part"] != "notes" and not row["n"]] == []


def is_number(text):
    return bool(re.fullmatch(r"-?\d.*", text))


def numbers_in(value):
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers_in(each)]
    if isinstance(value, list):
        return [number for each in value for number in numbers_in(each)]
    return [float(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--posthoc", "dunnett"], "Dunnett's test compares with one arm: please name it with --control."),
        (
            ["--posthoc", "dunnett", "--control", "z"],
            "trial.csv: No arm is called z (--control). The arms are: a, b, c.",
        ),
        (["--outcome", "ee=ee_pre:ee_post"], "Every outcome and every column of --composition may be named once."),
        (["--beside", "x.csv", "--format", "json"], "--beside goes with --format text."),
        (["--summary", "x.csv"], "A printed table (--summary) needs no DATA, --id, --arm, --outcome or --composition."),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_a_sentence(path, capsys, words, told):
    assert analyze(path, *words) == 2
    assert refused(capsys) == [told]


@pytest.mark.parametrize(
    "words", [["--alpha", "1"], ["--alpha", "0"], ["--outcome", "ee=pre"], ["--omnibus", "anova"], ["--lang", "de"]]
)
def test_an_option_that_makes_no_sense_is_refused(path, capsys, words):
    with pytest.raises(SystemExit) as end:
        analyze(path, *words)
    assert end.value.code == 2
    assert capsys.readouterr().out == ""


def test_data_or_a_summary_must_be_given(capsys):
    assert cli.main(["analyze"]) == 2
    assert refused(capsys) == ["Please give DATA, --id, --arm and one --outcome at least, or --summary."]


def test_a_place_that_cannot_be_written_is_told(path, capsys, tmp_path):
    assert analyze(path, "-o", str(tmp_path / "trial.csv" / "answer.txt")) == 2
    assert refused(capsys) == [
        f"{tmp_path / 'trial.csv'} cannot be written to (File exists). Please choose another place."
    ]


def test_the_answer_replaces_a_file_whole(path, capsys, tmp_path):
    written(tmp_path / "answer.json", "old")
    assert analyze(path, "--format", "json", "-o", str(tmp_path / "answer.json")) == 0
    assert json.loads((tmp_path / "answer.json").read_text("utf-8"))["holm"].keys() == {"ee"}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["answer.json", "trial.csv"]
    assert capsys.readouterr().out == ""
