"""An event happens to a session. No choices here: what the log says has been decided.

Some laws are no events of their own, since they follow from one: hands die with the phase, the next asker follows the
last, a lost turn-holder is skipped, a voice ends with the turn. They stand here, once.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import assert_never

from openbalint.protocol import events as e
from openbalint.protocol.apply.case import on_the_case
from openbalint.protocol.apply.clock import MOVES_LEADERS, on_the_clock, watch_leaders
from openbalint.protocol.apply.floor import on_the_floor
from openbalint.protocol.apply.people import at_the_door, on_presence
from openbalint.protocol.apply.sound import in_the_sound
from openbalint.protocol.state import Session

EMPTY = Session()


def fold(events: Iterable[e.Event]) -> Session:
    """The session that a log makes."""
    return reduce(apply, events, EMPTY)


def apply(session: Session, event: e.Event) -> Session:
    """The session after one event."""
    after = _happen(session, event)
    if after is session:
        after = replace(session)
    stamp = object.__setattr__  # on a value that nobody else holds yet: half the cost of one more copy
    stamp(after, "seq", session.seq + 1)
    stamp(after, "last_at", event.at)
    stamp(after, "first_at", session.first_at or event.at)
    return watch_leaders(after, event.at) if isinstance(event, MOVES_LEADERS) else after


def _happen(session: Session, event: e.Event) -> Session:
    match event:
        case e.HandSet() | e.TurnEnded() | e.VoiceTaken() | e.VoiceDropped() | e.VoiceTicked():
            return on_the_floor(session, event)
        case e.RoundStarted() | e.FloorOpened() | e.CalledIn() | e.CallEnded() | e.CueShown() | e.SilenceSet():
            return on_the_floor(session, event)
        case e.CardsOpened() | e.CardsTurned() | e.CardsPutAway() | e.Invited() | e.Uninvited():
            return on_the_floor(session, event)
        case e.Arrived() | e.Returned() | e.Disconnected() | e.Lost() | e.Left() | e.TickedIn() | e.TickedOut():
            return on_presence(session, event)
        case (
            e.Reseated()
            | e.Admitted()
            | e.Seated()
            | e.SentOut()
            | e.LockSet()
            | e.AssistantNamed()
            | e.DoorSet()
            | e.LeadPassed()
        ):
            return at_the_door(session, event)
        case e.PhaseEntered() | e.Paused() | e.Resumed() | e.Extended() | e.CasesSet() | e.Started() | e.Ended():
            return on_the_clock(session, event)
        case e.Adopted() | e.Planned() | e.LeftAlone() | e.Closed():
            return on_the_clock(session, event)
        case e.OfferSet() | e.PresenterNamed() | e.FigureAdded() | e.FigureRemoved():
            return on_the_case(session, event)
        case e.SilencedSet() | e.SharedSet() | e.HearingSet() | e.HearingLost():
            return in_the_sound(session, event)
        case e.SignalsCounted() | e.TurnReported() | e.SpeechCounted():
            return session
        case _:
            assert_never(event)
