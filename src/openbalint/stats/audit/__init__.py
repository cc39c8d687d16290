"""Judge a printed summary table: can each number come from the others within rounding, and if not, what would explain it?

    audit(read_table(rows))

The way there: rounding leaves every cell an interval (`table`); whole-number answers leave few sums and sums of squares in
it (`worlds`); where none is left, the fewest cells that must be wrong are found (`corrections`); F and letters are held
against what the arms leave together (`between`, `judge`); the verdict is put in words (`findings`).
"""

from openbalint.stats.audit.findings import AuditResult, Finding, audit
from openbalint.stats.audit.table import Problem, Table, TableError, read_table

__all__ = ["AuditResult", "Finding", "Problem", "Table", "TableError", "audit", "read_table"]
