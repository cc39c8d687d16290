"""Accepted means committed: nobody sees what a command did before it is on disk.

Self-clocking group commit: a batch is whatever arrived while the last commit was under way, of all rooms of this process.
An idle house commits at once, a busy one in larger batches; there is no timer and nothing to set. A batch that fails is
tried again room by room, so that one fenced room does not take the others down; a room that still fails is forgotten by
its owner and rebuilt from the log.

What is volatile has no rows. It takes its place in the same queue, so that people see things in the order in which they
were accepted.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
import logging
from typing import Protocol
from uuid import UUID

from django.db import Error, connection, connections

from openbalint.live.mistakes import place_of
from openbalint.meetings.actions.sessions import Row
from openbalint.protocol.session import Step

log = logging.getLogger(__name__)


class Owner(Protocol):
    """A room that appends. It is called on the loop, with all that it has in a batch, in the order of appending."""

    @property
    def meeting(self) -> UUID:
        """Its name."""

    def landed(self, entries: "Sequence[Entry]") -> None:
        """The entries are on disk."""

    def failed(self, entries: "Sequence[Entry]") -> None:
        """The entries are not on disk, nor is anything that was decided after them."""


@dataclass(slots=True, eq=False)
class Entry:
    """What one command did. ``landed`` and ``failed`` tell who waits for it; None: nobody does."""

    rows: Sequence[Row] = ()
    made: Step | None = None
    landed: Callable[[Step | None], None] | None = None
    failed: Callable[[], None] | None = None


@dataclass(slots=True)
class Batch:
    """What is written together; ``bad`` are the meetings whose rows were not."""

    entries: dict[Owner, list[Entry]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    bad: set[UUID] = field(default_factory=set)


class Journal:
    """One writer for all rooms of this process. Everything but `_commit` runs on the loop."""

    def __init__(self, append: Callable[[Sequence[Row]], None]) -> None:
        """``append`` writes rows and commits, or raises."""
        self._loop = asyncio.get_running_loop()
        self._append = append
        self._waiting = Batch()
        self._flying = False
        self._writer = ThreadPoolExecutor(1, "journal")

    def append(self, room: Owner, entry: Entry) -> None:
        """Queue an entry; what comes in the same turn of the loop joins its batch."""
        batch = self._waiting
        if room in batch.entries:
            batch.entries[room].append(entry)
        else:
            batch.entries[room] = [entry]
        batch.rows += entry.rows
        if not self._flying:
            self._flying = True
            self._loop.call_soon(self._kick)

    @property
    def busy(self) -> bool:
        """Whether something has not landed yet."""
        return self._flying

    async def stop(self) -> None:
        """Wait until everything has landed."""
        while self.busy:
            await asyncio.sleep(0.005)
        await self._loop.run_in_executor(self._writer, connections.close_all)
        self._writer.shutdown()

    def _kick(self) -> None:
        batch, self._waiting = self._waiting, Batch()
        if batch.rows:
            self._writer.submit(self._commit, batch)
        else:
            self._done(batch)

    def _commit(self, batch: Batch) -> None:
        """In the writer's thread."""
        try:
            batch.bad = self._write(batch.rows)
        except Exception as error:  # noqa: BLE001 - the loop must hear of it, whatever it is
            log.warning("journal: %s, nothing of %d rooms is written", type(error).__name__, len(batch.entries))
            batch.bad = {room.meeting for room in batch.entries}
        self._loop.call_soon_threadsafe(self._done, batch)

    def _write(self, rows: Sequence[Row]) -> set[UUID]:
        try:
            self._append(rows)
        except Error as error:
            log.warning("journal: %s in a batch of %d, trying each room", type(error).__name__, len(rows))
            connection.close_if_unusable_or_obsolete()
        else:
            return set()
        return {room for room in {row.session for row in rows} if not self._write_room(room, rows)}

    def _write_room(self, room: UUID, rows: Sequence[Row]) -> bool:
        try:
            self._append([row for row in rows if row.session == room])
        except Error as error:
            log.warning("journal: %s, room %s is forgotten", type(error).__name__, room)
            connection.close_if_unusable_or_obsolete()
            return False
        return True

    def _done(self, batch: Batch) -> None:
        if batch.bad:
            self._spoil(batch)
        if self._waiting.rows:
            self._kick()  # the next commit overlaps with telling people of this one
        elif self._waiting.entries:
            self._loop.call_soon(self._kick)  # nothing to commit: it would land at once, before what is told here
        else:
            self._flying = False
        for room, entries in batch.entries.items():
            try:
                if batch.bad and room.meeting in batch.bad:
                    room.failed(entries)
                else:
                    room.landed(entries)
            except Exception as error:  # noqa: BLE001 - our own mistake in one room must not silence the others
                log.warning("journal: room %s could not be told, %s", room.meeting, place_of(error))

    def _spoil(self, batch: Batch) -> None:
        """What was decided meanwhile, on the memory of a room whose rows were not written, must not be written either."""
        waiting = self._waiting
        for room in [room for room in waiting.entries if room.meeting in batch.bad]:
            batch.entries.setdefault(room, []).extend(waiting.entries.pop(room))
        waiting.rows = [row for row in waiting.rows if row.session not in batch.bad]
