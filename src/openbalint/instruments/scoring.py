"""Scores: answers in; for each scale a value, or the reason why there is none.

An answer is the code of an option or a number, as text or number; empty and None are missing, and nothing else is. A
reversed item counts smallest + largest weight − weight. With a items of k answered and at most `missing.at_most` missing,
a mean is Σw/a and a prorated sum Σw·k/a, both times the scale's factor: each missing item is replaced by the person's own
mean. `psych::scoreItems(keys, items, missing=TRUE, impute="none", totals=FALSE)` gives the same means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
import math
import re
from typing import Literal

from openbalint.instruments.definition import Definition, Item, Option, Scale
from openbalint.instruments.sentences import Sentence, gettext_noop

Answer = str | int | float | None
Code = Literal["too-many-missing", "out-of-range", "no-key"]

TOO_MANY_MISSING = gettext_noop("%(answered)s of %(items)s items are answered; at least %(needed)s are needed.")
OUT_OF_RANGE = gettext_noop("These answers are not among those of the item: %(items)s.")
NO_KEY = gettext_noop(
    "It is not known here which items are reversed. Import the text with its key, then these answers can be scored."
)

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no score: a code that never changes, and a sentence."""

    code: Code
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """The score of one scale: `value` between the scale's low and high, or None and a `reason`."""

    scale: str
    value: float | None
    answered: int
    of: int
    prorated: bool
    reason: Reason | None


class UnknownItemError(KeyError):
    """Answers name items that the instrument does not have: our mistake, not the person's."""


def score(definition: Definition, answers: Mapping[str, Answer]) -> tuple[ScaleScore, ...]:
    """The scales of a definition from the answers of one person. UnknownItemError for an item that is not there.

    An item that is not among the answers is missing.
    """
    items = {item.id: item for item in definition.items}
    if unknown := sorted(set(answers) - set(items)):
        raise UnknownItemError(", ".join(unknown))
    scales = [(scale, {item: (items[item], answers.get(item)) for item in scale.items}) for scale in definition.scales]
    return tuple((_scale if definition.key_known else _without_key)(scale, given) for scale, given in scales)


def is_missing(answer: Answer) -> bool:
    """Whether there is no answer: None, or nothing but spaces."""
    return answer is None or (isinstance(answer, str) and not answer.strip())


def weight(item: Item, answer: Answer) -> float | None:
    """What an answer that is there counts, reversed where the item is; None where it is none of the item's answers."""
    if item.kind == "choice":
        option = option_of(item, answer)
        found = option.weight if option else None
    else:
        found = _number(item, answer)
    if found is None or not item.reverse:
        return found
    low, high = item.range
    return low + high - found


def option_of(item: Item, answer: Answer) -> Option | None:
    """The option of a choice that an answer names: its code, or the same number written otherwise (3, "3", "3.0")."""
    text = str(answer).strip()
    exact = next((option for option in item.options if option.code == text), None)
    if exact is not None or (number := _as_number(answer)) is None:
        return exact
    return next((option for option in item.options if _as_number(option.code) == number), None)


def accepts(item: Item, answer: Answer) -> bool:
    """Whether an answer is one that the item allows; a text allows anything."""
    if item.kind == "text" or is_missing(answer):
        return True
    return (option_of(item, answer) if item.kind == "choice" else _number(item, answer)) is not None


def _number(item: Item, answer: Answer) -> float | None:
    number = _as_number(answer)
    if number is None or not item.low <= number <= item.high or (item.whole and number != int(number)):
        return None
    return number


def _as_number(answer: Answer) -> float | None:
    """A finite number, from a number or a text that is nothing else."""
    if isinstance(answer, bool) or answer is None:
        return None
    if isinstance(answer, str):
        if not NUMBER.fullmatch(answer.strip()):
            return None
        answer = float(answer)
    return float(answer) if math.isfinite(answer) else None


def _without_key(scale: Scale, answers: Mapping[str, tuple[Item, Answer]]) -> ScaleScore:
    answered = sum(not is_missing(answer) for _, answer in answers.values())
    reason = Reason("no-key", Sentence(NO_KEY))
    return ScaleScore(scale.id, None, answered, len(scale.items), prorated=False, reason=reason)


def _scale(scale: Scale, answers: Mapping[str, tuple[Item, Answer]]) -> ScaleScore:
    given = {name: weight(item, answer) for name, (item, answer) in answers.items() if not is_missing(answer)}
    answered, of = len(given), len(scale.items)
    if wrong := [name for name, found in given.items() if found is None]:
        reason = Reason("out-of-range", Sentence.of(OUT_OF_RANGE, items=", ".join(wrong)))
        return ScaleScore(scale.id, None, answered, of, prorated=False, reason=reason)
    if of - answered > scale.missing.at_most:
        needed = of - scale.missing.at_most
        sentence = Sentence.of(TOO_MANY_MISSING, answered=answered, items=of, needed=needed)
        return ScaleScore(scale.id, None, answered, of, prorated=False, reason=Reason("too-many-missing", sentence))
    total = math.fsum(found for found in given.values() if found is not None) * scale.factor
    value = total / answered if scale.method == "mean" else total * of / answered
    return ScaleScore(scale.id, value, answered, of, prorated=answered < of, reason=None)
