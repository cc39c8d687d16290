"""How large is the difference of two arms? Cohen's d and Hedges' g, with the exact interval."""

from dataclasses import dataclass
import math

import numpy as np
from scipy import optimize, special

from openbalint.stats.notes import CannotComputeError, gettext_noop
from openbalint.stats.samples import Sample
from openbalint.stats.scaled_chi import scaled_chi


@dataclass(frozen=True, slots=True)
class EffectSize:
    """`d` = (mean a − mean b)/s, s pooled over the two arms; `g` = J·d with the interval `ci` of g."""

    d: float
    g: float
    ci: tuple[float, float]


def hedges_g(*, a: Sample, b: Sample, alpha: float = 0.05) -> EffectSize:
    """Hedges' g with the exact J = Γ(ν/2)/(√(ν/2)·Γ((ν−1)/2)), ν = na + nb − 2 (Hedges 1981).

    The interval: the noncentralities at which t would be the 1 − α/2 and α/2 quantile, times J·√(1/na + 1/nb).
    R: `uniroot(function(ncp) pt(t, nu, ncp) - .975, …)`, and .025.
    """
    df = a.n + b.n - 2
    if df < 2 or min(a.n, b.n) < 1:
        raise CannotComputeError(gettext_noop("Hedges' g needs four people at least in the two arms together."))
    sd = math.sqrt((a.ss + b.ss) / df)
    if not sd > 0:
        raise CannotComputeError(gettext_noop("The values do not vary within these two arms, so there is no g."))
    d = (a.mean - b.mean) / sd
    j = small_sample_factor(df)
    root = math.sqrt(1 / a.n + 1 / b.n)
    low, high = noncentrality_interval(t=d / root, df=df, alpha=alpha)
    return EffectSize(d, j * d, (j * root * low, j * root * high))


def small_sample_factor(df: float) -> float:
    """J, which takes the bias out of d."""
    return math.exp(float(special.gammaln(df / 2) - special.gammaln((df - 1) / 2))) / math.sqrt(df / 2)


def noncentrality_interval(*, t: float, df: float, alpha: float = 0.05) -> tuple[float, float]:
    """The ncp with P(T ≤ t; df, ncp) = 1 − α/2, and the one with α/2."""
    return _noncentrality(t, df, 1 - alpha / 2), _noncentrality(t, df, alpha / 2)


def noncentral_t_cdf(t: float, df: float, ncp: float) -> float:
    """P(T ≤ t), as the average of Φ(t·S − ncp) over S; as R's `pt(t, df, ncp)`, without its limit at ncp 37."""
    # Φ(t·S − ncp) rises at S = ncp/t, with the slope ncp against ln S; rounded up, so that nodes are made once.
    steepness = 2.0 ** math.ceil(math.log2(max(abs(t), abs(ncp), 1.0)))
    nodes = scaled_chi(df, steepness)
    return float((special.ndtr(t * nodes.at - ncp) * nodes.weights).sum())


def _noncentrality(t: float, df: float, p: float) -> float:
    reach = 8.0 + 2.0 * abs(t)
    while noncentral_t_cdf(t, df, t - reach) < p or noncentral_t_cdf(t, df, t + reach) > p:
        reach *= 2
    return float(
        optimize.brentq(
            lambda ncp: noncentral_t_cdf(t, df, ncp) - p, t - reach, t + reach, xtol=1e-13, rtol=4 * np.finfo(float).eps
        )
    )
