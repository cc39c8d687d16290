"""Properties: leaders and assistant."""

from datetime import timedelta

from openbalint.protocol import commands as c, events as e, ways
from openbalint.protocol.scripts import Part, phase_at
from openbalint.protocol.session import next_deadline
from openbalint.protocol.state import (
    going,
    has_leader_seat,
    leader_is_here,
    leaders_here,
    presents_only,
)
from tests.protocol.properties.registry import named, sender


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


@named("no session stays without a leader for ever")
def _(walk, moment):
    session = walk.session
    if going(session) and not leader_is_here(session):
        assert session.no_leader_at is not None
        assert next_deadline(walk.room) <= walk.now + timedelta(hours=5)
    if going(session) and leader_is_here(session):
        assert session.no_leader_at is None
        assert not session.left_alone
