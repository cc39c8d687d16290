"""A file as rows of texts, and what may be wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from openbalint.stats.notes import Note, gettext_noop

IN_FILE = gettext_noop("%(file)s: %(expected)s")
IN_ROW = gettext_noop("%(file)s, row %(row)s: %(expected)s")
IN_COLUMN = gettext_noop("%(file)s, column %(column)s: %(expected)s")
IN_CELL = gettext_noop("%(file)s, row %(row)s, column %(column)s: %(expected)s")
FOUND = gettext_noop("%(expected)s It says: %(found)s")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a file from being used: where, what stands there, and what was expected.

    `row` is the row as a spreadsheet counts it (the header is 1), None where no row is at fault; `column` is its name.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    expected: Note

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The problem as one line for people."""
        expected = self.expected
        if self.found:
            shown = self.found if len(self.found) <= LONGEST else self.found[:LONGEST] + "…"
            expected = Note.of(FOUND, expected=expected, found=" ".join(shown.split()))
        message = {
            (False, False): IN_FILE, (True, False): IN_ROW, (False, True): IN_COLUMN, (True, True): IN_CELL
        }[self.row is not None, self.column is not None]  # fmt: skip
        values = {"row": self.row, "column": self.column}
        known = {name: value for name, value in values.items() if value is not None}
        return Note.of(message, file=self.file, expected=expected, **known).text(translate)


class TableError(ValueError):
    """The file cannot be used as asked; `problems` names everything that is wrong, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text() for problem in problems))


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a file as texts without spaces around them; '' is an empty cell. Rows without any text are left out.

    `numbers` are the rows as a spreadsheet counts them. `labels` gives, for columns of an SPSS file that have value
    labels, the label of each code; `titles` the label of each column that has one.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> tuple[str, ...]:
        """The texts of one column, top to bottom. KeyError where there is no such column."""
        if name not in self.columns:
            raise KeyError(name)
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)

    def dicts(self) -> list[dict[str, str]]:
        """Every row as {column: text}."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
