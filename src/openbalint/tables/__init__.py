"""The files people have: CSV, Excel and SPSS, in and out.

    columns = Columns(read(Path("trial.csv")))      # texts as they stand, '' where a cell is empty
    arm, before = columns.names("group"), columns.numbers("ee_pre")
    columns.finish()                                # raises TableError with every problem of the file at once

Only an empty cell is missing. Whatever else is no number where a number belongs is a problem, told with file, row, column
and what was expected; nothing is guessed.
"""

from openbalint.tables.columns import Columns
from openbalint.tables.reading import read
from openbalint.tables.table import Problem, Table, TableError

__all__ = ["Columns", "Problem", "Table", "TableError", "read"]
