"""Properties: views, replay and record."""

from dataclasses import replace

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.record import record
from openbalint.protocol.rights import all_rights
from openbalint.protocol.session import audience_of, audiences, fold, view
from openbalint.protocol.state import Status, leader_is_here
from openbalint.protocol.views import Audience
from openbalint.protocol.volatile import NOTHING
from tests.protocol.properties.registry import events_of, named
from tests.protocol.walk import EVERYBODY, other_name, renamed


@named("the door tells no names")
def _(walk, moment):
    seen = view(walk.room, Audience.DOOR, now=walk.now)
    assert not any(f"'{who}'" in repr(seen) for who in EVERYBODY)


@named("only leaders see times, signals, check-outs and the reason of a pause")
def _(walk, moment):
    for audience in (Audience.CIRCLE, Audience.SCREEN, Audience.DOOR):
        assert view(walk.room, audience, now=walk.now).leaders is None
    part = view(walk.room, Audience.ASSISTANT, now=walk.now).leaders
    if part:
        alone = not leader_is_here(walk.session)
        assert part.times is part.signals is part.check_outs is part.line is part.pause_reason is None
        assert part.other_cases == ()
        assert (part.stops is not None) is alone


@named("replaying the log gives the same session")
def _(walk, moment):
    assert walk.folded == walk.session


@named("another seat is everybody's at once, and who is let go is gone")
def _(walk, moment):
    asked = moment.command
    if isinstance(asked, c.Reseat) and moment.done and asked.person in walk.session.people:
        person, word = walk.session.people[asked.person], walk.session.word
        if asked.seat is None and walk.session.status is not Status.CLOSED:
            assert not any((person.seated, person.here, person.connected))
            assert asked.person not in (*word.hands, *word.ring, word.holder, walk.session.assistant)
        if events_of(moment) and asked.seat is not None:
            assert person.seat is asked.seat
            assert asked.person not in (*word.hands, *word.ring, word.holder)


@named("what is kept is what would be worked out anew")
def _(walk, moment):
    assert walk.room.rights == all_rights(walk.session, walk.room.volatile)
    audience_by_person = {who: audience_of(walk.room, who) for who in walk.session.people}
    assert audiences(walk.room, walk.kept) == {who: one for who, one in audience_by_person.items() if one is not None}
    for audience in (Audience.LEADERS, Audience.CIRCLE):
        assert view(walk.room, audience, now=walk.now, kept=walk.kept) == view(walk.room, audience, now=walk.now)


@named("rights follow the same people through renaming")
def _(walk, moment):
    if events_of(moment) and len(walk.log) % 23 == 0:
        session, aside = fold(map(renamed, walk.log)), walk.room.volatile.aside
        volatile = replace(NOTHING, aside=aside and other_name(aside))
        assert all_rights(session, volatile) == {other_name(who): has for who, has in walk.room.rights.items()}


@named("the record computes for every log")
def _(walk, moment):
    if events_of(moment) and len(walk.log) % 17 == 0:
        facts = record(walk.log)
        assert len(facts.phases) == sum(isinstance(event, e.PhaseEntered) for event in walk.log)
        assert {one.case for one in facts.cases} == set(walk.session.told)
        assert facts.ended_at == next((ev.at for ev in walk.log if isinstance(ev, e.Ended | e.Closed)), None)


@named("listened minutes are those with a connection, and no gap of twenty seconds is")
def _(walk, moment):
    if any(isinstance(event, e.PhaseEntered | e.Ended) for event in events_of(moment)):
        for one in record(walk.log).cases:
            assert abs(one.out_minutes * 60 - walk.truths.out[one.case]) < 1
            assert abs(one.listened_minutes * 60 - walk.truths.listened[one.case]) < 1
            assert one.listened_minutes <= one.out_minutes
