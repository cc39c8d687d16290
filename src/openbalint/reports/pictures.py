"""The pictures of an analysis: paired lines, raincloud and forest, drawn to be read at the width of a phone.

Paired lines: each person from before to after, the mean of the same people in green. Raincloud: each person's change, a
Gaussian kernel density with Silverman's bandwidth above, the mean with its interval below. Forest: estimates with intervals.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from openbalint.reports.svg import FONT, LINE, WIDTH, Canvas, Scale, shortened, text_width, wrapped
from openbalint.stats.samples import Floats

LEFT, RIGHT, TOP, ABREAST = 40, 10, 8, 3
GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class Pairs:
    """The complete pairs of one arm."""

    arm: str
    pre: Floats
    post: Floats


@dataclass(frozen=True, slots=True)
class Cloud:
    """The values of one arm, with their mean and its interval if there is one."""

    arm: str
    values: Floats
    mean: float | None
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A row of a forest: a name, an estimate and its interval. `shown` is its number in words."""

    name: str
    estimate: float
    ci: tuple[float, float]
    shown: str


def paired_lines(arms: Sequence[Pairs], *, before: str, after: str, warning: str | None) -> Canvas:
    """Each person's two values joined, arms side by side on one scale, three in a row at most."""
    rows = [arms[i : i + ABREAST] for i in range(0, len(arms), ABREAST)]
    values = np.concatenate([part for arm in arms for part in (arm.pre, arm.post)])
    heads = [max(len(wrapped(arm.arm, _width(row) - 6, 3)) for arm in row) for row in rows]
    tops = np.cumsum([0, *(LINE * head + 208 for head in heads)])
    canvas = Canvas(int(tops[-1]) + TOP + 8)
    for row, head, start in zip(rows, heads, tops, strict=False):
        top = float(start) + TOP + LINE * head + 8
        scale = Scale.over(float(values.min()), float(values.max()), top + 160, top)
        canvas.left_axis(scale, LEFT, right=WIDTH - RIGHT)
        for i, arm in enumerate(row):
            _arm(canvas, arm, scale, (LEFT + i * _width(row), _width(row)), (before, after))
    canvas.warn(warning)
    return canvas


def _width(row: Sequence[Pairs]) -> float:
    return (WIDTH - LEFT - RIGHT) / len(row)


def _arm(canvas: Canvas, arm: Pairs, scale: Scale, place: tuple[float, float], names: tuple[str, str]) -> None:
    left, width = place
    lines = wrapped(arm.arm, width - 6, 3)
    for line, text in enumerate(reversed(lines)):
        canvas.text("ink", left + width / 2, scale.end - 11 - LINE * line, text, anchor="middle", bold=True)
    ends = (left + 0.22 * width, left + 0.78 * width)
    _pairs(canvas, arm, scale, *ends)
    _under(canvas, ends, scale.start + 18, names, width)


def _under(canvas: Canvas, at: tuple[float, float], y: float, names: tuple[str, str], width: float) -> None:
    """The two names below an arm; the second one lower where they would touch."""
    lower = 0 if text_width(names[0]) + text_width(names[1]) < 1.05 * width else LINE
    canvas.text("quiet", at[0], y, names[0], anchor="middle")
    canvas.text("quiet", at[1], y + lower, names[1], anchor="middle")


def _pairs(canvas: Canvas, arm: Pairs, scale: Scale, left: float, right: float) -> None:
    for pre, post in zip(arm.pre, arm.post, strict=True):
        canvas.line("person-line", (left, scale(pre)), (right, scale(post)))
    for pre, post in zip(arm.pre, arm.post, strict=True):
        canvas.dot("person", left, scale(pre), 2.6)
        canvas.dot("person", right, scale(post), 2.6)
    if len(arm.pre):
        before, after = (left, scale(float(arm.pre.mean()))), (right, scale(float(arm.post.mean())))
        canvas.line("estimate-line", before, after)
        canvas.diamond(*before, 5)
        canvas.diamond(*after, 5)


# ── raincloud ────────────────────────────────────────────────────────────────────────────────────────────────────────


def raincloud(arms: Sequence[Cloud], *, axis: str, warning: str | None) -> Canvas:
    """Each arm a band: its name, its density, its people, its mean."""
    band = 76
    shown = [(arm, density(arm.values)) for arm in arms]
    ends = [end for arm, cloud in shown for end in _ends(arm, cloud)]
    canvas = Canvas(TOP + band * len(arms) + 56)
    bottom = TOP + band * len(arms) + 4
    scale = Scale.over(min(0.0, *ends), max(0.0, *ends), 16, WIDTH - 16)
    canvas.bottom_axis(scale, bottom, axis, top=TOP)
    canvas.line("zero", (scale(0), TOP), (scale(0), bottom))
    highest = max((float(cloud[1].max()) for _, cloud in shown if cloud), default=1.0)
    for i, (arm, cloud) in enumerate(shown):
        _band(canvas, arm, cloud, scale, TOP + band * i, highest)
    canvas.warn(warning)
    return canvas


def density(values: Floats) -> tuple[Floats, Floats] | None:
    """Places and heights of a Gaussian kernel density; None below three values or without spread. R: `density(x, bw="nrd0")`."""
    if len(values) < 3 or np.ptp(values) < 1e-10:
        return None
    spread = float(values.std(ddof=1))
    quartiles = float(np.subtract(*np.percentile(values, [75, 25]))) / 1.34
    width = 0.9 * min(spread, quartiles or spread) * len(values) ** -0.2
    at = np.linspace(values.min() - 2 * width, values.max() + 2 * width, 81)
    heights = np.exp(-0.5 * ((at[:, None] - values) / width) ** 2).sum(axis=1) / (
        len(values) * width * np.sqrt(2 * np.pi)
    )
    return at, heights


def _ends(arm: Cloud, cloud: tuple[Floats, Floats] | None) -> list[float]:
    parts = [arm.values, np.array(arm.ci or ()), cloud[0] if cloud else np.array(())]
    known = np.concatenate(parts)
    return [float(known.min()), float(known.max())] if len(known) else [0.0]


def _band(
    canvas: Canvas, arm: Cloud, cloud: tuple[Floats, Floats] | None, scale: Scale, top: float, highest: float
) -> None:
    ground = top + 44
    if cloud:
        at, heights = cloud
        ridge = [(scale(x), ground - 27 * float(h) / highest) for x, h in zip(at, heights, strict=True)]
        canvas.shape("cloud", (scale(float(at[0])), ground), *ridge, (scale(float(at[-1])), ground))
    for rank, value in enumerate(np.sort(arm.values)):  # the golden ratio spreads neighbours without chance
        canvas.dot("person", scale(float(value)), ground + 6 + 11 * ((rank * GOLDEN) % 1), 2.4)
    if arm.ci and arm.mean is not None:
        _whisker(canvas, scale, arm.mean, arm.ci, ground + 24)
    canvas.label(20, top + FONT + 1, shortened(arm.arm, WIDTH - 36), bold=True)


def _whisker(canvas: Canvas, scale: Scale, estimate: float, ci: tuple[float, float], y: float) -> None:
    canvas.line("estimate-line", (scale(ci[0]), y), (scale(ci[1]), y))
    for end in ci:
        canvas.line("estimate-line", (scale(end), y - 3.5), (scale(end), y + 3.5))
    canvas.diamond(scale(estimate), y, 5)


# ── forest ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def forest(groups: Sequence[tuple[str | None, Sequence[Estimate]]], *, axis: str, warning: str | None) -> Canvas:
    """Estimates in rows, each with its number at the right, in groups with or without a name."""
    rows = [step for name, estimates in groups for step in _steps(name, estimates)]
    height = sum(height for height, _ in rows)
    canvas = Canvas(TOP + height + 54)
    ends = [end for _, estimates in groups for row in estimates for end in row.ci]
    scale = Scale.over(min(0.0, *ends), max(0.0, *ends), 16, WIDTH - 16)
    canvas.bottom_axis(scale, TOP + height + 2, axis, top=TOP)
    canvas.line("zero", (scale(0), TOP), (scale(0), TOP + height + 2))
    y = TOP
    for step, draw in rows:
        draw(canvas, scale, y)
        y += step
    canvas.warn(warning)
    return canvas


Draw = Callable[[Canvas, Scale, float], None]


def _steps(name: str | None, estimates: Sequence[Estimate]) -> list[tuple[int, Draw]]:
    head: list[tuple[int, Draw]] = [(22, partial(_group_name, name))] if name else []
    return [*head, *((41 + LINE * _extra(row), partial(_row, row)) for row in estimates)]


def _extra(row: Estimate) -> int:
    """How many lines a row has beyond the first: a long name breaks, and its number then stands below."""
    return len(wrapped(row.name, WIDTH - 36)) - (text_width(row.name) + text_width(row.shown) < WIDTH - 50)


def _group_name(name: str, canvas: Canvas, _scale: Scale, y: float) -> None:
    canvas.label(20, y + 15, shortened(name, WIDTH - 36), bold=True)


def _row(row: Estimate, canvas: Canvas, scale: Scale, y: float) -> None:
    for i, line in enumerate(wrapped(row.name, WIDTH - 36)):
        canvas.label(20, y + 13 + LINE * i, line)
    below = y + LINE * _extra(row)
    canvas.label(WIDTH - 16, below + 13, row.shown, anchor="end")
    _whisker(canvas, scale, row.estimate, row.ci, below + 25)
