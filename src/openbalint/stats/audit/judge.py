"""Which cells of a table are wrong: the explanation with the fewest corrections.

Rows are judged first, each by itself. Then the F and the letters of each outcome are held against what its rows leave,
on change or on post; between equal corrections of a row, those win that keep F and letters. The basis of F and letters is
the one named by the table, or the one that needs the fewest corrections and fits most outcomes. Two F that each fit the
other's outcome were swapped, which counts as one correction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
import math

from scipy import special

from openbalint.stats.audit.between import Between, arm_range, loose_range
from openbalint.stats.audit.corrections import Correction, RowCorrections, direction_of
from openbalint.stats.audit.table import BASES, ONCE, TWICE, Outcome, Table
from openbalint.stats.audit.worlds import RowModel

MOST_CHOICES = 64
BOUNDS = (0.001, 0.01, 0.05)
"""What stars mean; any other P beside an F was rounded."""


@dataclass(frozen=True)
class Choice:
    """One correction for every row of an outcome."""

    outcome: Outcome
    corrections: tuple[Correction, ...]

    @property
    def strain(self) -> tuple[int, float]:
        """Between choices of equal cost: milder kinds first, then arms in which pre and post go together alike."""
        known = [c.correlation for c in self.corrections if c.correlation is not None]
        middle = sum(known) / len(known) if known else 0.0
        return sum(c.strain[0] for c in self.corrections), sum(abs(each - middle) for each in known)

    @cached_property
    def _change(self) -> Between | None:
        return self._on("change")

    @cached_property
    def _post(self) -> Between | None:
        return self._on("post")

    def between(self, basis: str) -> Between | None:
        """What the rows leave open on a basis; None where they say too little."""
        return self._change if basis == "change" else self._post

    def _on(self, basis: str) -> Between | None:
        arms = [
            (loose_range if correction.cost > 1 else arm_range)(correction.model, correction.worlds, basis)
            for correction in self.corrections
        ]
        known = [arm for arm in arms if arm is not None]
        return Between(known) if len(known) == len(arms) and len(known) > 1 else None

    def f_fits(self, basis: str, halves: float = ONCE) -> bool:
        """Can the printed F come from these rows?"""
        between = self.between(basis)
        if self.outcome.F is None or between is None:
            return True
        return self.takes(basis, *self.outcome.F.interval(halves))

    def takes(self, basis: str, low: float, high: float) -> bool:
        """Can an F between `low` and `high` come from these rows?"""
        between = self.between(basis)
        return between is not None and bool(between.f_fits(low, high).any())

    def letters_fit(self, basis: str) -> bool:
        """Can the printed letters come from these rows?"""
        letters = [row.letters for row in self.outcome.rows if row.letters]
        between = self.between(basis)
        if len(letters) < len(self.outcome.rows) or between is None:
            return True
        return between.letters_fit(letters)


@dataclass(frozen=True)
class OutcomeVerdict:
    """One outcome on one basis for F and one for letters: the chosen corrections, and the kinds of F, F_p and letters."""

    choice: Choice
    f_basis: str
    letters_basis: str
    f_kind: str | None
    letters_kind: str | None
    f_p_wrong: bool = False
    swapped_with: str | None = None
    rivals: tuple[tuple[Correction, ...], ...] = ()

    @property
    def cost(self) -> int:
        """Corrected cells; half a correction for each F of a swap."""
        f = 0.0 if self.f_kind is None else 0.5 if self.f_kind == "rows-swapped" else 1.0
        rows = sum(correction.cost for correction in self.choice.corrections)
        return int(2 * (rows + f + (self.letters_kind is not None)))


def judge(table: Table) -> list[OutcomeVerdict]:
    """The verdict on every outcome."""
    models = [[RowModel(row, 1) for row in outcome.rows] for outcome in table.outcomes]
    direction = direction_of(model for rows in models for model in rows)
    judges = [
        _OutcomeJudge(outcome, [RowCorrections(RowModel(row, direction)) for row in outcome.rows])
        for outcome in table.outcomes
    ]
    readings = [_with_swaps([judge.verdict(basis) for judge in judges]) for basis in BASES]
    best = min(
        readings, key=lambda verdicts: (sum(v.cost for v in verdicts), sum(v.f_kind is not None for v in verdicts))
    )
    return [replace(verdict, f_p_wrong=_f_p_wrong(verdict, best)) for verdict in best]


class _OutcomeJudge:
    def __init__(self, outcome: Outcome, rows: Sequence[RowCorrections]) -> None:
        self.outcome = outcome
        self.rows = rows

    @cached_property
    def choices(self) -> list[Choice]:
        """Every way to take one cheapest correction a row, the least far-fetched first."""
        options = [row.cheapest for row in self.rows]
        while math.prod(map(len, options)) > MOST_CHOICES:
            longest = max(range(len(options)), key=lambda i: len(options[i]))
            options[longest] = options[longest][:-1]
        return [Choice(self.outcome, corrections) for corrections in product(*options)]

    def verdict(self, basis: str) -> OutcomeVerdict:
        """The best choice if F and letters are on `basis`, unless the table names their basis."""
        f_basis, letters_basis = self.outcome.F_of or basis, self.outcome.letters_of or basis
        verdicts = [self._of(choice, f_basis, letters_basis) for choice in self.choices]
        best = min(verdicts, key=lambda verdict: (verdict.cost, *verdict.choice.strain))
        equal = [verdict for verdict in verdicts if verdict.cost == best.cost]
        return replace(best, rivals=tuple(verdict.choice.corrections for verdict in equal))

    def _of(self, choice: Choice, f_basis: str, letters_basis: str) -> OutcomeVerdict:
        return OutcomeVerdict(
            choice, f_basis, letters_basis, _f_kind(choice, f_basis), _letters_kind(choice, letters_basis)
        )


def _f_kind(choice: Choice, basis: str) -> str | None:
    printed = choice.outcome.F
    if printed is not None and printed.interval()[1] < 0:
        return "out-of-range"
    if choice.f_fits(basis):
        return None
    if choice.f_fits(basis, TWICE):
        return "double-rounding"
    other = _other(basis)
    return "other-score" if choice.between(other) is not None and choice.f_fits(other) else "f-mismatch"


def _letters_kind(choice: Choice, basis: str) -> str | None:
    if choice.letters_fit(basis):
        return None
    other = _other(basis)
    return (
        "letters-other-score" if choice.between(other) is not None and choice.letters_fit(other) else "letters-mismatch"
    )


def _other(basis: str) -> str:
    return BASES[1 - BASES.index(basis)]


def _with_swaps(verdicts: list[OutcomeVerdict]) -> list[OutcomeVerdict]:
    """Pairs of misfitting F that fit each other's outcome."""
    result = list(verdicts)
    for i, first in enumerate(verdicts):
        for j, second in enumerate(verdicts[i + 1 :], start=i + 1):
            free = result[i].swapped_with is None and result[j].swapped_with is None
            if free and _swapped(first, second):
                result[i] = replace(first, f_kind="rows-swapped", swapped_with=second.choice.outcome.name)
                result[j] = replace(second, f_kind="rows-swapped", swapped_with=first.choice.outcome.name)
    return result


def _swapped(first: OutcomeVerdict, second: OutcomeVerdict) -> bool:
    mine, other = first.choice.outcome.F, second.choice.outcome.F
    if mine is None or other is None or first.f_kind is None or second.f_kind is None:
        return False
    return first.choice.takes(first.f_basis, *other.interval()) and second.choice.takes(
        second.f_basis, *mine.interval()
    )


def _f_p_wrong(verdict: OutcomeVerdict, verdicts: Sequence[OutcomeVerdict]) -> bool:
    """Is the printed bound of P too small for the printed F, and for the F it should be?"""
    outcome = verdict.choice.outcome
    bound, between = outcome.F_p, verdict.choice.between(verdict.f_basis)
    if bound is None:
        return False
    if not 0 <= bound.value <= 1:
        return True
    k, people = len(outcome.rows), sum(row.n for row in outcome.rows)
    candidates = [] if outcome.F is None else [outcome.F.interval()]
    candidates += (
        [between.f_range()] if between is not None and (outcome.F is None or verdict.f_kind is not None) else []
    )
    candidates += [
        v.choice.outcome.F.interval()
        for v in verdicts
        if v.choice.outcome.name == verdict.swapped_with and v.choice.outcome.F
    ]
    if not candidates or k < 2:
        return False
    smallest = min(_p_of(high, k - 1, people - k) for _, high in candidates)
    strict = bound.value in BOUNDS and not bound.sign
    return smallest > (bound.value + 1e-9 if strict else bound.interval(ONCE)[1])


def _p_of(f: float, df1: int, df2: int) -> float:
    return float(special.fdtrc(df1, df2, max(f, 0.0)))
