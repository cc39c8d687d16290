"""Who comes in, who is sent out, who has the door; and who leads, since that follows from who is there."""

from dataclasses import replace

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.decide.draft import Draft, check, check_known, refuse
from openbalint.protocol.state import (
    CIRCLE_CHAIRS,
    LEADER_SEATS,
    RING_SEATS,
    Person,
    Session,
    Status,
    chairs_taken,
    going,
    has_leader_seat,
    here,
    holds_newcomers,
    in_span,
    leaders_here,
    presenter,
)

_NEEDS_ADMITTING = frozenset({c.Seat.GUEST, c.Seat.OBSERVER})


def may_enter(session: Session, person: Person, *, at_boundary: bool = False) -> bool:
    """Whether somebody who waits comes in by themselves now.

    Leaders are never held: not by the lock, nor by what they were before.
    """
    if person.seat in LEADER_SEATS:
        return True
    if person.sent_out and not person.admitted:
        return False
    if not person.admitted and (session.locked or person.seat in _NEEDS_ADMITTING):
        return False
    return (at_boundary or not holds_newcomers(session)) and has_chair(session, person)


def has_chair(session: Session, person: Person) -> bool:
    """Fifteen chairs in the circle; leaders always find one, the outer ring has no end."""
    return person.seat in LEADER_SEATS | RING_SEATS or chairs_taken(session) < CIRCLE_CHAIRS


def check_chair(draft: Draft, who: c.PersonId) -> None:
    check(has_chair(draft.session, draft.session.people[who]), "circle-full")


def seat_who_waits(draft: Draft, *, at_boundary: bool = False) -> None:
    """Seating is an event of its own: everybody whom the door lets through now, by arrival."""
    for who, person in tuple(draft.session.people.items()):
        if not person.seated and person.here and may_enter(draft.session, person, at_boundary=at_boundary):
            draft.emit(e.Seated(draft.now, who))


def seat_all_at_start(draft: Draft) -> None:
    """Leaders first, then by arrival; who finds no chair keeps waiting."""
    people = draft.session.people
    order = sorted(people, key=lambda who: _RANK.get(people[who].seat, len(_RANK)))  # stable: by arrival
    for who in order:
        if people[who].here and may_enter(draft.session, people[who]):
            draft.emit(e.Seated(draft.now, who))


_RANK = {c.Seat.LEADER: 0, c.Seat.CO_LEADER: 1}


def admit(draft: Draft, command: c.Admit) -> None:
    """Let somebody who waits in, also through a lock and in the middle of a case."""
    check_known(draft, command.person)
    person = draft.session.people[command.person]
    if person.seated:
        return
    check(person.here, "not-here")
    if draft.session.status is Status.LOBBY:
        if not person.admitted:
            draft.emit(e.Admitted(draft.now, command.person))
        return
    check_chair(draft, command.person)
    draft.emit(e.Seated(draft.now, command.person))


def send_out(draft: Draft, command: c.SendOut) -> None:
    """A leader is never sent out; coming back needs admitting."""
    check_known(draft, command.person)
    check(not has_leader_seat(draft.session, command.person), "not-yours")
    person = draft.session.people[command.person]
    if person.seated or not person.sent_out:
        draft.emit(e.SentOut(draft.now, command.person))


def reseat(draft: Draft, command: c.Reseat) -> None:
    """The group has given somebody another seat, or let them go: then they are out at once, whoever they are."""
    who, known = command.person, draft.session.people.get(command.person)
    if known is None or draft.session.status is Status.CLOSED:
        return
    if command.seat is None:
        _let_go(draft, who, known)
    elif command.seat is not known.seat:
        _check_seat(draft.session, who, known, command.seat)
        draft.emit(e.Reseated(draft.now, who, command.seat))


def _let_go(draft: Draft, who: c.PersonId, known: Person) -> None:
    if known.seated or not known.sent_out:
        draft.emit(e.SentOut(draft.now, who))
    if not known.left:
        draft.emit(e.Left(draft.now, who))


def _check_seat(session: Session, who: c.PersonId, known: Person, seat: c.Seat) -> None:
    """From the ring into the circle only where a chair is free; who presents stays in the circle until the return is over."""
    if seat in RING_SEATS:
        check(who != presenter(session) or not in_span(session), "fixed")
    elif known.seated and known.seat in RING_SEATS:
        check(has_chair(session, replace(known, seat=seat)), "circle-full")


def set_lock(draft: Draft, command: c.SetLock) -> None:
    if draft.session.locked != command.locked:
        draft.emit(e.LockSet(draft.now, command.locked))


def set_assistant(draft: Draft, command: c.SetAssistant) -> None:
    """A person of the circle who does not lead."""
    who, session = command.person, draft.session
    if who is not None:
        check(here(session, who) and session.people[who].seat not in RING_SEATS | LEADER_SEATS, "not-found")
    if who != session.assistant:
        draft.emit(e.AssistantNamed(draft.now, who))


def set_door(draft: Draft, command: c.SetDoor) -> None:
    check(draft.session.assistant is not None, "no-assistant")
    if draft.session.assistant_door != command.to_assistant:
        draft.emit(e.DoorSet(draft.now, command.to_assistant))


def hand_over(draft: Draft, command: c.HandOver) -> None:
    """The clock goes to the other leader, who must be there, or to oneself."""
    if command.person not in leaders_here(draft.session):
        refuse("no-co-leader")
    if command.person != draft.session.lead:
        draft.emit(e.LeadPassed(draft.now, command.person))


def pass_lead(draft: Draft) -> None:
    """A lost lead passes to another leader who is there, and does not come back by itself."""
    session = draft.session
    if going(session) or session.status is Status.LINGERING:
        others = leaders_here(session)
        if others and session.lead not in others:
            draft.emit(e.LeadPassed(draft.now, others[0]))
