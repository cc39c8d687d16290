"""What may have been before rounding: the worlds of one row.

A score is the mean of `items` whole-number items, so the sums over people, Sx (pre), Sy (post) and D = Sx − Sy, are whole
numbers, and so are the sums of squares Qx, Qy, Qd, each of the same parity as its sum. A printed mean leaves a few sums
open, a printed SD a few sums of squares, a printed t or P an interval of Qd for every D; the SDs of pre and post bound the
SD of the difference (Cauchy–Schwarz). A world is a (Sx, Sy, D) with the intervals of SSx, SSy and SSd that are left; if no
world is left, some printed cell is wrong.

Without `items` a fine grid without parity stands in: then only rounding is judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from openbalint.stats.audit.table import ONCE, TWICE, Cell, Row
from openbalint.stats.samples import Floats

Whole = NDArray[np.int64]
SLACK = 1e-6
FINE = 100
MOST_PAIRS = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a row are taken: those `off` are ignored, those `twice` were rounded twice, `sign` flips d_mean."""

    off: frozenset[str] = frozenset()
    twice: frozenset[str] = frozenset()
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Worlds:
    """The worlds left, one an element, in item sums: sums, and intervals of sums of squares about the mean.

    `sx`, `sy` are None where nothing says what pre and post were.
    """

    d: Whole
    sx: Whole | None
    sy: Whole | None
    x: tuple[Floats, Floats]
    y: tuple[Floats, Floats]
    dd: tuple[Floats, Floats]


class RowModel:
    """One row, ready to be asked which worlds a reading leaves. `direction` is 1 where d is pre − post, −1 where post − pre."""

    def __init__(self, row: Row, direction: int) -> None:
        self.row = row
        self.n = row.n
        self.direction = direction
        self.grid = row.items is not None
        decimals = max((cell.decimals for name, cell in row.cells.items() if name.endswith("_mean")), default=2)
        self.unit = row.items if row.items is not None else math.ceil(FINE * 10**decimals / row.n)
        self.per_mean = self.n * self.unit
        self.step = 2.0 if self.grid else 0.0

    def worlds(self, reading: Reading) -> Worlds | None:
        """The worlds that `reading` leaves, None if there are none."""
        cells = {name: cell for name, cell in self.row.cells.items() if name not in reading.off}
        found = self._sums(cells, reading)
        if found is None:
            return None
        d, sx, sy = found
        x = self._spread(cells.get("pre_sd"), sx, len(d), reading)
        y = self._spread(cells.get("post_sd"), sy, len(d), reading)
        dd = self._change_spread(cells, d, x, y, reading)
        kept = (x[0] <= x[1]) & (y[0] <= y[1]) & (dd[0] <= dd[1])
        if not kept.any():
            return None
        return Worlds(
            d[kept], None if sx is None else sx[kept], None if sy is None else sy[kept],
            (x[0][kept], x[1][kept]), (y[0][kept], y[1][kept]), (dd[0][kept], dd[1][kept]),
        )  # fmt: skip

    def interval(self, cell: Cell, reading: Reading) -> tuple[float, float]:
        """The interval of a cell under a reading; d_mean as pre − post."""
        low, high = cell.interval(TWICE if cell.field in reading.twice else ONCE)
        if cell.field != "d_mean":
            return low, high
        return (low, high) if self.direction * (-1 if reading.sign else 1) > 0 else (-high, -low)

    def whole_sums(self, cell: Cell, reading: Reading) -> Whole:
        """The sums that a printed mean leaves open."""
        low, high = self.interval(cell, reading)
        sums = np.arange(math.ceil(low * self.per_mean - SLACK), math.floor(high * self.per_mean + SLACK) + 1)
        if cell.field == "d_mean":
            return sums
        least, most = self.range_of_sums()
        return sums[(sums >= least) & (sums <= most)]

    def range_of_sums(self) -> tuple[float, float]:
        """The smallest and the largest sum that the answers allow."""
        low = -math.inf if self.row.low is None else self.row.low * self.per_mean
        high = math.inf if self.row.high is None else self.row.high * self.per_mean
        return low - SLACK, high + SLACK

    def _sums(self, cells: Mapping[str, Cell], reading: Reading) -> tuple[Whole, Whole | None, Whole | None] | None:
        known = {
            name: self.whole_sums(cells[name], reading) for name in ("pre_mean", "post_mean", "d_mean") if name in cells
        }
        pre, post, change = known.get("pre_mean"), known.get("post_mean"), known.get("d_mean")
        if any(not len(sums) for sums in known.values()):
            return None
        if pre is not None and post is not None and len(pre) * len(post) > MOST_PAIRS:
            return self._representatives(pre, post, change)
        if pre is not None and post is not None:
            sx, sy = (part.ravel() for part in np.meshgrid(pre, post, indexing="ij"))
            kept = np.isin(sx - sy, change) if change is not None else np.ones(len(sx), dtype=bool)
            return self._in_range(sx[kept], sy[kept])
        if change is not None and pre is not None:
            sx, d = (part.ravel() for part in np.meshgrid(pre, change, indexing="ij"))
            return self._in_range(sx, sx - d)
        if change is not None and post is not None:
            sy, d = (part.ravel() for part in np.meshgrid(post, change, indexing="ij"))
            return self._in_range(sy + d, sy)
        if change is not None:
            return change, None, None
        return self._any_change(pre, post)

    def _representatives(
        self, pre: Whole, post: Whole, change: Whole | None
    ) -> tuple[Whole, Whole | None, Whole | None] | None:
        """Every change, each with the lowest, a middle and the highest sum of pre: sums so dense leave any parity open."""
        d = np.arange(pre[0] - post[-1], pre[-1] - post[0] + 1)
        d = d if change is None else d[np.isin(d, change)]
        low, high = np.maximum(pre[0], post[0] + d), np.minimum(pre[-1], post[-1] + d)
        sx = np.concatenate([low, (low + high) // 2, high])
        return self._in_range(sx, sx - np.tile(d, 3)) if len(d) else None

    def _in_range(self, sx: Whole, sy: Whole) -> tuple[Whole, Whole, Whole] | None:
        least, most = self.range_of_sums()
        kept = (sx >= least) & (sx <= most) & (sy >= least) & (sy <= most)
        return (sx[kept] - sy[kept], sx[kept], sy[kept]) if kept.any() else None

    def _any_change(self, pre: Whole | None, post: Whole | None) -> tuple[Whole, Whole | None, Whole | None] | None:
        """All changes that the range of answers allows, where at most one mean is known."""
        least, most = self.range_of_sums()
        if not (math.isfinite(least) and math.isfinite(most)):
            least, most = -20.0 * self.per_mean, 20.0 * self.per_mean
        every = np.arange(math.ceil(least), math.floor(most) + 1)
        if pre is not None:
            sx, sy = (part.ravel() for part in np.meshgrid(_thin(pre), every, indexing="ij"))
            return sx - sy, sx, sy
        if post is not None:
            sy, sx = (part.ravel() for part in np.meshgrid(_thin(post), every, indexing="ij"))
            return sx - sy, sx, sy
        return np.arange(math.ceil(least - most), math.floor(most - least) + 1), None, None

    def spread_of_sd(self, cell: Cell, reading: Reading) -> tuple[float, float]:
        """A printed SD as an interval of the sum of squares about the mean."""
        low, high = self.interval(cell, reading)
        factor = (self.n - 1) * float(self.unit) ** 2
        return max(low, 0.0) ** 2 * factor, (high**2 * factor if high >= 0 else -1.0)

    def spread_of_range(self, sums: Floats) -> tuple[Floats, Floats]:
        """The least and the largest sum of squares about the mean that whole numbers within the range can have."""
        n = self.n
        rest = np.mod(sums, n) if self.grid else np.zeros(len(sums))
        least = rest * (n - rest) / n
        low, high = self.row.low, self.row.high
        if low is None or high is None:
            return least, np.full(len(sums), math.inf)
        return least, np.maximum((high * self.unit - sums / n) * (sums / n - low * self.unit) * n, 0.0)

    def _spread(self, cell: Cell | None, sums: Whole | None, count: int, reading: Reading) -> tuple[Floats, Floats]:
        low, high = (0.0, math.inf) if cell is None else self.spread_of_sd(cell, reading)
        if sums is None:
            return np.full(count, low), np.full(count, high)
        least, most = self.spread_of_range(sums.astype(np.float64))
        return self._snapped(sums, np.maximum(least, low), np.minimum(most, high))

    def _change_spread(
        self, cells: Mapping[str, Cell], d: Whole, x: tuple[Floats, Floats], y: tuple[Floats, Floats], reading: Reading
    ) -> tuple[Floats, Floats]:
        with np.errstate(invalid="ignore"):
            apart = np.maximum(np.maximum(np.sqrt(x[0]) - np.sqrt(y[1]), np.sqrt(y[0]) - np.sqrt(x[1])), 0.0)
            low, high = np.nan_to_num(apart**2), (np.sqrt(np.maximum(x[1], 0)) + np.sqrt(np.maximum(y[1], 0))) ** 2
        low, high = low * (1 - 1e-9) - SLACK, high * (1 + 1e-9) + SLACK
        if "d_sd" in cells:
            printed = self.spread_of_sd(cells["d_sd"], reading)
            low, high = np.maximum(low, printed[0]), np.minimum(high, printed[1])
        for name in ("t", "p"):
            if name in cells:
                least, most = self._spread_by_t(d, *self.t_interval(cells[name], reading))
                low, high = np.maximum(low, least), np.minimum(high, most)
        if self.row.low is not None and self.row.high is not None:
            width = (self.row.high - self.row.low) * self.unit
            high = np.minimum(high, self.n * width**2 - d.astype(np.float64) ** 2 / self.n + SLACK)
        return self._snapped(d, np.maximum(low, 0.0), high)

    def t_interval(self, cell: Cell, reading: Reading) -> tuple[float, float]:
        """A printed t or P as an interval of |t|."""
        low, high = self.interval(cell, reading)
        if cell.field == "t":
            nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
            return nearest, max(abs(low), abs(high))
        if high < 0 or low > 1:
            return math.inf, -math.inf
        return (
            float(-special.stdtrit(self.n - 1, min(high, 1.0) / 2)) * (1 - 1e-9),
            math.inf if low <= 0 else float(-special.stdtrit(self.n - 1, low / 2)) * (1 + 1e-9),
        )

    def _spread_by_t(self, d: Whole, low: float, high: float) -> tuple[Floats, Floats]:
        """The sums of squares for which |t| lies in [low, high]: t² = D²(n−1)/(n·SS)."""
        square = d.astype(np.float64) ** 2 * (self.n - 1) / self.n
        least = np.zeros(len(d)) if math.isinf(high) else square / max(high, 1e-300) ** 2
        most = np.full(len(d), math.inf) if low <= 0 else square / low**2
        impossible = (d == 0) & (low > 0)
        return np.where(impossible, math.inf, least * (1 - 1e-9)), np.where(impossible, -math.inf, most * (1 + 1e-9))

    def _snapped(self, sums: Whole, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """The interval drawn in to sums of squares that are whole numbers of the parity of the sum."""
        if not self.grid:
            return low, high
        about = sums.astype(np.float64) ** 2 / self.n
        odd = np.mod(sums, 2)
        first = np.ceil((low + about - odd) / 2 - SLACK) * 2 + odd
        last = np.floor((high + about - odd) / 2 + SLACK) * 2 + odd
        return first - about, last - about


def _thin(sums: Whole) -> Whole:
    return sums if len(sums) <= 20 else sums[np.linspace(0, len(sums) - 1, 20).astype(int)]
