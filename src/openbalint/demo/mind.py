"""How a simulated person decides.

A person sees the view of the own audience, hears what is said, and remembers a little. From that follow *wishes*: things
to do, each with a name and the span of seconds in which people would do it. A wish that lasts is done when its moment
has come; one that the view no longer supports is forgotten. So nobody follows a timetable: a phase that is moved, a
refusal, a reconnect or a silent visitor need no case of their own.

`think` is a pure function: clock and chance are given, and what to do comes back as values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from openbalint.demo.book import Book, Line
from openbalint.demo.cast import Player
from openbalint.protocol.commands import PersonCommand, PersonId
from openbalint.protocol.scripts import CueCode, PhaseKind
from openbalint.protocol.views import CardsState, PhaseView, SeatView, Status, View

READING: Final = 14.0  # letters of an English line spoken in a second
PATIENCE: Final = 12.0  # seconds that a visitor gets at least, where that long is meant
SHORTEST: Final = 0.15  # seconds that anything takes at least, however fast the demonstration runs


@dataclass(frozen=True, slots=True)
class Say:
    """Speak: a caption, marked as demo."""

    by: PersonId
    line: Line


@dataclass(frozen=True, slots=True)
class Drop:
    """Lose the connection for some seconds."""

    by: PersonId
    seconds: float


Deed = PersonCommand | Say | Drop


@dataclass(frozen=True, slots=True)
class Pace:
    """``speed`` divides every pause; ``minutes`` of the phases are those of the script before it was copied."""

    speed: float
    minutes: Mapping[PhaseKind, float]

    def span(self, seconds: float) -> timedelta:
        """So many seconds of human pace, in real time."""
        return timedelta(seconds=max(SHORTEST, seconds / self.speed))

    def patience(self, seconds: float) -> timedelta:
        """The same where a visitor is waited for, who is no faster in a fast demonstration."""
        return max(self.span(seconds), timedelta(seconds=min(seconds, PATIENCE)))

    def planned(self, kind: PhaseKind) -> timedelta:
        """How long a phase should last."""
        return self.span(60 * self.minutes.get(kind, 5))

    def words(self, line: Line) -> timedelta:
        """How long it takes to say a line."""
        return self.span(1.5 + len(line.en) / READING)


@dataclass(frozen=True, slots=True)
class Circle:
    """What is known of the meeting beforehand: who the cast is here, and whom nobody simulates."""

    players: Mapping[PersonId, Player]
    visitors: frozenset[PersonId] = frozenset()
    drift: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What was said last."""

    by: PersonId
    line: Line
    start: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to do within a span of seconds (at human pace); ``do`` None: just look again then."""

    name: str
    wait: tuple[float, float]
    do: Callable[[Random], Deed] | None
    speech: bool = False  # waits until nobody speaks
    once: bool = True  # not again in this phase
    patient: bool = False  # waits for a visitor: hardly shorter in a fast demonstration


@dataclass(frozen=True, slots=True)
class Due:
    """When a wish will be done."""

    at: datetime
    speech: bool


@dataclass(frozen=True, slots=True)
class Mind:
    """A simulated person and what this person remembers."""

    me: PersonId
    player: Player
    book: Book
    circle: Circle
    pace: Pace
    entry: int = -1
    status: Status = Status.LOBBY
    since: Mapping[str, datetime] = field(default_factory=dict)  # when what is now so became so
    due: Mapping[str, Due] = field(default_factory=dict)
    done: frozenset[str] = frozenset()  # names of wishes, in this phase
    ever: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()  # English text of every line heard
    last: Words | None = None
    spoken: int = 0  # own lines in this phase
    spoke_at: datetime | None = None
    drifted: CueCode | None = None  # how I left the method last
    shown: frozenset[CueCode] = frozenset()  # interventions seen in this phase
    presented: frozenset[PersonId] = frozenset()

    def spoke_since(self, state: str) -> bool:
        """Whether I have said something since this became so."""
        return self.spoke_at is not None and state in self.since and self.spoke_at >= self.since[state]

    def talking(self, now: datetime) -> bool:
        """Whether somebody is still speaking."""
        return self.last is not None and self.last.until > now

    def quiet_for(self, now: datetime) -> timedelta:
        """How long nobody has spoken in this phase."""
        start = self.since.get("phase", now)
        return now - max(start, self.last.until if self.last else start)


@dataclass(frozen=True, slots=True)
class Thought:
    """What came of thinking: the person afterwards, what to do now, and when to think again."""

    mind: Mind
    deeds: tuple[Deed, ...]
    wake: datetime | None


Wishes = Callable[[Mind, View, datetime], tuple[Wish, ...]]


def always(deed: Deed) -> Callable[[Random], Deed]:
    """Do just this."""
    return lambda _: deed


# ── what is seen ──────────────────────────────────────────────────────────────────────────────────────────────────────


def phase(view: View) -> PhaseView | None:
    """The phase that goes on now."""
    return None if view.now is None else view.way[view.now]


def kind(view: View) -> PhaseKind | None:
    """What the phase is for."""
    now = phase(view)
    return now.kind if now else None


def chair(view: View, person: PersonId) -> SeatView | None:
    """Somebody's chair."""
    return next((seat for seat in (*view.circle, *view.ring) if seat.person == person), None)


def here(view: View, person: PersonId) -> bool:
    """Whether somebody sits there, or (leaders see it) waits at the door."""
    seat = chair(view, person)
    waiting = view.leaders.waiting if view.leaders and view.leaders.waiting else ()
    return (seat is not None and seat.away is None) or any(one.person == person and not one.away for one in waiting)


def may_speak(mind: Mind, view: View) -> bool:
    """Whether I may speak, and the room is not silent."""
    seat = chair(view, mind.me)
    return seat is not None and seat.away is None and seat.rights.speak and not view.silent


def states(mind: Mind, view: View) -> frozenset[str]:
    """What is so now, as names whose beginning is remembered."""
    seat = chair(view, mind.me)
    named = {
        "phase": True,
        "my-turn": view.round is not None and view.round.turn == mind.me,
        "holder": view.holder == mind.me,
        "voice": seat is not None and seat.speaks_as is not None,
        "called-in": view.called_in,
        "invited": view.invited,
        "silent": view.silent,
        "writing": view.cards.state is CardsState.WRITING,
        "turned": view.cards.state is CardsState.TURNED,
        "paused": view.status is Status.PAUSED,
        f"turn:{view.round.turn if view.round else ''}": view.round is not None,
        f"asks:{view.holder}": view.holder is not None,
        f"cue:{view.cue}": view.cue is not None,
    }
    return frozenset(name for name, so in named.items() if so)


# ── thinking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def think(mind: Mind, view: View, wishes: Wishes, *, now: datetime, chance: Random) -> Thought:
    """See, do what is due (one thing at a time), and plan the rest."""
    mind = _plan(_see(mind, view, now), view, wishes, now, chance)
    name = min((one for one in mind.due if mind.due[one].at <= now), key=lambda one: mind.due[one].at, default=None)
    if name is None:
        return Thought(mind, (), _wake(mind))
    wish = next(wish for wish in wishes(mind, view, now) if wish.name == name)
    deed = wish.do(chance) if wish.do else None
    mind = _plan(_after(mind, wish, deed, now), view, wishes, now, chance)
    return Thought(mind, (deed,) if deed else (), _wake(mind))


def hear(mind: Mind, by: PersonId, line: Line, now: datetime) -> Mind:
    """Remember what somebody says; whoever wanted to speak waits for the end of it."""
    words = Words(by, line, now, now + mind.pace.words(line))
    due = {name: one for name, one in mind.due.items() if not one.speech}
    return replace(mind, said=mind.said | {line.en}, last=words, due=due)


def _see(mind: Mind, view: View, now: datetime) -> Mind:
    if view.entry != mind.entry:
        mind = replace(mind, entry=view.entry, since={}, done=frozenset(), spoken=0, shown=frozenset())
    seen = {name: mind.since.get(name, now) for name in states(mind, view)}
    told = kind(view) not in (PhaseKind.OPENING, PhaseKind.CALL) and view.presenter is not None
    return replace(
        mind,
        status=view.status,
        since=seen,
        shown=mind.shown | {view.cue} if view.cue else mind.shown,
        presented=mind.presented | {view.presenter} if told and view.presenter else mind.presented,
    )


def _plan(mind: Mind, view: View, wishes: Wishes, now: datetime, chance: Random) -> Mind:
    due = {
        wish.name: mind.due.get(wish.name) or _when(mind, wish, now, chance)
        for wish in wishes(mind, view, now)
        if not (wish.once and wish.name in mind.done)
    }
    return replace(mind, due=due)


def _when(mind: Mind, wish: Wish, now: datetime, chance: Random) -> Due:
    begin = max(now, mind.last.until) if wish.speech and mind.last else now
    seconds = chance.uniform(*wish.wait)
    return Due(begin + (mind.pace.patience(seconds) if wish.patient else mind.pace.span(seconds)), wish.speech)


def _after(mind: Mind, wish: Wish, deed: Deed | None, now: datetime) -> Mind:
    due = {name: one for name, one in mind.due.items() if name != wish.name}
    mind = replace(mind, due=due, done=mind.done | {wish.name}, ever=mind.ever | {wish.name})
    if not isinstance(deed, Say):
        return mind
    drifted = mind.book.drift_of(deed.line.en)
    mind = hear(mind, mind.me, deed.line, now)
    return replace(mind, spoken=mind.spoken + 1, spoke_at=now, drifted=drifted)


def _wake(mind: Mind) -> datetime | None:
    return min((due.at for due in mind.due.values()), default=None)
