"""The joint distribution behind Dunnett's test, by numerical integration.

The contrasts of m arms with one control are C_i = e_i − e_0 + (shift_i)·u with independent errors, so given the control's
error and u they are independent:

    P(all |T_i| < t) = E_S ∬ φ(z) φ(u) Π_i [Φ(h_i) − Φ(l_i)] dz du,   h, l = (±t·S·v_i − a·z − shift_i·u) / √own_i,

a = √control, v_i² = own_i + control + shift_i². Without a covariate the integral over u falls away (Dunnett 1955). The
integrands are analytic: the trapezoidal rule again.
"""

import numpy as np
from scipy import special

from openbalint.stats.samples import Floats
from openbalint.stats.scaled_chi import scaled_chi

REACH = 8.5


def single_step(*, t: Floats, own: Floats, control: float, shift: Floats, df: float) -> Floats:
    """P(max |T_i| ≥ t) for each `t` ≥ 0.

    `own` and `control` are the variances of the arms' means in units of MSE (1/n for plain means), `shift` the
    differences of the covariate means from the control's over √Sxx (0 without covariate).
    """
    z = _grid(np.sqrt(control / own).max())
    u = _grid(float(np.abs(shift / np.sqrt(own)).max()))
    nodes = scaled_chi(df)
    centre = np.multiply.outer(z, np.full(len(own), np.sqrt(control)))[:, None, :] + np.multiply.outer(u, shift)
    weight = np.multiply.outer(_normal(z), _normal(u))
    deviation = np.sqrt(own + control + shift**2)
    result = np.empty(len(t))
    for i, value in enumerate(t):
        inside = (_chance_inside(value * s * deviation, centre, np.sqrt(own)) for s in nodes.at)
        result[i] = sum(w * float((weight * -np.expm1(p)).sum()) for w, p in zip(nodes.weights, inside, strict=True))
    return np.clip(result, 0.0, 1.0)


def _chance_inside(bound: Floats, centre: Floats, scale: Floats) -> Floats:
    """ln Π [Φ(h) − Φ(l)], from the two tails so that it keeps its digits near 0."""
    outside = special.ndtr((centre - bound) / scale) + special.ndtr((-bound - centre) / scale)
    logs: Floats = np.log1p(-np.minimum(outside, 1 - 1e-16)).sum(axis=-1)
    return logs


def _grid(steepness: float) -> Floats:
    """Nodes on ±REACH, dense enough for a step of width 1/steepness; one node if there is nothing to integrate."""
    if steepness == 0:
        return np.zeros(1)
    step = 0.25 / max(1.0, steepness)
    count = int(np.ceil(REACH / step))
    return np.linspace(-REACH, REACH, 2 * count + 1)


def _normal(z: Floats) -> Floats:
    weights = np.exp(-z * z / 2)
    normal: Floats = weights / weights.sum()
    return normal
