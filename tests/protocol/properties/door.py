"""Properties: the door."""

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.session import Status, rights
from openbalint.protocol.state import (
    LEADER_SEATS,
    RING_SEATS,
    chairs_taken,
    going,
    holds_newcomers,
)
from tests.protocol.properties.registry import events_of, named


@named("leaders are never held")
def _(walk, moment):
    session = walk.session
    if going(session):
        assert all(p.seated for p in session.people.values() if p.seat in LEADER_SEATS and p.here)


@named("the sixteenth chair is refused")
def _(walk, moment):
    seated = [event.person for event in events_of(moment) if isinstance(event, e.Seated)]
    circle = [who for who in seated if walk.session.people[who].seat not in RING_SEATS | LEADER_SEATS]
    assert not circle or chairs_taken(walk.session) <= 15


@named("who comes late waits for the case boundary")
def _(walk, moment):
    if isinstance(moment.command, c.Admit | c.TickIn | c.Start):
        return
    before = moment.before.session
    at = before.place and (before.place.part, before.place.case)
    entered = [(event.part, event.case) for event in events_of(moment) if isinstance(event, e.PhaseEntered)]
    if holds_newcomers(before) and holds_newcomers(walk.session) and set(entered) <= {at}:
        seated = [event.person for event in events_of(moment) if isinstance(event, e.Seated)]
        assert all(walk.session.people[who].seat in LEADER_SEATS for who in seated)


@named("guests, observers and who was sent out come in by a hand that admits them")
def _(walk, moment):
    if isinstance(moment.command, c.Admit | c.TickIn):
        return
    for event in events_of(moment):
        if isinstance(event, e.Seated):
            person = moment.before.session.people.get(event.person) or walk.session.people[event.person]
            needs = person.seat in (c.Seat.GUEST, c.Seat.OBSERVER) or person.sent_out
            assert person.admitted or not needs or walk.session.people[event.person].seat in LEADER_SEATS


@named("the lock keeps newcomers out")
def _(walk, moment):
    before = moment.before.session
    if before.locked and not isinstance(moment.command, c.Admit | c.TickIn | c.SetLock):
        seated = [event.person for event in events_of(moment) if isinstance(event, e.Seated)]
        assert all(walk.session.people[w].seat in LEADER_SEATS or walk.session.people[w].admitted for w in seated)


@named("who has sat comes back at once, also through a lock")
def _(walk, moment):
    if isinstance(moment.command, c.Connect) and moment.command.person in walk.truths.sat and moment.done:
        person = walk.session.people[moment.command.person]
        assert (person.seated and person.here) or walk.session.status is Status.CLOSED


@named("who waits has no rights")
def _(walk, moment):
    session = walk.session
    for who, person in session.people.items():
        if not person.seated or session.status in (Status.LOBBY, Status.CLOSED):
            has = walk.room.rights[who]
            assert not (has.speak)
            assert not (has.hear)
            assert not (has.hand)
            assert not (has.card)
            assert not (has.signal)
            assert not (has.voice)
    assert not rights(session, walk.room.volatile, "eve").hear


@named("who is in the room without a device is never lost")
def _(walk, moment):
    assert not any(isinstance(event, e.Lost) and event.person in walk.truths.in_room for event in events_of(moment))
    assert all(walk.session.people[who].here for who in walk.truths.in_room if who in walk.session.people)
