"""Scripts are data: an opening, a case block repeated per case, a pause between cases, a closing.

A script is copied into a session when it starts, so changing it never changes a past meeting.
Minutes warn leaders and never force. The announced length of a meeting is
``opening + cases × case block + (cases - 1) × pause + closing``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never


class PhaseKind(StrEnum):
    """What a phase is for. The word is the same in log, page and document."""

    OPENING = "opening"
    CALL = "call"
    TELLING = "telling"
    FACTS = "facts"
    SILENCE = "silence"  # step back; silence
    FEELINGS = "feelings"
    DISCUSSION = "discussion"
    CLARIFYING = "clarifying"  # conventional supervision only
    RETURN = "return"
    SETTLE = "settle"
    BREAK = "break"  # pause between cases
    CLOSING = "closing"
    REVIEW = "review"  # tail of the closing of a training script


class Floor(StrEnum):
    """Who takes the word, and how (发言方式)."""

    OPEN = "open"
    ASKED = "asked"
    PRESENTER = "presenter"
    LEADERS = "leaders"
    ROUND = "round"
    GROUP = "group"  # review: the group named by the phase, and leaders


class ReviewGroup(StrEnum):
    """Whose word a review phase is."""

    LEADER = "leader"
    CO_LEADER = "co-leader"
    PRESENTER = "presenter"
    MEMBERS = "members"
    OBSERVERS = "observers"
    TRAINER = "trainer"


class Part(StrEnum):
    """The parts of a script."""

    OPENING = "opening"
    CASE = "case"
    BREAK = "break"
    CLOSING = "closing"


class Picture(StrEnum):
    """What becomes of the presenter's picture while back."""

    SMALL = "small"  # kept small at the edge
    LEADERS = "leaders"  # the media server stops it for members
    CLOSED = "closed"


class Method(StrEnum):
    """Balint work, or conventional supervision (常规督导), the control arm of a trial."""

    BALINT = "balint"
    SUPERVISION = "supervision"


class CueCode(StrEnum):
    """Interventions for drift that a leader can show as the quiet line."""

    ADVICE = "advice"
    QUESTIONING = "questioning"
    BLAME = "blame"
    DIAGNOSIS = "diagnosis"
    OWN_CASE = "own-case"
    PRIVATE_LIFE = "private-life"
    MISSING_VOICE = "missing-voice"
    TO_PRESENTER = "to-presenter"
    ONE_VOICE = "one-voice"
    TEACHING = "teaching"


@dataclass(frozen=True, slots=True)
class Cue:
    """One quiet line per language, shown in the centre of the circle; empty means the line of the phase kind."""

    en: str = ""
    zh: str = ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """A script's own words for an intervention; what it lacks in a language is said in the other, else in the usual words."""

    code: CueCode
    cue: Cue


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: minutes (0–240), floor and what it allows.

    ``floors``: the first is how the phase is entered (never ``round``: a leader starts a round);
    a phase of product floor "round or open" is ``(ROUND, OPEN)``: entered open, the round's button is the large one.
    """

    kind: PhaseKind
    minutes: int
    floors: tuple[Floor, ...] = (Floor.OPEN,)
    out: bool = False  # the presenter is out of the circle
    voices: bool = False  # speaking as persons of the case
    cards: bool = False
    signals: bool = False
    group: ReviewGroup | None = None
    cue: Cue = Cue()


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a script: ``index`` counts within the part. ``case`` is 1-based, 0 before the first.

    A break and the closing keep the number of the case they were entered from.
    """

    part: Part
    case: int
    index: int


@dataclass(frozen=True, slots=True)
class Script:
    """A whole script. ``cases`` is the number of cases planned (1–5)."""

    code: str
    name: Cue
    method: Method
    cases: int
    opening: tuple[Phase, ...]
    case: tuple[Phase, ...]
    pause: Phase | None
    closing: tuple[Phase, ...]
    settle: Phase | None = None  # enters when a one-case script is opened for a further case
    picture: Picture = Picture.SMALL
    aim: bool = False  # an aim is asked of the presenter: a cue in telling
    reply: bool = False  # a leader may open the return for the group
    signals: bool = True
    interventions: tuple[Intervention, ...] = ()  # those with words of its own


# From telling to return the presenter is needed; in conventional supervision that is the whole case.
SPAN = frozenset(
    {
        PhaseKind.TELLING,
        PhaseKind.FACTS,
        PhaseKind.SILENCE,
        PhaseKind.FEELINGS,
        PhaseKind.DISCUSSION,
        PhaseKind.CLARIFYING,
        PhaseKind.RETURN,
    }
)
WITH_CARDS = frozenset({PhaseKind.SILENCE, PhaseKind.CLOSING})
WITH_VOICES = frozenset({PhaseKind.FEELINGS, PhaseKind.DISCUSSION})
MOST_CASES = 5
LONGEST_PHASE = 240  # minutes


def phase_at(script: Script, place: Place) -> Phase:
    """The phase at a place; ``LookupError`` where the script has none."""
    phases = script.case if place.part is Part.CASE else _phases(script, place.part)
    if 0 <= place.index < len(phases):
        return phases[place.index]
    # The settle phase that a further case brings can always be found, so that nobody falls out of it.
    if place.part is Part.CASE and place.index == len(phases) and script.settle and brings_settle(script):
        return script.settle
    raise LookupError(place)


def _phases(script: Script, part: Part) -> tuple[Phase, ...]:
    match part:
        case Part.OPENING:
            return script.opening
        case Part.CASE:
            return (*script.case, script.settle) if script.settle and brings_settle(script) else script.case
        case Part.BREAK:
            return (script.pause,) if script.pause else ()
        case Part.CLOSING:
            return script.closing
        case _:
            assert_never(part)


def brings_settle(script: Script) -> bool:
    """Whether a further case adds a settle phase that the block itself lacks."""
    return script.settle is not None and all(phase.kind is not PhaseKind.SETTLE for phase in script.case)


def block(script: Script, cases: int) -> tuple[Phase, ...]:
    """The phases of one case when ``cases`` are planned in all."""
    return _phases(script, Part.CASE) if cases > 1 else script.case


def steps_back(script: Script) -> bool:
    """Whether the presenter leaves the circle at some time of a case."""
    return any(phase.out for phase in script.case)


def is_response(script: Script, phase: Phase) -> bool:
    """A return to a circle that nobody has left: the last word alone."""
    return phase.kind is PhaseKind.RETURN and not steps_back(script)


def index_of(script: Script, kind: PhaseKind) -> int | None:
    """Where in the case block the first phase of a kind is."""
    return next((index for index, phase in enumerate(script.case) if phase.kind is kind), None)


def has_break(script: Script) -> bool:
    """A break of 0 minutes is skipped."""
    return script.pause is not None and script.pause.minutes > 0


def announced_minutes(script: Script) -> int:
    """How long a meeting is announced to last: opening + cases × block + pauses + closing."""
    pauses = (script.cases - 1) * (script.pause.minutes if script.pause else 0)
    parts = (script.opening, *[script.case] * script.cases, script.closing)
    return sum(phase.minutes for part in parts for phase in part) + pauses


def problems(script: Script) -> tuple[str, ...]:
    """Why a script cannot be used, as stable codes; empty when it can.

    ``cases``: 1–5 are planned · ``empty``: opening, case and closing need a phase · ``minutes``: 0–240 each ·
    ``telling``: exactly one, and nothing of the case before it but the call · ``return``: at most one, in the circle,
    after every phase out of it · ``back``: who steps back needs a return · ``kinds``: a kind stands in its own part, reviews
    at the end of theirs · ``cards``: in the silence and the closing · ``voices``: in what we feel and the discussion ·
    ``floors``: at least one, a round never alone, a group's word exactly in review · ``interventions``: each code once.
    """
    checks = {
        "cases": 1 <= script.cases <= MOST_CASES,
        "empty": bool(script.opening and script.case and script.closing),
        "minutes": all(0 <= phase.minutes <= LONGEST_PHASE for phase in _all(script)),
        "telling": _telling_is_right(script),
        "return": _return_is_right(script),
        "back": not steps_back(script) or index_of(script, PhaseKind.RETURN) is not None,
        "kinds": _kinds_are_right(script),
        "cards": all(phase.kind in WITH_CARDS for phase in _all(script) if phase.cards),
        "voices": all(phase.kind in WITH_VOICES for phase in _all(script) if phase.voices),
        "floors": all(_floors_are_right(phase) for phase in _all(script)),
        "interventions": len({one.code for one in script.interventions}) == len(script.interventions),
    }
    return tuple(code for code, fine in checks.items() if not fine)


def _all(script: Script) -> tuple[Phase, ...]:
    return tuple(phase for part in Part for phase in _phases(script, part))


def _telling_is_right(script: Script) -> bool:
    kinds = [phase.kind for phase in script.case]
    if kinds.count(PhaseKind.TELLING) != 1:
        return False
    before = kinds[: kinds.index(PhaseKind.TELLING)]
    return before in ([], [PhaseKind.CALL]) and PhaseKind.CALL not in kinds[len(before) :]


def _return_is_right(script: Script) -> bool:
    returns = [index for index, phase in enumerate(script.case) if phase.kind is PhaseKind.RETURN]
    outs = [index for index, phase in enumerate(script.case) if phase.out]
    telling = index_of(script, PhaseKind.TELLING)
    if telling is None or (outs and outs[0] <= telling):
        return False
    return len(returns) <= 1 and all(out < at for at in returns for out in outs)


def _kinds_are_right(script: Script) -> bool:
    others = (*script.opening, *script.closing)
    return (
        all(phase.kind is PhaseKind.OPENING for phase in script.opening)
        and all(phase.kind in SPAN | {PhaseKind.CALL, PhaseKind.SETTLE} for phase in script.case)
        and _closes(script)
        and (script.pause is None or script.pause.kind is PhaseKind.BREAK)
        and (script.settle is None or script.settle.kind is PhaseKind.SETTLE)
        and not any(phase.out for phase in others)
    )


def _closes(script: Script) -> bool:
    """The closing, and after it what is looked back on."""
    kinds = [phase.kind for phase in script.closing]
    closing = kinds.count(PhaseKind.CLOSING)
    return kinds == [PhaseKind.CLOSING] * closing + [PhaseKind.REVIEW] * (len(kinds) - closing)


def _floors_are_right(phase: Phase) -> bool:
    grouped = phase.kind is PhaseKind.REVIEW
    return (
        bool(phase.floors)
        and phase.floors != (Floor.ROUND,)
        and (Floor.GROUP in phase.floors) == grouped == (phase.group is not None)
    )
