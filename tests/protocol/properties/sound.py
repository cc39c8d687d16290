"""Properties: silence, shared microphones, hearing, and speech."""

from datetime import timedelta

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.session import Status, view
from openbalint.protocol.state import in_span, presenter
from openbalint.protocol.views import Audience
from tests.protocol.properties.registry import events_of, named


@named("who is silenced speaks in no state")
def _(walk, moment):
    for who in walk.truths.silenced:
        assert not walk.room.rights[who].speak


@named("a presenter who does not hear is waited for")
def _(walk, moment):
    session, truths = walk.session, walk.truths
    if session.status is Status.RUNNING and in_span(session):
        who = presenter(session)
        since = truths.deaf_at.get(who)
        assert who in truths.in_room or since is None or walk.now - since < timedelta(seconds=21)


@named("speech is counted once for a phase, and within the right to speak")
def _(walk, moment):
    for event in events_of(moment):
        if isinstance(event, e.SpeechCounted):
            assert event.entry not in walk.truths.counted
            walk.truths.counted.append(event.entry)
            for who, seconds in event.seconds.items():
                assert seconds <= walk.truths.could[event.entry, who] + 1
            assert all(2 * turns <= event.seconds[who] for who, turns in event.turns.items())


@named("a shared microphone is open only for somebody there who may speak")
def _(walk, moment):
    seen = view(walk.room, Audience.CIRCLE, now=walk.now).sound
    for shared in seen.shared if seen else ():
        there = (shared.person, *shared.people)
        may = any(walk.room.rights[who].speak for who in there) and shared.person not in walk.session.silenced
        assert shared.open is may


@named("what is asked kindly, and who is around, is in no log")
def _(walk, moment):
    if isinstance(moment.command, c.AskMute | c.ReportAround | c.ReportSpeech | c.SetSharedSpeaker):
        assert not events_of(moment)
