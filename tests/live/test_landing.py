"""What a room decides lands in the order in which it was decided, whether it is for the log or not."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
import threading
from uuid import UUID

import pytest

from openbalint.live.journal import Entry, Journal
from openbalint.meetings.actions.sessions import row_of
from openbalint.protocol.events import Disconnected

pytestmark = pytest.mark.asyncio
PATIENCE = 20.0
MEETING = UUID(int=1)


@dataclass(eq=False)
class Owner:
    """A room that notes what it hears."""

    meeting: UUID = MEETING
    landings: list[Entry] = field(default_factory=list)

    def landed(self, entry: Entry) -> None:
        self.landings.append(entry)

    def failed(self, entry: Entry) -> None:
        raise AssertionError

    def settle(self) -> None:
        """Nobody is here to be shown anything."""


async def test_what_has_no_rows_waits_for_the_commit_that_was_under_way() -> None:
    begun, on_disk = threading.Event(), threading.Event()

    def append(rows: object) -> None:
        begun.set()
        on_disk.wait(PATIENCE)

    journal, room = Journal(append), Owner()
    row = row_of(room.meeting, 1, Disconnected(datetime(2026, 11, 26, tzinfo=UTC), "cora"))
    stored, volatile, more = Entry(room, [row]), Entry(room), Entry(room)
    journal.append(stored)
    await asyncio.to_thread(begun.wait, PATIENCE)
    journal.append(volatile)
    journal.append(more)
    on_disk.set()
    await journal.stop()
    assert room.landings == [stored, volatile, more]
