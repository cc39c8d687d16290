"""What happened. Events are the truth while the meeting lives; the session is their fold.

Facts, never words. An event holds what rights follow from, and no more: who pressed is not told.
Stored events only ever gain fields that have a default; ``EVENTS`` gives the stored names, which never change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
import re
from types import MappingProxyType

from openbalint.protocol.commands import FigureCode, PersonId, Seat, SignalKind
from openbalint.protocol.scripts import CueCode, Part, Script


class PauseReason(StrEnum):
    """Why there is a pause. Only leaders are told."""

    LEADER = "leader"
    ASSISTANT = "assistant"
    PRESENTER = "presenter"  # the presenter is lost: the group does not go on without
    ASIDE = "aside"  # a leader is aside with somebody


# ── who is there ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Planned:
    """When the meeting is planned to begin."""

    at: datetime
    planned_at: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody the meeting knows is there for the first time, or with another seat. ``device`` False: ticked in."""

    at: datetime
    person: PersonId
    seat: Seat
    profession: FigureCode = FigureCode.DOCTOR
    device: bool = True


@dataclass(frozen=True, slots=True)
class Returned:
    """A device of somebody known is connected again."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The last device of somebody is gone; 20 s later the person is lost."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class Lost:
    """20 s without a connection."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class Left:
    """Gone by the button: lost at once."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class Adopted:
    """The room changed its owner: between ``since`` and ``at`` nobody was connected and the clocks stood still."""

    at: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class TickedIn:
    """In the room without a device: never lost."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class TickedOut:
    """Out of the room; who has a device stays on it."""

    at: datetime
    person: PersonId


# ── the door ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reseated:
    """The group has given somebody another seat."""

    at: datetime
    person: PersonId
    seat: Seat


@dataclass(frozen=True, slots=True)
class Admitted:
    """May come in at the start."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class Seated:
    """Has a chair, in the circle or in the outer ring."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class SentOut:
    """Has no chair any more; coming back needs admitting."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class LockSet:
    """The door is locked, or open again."""

    at: datetime
    locked: bool


@dataclass(frozen=True, slots=True)
class SilencedSet:
    """Somebody is silenced for now, or may speak again."""

    at: datetime
    person: PersonId
    silenced: bool


@dataclass(frozen=True, slots=True)
class SharedSet:
    """Who sits at the device of somebody beside them; nobody: it is one person's."""

    at: datetime
    person: PersonId
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class HearingSet:
    """The sound of somebody's device is lost, or back."""

    at: datetime
    person: PersonId
    hears: bool


@dataclass(frozen=True, slots=True)
class HearingLost:
    """20 s without sound."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class AssistantNamed:
    """The assistant, or nobody."""

    at: datetime
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class DoorSet:
    """The assistant has the door, or the leaders alone."""

    at: datetime
    to_assistant: bool


@dataclass(frozen=True, slots=True)
class LeadPassed:
    """Who has the clock now."""

    at: datetime
    person: PersonId


# ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Started:
    """The session begins, with its own copy of the script."""

    at: datetime
    script: Script
    lead: PersonId


@dataclass(frozen=True, slots=True)
class PhaseEntered:
    """A phase begins. Lifts a pause; drops an invitation, hands, voices, cards, the moment of silence."""

    at: datetime
    part: Part
    case: int
    index: int


@dataclass(frozen=True, slots=True)
class Invited:
    """The presenter is invited to step back; 10 s later the server moves the chair into the phase named."""

    at: datetime
    part: Part
    case: int
    index: int


@dataclass(frozen=True, slots=True)
class Uninvited:
    """The invitation has been overtaken: the presenter does not hear, or would leave the circle without a leader."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """No clock. Once more while paused: for another reason."""

    at: datetime
    reason: PauseReason
    leader: PersonId | None = None  # who is aside


@dataclass(frozen=True, slots=True)
class Resumed:
    """On, with the rest of the time exactly."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """The phase's new length."""

    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class CasesSet:
    """How many cases there will be in all."""

    at: datetime
    cases: int


@dataclass(frozen=True, slots=True)
class SilenceSet:
    """A moment of silence begins or ends."""

    at: datetime
    silent: bool


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Five minutes without a leader: the session ends with the minutes of this phase."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """The lingering minute begins."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """The last event of a session."""

    at: datetime


# ── the floor ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class RoundStarted:
    """Round the circle; the first of the ring has the turn."""

    at: datetime
    ring: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """In a round the next has the turn, after the last the floor is open; where it is asked the next asks."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class FloorOpened:
    """A round is broken off, or the group may reply."""

    at: datetime


@dataclass(frozen=True, slots=True)
class HandSet:
    """A hand is up, or down."""

    at: datetime
    person: PersonId
    raised: bool


@dataclass(frozen=True, slots=True)
class CalledIn:
    """The presenter who is back is called in for one sentence, 60 s at most."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The presenter listens again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CueShown:
    """An intervention is the quiet line, or (None) the phase's own cue."""

    at: datetime
    code: CueCode | None


# ── the case ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OfferSet:
    """Somebody offers a case, or takes the offer back."""

    at: datetime
    person: PersonId
    offered: bool


@dataclass(frozen=True, slots=True)
class PresenterNamed:
    """Who presents the coming case, or nobody."""

    at: datetime
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class FigureAdded:
    """A person of the case is added; it gets the next number of the case."""

    at: datetime
    code: FigureCode


@dataclass(frozen=True, slots=True)
class FigureRemoved:
    """A person of the case without a voice is taken back."""

    at: datetime
    figure: int


@dataclass(frozen=True, slots=True)
class VoiceTaken:
    """One voice: somebody speaks as a person of the case."""

    at: datetime
    person: PersonId
    figure: int


@dataclass(frozen=True, slots=True)
class VoiceDropped:
    """Somebody speaks as themselves again."""

    at: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class VoiceTicked:
    """One voice, tapped by a leader: of somebody in the room without a device, or (None) of the group."""

    at: datetime
    case: int
    figure: int
    person: PersonId | None


# ── cards, signals, speech ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CardsOpened:
    """Cards may be written; the floor is the leaders'."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CardsTurned:
    """The cards are turned over together."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CardsPutAway:
    """The cards are gone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class SignalsCounted:
    """What was pressed in the phase that ends: once, without a person or a moment."""

    at: datetime
    counts: Mapping[SignalKind, int]


@dataclass(frozen=True, slots=True)
class TurnReported:
    """A finished turn of speech. In old logs alone: `SpeechCounted` has the turns."""

    at: datetime
    person: PersonId
    seconds: float


@dataclass(frozen=True, slots=True)
class SpeechCounted:
    """Whole seconds of speech in a phase entry that is over, and turns of at least 2 s.

    ``beyond``: seconds heard from who had no right to speak. Without ``turns``: they were not told apart.
    """

    at: datetime
    entry: int
    seconds: Mapping[PersonId, int]
    beyond: Mapping[PersonId, int] = field(default_factory=dict)
    turns: Mapping[PersonId, int] = field(default_factory=dict)


Event = (
    Planned
    | Arrived
    | Returned
    | Disconnected
    | Lost
    | Left
    | Adopted
    | TickedIn
    | TickedOut
    | Admitted
    | Seated
    | SentOut
    | Reseated
    | LockSet
    | AssistantNamed
    | DoorSet
    | LeadPassed
    | Started
    | PhaseEntered
    | Invited
    | Paused
    | Resumed
    | Extended
    | CasesSet
    | SilenceSet
    | LeftAlone
    | Ended
    | Closed
    | RoundStarted
    | TurnEnded
    | FloorOpened
    | HandSet
    | CalledIn
    | CallEnded
    | CueShown
    | OfferSet
    | PresenterNamed
    | FigureAdded
    | FigureRemoved
    | VoiceTaken
    | VoiceDropped
    | VoiceTicked
    | CardsOpened
    | CardsTurned
    | CardsPutAway
    | SignalsCounted
    | TurnReported
    | SilencedSet
    | SharedSet
    | HearingSet
    | HearingLost
    | SpeechCounted
    | Uninvited
)


def _stored_name(kind: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


EVENTS: Mapping[str, type[Event]] = MappingProxyType({_stored_name(kind): kind for kind in Event.__args__})
