"""What each audience may see: the whole view, never a delta, never made for one person.

This is where privacy lives. A view names every seat's rights; a client finds its own seat in it. ``None`` marks what the
audience must not see, and the wire leaves it out. Names of people are added by the edge, which knows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from openbalint.protocol.commands import Around, CheckOutMood, FigureCode, PersonId, Seat, SignalKind
from openbalint.protocol.rights import Rights
from openbalint.protocol.scripts import Cue, CueCode, Floor, Intervention, Method, Part, PhaseKind, ReviewGroup
from openbalint.protocol.state import CardsState, Status

__all__ = [
    "Audience",
    "Away",
    "CardsState",
    "CardsView",
    "CaseView",
    "DoorStage",
    "FigureView",
    "LeadersView",
    "LineView",
    "PhaseView",
    "RoundView",
    "SeatView",
    "SharedView",
    "SoundView",
    "Status",
    "StopView",
    "Target",
    "TimesView",
    "View",
    "WaitingView",
]

_NO_CUE = Cue()


class Audience(StrEnum):
    """Who looks. Which audience a person has follows from the state at every step."""

    LEADERS = "leaders"
    ASSISTANT = "assistant"
    CIRCLE = "circle"  # circle, outer ring, presenter back, presenting leader
    SCREEN = "screen"  # the big screen: an own ticket, no person
    DOOR = "door"  # waiting


class Away(StrEnum):
    """Why a chair is empty."""

    RECONNECTING = "reconnecting"  # connection gone, under 20 s
    LOST = "lost"
    LEFT = "left"
    ASIDE = "aside"


class DoorStage(StrEnum):
    """What somebody who waits is told: where the group is, no more."""

    LOBBY = "lobby"
    OPEN = "open"  # opening, call
    CASE = "case"
    OUT = "out"  # the presenter is out of the circle
    BREAK = "break"
    CLOSING = "closing"
    LINGERING = "lingering"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One phase of the way, in the order they will be gone through from the present case on."""

    kind: PhaseKind
    part: Part
    case: int  # 1-based; 0 in the opening; the closing keeps the case from which it was entered
    index: int  # within the part
    out: bool
    group: ReviewGroup | None = None
    cue: Cue = _NO_CUE  # the script's own words, or empty: the line of the kind
    response: bool = False  # a return to a circle that nobody has left: the last word alone


@dataclass(frozen=True, slots=True)
class SeatView:
    """One chair."""

    person: PersonId
    seat: Seat
    rights: Rights
    away: Away | None = None
    back: bool = False  # stepped back, outside the circle
    in_room: bool = False  # without a device
    speaks_as: int | None = None  # number of the figure
    voices: bool = False  # speaks as a person of the case now
    lead: bool = False  # has the clock now
    presenting: bool = False


@dataclass(frozen=True, slots=True)
class FigureView:
    """One person of the case."""

    figure: int
    code: FigureCode
    letter: str  # "", or "A"/"B" where the code occurs twice
    own: bool  # "the … of this case": what the presenter's place is called
    voices: int | None  # how often voiced; None for who must not count


@dataclass(frozen=True, slots=True)
class CaseView:
    """Another case of the meeting than the present one."""

    case: int
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round under way."""

    ring: tuple[PersonId, ...]
    turn: PersonId
    next: PersonId | None


@dataclass(frozen=True, slots=True)
class CardsView:
    """Cards. Unturned texts are in no view; their number is in the leaders'."""

    state: CardsState
    texts: tuple[str, ...] = ()
    written: int | None = None


@dataclass(frozen=True, slots=True)
class SharedView:
    """A microphone that several people share. ``open``: somebody there may speak."""

    person: PersonId  # whose device it is
    people: tuple[PersonId, ...]
    speaking: PersonId | None = None  # as a leader marked
    open: bool = False


@dataclass(frozen=True, slots=True)
class SoundView:
    """What is heard of whom; absent where the meeting has no sound of its own."""

    cannot_hear: tuple[PersonId, ...] = ()
    silenced: tuple[PersonId, ...] = ()
    shared: tuple[SharedView, ...] = ()
    around: Mapping[PersonId, Around] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimesView:
    """The leaders' clock. ``ends_at`` None while paused or in silence; then ``left_s`` holds the rest, in seconds."""

    minutes: int
    started_at: datetime | None
    ends_at: datetime | None
    left_s: float | None
    cases: int  # planned in all
    may_open_case: bool
    may_drop_case: bool


@dataclass(frozen=True, slots=True)
class WaitingView:
    """Somebody at the door."""

    person: PersonId
    seat: Seat
    late: bool  # held to the next case boundary
    away: bool
    in_room: bool = False  # ticked in before the start


@dataclass(frozen=True, slots=True)
class StopView:
    """Somebody needs to stop."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class LineView:
    """One message of the leaders' private line."""

    by: PersonId
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """A phase that a leader may go to now."""

    kind: PhaseKind
    part: Part
    case: int
    index: int


@dataclass(frozen=True, slots=True)
class LeadersView:
    """What only leaders see (a subset for the assistant, see ``session.md``: the door, stops without a leader)."""

    times: TimesView | None = None
    next: Target | None = None  # where *next* leads; None: to lingering
    targets: tuple[Target, ...] = ()
    waiting: tuple[WaitingView, ...] | None = None
    signals: Mapping[SignalKind, int] | None = None
    check_outs: Mapping[PersonId, CheckOutMood] | None = None
    stops: tuple[StopView, ...] | None = None
    line: tuple[LineView, ...] | None = None
    pause_reason: str | None = None  # "leader" | "presenter" | "aside" | "assistant"
    step_back_at: datetime | None = None  # when the server moves the invited presenter's chair
    no_leader_until: datetime | None = None
    interventions: tuple[Intervention, ...] = ()  # those for which the script has words of its own
    other_cases: tuple[CaseView, ...] = ()  # told in this meeting; shown while no case is under way


@dataclass(frozen=True, slots=True)
class View:
    """The whole of what an audience sees."""

    audience: Audience
    seq: int  # events so far
    status: Status
    method: Method | None = None
    entry: int = 0  # number of the phase entry: goes into every command that moves
    case: int = 0
    way: tuple[PhaseView, ...] = ()  # the phases of the strip
    now: int | None = None  # index into ``way``
    floor: Floor | None = None
    floors: tuple[Floor, ...] = ()  # what the phase may have, the reply in a return too; the first is the large button
    circle: tuple[SeatView, ...] = ()  # chair order
    ring: tuple[SeatView, ...] = ()  # observers and trainer
    presenter: PersonId | None = None  # of the case under way; before telling, who is named
    named: PersonId | None = None  # who presents the coming case
    back: bool = False  # the presenter is out of the circle
    invited: bool = False  # invited to step back
    called_in: bool = False
    presenter_here: bool = True
    silent: bool = False  # a moment of silence
    dim: bool = False  # the picture dims: a moment of silence, or the silence phase
    holder: PersonId | None = None  # who has the floor where it is asked
    queue: tuple[PersonId, ...] = ()  # hands, in order
    round: RoundView | None = None
    figures: tuple[FigureView, ...] = ()
    place: FigureCode | None = None  # profession that names the empty place
    offers: tuple[PersonId, ...] = ()
    naming: bool = False  # a presenter of the coming case can be offered and named now
    cue: CueCode | None = None
    cue_words: Cue | None = None  # the script's own for the intervention that is shown; None: the usual ones
    cards: CardsView = CardsView(CardsState.NONE)
    signals_open: bool = False
    check_out_open: bool = False
    assistant: PersonId | None = None
    assistant_door: bool = False
    leader_here: bool = True
    locked: bool = False
    may_voice: bool = False
    stage: DoorStage | None = None  # door only
    held: bool = False  # door only: late, until the next case boundary
    begins: datetime | None = None  # door only: when the meeting is planned to begin, until it has
    sound: SoundView | None = None
    leaders: LeadersView | None = None
