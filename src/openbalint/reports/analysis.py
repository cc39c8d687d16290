"""The report of one analysis: what was asked, read and found, as HTML, PDF or DOCX, and as a bundle to repeat it.

analysis = Analysis(file="data.csv", plan=plan, result=analyze(…), rows=Rows(…))
page = render(analysis, format="html", language="en", gettext=str, day=date(2026, 11, 23))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np

from openbalint.reports.words import Tag, Words
from openbalint.stats.analyze import ArmData, Plan
from openbalint.stats.results import AnalysisResult, OutcomeResult
from openbalint.stats.samples import Floats
from openbalint.tables.codebook import Codebook

Format = Literal["html", "pdf", "docx"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "docx")


@dataclass(frozen=True, slots=True)
class Measured:
    """The two columns of an outcome: their names in the file, and a value a row (not-a-number for missing)."""

    pre_column: str
    pre: Floats
    post_column: str
    post: Floats


@dataclass(frozen=True, slots=True)
class Rows:
    """The data of single people as they were read; every sequence has one value a row."""

    id: str
    ids: Sequence[str]
    arm: str
    arms: Sequence[str]
    outcomes: Mapping[str, Measured]
    composition: Mapping[str, Sequence[str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that a report tells of. Either `rows` or, from a printed table, `summary` is given.

    `file` is a name without folders. `synthetic` says that the people are invented; the report then says so everywhere.
    Names of outcomes, columns and codes are shown by the `codebook`, the arms as values of the arm column.
    """

    file: str
    plan: Plan
    result: AnalysisResult
    rows: Rows | None = None
    summary: Mapping[str, Mapping[str, ArmData]] | None = None
    synthetic: bool = False
    codebook: Codebook = field(default_factory=Codebook)
    title: str | None = None

    def __post_init__(self) -> None:
        if (self.rows is None) == (self.summary is None):
            raise ValueError("either rows or a summary must be given")

    def outcome(self, name: str) -> str:
        """An outcome in words."""
        return self.codebook.label(name)

    def arm(self, name: str) -> str:
        """An arm in words."""
        return self.codebook.value(self.rows.arm if self.rows else "arm", name)

    def arms(self) -> list[str]:
        """The arms in their order, each once, by the names in the file."""
        return list(dict.fromkeys(arm for outcome in self.result.outcomes.values() for arm in outcome.arms))

    def missing(self, counts: Mapping[str, int]) -> dict[str, int] | None:
        """How many people of each arm are not among `counts`; None where a printed table does not tell."""
        if self.rows is None:
            return None
        size = {arm: sum(one == arm for one in self.rows.arms) for arm in self.arms()}
        return {arm: size[arm] - counts.get(arm, 0) for arm in size}

    def complete(self, outcome: str, arm: str) -> tuple[Floats, Floats]:
        """Before and after of the people of an arm who have both."""
        if self.rows is None:
            return np.array([]), np.array([])
        measured = self.rows.outcomes[outcome]
        here = np.array([one == arm for one in self.rows.arms])
        here &= ~(np.isnan(measured.pre) | np.isnan(measured.post))
        return measured.pre[here], measured.post[here]

    def sds(self, outcome: OutcomeResult) -> list[float]:
        """The SDs of an outcome, from which its decimals follow."""
        parts = [part for arm in outcome.arms.values() for part in (arm.pre, arm.post, arm.change)]
        return [part.sd for part in parts if part.sd is not None]


def render(
    analysis: Analysis, *, format: Format, language: Tag, gettext: Callable[[str], str], day: date,  # noqa: A002
) -> bytes:  # fmt: skip
    """The whole report in one file. The same input gives the same bytes.

    Raises NoChineseFontError for a PDF or DOCX with Chinese in it where no Chinese font is installed.
    """
    from openbalint.reports.contents import contents  # noqa: PLC0415 - it imports this module's values

    words = Words(language, gettext)
    document = contents(analysis, words, day)
    if format == "html":
        from openbalint.reports.html import html  # noqa: PLC0415 - each format imports what it needs

        return html(document, words)
    if format == "pdf":
        from openbalint.reports.pdf import pdf  # noqa: PLC0415

        return pdf(document, words, day)
    from openbalint.reports.docx import docx  # noqa: PLC0415

    return docx(document, words, day)


def bundle(analysis: Analysis, *, language: Tag, gettext: Callable[[str], str], day: date) -> dict[str, bytes]:
    """The report with all that is needed to check it, by file name: report.html, analysis.R, and, where single people are
    known, data.csv with codebook.csv, data.sav and data.parquet."""
    from openbalint.reports.bundle import files  # noqa: PLC0415 - it imports this module's values

    report = render(analysis, format="html", language=language, gettext=gettext, day=day)
    return files(analysis, report, Words(language, gettext), day)


def r_script(analysis: Analysis) -> str:
    """The script that repeats every number in base R and stops where one differs."""
    from openbalint.reports.r_script import r_script as script  # noqa: PLC0415 - it imports this module's values

    return script(analysis)
