"""Speed of the estimators, against SciPy, statsmodels and a plain loop in the same run (python benchmarks/statistics.py).

CPU time of this process; set OMP_NUM_THREADS=1 for one thread. statsmodels is left out with a word where it is not installed
(`uv pip install statsmodels`): the product does not need it.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
import math
import time

import numpy as np
from scipy import stats

from openbalint.stats import studentized_range
from openbalint.stats.oneway import oneway
from openbalint.stats.posthoc import ArmMeans, Comparison, snk
from openbalint.stats.reliability import cronbach_alpha
from openbalint.stats.samples import Sample

ROWS, TABLES = 1_000_000, 10_000


def seconds(work: Callable[[], object], least: float = 0.3) -> float:
    """CPU seconds a call, the best of as many turns as fill `least` seconds.

    A turn has so many calls that the clock, which may stand still for a few microseconds, sees a hundredth of a second.
    """
    calls = 1
    while (best := turn(work, calls)) < 0.01:
        calls *= 2
    spent = best
    while spent < least:
        used = turn(work, calls)
        best, spent = min(best, used), spent + used
    return best / calls


def turn(work: Callable[[], object], calls: int) -> float:
    """CPU seconds of so many calls."""
    start = time.process_time()
    for _ in range(calls):
        work()
    return time.process_time() - start


def snk_of(columns: list[np.ndarray]) -> Comparison:
    """From raw values of each arm to letters."""
    samples = [Sample.of(column) for column in columns]
    test = oneway(samples=samples)
    means = ArmMeans.of(samples, mse=test.mse, df=test.df2)
    return snk(arms=means, se=means.kramer_se)


def snk_by_scipy(columns: list[np.ndarray]) -> list[float]:
    """The P of every pair as one would write it with SciPy: no closure, no letters."""
    means, n = [column.mean() for column in columns], [len(column) for column in columns]
    df = sum(n) - len(n)
    mse = sum(float(column.var()) * len(column) for column in columns) / df
    found = []
    for a, b in combinations(range(len(columns)), 2):
        low, high = sorted((means[a], means[b]))
        q = (high - low) / math.sqrt(mse / 2 * (1 / n[a] + 1 / n[b]))
        found.append(float(stats.studentized_range.sf(q, sum(low <= m <= high for m in means), df)))
    return found


def alpha_by_loop(rows: list[list[float]]) -> float:
    """Cronbach's α in plain Python."""
    n, k = len(rows), len(rows[0])
    means = [sum(row[j] for row in rows) / n for j in range(k)]
    own = sum(sum((row[j] - means[j]) ** 2 for row in rows) / (n - 1) for j in range(k))
    totals = [sum(row) for row in rows]
    middle = sum(totals) / n
    return k / (k - 1) * (1 - own / (sum((t - middle) ** 2 for t in totals) / (n - 1)))


def tables(rng: np.random.Generator, count: int) -> list[list[np.ndarray]]:
    """Small tables: three or four arms of 8 to 20."""
    return [
        [rng.normal(rng.normal(0, 0.5), 1, int(rng.integers(8, 21))) for _ in range(int(rng.integers(3, 5)))]
        for _ in range(count)
    ]


def line(what: str, ours: float, others: dict[str, float]) -> str:
    """One row of the report: our time, and how many times slower the others are."""
    ratios = ", ".join(f"{name} {time / ours:,.0f} ×" for name, time in others.items())
    return f"| {what} | {ours * 1e6:,.2f} µs | {ratios} |"


def per_p() -> list[str]:
    """One P of the studentised range, k = 3, df = 34."""
    many = np.linspace(0.1, 12, 100_000)
    studentized_range.sf(many, 3, 34)
    theirs = seconds(lambda: stats.studentized_range.sf(3.5, 3, 34))
    return [
        line(
            "studentised range P, one of 100,000",
            seconds(lambda: studentized_range.sf(many, 3, 34)) / len(many),
            {"SciPy": theirs},
        ),
        line(
            "studentised range P, a single call", seconds(lambda: studentized_range.sf(3.5, 3, 34)), {"SciPy": theirs}
        ),
        line("… the first of its k and df", first_call(), {"SciPy": theirs}),
    ]


def first_call() -> float:
    """A call for degrees of freedom that were never asked for before."""
    start = time.process_time()
    for df in range(200, 220):
        studentized_range.sf(3.5, 3, df)
    return (time.process_time() - start) / 20


def small_tables(rng: np.random.Generator) -> list[str]:
    """SNK with letters and α on many small tables."""
    made = tables(rng, TABLES)
    ours = seconds(lambda: [snk_of(table) for table in made]) / TABLES
    others = {"SciPy, P alone": seconds(lambda: [snk_by_scipy(table) for table in made[:20]]) / 20}
    if find_spec("statsmodels") is not None:
        pairwise_tukeyhsd = import_module("statsmodels.stats.multicomp").pairwise_tukeyhsd

        flat = [(np.concatenate(t), np.repeat(np.arange(len(t)), [len(c) for c in t])) for t in made[:20]]
        others["statsmodels pairwise_tukeyhsd"] = (
            seconds(lambda: [pairwise_tukeyhsd(*each).pvalues for each in flat]) / 20
        )
    items = [rng.integers(0, 7, (40, 6)).astype(float) for _ in range(TABLES)]
    lists = [table.tolist() for table in items[:500]]
    alpha = seconds(lambda: [cronbach_alpha(items=table) for table in items]) / TABLES
    return [
        line("SNK with letters, a small table of 10,000", ours, others),
        line(
            "α with interval, 40 × 6, a table of 10,000",
            alpha,
            {"plain loop, no interval": seconds(lambda: [alpha_by_loop(t) for t in lists]) / 500},
        ),
    ]


def long_tables(rng: np.random.Generator) -> list[str]:
    """SNK with letters and α on a million rows."""
    columns = [rng.normal(0.001 * arm, 1, ROWS // 4) for arm in range(4)]
    others = {"SciPy, P alone": seconds(lambda: snk_by_scipy(columns))}
    if find_spec("statsmodels") is not None:
        pairwise_tukeyhsd = import_module("statsmodels.stats.multicomp").pairwise_tukeyhsd

        values, arms = np.concatenate(columns), np.repeat(np.arange(4), ROWS // 4)
        others["statsmodels pairwise_tukeyhsd"] = seconds(lambda: pairwise_tukeyhsd(values, arms).pvalues)
    items = rng.integers(0, 7, (ROWS, 10)).astype(float)
    part = items[:100_000].tolist()
    return [
        line("SNK with letters, 1,000,000 rows in four arms", seconds(lambda: snk_of(columns)), others),
        line(
            "α with interval, 1,000,000 × 10",
            seconds(lambda: cronbach_alpha(items=items)),
            {"plain loop, no interval": seconds(lambda: alpha_by_loop(part)) * 10},
        ),
    ]


def main() -> None:
    """Print the report."""
    rng = np.random.default_rng(1)
    lines = ["| what | ours | slower by |", "|---|---|---|", *per_p(), *small_tables(rng), *long_tables(rng)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
