"""Faults that the properties of ``properties/door.py`` must catch."""

from dataclasses import replace

from openbalint.protocol import (
    apply as applying,
    events as e,
    rights as granting,
)
from openbalint.protocol.decide import door
from openbalint.protocol.rights import Rights
from openbalint.protocol.state import holds_newcomers
from tests.protocol.faults.planting import Fault, instead


def _returns_to_the_door(right):
    def wrong(session, event):
        done = right(session, event)
        if not isinstance(event, e.Returned) or not done.locked:
            return done
        person = replace(done.people[event.person], seated=False)
        return replace(done, people={**done.people, event.person: person})

    return wrong


def _loses_in_room(right):
    def wrong(session, event):
        done = right(session, event)
        if isinstance(event, e.Disconnected):
            person = replace(done.people[event.person], gone_at=event.at)
            return replace(done, people={**done.people, event.person: person})
        return done

    return wrong


FAULTS = (
    Fault(
        "the lock holds a leader",
        "leaders are never held",
        door,
        "may_enter",
        lambda right: lambda session, person, **kw: not session.locked and right(session, person, **kw),
    ),
    Fault(
        "the case holds a leader",
        "leaders are never held",
        door,
        "may_enter",
        lambda right: lambda session, person, **kw: not holds_newcomers(session) and right(session, person, **kw),
    ),
    Fault(
        "who was sent out waits, whatever they are now",
        "leaders are never held",
        door,
        "may_enter",
        lambda right: (
            lambda session, person, **kw: (not person.sent_out or person.admitted) and right(session, person, **kw)
        ),
    ),
    Fault("a sixteenth chair", "the sixteenth chair is refused", door, "CIRCLE_CHAIRS", instead(16)),
    Fault(
        "late-comers walk in",
        "who comes late waits for the case boundary",
        door,
        "holds_newcomers",
        instead(lambda session: False),
    ),
    Fault(
        "guests walk in",
        "guests, observers and who was sent out come in by a hand that admits them",
        door,
        "_NEEDS_ADMITTING",
        instead(frozenset()),
    ),
    Fault(
        "the lock is ornament",
        "the lock keeps newcomers out",
        door,
        "may_enter",
        lambda right: lambda session, person, **kw: right(replace(session, locked=False), person, **kw),
    ),
    Fault(
        "a reconnect waits at the door",
        "who has sat comes back at once, also through a lock",
        applying,
        "on_presence",
        _returns_to_the_door,
    ),
    Fault("who waits hears", "who waits has no rights", granting, "_WAITING", instead(Rights(hear=True))),
    Fault(
        "a sleeping phone loses who is in the room",
        "who is in the room without a device is never lost",
        applying,
        "on_presence",
        _loses_in_room,
    ),
)
