"""A printed summary table, a row an arm, as the audit and `analyze --summary` read it."""

from collections.abc import Mapping

from openbalint.stats.analyze import ArmData
from openbalint.stats.audit import Table as PrintedTable, TableError as PrintedTableError, read_table
from openbalint.stats.audit.table import Row
from openbalint.stats.notes import gettext_noop
from openbalint.tables.columns import Columns
from openbalint.tables.table import Problem, Table, TableError

BELOW_ZERO = gettext_noop("An SD is never below zero.")


def printed_table(table: Table) -> PrintedTable:
    """The table as the audit wants it. TableError with every problem."""
    try:
        return read_table(table.dicts(), columns=table.columns, numbers=table.numbers)
    except PrintedTableError as error:
        raise TableError(
            [Problem(table.name, each.row, each.column, each.found, each.expected) for each in error.problems]
        ) from None


def summary_arms(table: Table) -> Mapping[str, Mapping[str, ArmData]]:
    """What `analyze_summary` wants: the printed numbers of each arm of each outcome. TableError with every problem."""
    outcomes = printed_table(table).outcomes
    columns = Columns(table)
    for name in {"pre_sd", "post_sd", "d_sd"}.intersection(table.columns):
        for number, text in zip(table.numbers, columns.texts(name), strict=True):
            if text.startswith(("-", "\N{MINUS SIGN}", "\N{EN DASH}")):
                columns.complain(number, name, text, BELOW_ZERO)
    columns.finish()
    return {outcome.name: {row.arm: _arm(row) for row in outcome.rows} for outcome in outcomes}


def _arm(row: Row) -> ArmData:
    names = ("pre_mean", "pre_sd", "post_mean", "post_sd")
    values = {name: row.cells[name].value if name in row.cells else float("nan") for name in names}
    change_sd = row.cells["d_sd"].value if "d_sd" in row.cells else float("nan")
    return ArmData.from_summary(n=row.n, change_sd=change_sd, **values)
