"""SPSS files. System-missing values and those declared missing in the file are empty cells; row 1 is the first case."""

from collections.abc import Mapping
from datetime import date, datetime, time
import math
from pathlib import Path

from openbalint.stats.notes import Note, gettext_noop
from openbalint.tables.table import Problem, Table, TableError

NOT_SPSS = gettext_noop("This is no SPSS file (.sav).")


def table(path: Path) -> Table:
    """The cases of an SPSS file, with the labels of its variables and of their values."""
    import pyreadstat  # noqa: PLC0415 - only SPSS files need it

    try:
        data, described = pyreadstat.read_sav(path, output_format="dict")
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, UnicodeDecodeError):
        raise TableError([Problem(path.name, None, None, "", Note(NOT_SPSS))]) from None
    columns = [[_text(value) for value in data[name]] for name in described.column_names]
    cases = [(number, row) for number, row in enumerate(zip(*columns, strict=True), start=1) if any(row)]
    return Table(
        path.name,
        tuple(described.column_names),
        tuple(row for _, row in cases),
        tuple(number for number, _ in cases),
        {name: _labels(codes) for name, codes in described.variable_value_labels.items()},
        {name: label.strip() for name, label in described.column_names_to_labels.items() if label and label.strip()},
    )


def _labels(codes: Mapping[float | int, str]) -> dict[str, str]:
    return {_text(code): label for code, label in codes.items()}


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value).strip()
