"""The properties of a session, by name. Each is asked about every moment of every walk."""

from tests.protocol.properties import deadlines, door, floor, leaders, moving, presenter, sound, typed, whole
from tests.protocol.properties.registry import PROPERTIES, check_all, check_one

__all__ = [
    "PROPERTIES",
    "check_all",
    "check_one",
    "deadlines",
    "door",
    "floor",
    "leaders",
    "moving",
    "presenter",
    "sound",
    "typed",
    "whole",
]
