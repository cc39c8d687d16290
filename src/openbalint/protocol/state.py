"""The session as a value: the fold of its events, and nothing that cannot be folded.

Whoever reads it asks the small functions below and not the fields: who is here, who leads, who is back.
A leader who presents is only a presenter from telling to return; then nobody here calls them a leader.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from openbalint.protocol.commands import FigureCode, PersonId, Seat
from openbalint.protocol.events import PauseReason
from openbalint.protocol.scripts import SPAN, CueCode, Floor, Part, Phase, PhaseKind, Place, Script, index_of, phase_at

CIRCLE_CHAIRS = 15
LEADER_SEATS = frozenset({Seat.LEADER, Seat.CO_LEADER})
RING_SEATS = frozenset({Seat.OBSERVER, Seat.TRAINER})


class Status(StrEnum):
    """How far the session is."""

    LOBBY = "lobby"
    RUNNING = "running"
    PAUSED = "paused"
    LINGERING = "lingering"
    CLOSED = "closed"


class CardsState(StrEnum):
    """Cards: none → writing → turned."""

    NONE = "none"
    WRITING = "writing"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the session knows. Here means: in the room, or not (yet) lost."""

    seat: Seat
    profession: FigureCode
    connected: bool = True
    gone_at: datetime | None = None  # no device since; set while the 20 s run
    lost: bool = False
    left: bool = False  # by the button
    in_room: bool = False  # without a device: never lost
    admitted: bool = False
    sent_out: bool = False
    seated: bool = False
    deaf_at: datetime | None = None  # without sound since; a device that goes does not bring it back
    deaf: bool = False  # for 20 s

    @property
    def here(self) -> bool:
        return self.in_room or not self.lost


@dataclass(frozen=True, slots=True)
class Figure:
    """A person of the case; ``number`` is never given twice within the case."""

    number: int
    code: FigureCode
    voices: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A case that is being told, or was: presenter and persons of the case are fixed to it."""

    presenter: PersonId
    own: int  # number of "the … of this case"
    figures: tuple[Figure, ...]
    last_number: int
    voices: bool = False  # a phase has been entered in which people speak as its persons


@dataclass(frozen=True, slots=True)
class Word:
    """The floor of the phase, and all that dies with the phase."""

    floor: Floor = Floor.OPEN
    hands: tuple[PersonId, ...] = ()
    holder: PersonId | None = None  # who asks
    ring: tuple[PersonId, ...] = ()  # of the round under way; the first still to come has the turn
    speaking: Mapping[PersonId, int] = field(default_factory=dict)  # figure spoken as
    called_at: datetime | None = None
    invited: Place | None = None
    invited_at: datetime | None = None
    silent: bool = False
    cue: CueCode | None = None
    cards: CardsState = CardsState.NONE


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the phase. ``left`` is the rest while paused, below zero when overrun."""

    minutes: int
    entered_at: datetime
    ends_at: datetime | None
    left: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Everything a session is, as far as the log knows it."""

    status: Status = Status.LOBBY
    seq: int = 0  # how many events made it
    last_at: datetime | None = None
    first_at: datetime | None = None
    planned_at: datetime | None = None
    started_at: datetime | None = None
    script: Script | None = None
    cases: int = 0
    place: Place | None = None
    entry: int = 0
    clock: Clock | None = None
    word: Word = Word()
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    chairs: tuple[PersonId, ...] = ()  # everybody who ever sat, in the order of seating
    lead: PersonId | None = None
    assistant: PersonId | None = None
    assistant_door: bool = False
    locked: bool = False
    offers: tuple[PersonId, ...] = ()
    named: PersonId | None = None
    told: Mapping[int, Case] = field(default_factory=dict)
    pause: PauseReason | None = None
    aside_leader: PersonId | None = None
    no_leader_at: datetime | None = None
    left_alone: bool = False
    silenced: tuple[PersonId, ...] = ()
    shared: Mapping[PersonId, tuple[PersonId, ...]] = field(default_factory=dict)  # who sits at whose device
    ended_at: datetime | None = None
    lingering_since: datetime | None = None  # the same, but for the time without an owner
    closed_at: datetime | None = None


# ── where ────────────────────────────────────────────────────────────────────────────────────────────────────


def phase(session: Session) -> Phase:
    """The phase the session is in; ``LookupError`` before the start."""
    if session.script is None or session.place is None:
        raise LookupError("not started")
    return phase_at(session.script, session.place)


def case(session: Session) -> Case | None:
    """The case under way, from telling on; a break and the closing keep it."""
    return session.told.get(session.place.case) if session.place else None


def presenter(session: Session) -> PersonId | None:
    """Who presents the case under way; nobody before telling."""
    told = case(session)
    return told.presenter if told else None


def going(session: Session) -> bool:
    """Running or paused."""
    return session.status is Status.RUNNING or session.status is Status.PAUSED


def in_span(session: Session) -> bool:
    """Between telling and return, where the presenter is needed."""
    return going(session) and in_case(session) and phase(session).kind in SPAN


def in_case(session: Session) -> bool:
    """In a phase of a case block."""
    return session.place is not None and session.place.part is Part.CASE


def back(session: Session) -> PersonId | None:
    """The presenter who is out of the circle."""
    return presenter(session) if going(session) and phase(session).out else None


def before_telling(session: Session) -> bool:
    """In the call of a case that is not told yet."""
    place = session.place
    return place is not None and in_case(session) and place.case not in session.told


def holds_newcomers(session: Session) -> bool:
    """From the entry into telling to the next case boundary."""
    if session.script is None or session.place is None or session.place.part is not Part.CASE:
        return False
    telling = index_of(session.script, PhaseKind.TELLING)
    return telling is not None and session.place.index >= telling


def in_last_phase(session: Session) -> bool:
    """In the last phase of a case, or before the settle phase that only a further case brings."""
    place, script = session.place, session.script
    return place is not None and script is not None and in_case(session) and place.index >= len(script.case) - 1


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────


def here(session: Session, who: PersonId) -> bool:
    """Seated, and not lost."""
    person = session.people.get(who)
    return person is not None and person.seated and person.here


def circle(session: Session) -> Iterator[PersonId]:
    """Who has a chair in the circle, in chair order, also while away."""
    people = session.people
    return (who for who in session.chairs if people[who].seated and people[who].seat not in RING_SEATS)


def outer_ring(session: Session) -> Iterator[PersonId]:
    """Observers and trainer who have a chair."""
    people = session.people
    return (who for who in session.chairs if people[who].seated and people[who].seat in RING_SEATS)


def chairs_taken(session: Session) -> int:
    return sum(1 for _ in circle(session))


def has_leader_seat(session: Session, who: PersonId) -> bool:
    person = session.people.get(who)
    return person is not None and person.seat in LEADER_SEATS


def presents_only(session: Session, who: PersonId) -> bool:
    """A leader who presents, from telling to return; with nobody else to lead, to the return alone."""
    if who != presenter(session) or not in_span(session) or not has_leader_seat(session, who):
        return False
    return phase(session).kind is not PhaseKind.RETURN or any(
        other != who and person.seat in LEADER_SEATS and person.seated and person.here
        for other, person in session.people.items()
    )


def leads(session: Session, who: PersonId) -> bool:
    """Has a leader's commands: a leader who is there and does not present."""
    person = session.people.get(who)
    if person is None or person.seat not in LEADER_SEATS or not person.here:
        return False
    return (person.seated or session.status is Status.LOBBY) and not presents_only(session, who)


def leaders_here(session: Session) -> list[PersonId]:
    """The leaders who are there, in chair order (in the lobby in order of arrival)."""
    return [who for who in session.chairs or session.people if leads(session, who)]


def leader_is_here(session: Session) -> bool:
    lead = session.lead
    return (lead is not None and leads(session, lead)) or bool(leaders_here(session))


def assists(session: Session, who: PersonId) -> bool:
    """Is the assistant, and not suspended by presenting."""
    return who == session.assistant and here(session, who) and not (who == presenter(session) and in_span(session))


def presenter_here(session: Session, case_number: int) -> bool:
    """Whether who presents this case, or is named to, is there in the circle and hears."""
    told = session.told.get(case_number)
    who = told.presenter if told else session.named
    if who is None or not here(session, who):
        return False
    person = session.people[who]
    return person.seat not in RING_SEATS and hears(person)


def has_no_device(person: Person) -> bool:
    """In the room, and with nothing to press: then leaders tap what others press for themselves."""
    return person.in_room and not person.connected


def hears(person: Person) -> bool:
    """Whether the sound reaches somebody; in the room it does without a device. Under 20 s without it count as hearing."""
    return person.in_room or not person.deaf


def speaking_at(session: Session, marked: Mapping[PersonId, PersonId], device: PersonId) -> PersonId | None:
    """Who speaks at a device: its person; where several share it the one whom a leader marked, if that one is there."""
    there = session.shared.get(device)
    if there is None:
        return device
    who = marked.get(device)
    return who if who in (device, *there) else None


def letter(told: Case, figure: Figure) -> str:
    """A and B where a code occurs twice; "the … of this case" is the first."""
    same = [other.number for other in told.figures if other.code is figure.code]
    return "AB"[same.index(figure.number)] if len(same) > 1 else ""
