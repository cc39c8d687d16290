"""A script on paper: its phases in the order of the meeting, with the minute at which each begins.

The same serves the page of a script and the A5 page that is printed for the day the network fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext, pgettext

from openbalint.groups import scripts
from openbalint.groups.scripts import Slot, StepBack
from openbalint.protocol.scripts import Method, Part, Script, announced_minutes
from openbalint.web import labels


@dataclass(frozen=True, slots=True)
class Line:
    """One phase. ``at``: when it begins in the first case, as hours and minutes."""

    at: str
    name: str
    who: str
    cue: str
    minutes: int
    part: Part
    out: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A script, ready to be read."""

    name: str
    subtitle: str
    lines: tuple[Line, ...]  # up to the closing
    again: str  # when the further cases begin; empty for one case
    closing: tuple[Line, ...]
    total: int
    notes: tuple[str, ...]
    has_figures: bool  # persons of the case are written down at the foot

    @property
    def density(self) -> str:
        """The classes that keep the lines on one page: the more lines, the closer they stand."""
        lines = len(self.lines) + len(self.closing) + bool(self.again)
        return "a5--tight a5--full" if lines > 13 else "a5--tight" if lines > 10 else ""


def on_paper(script: Script, *, name: str = "") -> Paper:
    """A script in the reader's language. ``name`` is the group's own for it."""
    lines = tuple(_lines(script))
    return Paper(
        name=name or labels.own(script.name),
        subtitle=" · ".join((_cases(script.cases), gettext("8 to 12 members"), gettext("two leaders"))),
        lines=tuple(line for line in lines if line.part is not Part.CLOSING),
        again=_again(script),
        closing=tuple(line for line in lines if line.part is Part.CLOSING),
        total=announced_minutes(script),
        notes=tuple(_notes(script)),
        has_figures=any(phase.voices for phase in script.case),
    )


def clock(minutes: int) -> str:
    """Minutes from the beginning as hours and minutes: ``1:05``."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _cases(cases: int) -> str:
    return ngettext("one case", "%(n)s cases", cases) % {"n": cases}


def _lines(script: Script) -> Iterator[Line]:
    slots = [slot for slot in scripts.slots(script) if slot.phase.minutes]
    at, closing = 0, announced_minutes(script) - sum(phase.minutes for phase in script.closing)
    for slot in slots:
        at = max(at, closing) if slot.part is Part.CLOSING else at
        yield _line(slot, script, at=at)
        at += slot.phase.minutes


def _line(slot: Slot, script: Script, *, at: int) -> Line:
    phase = slot.phase
    return Line(
        at=clock(at),
        name=labels.phase(phase, script, further=slot.is_further),
        who="" if phase.group else labels.floor(phase),  # a review says in its name whose word it is
        cue=labels.phase_cue(phase),
        minutes=phase.minutes,
        part=slot.part,
        out=phase.out,
    )


def _again(script: Script) -> str:
    """When the second and later cases begin."""
    case = sum(phase.minutes for phase in script.case) + (script.pause.minutes if script.pause else 0)
    first = sum(phase.minutes for phase in script.opening)
    times = [clock(first + number * case) for number in range(1, script.cases)]
    if not times:
        return ""
    again = ngettext(
        "The next case goes the same way, from %(times)s.",
        "Each further case goes the same way, from %(times)s.",
        len(times),
    )
    return again % {"times": pgettext("list", ", ").join(times)}


def _notes(script: Script) -> Iterator[str]:
    if script.method is Method.SUPERVISION:
        yield gettext(
            "If somebody needs to stop: pause, or end the case. "
            "One leader goes aside with the person, and rings within 48 hours."
        )
        return
    if scripts.choices_of(script).step_back is not StepBack.NEVER:
        yield (
            gettext("The presenter’s chair goes out after the questions and comes back for the last word.")
            if script.reply
            else gettext(
                "The presenter’s chair goes out after the questions and comes back for the last word. "
                "Then nobody asks and nobody replies."
            )
        )
    if script.aim:
        yield gettext("After the telling, the presenter is asked what the group should look at.")
    yield gettext(
        "If somebody needs to stop: pause; or bring the presenter back; or end the case. "
        "One leader goes aside with the person, and rings within 48 hours."
    )
