"""What simulated people say: lines in both languages, written for the demonstration and kept in `lines/*.toml`.

Nobody speaks freely here and nothing is made up while it runs. Every line is its own English text: by that a person
knows what has been said already, and a presenter knows which question was asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
import tomllib
from typing import Final

import msgspec

from openbalint.protocol.commands import FigureCode
from openbalint.protocol.scripts import CueCode

CASES: Final = ("rabbit", "spoon")  # in the order in which they are preferred
FALLBACK: Final = "yours"  # for a visitor's own case, and where the others have no more to say


@dataclass(frozen=True, slots=True)
class Line:
    """One breath of speech. ``adds``: whom a co-leader then adds to the persons of the case."""

    en: str
    zh: str
    adds: tuple[FigureCode, ...] = ()
    answer: "Line | None" = None  # of a factual question
    case: str = ""  # said after this case only


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case: who tells it (key of the cast), and what it makes the others say."""

    presenter: str
    figures: tuple[FigureCode, ...]
    offer: Lines
    telling: Lines
    questions: Lines
    feelings: Lines
    discussion: Lines
    cards: Lines
    called_in: Lines
    returns: Lines
    settle: Lines
    advice: Lines  # conventional supervision, where advice is welcome
    voices: Mapping[str, Lines]  # by code of the figure; "own": the presenter's place; "any": every other


@dataclass(frozen=True, slots=True)
class Frame:
    """What belongs to every session, whatever the case."""

    leader: Mapping[str, Lines]
    leader_drift: Mapping[CueCode, Line]
    member: Mapping[str, Lines]
    co_leader: Mapping[str, Lines]


@dataclass(frozen=True, slots=True)
class Drift:
    """One way to leave the method, and what is said after the matching quiet line."""

    lines: Lines
    back: Line


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that can be said."""

    cases: Mapping[str, Case]
    frame: Frame
    drifts: Mapping[CueCode, Drift]

    def case_of(self, key: str | None) -> Case:
        """The case that somebody of the cast tells; the one for all cases for everybody else."""
        return self.cases[self.name_of(key)]

    def name_of(self, key: str | None) -> str:
        """The name of that case."""
        return next((name for name in CASES if self.cases[name].presenter == key), FALLBACK)

    def line_of(self, said: str) -> Line | None:
        """A line by its English text, with the answer that belongs to it."""
        return _index().get(said)

    def drift_of(self, said: str) -> CueCode | None:
        """How a line (its English text) leaves the method, if it does."""
        return next((code for code, drift in self.drifts.items() if any(line.en == said for line in drift.lines)), None)


@cache
def book() -> Book:
    """The whole book."""
    drifts = msgspec.convert(_read("drift")["kinds"], dict[CueCode, Drift])
    cases = {name: msgspec.convert(_read(name), Case) for name in (*CASES, FALLBACK)}
    return Book(cases=cases, frame=msgspec.convert(_read("frame"), Frame), drifts=drifts)


def lines_in(part: object) -> Iterator[Line]:
    """Every line in a part of the book, wherever it stands."""
    if isinstance(part, Line):
        yield part
        yield from lines_in(part.answer)
    elif isinstance(part, Mapping):
        yield from (line for value in part.values() for line in lines_in(value))
    elif isinstance(part, tuple):
        yield from (line for value in part for line in lines_in(value))
    elif isinstance(part, Case | Frame | Drift | Book):
        yield from (line for field in fields(part) for line in lines_in(getattr(part, field.name)))


@cache
def _index() -> Mapping[str, Line]:
    return {line.en: line for line in lines_in(book())}


def _read(name: str) -> dict[str, object]:
    text = resources.files("openbalint.demo").joinpath("lines", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
