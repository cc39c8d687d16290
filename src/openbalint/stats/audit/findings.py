"""From verdicts to findings: what is printed, what it could be, and why, in words a coordinator understands."""

from collections.abc import Iterator
from dataclasses import dataclass
import math
from typing import Literal

import numpy as np
from scipy import special

from openbalint.stats.audit.corrections import Correction, RowCorrections
from openbalint.stats.audit.judge import BOUNDS, OutcomeVerdict, judge
from openbalint.stats.audit.table import Cell, Outcome, Row, Table
from openbalint.stats.audit.worlds import RowModel, Worlds
from openbalint.stats.notes import Note, gettext_noop
from openbalint.stats.samples import Floats

Confidence = Literal["certain", "likely", "possible"]

FIELDS = {
    "pre_mean": gettext_noop("mean before"),
    "pre_sd": gettext_noop("SD before"),
    "post_mean": gettext_noop("mean after"),
    "post_sd": gettext_noop("SD after"),
    "d_mean": gettext_noop("mean of the difference"),
    "d_sd": gettext_noop("SD of the difference"),
    "t": gettext_noop("t"),
    "p": gettext_noop("P"),
    "F": gettext_noop("F"),
    "F_p": gettext_noop("P of F"),
    "letters": gettext_noop("letters"),
}
SCORES = {"change": gettext_noop("change scores"), "post": gettext_noop("post scores")}
EXPLANATIONS = {
    "double-rounding": gettext_noop(
        "The %(field)s was probably rounded twice: first to %(digits)s decimals, then once more."
    ),
    "sign-lost": gettext_noop(
        "The minus sign is missing: by the means before and after, this difference goes the other way."
    ),
    "rows-swapped": gettext_noop(
        "This F belongs to %(other)s, and the F printed there belongs here: the two rows were swapped."
    ),
    "other-score": gettext_noop(
        "This F comes from the %(other)s; the other F values of the table come from the %(basis)s."
    ),
    "letters-other-score": gettext_noop("These letters come from the %(other)s; the F values come from the %(basis)s."),
    "letters-mismatch": gettext_noop("The q test on these means and SDs does not give these letters."),
    "out-of-range": gettext_noop("The %(field)s lies outside what the answers of this scale, or a probability, allow."),
    "grim": gettext_noop("Whole-number answers of %(n)s people on %(items)s items cannot have this mean."),
    "grimmer": gettext_noop(
        "Whole-number answers of %(n)s people on %(items)s items with this mean cannot have this SD."
    ),
    "t-mismatch": gettext_noop(
        "t does not follow from the mean and the SD of the difference and the number of people."
    ),
    "p-mismatch": gettext_noop("P does not follow from t and the number of people."),
    "p-and-t-mismatch": gettext_noop(
        "P does not follow from the mean and the SD of the difference and the number of people."
    ),
    "f-p-mismatch": gettext_noop("P of this F is larger than the bound printed here."),
    "sd-mismatch": gettext_noop("The %(field)s does not fit the other SDs, t and P of this row."),
    "difference-mismatch": gettext_noop(
        "The %(field)s does not fit: the mean before minus the mean after is not the difference."
    ),
    "f-mismatch": gettext_noop("F does not follow from the means, SDs and numbers of people of the arms."),
    "p-zero": gettext_noop("P is never zero: write that it is below the last digit shown."),
}
REPLACED = gettext_noop(
    "%(explanation)s But if a missing answer was filled in with a mean, scores are not whole-number sums; then nothing in this row need be wrong."
)
REPLACED_BUT = gettext_noop(
    "%(explanation)s But if a missing answer was filled in with a mean, scores are not whole-number sums; then only this need be wrong: %(fields)s."
)
NAMED_TOO = gettext_noop("%(explanation)s Correcting one of these instead would explain it as well: %(fields)s.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One printed text that cannot be right. `arm` is None for F, F_p and letters."""

    outcome: str
    arm: str | None
    field: str
    printed: str
    possible: tuple[float, float] | None
    kind: str
    explanation: Note
    suggestion: str | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class AuditResult:
    """`checked` counts the printed cells that at least one check could judge."""

    checked: int
    findings: tuple[Finding, ...]


def audit(table: Table) -> AuditResult:
    """Judge every printed number of a table: can it come from the others within rounding?"""
    verdicts = judge(table)
    findings = tuple(finding for verdict in verdicts for finding in _findings(verdict, verdicts))
    return AuditResult(sum(_checked(outcome) for outcome in table.outcomes), findings)


def _findings(verdict: OutcomeVerdict, verdicts: list[OutcomeVerdict]) -> Iterator[Finding]:
    outcome = verdict.choice.outcome
    for place, (row, correction) in enumerate(zip(outcome.rows, verdict.choice.corrections, strict=True)):
        rivals = [choice[place] for choice in verdict.rivals]
        yield from (_row_finding(verdict, row, correction, name, rivals) for name in correction.kinds)
        zero = row.cells.get("p")
        if zero is not None and "p" not in correction.kinds and zero.is_zero_p:
            yield Finding(
                outcome.name,
                row.arm,
                "p",
                zero.printed,
                _p_possible(correction),
                "p-zero",
                Note.of(EXPLANATIONS["p-zero"]),
                zero.written(0.0),
                "certain",
            )
    yield from _between_findings(verdict, verdicts)


def _row_finding(
    verdict: OutcomeVerdict, row: Row, correction: Correction, name: str, rivals: list[Correction]
) -> Finding:
    cell, kind = row.cells[name], correction.kinds[name]
    values = possible_values(correction, name)
    said = "p-and-t-mismatch" if kind == "p-mismatch" and "t" in correction.kinds else kind
    explanation = Note.of(
        EXPLANATIONS[said], field=Note(FIELDS[name]), digits=cell.decimals + 1, n=row.n, items=row.items
    )
    equal = [rival for rival in rivals if rival.strain[0] == correction.strain[0]]
    others = sorted({next(iter(rival.kinds)) for rival in equal} - {name}) if correction.cost == 1 else []
    if others:
        explanation = Note.of(NAMED_TOO, explanation=explanation, fields=tuple(Note(FIELDS[other]) for other in others))
    explanation = _or_replaced(explanation, correction, name)
    alone = len({tuple(rival.kinds) for rival in rivals}) == 1
    shared = all(rival.kinds.get(name) == kind for rival in rivals)
    confidence: Confidence = (
        "certain" if correction.cost == 1 and alone else "likely" if correction.cost == 1 or shared else "possible"
    )
    possible = None if values is None else (float(values.min()), float(values.max()))
    return Finding(
        verdict.choice.outcome.name,
        row.arm,
        name,
        cell.printed,
        possible,
        kind,
        explanation,
        _suggestion(cell, values),
        confidence,
    )


def _or_replaced(explanation: Note, correction: Correction, name: str) -> Note:
    """Tells as well, once a row, how much less would be wrong in it if its scores were no sums of whole answers."""
    saved = RowCorrections(correction.model).without_whole_numbers()
    if saved is None:
        return explanation
    spared = [field for field in correction.kinds if field not in saved.kinds]
    telling = [field for field in spared if correction.kinds[field] in ("grim", "grimmer")] or spared
    if telling[-1:] != [name]:
        return explanation
    fields = tuple(Note(FIELDS[field]) for field in saved.kinds)
    return Note.of(REPLACED_BUT if fields else REPLACED, explanation=explanation, fields=fields)


def _suggestion(cell: Cell, values: Floats | None) -> str | None:
    """The possible value that is nearest to the printed one, as it should be printed."""
    if values is None:
        return None
    target = -cell.value if cell.field == "d_mean" and values.max() * cell.value < 0 else cell.value
    return cell.written(float(values[np.argmin(np.abs(values - target))]))


def possible_values(correction: Correction, name: str) -> Floats | None:
    """What the cell can be, given the cells that are not flagged; a grid of values, None where nothing bounds it."""
    model, worlds = correction.model, correction.worlds
    if name == "d_mean":
        return model.direction * worlds.d / model.per_mean
    if name in ("pre_mean", "post_mean"):
        sums = worlds.sx if name == "pre_mean" else worlds.sy
        return None if sums is None else sums / model.per_mean
    if name.endswith("_sd"):
        low, high = {"pre_sd": worlds.x, "post_sd": worlds.y, "d_sd": worlds.dd}[name]
        if not np.isfinite(high).any():
            return None
        return np.sqrt(_steps(model, low, high) / (model.n - 1)) / model.unit
    t = _t_values(model, worlds)
    if t is None:
        return None
    if name == "p":
        return np.asarray(2 * special.stdtr(model.n - 1, -t))
    return -t if model.row.cells["t"].value < 0 else t


def _t_values(model: RowModel, worlds: Worlds) -> Floats | None:
    low, high = worlds.dd
    if not np.isfinite(high).all() or not (high > 0).all():
        return None
    d = np.abs(worlds.d.astype(np.float64))
    edges = [
        (each, ss)
        for each, first, last in zip(d, low, high, strict=True)
        for ss in _steps(model, np.array([first]), np.array([last]))
        if ss > 0
    ]
    return np.array([each * math.sqrt((model.n - 1) / (model.n * ss)) for each, ss in edges]) if edges else None


def _steps(model: RowModel, low: Floats, high: Floats) -> Floats:
    """The sums of squares in the intervals: all of them where they are few, else some."""
    found = []
    for first, last in zip(low, np.where(np.isfinite(high), high, low), strict=True):
        count = int((last - first) / model.step) + 1 if model.step else 9
        found.append(
            first + model.step * np.arange(count) if model.step and count <= 400 else np.linspace(first, last, 9)
        )
    steps: Floats = np.maximum(np.unique(np.concatenate(found)), 0.0)
    return steps


def _p_possible(correction: Correction) -> tuple[float, float] | None:
    values = possible_values(correction, "p")
    return None if values is None else (float(values.min()), float(values.max()))


def _between_findings(verdict: OutcomeVerdict, verdicts: list[OutcomeVerdict]) -> Iterator[Finding]:
    outcome = verdict.choice.outcome
    if outcome.F is not None and verdict.f_kind is not None:
        yield _f_finding(verdict, verdicts, outcome.F, verdict.f_kind)
    if outcome.F_p is not None and verdict.f_p_wrong:
        yield _f_p_finding(verdict, outcome.F_p)
    elif outcome.F_p is not None and outcome.F_p.is_zero_p:
        yield _of_outcome(verdict, outcome.F_p, "p-zero", None, outcome.F_p.written(0.0), "certain")
    if verdict.letters_kind is not None:
        yield _letters_finding(verdict, verdict.letters_kind)


def _of_outcome(
    verdict: OutcomeVerdict,
    cell: Cell,
    kind: str,
    possible: tuple[float, float] | None,
    suggestion: str | None,
    confidence: Confidence,
) -> Finding:
    explanation = Note.of(EXPLANATIONS[kind], **_words(verdict, cell.field, verdict.f_basis))
    kind = "p-mismatch" if kind == "f-p-mismatch" else kind
    return Finding(
        verdict.choice.outcome.name, None, cell.field, cell.printed, possible, kind, explanation, suggestion, confidence
    )


def _f_finding(verdict: OutcomeVerdict, verdicts: list[OutcomeVerdict], cell: Cell, kind: str) -> Finding:
    """A wrong F; a mismatch could also lie in a mean or an SD, so it is never certain."""
    possible, suggestion = _f_possible(verdict, verdicts)
    return _of_outcome(verdict, cell, kind, possible, suggestion, "likely" if kind == "f-mismatch" else "certain")


def _letters_finding(verdict: OutcomeVerdict, kind: str) -> Finding:
    outcome, between = verdict.choice.outcome, verdict.choice.between(verdict.letters_basis)
    explanation = Note.of(EXPLANATIONS[kind], **_words(verdict, "letters", verdict.letters_basis))
    printed = "/".join(row.letters_printed for row in outcome.rows)
    suggestion = None if between is None else "/".join(between.likely_letters())
    confidence: Confidence = "certain" if kind == "letters-other-score" else "likely"
    return Finding(outcome.name, None, "letters", printed, None, kind, explanation, suggestion, confidence)


def _words(verdict: OutcomeVerdict, name: str, basis: str) -> dict[str, Note | str]:
    other = Note(SCORES["post" if basis == "change" else "change"])
    printed = verdict.choice.outcome.F
    return {
        "field": Note(FIELDS[name]),
        "basis": Note(SCORES[basis]),
        "other": verdict.swapped_with or other,
        "digits": str(1 + (printed.decimals if printed else 0)),
    }


def _f_possible(
    verdict: OutcomeVerdict, verdicts: list[OutcomeVerdict]
) -> tuple[tuple[float, float] | None, str | None]:
    between, cell = verdict.choice.between(verdict.f_basis), verdict.choice.outcome.F
    if between is None or cell is None:
        return None, None
    low, high = between.f_range()
    for other in verdicts:
        if other.choice.outcome.name == verdict.swapped_with and other.choice.outcome.F is not None:
            return (low, high), other.choice.outcome.F.printed
    if not math.isfinite(high):
        return None, None
    middle = min(max(cell.value, low), high) if verdict.f_kind == "double-rounding" else (low + high) / 2
    return (low, high), cell.written(middle)


def _f_p_finding(verdict: OutcomeVerdict, cell: Cell) -> Finding:
    if not 0 <= cell.value <= 1:
        return _of_outcome(verdict, cell, "out-of-range", None, None, "certain")
    outcome, between = verdict.choice.outcome, verdict.choice.between(verdict.f_basis)
    k, people = len(outcome.rows), sum(row.n for row in outcome.rows)
    low, high = (0.0, math.inf) if between is None else between.f_range()
    if outcome.F is not None and verdict.f_kind is None:
        low, high = outcome.F.interval()
    least, most = (float(special.fdtrc(k - 1, people - k, max(f, 0.0))) for f in (high, low))
    bound = next((step for step in BOUNDS if most <= step), None)
    return _of_outcome(verdict, cell, "f-p-mismatch", (least, most), None if bound is None else f"{bound:g}", "likely")


def _checked(outcome: Outcome) -> int:
    """Cells that at least one check could judge."""
    return sum(_checked_in(row) for row in outcome.rows) + _checked_between(outcome)


def _checked_in(row: Row) -> int:
    cells = row.cells
    ranged = row.low is not None and row.high is not None
    means = {"pre_mean", "post_mean", "d_mean"} & cells.keys()
    tested = {"d_mean", "d_sd", "t"} & cells.keys()
    judged = {name for name in cells if name.endswith(("_mean", "_sd")) and (row.items is not None or ranged)}
    judged |= means if len(means) == 3 else set()
    judged |= {"pre_sd", "post_sd", "d_sd"} if {"pre_sd", "post_sd", "d_sd"} <= cells.keys() else set()
    known_t = "t" in cells or (
        {"d_sd"} <= cells.keys() and ("d_mean" in cells or {"pre_mean", "post_mean"} <= cells.keys())
    )
    judged |= {"p"} if "p" in cells else set()
    judged |= tested if len(tested) == 3 or ("p" in cells and known_t) else set()
    return len(judged & cells.keys())


def _checked_between(outcome: Outcome) -> int:
    rows = outcome.rows
    described = len(rows) > 1 and any(
        all({mean, sd} <= row.cells.keys() for row in rows)
        for mean, sd in (("d_mean", "d_sd"), ("post_mean", "post_sd"))
    )
    lettered = sum(1 for row in rows if row.letters) if described and all(row.letters for row in rows) else 0
    return (
        int(outcome.F is not None and described)
        + int(outcome.F_p is not None and (described or outcome.F is not None))
        + lettered
    )
