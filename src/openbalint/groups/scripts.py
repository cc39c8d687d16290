"""A group's script: storing it, the few choices people make about it, and what it must keep.

A script is a row of phases. People do not think in rows: they choose how many cases, whether the presenter steps back
once, twice or not at all, whether feelings and discussion are one. `choices_of` reads these from a script, `rebuilt` makes
the script that fits them. A choice moves minutes between phases and keeps the length of a case, so that a script which
added up still does; only another number of cases changes the whole.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
import re
from typing import Any, Final

import msgspec

from openbalint.protocol.scripts import (
    Cue,
    Floor,
    Method,
    Part,
    Phase,
    PhaseKind,
    Picture,
    Script,
    announced_minutes,
    problems,
)

CASES: Final = range(1, 6)  # how many cases a script may have
MINUTES: Final = range(1, 241)  # how long a phase may be; a pause between cases may also be 0
MAY_BE_LEFT_OUT: Final = (PhaseKind.CALL, PhaseKind.FACTS, PhaseKind.SILENCE, PhaseKind.CLARIFYING, PhaseKind.REVIEW)
LENGTH: Final = range(10, 481)  # how long a meeting may be, in minutes
TALKS: Final = (PhaseKind.FEELINGS, PhaseKind.DISCUSSION)
OUT: Final = (PhaseKind.SILENCE, *TALKS)  # where the presenter is out of the circle, if it is stepped back at all
NAME: Final = 80  # how long the name of a script may be
COPY: Final = re.compile(r" \(copy( \d+)?\)$|（副本( \d+)?）$")
SETTLE: Final = Phase(PhaseKind.SETTLE, 2, signals=True)
FURTHER: Final = Phase(PhaseKind.FACTS, 3, (Floor.ASKED,), signals=True)


class StepBack(StrEnum):
    """How often the presenter steps back in a case."""

    ONCE = "once"
    TWICE = "twice"  # comes in again between feelings and discussion, for further questions
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Choices:
    """What people choose about a script, besides minutes and words."""

    cases: int
    step_back: StepBack = StepBack.ONCE
    merged: bool = False  # feelings and discussion are one phase
    picture: Picture = Picture.SMALL
    aim: bool = False
    reply: bool = False
    signals: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """A phase with its place in the script. ``key`` names it among the phases of the script, also after a choice."""

    key: str
    part: Part
    phase: Phase

    @property
    def is_further(self) -> bool:
        """Whether these are the further questions of a presenter who steps back twice."""
        return self.key == "facts-2"


# ── storing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def to_body(script: Script) -> dict[str, Any]:
    """The script as it is stored: what JSON gives back, so that two bodies can be compared."""
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(script, order="deterministic"))
    return built


def from_body(body: Mapping[str, Any]) -> Script:
    """The script that is stored. Raises `msgspec.ValidationError` for what is none."""
    return msgspec.convert(body, Script)


# ── phases and minutes ────────────────────────────────────────────────────────────────────────────────────────────────


def slots(script: Script) -> tuple[Slot, ...]:
    """The phases in the order people go through them: opening, one case, pause between cases, closing."""
    parts = (
        (Part.OPENING, script.opening),
        (Part.CASE, script.case),
        (Part.BREAK, (script.pause,) if script.pause and script.cases > 1 else ()),
        (Part.CLOSING, script.closing),
    )
    seen: dict[str, int] = {}
    found = []
    for part, phase in ((part, phase) for part, phases in parts for phase in phases):
        key = f"{phase.kind}-{phase.group}" if phase.group else str(phase.kind)
        seen[key] = seen.get(key, 0) + 1
        found.append(Slot(f"{key}-{seen[key]}" if seen[key] > 1 else key, part, phase))
    return tuple(found)


def with_phases(script: Script, phases: Mapping[str, Phase]) -> Script:
    """The script with other phases in the slots that are named."""
    by_part: dict[Part, list[Phase]] = {part: [] for part in Part}
    for slot in slots(script):
        by_part[slot.part].append(phases.get(slot.key, slot.phase))
    return replace(
        script,
        opening=tuple(by_part[Part.OPENING]),
        case=tuple(by_part[Part.CASE]),
        pause=by_part[Part.BREAK][0] if by_part[Part.BREAK] else script.pause,
        closing=tuple(by_part[Part.CLOSING]),
    )


def complete(script: Script, original: Script) -> Script:
    """The script with the phases that it leaves out, as the ``original`` has them, at 0 minutes."""
    return replace(
        script,
        opening=_completed(script.opening, original.opening),
        case=_completed(script.case, original.case, leave=(*TALKS, PhaseKind.SETTLE)),  # these follow from choices
        closing=_completed(script.closing, original.closing),
    )


def trimmed(script: Script) -> Script:
    """The script without the phases of 0 minutes. A pause of 0 minutes stays: it is skipped."""
    opening, case, closing = (
        tuple(phase for phase in phases if phase.minutes) for phases in (script.opening, script.case, script.closing)
    )
    return replace(script, opening=opening, case=case, closing=closing)


def faults(script: Script) -> tuple[str, ...]:
    """What keeps a script from being used, as stable codes; none for a good one.

    Those of `protocol.scripts.problems`, and: ``closing``: there is none · ``length``: 10 minutes to 8 hours in all.
    """
    checks = {
        "closing": _first(script.closing, PhaseKind.CLOSING) is not None,
        "length": announced_minutes(script) in LENGTH,
    }
    return (*problems(script), *(code for code, fine in checks.items() if not fine))


def name_of_copy(name: Cue, *, taken: Collection[Cue]) -> Cue:
    """The name of a copy in both languages: "… (copy)"; with the first number that is free, where one is there."""
    names = (_copied(name, f" {number}" if number > 1 else "") for number in count(1))
    return next(copied for copied in names if not any(copied.en == one.en or copied.zh == one.zh for one in taken))


def _copied(name: Cue, number: str) -> Cue:
    en, zh = f" (copy{number})", f"（副本{number}）"
    return Cue(
        en=COPY.sub("", name.en or name.zh)[: NAME - len(en)] + en,
        zh=COPY.sub("", name.zh or name.en)[: NAME - len(zh)] + zh,
    )


# ── choices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def choices_of(script: Script) -> Choices:
    """What has been chosen about a script."""
    if not any(phase.out for phase in script.case):
        step_back = StepBack.NEVER
    else:
        step_back = StepBack.ONCE if _further(script.case) is None else StepBack.TWICE
    return Choices(
        cases=script.cases,
        step_back=step_back,
        merged=script.method is Method.BALINT and _first(script.case, PhaseKind.FEELINGS) is None,
        picture=script.picture,
        aim=script.aim,
        reply=script.reply,
        signals=script.signals,
    )


def rebuilt(script: Script, choices: Choices, *, original: Script) -> Script:
    """The script that fits the choices. Phases that were dropped come back as the shipped ``original`` has them.

    Conventional supervision has neither step-back nor feelings: of its choices only the number of cases counts.
    Raises `ValueError` for stepping back twice where feelings and discussion are one: there is no between.
    """
    if script.method is Method.SUPERVISION:
        return replace(script, cases=choices.cases)
    if choices.merged and choices.step_back is StepBack.TWICE:
        raise ValueError("twice-merged")
    before, case = choices_of(script), script.case
    if before.step_back is StepBack.TWICE and choices.step_back is not StepBack.TWICE:
        case = _without_further(case)
    if choices.merged is not before.merged:
        case = _merged(case) if choices.merged else _apart(case, original.case)
    if choices.step_back is StepBack.TWICE and before.step_back is not StepBack.TWICE:
        case = _with_further(case, original.case)
    back = choices.step_back is not StepBack.NEVER
    case = tuple(replace(phase, out=back) if phase.kind in OUT else phase for phase in case)
    return _with_cases(
        replace(
            script,
            case=case,
            picture=choices.picture,
            aim=choices.aim,
            reply=choices.reply,
            signals=choices.signals,
        ),
        choices.cases,
    )


def _with_cases(script: Script, cases: int) -> Script:
    """One case needs no settling, so its phase waits in ``settle`` for a further case that is opened live."""
    settling = _first(script.case, PhaseKind.SETTLE)
    if cases > 1:
        added = () if settling else (script.settle or SETTLE,)
        return replace(script, cases=cases, case=(*script.case, *added))
    case = tuple(phase for phase in script.case if phase.kind is not PhaseKind.SETTLE)
    return replace(script, cases=cases, case=case, settle=settling or script.settle)


def _merged(case: tuple[Phase, ...]) -> tuple[Phase, ...]:
    feelings = _first(case, PhaseKind.FEELINGS)
    if feelings is None:
        return case
    return tuple(
        replace(phase, minutes=phase.minutes + feelings.minutes) if phase.kind is PhaseKind.DISCUSSION else phase
        for phase in case
        if phase.kind is not PhaseKind.FEELINGS
    )


def _apart(case: tuple[Phase, ...], original: tuple[Phase, ...]) -> tuple[Phase, ...]:
    feelings, discussion = _first(original, PhaseKind.FEELINGS), _first(case, PhaseKind.DISCUSSION)
    if _first(case, PhaseKind.FEELINGS) or feelings is None or discussion is None:
        return case
    given = max(1, min(feelings.minutes, discussion.minutes - 1))
    return _before_discussion(case, replace(feelings, minutes=given))


def _further(case: tuple[Phase, ...]) -> int | None:
    """Where the presenter comes in for further questions: factual questions after a phase out of the circle."""
    out = next((at for at, phase in enumerate(case) if phase.out), len(case))
    return next((at for at, phase in enumerate(case) if at > out and phase.kind is PhaseKind.FACTS), None)


def _with_further(case: tuple[Phase, ...], original: tuple[Phase, ...]) -> tuple[Phase, ...]:
    discussion = _first(case, PhaseKind.DISCUSSION)
    if discussion is None:
        return case
    further = _first(original, PhaseKind.FACTS) or FURTHER
    given = max(1, min(further.minutes, discussion.minutes - 1))
    return _before_discussion(case, replace(further, minutes=given))


def _before_discussion(case: tuple[Phase, ...], phase: Phase) -> tuple[Phase, ...]:
    """Put a phase in that takes its minutes from the discussion, as far as the discussion has them."""
    at = next(at for at, other in enumerate(case) if other.kind is PhaseKind.DISCUSSION)
    rest = replace(case[at], minutes=max(1, case[at].minutes - phase.minutes))
    return (*case[:at], phase, rest, *case[at + 1 :])


def _without_further(case: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """Leave the further questions out, and give their minutes to the phase that follows."""
    at = _further(case)
    if at is None:
        return case
    following = replace(case[at + 1], minutes=case[at + 1].minutes + case[at].minutes)
    return (*case[:at], following, *case[at + 2 :])


def _completed(
    phases: tuple[Phase, ...], original: tuple[Phase, ...], *, leave: tuple[PhaseKind, ...] = ()
) -> tuple[Phase, ...]:
    order = [(phase.kind, phase.group) for phase in original]
    known = {(phase.kind, phase.group) for phase in phases}
    found = list(phases)
    for place, phase in enumerate(original):
        if (phase.kind, phase.group) not in known and phase.kind not in leave:
            later = order[place + 1 :]
            at = next((at for at, other in enumerate(found) if (other.kind, other.group) in later), len(found))
            found.insert(at, replace(phase, minutes=0))
    return tuple(found)


def _first(phases: Iterable[Phase], kind: PhaseKind) -> Phase | None:
    return next((phase for phase in phases if phase.kind is kind), None)
