"""Do several arms differ? One-way F, Welch's F, and the Kruskal–Wallis test."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from openbalint.stats.notes import CannotComputeError, gettext_noop
from openbalint.stats.samples import Floats, Sample, as_floats

TWO_ARMS_NEEDED = gettext_noop("Two arms with values are needed to compare arms.")
NO_SPREAD = gettext_noop("The values do not vary within the arms, so arms cannot be compared by F.")
DECIMALS = 10
"""Values are rounded so before ties and ranks are taken: noise of the last bit must not break a tie."""


@dataclass(frozen=True, slots=True)
class FTest:
    """A ratio of mean squares with its degrees of freedom and P."""

    F: float
    df1: int
    df2: int
    p: float
    mse: float
    eta_squared: float
    omega_squared: float


@dataclass(frozen=True, slots=True)
class WelchTest:
    """Welch's F; `df2` is not a whole number."""

    F: float
    df1: int
    df2: float
    p: float


@dataclass(frozen=True, slots=True)
class KruskalWallis:
    """The tie-corrected `H`, referred to χ² on `df` degrees of freedom."""

    H: float
    df: int
    p: float


def oneway(*, samples: Sequence[Sample]) -> FTest:
    """F = MSB / MSW from counts, means and sums of squares. R: `anova(lm(y ~ g))`.

    η² = SSB/SST; ω² = (SSB − df1·MSW)/(SST + MSW), which may be below 0 (Olejnik and Algina 2003, Psychological Methods 8:434).
    """
    n, mean, ss = _columns(samples)
    df1, df2 = len(samples) - 1, int(n.sum()) - len(samples)
    if df1 < 1:
        raise CannotComputeError(TWO_ARMS_NEEDED)
    between = float((n * (mean - (n * mean).sum() / n.sum()) ** 2).sum())
    within = float(ss.sum())
    if df2 < 1 or not within > 0:
        raise CannotComputeError(NO_SPREAD)
    mse = within / df2
    ratio = between / df1 / mse
    return FTest(
        ratio,
        df1,
        df2,
        float(special.fdtrc(df1, df2, ratio)),
        mse,
        between / (between + within),
        (between - df1 * mse) / (between + within + mse),
    )


def welch(*, samples: Sequence[Sample]) -> WelchTest:
    """Welch's test for unequal variances (Welch 1951, Biometrika 38:330). R: `oneway.test(y ~ g)`."""
    n, mean, ss = _columns(samples)
    k = len(samples)
    if k < 2:
        raise CannotComputeError(TWO_ARMS_NEEDED)
    if (n < 2).any() or not (ss > 0).all():
        raise CannotComputeError(gettext_noop("Welch's test needs two different values at least in every arm."))
    weight = n * (n - 1) / ss
    share = weight / weight.sum()
    noise = float(((1 - share) ** 2 / (n - 1)).sum()) / (k * k - 1)
    ratio = float((weight * (mean - (share * mean).sum()) ** 2).sum()) / (k - 1) / (1 + 2 * (k - 2) * noise)
    df2 = 1 / (3 * noise)
    return WelchTest(ratio, k - 1, df2, float(special.fdtrc(k - 1, df2, ratio)))


def kruskal_wallis(*, groups: Sequence[object]) -> KruskalWallis:
    """H on average ranks with the correction for ties. R: `kruskal.test(round(y, 10) ~ g)`."""
    columns = [as_floats(group) for group in groups]
    if len(columns) < 2 or not all(len(column) for column in columns):
        raise CannotComputeError(TWO_ARMS_NEEDED)
    pooled = np.round(np.concatenate(columns), DECIMALS)
    _, inverse, counts = np.unique(pooled, return_inverse=True, return_counts=True)
    if len(counts) < 2:
        raise CannotComputeError(gettext_noop("All values are equal, so ranks cannot compare the arms."))
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    total = len(pooled)
    sums = sum(part.sum() ** 2 / len(part) for part in np.split(ranks, np.cumsum([len(c) for c in columns])[:-1]))
    ties = 1 - float((counts.astype(float) ** 3 - counts).sum()) / (float(total) ** 3 - total)
    height = (12 * float(sums) / (total * (total + 1)) - 3 * (total + 1)) / ties
    return KruskalWallis(height, len(columns) - 1, float(special.chdtrc(len(columns) - 1, max(height, 0.0))))


def _columns(samples: Sequence[Sample]) -> tuple[Floats, Floats, Floats]:
    if any(sample.n < 1 for sample in samples):
        raise CannotComputeError(TWO_ARMS_NEEDED)
    return (
        np.array([sample.n for sample in samples], dtype=np.float64),
        np.array([sample.mean for sample in samples]),
        np.array([sample.ss for sample in samples]),
    )
