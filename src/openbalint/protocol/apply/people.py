"""Who is there, who sits, who has the door."""

from dataclasses import replace
from typing import Any, assert_never

from openbalint.protocol import events as e
from openbalint.protocol.apply.sound import HEARS, leave_sound
from openbalint.protocol.apply.turns import change_word, fall_silent
from openbalint.protocol.commands import PersonId, Seat
from openbalint.protocol.state import LEADER_SEATS, RING_SEATS, Person, Session

_PresenceEvent = e.Arrived | e.Returned | e.Disconnected | e.Lost | e.Left | e.TickedIn | e.TickedOut


def on_presence(session: Session, event: _PresenceEvent) -> Session:
    match event:
        case e.Arrived(person=who):
            return _with_person(session, who, _arrived(session.people.get(who), event))
        case e.Returned(person=who):
            return _change(session, who, connected=True, gone_at=None, lost=False, left=False, **HEARS)
        case e.Disconnected(at, who):
            known = session.people[who]
            waits = None if known.in_room or known.lost else at
            return _change(session, who, connected=False, gone_at=waits, **(HEARS if known.in_room else {}))
        case e.Lost(person=who):
            return fall_silent(_change(session, who, gone_at=None, lost=True), who)
        case e.Left(person=who):
            gone = _change(session, who, connected=False, gone_at=None, lost=True, left=True, in_room=False, **HEARS)
            return leave_sound(fall_silent(gone, who), who)
        case e.TickedIn(person=who):
            present = {"in_room": True, "admitted": True, "sent_out": False, "lost": False, "left": False}
            sound = {} if session.people[who].connected else HEARS
            return _change(session, who, gone_at=None, **present, **sound)
        case e.TickedOut(person=who):
            return _ticked_out(session, who)
        case _:
            assert_never(event)


def _arrived(known: Person | None, event: e.Arrived) -> Person:
    person = known or Person(event.seat, event.profession)
    lost = not event.device and not person.in_room and (known is None or person.lost)
    return replace(
        person,
        seat=event.seat,
        profession=event.profession,
        connected=event.device or (known is not None and person.connected),
        gone_at=None if event.device else person.gone_at,
        lost=lost,
        left=False,
        **HEARS,
    )


def _ticked_out(session: Session, who: PersonId) -> Session:
    session = leave_sound(session, who)
    if session.people[who].connected:
        return _change(session, who, in_room=False)
    return fall_silent(_change(session, who, in_room=False, lost=True, left=True), who)


def _with_person(session: Session, who: PersonId, person: Person) -> Session:
    return replace(session, people={**session.people, who: person})


def _change(session: Session, who: PersonId, **changes: Any) -> Session:
    return _with_person(session, who, replace(session.people[who], **changes))


_DoorEvent = e.Reseated | e.Admitted | e.Seated | e.SentOut | e.LockSet | e.AssistantNamed | e.DoorSet | e.LeadPassed


def at_the_door(session: Session, event: _DoorEvent) -> Session:
    match event:
        case e.Reseated(person=who, seat=seat):
            return _reseated(session, who, seat)
        case e.Admitted(person=who):
            return _change(session, who, admitted=True, sent_out=False)
        case e.Seated(person=who):
            session = _change(session, who, seated=True, sent_out=False)
            return session if who in session.chairs else replace(session, chairs=(*session.chairs, who))
        case e.SentOut(person=who):
            return _sent_out(session, who)
        case e.LockSet(locked=locked):
            return replace(session, locked=locked)
        case e.AssistantNamed(person=whom):
            return replace(session, assistant=whom, assistant_door=False)
        case e.DoorSet(to_assistant=given):
            return replace(session, assistant_door=given)
        case e.LeadPassed(person=who):
            return replace(session, lead=who)
        case _:
            assert_never(event)


def _sent_out(session: Session, who: PersonId) -> Session:
    session = _change(session, who, seated=False, admitted=False, sent_out=True, in_room=False, **HEARS)
    session = leave_sound(session, who)
    if not session.people[who].connected:
        session = _change(session, who, lost=True, gone_at=None)
    return _dismiss_assistant(_take_back(_leave_ring(fall_silent(session, who), who), who), who)


def _leave_ring(session: Session, who: PersonId) -> Session:
    """No turn is kept for who comes back as somebody else, or not at all."""
    return change_word(session, ring=tuple(person for person in session.word.ring if person != who))


def _reseated(session: Session, who: PersonId, seat: Seat) -> Session:
    """Another seat has another part in the floor: what somebody had of it as who they were ends."""
    session = _leave_ring(fall_silent(_change(session, who, seat=seat), who), who)
    if seat in LEADER_SEATS:
        session = replace(session, silenced=tuple(person for person in session.silenced if person != who))
    if seat in RING_SEATS:
        session = _take_back(session, who)
    return _dismiss_assistant(session, who) if seat in LEADER_SEATS | RING_SEATS else session


def _take_back(session: Session, who: PersonId) -> Session:
    """Nobody counts on a case of theirs."""
    named = None if session.named == who else session.named
    return replace(session, named=named, offers=tuple(person for person in session.offers if person != who))


def _dismiss_assistant(session: Session, who: PersonId) -> Session:
    assists = session.assistant == who
    return replace(
        session,
        assistant=None if assists else session.assistant,
        assistant_door=session.assistant_door and not assists,
    )
