"""Trials for analyze.R: missing values, ties, unequal arms, two to six arms, every option. Writes cases.csv.

python tests/cli/reference/cases.py [SEED] [COUNT] > cases.csv
"""

import csv
from itertools import product
import sys

import numpy as np

COLUMNS = (
    "case", "omnibus", "posthoc", "se", "alpha", "control", "id", "arm", "x_pre", "x_post", "y_pre", "y_post", "sex",
)  # fmt: skip
ARMS = ("Balint", "conventional", "空白", "wait", "reading", "walking")
PLANS = [
    (omnibus, posthoc, se)
    for omnibus, posthoc, se in product(
        ("change", "post", "ancova"), ("snk", "tukey", "dunnett"), ("kramer", "harmonic")
    )
    if posthoc == "snk" or se == "kramer"
]


def trial(rng: np.random.Generator, number: int) -> list[dict[str, object]]:
    """One trial: x is on a coarse grid with ties, y is continuous; some values are missing."""
    omnibus, posthoc, se = PLANS[number % len(PLANS)]
    arms = ARMS[: 2 + number % 5]
    labels = np.repeat(np.arange(len(arms)), rng.integers(6, 15, len(arms)))
    rng.shuffle(labels)
    shift = rng.normal(0, 0.7, len(arms))[labels]
    before = rng.normal(3, 0.8, len(labels))
    after = before * 0.6 + 1 + shift + rng.normal(0, 0.6, len(labels))
    scores = {
        "x_pre": np.round(before * 5) / 5,
        "x_post": np.round(after * 5) / 5,
        "y_pre": before * 10,
        "y_post": after * 10,
    }
    lost = {name: rng.random(len(labels)) < 0.08 for name in scores}
    sexes = rng.choice(["f", "m", "d"], len(labels), p=[0.6, 0.3, 0.1])
    plan = {
        "case": f"case {number}", "omnibus": omnibus, "posthoc": posthoc, "se": se, "alpha": (0.05, 0.1, 0.01)[number % 3],
        "control": arms[number % len(arms)] if posthoc == "dunnett" else "",
    }  # fmt: skip
    return [
        plan
        | {"id": f"p{i}", "arm": arms[label], "sex": "" if rng.random() < 0.05 else sexes[i]}
        | {name: "" if lost[name][i] else round(float(column[i]), 6) for name, column in scores.items()}
        for i, label in enumerate(labels)
    ]


def main() -> None:
    """Print the trials as one table."""
    seed, count = (int(text) for text in (*sys.argv[1:], *("1", "24")[len(sys.argv) - 1 :]))
    rng = np.random.default_rng(seed)
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number in range(count):
        writer.writerows(trial(rng, number))


if __name__ == "__main__":
    main()
