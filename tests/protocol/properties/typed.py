"""Properties: what is typed and pressed."""

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.session import Status, view
from openbalint.protocol.views import Audience
from tests.protocol.properties.registry import events_of, named


@named("cards that are not turned are in no view")
def _(walk, moment):
    texts = [text for text in walk.truths.cards.values() if text]
    if texts and (isinstance(moment.command, c.WriteCard) or events_of(moment)):
        for audience in Audience:
            seen = view(walk.room, audience, now=walk.now)
            assert not any(text in repr(seen) for text in texts)
            assert seen.cards.written is None or audience is Audience.LEADERS


@named("no event holds a word that was typed")
def _(walk, moment):
    assert not any("typed:" in repr(event) for event in events_of(moment))


@named("a signal is shown no sooner than three seconds after it was pressed")
def _(walk, moment):
    for kind, count in walk.room.volatile.shown.items():
        ripe = sum(1 for due, pressed in walk.truths.earliest if pressed is kind and due <= walk.now)
        assert count <= ripe


@named("a phase's signals are counted once, when it ends")
def _(walk, moment):
    counted = [event for event in events_of(moment) if isinstance(event, e.SignalsCounted)]
    ended = any(isinstance(event, e.PhaseEntered | e.Ended) for event in events_of(moment))
    assert len(counted) <= 1
    assert ended or not counted
    if ended:
        pressed = moment.before.volatile.pressed
        truth = {kind: sum(1 for _, k in pressed if k is kind) for kind in {k for _, k in pressed}}
        assert (dict(counted[0].counts) if counted else {}) == truth
    if not ended and moment.done:
        assert walk.room.volatile.pressed == walk.truths.pressed


@named("who needs to stop is seen until a leader answers, and is never in the log")
def _(walk, moment):
    assert list(walk.room.volatile.stops) == walk.truths.stops or (
        walk.room.volatile.kept_until is None and walk.session.status is Status.CLOSED
    )
    if isinstance(moment.command, c.NeedToStop):
        assert not events_of(moment)
