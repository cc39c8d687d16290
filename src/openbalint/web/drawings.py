"""Drawings of the record as plain numbers for an SVG: templates write them down, this module decides where things stand.

A drawing never says more than the table beside it; colours are classes of the style sheet. Widths of words are estimated
(a Latin letter 7.2, a Han character 13.5 user units at 13 px), and what does not fit is left out: the table has it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

WIDTH: Final = 960.0
EDGE: Final = 4.0
LATIN, HAN = 7.2, 13.5
STEPS: Final = (1, 2, 5, 10, 15, 30, 60)  # minutes between the marks of an axis
MOST_MARKS: Final = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One phase as it went, to be drawn. ``minutes`` without pauses."""

    name: str
    minutes: float
    out: bool
    case: int


@dataclass(frozen=True, slots=True)
class Block:
    """A bar with its place; words only where they fit."""

    x: float
    width: float
    out: bool = False
    name: str = ""
    minutes: str = ""

    @property
    def middle(self) -> float:
        """Where the words stand."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the axis."""

    x: float
    minutes: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """From where to where something went on, and what. The words stand in the middle, but never over the edge."""

    x1: float
    x2: float
    words: str

    @property
    def middle(self) -> float:
        """Where the words stand."""
        half = min(_length(self.words), WIDTH) / 2
        return round(min(max((self.x1 + self.x2) / 2, half), WIDTH - half), 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Phases as they went, under the announced ones."""

    marks: tuple[Mark, ...]
    planned: tuple[Block, ...]
    went: tuple[Block, ...]
    listened: tuple[Bracket, ...]

    @property
    def height(self) -> int:
        """Of the whole drawing: the lowest row is there if somebody listened."""
        return 176 if self.listened else 142


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot; ``light`` for the first of two kinds."""

    x: float
    y: float
    r: float
    light: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """A dot for each person over an axis of minutes."""

    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    stack: float  # height of the tallest stack, above the axis at 0

    @property
    def top(self) -> float:
        """Where the drawing begins."""
        return -self.stack - 8

    @property
    def height(self) -> float:
        """Of the whole drawing, with the words under the axis."""
        return self.stack + 8 + 46


def timeline(went: Sequence[Bar], planned: Sequence[float], *, listened: dict[int, str], unit: str) -> Timeline:
    """Draw the phases that ``went`` over the minutes ``planned`` for each; ``listened`` are the words for each case."""
    whole = max(sum(bar.minutes for bar in went), sum(planned), 1.0)
    scale = (WIDTH - 2 * EDGE) / whole
    begins = list(accumulate((bar.minutes for bar in went), initial=0.0))
    blocks = [_block(bar, begin, scale, unit) for bar, begin in zip(went, begins, strict=False)]
    starts = accumulate(planned, initial=0.0)
    return Timeline(
        marks=tuple(_marks(whole, scale)),
        planned=tuple(_place(start, length, scale) for start, length in zip(starts, planned, strict=False) if length),
        went=tuple(blocks),
        listened=tuple(_brackets(went, blocks, listened)),
    )


def voices(count: int, *, light: int = 0, width: float = 130.0) -> tuple[Dot, ...]:
    """A dot for each voice, the first ``light`` ones light; they move together where they are many."""
    step = min(20.0, (width - 16.0) / max(count - 1, 1))
    radius = round(min(6.5, step * 0.45), 2)
    return tuple(Dot(round(8 + step * at, 2), 9, radius, light=at < light) for at in range(count))


def spread(seconds: Sequence[float], *, width: float = 330.0) -> Spread:
    """A dot for each person at the minutes of speech, rounded to a step of the axis, in stacks."""
    most = max([*seconds, 60.0]) / 60
    step = next((step for step in STEPS if most / step <= MOST_MARKS), STEPS[-1])
    last = int(most // step + 1) * step
    scale = (width - 30) / last
    cell = 15.0 / scale  # minutes that one dot is wide
    stacks: dict[int, int] = {}
    dots = []
    for said in seconds:
        column = round(said / 60 / cell)
        stacks[column] = stacks.get(column, 0) + 1
        dots.append(Dot(round(15 + column * 15.0, 1), round(-13 - 16.0 * (stacks[column] - 1), 1), 7))
    marks = tuple(Mark(round(15 + at * scale, 1), at, "middle") for at in range(0, last + 1, step))
    return Spread(tuple(dots), marks, max(stacks.values(), default=0) * 16.0)


def share(part: float, whole: float, *, width: float = 300.0) -> float:
    """How wide a part of the whole is drawn."""
    return round(part / whole * width, 1) if whole else 0.0


def _place(begin: float, length: float, scale: float) -> Block:
    x = min(EDGE + begin * scale + 1, WIDTH - EDGE - 1)  # what took no time at the very end still shows
    return Block(x=round(x, 1), width=round(max(length * scale - 2, 1.0), 1))


def _block(bar: Bar, begin: float, scale: float, unit: str) -> Block:
    place = _place(begin, bar.minutes, scale)
    whole = str(round(bar.minutes))
    said = f"{whole} {unit}"
    return Block(
        x=place.x,
        width=place.width,
        out=bar.out,
        name=bar.name if _length(bar.name) < place.width - 4 else "",
        minutes=next((words for words in (said, whole) if _length(words) < place.width - 4), ""),
    )


def _brackets(went: Sequence[Bar], blocks: Sequence[Block], words: dict[int, str]) -> Iterator[Bracket]:
    for case in sorted({bar.case for bar in went if bar.out}):
        outs = [block for bar, block in zip(went, blocks, strict=True) if bar.out and bar.case == case]
        yield Bracket(round(outs[0].x - 1, 1), round(outs[-1].x + outs[-1].width + 1, 1), words.get(case, ""))


def _marks(whole: float, scale: float) -> Iterator[Mark]:
    step = next((step for step in STEPS if whole / step <= MOST_MARKS), STEPS[-1])
    for minutes in range(0, int(whole) + 1, step):
        x = round(EDGE + minutes * scale, 1)
        anchor = "start" if minutes == 0 else "end" if x > WIDTH - 2 * EDGE else "middle"
        yield Mark(x, minutes, anchor)


def _length(words: str) -> float:
    return sum(HAN if ord(letter) > 0x2E80 else LATIN for letter in words)
