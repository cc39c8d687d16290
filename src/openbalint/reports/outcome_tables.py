"""The tables of an analysis: people and missing values, the classical table, adjusted differences, all tests."""

from openbalint.reports.analysis import Analysis
from openbalint.reports.definitions import Definitions, defined, level, tested, tested_p
from openbalint.reports.document import Cell, Column, Group, Table, Tested
from openbalint.reports.words import Inline, Run, Words, decimals_for, interval, number, p_value, plain, symbols
from openbalint.stats.results import AdjustedMean, ArmResult, CompositionResult, Described, OutcomeResult, PairResult

STATISTIC = 3  # places of t, F, q, H and of shares of variance
G = 2
NONE: Inline = ()


class Tables:
    """Makes each table of one analysis."""

    def __init__(self, analysis: Analysis, words: Words) -> None:
        self.analysis, self.words = analysis, words
        self.outcomes = analysis.result.outcomes
        self.define = {name: Definitions(analysis, words, name) for name in self.outcomes}
        self.decimals = {name: decimals_for(analysis.sds(outcome)) for name, outcome in self.outcomes.items()}

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def people(self) -> Table:
        """Where each outcome stands in the file, and who is in it."""
        w, arms, rows = self.words, self.analysis.arms(), self.analysis.rows
        columns = [Column(w.gettext("Outcome"), "left")]
        if rows:
            columns += [Column(w.gettext("Before"), "left"), Column(w.gettext("After"), "left")]
        columns += [Column(plain(self.analysis.arm(arm))) for arm in arms]
        body = [self._people(name, outcome) for name, outcome in self.outcomes.items()]
        if rows:
            sizes = [plain(str(sum(one == arm for one in rows.arms))) for arm in arms]
            body.insert(0, (w.gettext("All people"), plain("–"), plain("–"), *sizes))
            note = w.gettext(
                "The columns of the file, and the number of people with both values, then in brackets with a missing value. Values are not replaced."
            )
        else:
            note = w.gettext(
                "The number of complete pairs that the printed table gives; what was missing it does not tell."
            )
        return Table(
            "people", w.gettext("People and missing values"), tuple(columns), (Group(None, tuple(body)),), (note,)
        )

    def _people(self, name: str, outcome: OutcomeResult) -> tuple[Cell, ...]:
        rows = self.analysis.rows
        missing = self.analysis.missing({arm: result.n for arm, result in outcome.arms.items()})
        counts = [
            plain(f"{arm.n} ({missing[label]})" if missing else str(arm.n)) for label, arm in outcome.arms.items()
        ]
        if rows is None:
            return (plain(self.analysis.outcome(name)), *counts)
        measured = rows.outcomes[name]
        return (
            plain(self.analysis.outcome(name)), plain(measured.pre_column), plain(measured.post_column), *counts,
        )  # fmt: skip

    # ── composition ──────────────────────────────────────────────────────────────────────────────────────────────────

    def composition(self) -> Table:
        """Counts and shares of each characteristic in each arm."""
        w, arms = self.words, self.analysis.arms()
        columns = (
            Column(w.gettext("Characteristic"), "left"), *(Column(plain(self.analysis.arm(arm))) for arm in arms),
            Column(symbols("*χ*²")), Column(symbols("*df*")), Column(symbols("*P*")), Column(w.gettext("Fisher’s *P*")),
        )  # fmt: skip
        found = self.analysis.result.composition
        groups = tuple(self._characteristic(name, result) for name, result in found.items())
        notes = [w.gettext("Counts, and shares of the arm among those with a value.")]
        notes += [self._note(name, note.text(w.catalogue)) for name, result in found.items() for note in result.notes]
        return Table("composition", w.gettext("How the arms are made up"), columns, groups, tuple(notes))

    def _characteristic(self, name: str, result: CompositionResult) -> Group:
        w, analysis = self.words, self.analysis
        counts = {arm: sum(row.values()) for arm, row in result.table.items()}
        people, label = w.gettext("People with a value"), analysis.outcome(name)
        chi = defined(analysis, w.gettext("Pearson’s *χ*² test without correction"), people, label, counts)
        fisher = defined(analysis, w.gettext("Fisher’s exact test, two-sided"), people, label, counts)
        tests: tuple[Cell, ...] = (
            tested(result.chi2, STATISTIC, chi), plain(str(result.df or "–")), tested_p(result.p, chi), tested_p(result.fisher_p, fisher),
        )  # fmt: skip
        values = list(dict.fromkeys(value for row in result.table.values() for value in row))
        rows = tuple(
            (
                plain(analysis.codebook.value(name, value)),
                *(plain(_share(result.table[arm].get(value, 0), counts[arm])) for arm in result.table),
                *(tests if i == 0 else (NONE,) * 4),
            )
            for i, value in enumerate(values)
        )
        return Group(plain(label), rows)

    # ── the classical table ──────────────────────────────────────────────────────────────────────────────────────────

    def classical(self) -> Table:
        """Before, after and change of each arm with its paired t, letters, and F below, as trials print it."""
        w = self.words
        columns = (
            Column(w.gettext("Arm"), "left"),
            Column(symbols("*n*")), Column(w.gettext("Before")), Column(w.gettext("After")), Column(w.pgettext("score", "Change")),
            Column(symbols("*t*")), Column(symbols("*P*")),
        )  # fmt: skip
        groups = tuple(self._classical(name, outcome) for name, outcome in self.outcomes.items())
        notes = [w.gettext("Mean ± SD of the people with both values; change is after − before.")]
        if any(outcome.posthoc and outcome.posthoc.letters for outcome in self.outcomes.values()):
            notes.append(
                w.gettext(
                    "Arms of an outcome that share a letter are not shown to differ at *α* = %(alpha)s.",
                    alpha=f"{self.analysis.plan.alpha:g}",
                )
            )
        return Table(
            "classical", w.gettext("Before, after and change within the arms, and the arms compared"), columns, groups,
            (w.sentences(notes), *self.notes()),
        )  # fmt: skip

    def _classical(self, name: str, outcome: OutcomeResult) -> Group:
        arms = tuple(self._arm(name, label, arm) for label, arm in outcome.arms.items())
        test, define = outcome.omnibus, self.define[name].omnibus()
        column = {"change": 4, "post": 3, "ancova": 3}[test.on]
        row: list[Cell] = [NONE] * 7
        row[0] = symbols(f"*F*({test.df1 or '–'}, {test.df2 or '–'})")
        row[column] = tested(test.F, STATISTIC, define)
        row[6] = tested_p(test.p, define)
        return Group(plain(self.analysis.outcome(name)), (*arms, tuple(row)))

    def _arm(self, name: str, label: str, arm: ArmResult) -> tuple[Cell, ...]:
        decimals, define = self.decimals[name], self.define[name].paired()
        posthoc = self.outcomes[name].posthoc
        after, change = self._mean_sd(arm.post, decimals), self._mean_sd(arm.change, decimals)
        cells: dict[str, Cell] = {"post": after, "change": change}
        if posthoc and posthoc.letters and label in posthoc.letters and posthoc.on != "ancova":
            plain_cell = after if posthoc.on == "post" else change
            lettered = (*plain_cell, Run(posthoc.letters[label], "sup"))
            cells[posthoc.on] = Tested(lettered, self.define[name].posthoc())
        t = arm.paired_t
        return (
            plain(self.analysis.arm(label)), plain(str(arm.n)), self._mean_sd(arm.pre, decimals), cells["post"],
            cells["change"], tested(t.t if t else None, STATISTIC, define), tested_p(t.p if t else None, define),
        )  # fmt: skip

    def _mean_sd(self, described: Described, decimals: int) -> Inline:
        return plain(f"{number(described.mean, decimals)} ± {number(described.sd, decimals)}")

    def notes(self) -> tuple[Inline, ...]:
        """What could not be computed, outcome by outcome."""
        return tuple(
            self._note(name, note.text(self.words.catalogue))
            for name, outcome in self.outcomes.items()
            for note in outcome.notes
        )

    def _note(self, name: str, sentence: str) -> Inline:
        return self.words.gettext("%(outcome)s: %(note)s", outcome=self.analysis.outcome(name), note=sentence)

    # ── adjusted ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def adjusted_means(self) -> Table:
        """Means after, at the same baseline, with the F of the arms."""
        w, arms = self.words, self.analysis.arms()
        columns = (
            Column(w.gettext("Outcome"), "left"), *(Column(plain(self.analysis.arm(arm))) for arm in arms),
            Column(symbols("*F*")), Column(symbols("*df*")), Column(symbols("*P*")),
        )  # fmt: skip
        rows = tuple(self._adjusted_means(name, outcome, arms) for name, outcome in self.outcomes.items())
        note = w.gettext(
            "Mean after (standard error), adjusted by analysis of covariance to the mean before of all people in it."
        )
        return Table("means", w.gettext("Adjusted means after"), columns, (Group(None, rows),), (note,))

    def _adjusted_means(self, name: str, outcome: OutcomeResult, arms: list[str]) -> tuple[Cell, ...]:
        found, define = outcome.ancova, self.define[name].ancova()
        label = plain(self.analysis.outcome(name))
        if found is None:
            return (label, *[plain("–")] * (len(arms) + 3))
        letters = self._adjusted_letters(outcome)
        means = [self._adjusted_mean(found.adjusted_means.get(arm), name, letters.get(arm, ())) for arm in arms]
        df = plain(f"{found.df1}, {found.df2}")
        return (label, *means, tested(found.F, STATISTIC, define), df, tested_p(found.p, define))

    def _adjusted_mean(self, mean: AdjustedMean | None, name: str, letters: Inline) -> Cell:
        if mean is None:
            return plain("–")
        decimals = self.decimals[name]
        shown = plain(f"{number(mean.mean, decimals)} ({number(mean.se, decimals)})")
        return Tested((*shown, *letters), self.define[name].ancova())

    def _adjusted_letters(self, outcome: OutcomeResult) -> dict[str, Inline]:
        """The letters, where the pairs compared are those of adjusted means."""
        posthoc = outcome.posthoc
        if posthoc is None or posthoc.on != "ancova" or posthoc.letters is None:
            return {}
        return {arm: (Run(letters, "sup"),) for arm, letters in posthoc.letters.items()}

    def differences(self) -> Table:
        """Adjusted differences with intervals, and effect sizes."""
        w = self.words
        with_ci = {"level": level(self.analysis)}
        columns = (
            Column(w.gettext("Arms"), "left"),
            Column(w.gettext("Adjusted difference (%(level)s CI)", **with_ci)), Column(symbols("*P*")),
            Column(w.gettext("*g* of change (%(level)s CI)", **with_ci)), Column(w.gettext("*g* of after (%(level)s CI)", **with_ci)),
        )  # fmt: skip
        groups = tuple(
            Group(
                plain(self.analysis.outcome(name)),
                tuple(self._difference(name, *pair) for pair in self._pairs(outcome)),
            )
            for name, outcome in self.outcomes.items()
        )
        note = w.gettext("Each difference is the first arm minus the second.")
        return Table(
            "differences", w.gettext("Differences between the arms and effect sizes"), columns, groups, (note,)
        )

    def _pairs(self, outcome: OutcomeResult) -> list[tuple[str, str]]:
        contrasts = [(c.a, c.b) for c in outcome.ancova.contrasts] if outcome.ancova else []
        return list(dict.fromkeys([*contrasts, *((effect.a, effect.b) for effect in outcome.effect_sizes)]))

    def _difference(self, name: str, a: str, b: str) -> tuple[Cell, ...]:
        outcome, define, decimals = self.outcomes[name], self.define[name], self.decimals[name]
        contrasts = outcome.ancova.contrasts if outcome.ancova else ()
        contrast = next((c for c in contrasts if (c.a, c.b) == (a, b)), None)
        shown: list[Cell] = [plain("–"), plain("–")]
        if contrast:
            estimate = self._with_ci(contrast.estimate, contrast.ci, decimals)
            shown = [Tested(estimate, define.contrasts()), tested_p(contrast.p, define.contrasts())]
        return (self.pair(a, b), *shown, self._g(name, a, b, "change"), self._g(name, a, b, "post"))

    def _g(self, name: str, a: str, b: str, on: str) -> Cell:
        effects = self.outcomes[name].effect_sizes
        effect = next((one for one in effects if (one.a, one.b, one.on) == (a, b, on)), None)
        if effect is None:
            return plain("–")
        return Tested(self._with_ci(effect.g, effect.ci, G), self.define[name].g(on))

    def _with_ci(self, value: float, ci: tuple[float, float], decimals: int) -> Inline:
        return plain(f"{number(value, decimals)} ({interval(ci, decimals, self.words)})")

    def pair(self, a: str, b: str) -> Inline:
        """Two arms, the first minus the second."""
        return plain(f"{self.analysis.arm(a)} \u2212 {self.analysis.arm(b)}")

    # ── all tests ────────────────────────────────────────────────────────────────────────────────────────────────────

    def omnibus(self) -> Table:
        """Every test that compares all arms at once."""
        w = self.words
        columns = [
            Column(w.gettext("Test"), "left"), Column(w.gettext("Statistic")), Column(symbols("*df*")), Column(symbols("*P*")),
            Column(w.gettext("*P* by Holm")), Column(symbols("*η*²")), Column(symbols("*ω*²")),
        ]  # fmt: skip
        groups = tuple(
            Group(plain(self.analysis.outcome(name)), self._omnibus(name, outcome))
            for name, outcome in self.outcomes.items()
        )
        return Table("omnibus", w.gettext("All arms compared at once"), tuple(columns), groups, ())

    def _omnibus(self, name: str, outcome: OutcomeResult) -> tuple[tuple[Cell, ...], ...]:
        w, define, test = self.words, self.define[name], outcome.omnibus
        defined_by = define.omnibus()
        rows: list[tuple[Cell, ...]] = [
            (
                symbols("*F*"), tested(test.F, STATISTIC, defined_by), self._df(test.df1, test.df2), tested_p(test.p, defined_by),
                tested_p(self.analysis.result.holm.get(name), define.holm()),
                tested(test.eta_squared, STATISTIC, defined_by), tested(test.omega_squared, STATISTIC, defined_by),
            )
        ]  # fmt: skip
        if outcome.welch:
            found, by = outcome.welch, define.welch()
            df = plain(f"{found.df1}, {number(found.df2, 1)}")
            rows.append(
                (w.gettext("Welch’s *F*"), tested(found.F, STATISTIC, by), df, tested_p(found.p, by), *[NONE] * 3)
            )
        if outcome.kruskal:
            rank, by = outcome.kruskal, define.kruskal()
            h = tested(rank.H, STATISTIC, by)
            rows.append((symbols("*H*"), h, plain(str(rank.df)), tested_p(rank.p, by), *[NONE] * 3))
        return tuple(rows)

    def _df(self, df1: int | None, df2: int | None) -> Inline:
        return plain("–" if df1 is None else f"{df1}, {df2}")

    def pairwise(self) -> Table | None:
        """Every pair of the post hoc test."""
        w = self.words
        found = {name: outcome.posthoc for name, outcome in self.outcomes.items() if outcome.posthoc}
        if not found:
            return None
        statistic = symbols("*t*") if self.analysis.plan.posthoc == "dunnett" else symbols("*q*")
        spans = self.analysis.plan.posthoc == "snk"
        columns = (
            Column(w.gettext("Arms"), "left"), Column(w.gettext("Difference")), Column(statistic),
            *([Column(w.gettext("Span"))] if spans else []), Column(symbols("*P*")), Column(w.gettext("Adjusted *P*")),
            Column(w.gettext("Differ"), "centre"),
        )  # fmt: skip
        groups = tuple(
            Group(plain(self.analysis.outcome(name)), tuple(self._pair(name, pair, spans) for pair in posthoc.pairs))
            for name, posthoc in found.items()
        )
        notes = [w.gettext("Each difference is the first arm minus the second.")]
        if spans:
            notes.append(w.gettext("The span is the number of means from the smaller to the larger of the two."))
        notes.append(w.gettext("Adjusted *P* accounts for the pairs of one outcome, *P* does not."))
        return Table("pairwise", w.gettext("Arms compared in pairs"), columns, groups, (w.sentences(notes),))

    def _pair(self, name: str, pair: PairResult, spans: bool) -> tuple[Cell, ...]:
        define = self.define[name].posthoc()
        differ = self.words.gettext("yes") if pair.significant else self.words.gettext("not shown")
        return (
            self.pair(pair.a, pair.b), Tested(plain(number(pair.difference, self.decimals[name])), define),
            tested(pair.statistic, STATISTIC, define), *([plain(str(pair.span))] if spans else []),
            Tested(plain(p_value(pair.p)), define), Tested(plain(p_value(pair.p_adjusted)), define), Tested(differ, define),
        )  # fmt: skip


def _share(count: int, total: int) -> str:
    return f"{count} ({100 * count / total:.0f}%)" if total else "0"
