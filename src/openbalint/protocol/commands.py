"""What somebody asks. Commands are imperative; every one says who asks.

Senders are a person, the clock and the owner of the room: three kinds of command, no magic ids.
A command that moves carries the number of the phase *entry* it was pressed in (``entry``), so that two presses
of two leaders never do a thing twice.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from openbalint.protocol.scripts import CueCode, Part, Script

PersonId = str  # a random UUID as text: the only id of a human being in events, sockets and media


class Seat(StrEnum):
    """What somebody is in this meeting."""

    LEADER = "leader"
    CO_LEADER = "co-leader"
    MEMBER = "member"
    OBSERVER = "observer"
    TRAINER = "trainer"
    GUEST = "guest"  # unknown to the group: enters the circle only when admitted


class FigureCode(StrEnum):
    """Persons of the case (案例人物): a fixed list of codes."""

    PATIENT = "patient"
    CLIENT = "client"
    MOTHER = "mother"
    FATHER = "father"
    PARTNER = "partner"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    RELATIVE = "relative"
    DOCTOR = "doctor"
    NURSE = "nurse"
    STUDENT = "student"
    COUNSELLOR = "counsellor"
    PHARMACIST = "pharmacist"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    INSTITUTION = "institution"
    ABSENT = "absent"
    THING = "thing"


class SignalKind(StrEnum):
    """One's own state, said to leaders only, without a person."""

    PUSHED = "pushed"  # I feel pushed to solve it
    QUESTIONED = "questioned"  # I feel questioned
    HURT = "hurt"  # something hurt
    LEFT_CASE = "left-case"  # we have left the case
    MORE_SILENCE = "more-silence"  # more silence, please


class StopAnswer(StrEnum):
    """What a leader chooses when somebody needs to stop."""

    PAUSE = "pause"
    BRING_BACK = "bring-back"
    END_CASE = "end-case"
    ASIDE = "aside"
    SEEN = "seen"  # spoken with; nothing else is needed


class CheckOutMood(StrEnum):
    """The one tap at the end."""

    CALM = "calm"
    STIRRED = "stirred"
    RING_ME = "ring-me"


class Around(StrEnum):
    """Who may hear what is said in the circle where somebody sits, as they say themselves."""

    ALONE = "alone"
    HEADPHONES = "headphones"  # not alone, but nobody hears the others
    PEOPLE = "people"  # others can hear


# ── the owner of the room, and its clock ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Connect:
    """The first device of a person is there. ``seat`` None: the meeting does not know the person (``not-found``)."""

    person: PersonId
    seat: Seat | None
    profession: FigureCode = FigureCode.DOCTOR  # names the presenter's empty place


@dataclass(frozen=True, slots=True)
class Disconnect:
    """The last device of a person is gone."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Reseat:
    """What the group says of somebody now, while the session goes on. ``seat`` None: belongs to it no more."""

    person: PersonId
    seat: Seat | None


@dataclass(frozen=True, slots=True)
class Adopt:
    """A process takes the room over; ``since`` is the last renewal of the former owner's lease."""

    since: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """When the meeting is planned to begin; given when the room is made and when it moves. A lobby ends 12 h after it."""

    planned_at: datetime


@dataclass(frozen=True, slots=True)
class CallOff:
    """The meeting does not take place. It closes a lobby; a session that has begun goes on to its end."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A deadline of the state may have come."""


OwnerCommand = Connect | Disconnect | Reseat | Adopt | Plan | CallOff
ClockCommand = Tick

# ── people: what the log will hold ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Leave:
    """Go, by the button: lost at once."""

    by: PersonId


@dataclass(frozen=True, slots=True)
class Start:
    """Seat the circle and enter the opening. The edge puts the meeting's script in (never the client)."""

    by: PersonId
    script: Script


@dataclass(frozen=True, slots=True)
class Next:
    """To the next phase; from a phase in the circle to one out of it this only invites."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class PushBack:
    """The invited presenter pushes the own chair out."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class StepBackNow:
    """A leader says: now."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class GoTo:
    """To another phase: ``index`` counts within the part; ``case`` is 1-based (0 for the opening)."""

    by: PersonId
    entry: int
    part: Part
    case: int
    index: int


@dataclass(frozen=True, slots=True)
class EndCase:
    """To settle, if the script has it, else to the case boundary."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class End:
    """To lingering; in lingering, close at once."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class Pause:
    """No clock; all in the circle may speak but a presenter who is back."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with the rest of the time exactly."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class Extend:
    """The phase's new length in minutes: 1–60 more than now."""

    by: PersonId
    entry: int
    minutes: int


@dataclass(frozen=True, slots=True)
class SetCases:
    """Open or drop a further case: the new number of cases."""

    by: PersonId
    entry: int
    cases: int


@dataclass(frozen=True, slots=True)
class SetSilence:
    """A moment of silence begins or ends."""

    by: PersonId
    entry: int
    silent: bool


@dataclass(frozen=True, slots=True)
class StartRound:
    """Round the circle, from the seat the leader picks."""

    by: PersonId
    entry: int
    first: PersonId


@dataclass(frozen=True, slots=True)
class OpenFloor:
    """Leaders break a round off, or open the return where the script lets the group reply."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class EndTurn:
    """Pass, finish or move on: names whose turn (round) or floor (asked) ends."""

    by: PersonId
    entry: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class SetHand:
    """Raise or take down one's hand."""

    by: PersonId
    raised: bool


@dataclass(frozen=True, slots=True)
class SetOffer:
    """Offer a case, or take the offer back. ``person``: oneself, or (leaders) somebody in the room without a device."""

    by: PersonId
    person: PersonId
    offered: bool


@dataclass(frozen=True, slots=True)
class NamePresenter:
    """Name, change or (None) take back the presenter of the coming case."""

    by: PersonId
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class SetCalledIn:
    """Call the presenter who is back in for one sentence, or end it (leaders, or the presenter's tap)."""

    by: PersonId
    entry: int
    called: bool


@dataclass(frozen=True, slots=True)
class AddFigure:
    """Add a person of the case. ``number``: how many of this code there are then; None: one more than now."""

    by: PersonId
    code: FigureCode
    number: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveFigure:
    """Take back a person of the case that nobody has voiced. ``figure`` is its number within the case."""

    by: PersonId
    figure: int


@dataclass(frozen=True, slots=True)
class TakeVoice:
    """Speak as a person of the case."""

    by: PersonId
    figure: int


@dataclass(frozen=True, slots=True)
class DropVoice:
    """Step out of the person of the case."""

    by: PersonId


@dataclass(frozen=True, slots=True)
class TickVoice:
    """Leaders tap a voice for somebody in the room without a device, or (``person`` None) for the group, until closed.

    ``voices``: how many the figure has then, as the leader sees it, so that a second press of two leaders is refused; None:
    one more than now.
    """

    by: PersonId
    case: int
    figure: int
    person: PersonId | None = None
    voices: int | None = None


@dataclass(frozen=True, slots=True)
class Admit:
    """Let somebody who waits in, also through a lock."""

    by: PersonId
    person: PersonId


@dataclass(frozen=True, slots=True)
class SendOut:
    """Send somebody out; coming back needs admitting."""

    by: PersonId
    person: PersonId


@dataclass(frozen=True, slots=True)
class TickIn:
    """Seat a person who is in the room without a device (attendance by tapping). The edge puts the seat in."""

    by: PersonId
    person: PersonId
    seat: Seat | None
    profession: FigureCode = FigureCode.DOCTOR


@dataclass(frozen=True, slots=True)
class TickOut:
    """A person in the room without a device has gone."""

    by: PersonId
    person: PersonId


@dataclass(frozen=True, slots=True)
class SetLock:
    """Lock or unlock the door."""

    by: PersonId
    locked: bool


@dataclass(frozen=True, slots=True)
class SetSilenced:
    """Silence one person for now, or let them speak again: until lifted, or until the person leaves."""

    by: PersonId
    person: PersonId
    silenced: bool


@dataclass(frozen=True, slots=True)
class SetShared:
    """Several people sit at the device of ``person``: those of ``people``, who are in the room. Empty: nobody else."""

    by: PersonId
    person: PersonId
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class ReportHearing:
    """One's own device: the sound is lost while the page still answers, or is back."""

    by: PersonId
    hears: bool


@dataclass(frozen=True, slots=True)
class SetAssistant:
    """Name the assistant, or None."""

    by: PersonId
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class SetDoor:
    """Give the door to the assistant, or take it back."""

    by: PersonId
    to_assistant: bool


@dataclass(frozen=True, slots=True)
class HandOver:
    """The lead goes to ``person``: the other leader, or oneself (taking over)."""

    by: PersonId
    person: PersonId


@dataclass(frozen=True, slots=True)
class ShowCue:
    """Show an intervention for drift as the quiet line, or (None) the phase's own cue again."""

    by: PersonId
    code: CueCode | None


@dataclass(frozen=True, slots=True)
class OpenCards:
    """Cards may be written."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class TurnCards:
    """All cards are turned over together."""

    by: PersonId
    entry: int


@dataclass(frozen=True, slots=True)
class PutCardsAway:
    """The cards are gone."""

    by: PersonId
    entry: int


# ── people: volatile (in the owner's memory and on the wire, never in the log) ────────────────────────────────


@dataclass(frozen=True, slots=True)
class WriteCard:
    """Write or replace one's own card; an empty text takes it back. At most 200 characters."""

    by: PersonId
    text: str


@dataclass(frozen=True, slots=True)
class SendSignal:
    """Press a signal."""

    by: PersonId
    kind: SignalKind


@dataclass(frozen=True, slots=True)
class NeedToStop:
    """I need to stop."""

    by: PersonId


@dataclass(frozen=True, slots=True)
class AnswerStop:
    """A leader's answer to somebody who needs to stop; the ordinary command goes to the log without its cause."""

    by: PersonId
    person: PersonId
    answer: StopAnswer
    entry: int


@dataclass(frozen=True, slots=True)
class WriteLine:
    """The leaders' private line: relayed, forgotten. At most 300 characters."""

    by: PersonId
    text: str


@dataclass(frozen=True, slots=True)
class CheckOut:
    """One tap in the closing or while lingering; the last tap wins."""

    by: PersonId
    mood: CheckOutMood


@dataclass(frozen=True, slots=True)
class AskMute:
    """Ask somebody kindly to close the microphone; nothing is enforced."""

    by: PersonId
    person: PersonId


@dataclass(frozen=True, slots=True)
class ReportAround:
    """Are you alone, with headphones? Shown in the circle."""

    by: PersonId
    around: Around


@dataclass(frozen=True, slots=True)
class SetSharedSpeaker:
    """Mark who of those at a shared microphone speaks now, or (None) nobody."""

    by: PersonId
    person: PersonId
    who: PersonId | None


@dataclass(frozen=True, slots=True)
class ReportSpeech:
    """One's own device: seconds and turns that were heard so far in this phase entry, or in the one just left."""

    by: PersonId
    entry: int
    seconds: float
    turns: int = 0  # of at least 2 s of speech


LoggedCommand = (
    Leave
    | Start
    | Next
    | PushBack
    | StepBackNow
    | GoTo
    | EndCase
    | End
    | Pause
    | Resume
    | Extend
    | SetCases
    | SetSilence
    | StartRound
    | OpenFloor
    | EndTurn
    | SetHand
    | SetOffer
    | NamePresenter
    | SetCalledIn
    | AddFigure
    | RemoveFigure
    | TakeVoice
    | DropVoice
    | TickVoice
    | Admit
    | SendOut
    | TickIn
    | TickOut
    | SetLock
    | SetSilenced
    | SetShared
    | ReportHearing
    | SetAssistant
    | SetDoor
    | HandOver
    | ShowCue
    | OpenCards
    | TurnCards
    | PutCardsAway
)
VolatileCommand = (
    WriteCard
    | SendSignal
    | NeedToStop
    | AnswerStop
    | WriteLine
    | CheckOut
    | AskMute
    | ReportAround
    | SetSharedSpeaker
    | ReportSpeech
)
PersonCommand = LoggedCommand | VolatileCommand
Command = PersonCommand | OwnerCommand | ClockCommand
