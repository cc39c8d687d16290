"""A printed summary table as it stands: texts, and the intervals that rounding leaves open.

Every cell keeps its printed text; trailing zeros count. An exact half may have been rounded either way, so intervals are
closed. A cell that was rounded twice (first to one more digit) can be off by half a unit and a twentieth.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
import math
import unicodedata

from openbalint.stats.notes import Note, gettext_noop

ONCE, TWICE = 0.5, 0.55
NUMBERS = ("pre_mean", "pre_sd", "post_mean", "post_sd", "d_mean", "d_sd", "t", "p")
SETTINGS = ("items", "item_min", "item_max", "n")
COLUMNS = ("outcome", *SETTINGS[:3], "arm", "n", *NUMBERS[:6], "letters", "t", "p", "F", "F_p", "F_of", "letters_of")
BASES = ("change", "post")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell of the file cannot be read: `row` counts rows of the file, the header being 1; None for the whole file."""

    row: int | None
    column: str | None
    found: str
    expected: Note


class TableError(ValueError):
    """The table cannot be read; `problems` names every cell."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"row {p.row}, column {p.column}: {p.found!r}; {p.expected}" for p in problems))


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed number."""

    field: str
    printed: str
    value: float
    decimals: int
    sign: str = ""

    def interval(self, halves: float = ONCE) -> tuple[float, float]:
        """What the unrounded number can be; `halves` units of the last digit on both sides."""
        reach = halves * 10.0**-self.decimals + 1e-9 * max(1.0, abs(self.value))
        if self.sign == "<":
            return -math.inf, self.value + 1e-12
        if self.sign == ">":
            return self.value - 1e-12, math.inf
        if self.is_zero_p:  # printed for what is below the last digit shown, rounded or cut
            return -math.inf, 10.0**-self.decimals + 1e-12
        return self.value - reach, self.value + reach

    @property
    def is_zero_p(self) -> bool:
        """Whether a P is printed as zero."""
        return self.field in ("p", "F_p") and self.value == 0 and not self.sign

    def written(self, value: float) -> str:
        """`value` in this cell's format."""
        smallest = 10.0**-self.decimals
        if self.field in ("p", "F_p") and value < smallest / 2:
            return f"<{smallest:.{self.decimals}f}"
        text = f"{value:.{self.decimals}f}"
        return text.removeprefix("-") if float(text) == 0 else text


@dataclass(frozen=True, slots=True)
class Row:
    """One arm of one outcome."""

    arm: str
    n: int
    cells: dict[str, Cell]
    letters: frozenset[str] | None
    letters_printed: str
    items: int | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The arms of one outcome, with the F beside them."""

    name: str
    rows: tuple[Row, ...]
    F: Cell | None
    F_p: Cell | None
    F_of: str | None
    letters_of: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """All outcomes, in the order of the file."""

    outcomes: tuple[Outcome, ...]


@dataclass(slots=True)
class _Reader:
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int | None, column: str | None, found: str, expected: str, **values: str) -> None:
        self.problems.append(Problem(line, column, found, Note.of(expected, **values)))

    def cell(self, line: int, column: str, row: Mapping[str, str]) -> Cell | None:
        printed = (row.get(column) or "").strip()
        if not printed:
            return None
        text = (
            unicodedata.normalize("NFKC", printed)
            .replace("\N{MINUS SIGN}", "-")
            .replace("\N{EN DASH}", "-")
            .replace(" ", "")
        )
        sign = text[0] if text[0] in "<>" and column in ("p", "F_p") else ""
        try:
            value = float(text[len(sign) :])
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "e" in text.lower() or "_" in text:
            self.complain(line, column, printed, gettext_noop("A number as printed is expected here."))
            return None
        return Cell(column, printed, value, len(text.partition(".")[2]), sign)

    def setting(self, line: int, column: str, row: Mapping[str, str]) -> float | None:
        cell = self.cell(line, column, row)
        return None if cell is None else cell.value

    def whole(self, line: int, column: str, row: Mapping[str, str], least: int) -> int | None:
        value = self.setting(line, column, row)
        if value is None:
            return None
        if value != int(value) or value < least:
            self.complain(
                line, column, row[column], gettext_noop("A whole number above 0 is expected here (people: 2 or more).")
            )
            return None
        return int(value)

    def row(self, line: int, row: Mapping[str, str]) -> Row | None:
        for column in ("outcome", "arm"):
            if column in row and not row[column].strip():
                self.complain(line, column, "", gettext_noop("A name is expected here."))
        n = self.whole(line, "n", row, 2)
        if "n" in row and not row["n"].strip():
            self.complain(line, "n", "", gettext_noop("The number of people is expected here."))
        items = self.whole(line, "items", row, 1)
        low, high = self.setting(line, "item_min", row), self.setting(line, "item_max", row)
        if low is not None and high is not None and low >= high:
            self.complain(
                line, "item_max", row["item_max"], gettext_noop("The largest answer must be above the smallest.")
            )
        cells = {name: cell for name in NUMBERS if (cell := self.cell(line, name, row)) is not None}
        letters = (row.get("letters") or "").strip()
        if n is None:
            return None
        shared = frozenset(letters.replace(" ", "").replace(",", "")) if letters else None
        return Row((row.get("arm") or "").strip(), n, cells, shared, letters, items, low, high)

    def basis(self, line: int, column: str, row: Mapping[str, str]) -> str | None:
        text = (row.get(column) or "").strip().lower()
        if text and text not in BASES:
            self.complain(line, column, text, gettext_noop("The word change or post is expected here."))
        return text or None


def read_table(
    rows: Iterable[Mapping[str, str]], *, columns: Sequence[str] | None = None, numbers: Sequence[int] | None = None
) -> Table:
    """A table from the rows of a file, each a mapping of column name to text. Raises TableError with all problems at once.

    `columns` are the names in the header (those of the first row if not given), `numbers` the rows' places in the file.
    """
    listed = list(rows)
    reader = _Reader()
    groups: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    _check_columns(reader, list(listed[0]) if columns is None and listed else columns or ())
    for line, row in zip(numbers or range(2, len(listed) + 2), listed, strict=True):
        groups.setdefault((row.get("outcome") or "").strip(), []).append((line, row))
    outcomes = [_outcome(reader, name, lines) for name, lines in groups.items()]
    if not outcomes:
        reader.complain(None, None, "", gettext_noop("The table has no rows."))
    if reader.problems:
        raise TableError(sorted(reader.problems, key=lambda problem: problem.row or 0))
    return Table(tuple(outcomes))


def _check_columns(reader: _Reader, columns: Sequence[str]) -> None:
    for column in columns:
        if column not in COLUMNS:
            message = gettext_noop("This column is not known. The columns of a summary table are: %(columns)s.")
            reader.complain(1, column, "", message, columns=", ".join(COLUMNS))
    for column in ("outcome", "arm", "n"):
        if column not in columns:
            reader.complain(1, column, "", gettext_noop("This column is needed."))


def _outcome(reader: _Reader, name: str, lines: Sequence[tuple[int, Mapping[str, str]]]) -> Outcome:
    rows = [reader.row(line, row) for line, row in lines]
    seen: set[str] = set()
    for line, row in lines:
        arm = (row.get("arm") or "").strip()
        if arm in seen:
            reader.complain(line, "arm", arm, gettext_noop("Every arm may stand once in an outcome."))
        seen.add(arm)

    def first(column: str) -> tuple[int, Mapping[str, str]]:
        return next(((line, row) for line, row in lines if (row.get(column) or "").strip()), lines[0])

    return Outcome(
        name,
        tuple(row for row in rows if row is not None),
        reader.cell(first("F")[0], "F", first("F")[1]),
        reader.cell(first("F_p")[0], "F_p", first("F_p")[1]),
        reader.basis(first("F_of")[0], "F_of", first("F_of")[1]),
        reader.basis(first("letters_of")[0], "letters_of", first("letters_of")[1]),
    )
