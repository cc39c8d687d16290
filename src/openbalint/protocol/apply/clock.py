"""Phases, pauses, the clock, and the room changing its owner."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from openbalint.protocol import events as e
from openbalint.protocol.apply.sound import HEARS
from openbalint.protocol.scripts import SPAN, Floor, Part, Place, phase_at
from openbalint.protocol.state import (
    Case,
    Clock,
    Figure,
    Person,
    Session,
    Status,
    Word,
    going,
    leader_is_here,
)

_ClockEvent = (
    e.PhaseEntered
    | e.Paused
    | e.Resumed
    | e.Extended
    | e.CasesSet
    | e.Started
    | e.Ended
    | e.Adopted
    | e.Planned
    | e.LeftAlone
    | e.Closed
)


def on_the_clock(session: Session, event: _ClockEvent) -> Session:
    match event:
        case e.PhaseEntered():
            return _enter(session, event)
        case e.Paused():
            return _pause(session, event)
        case e.Resumed(at):
            return _resume(session, at)
        case e.Extended(minutes=minutes):
            return _extend(session, minutes)
        case e.CasesSet(cases=cases):
            return _plan(session, cases)
        case e.Started(at, script, lead):
            return replace(session, script=script, cases=script.cases, lead=lead, started_at=at)
        case e.Ended(at):
            return _end(session, at)
        case e.Adopted():
            return _adopt(session, event)
        case e.Planned(planned_at=planned_at):
            return replace(session, planned_at=planned_at)
        case e.LeftAlone():
            return replace(session, left_alone=True)
        case e.Closed(at):
            return replace(session, status=Status.CLOSED, closed_at=at, word=Word())
        case _:
            assert_never(event)


_NO_PAUSE: dict[str, Any] = {"pause": None, "aside_leader": None}
_LED: dict[str, Any] = {"no_leader_at": None, "left_alone": False}


def _enter(session: Session, event: e.PhaseEntered) -> Session:
    if session.script is None:
        raise LookupError("a phase before the start")
    place = Place(event.part, event.case, event.index)
    phase = phase_at(session.script, place)
    session = replace(
        session,
        status=Status.RUNNING,
        place=place,
        entry=session.entry + 1,
        clock=Clock(phase.minutes, event.at, event.at + timedelta(minutes=phase.minutes)),
        word=Word(floor=next((floor for floor in phase.floors if floor is not Floor.ROUND), Floor.OPEN)),
        **_NO_PAUSE,
    )
    begins = place.part is Part.CASE and phase.kind in SPAN and place.case not in session.told
    session = _begin_case(session) if begins else session
    return _open_voices(session, place.case) if phase.voices and place.case in session.told else session


def _open_voices(session: Session, number: int) -> Session:
    return replace(session, told={**session.told, number: replace(session.told[number], voices=True)})


def _begin_case(session: Session) -> Session:
    """Telling (or going past it) fixes the presenter; their profession names the empty place."""
    if session.named is None or session.place is None:
        raise LookupError("a case without a presenter")
    own = Figure(1, session.people[session.named].profession)
    told = Case(session.named, own=1, figures=(own,), last_number=1)
    return replace(session, told={**session.told, session.place.case: told}, named=None, offers=())


def _plan(session: Session, cases: int) -> Session:
    """Where no case is left to come, nobody is counted on for one."""
    first = max(session.place.case, 1) if session.place else 1
    session = replace(session, cases=cases)
    comes = any(number not in session.told for number in range(first, cases + 1))
    return session if comes else replace(session, named=None, offers=())


def _end(session: Session, at: datetime) -> Session:
    """An entry of its own, so that a second press of *end* does not close what the first has left lingering."""
    ended = replace(session, status=Status.LINGERING, ended_at=at, lingering_since=at, entry=session.entry + 1)
    return replace(ended, word=Word(), **_NO_PAUSE, **_LED)


def _clock(session: Session) -> Clock:
    if session.clock is None:
        raise LookupError("no clock before the start")
    return session.clock


def _pause(session: Session, event: e.Paused) -> Session:
    session = replace(session, pause=event.reason, aside_leader=event.leader)
    if session.left_alone:  # the presenter is lost once more: what is left of the phase stands still, and not for ever
        session = replace(session, no_leader_at=event.at)
    clock = _clock(session)
    if clock.ends_at is None:
        return session
    return replace(
        session,
        status=Status.PAUSED,
        clock=replace(clock, ends_at=None, left=clock.ends_at - event.at),
        word=replace(session.word, invited=None, invited_at=None, called_at=None, silent=False, speaking={}),
    )


def _resume(session: Session, at: datetime) -> Session:
    clock = _clock(session)
    clock = replace(clock, ends_at=at + (clock.left or timedelta()), left=None)
    return replace(session, status=Status.RUNNING, clock=clock, **_NO_PAUSE)


def _extend(session: Session, minutes: int) -> Session:
    clock = _clock(session)
    more = timedelta(minutes=minutes - clock.minutes)
    ends_at = None if clock.ends_at is None else clock.ends_at + more
    left = None if clock.left is None else clock.left + more
    return replace(session, clock=replace(clock, minutes=minutes, ends_at=ends_at, left=left))


def _adopt(session: Session, event: e.Adopted) -> Session:
    """All devices are gone since; phase clock and open deadlines stood still between."""
    gap = max(event.at - max(event.since, session.last_at or event.since), timedelta())
    people = {who: _unplugged(person, event.at, gap) for who, person in session.people.items()}
    word = replace(
        session.word,
        called_at=_later(session.word.called_at, gap),
        invited_at=_later(session.word.invited_at, gap),
    )
    clock = session.clock and replace(session.clock, ends_at=_later(session.clock.ends_at, gap))
    return replace(
        session,
        people=people,
        word=word,
        clock=clock,
        no_leader_at=_later(session.no_leader_at, gap),
        lingering_since=_later(session.lingering_since, gap),
    )


def _later(at: datetime | None, gap: timedelta) -> datetime | None:
    return None if at is None else at + gap


def _unplugged(person: Person, at: datetime, gap: timedelta) -> Person:
    if person.in_room:
        return replace(person, connected=False, gone_at=None, **HEARS)
    gone_at = at if person.connected else _later(person.gone_at, gap)
    return replace(person, connected=False, gone_at=gone_at, deaf_at=_later(person.deaf_at, gap))


MOVES_LEADERS = (
    e.Arrived,
    e.Returned,
    e.Lost,
    e.Left,
    e.TickedIn,
    e.TickedOut,
    e.Seated,
    e.SentOut,
    e.Reseated,
    e.PhaseEntered,
    e.Resumed,
)


def watch_leaders(session: Session, at: datetime) -> Session:
    """Since when nobody leads; a leader's coming back cancels the clock's end."""
    if not going(session):
        return session
    if leader_is_here(session):
        return replace(session, **_LED) if session.no_leader_at or session.left_alone else session
    return session if session.no_leader_at else replace(session, no_leader_at=at)
