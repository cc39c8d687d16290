"""The simulated people of a running demonstration: who comes to which meeting, and when."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from openbalint.demo.client import Address, Person
from openbalint.demo.mind import here
from openbalint.demo.stage import Actor
from openbalint.protocol.views import View

FIRST = 6  # so many are there before the visitor; the others arrive over the first seconds after
SECONDS = 12.0  # over how many


@dataclass(frozen=True, slots=True)
class Entrance:
    """Somebody of the cast, and where this person comes in."""

    actor: Actor
    address: Address


class Company:
    """The simulated people of one meeting."""

    def __init__(self, entrances: Sequence[Entrance], chance: Random) -> None:
        self.entrances = entrances
        self.chance = chance
        self.visited = asyncio.Event()  # a visitor has come

    async def play(self) -> None:
        """Until everybody has gone home."""
        async with asyncio.TaskGroup() as group:
            for place, entrance in enumerate(self.entrances):
                group.create_task(self._come(entrance, waits=place >= FIRST))

    async def _come(self, entrance: Entrance, *, waits: bool) -> None:
        actor, speed = entrance.actor, entrance.actor.mind.pace.speed
        if waits:
            await self.visited.wait()
        await asyncio.sleep(self.chance.uniform(0.5, SECONDS) / speed)
        person = Person(actor.mind, actor.wishes, entrance.address, Random(self.chance.random()), self._saw)  # noqa: S311 - a play
        await person.live()

    def _saw(self, view: View) -> None:
        visitors: Iterable[str] = self.entrances[0].actor.mind.circle.visitors
        if any(here(view, visitor) for visitor in visitors):
            self.visited.set()
