"""Faults that somebody might make in the engine, each with the property that must catch it."""

from tests.protocol.faults import door, floor, leaders, moving, presenter, typed, whole

FAULTS = (
    *door.FAULTS,
    *floor.FAULTS,
    *leaders.FAULTS,
    *moving.FAULTS,
    *presenter.FAULTS,
    *typed.FAULTS,
    *whole.FAULTS,
)
