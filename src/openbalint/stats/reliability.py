"""How well do the items of a scale hang together? Cronbach's α and McDonald's ω.

Both come from the covariance matrix S of the complete rows. α = k/(k−1)·(1 − tr S / ΣS). ω belongs to the one-factor
model Σ = λλᵀ + diag(ψ), fitted by maximum likelihood: ω = (Σλ)² / ((Σλ)² + Σψ).

The fit works on the correlation matrix R, on which ML is equivariant, and on ψ alone: given ψ, the best λ comes from the
largest eigenvalue of ψ^(-1/2) R ψ^(-1/2) (Jöreskog 1967, Psychometrika 32:443). As in R's factanal, ψ stays ≥ 0.005; a
solution at that bound (a Heywood case) has no interval. The interval is by the delta method on the logit of ω, with the
expected information of (λ, ψ).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
import math

import numpy as np
from scipy import linalg, optimize, special

from openbalint.stats.notes import CannotComputeError, Note, gettext_noop
from openbalint.stats.samples import Floats

SMALLEST_UNIQUENESS = 0.005
NORMAL_QUANTILE = float(special.ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A reliability coefficient with its 95 % interval, None where there is none."""

    value: float
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ItemReliability:
    """`item_rest_r`: correlation with the sum of the other items; `alpha_if_deleted`: α of the others."""

    item_rest_r: float | None
    alpha_if_deleted: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """What `openbalint reliability` reports. `n` complete rows of `k` items were used, `excluded` had missing items."""

    n: int
    k: int
    excluded: int
    alpha: float | None
    alpha_ci: tuple[float, float] | None
    omega: float | None
    omega_ci: tuple[float, float] | None
    items: dict[str, ItemReliability]
    notes: tuple[Note, ...]


def reliability(
    *, names: Sequence[str], answers: Floats, reverse: Sequence[str] = (), bounds: tuple[float, float] | None = None
) -> Reliability:
    """Everything about one scale. `answers` has a row a person and a column an item; missing is not-a-number.

    Items named in `reverse` become min + max − x, for which `bounds` are needed. A value outside the bounds, a name twice
    or unknown is a ValueError.
    """
    complete = _complete_rows(names, answers, reverse, bounds)
    n, k = complete.shape
    notes: list[Note] = []
    alpha = _or_note(lambda: cronbach_alpha(items=complete), notes)
    omega = _or_note(lambda: mcdonald_omega(items=complete), notes)
    if omega is not None and omega.ci is None:
        notes.append(
            Note.of(
                gettext_noop(
                    "An item has no variance of its own in the one-factor model (a Heywood case), so ω has no interval."
                )
            )
        )
    if k == 2:
        notes.append(Note.of(gettext_noop("With two items there is no α if an item is deleted.")))
    items = {name: _item(complete, column) for column, name in enumerate(names)}
    if any(item.item_rest_r is None for item in items.values()):
        notes.append(
            Note.of(
                gettext_noop(
                    "A correlation needs three complete rows in which both the item and the sum of the others vary."
                )
            )
        )
    return Reliability(n, k, len(answers) - n, *_parts(alpha), *_parts(omega), items, tuple(notes))


def _parts(found: Coefficient | None) -> tuple[float | None, tuple[float, float] | None]:
    return (None, None) if found is None else (found.value, found.ci)


def cronbach_alpha(*, items: Floats) -> Coefficient:
    """Raw α with Feldt's interval (Feldt, Woodruff and Salih 1987). `items`: complete rows, a column an item.

    R: `psych::alpha(X, check.keys=FALSE)`; interval `1-(1-a)*qf(c(.975,.025), n-1, (n-1)*(k-1))`.
    """
    n, k = items.shape
    if k < 2 or n < 2:
        raise CannotComputeError(gettext_noop("α needs two items and two complete rows at least."))
    total, own = _variances(items)
    if not total > 0:
        raise CannotComputeError(gettext_noop("The sum of the items does not vary, so α cannot be computed."))
    alpha = k / (k - 1) * (1 - own / total)
    quantiles = special.fdtri(n - 1, (n - 1) * (k - 1), np.array([0.975, 0.025]))
    low, high = (float(1 - (1 - alpha) * quantile) for quantile in quantiles)
    return Coefficient(alpha, (low, high))


def mcdonald_omega(*, items: Floats) -> Coefficient:
    """Total ω of a one-factor maximum likelihood model. `items`: complete rows, a column an item.

    R: `factanal(X, 1)`, loadings × SD, uniquenesses × variance; interval as `lavaan::cfa(std.lv=TRUE)`, `omega :=`, on the logit.
    """
    n, k = items.shape
    if k < 3:
        raise CannotComputeError(
            gettext_noop("ω needs three items at least: with fewer, a one-factor model has no single solution.")
        )
    deviations = items - items.mean(axis=0)
    sd = np.sqrt((deviations**2).sum(axis=0) / max(n - 1, 1))
    if n <= k or not (sd > 0).all():
        raise CannotComputeError(gettext_noop("ω needs items that vary and more complete rows than items."))
    correlation = (deviations / sd).T @ (deviations / sd) / (n - 1)
    if float(np.linalg.eigvalsh(correlation)[0]) < 1e-10:
        raise CannotComputeError(
            gettext_noop("One item is fully determined by the others, so the one-factor model for ω cannot be fitted.")
        )
    loadings, uniqueness = _one_factor(correlation)
    common, unique = float((loadings * sd).sum()), float((uniqueness * sd**2).sum())
    omega = common**2 / (common**2 + unique)
    if uniqueness.min() <= SMALLEST_UNIQUENESS * (1 + 1e-6):
        return Coefficient(omega, None)
    gradient = np.concatenate([2 * sd / common, -(sd**2) / unique])
    se = math.sqrt(float(gradient @ np.linalg.solve(_information(loadings, uniqueness, n), gradient)))
    logit = math.log(common**2 / unique)
    return Coefficient(
        omega, (float(special.expit(logit - NORMAL_QUANTILE * se)), float(special.expit(logit + NORMAL_QUANTILE * se)))
    )


def _complete_rows(
    names: Sequence[str], answers: Floats, reverse: Sequence[str], bounds: tuple[float, float] | None
) -> Floats:
    table = np.array(answers, dtype=np.float64)
    if len(set(names)) != len(names) or table.ndim != 2 or table.shape[1] != len(names):
        raise ValueError("every item needs one name and one column")
    if unknown := set(reverse) - set(names):
        raise ValueError(f"not among the items: {', '.join(sorted(unknown))}")
    if bounds is None and reverse:
        raise ValueError("reversed items need the smallest and the largest possible answer")
    if bounds is not None and bool(((table < bounds[0]) | (table > bounds[1])).any()):
        raise ValueError("an answer lies outside the bounds")
    if bounds is not None:
        columns = [names.index(name) for name in reverse]
        table[:, columns] = bounds[0] + bounds[1] - table[:, columns]
    return np.asarray(table[~np.isnan(table).any(axis=1)])


def _or_note(compute: Callable[[], Coefficient], notes: list[Note]) -> Coefficient | None:
    try:
        return compute()
    except CannotComputeError as error:
        notes.append(error.note)
        return None


def _variances(items: Floats) -> tuple[float, float]:
    """The variance of the row sums, and the sum of the items' variances."""
    n = len(items)
    total = items.sum(axis=1)
    if np.ptp(total) < 1e-10:
        return 0.0, 0.0
    deviations = items - items.mean(axis=0)
    return float(((total - total.mean()) ** 2).sum()) / (n - 1), float(np.einsum("ij,ij->", deviations, deviations)) / (
        n - 1
    )


def _item(items: Floats, column: int) -> ItemReliability:
    others = np.delete(items, column, axis=1)
    own, rest = items[:, column], others.sum(axis=1)
    related = len(items) > 2 and np.ptp(own) > 1e-10 and others.shape[1] > 0 and np.ptp(rest) > 1e-10
    deleted = others.shape[1] > 1 and len(items) > 1 and np.ptp(rest) > 1e-10
    return ItemReliability(
        float(np.corrcoef(own, rest)[0, 1]) if related else None,
        cronbach_alpha(items=others).value if deleted else None,
    )


def _one_factor(correlation: Floats) -> tuple[Floats, Floats]:
    """Loadings (their sum ≥ 0) and uniquenesses of the ML solution on a correlation matrix."""

    def discrepancy(psi: Floats, *_: object) -> tuple[float, Floats]:
        scale = 1 / np.sqrt(psi)
        values, vectors = linalg.eigh(correlation * np.multiply.outer(scale, scale))
        rest = values[:-1]
        loadings = vectors[:, -1] * math.sqrt(max(values[-1] - 1, 0.0)) / scale
        gradient = (loadings**2 + psi - np.diag(correlation)) / psi**2
        return float((rest - np.log(rest) - 1).sum()), gradient

    start = (1 - 0.5 / len(correlation)) / np.diag(np.linalg.inv(correlation))
    bounds = [(SMALLEST_UNIQUENESS, 1.0)] * len(correlation)
    found = optimize.minimize(
        discrepancy,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 1000, "ftol": 1e-15, "gtol": 1e-9},
    )
    psi = np.asarray(found.x)
    if psi.min() > SMALLEST_UNIQUENESS * (1 + 1e-6) and psi.max() < 1:
        psi = _polished(correlation, psi)
    scale = 1 / np.sqrt(psi)
    values, vectors = linalg.eigh(correlation * np.multiply.outer(scale, scale))
    loadings = vectors[:, -1] * math.sqrt(max(float(values[-1]) - 1, 0.0)) / scale
    return loadings * (1.0 if loadings.sum() >= 0 else -1.0), psi


def _polished(correlation: Floats, psi: Floats) -> Floats:
    """A few Fisher scoring steps on (λ, ψ), which take the optimiser's last digits off."""
    scale = 1 / np.sqrt(psi)
    values, vectors = linalg.eigh(correlation * np.multiply.outer(scale, scale))
    loadings = vectors[:, -1] * math.sqrt(max(float(values[-1]) - 1, 0.0)) / scale
    for _ in range(20):
        inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(psi))
        misfit = inverse @ (correlation - np.outer(loadings, loadings) - np.diag(psi)) @ inverse
        score = np.concatenate([misfit @ loadings, np.diag(misfit) / 2])
        step = np.linalg.solve(_information(loadings, psi, 1), score)
        if not np.abs(step).max() < 0.01:
            return psi
        loadings, psi = loadings + step[: len(psi)], np.clip(psi + step[len(psi) :], SMALLEST_UNIQUENESS, 1.0)
        if np.abs(step).max() < 1e-14:
            break
    return psi


def _information(loadings: Floats, psi: Floats, n: int) -> Floats:
    """Expected information of (λ, ψ): n/2·tr(Σ⁻¹ ∂Σ Σ⁻¹ ∂Σ)."""
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(psi))
    along = inverse @ loadings
    of_loadings = inverse * float(loadings @ along) + np.outer(along, along)
    mixed = inverse * along[:, None]
    return n * np.block([[of_loadings, mixed.T], [mixed, inverse**2 / 2]])
