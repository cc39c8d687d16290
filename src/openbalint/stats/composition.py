"""Are the arms made up alike? χ² and Fisher's exact test on a table of counts.

Fisher's P for r × c is the total probability of all tables with the same margins that are no likelier than the one
seen. The tables are built column by column; after each column only the row totals still open matter, so tables with the
same rest are carried on together, and a rest whose likeliest (or least likely) completion already decides is settled at
once (the network algorithm of Mehta and Patel 1983, Journal of the American Statistical Association 78:427). In a 2 × 2
table one count says all, and its hypergeometric chances are added.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
import math

import numpy as np
from scipy import special

from openbalint.stats.notes import CannotComputeError, gettext_noop
from openbalint.stats.samples import Floats, Whole

LIKELY_AS_SEEN = 1e-7
TOO_LARGE = gettext_noop("This table is too large for Fisher's exact test.")
ALIKE = 1e9
"""Paths are one where their log weights agree to so many parts."""
MOST_STATES = 2_000_000
MOST_WORK = 100_000_000


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
    if counts.shape == (2, 2):
        return _fisher_of_four(counts)
    columns = sorted((int(total) for total in counts.sum(axis=0)), reverse=True)
    rows = sorted(int(total) for total in counts.sum(axis=1))
    if math.prod(total + 1 for total in rows[:-1]) > MOST_STATES:
        raise CannotComputeError(TOO_LARGE)
    constant = _log_factorials(rows) + _log_factorials(columns) - math.lgamma(counts.sum() + 1)
    seen = constant - _log_factorials(counts.ravel().tolist())
    return min(1.0, _Network(columns, rows, constant).chance_below(seen + LIKELY_AS_SEEN))


def _fisher_of_four(counts: Whole) -> float:
    """Two by two: one count says all, and it is hypergeometric."""
    (first, second), column, seen = counts.sum(axis=1), counts[:, 0].sum(), counts[0, 0]
    count = np.arange(max(0, column - second), min(first, column) + 1)
    cells = np.stack([count, first - count, column - count, second - column + count])
    weight = -special.gammaln(cells + 1.0).sum(axis=0)
    chance = np.exp(weight - special.logsumexp(weight))
    rare = weight <= weight[seen - count[0]] + LIKELY_AS_SEEN
    return min(1.0, float(chance[rare].sum()))


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
    """All tables with given margins, as paths through the row totals that are still open.

    The open totals of all rows but the last (which follows) are a place in a grid; a path is a place and a log weight.
    """

    def __init__(self, columns: Sequence[int], rows: Sequence[int], constant: float) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(rows)
        self.shape = tuple(total + 1 for total in rows[:-1])
        self.constant = constant
        self.cost = -special.gammaln(np.arange(sum(rows) + 1) + 1.0)
        self.places = np.indices(self.shape).reshape(len(self.shape), -1)
        self.work = 0

    def chance_below(self, limit: float) -> float:
        """The total probability of the tables whose log probability is at most `limit`."""
        bounds = self._bounds()
        total = 0.0
        paths = _Paths(np.array([self.places.shape[1] - 1]), np.zeros(1), np.ones(1))
        for stage in range(len(self.columns)):
            found, waiting = [_NONE], 0
            for shift, cost in self._shifts(stage) if len(paths.place) else ():
                self._count(len(paths.place))
                settled, open_ = self._sorted_out(
                    self._moved(paths, shift, cost, stage), stage + 1, bounds[stage + 1], limit
                )
                total += settled
                if len(open_.place):
                    found.append(open_)
                    waiting += len(open_.place)
                if waiting > MOST_STATES:
                    found = [_merged(found)]
                    waiting = self._few(len(found[0].place))
            paths = _merged(found)
            self._few(len(paths.place))
        return total

    def _few(self, count: int) -> int:
        if count > MOST_STATES // 2:
            raise CannotComputeError(TOO_LARGE)
        return count

    def _count(self, work: int) -> None:
        self.work += work + 2000  # a step costs something however few paths take it
        if self.work > MOST_WORK:
            raise CannotComputeError(TOO_LARGE)

    def _shifts(self, stage: int) -> Iterator[tuple[tuple[int, ...], float]]:
        """Every way to fill a column: what it takes from each row but the last, and its log weight."""
        column = self.columns[stage]
        for shift in product(*(range(min(column, total) + 1) for total in self.rows[:-1])):
            rest = column - sum(shift)
            if 0 <= rest <= self.rows[-1]:
                yield shift, float(self.cost[list(shift)].sum() + self.cost[rest])

    def _last(self, stage: int) -> Whole:
        """What is open in the last row at each place before this stage; negative where the place cannot be."""
        last: Whole = sum(self.columns[stage:]) - self.places.sum(axis=0)
        return last

    def _moved(self, paths: "_Paths", shift: tuple[int, ...], cost: float, stage: int) -> "_Paths":
        taken = np.array(shift)[:, None]
        here = self.places[:, paths.place]
        last = sum(self.columns[stage:]) - here.sum(axis=0) - (self.columns[stage] - sum(shift))
        fits = (here >= taken).all(axis=0) & (last >= 0)
        # Rows may trade places: only the sorted open totals matter, and these fit into the grid, as its rows are sorted.
        after = np.sort(np.vstack([here[:, fits] - taken, last[fits]]), axis=0)[:-1]
        return _Paths(np.ravel_multi_index(tuple(after), self.shape), paths.weight[fits] + cost, paths.ways[fits])

    def _sorted_out(
        self, paths: "_Paths", stage: int, bounds: tuple[Floats, Floats], limit: float
    ) -> "tuple[float, _Paths]":
        """The chance of the paths whose every end lies below the limit, and the paths that are still open."""
        least, most = (self.constant + paths.weight + bound[paths.place] for bound in bounds)
        settled, open_ = most <= limit, (least <= limit) & (most > limit)
        chance = paths.ways[settled] * np.exp(
            self.constant + paths.weight[settled] + self._every(stage, paths.place[settled])
        )
        return float(chance.sum()), _Paths(paths.place[open_], paths.weight[open_], paths.ways[open_])

    def _every(self, stage: int, place: Whole) -> Floats:
        """The log of the total weight of all ways to go on."""
        here, left = self.places[:, place], sum(self.columns[stage:])
        rows = self.cost[here].sum(axis=0) + self.cost[left - here.sum(axis=0)]
        every: Floats = rows + self.cost[list(self.columns[stage:])].sum() - self.cost[left]
        return every

    def _bounds(self) -> list[tuple[Floats, Floats]]:
        """At each stage and place, the least and the largest log weight of all ways to go on."""
        places = self.places.shape[1]
        last = self._last(len(self.columns) - 1)
        forced = self.cost[self.places].sum(axis=0) + self.cost[np.maximum(last, 0)]
        end = np.where(np.arange(places) == 0, 0.0, math.inf)
        bounds = [(np.where(last < 0, math.inf, forced), np.where(last < 0, -math.inf, forced)), (end, -end)]
        for stage in range(len(self.columns) - 2, 0, -1):
            bounds.insert(0, self._bounds_before(stage, *bounds[0]))
        return [bounds[0], *bounds]  # before the first column there is nothing to decide

    def _bounds_before(self, stage: int, least: Floats, most: Floats) -> tuple[Floats, Floats]:
        low, high = np.full(self.shape, math.inf), np.full(self.shape, -math.inf)
        next_low, next_high = least.reshape(self.shape), most.reshape(self.shape)
        for shift, cost in self._shifts(stage):
            self._count(low.size // 4)
            here = tuple(slice(taken, None) for taken in shift)
            there = tuple(slice(0, size - taken) for size, taken in zip(self.shape, shift, strict=True))
            low[here] = np.minimum(low[here], cost + next_low[there])
            high[here] = np.maximum(high[here], cost + next_high[there])
        return low.ravel(), high.ravel()


@dataclass(frozen=True, slots=True)
class _Paths:
    """How many `ways` lead to a `place` with this log `weight`."""

    place: Whole
    weight: Floats
    ways: Floats


_NONE = _Paths(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))


def _merged(found: Sequence[_Paths]) -> _Paths:
    """Paths to one place whose weights agree are one."""
    place, weight, ways = (
        np.concatenate([getattr(each, name) for each in found]) for name in ("place", "weight", "ways")
    )
    steps = np.round((weight - weight.min(initial=0.0)) * ALIKE).astype(np.int64)
    span = int(steps.max(initial=0)) + 1
    _, first, same = np.unique(place * span + steps, return_index=True, return_inverse=True)
    return _Paths(place[first], weight[first], np.bincount(same, ways, minlength=len(first)).astype(np.float64))
