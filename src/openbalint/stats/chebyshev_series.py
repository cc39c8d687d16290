"""Smooth functions as Chebyshev series: written down once, then evaluated for next to nothing."""

from collections.abc import Callable
from dataclasses import dataclass
import math

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DEGREES = (24, 48, 96, 192, 384)
VANISHED = 2e-14
FEW = 64


@dataclass(frozen=True, slots=True)
class ChebyshevSeries:
    """A function on [0, end]."""

    coefficients: Floats
    end: float
    orders: Floats

    def __call__(self, x: Floats) -> Floats:
        """The values at `x`, which must lie in [0, end]."""
        unit = x * (2.0 / self.end) - 1.0
        if unit.size > FEW:
            return np.asarray(chebyshev.chebval(unit, self.coefficients))
        angles = np.arccos(np.clip(unit, -1.0, 1.0))
        values: Floats = np.cos(np.multiply.outer(angles, self.orders)) @ self.coefficients
        return values

    def at(self, x: float) -> float:
        """The value at one place, without the cost of arrays."""
        angle = math.acos(min(1.0, max(-1.0, x * (2.0 / self.end) - 1.0)))
        return float(np.cos(angle * self.orders) @ self.coefficients)


def series_of(function: Callable[[Floats], Floats], end: float) -> ChebyshevSeries:
    """`function` on [0, end], interpolated with the lowest tried degree whose last terms have vanished."""
    coefficients = np.zeros(1)
    for degree in DEGREES:
        angles = np.pi * (np.arange(degree + 1) + 0.5) / (degree + 1)
        values = function((np.cos(angles) + 1.0) * (end / 2.0))
        coefficients = 2.0 / (degree + 1) * np.cos(np.outer(np.arange(degree + 1), angles)) @ values
        coefficients[0] /= 2.0
        if np.abs(coefficients[-4:]).max() <= VANISHED * max(1.0, np.abs(values).max()):
            break
    return ChebyshevSeries(coefficients, end, np.arange(len(coefficients), dtype=np.float64))
