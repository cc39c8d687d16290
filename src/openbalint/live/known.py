"""What a room knows that is not its session's: the people, the script, the call, as the pages say.

It is read from the database when the room is loaded, and anew when the pages say that something is another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from openbalint.live import wire
from openbalint.meetings.queries.sessions import Arrangement
from openbalint.protocol import commands
from openbalint.protocol.commands import Command, PersonId, Seat
from openbalint.protocol.state import Case


@dataclass(frozen=True, slots=True)
class LookAgain:
    """The pages say something else of a meeting or its people. No command of the session: the room reads what it is."""


@dataclass(frozen=True, slots=True)
class ComeAgain:
    """Somebody has signed out on a device, or it no longer knows them: whoever of them is still known comes back."""

    person: PersonId


Told = Command | LookAgain | ComeAgain  # what the pages send a room


class Known:
    """An arrangement, put in the form that a room needs."""

    def __init__(self, arranged: Arrangement) -> None:
        self.arranged: Final = arranged
        self._names = {person: known.name for person, known in arranged.people.items()}
        self._people = {person: known.seat for person, known in arranged.people.items() if known.seat is not None}

    def connects(self, person: PersonId) -> commands.Connect:
        """Somebody is there, with what the database says of them."""
        known = self.arranged.people.get(person)
        return commands.Connect(person, known.seat, known.profession) if known else commands.Connect(person, None)

    def seat_of(self, person: PersonId) -> Seat | None:
        """The seat that somebody has in the group; None: has left, or never belonged to it."""
        known = self.arranged.people.get(person)
        return known.seat if known else None

    def follows(self) -> Command:
        """What a waiting room is told of its meeting."""
        return commands.CallOff() if self.arranged.called_off else commands.Plan(self.arranged.planned_at)

    def edge(self, kind: type[Any], asked: Any) -> dict[str, Any]:
        """The fields of a command that no client chooses."""
        if kind is commands.Start:
            return {"script": self.arranged.script}
        if kind is commands.TickIn:
            known = self.arranged.people.get(asked.person)
            return {"seat": known.seat, "profession": known.profession} if known else {"seat": None}
        return {}

    def roster(self, told: Mapping[int, Case]) -> wire.Roster:
        """What views say of it, after the cases that were ``told`` in this session."""
        left = self.arranged.not_presented - {case.presenter for case in told.values()}
        not_presented = tuple(person for person in self._people if person in left)
        return wire.Roster(self._names, self._people, not_presented, self.arranged.call)

    def needs_other_pages(self, before: "Known") -> bool:
        """Whether the pages of those who wait rest on what was so before: where people are, and how they hear each other."""
        mine, theirs = self.arranged, before.arranged
        return (mine.mode, mine.encrypted) != (theirs.mode, theirs.encrypted)
