"""Summary tables made from raw answers.

People answer whole-number items before and after; everything printed is computed from these answers by textbook formulas
that share nothing with the auditor. breaks.py breaks such tables in one known place.
"""

from dataclasses import dataclass
from itertools import combinations
import math

import numpy as np
from scipy import special, stats

SCALES = ((5, 0, 6), (4, 0, 6), (6, 0, 6), (10, 1, 4), (9, 1, 5), (7, 1, 7), (20, 0, 4), (14, 1, 6), (3, 0, 10))
ARMS = ("balint", "conventional", "blank", "reading")
NUMBERS = ("pre_mean", "pre_sd", "post_mean", "post_sd", "d_mean", "d_sd", "t", "p")
_critical: dict[tuple[int, int], float] = {}


@dataclass
class Arm:
    """The raw item sums of one arm, and what is exactly true of them."""

    name: str
    pre: np.ndarray
    post: np.ndarray
    items: int
    sign: int

    def exact(self) -> dict[str, float]:
        """Every printed number before rounding."""
        n, d = len(self.pre), self.sign * (self.pre - self.post)
        sd = float(d.std(ddof=1)) / self.items
        t = float(d.mean()) / self.items / (sd / math.sqrt(n))
        return {
            "pre_mean": self.pre.mean() / self.items, "pre_sd": self.pre.std(ddof=1) / self.items,
            "post_mean": self.post.mean() / self.items, "post_sd": self.post.std(ddof=1) / self.items,
            "d_mean": d.mean() / self.items, "d_sd": sd, "t": t, "p": float(2 * special.stdtr(n - 1, -abs(t))),
        }  # fmt: skip


@dataclass
class Outcome:
    """One scale in all arms."""

    name: str
    items: int
    low: int
    high: int
    arms: list[Arm]

    def scores(self, basis: str) -> list[np.ndarray]:
        """Scores of every arm on change or post."""
        return [(arm.post - arm.pre if basis == "change" else arm.post) / self.items for arm in self.arms]

    def f(self, basis: str) -> float:
        """One-way F."""
        return float(stats.f_oneway(*self.scores(basis)).statistic)

    def f_p(self, basis: str) -> float:
        """Its P."""
        return float(stats.f_oneway(*self.scores(basis)).pvalue)

    def q_test(self, basis: str, harmonic: bool) -> tuple[list[str], float]:
        """Letters by Student–Newman–Keuls, and how close the closest q comes to its critical value."""
        scores = self.scores(basis)
        means, sizes = [float(s.mean()) for s in scores], [len(s) for s in scores]
        df = sum(sizes) - len(sizes)
        mse = sum(float(((s - s.mean()) ** 2).sum()) for s in scores) / df
        raw, closest = {}, math.inf
        for a, b in combinations(range(len(means)), 2):
            low, high = sorted((means[a], means[b]))
            span = sum(low - 1e-10 <= m <= high + 1e-10 for m in means)
            each = float(np.mean([1 / n for n in sizes])) if harmonic else (1 / sizes[a] + 1 / sizes[b]) / 2
            q, limit = (high - low) / math.sqrt(mse * each), critical(span, df)
            raw[a, b] = q > limit
            closest = min(closest, abs(q / limit - 1))
        differ = {pair: all(raw[o] for o in raw if _covers(means, o, pair)) for pair in raw}
        return letters_of(len(means), {pair for pair, yes in differ.items() if yes}), closest


def _covers(means: list[float], outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    low, high = sorted(means[i] for i in outer)
    return low <= min(means[i] for i in inner) + 1e-10 and high >= max(means[i] for i in inner) - 1e-10


def critical(span: int, df: int) -> float:
    """The 5 % point of the studentised range, by SciPy."""
    if (span, df) not in _critical:
        _critical[span, df] = (
            float(stats.studentized_range.isf(0.05, span, df))
            if span > 2
            else math.sqrt(2) * float(stats.t.isf(0.025, df))
        )
    return _critical[span, df]


def letters_of(count: int, differ: set[tuple[int, int]]) -> list[str]:
    """A letter for every largest set of arms that do not differ."""
    sets = [
        set(chosen) for size in range(count, 0, -1) for chosen in combinations(range(count), size)
        if not any((a, b) in differ for a, b in combinations(chosen, 2))
    ]  # fmt: skip
    largest = [s for s in sets if not any(s < other for other in sets)]
    largest.sort(key=sorted)
    return ["".join("abcdefgh"[i] for i, s in enumerate(largest) if arm in s) for arm in range(count)]


@dataclass
class Break:
    """What was done to a table: `cells` are the (outcome, arm, field) that must be found, all of `kind`."""

    kind: str
    cells: frozenset[tuple[str, str | None, str]]


@dataclass
class Case:
    """A table as rows of text, the raw data behind it, and how it prints."""

    outcomes: list[Outcome]
    basis: str
    harmonic: bool
    sign: int
    digits: dict[str, int]
    rng: np.random.Generator
    named: bool
    rows: list[dict[str, str]]
    broken: Break | None = None

    def row(self, outcome: int, arm: int) -> dict[str, str]:
        """One printed row."""
        return self.rows[outcome * len(self.outcomes[0].arms) + arm]


def rounded(value: float, digits: int, rng: np.random.Generator) -> str:
    """To `digits`; an exact half goes up or down by chance."""
    scaled = value * 10**digits
    whole = math.floor(scaled + 1e-9)
    rest = scaled - whole
    up = rest > 0.5 + 1e-7 or (abs(rest - 0.5) <= 1e-7 and rng.random() < 0.5)
    text = f"{(whole + up) / 10**digits:.{digits}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def written(field: str, value: float, case: Case) -> str:
    """As the table prints it."""
    digits = case.digits[field]
    if field == "p" and value < 10.0**-digits:
        return f"<{10.0**-digits:.{digits}f}"
    return rounded(value, digits, case.rng)


def clean(rng: np.random.Generator) -> Case:
    """A table without a fault."""
    arms = ARMS[: int(rng.integers(2, 5))]
    sizes = [int(n) for n in rng.integers(8, rng.choice([16, 30, 80]), len(arms))]
    sizes[-1] += -sum(sizes) % 10  # few totals, so that SciPy's slow critical values serve many tables
    sign = 1 if rng.random() < 0.75 else -1
    scales = rng.permutation(len(SCALES))[: int(rng.integers(2, 6))]
    outcomes = [outcome(f"scale_{i}", SCALES[s], arms, sizes, sign, rng) for i, s in enumerate(scales)]
    digits = dict.fromkeys(NUMBERS, 2) | {"t": int(rng.choice([2, 3])), "p": 3, "F": int(rng.choice([2, 3]))}
    case = Case(
        outcomes,
        str(rng.choice(["change", "post"])),
        bool(rng.random() < 0.4),
        sign,
        digits,
        rng,
        bool(rng.random() < 0.25),
        [],
    )
    case.rows = [row for made in outcomes for row in rows_of(made, case)]
    return case


def outcome(
    name: str, scale: tuple[int, int, int], arms: tuple[str, ...], sizes: list[int], sign: int, rng: np.random.Generator
) -> Outcome:
    """Raw item sums with a common level, a spread, and a change that differs by arm."""
    items, low, high = scale
    width, middle = high - low, low + (high - low) * rng.uniform(0.3, 0.7)
    common, noise, change = (
        width * rng.uniform(0.08, 0.2),
        width * rng.uniform(0.1, 0.25),
        width * rng.normal(0, 0.12, len(arms)),
    )
    made = []
    for name_of_arm, n, shift in zip(arms, sizes, change, strict=True):
        while True:
            person = rng.normal(0, common, n)
            pre = answers(middle + person, noise, scale, rng)
            post = answers(
                middle + shift + person * rng.uniform(0.5, 1.0) + rng.normal(0, common * 0.5, n), noise, scale, rng
            )
            if np.ptp(pre) and np.ptp(post) and np.ptp(pre - post):
                break
        made.append(Arm(name_of_arm, pre, post, items, sign))
    return Outcome(name, items, low, high, made)


def answers(level: np.ndarray, noise: float, scale: tuple[int, int, int], rng: np.random.Generator) -> np.ndarray:
    """Item sums of people at these levels."""
    items, low, high = scale
    sums: np.ndarray = np.clip(np.round(level[:, None] + rng.normal(0, noise, (len(level), items))), low, high).sum(
        axis=1
    )
    return sums


def rows_of(made: Outcome, case: Case) -> list[dict[str, str]]:
    """The printed rows of one outcome."""
    letters, _ = made.q_test(case.basis, case.harmonic)
    p = made.f_p(case.basis)
    rows = []
    for i, arm in enumerate(made.arms):
        row = {
            "outcome": made.name,
            "items": str(made.items),
            "item_min": str(made.low),
            "item_max": str(made.high),
            "arm": arm.name,
            "n": str(len(arm.pre)),
        }
        row |= {field: written(field, float(value), case) for field, value in arm.exact().items()}
        row |= {"letters": letters[i], "F": "", "F_p": ""}
        if i == 0:
            row["F"] = rounded(made.f(case.basis), case.digits["F"], case.rng)
            row["F_p"] = "0.01" if p <= 0.01 else "0.05" if p <= 0.05 else ""
        if case.named:
            row |= {"F_of": case.basis, "letters_of": case.basis}
        rows.append(row)
    return rows
