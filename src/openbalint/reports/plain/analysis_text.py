"""The answer of `openbalint analyze` for a terminal: the table of the seed trial, and beside it the modern one."""

from collections import Counter
from collections.abc import Iterator, Mapping

from openbalint.reports.analysis import Analysis
from openbalint.reports.plain.layout import decimals_for, grid, interval, number, probability, probability_is, wrapped
from openbalint.reports.plain.seed_table import SeedTable
from openbalint.reports.plain.statement import ON, Gettext, listed, stated
from openbalint.stats.audit import Table as PrintedTable
from openbalint.stats.notes import Note, gettext_noop
from openbalint.stats.results import CompositionResult, EffectSizeResult, OutcomeResult, PairResult

METHODS = {
    "snk": gettext_noop("Student–Newman–Keuls (q test)"),
    "tukey": gettext_noop("Tukey"),
    "dunnett": gettext_noop("Dunnett"),
}
ERRORS = {
    "kramer": gettext_noop("Kramer's standard error"),
    "harmonic": gettext_noop("one harmonic standard error"),
}

TOGETHER = gettext_noop(
    "All tests take people as independent of each other. If an arm was treated as one group, the treatment cannot be told from the group, and the variance of the mean of %(m)s people is %(factor)s times as large at an intraclass correlation of %(icc)s, which is assumed here, not estimated."
)
ASSUMED = 0.05


def text(analysis: Analysis, *, beside: PrintedTable | None = None, gettext: Gettext) -> str:
    """The whole answer, lines ended by a newline; `beside` is a printed table to hold it against."""
    return "\n".join(_AnalysisText(analysis, beside, gettext).lines()) + "\n"


class _AnalysisText:
    def __init__(self, analysis: Analysis, beside: PrintedTable | None, gettext: Gettext) -> None:
        self.analysis = analysis
        self.beside = beside
        self.result = analysis.result
        self.plan = analysis.plan
        self.gettext = gettext

    def lines(self) -> Iterator[str]:
        gettext = self.gettext
        yield from self._head()
        yield from ("", gettext("Table 1. Before and after, within and between the arms"), "")
        yield from SeedTable(self.analysis, self.beside, gettext).lines()
        yield from ("", gettext("Table 2. Differences between arms: adjusted for before, and as effect sizes"), "")
        for name, outcome in self.result.outcomes.items():
            yield from self._modern(name, outcome)
        yield from ("", self._pairs_title(), "")
        for name, outcome in self.result.outcomes.items():
            yield from self._pairs(name, outcome)
        yield from ("", gettext("Table 4. Further tests between the arms"), "")
        for name, outcome in self.result.outcomes.items():
            yield from self._further(name, outcome)
        if self.result.composition:
            yield from ("", gettext("Table 5. How the arms are made up"), "")
        for name, composition in self.result.composition.items():
            yield from self._composition(name, composition)
        yield from self._notes()
        yield from self._limit()

    # ── what it is about ──────────────────────────────────────────────────────────────────────────────────────────────

    def _head(self) -> Iterator[str]:
        gettext, analysis = self.gettext, self.analysis
        if analysis.title:
            yield analysis.title
        if analysis.synthetic:
            yield gettext("Synthetic data: invented people, not the data of a study.")
        yield Note.of(gettext_noop("Data: %(file)s; %(arms)s"), file=analysis.file, arms=self._sizes()).text(gettext)
        sentence = Note.of(
            gettext_noop(
                "Change is after − before, so a fall is negative. SDs divide by n − 1. Alpha %(alpha)s, intervals %(level)s %%. The arms are compared on: %(on)s; pairs by %(method)s."
            ),
            alpha=f"{self.plan.alpha:g}",
            level=f"{100 * (1 - self.plan.alpha):g}",
            on=Note(ON[self.plan.omnibus]),
            method=Note(METHODS[self.plan.posthoc]),
        )
        yield from wrapped(sentence.text(gettext))

    def _sizes(self) -> str:
        rows = self.analysis.rows
        if rows is None:
            return self.gettext("a summary table, without single people")
        sizes = listed((f"{self.analysis.arm(arm)} {n}" for arm, n in Counter(rows.arms).items()), self.gettext)
        return Note.of(gettext_noop("%(n)s rows: %(sizes)s"), n=len(rows.arms), sizes=sizes).text(self.gettext)

    def _statement(self, test: str, on: str, n: Mapping[str, int]) -> str:
        return stated(self.analysis, test, on, n, self.gettext)

    # ── Table 2 ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _modern(self, name: str, outcome: OutcomeResult) -> Iterator[str]:
        gettext, found = self.gettext, outcome.ancova
        yield self.analysis.outcome(name)
        if found is not None:
            test = f"ANCOVA F({found.df1}, {found.df2}) = {number(found.F, 3)}, {probability_is(found.p)}"
            yield "  " + self._statement(test, "ancova", found.n)
            means = (
                f"{self.analysis.arm(arm)} {number(mean.mean, 2)} (SE {number(mean.se, 2)})"
                for arm, mean in found.adjusted_means.items()
            )
            yield "  " + Note.of(gettext_noop("Adjusted means after: %(means)s"), means=listed(means, gettext)).text(
                gettext
            )
        pairs = {arm: each.n for arm, each in outcome.arms.items()}
        everyone = self.plan.omnibus == "post"
        yield "  " + self._statement("g", "change", pairs)
        yield "  " + self._statement(
            "g", "post" if everyone else "post-pairs", outcome.omnibus.n if everyone else pairs
        )
        level = f"{100 * (1 - self.plan.alpha):g} %"
        header = [
            gettext("pair"), gettext("adjusted difference"), level, "P", gettext("g on change"), level,
            gettext("g on after"), level,
        ]  # fmt: skip
        yield from grid([header, *self._modern_rows(outcome)], indent="  ")

    def _modern_rows(self, outcome: OutcomeResult) -> Iterator[list[str]]:
        sizes = {(each.a, each.b, each.on): each for each in outcome.effect_sizes}
        adjusted = {(each.a, each.b): each for each in (outcome.ancova.contrasts if outcome.ancova else ())}
        for a, b in dict.fromkeys((each.a, each.b) for each in outcome.effect_sizes):
            contrast = adjusted.get((a, b))
            decimals = decimals_for(contrast.se if contrast else None)
            yield [
                self._pair(a, b), number(contrast.estimate if contrast else None, decimals),
                interval(contrast.ci if contrast else None, decimals), probability(contrast.p if contrast else None),
                *_effect(sizes.get((a, b, "change"))), *_effect(sizes.get((a, b, "post"))),
            ]  # fmt: skip

    # ── Table 3 ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _pairs_title(self) -> str:
        return Note.of(
            gettext_noop("Table 3. Which arms differ: %(method)s"), method=Note(METHODS[self.plan.posthoc])
        ).text(self.gettext)

    def _pairs(self, name: str, outcome: OutcomeResult) -> Iterator[str]:
        gettext, found = self.gettext, outcome.posthoc
        yield self.analysis.outcome(name)
        if found is None:
            yield "  " + gettext("cannot be computed, see the notes")
            return
        method = (
            gettext(METHODS[found.method])
            if found.se is None
            else listed((gettext(METHODS[found.method]), gettext(ERRORS[found.se])), gettext)
        )
        yield "  " + self._statement(method, found.on, outcome.omnibus.n)
        statistic = "t" if found.method == "dunnett" else "q"
        header = [
            gettext("pair"), gettext("difference"), statistic, gettext("span"), "P", gettext("adjusted P"),
            gettext("differ"),
        ]  # fmt: skip
        yield from grid([header, *(self._pair_row(pair) for pair in found.pairs)], indent="  ")

    def _pair(self, a: str, b: str) -> str:
        return f"{self.analysis.arm(a)} − {self.analysis.arm(b)}"

    def _pair_row(self, pair: PairResult) -> list[str]:
        return [
            self._pair(pair.a, pair.b), number(pair.difference, 3), number(pair.statistic, 3),
            "–" if pair.span is None else str(pair.span), probability(pair.p), probability(pair.p_adjusted),
            self.gettext("yes") if pair.significant else self.gettext("no"),
        ]  # fmt: skip

    # ── the rest ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _further(self, name: str, outcome: OutcomeResult) -> Iterator[str]:
        yield self.analysis.outcome(name)
        on, n = outcome.omnibus.on, outcome.omnibus.n
        if outcome.omnibus.F is not None:
            kind = self.gettext("partial ") if on == "ancova" else ""
            sizes = f"{kind}η² = {number(outcome.omnibus.eta_squared, 3)}, {kind}ω² = {number(outcome.omnibus.omega_squared, 3)}"
            yield "  " + self._statement(sizes, on, n)
        if (welch := outcome.welch) is not None:
            test = f"Welch F({welch.df1}, {number(welch.df2)}) = {number(welch.F, 3)}, {probability_is(welch.p)}"
            yield "  " + self._statement(test, on, n)
        if (ranks := outcome.kruskal) is not None:
            test = f"Kruskal–Wallis H({ranks.df}) = {number(ranks.H, 3)}, {probability_is(ranks.p)}"
            yield "  " + self._statement(test, on, n)
        adjusted = self.result.holm.get(name)
        if adjusted is not None and len(self.result.outcomes) > 1:
            message = gettext_noop("F, Holm over %(count)s outcomes: %(p)s")
            test = Note.of(message, count=len(self.result.outcomes), p=probability_is(adjusted)).text(self.gettext)
            yield "  " + self._statement(test, on, n)

    def _composition(self, name: str, found: CompositionResult) -> Iterator[str]:
        gettext = self.gettext
        values = list(next(iter(found.table.values()), {}))
        yield self.analysis.outcome(name)
        counts = [[self.analysis.arm(arm), *(str(row[value]) for value in values)] for arm, row in found.table.items()]
        yield from grid([[gettext("arm"), *values], *counts], indent="  ")
        known = sum(sum(row.values()) for row in found.table.values())
        missing = 0 if self.analysis.rows is None else len(self.analysis.rows.arms) - known
        if found.chi2 is not None:
            test = f"χ²({found.df}) = {number(found.chi2, 3)}, {probability_is(found.p)}"
            message = gettext_noop(
                "%(test)s, smallest expected count %(least)s; Fisher %(fisher)s · on counts of people · n = %(n)s, missing %(missing)s"
            )
            fisher = "–" if found.fisher_p is None else probability_is(found.fisher_p)
            yield "  " + Note.of(
                message, test=test, least=number(found.min_expected), fisher=fisher, n=known, missing=missing
            ).text(gettext)
        yield from (f"  {note.text(gettext)}" for note in found.notes)

    def _limit(self) -> Iterator[str]:
        """What these numbers cannot say: people treated in one group share its fate."""
        size = max(found.n for outcome in self.result.outcomes.values() for found in outcome.arms.values())
        if size < 2:
            return
        sentence = Note.of(TOGETHER, m=size, icc=f"{ASSUMED:g}", factor=number(1 + (size - 1) * ASSUMED, 2))
        yield from ("", self.gettext("What this analysis cannot tell"))
        yield from wrapped(sentence.text(self.gettext), indent="  ")

    def _notes(self) -> Iterator[str]:
        noted = {name: outcome.notes for name, outcome in self.result.outcomes.items() if outcome.notes}
        if noted:
            yield from ("", self.gettext("Notes"))
        shared: dict[tuple[Note, ...], list[str]] = {}
        for name, notes in noted.items():
            shared.setdefault(notes, []).append(name)
        for notes, names in shared.items():
            yield listed(map(self.analysis.outcome, names), self.gettext)
            for note in notes:
                yield from wrapped(note.text(self.gettext), indent="  ")


def _effect(found: EffectSizeResult | None) -> list[str]:
    return ["–", "–"] if found is None else [number(found.g), interval(found.ci)]
