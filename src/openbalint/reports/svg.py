"""A canvas for pictures: SVG elements with colours as attributes and a class each.

The attributes serve paper; a page overrides them by its classes, so the same picture is light or dark. People are grey,
estimates are green and heavy, so nothing is told by colour alone. Widths of text are estimated: a picture must not depend
on the fonts of the machine that makes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import math
import re
from xml.etree.ElementTree import Element, SubElement

from openbalint.reports.words import HAN, number

FONT = 12
LINE = 15
WIDTH = 340
INKS = {
    "ink": {"fill": "#1f2827"},
    "quiet": {"fill": "#46514e"},
    "warn": {"fill": "#86451f"},
    "edge": {"stroke": "#83877e", "stroke-width": "1", "fill": "none"},
    "grid": {"stroke": "#d8d5ca", "stroke-width": "1", "fill": "none"},
    "zero": {"stroke": "#46514e", "stroke-width": "1", "stroke-dasharray": "4 3", "fill": "none"},
    "person-line": {"stroke": "#9a9f98", "stroke-width": "1", "fill": "none"},
    "person": {"stroke": "#6b726d", "stroke-width": "0.8", "fill": "#fffdf9"},
    "cloud": {"stroke": "#4f877f", "stroke-width": "1", "fill": "#dfebe5"},
    "estimate-line": {"stroke": "#1f5f58", "stroke-width": "2.4", "fill": "none"},
    "ground": {"fill": "#ffffff", "stroke": "none"},
    "estimate": {"fill": "#1f5f58", "stroke": "none"},
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` on pixels from `start` to `end`, with round `ticks`."""

    low: float
    high: float
    start: float
    end: float
    step: float

    @classmethod
    def over(cls, low: float, high: float, start: float, end: float, *, wanted: int = 7) -> "Scale":
        """A scale that holds all values with a little room, and steps that are round numbers."""
        if not high > low:
            low, high = low - 0.5, high + 0.5
        room = 0.03 * (high - low)
        rough = (high - low) / wanted
        power = 10 ** math.floor(math.log10(rough))
        step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
        return cls(low - room, high + room, start, end, step)

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Each round value with its text."""
        places = max(0, -math.floor(math.log10(self.step) + 1e-9))
        for i in range(math.ceil(self.low / self.step), math.floor(self.high / self.step) + 1):
            yield i * self.step, number(i * self.step, places)


class Canvas:
    """An SVG of a given size."""

    def __init__(self, height: int, width: int = WIDTH) -> None:
        self.width, self.height = width, height
        self.root = Element(
            "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
        )  # fmt: skip

    def line(self, ink: str, *points: tuple[float, float]) -> None:
        """A line through points."""
        self._add("polyline", ink, points=" ".join(f"{_px(x)},{_px(y)}" for x, y in points))

    def shape(self, ink: str, *points: tuple[float, float]) -> None:
        """A closed shape."""
        self._add("polygon", ink, points=" ".join(f"{_px(x)},{_px(y)}" for x, y in points))

    def dot(self, ink: str, x: float, y: float, radius: float) -> None:
        """A disc."""
        self._add("circle", ink, cx=_px(x), cy=_px(y), r=_px(radius))

    def diamond(self, x: float, y: float, size: float) -> None:
        """The mark of an estimate."""
        self.shape("estimate", (x - size, y), (x, y - size), (x + size, y), (x, y + size))

    def text(self, ink: str, x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> None:
        """One line of text on its base line."""
        extra = {"font-weight": "600"} if bold else {}
        attributes = {"x": _px(x), "y": _px(y), "text-anchor": anchor, "font-size": str(FONT), **extra}
        element = SubElement(self.root, "text", {"class": f"p-{ink}", **INKS[ink], **attributes})
        element.text = text

    def label(self, x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> None:
        """Text on a piece of bare ground, so that lines behind it do not disturb."""
        width = text_width(text) + 6
        left = x - 3 if anchor == "start" else x + 3 - width
        self._add("rect", "ground", x=_px(left), y=_px(y - FONT), width=_px(width), height=str(LINE))
        self.text("ink", x, y, text, anchor=anchor, bold=bold)

    def bottom_axis(self, scale: Scale, y: float, name: str, *, top: float) -> None:
        """A horizontal axis with faint lines up to `top`, its numbers and its name."""
        for value, shown in scale.ticks():
            self.line("grid", (scale(value), top), (scale(value), y))
            self.text("quiet", scale(value), y + 16, shown, anchor="middle")
        self.line("edge", (scale.start, y), (scale.end, y))
        self.text("ink", (scale.start + scale.end) / 2, y + 34, name, anchor="middle")

    def left_axis(self, scale: Scale, x: float, *, right: float) -> None:
        """A vertical axis with faint lines to `right`."""
        for value, shown in scale.ticks():
            self.line("grid", (x, scale(value)), (right, scale(value)))
            self.text("quiet", x - 6, scale(value) + 4, shown, anchor="end")

    def letter(self, letter: str) -> None:
        """The letter by which a caption speaks of this picture."""
        self.text("ink", 0, FONT, letter, bold=True)

    def warn(self, text: str | None) -> None:
        """What has to be said on the picture itself, because pictures get copied."""
        if text:
            self.text("warn", self.width - 4, self.height - 4, text, anchor="end")

    def _add(self, tag: str, ink: str, **attributes: str) -> None:
        SubElement(self.root, tag, {"class": f"p-{ink}", **INKS[ink], **attributes})


def text_width(text: str) -> float:
    """About how wide a line is: a Han character is as wide as high, others some 0.56 of it."""
    return sum(FONT if HAN.match(character) else 0.56 * FONT for character in text)


def wrapped(text: str, width: float, lines: int = 2) -> list[str]:
    """Text in at most `lines` lines of about `width`; what does not fit ends in an ellipsis."""
    done: list[str] = [""]
    for part in _breakable(text):
        if done[-1] and text_width((done[-1] + part).rstrip()) > width:
            done.append("")
        done[-1] += part if done[-1] else part.lstrip()
    done = [line.rstrip() for line in done]
    kept = done[:lines]
    return [*kept[:-1], shortened(kept[-1] + ("…" if len(done) > lines else ""), width)]


def shortened(text: str, width: float) -> str:
    """Text cut to about `width`."""
    if text_width(text) <= width:
        return text
    kept = text.rstrip("…")
    while kept and text_width(kept + "…") > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _breakable(text: str) -> list[str]:
    return re.findall(f"{HAN.pattern}|[^\\s\u2e80-\u9fff]+\\s*|\\s+", text)


def _px(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
