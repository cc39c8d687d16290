"""The answers to the items of one scale, read strictly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openbalint.stats.notes import gettext_noop
from openbalint.tables.columns import Columns
from openbalint.tables.table import Table

BOUNDS_NEEDED = gettext_noop("Reversed items need the smallest and the largest answer: please add --min and --max.")
BOUNDS_TURNED = gettext_noop("The largest answer (--max) must be above the smallest (--min), and both must be numbers.")
NO_ITEM = gettext_noop("This name stands under --reverse and is none of the items.")
TWICE = gettext_noop("This name stands twice among the items.")
OUTSIDE = gettext_noop("An answer from %(low)s to %(high)s is expected here.")


@dataclass(frozen=True, slots=True)
class Scale:
    """The columns that are the `items`, those to `reverse`, and the smallest and largest possible answer."""

    items: tuple[str, ...]
    reverse: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Both bounds, where both are known."""
        return None if self.low is None or self.high is None else (self.low, self.high)


def item_answers(table: Table, scale: Scale) -> NDArray[np.float64]:
    """A row a person, a column an item, not-a-number where there is no answer. TableError with every problem."""
    columns = Columns(table)
    _judge(columns, scale)
    known = dict.fromkeys(scale.items)
    read = {name: columns.numbers(name) for name in known}
    for name in known if scale.bounds is None or scale.bounds[0] < scale.bounds[1] else ():
        _in_range(columns, name, read[name], scale)
    columns.finish()
    return np.column_stack([read[name] for name in scale.items])


def _judge(columns: Columns, scale: Scale) -> None:
    low, high = scale.low, scale.high
    if scale.reverse and scale.bounds is None:
        columns.complain(None, None, "", BOUNDS_NEEDED)
    if any(bound is not None and not np.isfinite(bound) for bound in (low, high)) or (
        low is not None and high is not None and low >= high
    ):
        columns.complain(None, None, "", BOUNDS_TURNED)
    for name in dict.fromkeys(scale.reverse):
        if name not in scale.items:
            columns.complain(None, name, "", NO_ITEM)
    for name in dict.fromkeys(scale.items):
        if scale.items.count(name) > 1:
            columns.complain(None, name, "", TWICE)


def _in_range(columns: Columns, name: str, answers: list[float], scale: Scale) -> None:
    low = -np.inf if scale.low is None else scale.low
    high = np.inf if scale.high is None else scale.high
    for number, text, answer in zip(columns.table.numbers, columns.texts(name), answers, strict=False):
        if np.isfinite(answer) and not low <= answer <= high:
            columns.complain(number, name, text, OUTSIDE, low=_bound(scale.low), high=_bound(scale.high))


def _bound(bound: float | None) -> str:
    return "…" if bound is None else f"{bound:g}"
