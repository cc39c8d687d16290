"""What `openbalint audit` says to a coordinator: what cannot be right, what it should be, and how sure that is."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from openbalint.reports.plain.layout import grid, wrapped
from openbalint.reports.plain.statement import Gettext, listed
from openbalint.stats.audit import AuditResult, Finding, Table
from openbalint.stats.audit.findings import FIELDS
from openbalint.stats.notes import Note, gettext_noop

CONFIDENCE = {
    "certain": gettext_noop("certain"),
    "likely": gettext_noop("likely"),
    "possible": gettext_noop("possible"),
}
SHOULD_BE = {
    "certain": gettext_noop("%(field)s: printed %(printed)s, should be %(suggestion)s"),
    "likely": gettext_noop("%(field)s: printed %(printed)s, probably %(suggestion)s"),
    "possible": gettext_noop("%(field)s: printed %(printed)s, perhaps %(suggestion)s"),
}
MEANING = {
    "certain": gettext_noop("certain: no other single correction makes everything fit."),
    "likely": gettext_noop(
        "likely: the simplest way to make everything fit; another number could be the wrong one, so look at the data."
    ),
    "possible": gettext_noop(
        "possible: several numbers of the row are wrong together, and other sets would explain it as well; look at the data."
    ),
}
ALL_ARMS = gettext_noop("all arms")


def text(result: AuditResult, *, table: Table, file: str, gettext: Gettext) -> str:
    """The whole answer, lines ended by a newline."""
    return "\n".join(_AuditText(result, table, file, gettext).lines()) + "\n"


class _AuditText:
    def __init__(self, result: AuditResult, table: Table, file: str, gettext: Gettext) -> None:
        self.result = result
        self.arms = {outcome.name: [row.arm for row in outcome.rows] for outcome in table.outcomes}
        self.file = file
        self.gettext = gettext

    def say(self, message: str, **values: object) -> str:
        return Note.of(message, **values).text(self.gettext)

    def lines(self) -> Iterator[str]:
        found, checked = self.result.findings, self.result.checked
        if not found:
            yield self.say(
                gettext_noop(
                    "%(file)s: %(checked)s printed values could be checked against the others. There is nothing to say: they fit together."
                ),
                file=self.file,
                checked=checked,
            )
            return
        yield self.say(
            gettext_noop(
                "%(file)s: of %(checked)s printed values that could be checked, %(count)s cannot be right as they stand."
            ),
            file=self.file,
            checked=checked,
            count=len(found),
        )
        for outcome, findings in groupby(found, key=lambda finding: finding.outcome):
            yield from ("", outcome)
            for arm, of_row in groupby(findings, key=lambda finding: finding.arm):
                yield from self._row(arm, list(of_row))
        yield from ("", self.gettext("Corrections in one list"), "", *self._list())
        yield from ("", self.gettext("How sure"))
        used = {finding.confidence for finding in found}
        for confidence, meaning in MEANING.items():
            if confidence in used:
                yield from wrapped(self.gettext(meaning), indent="  ")

    def _row(self, arm: str | None, findings: Sequence[Finding]) -> Iterator[str]:
        yield f"  {arm if arm is not None else self.gettext(ALL_ARMS)}"
        together = [finding for finding in findings if finding.arm is not None and finding.kind != "p-zero"]
        if len(together) > 1:
            names = listed((self._field(finding) for finding in together), self.gettext)
            message = gettext_noop(
                "These cannot all be right, and no single correction mends the row: %(fields)s. The smallest set of corrections follows."
            )
            yield from wrapped(self.say(message, fields=names), indent="    ")
        for finding in findings:
            yield from self._finding(finding)

    def _finding(self, finding: Finding) -> Iterator[str]:
        values = {"field": self._field(finding), "printed": finding.printed, "suggestion": finding.suggestion}
        nothing = gettext_noop("%(field)s: printed %(printed)s; what belongs here does not follow from the others")
        message = nothing if finding.suggestion is None else SHOULD_BE[finding.confidence]
        yield "    " + self.say(message, **values)
        yield from wrapped(finding.explanation.text(self.gettext), indent="      ")
        if (bounds := self._bounds(finding)) is not None:
            yield from wrapped(bounds, indent="      ")

    def _field(self, finding: Finding) -> str:
        name = self.gettext(FIELDS[finding.field])
        if finding.field != "letters":
            return name
        return self.say(gettext_noop("%(field)s of %(arms)s"), field=name, arms="/".join(self.arms[finding.outcome]))

    def _bounds(self, finding: Finding) -> str | None:
        """Between which values the others leave it."""
        if finding.possible is None or finding.kind in ("p-zero", "sign-lost"):
            return None
        decimals = len(finding.printed.partition(".")[2])
        low, high = (_with_more(value, decimals) for value in finding.possible)
        if low == high:
            return self.say(gettext_noop("The other numbers leave only %(value)s, before rounding."), value=low)
        return self.say(
            gettext_noop("The other numbers leave %(low)s to %(high)s, before rounding."), low=low, high=high
        )

    def _list(self) -> list[str]:
        gettext = self.gettext
        header = [
            gettext("outcome"), gettext("arm"), gettext("value"), gettext("printed"), gettext("should be"),
            gettext("how sure"),
        ]  # fmt: skip
        rows = [
            [
                finding.outcome, finding.arm if finding.arm is not None else gettext(ALL_ARMS), gettext(FIELDS[finding.field]),
                finding.printed, finding.suggestion or "–", gettext(CONFIDENCE[finding.confidence]),
            ]
            for finding in self.result.findings
        ]  # fmt: skip
        return grid([header, *rows], left=(0, 1, 2, 5), indent="  ")


def _with_more(value: float, decimals: int) -> str:
    """A value with two more decimals than are printed, or as many as show on which side of a half it lies."""
    for more in (2, 3, 4, 5):
        text = f"{value:.{decimals + more}f}"
        if text[-more:].rstrip("0") != "5":
            return text
    return f"{value:.{decimals + 6}f}"
