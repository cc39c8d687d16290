"""What `openbalint analyze` reports, field by field in the words of its JSON.

Numbers are plain floats; None stands where a number cannot be computed, with a sentence in `notes`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal

from openbalint.stats.notes import Note
from openbalint.stats.oneway import KruskalWallis, WelchTest
from openbalint.stats.paired import PairedT

Omnibus = Literal["change", "post", "ancova"]
PostHoc = Literal["snk", "tukey", "dunnett"]
StandardError = Literal["kramer", "harmonic"]
FOR_REPORTS = {"for_reports": True}


@dataclass(frozen=True, slots=True)
class Described:
    """Mean and SD (divided by n − 1)."""

    mean: float | None
    sd: float | None


@dataclass(frozen=True, slots=True)
class ArmResult:
    """The complete pairs of one arm: everything here is about the same `n` people."""

    n: int
    pre: Described
    post: Described
    change: Described
    paired_t: PairedT | None


@dataclass(frozen=True, slots=True)
class OmnibusResult:
    """The F test `on` change, post or ancova, with the people of each arm in it."""

    on: Omnibus
    n: dict[str, int]
    F: float | None
    df1: int | None
    df2: int | None
    p: float | None
    eta_squared: float | None
    omega_squared: float | None


@dataclass(frozen=True, slots=True)
class PairResult:
    """One comparison of arms `a` and `b`."""

    a: str
    b: str
    difference: float
    statistic: float
    span: int | None
    p: float
    p_adjusted: float
    significant: bool


@dataclass(frozen=True, slots=True)
class PostHocResult:
    """All comparisons by `method`, and the letters of the arms."""

    method: PostHoc
    on: Omnibus
    se: StandardError | None
    pairs: tuple[PairResult, ...]
    letters: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class AdjustedMean:
    """The mean of an arm at the mean baseline, with its standard error."""

    mean: float
    se: float


@dataclass(frozen=True, slots=True)
class ContrastResult:
    """Adjusted mean of `a` minus that of `b`, unadjusted for multiplicity; `ci` is for reports, not for the JSON."""

    a: str
    b: str
    estimate: float
    se: float
    df: int
    t: float
    p: float
    ci: tuple[float, float] = field(metadata=FOR_REPORTS)


@dataclass(frozen=True, slots=True)
class AncovaResult:
    """Post adjusted for pre, on the complete pairs."""

    n: dict[str, int]
    F: float
    df1: int
    df2: int
    p: float
    adjusted_means: dict[str, AdjustedMean]
    contrasts: tuple[ContrastResult, ...]


@dataclass(frozen=True, slots=True)
class EffectSizeResult:
    """Hedges' g of `a` against `b`, `on` change or post."""

    a: str
    b: str
    on: Literal["change", "post"]
    g: float
    ci: tuple[float, float]


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """Everything about one outcome."""

    arms: dict[str, ArmResult]
    omnibus: OmnibusResult
    welch: WelchTest | None
    kruskal: KruskalWallis | None
    posthoc: PostHocResult | None
    ancova: AncovaResult | None
    effect_sizes: tuple[EffectSizeResult, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class CompositionResult:
    """Counts of one characteristic by arm, χ² and Fisher's P."""

    table: dict[str, dict[str, int]]
    chi2: float | None
    df: int | None
    p: float | None
    min_expected: float | None
    fisher_p: float | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class AnalysisResult:
    """The whole answer of `openbalint analyze`."""

    outcomes: dict[str, OutcomeResult]
    holm: dict[str, float | None]
    composition: dict[str, CompositionResult]


def as_plain(result: object, translate: Callable[[str], str] = str) -> object:
    """Any result as dicts, lists and plain values, notes as sentences: what the JSON holds."""
    if isinstance(result, Note):
        return result.text(translate)
    if is_dataclass(result):
        shown = [part.name for part in fields(result) if "for_reports" not in part.metadata]
        return {name: as_plain(getattr(result, name), translate) for name in shown}
    if isinstance(result, Mapping):
        return {key: as_plain(value, translate) for key, value in result.items()}
    if isinstance(result, tuple | list):
        return [as_plain(value, translate) for value in result]
    return result
