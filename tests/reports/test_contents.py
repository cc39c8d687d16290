"""What a report says: its tables, the people in each number, and methods that tell what was done and nothing else."""

import re

import pytest

from openbalint.reports import document as parts
from openbalint.reports.document import Column, Figure, Group, Heading, Numbering, Paragraph, Points, Table
from openbalint.reports.references import SOURCES
from openbalint.reports.words import Words, number, p_value, plain, symbols, text_of
from openbalint.stats.analyze import Plan
from openbalint.stats.ancova import ancova
from openbalint.stats.samples import PairedSample
from tests.reports.trial import CHINESE, document, printed, trial


def laid(analysis, key, language="en"):
    """One table as texts: heads, then each row with the name of its group."""
    made, words = document(analysis, language)
    numbering = Numbering(made, words)
    table = next(block for block in made.blocks if isinstance(block, Table) and block.key == key)
    found = numbering.laid(table)
    rows = [[text_of(cell) for cell in (name, *row)] for name, group in found.groups for row in group]
    return [text_of(head) for head in found.heads], rows, [text_of(note) for note in found.notes]


def sentences(analysis, after="Methods", language="en"):
    made, words = document(analysis, language)
    numbering, inside, found = Numbering(made, words), False, []
    for block in made.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = text_of(block.text) == after
        elif inside and isinstance(block, Paragraph):
            found.append(text_of(numbering.runs(block.text)))
        elif inside and isinstance(block, Points):
            found += [text_of(numbering.runs(item)) for item in block.items]
    return found


# ── the classical table ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_classical_table_is_the_one_that_trials_print():
    heads, rows, notes = laid(trial(names=("emotional_exhaustion",)), "classical")
    assert heads == ["Arm", "n", "Before", "After", "Change†", "t‡", "P‡"]
    assert rows == [
        ["Emotional exhaustion", "balint", "12", "2.17 ± 0.95", "1.57 ± 0.44", "−0.60 ± 0.67a", "−3.095", "0.010"],
        [
            "Emotional exhaustion",
            "conventional",
            "12",
            "2.43 ± 1.15",
            "2.05 ± 0.52",
            "−0.38 ± 1.02a",
            "−1.296",
            "0.222",
        ],
        ["Emotional exhaustion", "blank", "13", "2.38 ± 0.67", "2.65 ± 0.61", "0.26 ± 0.61b", "1.552", "0.147"],
        ["Emotional exhaustion", "F(2, 34)", "", "", "", "4.111§", "", "0.025§"],
    ]
    assert notes[0] == (
        "†Student–Newman–Keuls test (q, Kramer’s standard error, with closure) of change (after − before) for all pairs of arms. "
        "‡Paired t test of change (after − before) within each arm. "
        "§One-way analysis of variance (F) of change (after − before) between the arms. "
        "All of these: people with both values, n\u00a0=\u00a037 (balint 12, conventional 12, blank 13), missing 0."
    )


def test_letters_stand_where_the_pairs_were_compared():
    letters = {
        on: next(row[1:] for row in laid(trial(plan=Plan(omnibus=on)), "classical")[1])
        for on in ("change", "post", "ancova")
    }
    assert letters["change"][3:5] == ["1.57 ± 0.44", "−0.60 ± 0.67a"]
    assert letters["post"][3:5] == ["1.57 ± 0.44a", "−0.60 ± 0.67"]
    assert letters["ancova"][3:5] == ["1.57 ± 0.44", "−0.60 ± 0.67"]
    assert laid(trial(plan=Plan(omnibus="ancova")), "means")[1][0][2:5] == [
        "1.62 (0.13)a",
        "2.02 (0.13)b",
        "2.63 (0.13)c",
    ]


def test_arms_and_outcomes_go_by_their_labels():
    heads, rows, _ = laid(trial(codebook=CHINESE, names=("emotional_exhaustion",)), "classical", "zh-hans")
    assert heads == ["组别", "n", "干预前", "干预后", "变化†", "t‡", "P‡"]
    assert [row[:2] for row in rows] == [
        ["情绪衰竭", "巴林特督导组"], ["情绪衰竭", "常规督导组"], ["情绪衰竭", "空白对照组"], ["情绪衰竭", "F(2, 34)"],
    ]  # fmt: skip


# ── who is in a number ───────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_values_are_counted_in_each_outcome():
    analysis = trial(missing={"self_efficacy_post": (3,), "depersonalization_pre": (0, 20)})
    _, people, _ = laid(analysis, "people")
    assert [row[4:] for row in people] == [
        ["12", "12", "13"], ["12 (0)", "12 (0)", "13 (0)"], ["11 (1)", "11 (1)", "13 (0)"], ["12 (0)", "12 (0)", "13 (0)"], ["11 (1)", "12 (0)", "13 (0)"],
    ]  # fmt: skip
    assert laid(analysis, "means")[2][0] == (
        "Analysis of covariance (F) of after between the arms, adjusted for before: people with both values, "
        "n (balint, conventional, blank) + missing: Emotional exhaustion 37 (12, 12, 13) + 0; Depersonalization 35 (11, 11, 13) + 2; "
        "Reduced accomplishment 37 (12, 12, 13) + 0; Self efficacy 36 (11, 12, 13) + 1."
    )


def test_a_test_on_post_says_that_everyone_with_a_post_value_is_in_it():
    analysis = trial(plan=Plan(omnibus="post"), missing={"self_efficacy_pre": (3,)}, names=("self_efficacy",))
    notes = laid(analysis, "omnibus")[2]
    assert "Everyone with a value after" in notes[0] or "everyone with a value after, n\u00a0=\u00a037" in notes[0]
    assert "people with both values, n\u00a0=\u00a036" in laid(analysis, "means")[2][0]


def test_a_printed_table_does_not_tell_who_is_missing():
    assert "missing not told by the source" in laid(printed(), "means")[2][0]
    assert not [block for block in document(printed())[0].blocks if isinstance(block, Figure) and len(block.panels) > 1]


@pytest.mark.parametrize(
    "plan", [Plan(), Plan(omnibus="ancova", posthoc="tukey"), Plan(posthoc="dunnett", control="blank")]
)
def test_every_p_value_of_every_table_has_its_definition_below(plan):
    made, words = document(trial(plan=plan, sex=True))
    numbering, seen = Numbering(made, words), 0
    for block in made.blocks:
        if isinstance(block, Table):
            notes = " ".join(text_of(note) for note in numbering.notes(block))
            for cell in (cell for group in block.groups for row in group.rows for cell in row):
                shown = text_of(cell.shown) if isinstance(cell, parts.Tested) else text_of(numbering.runs(cell))
                if re.fullmatch(r"[<>] 0\.\d{3}|0\.\d{3}", shown):
                    assert isinstance(cell, parts.Tested), f"{shown} in {block.key} does not say what it is of"
                    assert text_of(cell.definition.test) in notes
                    seen += 1
    assert seen > 60


def test_a_number_without_a_definition_is_no_tested_number():
    with pytest.raises(TypeError):
        parts.Tested(plain("0.049"))


def test_a_figure_says_who_is_in_it():
    made, words = document(trial(missing={"self_efficacy_post": (3,)}))
    figure = next(block for block in made.blocks if isinstance(block, Figure) and block.key == "figure-self_efficacy")
    assert "n\u00a0=\u00a036 (balint 11, conventional 12, blank 13), missing 1" in " ".join(
        text_of(n) for n in Numbering(made, words).notes(figure)
    )


# ── methods ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_methods_tell_the_plan():
    told = " ".join(sentences(trial()))
    assert "Student–Newman–Keuls test [5, 6] with Kramer’s standard error for unequal arms [7]" in told
    assert "one-way analysis of variance [2] of change (after − before)" in told
    assert "No value was missing." in told
    assert re.search(r"Computed by OpenBalint \S+ \(Python \S+, NumPy \S+, SciPy \S+\)\.", told)


@pytest.mark.parametrize(
    ("plan", "told", "untold"),
    [
        (Plan(), ("Student–Newman–Keuls", "Welch", "Kruskal", "Letters"), ("Dunnett", "Tukey", "Fisher’s exact", "left out")),
        (Plan(posthoc="tukey"), ("Tukey–Kramer",), ("Newman", "Dunnett", "range that is not significant")),
        (Plan(posthoc="dunnett", control="blank"), ("Dunnett", "with blank by"), ("Letters", "Tukey", "Newman")),
        (Plan(se="harmonic"), ("harmonic mean",), ("Kramer",)),
        (Plan(omnibus="ancova"), ("analysis of covariance of after given before",), ("Welch", "Kruskal", "one-way")),
        (Plan(omnibus="post"), ("everyone with a value after",), ("of change (after",)),
        (Plan(alpha=0.01), ("α\u00a0=\u00a00.01", "99%"), ("0.05", "95%")),
    ],
)  # fmt: skip
def test_the_methods_claim_nothing_that_was_not_done(plan, told, untold):
    methods = " ".join(sentences(trial(plan=plan)))
    assert [part for part in told if part not in methods] == []
    assert [part for part in untold if part in methods] == []


def test_a_summary_claims_no_test_that_needs_people():
    methods = " ".join(sentences(printed()))
    assert "Kruskal" not in methods
    assert "not of single people" in methods


def test_composition_and_missing_values_are_told_where_they_are():
    methods = " ".join(sentences(trial(sex=True, missing={"self_efficacy_post": (3,)})))
    assert "Pearson’s χ² without correction" in methods
    assert "Fisher’s exact test" in methods
    assert "left out of that outcome alone" in methods


def test_one_outcome_needs_no_holm():
    assert "Holm" not in " ".join(sentences(trial(names=("self_efficacy",))))
    assert "over the 4 outcomes" in " ".join(sentences(trial()))


def test_sources_are_numbered_as_they_are_cited():
    made, words = document(trial(sex=True))
    numbering = Numbering(made, words)
    for block in made.blocks:
        if isinstance(block, Paragraph):
            numbering.runs(block.text)
    assert numbering.sources[:4] == ["paired", "anova", "welch", "kruskal"]
    assert set(numbering.sources) <= set(SOURCES)


def test_in_brief_says_what_is_shown_and_what_is_not():
    blank = (
        "The people in these data are invented. They show how such a report looks, and say nothing of any treatment."
    )
    brief = sentences(trial(names=("emotional_exhaustion",)), "In brief")
    nbsp = "\u00a0"
    assert brief[:2] == [
        blank,
        f"Emotional exhaustion: the arms differ in change (after − before) (F(2, 34){nbsp}={nbsp}4.111, P{nbsp}={nbsp}0.025, "
        f"n{nbsp}={nbsp}37). Pairs that differ: balint and blank, conventional and blank.",
    ]
    unshown = sentences(trial(names=("emotional_exhaustion",), plan=Plan(alpha=0.01), synthetic=False), "In brief")
    assert unshown[0].startswith(
        "Emotional exhaustion: no difference between the arms in change (after − before) is shown ("
    )


# ── words and numbers ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("p", "shown"),
    [
        (0.0004, "< 0.001"),
        (0.00099, "< 0.001"),
        (0.001, "0.001"),
        (0.0496, "0.050"),
        (0.9996, "> 0.999"),
        (1.0, "1.000"),
    ],
)
def test_p_values_are_never_rounded_to_nought(p, shown):
    assert p_value(p) == shown


@pytest.mark.parametrize(("value", "shown"), [(-0.004, "0.00"), (-1.5, "−1.50"), (None, "–"), (float("nan"), "–")])
def test_numbers_have_a_true_minus_and_no_minus_nought(value, shown):
    assert number(value, 2) == shown


def test_what_people_typed_is_never_markup():
    words = Words("en", str)
    assert (
        text_of(words.gettext("%(outcome)s: %(note)s", outcome="*P* %(x)s", note="100 % <b>")) == "*P* %(x)s: 100 % <b>"
    )


def test_a_table_needs_a_row_of_its_width():
    with pytest.raises(ValueError, match="as many cells as columns"):
        Table("t", plain("T"), (Column(plain("a")), Column(plain("b"))), (Group(None, ((plain("1"),),)),))


def test_symbols_are_the_same_in_every_language():
    assert [run.style for run in symbols("*F*(2, 34)")] == ["italic", "plain"]


def test_the_adjusted_difference_is_that_of_the_estimator():
    analysis = trial(names=("self_efficacy",))
    samples = [PairedSample.of(*analysis.complete("self_efficacy", arm)) for arm in analysis.arms()]
    first = ancova(samples=samples).contrasts[0]
    row = laid(analysis, "differences")[1][0]
    assert row[2] == f"{first.estimate:.2f} ({first.ci[0]:.2f} to {first.ci[1]:.2f})"
