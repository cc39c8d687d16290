"""Arms compared after adjusting for the baseline: post = arm + slope·pre.

All of it follows from counts, means and sums of squares and products, so a printed table with the SDs of pre, post and
change is enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
import math

import numpy as np
from scipy import special

from openbalint.stats.notes import CannotComputeError, gettext_noop
from openbalint.stats.oneway import NO_SPREAD, TWO_ARMS_NEEDED, FTest
from openbalint.stats.posthoc import ArmMeans
from openbalint.stats.samples import PairedSample


@dataclass(frozen=True, slots=True)
class Contrast:
    """Adjusted mean of arm `a` minus that of `b` (row numbers), with its unadjusted t test and interval."""

    a: int
    b: int
    estimate: float
    se: float
    df: int
    t: float
    p: float
    ci: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ancova:
    """`test` is the F of the arms given the baseline; `arms` the adjusted means, ready for post hoc tests."""

    test: FTest
    slope: float
    arms: ArmMeans
    mean_se: tuple[float, ...]
    contrasts: tuple[Contrast, ...]


def ancova(*, samples: Sequence[PairedSample], alpha: float = 0.05) -> Ancova:
    """R: `a <- lm(post ~ pre + g)`; F by `anova(lm(post ~ pre), a)`, means by `emmeans(a, "g")`, `pairs(…, adjust="none")`.

    η² and ω² are partial: SSg/(SSg + SSE) and (SSg − df1·MSE)/(SSg + (N − df1)·MSE).
    """
    if len(samples) < 2:
        raise CannotComputeError(TWO_ARMS_NEEDED)
    n = np.array([sample.pre.n for sample in samples], dtype=np.float64)
    x = np.array([sample.pre.mean for sample in samples])
    y = np.array([sample.post.mean for sample in samples])
    within = _Products(
        *(float(sum(part)) for part in zip(*((s.pre.ss, s.sxy, s.post.ss) for s in samples), strict=True))
    )
    if not within.xx > 0:
        raise CannotComputeError(
            gettext_noop("The baseline does not vary within the arms, so it cannot be adjusted for.")
        )
    centre_x, centre_y = float((n * x).sum() / n.sum()), float((n * y).sum() / n.sum())
    total = _Products(
        within.xx + float((n * (x - centre_x) ** 2).sum()),
        within.xy + float((n * (x - centre_x) * (y - centre_y)).sum()),
        within.yy + float((n * (y - centre_y) ** 2).sum()),
    )
    test = _f_test(total.residual, within.residual, len(samples), int(n.sum()))
    slope = within.xy / within.xx
    arms = ArmMeans(y - slope * (x - centre_x), 1 / n, (x - centre_x) / math.sqrt(within.xx), test.mse, test.df2)
    mean_se = tuple(float(se) for se in np.sqrt(arms.mse * (arms.spread + arms.shift**2)))
    return Ancova(test, slope, arms, mean_se, _contrasts(arms, alpha))


@dataclass(frozen=True, slots=True)
class _Products:
    xx: float
    xy: float
    yy: float

    @property
    def residual(self) -> float:
        return self.yy - self.xy**2 / self.xx


def _f_test(reduced: float, full: float, k: int, count: int) -> FTest:
    df1, df2 = k - 1, count - k - 1
    if df2 < 1 or not full > 1e-12 * reduced:
        raise CannotComputeError(NO_SPREAD)
    group, mse = max(reduced - full, 0.0), full / df2
    ratio = group / df1 / mse
    p = float(special.fdtrc(df1, df2, ratio))
    return FTest(ratio, df1, df2, p, mse, group / (group + full), (group - df1 * mse) / (group + (count - df1) * mse))


def _contrasts(arms: ArmMeans, alpha: float) -> tuple[Contrast, ...]:
    errors, df = arms.kramer_se, arms.df
    quantile = float(special.stdtrit(df, 1 - alpha / 2))
    result = []
    for a, b in combinations(range(len(arms.means)), 2):
        estimate, se = float(arms.means[a] - arms.means[b]), float(errors[a, b])
        t = estimate / se
        ci = (estimate - quantile * se, estimate + quantile * se)
        result.append(Contrast(a, b, estimate, se, df, t, float(2 * special.stdtr(df, -abs(t))), ci))
    return tuple(result)
