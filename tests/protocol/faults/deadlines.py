"""Faults that the properties of ``properties/deadlines.py`` must catch."""

from dataclasses import replace
from datetime import timedelta

from openbalint.protocol import apply as applying, events as e
from tests.protocol.faults.planting import Fault


def _at_another_time(kind, seconds):
    """What the engine does for a kind of event, as if it had been so many seconds later."""

    def plant(right):
        def wrong(session, event):
            moved = replace(event, at=event.at + timedelta(seconds=seconds)) if isinstance(event, kind) else event
            return right(session, moved)

        return wrong

    return plant


FAULTS = (
    Fault(
        "somebody is lost too soon",
        "lost, or without sound, means twenty seconds",
        applying,
        "on_presence",
        _at_another_time(e.Disconnected, -5),
    ),
    Fault(
        "somebody is lost too late",
        "lost, or without sound, means twenty seconds",
        applying,
        "on_presence",
        _at_another_time(e.Disconnected, 5),
    ),
    Fault(
        "the sound is lost too late",
        "lost, or without sound, means twenty seconds",
        applying,
        "in_the_sound",
        _at_another_time(e.HearingSet, 5),
    ),
    Fault(
        "the chair moves out too soon",
        "who is asked to step back is out after ten seconds",
        applying,
        "on_the_floor",
        _at_another_time(e.Invited, -5),
    ),
    Fault(
        "the chair moves out too late",
        "who is asked to step back is out after ten seconds",
        applying,
        "on_the_floor",
        _at_another_time(e.Invited, 5),
    ),
    Fault(
        "a sentence is cut short",
        "who is called in for a sentence has a minute",
        applying,
        "on_the_floor",
        _at_another_time(e.CalledIn, -30),
    ),
    Fault(
        "a sentence goes on",
        "who is called in for a sentence has a minute",
        applying,
        "on_the_floor",
        _at_another_time(e.CalledIn, 30),
    ),
)
