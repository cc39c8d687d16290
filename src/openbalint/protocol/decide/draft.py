"""A step being made: the session as the events so far leave it. Thrown away whole if the command is refused."""

from datetime import datetime
from typing import NoReturn

from openbalint.protocol import volatile as v
from openbalint.protocol.apply import apply
from openbalint.protocol.commands import PersonId
from openbalint.protocol.events import Event
from openbalint.protocol.refusals import RefusedError
from openbalint.protocol.room import Room
from openbalint.protocol.volatile import Chance


class Draft:
    """What a command does, event by event; each decision sees what the former ones made."""

    __slots__ = ("asked", "chance", "events", "note", "now", "session", "volatile")

    def __init__(self, room: Room, now: datetime, chance: Chance) -> None:
        self.session = room.session
        self.volatile = room.volatile
        self.now = now
        self.chance = chance
        self.events: list[Event] = []
        self.note: str | None = None
        self.asked: PersonId | None = None  # whom a leader asks to close the microphone

    def emit(self, event: Event) -> None:
        """Let it happen."""
        self.session = apply(self.session, event)
        self.volatile = v.follow(self.volatile, event)
        self.events.append(event)


def refuse(code: str) -> NoReturn:
    """Say no; the draft is thrown away."""
    raise RefusedError(code)


def check(fine: object, code: str) -> None:
    """Go on only if ``fine``."""
    if not fine:
        refuse(code)


def check_known(draft: Draft, who: PersonId) -> None:
    check(who in draft.session.people, "not-found")
