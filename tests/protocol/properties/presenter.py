"""Properties: the presenter."""

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.apply import apply
from openbalint.protocol.rights import Camera, Why, all_rights
from openbalint.protocol.scripts import Part, Picture
from openbalint.protocol.session import Status, step
from openbalint.protocol.state import (
    back,
    going,
    has_leader_seat,
    here,
    in_span,
    leaders_here,
    phase,
    presenter,
    presenter_here,
)
from tests.protocol.properties.registry import events_of, named, sender


@named("a presenter who is back hears and sees, and speaks only when called in")
def _(walk, moment):
    session = walk.session
    who = back(session)
    if who is None or not session.people[who].seated or who in (walk.room.volatile.aside, session.aside_leader):
        return
    has = walk.room.rights[who]
    called = session.word.called_at is not None
    picture = {Picture.SMALL: Camera.SMALL, Picture.LEADERS: Camera.LEADERS, Picture.CLOSED: Camera.NONE}
    speaks = called and who not in walk.truths.silenced
    assert (has.hear, has.speak, has.camera) == (True, speaks, picture[session.script.picture])
    assert not (has.hand)
    assert not (has.card)
    assert not (has.signal)
    assert not (has.voice)
    assert has.why is (None if speaks else Why.SILENCED if called else Why.BACK)
    assert who not in session.word.hands
    assert who not in session.word.speaking
    assert who not in session.word.ring
    assert not called or session.status is Status.RUNNING


@named("a presenter who is back can say: I need to stop")
def _(walk, moment):
    who = back(walk.session)
    if who and walk.session.people[who].connected:
        done = step(walk.room, c.NeedToStop(who), now=walk.now, chance=walk.chance)
        assert who in done.room.volatile.stops
        assert not done.events


@named("the presenter of a case stays the presenter of that case")
def _(walk, moment):
    told = {case: one.presenter for case, one in walk.session.told.items()}
    assert told == {case: who for case, who in walk.truths.presenters.items() if case in told}


@named("the group does not go on without the presenter")
def _(walk, moment):
    session = walk.session
    if session.status is Status.RUNNING and in_span(session):
        assert here(session, presenter(session))
    for session in _entered(moment):
        if in_span(session):
            assert presenter_here(session, session.place.case)


def _entered(moment):
    """The session at each entry of a phase within the step, not only where the step ends."""
    session = moment.before.session
    if any(isinstance(event, e.PhaseEntered) for event in events_of(moment)):
        for event in events_of(moment):
            session = apply(session, event)
            if isinstance(event, e.PhaseEntered):
                yield session


@named("a lone leader is not named and does not begin to present")
def _(walk, moment):
    for session in _entered(moment):
        begun = in_span(session) and session.place.case not in moment.before.session.told
        if begun and has_leader_seat(session, presenter(session)):
            assert any(who != presenter(session) for who in leaders_here(session))
    for event in events_of(moment):
        if isinstance(event, e.PresenterNamed) and event.person and has_leader_seat(walk.session, event.person):
            assert any(who != event.person for who in leaders_here(moment.before.session))


@named("a leader who presents gives no leader's command")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    if by and has_leader_seat(before, by) and by == presenter(before) and in_span(before) and moment.done:
        others = [who for who in leaders_here(before) if who != by]
        if others or phase(before).kind.value != "return":
            allowed = (c.Leave, c.SetHand, c.EndTurn, c.TakeVoice, c.DropVoice, c.NeedToStop, c.CheckOut, c.SendSignal)
            own = (c.SetCalledIn, c.PushBack, c.WriteCard, c.SetOffer)
            device = (c.ReportHearing, c.ReportSpeech, c.ReportAround)
            assert isinstance(moment.command, (*allowed, *own, *device))


@named("where no case is left to come nobody is counted on for one")
def _(walk, moment):
    session = walk.session
    if going(session) and session.place.case in session.told and session.place.case >= session.cases:
        assert (session.named, session.offers) == (None, ())


@named("calling in changes nobody else's rights")
def _(walk, moment):
    session, volatile = moment.before.session, moment.before.volatile
    for event in events_of(moment):  # alone: a call also ends with what changes the rights of others, as cards do
        then = apply(session, event)
        if isinstance(event, e.CalledIn | e.CallEnded):
            others = then.people.keys() - {presenter(then)}
            before, after = all_rights(session, volatile), all_rights(then, volatile)
            assert {p: before[p] for p in others} == {p: after[p] for p in others}
        session = then


@named("the next case's door is no back door to another presenter")
def _(walk, moment):
    for event in events_of(moment):
        if isinstance(event, e.PresenterNamed) and event.person:
            place = moment.before.session.place
            assert (
                place.case not in moment.before.session.told
                or place.part is Part.BREAK
                or _next_is_told_at_once(moment)
            )


def _next_is_told_at_once(moment):
    """Where a case begins with its telling, the next presenter is named while the case before goes on."""
    session = moment.before.session
    return session.script.case[0].kind.value == "telling" and session.place.case < session.cases
