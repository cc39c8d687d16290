"""Makes the media server equal to what is wished, and goes on until it is.

A wish is whole: for each room who may be in it, and with which permission. It is compared with who is really there: at
once when it changes, when the media server reports anything, and every few seconds besides. So a report that is lost,
doubled or late does no harm, a call that fails is repeated, and a person who comes with an old token is set right.

Two lists tell whom this concerns. ``differs``: whose permission is still another after a look that tried to change it,
and who publishes something under a false name (sound as a picture); the latter may publish nothing until their rights
change. Anybody who is not wished for, and whatever is no person, is put out.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
import logging

from openbalint.media.permissions import Permission
from openbalint.media.port import MediaAwayError, MediaServer, NotThereError, Present, RecordingError

log = logging.getLogger(__name__)
EVERY = 3.0  # seconds between two looks
LOOKS = 3  # in a row, while a look finds something to change
TRIES = 20  # to end a room
Wish = Mapping[str, Permission]  # who may be in a room


@dataclass(frozen=True, slots=True)
class Wished:
    """A room that there shall be. ``seats``: how many the media server lets in at most."""

    seats: int
    people: Wish


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand. ``made``: when the first of the rooms was made, so that one made anew is seen."""

    away: bool = False
    made: int = 0
    differs: frozenset[str] = frozenset()


@dataclass
class _Room:
    """What is known of a room: who was in it at the last look, and who lied (with the rights they had then)."""

    made: int = 0
    known: dict[str, Permission] = field(default_factory=dict)
    liars: dict[str, Permission] = field(default_factory=dict)
    differs: set[str] = field(default_factory=set)


class Keeper:
    """The rooms of one session. Everything runs on the loop that made it; the work is one task."""

    def __init__(self, server: MediaServer, *, changed: Callable[[], None]) -> None:
        """``changed`` is called when `standing` is another."""
        self.standing = Standing()
        self._server, self._changed = server, changed
        self._wished: Mapping[str, Wished] = {}
        self._rooms: dict[str, _Room] = {}
        self._ending: dict[str, int] = {}  # rooms that shall not be, and how often that failed
        self._look = asyncio.Event()
        self._looks = 0
        self._looked = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    # ── what the room asks ────────────────────────────────────────────────────────────────────────────────────────────

    def wish(self, wished: Mapping[str, Wished]) -> None:
        """From now on it shall be like this. A room that is no longer named is ended."""
        if wished == self._wished:
            return
        for room in self._wished.keys() - wished.keys():
            self._rooms.pop(room, None)
            self._ending[room] = 0
        self._wished = wished
        self.look()

    def end(self, room: str) -> None:
        """End a room that is there from before, so that it is made anew."""
        self._ending[room] = 0
        self.look()

    def look(self) -> None:
        """Something may be different: compare now."""
        self._look.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def ready(self, room: str) -> bool:
        """Wait until the room is there; False where the media server does not answer, or the room is wished no more."""
        if self.standing.away or not self._is_open(room):
            seen = self._looks
            self.look()
            async with self._looked:
                await self._looked.wait_for(
                    lambda: self._looks > seen + 1 or (self._looks > seen and self._is_open(room))
                )
        return not self.standing.away and self._is_open(room)

    def stop(self) -> None:
        """Let everything be as it is."""
        self._wished, self._ending = {}, {}
        if self._task is not None:
            self._task.cancel()

    # ── the work ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _is_open(self, room: str) -> bool:
        return room in self._rooms and bool(self._rooms[room].made) and room not in self._ending

    async def _run(self) -> None:
        """Until there is nothing left to keep."""
        while self._wished or self._ending:
            self._look.clear()
            away = not await self._all()
            await self._tell(away=away)
            if self._wished or self._ending:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), EVERY)

    async def _all(self) -> bool:
        """Everything once; whether the media server answered."""
        try:
            await self._end_rooms()
            for room in self._wished:
                await self._hurry(room)
            for room in list(self._wished):
                await self._keep(room)
        except RecordingError:
            log.error("media server: a room was being recorded, so it is ended")  # noqa: TRY400 - where is known
            with suppress(MediaAwayError):
                for room in self._wished:
                    await self._server.close_room(room)
            return False
        except MediaAwayError as away:
            if not self.standing.away:
                log.warning("media server away: %s", away)
            return False
        return True

    async def _end_rooms(self) -> None:
        for room, failed in list(self._ending.items()):
            try:
                await self._server.close_room(room)
            except MediaAwayError:
                self._ending[room] = failed + 1
                if failed + 1 >= TRIES and room not in self._wished:  # it ends by itself when the last one leaves
                    del self._ending[room]
                raise
            self._ending.pop(room, None)
            self._rooms.pop(room, None)

    async def _hurry(self, room: str) -> None:
        """What has changed for those who were there at the last look, without looking first: this is what people hear."""
        found = self._rooms.get(room)
        if found is not None:
            await self._change(room, found, self._changes(room, found, found.known))

    async def _keep(self, room: str) -> None:
        """Look, change, and look again until there is nothing to change."""
        found = self._rooms.setdefault(room, _Room())
        for _ in range(LOOKS):
            if room not in self._wished:
                return
            made = await self._server.open_room(room, seats=self._wished[room].seats)
            there = await self._server.people(room)
            found.made = made
            found.known = {who: present.permission for who, present in there.items()}
            self._catch(room, found, there)
            changes = self._changes(room, found, found.known)
            for who, present in there.items():
                if not present.person or present.permission.hidden or present.permission.recorder:
                    log.warning("media server: something that is no person was in a room")
                    changes[who] = None
            found.differs = set(changes) & set(self._wished[room].people) if room in self._wished else set()
            if not changes:
                return
            await self._change(room, found, changes)

    def _catch(self, room: str, found: _Room, there: Mapping[str, Present]) -> None:
        """Who publishes under a false name publishes nothing until their rights change."""
        wished = self._wished[room].people if room in self._wished else {}
        found.liars = {who: had for who, had in found.liars.items() if wished.get(who) == had}
        for who, present in there.items():
            if who in wished and any(track.lies for track in present.tracks):
                found.liars[who] = wished[who]

    def _changes(self, room: str, found: _Room, known: Mapping[str, Permission]) -> dict[str, Permission | None]:
        """What is to change for whom; None: out."""
        wished = self._wished[room].people if room in self._wished else {}
        wanted = {who: wished[who].silent if found.liars.get(who) == wished[who] else wished[who] for who in wished}
        return {who: wanted.get(who) for who, has in known.items() if wanted.get(who) != has}

    async def _change(self, room: str, found: _Room, changes: Mapping[str, Permission | None]) -> None:
        """What is taken away first, then what is given. Who is not there just now is seen at the next look."""
        taken = [who for who, wanted in changes.items() if _loses(found.known.get(who), wanted)]
        for group in (taken, [who for who in changes if who not in taken]):
            await asyncio.gather(*(self._set(room, found, who, changes[who]) for who in group))

    async def _set(self, room: str, found: _Room, who: str, wanted: Permission | None) -> None:
        if wanted is None:
            await self._server.remove(room, who)
            found.known.pop(who, None)
            return
        with suppress(NotThereError):
            await self._server.allow(room, who, wanted)
            found.known[who] = wanted

    async def _tell(self, *, away: bool) -> None:
        differs = frozenset(who for room in self._rooms.values() for who in {*room.differs, *room.liars})
        made = self._rooms[first].made if (first := next(iter(self._wished), "")) in self._rooms else self.standing.made
        now = Standing(away, self.standing.made if away else made, self.standing.differs if away else differs)
        if now != self.standing:
            self.standing = now
            self._changed()
        self._looks += 1
        async with self._looked:
            self._looked.notify_all()


def _loses(has: Permission | None, wanted: Permission | None) -> bool:
    """Whether somebody may publish less than before, or is put out."""
    if wanted is None:
        return True
    return has is None or not set(has.can_publish_sources) <= set(wanted.can_publish_sources)
