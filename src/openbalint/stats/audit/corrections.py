"""The fewest cells of a row that must be wrong, and in which way.

All sets of cells are tried, smallest first: a set explains the row if, with these cells ignored, a world is left. Every
cell of the set then gets the mildest kind that still leaves a world: a lost sign, a second rounding, a value no whole
numbers can give, and only then a mismatch with its neighbours.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from openbalint.stats.audit.table import NUMBERS, ONCE
from openbalint.stats.audit.worlds import Reading, RowModel, Worlds

MISMATCH = {"t": "t-mismatch", "p": "p-mismatch"} | dict.fromkeys(("pre_sd", "post_sd", "d_sd"), "sd-mismatch")
MILD = {"sign-lost": 0, "out-of-range": 0, "double-rounding": 1, "grim": 1, "grimmer": 1}
SUSPECTS = ("p", "t", "d_mean", "d_sd", "pre_mean", "post_mean", "pre_sd", "post_sd")


@dataclass(frozen=True)
class Correction:
    """A set of wrong cells with their `kinds`, and what is left when they are `off`."""

    model: RowModel
    kinds: dict[str, str]

    @property
    def cost(self) -> int:
        """How many cells are corrected."""
        return len(self.kinds)

    @property
    def strain(self) -> tuple[int, tuple[int, ...]]:
        """How far-fetched the explanation is, among those of equal cost."""
        return sum(MILD.get(kind, 2) for kind in self.kinds.values()), tuple(
            SUSPECTS.index(name) for name in self.kinds
        )

    @cached_property
    def worlds(self) -> Worlds:
        """What the unflagged cells leave."""
        found = self.model.worlds(Reading(off=frozenset(self.kinds)))
        if found is None:
            raise ValueError("these cells do not explain the row")
        return found

    @cached_property
    def correlation(self) -> float | None:
        """How pre and post go together if this correction is right (Fisher's z)."""
        (x, y, d) = (np.array(pair)[:, 0].mean() for pair in (self.worlds.x, self.worlds.y, self.worlds.dd))
        if not np.isfinite(x + y + d) or min(x, y) <= 0:
            return None
        return float(np.arctanh(np.clip((x + y - d) / (2 * np.sqrt(x * y)), -0.999, 0.999)))


class RowCorrections:
    """The corrections of one row, cheapest first."""

    def __init__(self, model: RowModel) -> None:
        self.model = model
        self.fields = [name for name in NUMBERS if name in model.row.cells]
        self.impossible = frozenset(name for name in self.fields if self._out_of_range(name))

    def without_whole_numbers(self) -> Correction | None:
        """The mildest smallest correction if scores need not be means of whole answers; None where that saves none."""
        if not self.model.grid:
            return None
        free = RowCorrections(RowModel(replace(self.model.row, items=None), self.model.direction))
        return next((one for size in range(self.cheapest[0].cost) for one in free.of_size(size)), None)

    @cached_property
    def cheapest(self) -> list[Correction]:
        """All smallest corrections, the least far-fetched first; one empty correction for a sound row."""
        for size in range(len(self.impossible), len(self.fields) + 1):
            if found := self.of_size(size):
                return found
        return [Correction(self.model, {})]

    def of_size(self, size: int) -> list[Correction]:
        """All corrections of `size` cells of which no cell is idle."""
        sets = (frozenset(chosen) for chosen in combinations(self.fields, size))
        found = [
            self._kinds(off)
            for off in sets
            if self.impossible <= off and self.model.worlds(Reading(off=off)) is not None
        ]
        return sorted(found, key=lambda correction: correction.strain)

    def _kinds(self, off: frozenset[str]) -> Correction:
        kinds: dict[str, str] = {}
        twice: frozenset[str] = frozenset()
        sign = False
        for name in sorted(off, key=SUSPECTS.index):
            left = off - kinds.keys() - {name} | {
                done for done in kinds if done not in twice and not (done == "d_mean" and sign)
            }
            kinds[name] = self._kind(name, left, twice, sign)
            twice |= {name} if kinds[name] == "double-rounding" else frozenset()
            sign = sign or kinds[name] == "sign-lost"
        return Correction(self.model, kinds)

    def _kind(self, name: str, off: frozenset[str], twice: frozenset[str], sign: bool) -> str:
        if name in self.impossible:
            return "out-of-range"
        if (
            name == "d_mean"
            and self._sign_may_be_lost()
            and self.model.worlds(Reading(off, twice, sign=True)) is not None
        ):
            return "sign-lost"
        if self.model.worlds(Reading(off, twice | {name}, sign)) is not None:
            return "double-rounding"
        if name.endswith("_mean"):
            return (
                "difference-mismatch" if len(self.model.whole_sums(self.model.row.cells[name], Reading())) else "grim"
            )
        if name.endswith("_sd") and self.model.grid and not self._sd_on_grid(name, Reading(off, twice, sign)):
            return "grimmer"
        return MISMATCH[name]

    def _sign_may_be_lost(self) -> bool:
        printed = self.model.row.cells["d_mean"].printed
        return not printed.startswith(("-", "\N{MINUS SIGN}", "\N{EN DASH}"))

    def _sd_on_grid(self, name: str, reading: Reading) -> bool:
        """Can whole numbers with the sums that the other cells leave have this SD?"""
        others = {"pre_sd", "post_sd", "d_sd", "t", "p"} - {name}
        return self.model.worlds(replace(reading, off=reading.off | others)) is not None

    def _out_of_range(self, name: str) -> bool:
        cell, row, model = self.model.row.cells[name], self.model.row, self.model
        low, high = cell.interval(ONCE)
        if name == "p":
            return low > 1 or (high < 0 and cell.sign != ">")
        if name == "t":
            return False
        if name.endswith("_sd") and high < 0:
            return True
        if row.low is None or row.high is None:
            return False
        width = row.high - row.low
        if name.endswith("_mean"):
            return low > row.high or high < row.low if name != "d_mean" else low > width or high < -width
        widest = width / 2 if name != "d_sd" else width
        return bool(low > widest * np.sqrt(model.n / (model.n - 1)) + 1e-9) or self._wider_than_its_mean_allows(name)

    def _wider_than_its_mean_allows(self, name: str) -> bool:
        mean = self.model.row.cells.get(name.replace("_sd", "_mean"))
        if name == "d_sd" or mean is None:
            return False
        sums = self.model.whole_sums(mean, Reading())
        if not len(sums):
            return False
        return bool(
            self.model.spread_of_sd(self.model.row.cells[name], Reading())[0]
            > self.model.spread_of_range(sums.astype(float))[1].max() + 1e-6
        )


def direction_of(models: Iterable[RowModel]) -> int:
    """The sign convention of d that most rows follow: 1 for pre − post (also if nothing tells), −1 for post − pre.

    A plus may be a lost minus, but nobody adds a minus: a printed one counts half as much again.
    """
    votes = 0.0
    for model in models:
        cells = model.row.cells
        if all(name in cells for name in ("pre_mean", "post_mean", "d_mean")):
            change, d = cells["pre_mean"].value - cells["post_mean"].value, cells["d_mean"].value
            apart = abs(change) > 10.0 ** -cells["pre_mean"].decimals
            votes += float(np.sign(change * d)) * (1.5 if d < 0 else 1.0) if apart else 0.0
    return -1 if votes < 0 else 1
