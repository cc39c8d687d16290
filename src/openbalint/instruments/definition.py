"""What an instrument is: items, answers, scales, and what its owner permits. Values only; `definition_file` reads them.

Words are those of the standards where they have one: `weight` of an option (FHIR SDC), `reverse` and the person-mean rule
(`psych::scoreItems`), `scale` for a sub-score. Texts are {language: text} with the languages "en" and "zh-Hans"; a
language that is not there is withheld or was never written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
import math
from typing import Literal

Text = Mapping[str, str]
Kind = Literal["choice", "number", "text"]
Method = Literal["mean", "sum"]
Remedy = Literal["prorate", "no-score"]

LANGUAGES = ("en", "zh-Hans")
PERMISSIONS = ("show", "export", "change", "sell")


def in_language(text: Text, language: str) -> str:
    """The text in a language, else in the first there is, else ''."""
    return text.get(language) or next(iter(text.values()), "")


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms a text is used.

    `permits` lists what may be done besides scoring: "show" it to people who answer, "export" (pass it on), "change"
    words, "sell". `until` is the last day, `licensee` who holds the licence, `administrations` how often it may be
    given; all three are None where nothing of the kind was agreed.
    """

    name: str
    holder: str
    terms: Text
    permits: tuple[str, ...]
    source: str
    until: date | None = None
    licensee: str | None = None
    administrations: int | None = None

    def has_ended(self, today: date) -> bool:
        """Whether the last day has passed."""
        return self.until is not None and today > self.until


@dataclass(frozen=True, slots=True)
class Notice:
    """Where the text of one language comes from, and its licence; `imported` texts never leave the installation."""

    licence: Licence
    source: str
    imported: bool = False

    def may(self, what: str) -> bool:
        """Whether the text may be shown, exported, changed or sold."""
        return what in self.licence.permits and not (self.imported and what != "show")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: what is stored, what it counts (None where it is a name alone), and what people read."""

    code: str
    weight: float | None
    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One question. A choice has `options`; a number has `low`, `high` and perhaps a `unit`; a text is never scored."""

    id: str
    kind: Kind
    text: Text
    option_set: str = ""
    options: tuple[Option, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    whole: bool = True
    unit: Text | None = None
    reverse: bool = False

    @property
    def range(self) -> tuple[float, float]:
        """The smallest and the largest weight; reversing (smallest + largest − weight) leaves it as it is."""
        if self.kind == "choice":
            weights = [option.weight for option in self.options if option.weight is not None]
            return (min(weights), max(weights)) if weights else (-math.inf, math.inf)
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Missing:
    """How many items of a scale may be missing, what happens up to there, and who says so. Above it there is no score."""

    at_most: int
    then: Remedy
    source: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """A published coefficient, such as alpha, omega or retest, with its sample."""

    coefficient: str
    value: float
    sample: str
    source: str


@dataclass(frozen=True, slots=True)
class Norm:
    """Published mean and SD of the score in a sample; None where only one was published."""

    sample: str
    mean: float | None
    sd: float | None
    n: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A published threshold: scores up to `at_most`, or from `at_least`, are said to mean something."""

    at_most: float | None
    at_least: float | None
    means: Text
    source: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One score: mean or sum of the weights of `items`, times `factor`, between `low` and `high`."""

    id: str
    title: Text
    items: tuple[str, ...]
    method: Method
    low: float
    high: float
    missing: Missing
    higher: Text
    factor: float = 1.0
    reliability: tuple[Reliability, ...] = ()
    norms: tuple[Norm, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of one instrument. `notices` tells, for each language whose text is here, where it comes from.

    Without `key_known` nobody has told which items are reversed; such an instrument has no scores.
    """

    name: str
    version: str
    title: Text
    source: str
    licence: Licence
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    instruction: Text
    minutes: float | None = None
    caution: Text | None = None
    notices: Mapping[str, Notice] | None = None
    key_known: bool = True

    @property
    def key(self) -> str:
        """NAME@VERSION, by which answers name what they answer."""
        return f"{self.name}@{self.version}"

    def item(self, item_id: str) -> Item:
        """The item with this id. KeyError where there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def languages_that(self, what: str) -> tuple[str, ...]:
        """The languages whose text is here and may be shown, exported, changed or sold."""
        return tuple(language for language, notice in (self.notices or {}).items() if notice.may(what))
