"""The paired t test."""

from dataclasses import dataclass
import math

from scipy import special

from openbalint.stats.notes import CannotComputeError, gettext_noop
from openbalint.stats.samples import Sample


@dataclass(frozen=True, slots=True)
class PairedT:
    """`t` on `df` degrees of freedom, two-sided `p`, and the confidence interval `ci` of the mean change."""

    t: float
    df: int
    p: float
    ci: tuple[float, float]


def paired_t(*, change: Sample, alpha: float = 0.05) -> PairedT:
    """t = mean / (SD / √n) of the changes, with a 1 − `alpha` interval. R: `t.test(post, pre, paired=TRUE)`.

    Raises CannotComputeError below two pairs, or if all changes are equal.
    """
    if change.n < 2:
        raise CannotComputeError(gettext_noop("A paired t test needs two complete pairs at least."))
    if not change.sd > 0:
        raise CannotComputeError(gettext_noop("All changes are equal, so there is no paired t test."))
    df = change.n - 1
    se = change.sd / math.sqrt(change.n)
    t = change.mean / se
    half = float(special.stdtrit(df, 1 - alpha / 2)) * se
    return PairedT(t, df, float(2 * special.stdtr(df, -abs(t))), (change.mean - half, change.mean + half))
