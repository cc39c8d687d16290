"""Moving through the script: next, go to, stepping back, pause, cases, the end.

Every command here carries the number of the phase entry it was pressed in; ``step`` has refused a stale one.
"""

from dataclasses import replace

from openbalint.protocol import commands as c, events as e, ways
from openbalint.protocol.commands import PersonId
from openbalint.protocol.decide import sound
from openbalint.protocol.decide.door import seat_all_at_start, seat_who_waits
from openbalint.protocol.decide.draft import Draft, check, refuse
from openbalint.protocol.scripts import SPAN, Part, PhaseKind, Place, phase_at, problems
from openbalint.protocol.state import (
    Session,
    Status,
    going,
    has_leader_seat,
    here,
    in_case,
    in_span,
    leader_is_here,
    leaders_here,
    leads,
    presenter_here,
)
from openbalint.protocol.volatile import counts

MOST_MORE = 60  # minutes that one press can add


def start(draft: Draft, command: c.Start) -> None:
    check(not problems(command.script), "bad-script")
    people = draft.session.people
    lead = next((who for who in leaders_here(draft.session) if people[who].seat is c.Seat.LEADER), command.by)
    draft.emit(e.Started(draft.now, command.script, lead))
    seat_all_at_start(draft)
    draft.emit(e.PhaseEntered(draft.now, Part.OPENING, 0, 0))


def next_phase(draft: Draft) -> None:
    """To the next phase; out of the circle only by invitation; after the last to lingering."""
    check(draft.session.word.invited is None, "invited")
    target = ways.following(draft.session)
    if target is None:
        end(draft)
    else:
        move(draft, target)


def go_to(draft: Draft, command: c.GoTo) -> None:
    target = Place(command.part, command.case, command.index)
    check(target in ways.targets(draft.session), "not-found")
    check(draft.session.word.invited != target, "invited")
    if not leader_is_here(draft.session):
        check(_is_for_the_assistant(draft.session, target), "not-yours")
    move(draft, target)


def _is_for_the_assistant(session: Session, target: Place) -> bool:
    """Without a leader the assistant brings the presenter back, where a case was told, or closes."""
    place = session.place
    told = place is not None and place.case in session.told and place.index < target.index
    return (target == ways.homecoming(session) and told) or (target.part is Part.CLOSING and target.index == 0)


def move(draft: Draft, target: Place) -> None:
    """Enter a phase, or invite the presenter to step back into it. Moving while paused resumes."""
    check_presenter(draft.session, target)
    if not ways.steps_out(draft.session, target):
        enter(draft, target)
        return
    if draft.session.status is Status.PAUSED:
        draft.emit(e.Resumed(draft.now))
    draft.emit(e.Invited(draft.now, target.part, target.case, target.index))


def check_presenter(session: Session, target: Place) -> None:
    """From telling to return the group does not go on without the presenter."""
    missing = _missing(session, target)
    if missing:
        refuse(missing)


def _missing(session: Session, target: Place) -> str | None:
    """Why a phase cannot be entered for want of who presents it."""
    script, _ = ways.whereabouts(session)
    if target.part is not Part.CASE or phase_at(script, target).kind not in SPAN:
        return None
    told = session.told.get(target.case)
    who = told.presenter if told else session.named
    if who is None:
        return "no-presenter"
    if not presenter_here(session, target.case):
        return "presenter-not-here"
    alone = is_lone_leader(session, who) and phase_at(script, target).kind is not PhaseKind.RETURN
    return "lone-leader" if alone else None


def is_lone_leader(session: Session, who: PersonId) -> bool:
    return has_leader_seat(session, who) and all(other == who for other in leaders_here(session))


def enter(draft: Draft, target: Place) -> None:
    """The phase change itself; the door opens for late-comers where it crosses a case boundary."""
    count_phase(draft)
    if target.part is Part.CASE and target.index == 0 and ways.crosses_boundary(draft.session, target):
        seat_who_waits(draft, at_boundary=True)  # before the entry: a case may begin with its telling
    draft.emit(e.PhaseEntered(draft.now, target.part, target.case, target.index))


def count_phase(draft: Draft) -> None:
    """What is counted when a phase ends: its signals, and at the latest now the speech of the phase before."""
    sound.count_speech(draft)
    count_signals(draft)


def count_signals(draft: Draft) -> None:
    """The log gets the counts once, when the phase ends."""
    pressed = counts(draft.volatile)
    if pressed:
        draft.emit(e.SignalsCounted(draft.now, pressed))


def push_back(draft: Draft) -> None:
    """The invited presenter moves out, or a leader says: now."""
    target = draft.session.word.invited
    if target is None:
        refuse("not-now")
    check_presenter(draft.session, target)
    enter(draft, target)


def end_case(draft: Draft) -> None:
    check(in_case(draft.session), "not-now")
    move(draft, ways.end_of_case(draft.session))


def bring_back(draft: Draft) -> None:
    """Straight to the return, out of the circle or not yet."""
    target = ways.homecoming(draft.session)
    if target is None or target == draft.session.place or not in_span(draft.session):
        refuse("not-now")
    move(draft, target)


def end(draft: Draft) -> None:
    """To lingering; from there, and from a lobby, at once to closed."""
    if going(draft.session):
        count_phase(draft)
        draft.emit(e.Ended(draft.now))
    else:
        close(draft)


def call_off(draft: Draft) -> None:
    """Who waits is sent home; whoever has begun is not interrupted."""
    if draft.session.status is Status.LOBBY:
        close(draft)


def close(draft: Draft) -> None:
    """The last event of a session; what was heard until now is counted before."""
    sound.count_speech(draft, whole=True)
    draft.emit(e.Closed(draft.now))


def end_by_hand(draft: Draft) -> None:
    """The assistant, without a leader, ends in the closing only."""
    place = draft.session.place
    alone = going(draft.session) and not leader_is_here(draft.session)
    check(not alone or (place is not None and place.part is Part.CLOSING), "not-yours")
    end(draft)


def pause(draft: Draft) -> None:
    """Once the clock has taken over, the assistant holds it up no more."""
    leader = leader_is_here(draft.session)
    check(not draft.session.left_alone, "not-now")
    draft.emit(e.Paused(draft.now, e.PauseReason.LEADER if leader else e.PauseReason.ASSISTANT))


def go_aside(draft: Draft, person: PersonId) -> None:
    """The leader without the clock goes aside with somebody, while the circle waits with the other."""
    session = draft.session
    check(going(session) and session.aside_leader is None, "not-now")
    check(here(session, person), "not-here")
    check(not leads(session, person), "no-co-leader")  # one would go, one wait, and one be listened to
    others = [who for who in leaders_here(session) if who != session.lead]
    check(others and session.lead in leaders_here(session), "no-co-leader")
    draft.emit(e.Paused(draft.now, e.PauseReason.ASIDE, others[0]))
    draft.volatile = replace(draft.volatile, aside=person)


def check_not_aside(session: Session, by: PersonId) -> None:
    """While a leader is aside, going on is the other's."""
    check(by != session.aside_leader or leaders_here(session) == [by], "aside")


def resume(draft: Draft) -> None:
    """Not without the presenter where the presenter is needed."""
    session = draft.session
    place = session.place
    check(place is None or not in_span(session) or presenter_here(session, place.case), "presenter-not-here")
    draft.emit(e.Resumed(draft.now))


def hold_for_presenter(draft: Draft) -> None:
    """A presenter who is lost from telling to return pauses the session by itself."""
    session = draft.session
    needed = session.status is Status.RUNNING and in_span(session)
    if needed and session.place and not presenter_here(session, session.place.case):
        draft.emit(e.Paused(draft.now, e.PauseReason.PRESENTER))


def drop_invitation(draft: Draft) -> None:
    """Nobody is moved out who would not be let begin: not a presenter who hears nothing, not the only leader."""
    invited = draft.session.word.invited
    if invited and _missing(draft.session, invited):
        draft.emit(e.Uninvited(draft.now))


def extend(draft: Draft, command: c.Extend) -> None:
    """The phase's new length; the same length again is nothing."""
    clock = draft.session.clock
    more = command.minutes - clock.minutes if clock else 0
    check(0 <= more <= MOST_MORE, "bad-value")
    if more:
        draft.emit(e.Extended(draft.now, command.minutes))


def set_cases(draft: Draft, command: c.SetCases) -> None:
    """Open or drop a further case; dropping the case one stands in leads to the closing."""
    session = draft.session
    if command.cases == session.cases:
        return
    fewest = ways.fewest_cases(session)
    check(fewest is not None, "not-now")
    check(abs(command.cases - session.cases) == 1, "bad-value")
    check(ways.may_open_case(session) if command.cases > session.cases else ways.may_drop_case(session), "bad-value")
    draft.emit(e.CasesSet(draft.now, command.cases))
    place = draft.session.place
    if place and place.case > command.cases:
        enter(draft, ways.closing(draft.session))
