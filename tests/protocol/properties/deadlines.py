"""Properties: what the clock does comes at its second, neither sooner nor later."""

from datetime import timedelta

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.session import Status
from tests.protocol.properties.registry import events_of, named

LOST, STEP_BACK, CALLED_IN = timedelta(seconds=20), timedelta(seconds=10), timedelta(seconds=60)


@named("lost, or without sound, means twenty seconds")
def _(walk, moment):
    truths = walk.truths
    assert all(waited == LOST for waited in truths.waited)
    if walk.session.status is not Status.CLOSED:
        deaf_at = [at for who, at in truths.deaf_at.items() if who not in truths.deaf]
        assert all(walk.now - at <= LOST for at in (*truths.gone_at.values(), *deaf_at))


@named("who is asked to step back is out after ten seconds")
def _(walk, moment):
    invited, truths = moment.before.session.word.invited, walk.truths
    entered = any(isinstance(event, e.PhaseEntered) for event in events_of(moment))
    if invited and isinstance(moment.command, c.Tick) and entered and walk.session.place == invited:
        assert walk.now - truths.invited_at == STEP_BACK
    if walk.session.word.invited:
        assert walk.now - truths.invited_at <= STEP_BACK


@named("who is called in for a sentence has a minute")
def _(walk, moment):
    ended = any(isinstance(event, e.CallEnded) for event in events_of(moment))
    if ended and isinstance(moment.command, c.Tick):
        assert walk.now - walk.truths.called_at == CALLED_IN
    if walk.session.word.called_at:
        assert walk.now - walk.truths.called_at <= CALLED_IN
