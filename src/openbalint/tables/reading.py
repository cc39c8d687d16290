"""From a file to a table: which format, and the rules all formats share.

The ending of the name tells the format: .xlsx, .sav, and text for .csv, .tsv and .txt.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openbalint.stats.notes import Note, gettext_noop
from openbalint.tables import csv_file, sav_file, xlsx_file
from openbalint.tables.table import Problem, Table, TableError

TEXT, EXCEL, SPSS = (".csv", ".tsv", ".txt"), (".xlsx",), (".sav", ".zsav")

UNKNOWN_FORMAT = gettext_noop("A .csv, .xlsx or .sav file is expected.")
NOT_READ = gettext_noop("The file cannot be opened. Please look whether it is there and may be read.")
NO_HEADER = gettext_noop("The first row must hold the names of the columns, and the file is empty.")
NO_NAME = gettext_noop("Column %(place)s has no name in the first row.")
NAME_TWICE = gettext_noop("Two columns have this name; every column needs a name of its own.")
TOO_MANY = gettext_noop("This row has %(cells)s cells, and there are %(columns)s columns.")


def read(path: Path, *, as_shown: bool = False) -> Table:
    """The table in a file. TableError where it cannot be read.

    With `as_shown`, numbers of an .xlsx file come with the decimals that Excel shows, as a printed table needs them;
    otherwise as they are stored.
    """
    ending = path.suffix.lower()
    if ending not in (*TEXT, *EXCEL, *SPSS):
        raise TableError([Problem(path.name, None, None, "", Note(UNKNOWN_FORMAT))])
    try:
        data = path.read_bytes()
    except OSError:
        raise TableError([Problem(path.name, None, None, "", Note(NOT_READ))]) from None
    if ending in EXCEL:
        return assembled(path.name, xlsx_file.rows(data, name=path.name, as_shown=as_shown))
    if ending in SPSS:
        return sav_file.table(path)
    return assembled(path.name, csv_file.rows(data, name=path.name))


def assembled(name: str, rows: Iterable[Sequence[str]], labels: Mapping[str, Mapping[str, str]] | None = None) -> Table:
    """A table from raw rows, the header first. TableError with every fault of its shape."""
    numbered = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1)]
    filled = [(number, row) for number, row in numbered if any(row)]
    if not filled:
        raise TableError([Problem(name, None, None, "", Note(NO_HEADER))])
    header, body = filled[0][1], filled[1:]
    width = max(place for place, text in enumerate(header, start=1) if text)
    problems = [*_faults_of_header(name, filled[0][0], header[:width])]
    problems += [problem for number, row in body for problem in _faults_of_row(name, number, row, width)]
    if problems:
        raise TableError(problems)
    return Table(
        name,
        tuple(header[:width]),
        tuple(tuple(row[:width]) for _, row in body),
        tuple(number for number, _ in body),
        labels or {},
    )


def _faults_of_header(name: str, number: int, header: Sequence[str]) -> Iterable[Problem]:
    for place, text in enumerate(header, start=1):
        if not text:
            yield Problem(name, number, None, "", Note.of(NO_NAME, place=place))
        elif text in header[: place - 1]:
            yield Problem(name, number, text, "", Note(NAME_TWICE))


def _faults_of_row(name: str, number: int, row: Sequence[str], width: int) -> Iterable[Problem]:
    """Empty cells beyond the last column are no cells: spreadsheets write them."""
    if len(row) < width or any(row[width:]):
        yield Problem(name, number, None, "", Note.of(TOO_MANY, cells=len(row), columns=width))
