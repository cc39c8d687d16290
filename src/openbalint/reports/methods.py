"""What was done, in sentences: each comes from a decision in the plan or a number in the result, and none from elsewhere."""

from importlib.metadata import version
import platform

from openbalint import __version__
from openbalint.reports.analysis import Analysis
from openbalint.reports.definitions import level, score_of
from openbalint.reports.words import Cite, Inline, Words

LIBRARIES = ("NumPy", "SciPy")


class Methods:
    """The sentences of one analysis."""

    def __init__(self, analysis: Analysis, words: Words) -> None:
        self.analysis, self.words, self.plan = analysis, words, analysis.plan
        self.outcomes = list(analysis.result.outcomes.values())

    def paragraphs(self) -> list[Inline]:
        """Data, comparison of arms, the rest, software."""
        parts = [self._data(), self._within(), self._between(), self._adjusted(), self._closing()]
        return [self.words.sentences(part) for part in parts if part]

    def _data(self) -> list[Inline]:
        w, analysis = self.words, self.analysis
        if analysis.rows is None:
            return [
                w.gettext("The analysis is of the counts, means and SDs in the table %(file)s, not of single people.", file=analysis.file),
                w.gettext("Change is the mean after minus the mean before, with the SD of the change that the table gives."),
            ]  # fmt: skip
        sentences = [
            w.gettext("Change is the value after minus the value before; its sign says the direction."),
            w.gettext(
                "Arms are described by mean and standard deviation (divided by *n* − 1) of the people with both values."
            ),
        ]
        if self._missing():
            return [
                *sentences,
                w.gettext("People with a missing value are left out of that outcome alone; no value was replaced."),
            ]
        return [*sentences, w.gettext("No value was missing.")]

    def _missing(self) -> bool:
        counts = [self.analysis.missing({arm: found.n for arm, found in one.arms.items()}) for one in self.outcomes]
        return any(sum(missing.values()) for missing in counts if missing)

    def _within(self) -> list[Inline]:
        if not any(arm.paired_t for outcome in self.outcomes for arm in outcome.arms.values()):
            return []
        return [
            self.words.gettext(
                "Within each arm, before and after were compared by the paired *t* test %(source)s.",
                source=(Cite("paired"),),
            )
        ]

    # ── arms against each other ──────────────────────────────────────────────────────────────────────────────────────

    def _between(self) -> list[Inline]:
        w, sentences = self.words, list[Inline]()
        if any(outcome.omnibus.F is not None for outcome in self.outcomes):
            sentences.append(self._omnibus())
            if self.plan.omnibus == "post":
                sentences.append(w.gettext("These tests use everyone with a value after."))
        beside = [
            *([w.gettext("Welch’s *F* %(source)s", source=(Cite("welch"),))] if any(o.welch for o in self.outcomes) else []),
            *([w.gettext("the Kruskal–Wallis test %(source)s", source=(Cite("kruskal"),))] if any(o.kruskal for o in self.outcomes) else []),
        ]  # fmt: skip
        if beside:
            sentences.append(
                w.gettext(
                    "Beside it stand, for unequal variances and for ranks, %(tests)s.",
                    tests=w.gettext("%(a)s and %(b)s", a=beside[0], b=beside[1]),
                )
                if len(beside) == 2
                else w.gettext("Beside it stands %(tests)s.", tests=beside[0])
            )
        sentences += self._posthoc()
        known = [p for p in self.analysis.result.holm.values() if p is not None]
        if len(known) > 1:
            sentences.append(
                w.gettext(
                    "The *P* values of *F* over the %(count)s outcomes were also adjusted by Holm’s method %(source)s.",
                    count=len(known), source=(Cite("holm"),),
                )
            )  # fmt: skip
        return sentences

    def _omnibus(self) -> Inline:
        w = self.words
        if self.plan.omnibus == "ancova":
            return w.gettext(
                "The main test between the arms is the *F* of the analysis of covariance of after given before; *η*² and *ω*² are partial."
            )
        return w.gettext(
            "The main test between the arms is the *F* of the one-way analysis of variance %(source)s of %(score)s.",
            source=(Cite("anova"),), score=score_of(self.plan.omnibus, w),
        )  # fmt: skip

    def _posthoc(self) -> list[Inline]:
        w = self.words
        found = [outcome.posthoc for outcome in self.outcomes if outcome.posthoc]
        if not found:
            return []
        if self.plan.posthoc == "dunnett":
            return [
                w.gettext(
                    "Each arm was compared with %(control)s by Dunnett’s two-sided single-step test %(source)s, whatever *F* was.",
                    control=self.analysis.arm(self.plan.control or ""), source=(Cite("dunnett"),),
                )
            ]  # fmt: skip
        if self.plan.posthoc == "tukey":
            first = w.gettext(
                "Pairs of arms were compared by the Tukey–Kramer test %(source)s, whatever *F* was.",
                source=(Cite("tukey"), Cite("kramer")),
            )
        elif any(one.se == "harmonic" for one in found):
            first = w.gettext(
                "Pairs of arms were compared by the Student–Newman–Keuls test %(source)s with one standard error from the harmonic mean of the arms’ sizes, whatever *F* was.",
                source=(Cite("newman"), Cite("keuls")),
            )
        else:
            first = w.gettext(
                "Pairs of arms were compared by the Student–Newman–Keuls test %(source)s with Kramer’s standard error for unequal arms %(kramer)s, whatever *F* was.",
                source=(Cite("newman"), Cite("keuls")), kramer=(Cite("kramer"),),
            )  # fmt: skip
        closure = w.gettext("A pair inside a range that is not significant is not significant either.")
        letters = w.gettext(
            "Letters mark the largest sets of arms without a significant pair %(source)s.", source=(Cite("letters"),)
        )
        return [first, *([closure] if self.plan.posthoc == "snk" else []), letters]

    def _adjusted(self) -> list[Inline]:
        w, sentences = self.words, list[Inline]()
        if any(outcome.ancova for outcome in self.outcomes):
            sentences.append(
                w.gettext(
                    "Adjusted means and differences come from the analysis of covariance of after with before as the covariate and one slope for all arms %(source)s.",
                    source=(Cite("ancova"),),
                )
            )
        if any(outcome.effect_sizes for outcome in self.outcomes):
            sentences.append(
                w.gettext(
                    "Effect sizes are Hedges’ *g* with the SD pooled over the two arms compared, the exact correction for small samples, and intervals from the noncentral *t* distribution %(source)s.",
                    source=(Cite("hedges"),),
                )
            )
        return sentences

    def _closing(self) -> list[Inline]:
        w, sentences = self.words, list[Inline]()
        made_up = self.analysis.result.composition.values()
        if any(one.chi2 is not None for one in made_up):
            sentences.append(
                w.gettext(
                    "The make-up of the arms was compared by Pearson’s *χ*² without correction %(source)s.",
                    source=(Cite("pearson"),),
                )
            )
        if any(one.fisher_p is not None for one in made_up):
            sentences.append(
                w.gettext(
                    "Fisher’s exact test stands beside it, in its form for any number of rows and columns %(source)s.",
                    source=(Cite("fisher"),),
                )
            )
        sentences.append(
            w.gettext(
                "All tests are two-sided at *α* = %(alpha)s; intervals are at the %(level)s level.",
                alpha=f"{self.plan.alpha:g}", level=level(self.analysis),
            )
        )  # fmt: skip
        return [*sentences, self.software()]

    def software(self) -> Inline:
        """Which programs in which version."""
        used = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in LIBRARIES)]
        return self.words.gettext(
            "Computed by OpenBalint %(version)s (%(libraries)s).", version=__version__, libraries=", ".join(used)
        )
