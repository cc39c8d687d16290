"""What only leaders see, and what the assistant has of it: the door, and who needs to stop while no leader is there."""

from datetime import datetime, timedelta

from openbalint.protocol import ways
from openbalint.protocol.deadlines import NO_LEADER, STEP_BACK
from openbalint.protocol.kept import Grounds, Kept
from openbalint.protocol.room import Room
from openbalint.protocol.scripts import Method, PhaseKind, Place, Script, phase_at
from openbalint.protocol.state import Case, Session, going, holds_newcomers, in_case, leader_is_here, letter, phase
from openbalint.protocol.views import (
    Audience,
    CaseView,
    FigureView,
    LeadersView,
    LineView,
    StopView,
    Target,
    TimesView,
    WaitingView,
)
from openbalint.protocol.volatile import Volatile


def where_it_is(session: Session) -> Grounds:
    """What the phases of a view rest on."""
    return (session.status, session.script, session.place, session.cases, session.told)


def figures_of(script: Script, told: Case | None, *, counted: bool) -> tuple[FigureView, ...]:
    """The persons of a case; ``counted``: with how often each was voiced, which only leaders see."""
    if told is None or script.method is not Method.BALINT:
        return ()
    return tuple(
        FigureView(f.number, f.code, letter(told, f), f.number == told.own, f.voices if counted else None)
        for f in told.figures
    )


def leaders_part(room: Room, audience: Audience, now: datetime, kept: Kept) -> LeadersView | None:
    if audience is Audience.LEADERS:
        return _for_leaders(room, now, kept)
    if audience is Audience.ASSISTANT:
        return _for_assistant(room)
    return None


def _for_assistant(room: Room) -> LeadersView | None:
    """Who waits, with the door or without a leader; who needs to stop, without a leader only."""
    alone = not leader_is_here(room.session)
    if not alone and not room.session.assistant_door:
        return None
    return LeadersView(waiting=_waiting(room.session), stops=_stops(room.volatile) if alone else None)


def _for_leaders(room: Room, now: datetime, kept: Kept) -> LeadersView:
    session, volatile, where = room.session, room.volatile, where_it_is(room.session)
    invited, alone = session.word.invited_at, session.no_leader_at
    return LeadersView(
        times=_times(session, now, kept.on(where, _may_change_cases, session)),
        next=kept.on(where, _next, session),
        targets=kept.on(where, _targets, session),
        waiting=kept.on((*where, session.people), _waiting, session),
        signals=volatile.shown,
        check_outs=volatile.check_outs,
        stops=_stops(volatile),
        line=tuple(LineView(by, text) for by, text in volatile.line),
        pause_reason=session.pause.value if session.pause else None,
        step_back_at=invited + STEP_BACK if invited else None,
        no_leader_until=alone + NO_LEADER if alone and not session.left_alone else None,
        interventions=session.script.interventions if session.script else (),
        other_cases=kept.on(where, _other_cases, session),
    )


def _other_cases(session: Session) -> tuple[CaseView, ...]:
    """Between cases, in the closing and after it: so that voices of each case can still be tapped."""
    script, place = session.script, session.place
    if script is None or place is None or script.method is not Method.BALINT or _is_under_way(session):
        return ()
    return tuple(
        CaseView(number, figures_of(script, told, counted=True))
        for number, told in sorted(session.told.items())
        if told.voices and number != place.case
    )


def _is_under_way(session: Session) -> bool:
    return going(session) and in_case(session) and phase(session).kind is not PhaseKind.SETTLE


def _may_change_cases(session: Session) -> tuple[bool, bool]:
    return ways.may_open_case(session), ways.may_drop_case(session)


def _times(session: Session, now: datetime, may_change_cases: tuple[bool, bool]) -> TimesView | None:
    """The rest of a phase may be below zero: timers warn, never force."""
    clock = session.clock
    if clock is None or not going(session):
        return None
    left = clock.left if clock.ends_at is None else clock.ends_at - now
    hidden = clock.ends_at is None or session.word.silent
    return TimesView(
        minutes=clock.minutes,
        started_at=session.started_at,
        ends_at=None if hidden else clock.ends_at,
        left_s=(left or timedelta()).total_seconds() if hidden else None,
        cases=session.cases,
        may_open_case=may_change_cases[0],
        may_drop_case=may_change_cases[1],
    )


def _next(session: Session) -> Target | None:
    following = ways.following(session) if going(session) else None
    return _target(session, following) if following else None


def _targets(session: Session) -> tuple[Target, ...]:
    return tuple(_target(session, place) for place in ways.targets(session))


def _target(session: Session, place: Place) -> Target:
    script, _ = ways.whereabouts(session)
    return Target(phase_at(script, place).kind, place.part, place.case, place.index)


def _waiting(session: Session) -> tuple[WaitingView, ...]:
    """Who waits at the door, by arrival; in the lobby everybody does."""
    late = going(session) and holds_newcomers(session)
    return tuple(
        WaitingView(who, person.seat, late, not person.connected and not person.in_room, person.in_room)
        for who, person in session.people.items()
        if not person.seated and person.here
    )


def _stops(volatile: Volatile) -> tuple[StopView, ...]:
    return tuple(StopView(who) for who in volatile.stops)
