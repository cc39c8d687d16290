"""Excel files: the first sheet, its values as texts."""

from datetime import date, datetime, time
import io
import re
from typing import TYPE_CHECKING
import zipfile

from openbalint.stats.notes import Note, gettext_noop
from openbalint.tables.table import Problem, TableError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

NOT_EXCEL = gettext_noop("This is no Excel workbook (.xlsx).")
NOT_SAVED = gettext_noop(
    "This cell holds a formula without a saved result. Please open the file in Excel, save it, and try again."
)
FIXED = re.compile(r"0(?:\.(0+))?(?:_\)|;.*)?")


def rows(data: bytes, *, name: str, as_shown: bool) -> list[list[str]]:
    """The cells of the first sheet, the header first, every row as wide as the widest."""
    cells = _cells(data, name, values=True)
    formulas = _cells(data, name, values=False)
    problems = [
        Problem(name, cell.row, None, str(cell.value), Note(NOT_SAVED))
        for line, known in zip(formulas, cells, strict=True)
        for cell, value in zip(line, known, strict=True)
        if cell.data_type == "f" and value.value is None
    ]
    if problems:
        raise TableError(problems)
    return [[_text(cell, as_shown=as_shown) for cell in line] for line in cells]


def _cells(data: bytes, name: str, *, values: bool) -> "list[tuple[Cell | MergedCell, ...]]":
    from openpyxl import load_workbook  # noqa: PLC0415 - only Excel files need it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(io.BytesIO(data), data_only=values)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise TableError([Problem(name, None, None, "", Note(NOT_EXCEL))]) from None
    return list(book.worksheets[0].iter_rows()) if book.worksheets else []


def _text(cell: "Cell | MergedCell", *, as_shown: bool) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, cell.number_format if as_shown else "General")
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _number(value: float, number_format: str) -> str:
    """As stored, or with as many decimals as the format shows."""
    if shown := FIXED.fullmatch(number_format):
        return f"{value:.{len(shown[1] or '')}f}"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
