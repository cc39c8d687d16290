"""Which arms differ? Student–Newman–Keuls, Tukey and Dunnett on the means of several arms.

All work on `ArmMeans`: estimated means whose covariance is MSE·(diag(spread) + shift·shiftᵀ). For raw means spread is
1/n and shift is 0; for means adjusted for a covariate, shift is each arm's distance from the grand mean of the covariate
over √Sxx. Kramer's q = √2·|difference|/SE(difference) is then one rule for both.

SNK tests each pair against the studentised range of its span: the number of arms whose mean lies in the closed interval
between the two, so that tied means need no order. Closure: a pair inside a non-significant range is not significant,
which the adjusted P (the largest P of all pairs whose interval contains this one) carries out. With more than three arms
SNK does not hold the familywise error; Tukey and Dunnett do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
import math

import numpy as np
from scipy import special

from openbalint.stats import studentized_range
from openbalint.stats.dunnett import single_step
from openbalint.stats.letters import compact_letters
from openbalint.stats.samples import Floats, Sample

TIED = 1e-10


@dataclass(frozen=True, slots=True)
class ArmMeans:
    """Estimated `means` with covariance `mse`·(diag(`spread`) + `shift`·`shift`ᵀ), `mse` on `df` degrees of freedom."""

    means: Floats
    spread: Floats
    shift: Floats
    mse: float
    df: int

    @classmethod
    def of(cls, samples: Sequence[Sample], *, mse: float, df: int) -> "ArmMeans":
        """Plain means of independent arms."""
        n = np.array([sample.n for sample in samples], dtype=np.float64)
        return cls(np.array([sample.mean for sample in samples]), 1 / n, np.zeros(len(n)), mse, df)

    @property
    def kramer_se(self) -> Floats:
        """The standard error of each difference, as a square matrix."""
        between = (self.shift[:, None] - self.shift) ** 2
        return np.sqrt(self.mse * (self.spread[:, None] + self.spread + between))

    @property
    def harmonic_se(self) -> Floats:
        """One standard error for all: √(2·MSE/nh), nh the harmonic mean of the sizes of all arms."""
        return np.full((len(self.means),) * 2, math.sqrt(2 * self.mse * float(self.spread.mean())))


@dataclass(frozen=True, slots=True)
class Pair:
    """Arms `a` and `b` by row number; `difference` is mean(a) − mean(b)."""

    a: int
    b: int
    difference: float
    statistic: float
    span: int | None
    p: float
    p_adjusted: float
    significant: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs in row order, and the letters of the arms (none for Dunnett)."""

    pairs: tuple[Pair, ...]
    letters: tuple[str, ...] | None


def snk(*, arms: ArmMeans, se: Floats, alpha: float = 0.05) -> Comparison:
    """Student–Newman–Keuls with closure; `se` is `arms.kramer_se` or `arms.harmonic_se`.

    R: `ptukey(q, span, df, lower=FALSE)` for each pair, then the maximum over the intervals that contain it.
    """
    difference = _differences(arms.means)
    q = math.sqrt(2) * np.abs(difference) / se
    first, second = np.triu_indices(len(arms.means), 1)
    lower, upper = np.minimum(arms.means[first], arms.means[second]), np.maximum(arms.means[first], arms.means[second])
    span = ((arms.means >= lower[:, None] - TIED) & (arms.means <= upper[:, None] + TIED)).sum(axis=1)
    p = _range_p(q[first, second], span, arms.df)
    contains = (lower[:, None] >= lower - TIED) & (upper[:, None] <= upper + TIED)
    adjusted = np.where(contains, p, 0.0).max(axis=1)
    return _comparison(arms, q[first, second], list(map(int, span)), p, adjusted, alpha)


def tukey(*, arms: ArmMeans, alpha: float = 0.05) -> Comparison:
    """Tukey–Kramer. R: `TukeyHSD(aov(y ~ g))`; `p` is the unadjusted P of `pairwise.t.test(pool.sd=TRUE)`."""
    k = len(arms.means)
    first, second = np.triu_indices(k, 1)
    q = (math.sqrt(2) * np.abs(_differences(arms.means)) / arms.kramer_se)[first, second]
    adjusted = np.where(q > 0, studentized_range.sf(q, k, arms.df), 1.0)
    return _comparison(arms, q, [k] * len(q), 2 * special.stdtr(arms.df, -q / math.sqrt(2)), adjusted, alpha)


def dunnett(*, arms: ArmMeans, control: int, alpha: float = 0.05) -> Comparison:
    """Each arm minus arm number `control`, two-sided, single-step. R: `multcomp::glht(aov, mcp(g="Dunnett"))`."""
    others = [arm for arm in range(len(arms.means)) if arm != control]
    t = (_differences(arms.means) / arms.kramer_se)[others, control]
    adjusted = single_step(
        t=np.abs(t), own=arms.spread[others], control=float(arms.spread[control]),
        shift=arms.shift[others] - arms.shift[control], df=arms.df,
    )  # fmt: skip
    p = 2 * special.stdtr(arms.df, -np.abs(t))
    pairs = tuple(
        Pair(arm, control, float(arms.means[arm] - arms.means[control]), float(t[i]), None,
             float(p[i]), float(adjusted[i]), bool(adjusted[i] <= alpha))
        for i, arm in enumerate(others)
    )  # fmt: skip
    return Comparison(pairs, None)


def _differences(means: Floats) -> Floats:
    difference = means[:, None] - means
    return np.where(np.abs(difference) < TIED, 0.0, difference)


def _range_p(q: Floats, span: Floats, df: float) -> Floats:
    p = np.ones(len(q))
    for k in np.unique(span):
        here = (span == k) & (q > 0)
        if here.any():
            p[here] = studentized_range.sf(q[here], int(k), df)
    return p


def _comparison(
    arms: ArmMeans, q: Floats, span: Sequence[int], p: Floats, adjusted: Floats, alpha: float
) -> Comparison:
    k = len(arms.means)
    pairs = tuple(
        Pair(a, b, float(arms.means[a] - arms.means[b]), float(q[i]), span[i], float(p[i]), float(adjusted[i]), bool(adjusted[i] <= alpha))
        for i, (a, b) in enumerate(combinations(range(k), 2))
    )  # fmt: skip
    different = [(pair.a, pair.b) for pair in pairs if pair.significant]
    return Comparison(pairs, tuple(compact_letters(arms=k, different=different)))
