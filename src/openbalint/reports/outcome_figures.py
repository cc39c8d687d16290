"""The pictures of an analysis, with their words: one figure an outcome, and one forest of all effect sizes."""

from collections.abc import Sequence

from openbalint.reports import pictures
from openbalint.reports.analysis import Analysis
from openbalint.reports.definitions import Definitions, level
from openbalint.reports.document import Definition, Figure, Panel
from openbalint.reports.outcome_tables import G, Tables
from openbalint.reports.svg import Canvas
from openbalint.reports.words import Inline, Words, interval, number
from openbalint.stats.results import OutcomeResult

LETTERS = "ABC"


class Figures:
    """Makes each figure of one analysis."""

    def __init__(self, analysis: Analysis, words: Words, tables: Tables, warning: str | None) -> None:
        self.analysis, self.words, self.tables, self.warning = analysis, words, tables, warning

    def outcome(self, name: str, outcome: OutcomeResult) -> Figure | None:
        """People, changes and adjusted differences of one outcome; None where there is nothing to draw."""
        define = Definitions(self.analysis, self.words, name)
        panels, definitions = list[Panel](), list[Definition]()
        if self._has_people(name, outcome):
            panels += [self._lines(name, outcome), self._cloud(name, outcome)]
            definitions.append(define.paired())
        if outcome.ancova:
            panels.append(self._adjusted(name, outcome))
            definitions.append(define.contrasts())
        if not panels:
            return None
        if len(panels) > 1:
            for letter, panel in zip(LETTERS, panels, strict=False):
                panel.canvas.letter(letter)
        title = self.words.gettext("%(outcome)s: people and arms", outcome=self.analysis.outcome(name))
        return Figure(f"figure-{name}", title, tuple(panels), tuple(definitions))

    def _has_people(self, name: str, outcome: OutcomeResult) -> bool:
        return self.analysis.rows is not None and any(len(self.analysis.complete(name, arm)[0]) for arm in outcome.arms)

    def explained(self) -> Inline:
        """How to read the pictures of an outcome, once for all of them."""
        w = self.words
        adjusted = w.gettext("In the last picture: adjusted differences, the first arm minus the second, with their %(level)s confidence interval.", level=level(self.analysis))  # fmt: skip
        if self.analysis.rows is None:
            return adjusted
        return w.sentences(
            [
                w.gettext("In the pictures, A: each grey line is a person with both values; diamonds are the means of these people."),
                w.gettext(
                    "B: each circle is a person’s change, above it the kernel density, below it the mean with its %(level)s confidence interval; the broken line is no change.",
                    level=level(self.analysis),
                ),
                adjusted,
            ]
        )  # fmt: skip

    def _lines(self, name: str, outcome: OutcomeResult) -> Panel:
        arms = [pictures.Pairs(self.analysis.arm(arm), *self.analysis.complete(name, arm)) for arm in outcome.arms]
        canvas = pictures.paired_lines(
            arms, before=self.words.ugettext("Before"), after=self.words.ugettext("After"), warning=self.warning
        )
        decimals = self.tables.decimals[name]
        means = [
            self.words.ugettext(
                "%(arm)s, %(n)s people, mean from %(before)s to %(after)s",
                arm=self.analysis.arm(arm), n=found.n, before=number(found.pre.mean, decimals), after=number(found.post.mean, decimals),
            )
            for arm, found in outcome.arms.items()
        ]  # fmt: skip
        return self._panel(
            canvas,
            self.words.ugettext("%(outcome)s before and after, person by person", outcome=self.analysis.outcome(name)),
            means,
        )

    def _cloud(self, name: str, outcome: OutcomeResult) -> Panel:
        clouds = []
        for arm, found in outcome.arms.items():
            pre, post = self.analysis.complete(name, arm)
            ci = found.paired_t.ci if found.paired_t else None
            clouds.append(pictures.Cloud(self.analysis.arm(arm), post - pre, found.change.mean, ci))
        axis = self.words.ugettext(
            "Change in %(outcome)s (after − before)", outcome=self.analysis.outcome(name).lower()
        )
        canvas = pictures.raincloud(clouds, axis=axis, warning=self.warning)
        decimals = self.tables.decimals[name]
        means = [
            f"{cloud.arm} {number(cloud.mean, decimals)}" + (f" ({interval(cloud.ci, decimals, self.words)})" if cloud.ci else "")
            for cloud in clouds
        ]  # fmt: skip
        return self._panel(
            canvas, self.words.ugettext("Change of each person, with mean and interval of each arm"), means
        )

    def _adjusted(self, name: str, outcome: OutcomeResult) -> Panel:
        decimals = self.tables.decimals[name]
        rows = [
            self._estimate(c.a, c.b, c.estimate, c.ci, decimals)
            for c in (outcome.ancova.contrasts if outcome.ancova else ())
        ]
        axis = self.words.ugettext("Adjusted difference, %(level)s interval", level=level(self.analysis))
        canvas = pictures.forest([(None, rows)], axis=axis, warning=self.warning)
        return self._panel(canvas, axis, _spoken(rows))

    def _estimate(self, a: str, b: str, value: float, ci: tuple[float, float], decimals: int) -> pictures.Estimate:
        name = "".join(run.text for run in self.tables.pair(a, b) if hasattr(run, "text"))
        return pictures.Estimate(name, value, ci, f"{number(value, decimals)} ({interval(ci, decimals, self.words)})")

    def effects(self) -> Figure | None:
        """Hedges' g of change, all outcomes on one scale."""
        groups = [
            (
                self.analysis.outcome(name),
                [self._estimate(e.a, e.b, e.g, e.ci, G) for e in outcome.effect_sizes if e.on == "change"],
            )
            for name, outcome in self.analysis.result.outcomes.items()
        ]
        groups = [(name, rows) for name, rows in groups if rows]
        if not groups:
            return None
        axis = self.words.ugettext("Hedges’ g of change, %(level)s interval", level=level(self.analysis))
        canvas = pictures.forest(groups, axis=axis, warning=self.warning)
        panel = self._panel(canvas, axis, [f"{name}: {'; '.join(_spoken(rows))}" for name, rows in groups])
        definitions = tuple(
            Definitions(self.analysis, self.words, name).g("change")
            for name, outcome in self.analysis.result.outcomes.items()
            if outcome.effect_sizes
        )
        note = self.words.gettext(
            "Each row is the first arm minus the second; below zero, the first arm’s change is the lower one."
        )
        return Figure("effects", self.words.gettext("Effect sizes of all outcomes"), (panel,), definitions, (note,))

    def _panel(self, canvas: Canvas, title: str, parts: Sequence[str]) -> Panel:
        alt = self.words.ugettext("%(title)s. %(numbers)s.", title=title, numbers="; ".join(parts))
        warned = f"{self.warning}. {alt}" if self.warning else alt
        return Panel(canvas, warned)


def _spoken(rows: Sequence[pictures.Estimate]) -> list[str]:
    return [f"{row.name} {row.shown}" for row in rows]
