"""Properties: leaders and assistant."""

from datetime import timedelta

from openbalint.protocol import commands as c, events as e, ways
from openbalint.protocol.scripts import Part, PhaseKind, phase_at
from openbalint.protocol.state import (
    going,
    has_leader_seat,
    here,
    leader_is_here,
    leaders_here,
    phase,
    presents_only,
)
from tests.protocol.properties.registry import events_of, named, sender

FIVE_MINUTES = timedelta(minutes=5)


@named("the lead is with a leader who is there, if there is one")
def _(walk, moment):
    session = walk.session
    if going(session) and leaders_here(session):
        assert session.lead in leaders_here(session)


@named("a lead does not come back by itself")
def _(walk, moment):
    before = moment.before.session
    if isinstance(moment.command, c.Connect) and before.lead in leaders_here(before) and going(before):
        presents_again = presents_only(walk.session, before.lead)  # led the return for want of another leader
        assert walk.session.lead == before.lead or presents_again


@named("the assistant, without a leader, pauses, admits, returns, closes and nothing else")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    if by and by == before.assistant and going(before) and not leader_is_here(before) and moment.done:
        moved = [event for event in moment.done.events if isinstance(event, e.PhaseEntered)]
        assert all(event.part is Part.CLOSING or event == _return(walk, event) for event in moved)
        assert not any(
            isinstance(event, e.Resumed | e.LockSet | e.SentOut | e.Extended) for event in moment.done.events
        )
        ended = any(isinstance(event, e.Ended) for event in moment.done.events)
        assert not ended or before.place.part is Part.CLOSING


def _return(walk, event):
    kind = phase_at(walk.session.script, ways.Place(event.part, event.case, event.index)).kind
    return event if kind.value == "return" else None


@named("the assistant cannot resume")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    if isinstance(moment.command, c.Resume) and moment.done:
        assert has_leader_seat(before, by)


@named("aside are a leader and somebody who is there, and going on is the other leader's")
def _(walk, moment):
    before, events = moment.before.session, events_of(moment)
    for event in events:
        if isinstance(event, e.Paused) and event.leader:
            person, leading = walk.room.volatile.aside, leaders_here(before)
            assert here(before, person)
            assert len({event.leader, *leading} - {person}) == len(leading) >= 2
    others = [who for who in leaders_here(before) if who != before.aside_leader]
    if others and before.aside_leader is not None and sender(moment) == before.aside_leader:
        assert not any(isinstance(event, e.Resumed | e.PhaseEntered | e.Ended | e.Invited) for event in events)


@named("five minutes without a leader bring return or closing, and its minutes the end")
def _(walk, moment):
    session, truths = walk.session, walk.truths
    since = truths.leaderless_at
    if any(isinstance(event, e.LeftAlone) for event in events_of(moment)):
        assert walk.now - since >= FIVE_MINUTES
    if going(session) and since and walk.now - since > FIVE_MINUTES:
        for one in (moment.before.session, session):
            assert one.place.part is Part.CLOSING or phase(one).kind is PhaseKind.RETURN
        assert truths.paused_at is None or walk.now - max(truths.paused_at, since) <= FIVE_MINUTES
        assert truths.alone_until, "the clock has not taken over"
        assert walk.now <= truths.alone_until
        assert e.Paused(walk.now, e.PauseReason.ASSISTANT) not in events_of(moment)
    if going(session) and leader_is_here(session):
        assert session.no_leader_at is None
        assert not session.left_alone
