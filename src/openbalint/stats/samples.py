"""What the tests need to know of the data: counts, means and sums of squares.

Raw values and a printed table of n, means and SDs both come down to these, so each test is written once.
"""

from dataclasses import dataclass
import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
EQUAL = 1e-10
"""Values that differ by less are equal: differences of decimal numbers carry noise of the last bit."""


def as_floats(values: object) -> Floats:
    """A one-dimensional array of finite numbers; anything else is a ValueError."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError("one column of numbers is needed")
    if not np.isfinite(array).all():
        raise ValueError("missing or infinite values must be left out before")
    return array


@dataclass(frozen=True, slots=True)
class Sample:
    """One variable in one arm: `n` values, their `mean`, and `ss`, the sum of squared deviations from it."""

    n: int
    mean: float
    ss: float

    @classmethod
    def of(cls, values: object) -> "Sample":
        """From raw values."""
        array = as_floats(values)
        if not len(array):
            return cls(0, math.nan, math.nan)
        if np.ptp(array) < EQUAL:
            return cls(len(array), float(array[0]), 0.0)
        mean = float(array.mean())
        return cls(len(array), mean, float(((array - mean) ** 2).sum()))

    @classmethod
    def from_sd(cls, n: int, mean: float, sd: float) -> "Sample":
        """From a count, a mean and an SD that divides by n − 1."""
        return cls(n, mean, (n - 1) * sd * sd)

    @property
    def variance(self) -> float:
        """ss / (n − 1); not a number below two values."""
        return self.ss / (self.n - 1) if self.n > 1 else math.nan

    @property
    def sd(self) -> float:
        """The square root of `variance`, as R's `sd`."""
        return math.sqrt(self.variance)


@dataclass(frozen=True, slots=True)
class PairedSample:
    """Two measurements of the same people in one arm: `pre`, `post`, and `sxy`, the sum of products of deviations."""

    pre: Sample
    post: Sample
    sxy: float

    @classmethod
    def of(cls, pre: object, post: object) -> "PairedSample":
        """From raw values of the same length, person by person."""
        x, y = as_floats(pre), as_floats(post)
        if len(x) != len(y):
            raise ValueError("pre and post must belong to the same people")
        sxy = float(((x - x.mean()) * (y - y.mean())).sum()) if len(x) else math.nan
        return cls(Sample.of(x), Sample.of(y), sxy)

    @classmethod
    def from_sds(cls, pre: Sample, post: Sample, change_sd: float) -> "PairedSample":
        """From the SD of the changes: var(change) = var(pre) + var(post) − 2·cov."""
        return cls(pre, post, (pre.ss + post.ss - (pre.n - 1) * change_sd * change_sd) / 2)

    @property
    def change(self) -> Sample:
        """post − pre."""
        return Sample(self.pre.n, self.post.mean - self.pre.mean, max(self.pre.ss + self.post.ss - 2 * self.sxy, 0.0))
