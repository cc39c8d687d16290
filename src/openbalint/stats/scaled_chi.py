"""Averages over the estimated standard deviation.

Every "studentised" distribution is an average of a normal-theory probability over S = sqrt(χ²_df / df). With
t = ln S the density of t is c·exp(df·(t − e^{2t}/2)): it is analytic and falls off on both sides, so the plain
trapezoidal rule converges faster than any power of the step. One set of nodes serves the studentised range,
Dunnett's test and the noncentral t alike.
"""

from dataclasses import dataclass
from functools import lru_cache
import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NATS_KEPT = 92.0
"""Nodes whose density is below e^-92 of the largest are left out: far tails keep their relative accuracy."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Quadrature nodes `at` and their `weights`, which sum to one."""

    at: Floats
    weights: Floats


@lru_cache(maxsize=512)
def scaled_chi(df: float, steepness: float = 0.0) -> Nodes:
    """Nodes for the average over S = sqrt(χ²_df / df); `df` > 0, infinity gives the one node S = 1.

    `steepness` is the slope against ln S of the normal deviate that is averaged over, where it is large.
    """
    if not df > 0:
        raise ValueError("degrees of freedom must be above 0")
    if math.isinf(df):
        return Nodes(np.ones(1), np.ones(1))
    step = min(0.11, 0.55 / math.sqrt(2 * df + steepness**2))
    lowest = -NATS_KEPT / df - math.sqrt(2 * NATS_KEPT / df) - 1
    t = np.arange(math.floor(lowest / step), math.ceil((math.sqrt(NATS_KEPT / df) + 4) / step)) * step
    depth = df * (t - np.expm1(2 * t) / 2)
    kept = depth > -NATS_KEPT
    weights = np.exp(depth[kept])
    return Nodes(np.exp(t[kept]), weights / weights.sum())
