"""Table 1 as trials have long printed it: before, after, change, paired t and letters, F below; beside it, a printed table."""

from collections.abc import Iterator, Sequence

from openbalint.reports.analysis import Analysis
from openbalint.reports.plain.layout import decimals_for, grid, number, probability, probability_is
from openbalint.reports.plain.statement import Gettext, listed, stated
from openbalint.stats.audit import Table as PrintedTable
from openbalint.stats.audit.table import Cell, Outcome, Row
from openbalint.stats.notes import Note, gettext_noop
from openbalint.stats.results import ArmResult, OutcomeResult

PLUS_MINUS = " ± "
PAIRS = (("pre_mean", "pre_sd"), ("post_mean", "post_sd"), ("d_mean", "d_sd"))
LETTERS = {
    "change": gettext_noop("letters: change"),
    "post": gettext_noop("letters: after"),
    "ancova": gettext_noop("letters: adjusted"),
}
SHORT = {
    "pre_mean": gettext_noop("mean before"), "pre_sd": gettext_noop("SD before"),
    "post_mean": gettext_noop("mean after"), "post_sd": gettext_noop("SD after"),
    "d_mean": gettext_noop("mean of the difference"), "d_sd": gettext_noop("SD of the difference"),
    "t": "t", "p": "P", "letters": gettext_noop("letters"), "n": "n",
}  # fmt: skip


class SeedTable:
    """The lines of Table 1; `beside` is what a paper printed, its outcomes and arms named alike."""

    def __init__(self, analysis: Analysis, beside: PrintedTable | None, gettext: Gettext) -> None:
        self.analysis = analysis
        self.gettext = gettext
        self.printed = {outcome.name: outcome for outcome in beside.outcomes} if beside else {}

    def lines(self) -> Iterator[str]:
        """The table and what explains it."""
        body = {name: list(self._rows(name, outcome)) for name, outcome in self.analysis.result.outcomes.items()}
        last = len(self._header()) - 1
        lines = iter(grid([self._header(), *(row for rows in body.values() for row in rows)], left=(0, last)))
        yield next(lines)
        for name, rows in body.items():
            yield self.analysis.outcome(name)
            yield from (next(lines) for _ in rows)
            yield from self._tests(name)
        yield ""
        yield self.gettext(
            "mean ± SD; t, df, P: paired t test of change; arms that share a letter are not shown to differ."
        )
        if self.printed:
            yield self.gettext(
                "printed: what the other table says; ≠ names what differs from the line above, signs left aside."
            )

    def _header(self) -> list[str]:
        gettext, plan = self.gettext, self.analysis.plan
        letters = [] if plan.posthoc == "dunnett" else [gettext(LETTERS[plan.omnibus])]
        return [
            gettext("outcome, arm"), "n", gettext("missing"), gettext("before"), gettext("after"), gettext("change (after − before)"),
            "t", "df", "P", *letters, "",
        ]  # fmt: skip

    def _rows(self, name: str, outcome: OutcomeResult) -> Iterator[list[str]]:
        letters = outcome.posthoc.letters if outcome.posthoc else None
        lettered = [] if self.analysis.plan.posthoc == "dunnett" else [""]
        missing = self.analysis.missing({arm: found.n for arm, found in outcome.arms.items()})
        for arm, found in outcome.arms.items():
            letter = (letters or {}).get(arm, "")
            yield [
                f"  {self.analysis.arm(arm)}", str(found.n), "–" if missing is None else str(missing[arm]),
                *_scores(found), *_paired(found), *(letter for _ in lettered), "",
            ]  # fmt: skip
            if (row := self._printed_row(name, arm)) is not None:
                names = (self.gettext(SHORT[field]) for field in _differing(row, found, letter))
                differing = listed(names, self.gettext)
                yield [
                    "    " + self.gettext("printed"), str(row.n), "",
                    *(PLUS_MINUS.join(_shown(row, field) for field in pair) for pair in PAIRS),
                    _shown(row, "t"), "", _shown(row, "p"), *(row.letters_printed for _ in lettered),
                    f"≠ {differing}" if differing else "",
                ]  # fmt: skip

    def _printed_row(self, outcome: str, arm: str) -> Row | None:
        rows: Sequence[Row] = self.printed[outcome].rows if outcome in self.printed else ()
        return next((row for row in rows if row.arm == arm), None)

    def _tests(self, name: str) -> Iterator[str]:
        test = self.analysis.result.outcomes[name].omnibus
        if test.F is None:
            yield "  " + self.gettext("F: cannot be computed, see the notes")
        else:
            shown = f"F({test.df1}, {test.df2}) = {number(test.F, 3)}, {probability_is(test.p)}"
            yield "  " + stated(self.analysis, shown, test.on, test.n, self.gettext)
        printed = self.printed.get(name)
        if printed is not None and printed.F is not None:
            yield "    " + self._printed_f(printed, printed.F, test.F, test.p)

    def _printed_f(self, printed: Outcome, cell: Cell, f: float | None, p: float | None) -> str:
        bound = printed.F_p
        said = cell.printed if bound is None else f"{cell.printed}, P < {bound.value:g}"
        differing = [] if f is not None and _same(cell, f) else ["F"]
        differing += ["P"] if bound is not None and p is not None and p > bound.value else []
        line = Note.of(gettext_noop("printed F %(said)s"), said=said).text(self.gettext)
        return line + (f"  ≠ {listed(differing, self.gettext)}" if differing else "")


def _scores(found: ArmResult) -> list[str]:
    decimals = decimals_for(found.pre.sd, found.post.sd, found.change.sd)
    return [
        number(each.mean, decimals) + PLUS_MINUS + number(each.sd, decimals)
        for each in (found.pre, found.post, found.change)
    ]


def _paired(found: ArmResult) -> list[str]:
    test = found.paired_t
    return ["–", "–", "–"] if test is None else [number(test.t, 3), str(test.df), probability(test.p)]


def _shown(row: Row, field: str) -> str:
    return row.cells[field].printed if field in row.cells else "–"


def _differing(row: Row, found: ArmResult, letters: str) -> Iterator[str]:
    """The printed cells that the data do not give. A difference may be printed either way round."""
    test = found.paired_t
    values = {
        "pre_mean": found.pre.mean, "pre_sd": found.pre.sd, "post_mean": found.post.mean, "post_sd": found.post.sd,
        "d_mean": found.change.mean, "d_sd": found.change.sd, "t": test.t if test else None, "p": test.p if test else None,
    }  # fmt: skip
    if row.n != found.n:
        yield "n"
    for field, value in values.items():
        cell = row.cells.get(field)
        if cell is not None and (value is None or not _same(cell, value)):
            yield field
    if row.letters is not None and letters and frozenset(letters) != row.letters:
        yield "letters"


def _same(cell: Cell, value: float) -> bool:
    """Whether a value may have been rounded to what is printed."""
    if cell.field in ("d_mean", "t"):
        cell, value = Cell(cell.field, cell.printed, abs(cell.value), cell.decimals, cell.sign), abs(value)
    low, high = cell.interval()
    return low <= value <= high and not cell.is_zero_p
