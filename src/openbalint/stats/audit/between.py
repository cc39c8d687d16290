"""What the arms of an outcome leave open together: F, and the letters of the q test.

Each arm brings the means that are left and, for each mean, an interval of its sum of squares. For whole-number items of
one scale the sums of squares of all arms step by the same amount, so the possible sums within arms are one arithmetic
series and a printed F is judged exactly. Where the means are too many to be combined, they are thinned and the gap is
allowed for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from openbalint.stats import studentized_range
from openbalint.stats.audit.worlds import Reading, RowModel, Worlds
from openbalint.stats.posthoc import ArmMeans, snk
from openbalint.stats.samples import Floats

MOST_COMBINATIONS = 40_000
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class ArmRange:
    """The means one arm may have, and the sums of squares (low to high in steps of `step`) that go with each."""

    n: int
    means: Floats
    low: Floats
    high: Floats
    step: float
    gap: float = 0.0


def arm_range(model: RowModel, worlds: Worlds, basis: str) -> ArmRange | None:
    """An arm on change (post − pre) or on post, in score units; None if nothing is known of it."""
    sums, (low, high) = (-worlds.d, worlds.dd) if basis == "change" else (worlds.sy, worlds.y)
    if sums is None or not np.isfinite(high).all():
        return None
    distinct, place = np.unique(sums, return_inverse=True)
    least, most = np.full(len(distinct), math.inf), np.full(len(distinct), -math.inf)
    np.minimum.at(least, place, low)
    np.maximum.at(most, place, high)
    scale = float(model.unit) ** 2
    return ArmRange(model.n, distinct / model.per_mean, least / scale, most / scale, model.step / scale)


def loose_range(model: RowModel, worlds: Worlds, basis: str) -> ArmRange | None:
    """An arm whose cells contradict each other in several places: rounding alone, without whole numbers.

    Perhaps an item was left out or estimated, so that its sums are no whole numbers; the printed mean and SD stand.
    """
    cells, reading = model.row.cells, Reading()
    mean, sd = ("d_mean", "d_sd") if basis == "change" else ("post_mean", "post_sd")
    if mean not in cells or sd not in cells:
        return arm_range(model, worlds, basis)
    low, high = model.interval(cells[mean], reading)
    middle = (low + high) / 2
    if basis == "change":
        nearest = float(worlds.d[np.argmin(np.abs(np.abs(worlds.d) - abs(middle) * model.per_mean))])
        low, high = sorted(-math.copysign(abs(edge), nearest) for edge in (low, high))
    least, most = (ss / float(model.unit) ** 2 for ss in model.spread_of_sd(cells[sd], reading))
    means = np.linspace(low, high, 11)
    return ArmRange(model.n, means, np.full(11, least), np.full(11, most), 0.0, (high - low) / 20)


class Between:
    """All arms of one outcome on one basis."""

    def __init__(self, arms: Sequence[ArmRange]) -> None:
        self.n = np.array([arm.n for arm in arms], dtype=np.float64)
        self.df1, self.df2 = len(arms) - 1, int(self.n.sum()) - len(arms)
        each = max(len(arm.means) for arm in arms)
        while each > 2 and math.prod(min(len(arm.means), each) for arm in arms) > MOST_COMBINATIONS:
            each = max(2, each * 4 // 5)
        thinned = [_thinned(arm, each) for arm in arms]
        grids = np.meshgrid(*(np.arange(len(arm.means)) for arm in thinned), indexing="ij")
        self.index = np.stack([grid.ravel() for grid in grids], axis=1)
        self.means = np.stack([arm.means[self.index[:, i]] for i, arm in enumerate(thinned)], axis=1)
        self.low = np.sum([arm.low[self.index[:, i]] for i, arm in enumerate(thinned)], axis=0)
        self.high = np.sum([arm.high[self.index[:, i]] for i, arm in enumerate(thinned)], axis=0)
        self.gap = np.array([arm.gap for arm in thinned])
        steps = {arm.step for arm in arms}
        self.step = steps.pop() if len(steps) == 1 and not self.gap.any() else 0.0
        grand = (self.means @ self.n / self.n.sum())[:, None]
        self.between = ((self.means - grand) ** 2) @ self.n
        spread = float((self.n * self.gap**2).sum())
        self.unsure = 2 * np.sqrt(self.between * spread) + spread

    def f_range(self) -> tuple[float, float]:
        """The smallest and the largest F possible."""
        ratio = self.df2 / self.df1
        with np.errstate(divide="ignore", invalid="ignore"):
            low = np.maximum(self.between - self.unsure, 0) / self.high
            high = (self.between + self.unsure) / np.maximum(self.low, 0)
        return ratio * float(np.nanmin(low)), ratio * float(np.nanmax(high))

    def f_fits(self, low: float, high: float) -> NDArray[np.bool_]:
        """For each combination of means: can F lie in [low, high]?"""
        ratio = self.df2 / self.df1
        most = (
            np.full(len(self.between), math.inf)
            if low <= 0
            else ratio * (self.between + self.unsure) / low * (1 + 1e-9)
        )
        least = (
            ratio * np.maximum(self.between - self.unsure, 0) / high * (1 - 1e-9)
            if high > 0
            else np.full(len(self.between), math.inf)
        )
        first = np.maximum(least, self.low)
        if self.step:
            first = self.low + np.ceil((first - self.low) / self.step - 1e-6) * self.step
        fits: NDArray[np.bool_] = first <= np.minimum(most, self.high) * (1 + 1e-12) + 1e-12
        return fits

    def p_range(self, low: float, high: float) -> tuple[float, float]:
        """P of F in [low, high], smallest first."""
        return float(special.fdtrc(self.df1, self.df2, max(high, 0.0))), float(
            special.fdtrc(self.df1, self.df2, max(low, 0.0))
        )

    def letters_fit(self, letters: Sequence[frozenset[str]]) -> bool:
        """Can the q test (Kramer's or the harmonic standard error) give letters that are shared as these are?"""
        pairs = list(combinations(range(len(letters)), 2))
        differ = [not letters[a] & letters[b] for a, b in pairs]
        return any(self._pattern_fits(pairs, differ, factor) for factor in (self._kramer(pairs), self._harmonic(pairs)))

    def likely_letters(self) -> list[str]:
        """The letters in the middle of what is left, with Kramer's standard error."""
        place = len(self.low) // 2
        samples = ArmMeans(
            self.means[place],
            1 / self.n,
            np.zeros(len(self.n)),
            float(self.low[place] + self.high[place]) / 2 / self.df2,
            self.df2,
        )
        return list(snk(arms=samples, se=samples.kramer_se, alpha=ALPHA).letters or ())

    def _kramer(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        return [float(1 / self.n[a] + 1 / self.n[b]) / 2 for a, b in pairs]

    def _harmonic(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        return [float((1 / self.n).mean())] * len(pairs)

    def _pattern_fits(self, pairs: Sequence[tuple[int, int]], differ: Sequence[bool], factor: Sequence[float]) -> bool:
        """A pair differs as long as the sum of squares within arms stays below its limit; closure takes the least limit."""
        slack = 1e-7 if not self.gap.any() else 0.02
        limits = np.stack([self._limit(a, b, factor[i]) for i, (a, b) in enumerate(pairs)], axis=1)
        least, most = self.low.copy(), self.high.copy()
        for i, pair in enumerate(pairs):
            closed = limits[:, i].copy()
            for j, other in enumerate(pairs):
                closed = np.where(self._inside(pair, other), np.minimum(closed, limits[:, j]), closed)
            if differ[i]:
                most = np.minimum(most, closed * (1 + slack))
            else:
                least = np.maximum(least, closed * (1 - slack))
        return bool((least <= most).any())

    def _limit(self, a: int, b: int, factor: float) -> Floats:
        lower = np.minimum(self.means[:, a], self.means[:, b])[:, None]
        upper = np.maximum(self.means[:, a], self.means[:, b])[:, None]
        span = ((self.means >= lower - 1e-10) & (self.means <= upper + 1e-10)).sum(axis=1)
        critical = np.array(
            [
                math.inf,
                math.inf,
                *(studentized_range.isf(ALPHA, k, self.df2) for k in range(2, self.means.shape[1] + 1)),
            ]
        )
        limit: Floats = self.df2 * (upper - lower).ravel() ** 2 / (factor * critical[span] ** 2)
        return limit

    def _inside(self, pair: tuple[int, int], other: tuple[int, int]) -> NDArray[np.bool_]:
        low, high = self.means[:, list(pair)].min(axis=1), self.means[:, list(pair)].max(axis=1)
        inside: NDArray[np.bool_] = (self.means[:, list(other)].min(axis=1) <= low + 1e-10) & (
            self.means[:, list(other)].max(axis=1) >= high - 1e-10
        )
        return inside


def _thinned(arm: ArmRange, most: int) -> ArmRange:
    if len(arm.means) <= most:
        return arm
    kept = np.unique(np.linspace(0, len(arm.means) - 1, most).round().astype(int))
    widest = float(np.diff(arm.means[kept]).max()) / 2
    low, high = arm.low.min(), arm.high.max()
    return ArmRange(
        arm.n, arm.means[kept], np.full(len(kept), low), np.full(len(kept), high), arm.step, max(widest, arm.gap)
    )
