"""The studentised range distribution: P(Q(k, df) > q), and its inverse.

Q is the range of k independent standard normal values divided by an independent S = sqrt(χ²_df / df). Then

    P(Q > q) = E[ R_k(q·S) ],   R_k(w) = k ∫ φ(z) [Φ(z)^(k-1) − (Φ(z) − Φ(z−w))^(k-1)] dz,

the second being the chance that the range of k values exceeds w. Written as a difference of powers it has no
cancellation: small probabilities keep their digits. Both integrands are analytic, so the trapezoidal rule converges
geometrically. For each (k, df) the logarithm of the result is then held as a Chebyshev series in ln(1 + q), so that
one more value costs a fraction of a microsecond.

Source: Tukey 1953; Copenhaver and Holland 1988, Journal of Statistical Computation and Simulation 30:1-15.
"""

from functools import lru_cache
import math

import numpy as np
from scipy import optimize, special

from openbalint.stats.chebyshev_series import ChebyshevSeries, series_of
from openbalint.stats.scaled_chi import Floats, scaled_chi

STEP = 0.075
LOWEST_Z = -9.0
WIDEST = 52.0
"""The chance of a wider range is below 1e-293."""
SMALLEST = 1e-30
FARTHEST = 1000.0
"""A series reaches down to the probability SMALLEST, or out to FARTHEST; beyond, each value is integrated."""


def sf(q: Floats | float, k: int, df: float) -> Floats:
    """P(Q(k, df) > q) for `k` ≥ 2 means and `df` > 0 (infinity allowed); q ≤ 0 gives 1.

    As R's `ptukey(q, k, df, lower=FALSE)`, which is itself wrong from the fourth digit on for df below 5.
    """
    series = _log_sf(k, float(df))
    if isinstance(q, float) and q > 0 and math.log1p(q) <= series.end:
        return np.asarray(math.exp(min(series.at(math.log1p(q)), 0.0)))
    values = np.asarray(q, dtype=np.float64)
    x = np.log1p(np.maximum(values, 0.0))
    result = np.exp(np.minimum(series(np.minimum(x, series.end)), 0.0))
    beyond = x > series.end
    if beyond.any():
        result = np.where(
            beyond, _integrated(np.where(beyond, values, 1.0).ravel(), k, float(df)).reshape(values.shape), result
        )
    return np.where(values <= 0, 1.0, result)


@lru_cache(maxsize=4096)
def isf(p: float, k: int, df: float) -> float:
    """The q with P(Q(k, df) > q) = p, for 0 < `p` < 1. As R's `qtukey(p, k, df, lower=FALSE)`, good to 4 digits there."""
    if not 0 < p < 1:
        raise ValueError("a probability must lie between 0 and 1")
    if k != int(k) or k < 2:
        raise ValueError("a range needs two means at least")

    def excess(q: float) -> float:
        return float(np.log(_integrated(np.array([q]), k, float(df))[0])) - math.log(p)

    high = 4.0
    while excess(high) > 0:
        high *= 2
    return float(optimize.brentq(excess, 0.0, high, xtol=1e-14, rtol=1e-14))


@lru_cache(maxsize=1024)
def _log_sf(k: int, df: float) -> ChebyshevSeries:
    """ln P as a series in ln(1 + q)."""
    if k != int(k) or k < 2:
        raise ValueError("a range needs two means at least")
    end = 8.0
    while end < FARTHEST and _integrated(np.array([end]), k, df)[0] > SMALLEST:
        end *= 1.25
    return series_of(lambda x: np.log(_integrated(np.expm1(x), k, df)), math.log1p(end))


def _integrated(q: Floats, k: int, df: float) -> Floats:
    nodes = scaled_chi(df)
    averaged: Floats = range_sf(np.multiply.outer(q, nodes.at), k) @ nodes.weights
    return averaged


def range_sf(w: Floats, k: int) -> Floats:
    """P(range of `k` standard normal values > w), elementwise."""
    series = _log_range_sf(k)
    return np.where(w < WIDEST, np.exp(np.minimum(series(np.clip(w, 0.0, WIDEST).ravel()), 0.0)).reshape(w.shape), 0.0)


@lru_cache(maxsize=128)
def _log_range_sf(k: int) -> ChebyshevSeries:
    return series_of(lambda w: np.log(_range_integral(w, k)), WIDEST)


def _range_integral(w: Floats, k: int) -> Floats:
    # In the far tail the two outermost values sit at ±w/2, so the grid reaches beyond w/2.
    z = np.arange(LOWEST_Z, 9.0 + WIDEST / 2, STEP)
    below = special.ndtr(z)
    ratio = np.minimum(special.ndtr(z - w[:, None]) / below, 1.0)
    with np.errstate(divide="ignore"):
        lost = -np.expm1((k - 1) * np.log1p(-ratio))
    weights = k * STEP * np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * below ** (k - 1)
    averaged: Floats = np.minimum(lost @ weights, 1.0)
    return averaged
