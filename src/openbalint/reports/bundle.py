"""Everything that another needs to check an analysis: the report, the data with their codebook, the script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from openbalint.reports.analysis import Analysis, Measured, Rows
from openbalint.reports.contents import warning
from openbalint.reports.r_script import DATA, r_script
from openbalint.reports.words import Words
from openbalint.stats.samples import Floats
from openbalint.tables.write import Dataset, Variable, codebook_bytes, csv_bytes, parquet_bytes, sav_bytes


def files(analysis: Analysis, report: bytes, words: Words, day: date) -> dict[str, bytes]:
    """Each file by its name. Where single people are not known there are no data to hand on."""
    found = {"report.html": report, "analysis.R": r_script(analysis).encode("utf-8")}
    if analysis.rows is None:
        return found
    data = _Exported(analysis, analysis.rows, words).dataset()
    return {
        **found,
        DATA: csv_bytes(data),
        "codebook.csv": codebook_bytes(data),
        "data.sav": sav_bytes(data, day=day),
        "data.parquet": parquet_bytes(data),
    }


@dataclass(frozen=True, slots=True)
class _Exported:
    """The columns that were used, as variables."""

    analysis: Analysis
    rows: Rows
    words: Words

    def dataset(self) -> Dataset:
        """Id, arm, outcomes and characteristics, each column once."""
        variables = [self._coded(self.rows.id, self.rows.ids), self._coded(self.rows.arm, self.rows.arms)]
        for name, measured in self.rows.outcomes.items():
            variables += self._measured(name, measured)
        variables += [self._coded(column, values) for column, values in self.rows.composition.items()]
        once: dict[str, Variable] = {}
        for variable in variables:
            once.setdefault(variable.name, variable)
        title = self.analysis.title or self.analysis.file
        labels = {name: self.analysis.outcome(name) for name in self.rows.outcomes}
        return Dataset(tuple(once.values()), title, warning(self.analysis, self.words) or "", labels)

    def _coded(self, column: str, values: Sequence[str | None]) -> Variable:
        book = self.analysis.codebook
        return Variable(column, book.label(column), list(values), book.values.get(column, {}))

    def _measured(self, name: str, measured: Measured) -> list[Variable]:
        book, outcome = self.analysis.codebook, self.analysis.outcome(name)
        before = book.labels.get(measured.pre_column) or self.words.ugettext("%(outcome)s, before", outcome=outcome)
        after = book.labels.get(measured.post_column) or self.words.ugettext("%(outcome)s, after", outcome=outcome)
        return [
            Variable(measured.pre_column, before, _known(measured.pre)),
            Variable(measured.post_column, after, _known(measured.post)),
        ]


def _known(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
