"""Are the arms made up alike? χ² and Fisher's exact test on a table of counts.

Fisher's P for r × c is the total probability of all tables with the same margins that are no likelier than the one
seen. The tables are built column by column; after each column only the row totals still open matter, so tables with the
same rest are carried on together, and a rest whose likeliest (or least likely) completion already decides is settled at
once (the network algorithm of Mehta and Patel 1983, Journal of the American Statistical Association 78:427).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
import math

import numpy as np
from scipy import special

from openbalint.stats.notes import CannotComputeError, gettext_noop
from openbalint.stats.samples import Floats

LIKELY_AS_SEEN = 1e-7
TOO_LARGE = gettext_noop("This table is too large for Fisher's exact test.")
MOST_STATES = 100_000
MOST_WORK = 2_000_000


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """Pearson's `chi2` without correction, and the smallest expected count."""

    chi2: float
    df: int
    p: float
    min_expected: float


def cross_table(*, rows: Sequence[str], columns: Sequence[str], row_order: Sequence[str]) -> dict[str, dict[str, int]]:
    """Counts of each pair of values, rows in `row_order`, columns in the order in which they first occur."""
    seen = list(dict.fromkeys(columns))
    table = {row: dict.fromkeys(seen, 0) for row in row_order}
    for row, column in zip(rows, columns, strict=True):
        table[row][column] += 1
    return table


def chi_square(*, table: Floats) -> ChiSquare:
    """R: `chisq.test(table, correct=FALSE)`, empty rows and columns left out."""
    counts = _without_empty(table)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    return ChiSquare(chi2, df, float(special.chdtrc(df, chi2)), float(expected.min()))


def fisher_exact(*, table: Floats) -> float:
    """Two-sided P of an r × c table. R: `fisher.test(table)$p.value`.

    Raises CannotComputeError where too many tables share the margins.
    """
    counts = _without_empty(table).astype(int)
    if counts.shape[0] > counts.shape[1]:
        counts = counts.T
    columns = sorted((int(total) for total in counts.sum(axis=0)), reverse=True)
    rows = tuple(sorted(int(total) for total in counts.sum(axis=1)))
    if math.prod(total + 1 for total in rows[:-1]) > MOST_STATES:
        raise CannotComputeError(TOO_LARGE)
    constant = _log_factorials(rows) + _log_factorials(columns) - math.lgamma(counts.sum() + 1)
    seen = constant - _log_factorials(counts.ravel().tolist())
    return min(1.0, _Network(tuple(columns), constant).chance_below(rows, seen + LIKELY_AS_SEEN))


def _without_empty(table: Floats) -> Floats:
    counts: Floats = np.asarray(table, dtype=np.float64)
    if (counts < 0).any() or (counts != np.round(counts)).any():
        raise ValueError("counts must be whole and not negative")
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        raise CannotComputeError(gettext_noop("A comparison needs two arms and two different values at least."))
    return counts


def _log_factorials(counts: Iterable[int]) -> float:
    return sum(math.lgamma(count + 1) for count in counts)


class _Network:
    """All tables with given margins, as paths through the row totals that are still open."""

    def __init__(self, columns: tuple[int, ...], constant: float) -> None:
        self.columns = columns
        self.minus_log_factorial = [-math.lgamma(count + 1) for count in range(sum(columns) + 1)]
        self.constant = constant
        self.work = 0
        self.steps = lru_cache(maxsize=None)(self._steps)
        self.extremes = lru_cache(maxsize=None)(self._extremes)

    def chance_below(self, rows: tuple[int, ...], limit: float) -> float:
        """The total probability of the tables whose log probability is at most `limit`."""
        total = 0.0
        pasts = {rows: {0.0: 1}}
        for stage in range(len(self.columns)):
            following: dict[tuple[int, ...], dict[float, int]] = {}
            for rest, paths in pasts.items():
                total += self._advance(stage, rest, paths, limit, following)
            pasts = following
            if sum(map(len, pasts.values())) > MOST_STATES:
                raise CannotComputeError(TOO_LARGE)
        return total

    def _advance(
        self, stage: int, rest: tuple[int, ...], paths: dict[float, int], limit: float,
        following: dict[tuple[int, ...], dict[float, int]],
    ) -> float:  # fmt: skip
        settled = 0.0
        for after, cost in self.steps(stage, rest):
            least, most, every = self.extremes(stage + 1, after)
            for past, ways in paths.items():
                reached = past + cost
                if self.constant + reached + most <= limit:
                    settled += ways * math.exp(self.constant + reached + every)
                elif self.constant + reached + least <= limit:
                    bucket = following.setdefault(after, {})
                    key = round(reached, 9)
                    bucket[key] = bucket.get(key, 0) + ways
        return settled

    def _steps(self, stage: int, rest: tuple[int, ...]) -> list[tuple[tuple[int, ...], float]]:
        """Every way to fill column `stage`: the row totals left (sorted), and minus the log factorials used."""
        cost = self.minus_log_factorial
        partial: list[tuple[tuple[int, ...], int, float]] = [((), self.columns[stage], 0.0)]
        for row, total in enumerate(rest):
            room = sum(rest[row + 1 :])
            partial = [
                ((*after, total - count), left - count, spent + cost[count])
                for after, left, spent in partial
                for count in range(max(0, left - room), min(left, total) + 1)
            ]
            if len(partial) > MOST_STATES:
                raise CannotComputeError(TOO_LARGE)
        return [(tuple(sorted(after)), spent) for after, _, spent in partial]

    def _extremes(self, stage: int, rest: tuple[int, ...]) -> tuple[float, float, float]:
        """Of all completions: the least and the largest log weight, and the log of the sum of weights."""
        if stage == len(self.columns):
            return 0.0, 0.0, 0.0
        if stage == len(self.columns) - 1:
            forced = sum(self.minus_log_factorial[total] for total in rest)
            return forced, forced, forced
        count = sum(rest)
        every = math.lgamma(count + 1) - _log_factorials(rest) - _log_factorials(self.columns[stage:])
        self.work += len(self.steps(stage, rest))
        if self.work > MOST_WORK:
            raise CannotComputeError(TOO_LARGE)
        steps = [(cost, *self.extremes(stage + 1, after)[:2]) for after, cost in self.steps(stage, rest)]
        return min(cost + least for cost, least, _ in steps), max(cost + most for cost, _, most in steps), every
