"""Faults that somebody might make in the engine, each with the property that must catch it."""

from tests.protocol.faults import deadlines, door, floor, leaders, moving, presenter, sound, typed, whole

FAULTS = (
    *deadlines.FAULTS,
    *door.FAULTS,
    *floor.FAULTS,
    *leaders.FAULTS,
    *moving.FAULTS,
    *presenter.FAULTS,
    *sound.FAULTS,
    *typed.FAULTS,
    *whole.FAULTS,
)
