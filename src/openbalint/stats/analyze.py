"""From the columns of a trial, or the rows of a printed table, to the answer of `openbalint analyze`.

Which people are in which number is decided here and nowhere else. Change is post − pre. The description of the arms,
the paired t, change scores and ANCOVA use the complete pairs; tests on post use everyone with a post value. Arms keep the
order in which they first occur, before anybody is left out. An arm without a value stays in the description and out of
the tests, with a note.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
import math
from typing import Literal, TypeVar

import numpy as np

from openbalint.stats.ancova import Ancova, ancova
from openbalint.stats.composition import chi_square, cross_table, fisher_exact
from openbalint.stats.effect_sizes import hedges_g
from openbalint.stats.multiplicity import holm
from openbalint.stats.notes import CannotComputeError, Note, gettext_noop
from openbalint.stats.oneway import FTest, KruskalWallis, WelchTest, kruskal_wallis, oneway, welch
from openbalint.stats.paired import paired_t
from openbalint.stats.posthoc import ArmMeans, Comparison, dunnett, snk, tukey
from openbalint.stats.results import (
    AdjustedMean,
    AnalysisResult,
    AncovaResult,
    ArmResult,
    CompositionResult,
    ContrastResult,
    Described,
    EffectSizeResult,
    Omnibus,
    OmnibusResult,
    OutcomeResult,
    PairResult,
    PostHoc,
    PostHocResult,
    StandardError,
)
from openbalint.stats.samples import Floats, PairedSample, Sample

RAW_NEEDED = gettext_noop("%(test)s needs the data of single people, which a summary table does not hold.")
SDS_LACKING = gettext_noop("The table lacks means or SDs that a test needs.")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compute: the options of `openbalint analyze`."""

    omnibus: Omnibus = "change"
    posthoc: PostHoc = "snk"
    control: str | None = None
    se: StandardError = "kramer"
    alpha: float = 0.05

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise ValueError("alpha must lie between 0 and 1")
        if (self.posthoc == "dunnett") != (self.control is not None):
            raise ValueError("Dunnett's test, and only this one, needs a control arm")


@dataclass(frozen=True, slots=True)
class ArmData:
    """One outcome in one arm. Raw values are absent where the data come from a summary table."""

    pairs: PairedSample
    change: Sample
    post: Sample
    raw_change: Floats | None = None
    raw_post: Floats | None = None

    @classmethod
    def from_columns(cls, pre: Floats, post: Floats) -> "ArmData":
        """From columns in which not-a-number means missing."""
        complete = ~(np.isnan(pre) | np.isnan(post))
        change, with_post = post[complete] - pre[complete], post[~np.isnan(post)]
        pairs = PairedSample.of(pre[complete], post[complete])
        return cls(pairs, Sample.of(change), Sample.of(with_post), change, with_post)

    @classmethod
    def from_summary(
        cls, *, n: int, pre_mean: float, pre_sd: float, post_mean: float, post_sd: float, change_sd: float
    ) -> "ArmData":
        """From a printed row; not-a-number where a column is absent. The change is post_mean − pre_mean."""
        pre, post = Sample.from_sd(n, pre_mean, pre_sd), Sample.from_sd(n, post_mean, post_sd)
        return cls(
            PairedSample.from_sds(pre, post, change_sd), Sample.from_sd(n, post_mean - pre_mean, change_sd), post
        )


def analyze(
    *,
    arm: Sequence[str],
    outcomes: Mapping[str, tuple[Floats, Floats]],
    composition: Mapping[str, Sequence[str | None]] | None = None,
    plan: Plan = Plan(),
) -> AnalysisResult:
    """Analyse columns: the arm of each row, (pre, post) of each outcome with not-a-number for missing, and characteristics."""
    order = list(dict.fromkeys(arm))
    _check_control(order, plan)
    place = np.array([order.index(name) for name in arm])
    data = {
        name: {label: ArmData.from_columns(pre[place == i], post[place == i]) for i, label in enumerate(order)}
        for name, (pre, post) in ((name, _columns(pair, len(arm))) for name, pair in outcomes.items())
    }
    made_up = {name: _composition(order, arm, column) for name, column in (composition or {}).items()}
    return _result({name: _Outcome(arms, plan).result() for name, arms in data.items()}, made_up)


def analyze_summary(*, outcomes: Mapping[str, Mapping[str, ArmData]], plan: Plan = Plan()) -> AnalysisResult:
    """Analyse printed rows: `outcomes[name][arm]`, made by `ArmData.from_summary`."""
    for arms in outcomes.values():
        _check_control(list(arms), plan)
    return _result({name: _Outcome(arms, plan).result() for name, arms in outcomes.items()}, {})


def _check_control(arms: Sequence[str], plan: Plan) -> None:
    if plan.control is not None and plan.control not in arms:
        raise ValueError(f"no arm is called {plan.control}")


def _columns(pair: tuple[Floats, Floats], length: int) -> tuple[Floats, Floats]:
    pre, post = (np.asarray(column, dtype=np.float64) for column in pair)
    if pre.shape != (length,) or post.shape != (length,):
        raise ValueError("every column needs one value a row")
    return pre, post


def _result(outcomes: dict[str, OutcomeResult], composition: dict[str, CompositionResult]) -> AnalysisResult:
    known = {name: outcome.omnibus.p for name, outcome in outcomes.items() if outcome.omnibus.p is not None}
    adjusted = dict(zip(known, holm(p=list(known.values())), strict=True))
    return AnalysisResult(outcomes, {name: adjusted.get(name) for name in outcomes}, composition)


class _Outcome:
    """One outcome on its way from data to result; gathers the notes."""

    def __init__(self, arms: Mapping[str, ArmData], plan: Plan) -> None:
        self.arms = arms
        self.plan = plan
        self.notes: list[Note] = []
        self.ancova_labels = self._with_values(lambda data: data.pairs.pre.n)
        self.labels = self.ancova_labels
        if plan.omnibus == "post":
            self.labels = self._with_values(lambda data: data.post.n)
        self._note_empty()

    def result(self) -> OutcomeResult:
        described = {label: self._arm(label, data) for label, data in self.arms.items()}
        adjusted = self._try(lambda: self._ancova_of(self.ancova_labels))
        test = self._omnibus(adjusted)
        return OutcomeResult(
            arms=described,
            omnibus=self._omnibus_result(test),
            welch=self._welch(),
            kruskal=self._kruskal(),
            posthoc=self._posthoc(test, adjusted),
            ancova=self._ancova_result(adjusted) if adjusted else None,
            effect_sizes=(*self._effect_sizes("change"), *self._effect_sizes("post")),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _with_values(self, count: Callable[[ArmData], int]) -> list[str]:
        return [label for label, data in self.arms.items() if count(data) > 0]

    def _note_empty(self) -> None:
        for label in self.arms:
            if label not in self.labels:
                self.notes.append(
                    Note.of(gettext_noop("Arm %(arm)s has no value here and is left out of the tests."), arm=label)
                )

    def _try(self, compute: Callable[[], T]) -> T | None:
        try:
            return compute()
        except CannotComputeError as error:
            self.notes.append(error.note)
            return None

    def _arm(self, label: str, data: ArmData) -> ArmResult:
        if data.pairs.pre.n < 2:
            self.notes.append(
                Note.of(gettext_noop("Arm %(arm)s has fewer than two complete pairs, so it has no SDs."), arm=label)
            )
        test = None
        if not math.isnan(data.change.ss):
            test = self._try(lambda: paired_t(change=data.change, alpha=self.plan.alpha))
        elif data.raw_change is None:
            self.notes.append(
                Note.of(
                    gettext_noop("Arm %(arm)s has no SD of the change in the table, so it has no paired t test."),
                    arm=label,
                )
            )
        pairs = data.pairs
        return ArmResult(pairs.pre.n, _described(pairs.pre), _described(pairs.post), _described(data.change), test)

    def _ancova_of(self, labels: Sequence[str]) -> Ancova:
        pairs = [self.arms[label].pairs for label in labels]
        if any(math.isnan(pair.sxy) or math.isnan(pair.post.mean) or math.isnan(pair.pre.mean) for pair in pairs):
            raise CannotComputeError(
                gettext_noop("ANCOVA needs the means and SDs of pre, post and change of every arm.")
            )
        return ancova(samples=pairs, alpha=self.plan.alpha)

    def _samples(self, on: str) -> list[Sample]:
        samples = [self.arms[label].post if on == "post" else self.arms[label].change for label in self.labels]
        if any(math.isnan(sample.mean) or (sample.n > 1 and math.isnan(sample.ss)) for sample in samples):
            raise CannotComputeError(SDS_LACKING)
        return [Sample(sample.n, sample.mean, 0.0 if sample.n == 1 else sample.ss) for sample in samples]

    def _omnibus(self, adjusted: Ancova | None) -> FTest | None:
        if self.plan.omnibus == "ancova":
            return None if adjusted is None else adjusted.test
        return self._try(lambda: oneway(samples=self._samples(self.plan.omnibus)))

    def _omnibus_result(self, test: FTest | None) -> OmnibusResult:
        n = {
            label: data.post.n if self.plan.omnibus == "post" else data.pairs.pre.n for label, data in self.arms.items()
        }
        if test is None:
            return OmnibusResult(self.plan.omnibus, n, None, None, None, None, None, None)
        return OmnibusResult(
            self.plan.omnibus, n, test.F, test.df1, test.df2, test.p, test.eta_squared, test.omega_squared
        )

    def _welch(self) -> WelchTest | None:
        if self.plan.omnibus == "ancova":
            self.notes.append(
                Note.of(
                    gettext_noop(
                        "Welch's and the Kruskal–Wallis test do not adjust for the baseline, so beside ANCOVA they are not given."
                    )
                )
            )
            return None
        return self._try(lambda: welch(samples=self._samples(self.plan.omnibus)))

    def _kruskal(self) -> KruskalWallis | None:
        if self.plan.omnibus == "ancova":
            return None
        raw = [
            data.raw_post if self.plan.omnibus == "post" else data.raw_change
            for data in map(self.arms.__getitem__, self.labels)
        ]
        known = [values for values in raw if values is not None]
        if len(known) < len(raw):
            self.notes.append(Note.of(RAW_NEEDED, test="Kruskal–Wallis"))
            return None
        return self._try(lambda: kruskal_wallis(groups=known))

    def _posthoc(self, test: FTest | None, adjusted: Ancova | None) -> PostHocResult | None:
        if test is None:
            return None
        if self.plan.control is not None and self.plan.control not in self.labels:
            self.notes.append(Note.of(gettext_noop("The control arm has no value here, so there is no Dunnett test.")))
            return None
        if self.plan.omnibus == "ancova" and adjusted is not None:
            return self._compared(adjusted.arms)
        return self._compared(ArmMeans.of(self._samples(self.plan.omnibus), mse=test.mse, df=test.df2))

    def _compared(self, means: ArmMeans) -> PostHocResult:
        plan, labels = self.plan, self.labels
        if plan.posthoc == "dunnett":
            comparison = dunnett(arms=means, control=labels.index(plan.control or ""), alpha=plan.alpha)
            return self._posthoc_result(comparison, None)
        if plan.posthoc == "tukey":
            return self._posthoc_result(tukey(arms=means, alpha=plan.alpha), "kramer")
        if plan.se == "harmonic" and plan.omnibus == "ancova":
            self.notes.append(
                Note.of(gettext_noop("Adjusted means have no harmonic standard error; each pair has its own."))
            )
        harmonic = plan.se == "harmonic" and plan.omnibus != "ancova"
        if len(labels) > 3:
            self.notes.append(
                Note.of(
                    gettext_noop(
                        "With more than three arms, Student–Newman–Keuls does not hold the familywise error; Tukey does."
                    )
                )
            )
        comparison = snk(arms=means, se=means.harmonic_se if harmonic else means.kramer_se, alpha=plan.alpha)
        return self._posthoc_result(comparison, "harmonic" if harmonic else "kramer")

    def _posthoc_result(self, comparison: Comparison, se: StandardError | None) -> PostHocResult:
        labels = self.labels
        pairs = tuple(
            PairResult(labels[p.a], labels[p.b], p.difference, p.statistic, p.span, p.p, p.p_adjusted, p.significant)
            for p in comparison.pairs
        )
        letters = None if comparison.letters is None else dict(zip(labels, comparison.letters, strict=True))
        return PostHocResult(self.plan.posthoc, self.plan.omnibus, se, pairs, letters)

    def _ancova_result(self, found: Ancova) -> AncovaResult:
        labels = self.ancova_labels
        means = {label: AdjustedMean(float(found.arms.means[i]), found.mean_se[i]) for i, label in enumerate(labels)}
        contrasts = tuple(
            ContrastResult(labels[c.a], labels[c.b], c.estimate, c.se, c.df, c.t, c.p, c.ci) for c in found.contrasts
        )
        n = {label: data.pairs.pre.n for label, data in self.arms.items()}
        return AncovaResult(n, found.test.F, found.test.df1, found.test.df2, found.test.p, means, contrasts)

    def _effect_sizes(self, on: Literal["change", "post"]) -> list[EffectSizeResult]:
        """Post uses everyone with a post value if the omnibus test does, and the complete pairs otherwise."""
        found = []
        for a, b in combinations(self.arms, 2):
            first, second = self._effect_sample(a, on), self._effect_sample(b, on)
            if min(first.n, second.n) < 1 or math.isnan(first.mean + second.mean):
                continue
            if math.isnan(first.ss + second.ss):
                self.notes.append(Note.of(SDS_LACKING))
                continue
            effect = self._try(partial(hedges_g, a=first, b=second, alpha=self.plan.alpha))
            if effect is not None:
                found.append(EffectSizeResult(a, b, on, effect.g, effect.ci))
        return found

    def _effect_sample(self, label: str, on: str) -> Sample:
        data = self.arms[label]
        if on == "change":
            return data.change
        return data.post if self.plan.omnibus == "post" else data.pairs.post


def _described(sample: Sample) -> Described:
    return Described(_known(sample.mean), _known(sample.sd))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _composition(order: Sequence[str], arms: Sequence[str], column: Sequence[str | None]) -> CompositionResult:
    known = [(arm, value) for arm, value in zip(arms, column, strict=True) if value is not None]
    table = cross_table(rows=[arm for arm, _ in known], columns=[value for _, value in known], row_order=order)
    counts = np.array([list(row.values()) for row in table.values()], dtype=np.float64)
    try:
        test = chi_square(table=counts)
    except CannotComputeError as error:
        return CompositionResult(table, None, None, None, None, None, (error.note,))
    try:
        return CompositionResult(table, test.chi2, test.df, test.p, test.min_expected, fisher_exact(table=counts), ())
    except CannotComputeError as error:
        return CompositionResult(table, test.chi2, test.df, test.p, test.min_expected, None, (error.note,))
