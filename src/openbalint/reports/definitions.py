"""What each number of an analysis is about, in words: the test, its outcome score, the people in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from openbalint.reports.analysis import Analysis
from openbalint.reports.document import Definition, Tested
from openbalint.reports.words import Inline, Words, number, p_value, plain
from openbalint.stats.results import OutcomeResult

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Definitions:
    """The definitions of one outcome's tests."""

    analysis: Analysis
    words: Words
    name: str

    @property
    def outcome(self) -> OutcomeResult:
        """The numbers."""
        return self.analysis.result.outcomes[self.name]

    @property
    def level(self) -> str:
        """The confidence level, such as 95%."""
        return level(self.analysis)

    def paired(self) -> Definition:
        """Change within each arm."""
        return self._pairs(self.words.gettext("Paired *t* test of change (after − before) within each arm"))

    def description(self) -> Definition:
        """Means and SDs."""
        return self._pairs(self.words.gettext("Mean and SD of before, after and change (after − before)"))

    def omnibus(self) -> Definition:
        """The F test that the plan declares."""
        w, on = self.words, self.outcome.omnibus.on
        if on == "ancova":
            return self.ancova()
        if on == "post":
            return self._tested(w.gettext("One-way analysis of variance (*F*) of after between the arms"))
        return self._tested(w.gettext("One-way analysis of variance (*F*) of change (after − before) between the arms"))

    def welch(self) -> Definition:
        """Welch's F."""
        return self._tested(self.words.gettext("Welch’s *F* of %(score)s between the arms", score=self._score()))

    def kruskal(self) -> Definition:
        """The rank test."""
        return self._tested(
            self.words.gettext("Kruskal–Wallis test (*H*) of %(score)s between the arms", score=self._score())
        )

    def ancova(self) -> Definition:
        """The F of the arms given the baseline."""
        return self._pairs(
            self.words.gettext("Analysis of covariance (*F*) of after between the arms, adjusted for before")
        )

    def contrasts(self) -> Definition:
        """Adjusted differences."""
        return self._pairs(
            self.words.gettext(
                "Difference of the means of after, adjusted for before (analysis of covariance), with %(level)s confidence interval and *P* not adjusted for the number of pairs",
                level=self.level,
            )
        )

    def g(self, on: str) -> Definition:
        """Hedges' g."""
        score = (
            self.words.gettext("change (after − before)") if on == "change" else self.words.pgettext("score", "after")
        )
        test = self.words.gettext(
            "Hedges’ *g* of %(score)s with exact %(level)s confidence interval", score=score, level=self.level
        )
        return self._everyone(test) if on == "post" and self.outcome.omnibus.on == "post" else self._pairs(test)

    def posthoc(self) -> Definition:
        """The pairwise test, and the letters that follow from it."""
        return self._tested(posthoc_test(self.analysis, self.words, self.outcome))

    def holm(self) -> Definition:
        """P over the outcomes."""
        count = sum(p is not None for p in self.analysis.result.holm.values())
        return self._tested(
            self.words.gettext("The *P* of *F*, adjusted by Holm’s method for %(count)s outcomes", count=count)
        )

    def _score(self) -> Inline:
        return score_of(self.outcome.omnibus.on, self.words)

    def _tested(self, test: Inline) -> Definition:
        return self._everyone(test) if self.outcome.omnibus.on == "post" else self._pairs(test)

    def _pairs(self, test: Inline) -> Definition:
        counts = {arm: result.n for arm, result in self.outcome.arms.items()}
        return self._definition(test, self.words.gettext("People with both values"), counts)

    def _everyone(self, test: Inline) -> Definition:
        return self._definition(test, self.words.gettext("Everyone with a value after"), self.outcome.omnibus.n)

    def _definition(self, test: Inline, people: Inline, counts: Counts) -> Definition:
        return defined(self.analysis, test, people, self.analysis.outcome(self.name), counts)


def defined(analysis: Analysis, test: Inline, people: Inline, outcome: str, counts: Counts) -> Definition:
    """A definition with the arms in words."""
    missing = analysis.missing(counts)
    return Definition(
        test, people, outcome,
        {analysis.arm(arm): n for arm, n in counts.items()},
        None if missing is None else {analysis.arm(arm): n for arm, n in missing.items()},
    )  # fmt: skip


def score_of(on: str, words: Words) -> Inline:
    """What a test between the arms is on."""
    if on == "change":
        return words.gettext("change (after − before)")
    return words.pgettext("score", "after") if on == "post" else words.gettext("after, adjusted for before")


def posthoc_test(analysis: Analysis, words: Words, outcome: OutcomeResult) -> Inline:
    """The pairwise test in words, with its standard error."""
    score = score_of(outcome.omnibus.on, words)
    if analysis.plan.posthoc == "dunnett":
        control = analysis.arm(analysis.plan.control or "")
        return words.gettext(
            "Dunnett’s test (*t*, two-sided, single-step) of %(score)s, each arm against %(control)s",
            score=score, control=control,
        )  # fmt: skip
    if analysis.plan.posthoc == "tukey":
        return words.gettext("Tukey–Kramer test (*q*) of %(score)s for all pairs of arms", score=score)
    if outcome.posthoc is not None and outcome.posthoc.se == "harmonic":
        return words.gettext(
            "Student–Newman–Keuls test (*q*, harmonic standard error, with closure) of %(score)s for all pairs of arms",
            score=score,
        )
    return words.gettext(
        "Student–Newman–Keuls test (*q*, Kramer’s standard error, with closure) of %(score)s for all pairs of arms",
        score=score,
    )


def level(analysis: Analysis) -> str:
    """The confidence level that goes with alpha."""
    return f"{100 * (1 - analysis.plan.alpha):.4g}%"


def tested_p(p: float | None, definition: Definition) -> Tested | Inline:
    """A P with what it is about, or a dash."""
    return plain("–") if p is None else Tested(plain(p_value(p)), definition)


def tested(value: float | None, decimals: int, definition: Definition) -> Tested | Inline:
    """Any other number of a test with what it is about, or a dash."""
    return plain("–") if value is None else Tested(plain(number(value, decimals)), definition)
