"""Random answers with gaps, for R and for us: `python make_answers.py` writes answers-NAME@VERSION.csv beside itself."""

import csv
from pathlib import Path
import random

from openbalint.instruments import library

FOLDER = Path(__file__).parent
CHOSEN = (
    "cbi@2005", "gses@1995", "iri@28", "iri-c@22", "jse@hp", "mbi-gs@15-zh", "mbi-gs@16", "mbi-hss@22", "olbi@16",
    "proqol@5", "pss@10", "psss@12", "ssrs@1994", "who-5@1998",
)  # fmt: skip
PEOPLE = 40


def main() -> None:
    """One file an instrument; every other person leaves something out."""
    shipped, chance = library.shipped(), random.Random(20)
    for key in CHOSEN:
        items = shipped[key].items
        with (FOLDER / f"answers-{key}.csv").open("w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["id", *(item.id for item in items)])
            for person in range(PEOPLE):
                gap = chance.choice([0.05, 0.2, 0.4]) if person % 2 else 0.0
                rows.writerow([person + 1, *("" if chance.random() < gap else one_of(item, chance) for item in items)])


def one_of(item, chance):
    """An answer of the item."""
    if item.kind == "choice":
        return chance.choice([option.code for option in item.options])
    return chance.randint(int(item.low), int(item.high))


if __name__ == "__main__":
    main()
