"""The simulated people of a running demonstration: who comes to which meeting, and when."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import logging
from random import Random
from typing import Final

from django.conf import settings

from openbalint.accounts.actions import demo_sign_in_link
from openbalint.demo.actions import Hospital, Today
from openbalint.demo.cast import LEADER, VISITOR
from openbalint.demo.circle import actors
from openbalint.demo.client import Address, SimulatedPerson
from openbalint.demo.mind import here
from openbalint.demo.stage import Actor
from openbalint.meetings.models import Meeting
from openbalint.protocol.views import View

log = logging.getLogger(__name__)

FIRST: Final = 6  # so many are there before the visitor; the others arrive over the first seconds after
SECONDS: Final = 12.0  # over how many

VISITS: Final = ((LEADER, VISITOR), (VISITOR,))  # whom nobody simulates in the first meeting, and in the second
_playing: set[asyncio.Task[None]] = set()


def invite(origin: str, hospital: Hospital, today: Today, *, speed: float, drift: bool) -> None:
    """Let the simulated people come to both meetings; call it in the loop of the server. They end with it."""
    for meeting, visitors in zip((today.lead, today.take_part), VISITS, strict=True):
        away = [hospital.person(player) for player in visitors]
        cast = actors(hospital.players, today.script, visitors=away, speed=speed, drift=drift)
        entrances = [_entrance(origin, hospital, meeting, actor) for actor in cast]
        task = asyncio.get_running_loop().create_task(Company(entrances, Random()).play())  # noqa: S311 - a play
        _playing.add(task)
        task.add_done_callback(_played)


def _played(task: asyncio.Task[None]) -> None:
    _playing.discard(task)
    if not task.cancelled() and task.exception():
        log.error("a simulated meeting broke off", exc_info=task.exception())


def _entrance(origin: str, hospital: Hospital, meeting: Meeting, actor: Actor) -> "Entrance":
    page = f"/meetings/{meeting.pk}/"
    user = hospital.people[actor.mind.player.key]
    address = Address(origin, demo_sign_in_link(user, page), f"{page}ticket", settings.CSRF_COOKIE_NAME)
    return Entrance(actor, address)


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
        person = SimulatedPerson(actor.mind, actor.wishes, entrance.address, Random(self.chance.random()), self._saw)  # noqa: S311 - a play
        await person.live()

    def _saw(self, view: View) -> None:
        visitors: Iterable[str] = self.entrances[0].actor.mind.circle.visitors
        if any(here(view, visitor) for visitor in visitors):
            self.visited.set()
