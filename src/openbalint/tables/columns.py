"""Columns of a table as what they are for: ids, names of arms, numbers, categories.

All problems are gathered, so that people mend a file once. A column with a problem is returned as far as it can be read;
`finish` then raises.
"""

import math
import re

from openbalint.stats.notes import Note, gettext_noop
from openbalint.tables.table import Problem, Table, TableError

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
FARTHEST = 1e50  # the fourth power, which sums of squares come to, is still a number

UNKNOWN = gettext_noop("There is no such column. The columns are: %(columns)s.")
NUMBER_EXPECTED = gettext_noop("A number is expected here, or an empty cell where it is missing.")
ID_EXPECTED = gettext_noop("Every row needs an id, and this cell is empty.")
NAME_EXPECTED = gettext_noop("A name is expected here, and this cell is empty.")
ONCE = gettext_noop("Every id may stand once; this one stands in row %(first)s already.")
TOO_FAR = gettext_noop("A number between -1e50 and 1e50 is expected here.")
NO_ROWS = gettext_noop("There are no rows below the names of the columns.")


class Columns:
    """Typed access to a table that remembers every problem met on the way."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self._unknown: set[str] = set()
        if not table.rows:
            self.complain(None, None, "", NO_ROWS)

    def complain(self, row: int | None, column: str | None, found: str, expected: str, **values: object) -> None:
        """Note a problem; `expected` is a catalogue key with its `values`."""
        self.problems.append(Problem(self.table.name, row, column, found, Note.of(expected, **values)))

    def finish(self) -> None:
        """Raise TableError if anything was wrong, in the order of the file; each problem once."""
        if self.problems:
            places = {name: place for place, name in enumerate(self.table.columns)}
            once = dict.fromkeys(self.problems)
            raise TableError(sorted(once, key=lambda p: (p.row or 0, places.get(p.column or "", -1))))

    def ids(self, column: str) -> list[str]:
        """A column in which every cell is filled and none occurs twice."""
        first: dict[str, int] = {}
        texts = self.texts(column)
        for number, text in zip(self.table.numbers, texts, strict=False):
            if not text:
                self.complain(number, column, "", ID_EXPECTED)
            elif text in first:
                self.complain(number, column, text, ONCE, first=first[text])
            else:
                first[text] = number
        return texts

    def names(self, column: str) -> list[str]:
        """A column in which every cell is filled, such as the arm; by its labels where an SPSS file has them."""
        texts = self.texts(column)
        for number, text in zip(self.table.numbers, texts, strict=False):
            if not text:
                self.complain(number, column, "", NAME_EXPECTED)
        return [self._label(column, text) for text in texts]

    def categories(self, column: str) -> list[str | None]:
        """A column of texts, None where a cell is empty; by its labels where an SPSS file has them."""
        return [self._label(column, text) if text else None for text in self.texts(column)]

    def numbers(self, column: str) -> list[float]:
        """A column of numbers, not-a-number where a cell is empty."""
        result = []
        for number, text in zip(self.table.numbers, self.texts(column), strict=False):
            value = math.nan
            if text:
                value = float(text) if NUMBER.fullmatch(text) else math.nan
                if not abs(value) <= FARTHEST:
                    self.complain(number, column, text, NUMBER_EXPECTED if math.isnan(value) else TOO_FAR)
            result.append(value)
        return result

    def texts(self, column: str) -> list[str]:
        """A column as it stands; nothing where there is no such column."""
        if column in self.table.columns:
            return list(self.table.column(column))
        if column not in self._unknown:
            self._unknown.add(column)
            self.complain(None, column, "", UNKNOWN, columns=", ".join(self.table.columns))
        return []

    def _label(self, column: str, text: str) -> str:
        return self.table.labels.get(column, {}).get(text, text)
