"""Write studentized_range.json: P(Q > q) by a plain double integral (python tests/stats/reference/studentized_range.py).

Nothing is shared with the product: Gauss–Legendre panels over the scaled chi density as it stands in textbooks, and over
the normal density, in the form 1 - k ∫ φ(z) [Φ(z) - Φ(z - w)]^(k-1) dz. Two grids must agree to 1e-13.
"""

import json
from pathlib import Path

import numpy as np
from scipy import special

CASES = [(k, df) for k in (2, 3, 4, 6, 10, 20, 50) for df in (1, 2, 3, 5, 10, 34, 120, 1000)]
QUANTILES = {
    2: (0.7, 3.1, 6.0),
    3: (1.2, 3.5, 5.0),
    4: (2.0, 4.4),
    6: (2.5, 4.2),
    10: (3.3, 5.2),
    20: (4.0, 6.5),
    50: (4.5, 6.0),
}


def panels(low: float, high: float, count: int, order: int) -> tuple[np.ndarray, np.ndarray]:
    """Gauss–Legendre nodes and weights of `order` on each of `count` panels."""
    nodes, weights = np.polynomial.legendre.leggauss(order)
    edges = np.linspace(low, high, count + 1)
    half = np.diff(edges) / 2
    return (edges[:-1, None] + half[:, None] * (nodes + 1)).ravel(), np.multiply.outer(half, weights).ravel()


def double_integral(q: float, k: int, df: float, order: int) -> float:
    """P(Q > q), the inner integral at every node of the outer one."""
    s, ws = panels(0.0, 12.0 if df < 10 else 3.0, 60, order)
    log_density = np.log(2) + df / 2 * np.log(df / 2) - special.gammaln(df / 2) + (df - 1) * np.log(s) - df * s * s / 2
    z, wz = panels(-9.0, 12.0, 40, order)
    normal = wz * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    inside = np.array([k * float(normal @ (special.ndtr(z) - special.ndtr(z - q * x)) ** (k - 1)) for x in s])
    return float((ws * np.exp(log_density)) @ (1 - inside))


def main() -> None:
    """Every case, at three or two values of q."""
    values = []
    for k, df in CASES:
        for q in QUANTILES[k]:
            p = double_integral(q, k, df, 24)
            if abs(p - double_integral(q, k, df, 32)) > 1e-13:
                raise ArithmeticError(f"the two grids differ at q={q}, k={k}, df={df}")
            values.append({"q": q, "k": k, "df": df, "p": p})
    Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, values)) + "\n]\n")


if __name__ == "__main__":
    main()
