"""What a room decides lands in the order in which it was decided, whether it is for the log or not."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
import threading
from uuid import UUID

from django.db import IntegrityError
import pytest

from openbalint.live.journal import Entry, Journal
from openbalint.meetings.actions.sessions import Row, row_of
from openbalint.protocol.events import Disconnected

pytestmark = pytest.mark.asyncio
PATIENCE = 20.0
MEETING = UUID(int=1)


@dataclass(eq=False)
class Owner:
    """A room that notes what it hears."""

    meeting: UUID = MEETING
    landings: list[Entry] = field(default_factory=list)
    failures: list[Entry] = field(default_factory=list)

    def landed(self, entries: Sequence[Entry]) -> None:
        self.landings += entries

    def failed(self, entries: Sequence[Entry]) -> None:
        self.failures += entries


def row(room: Owner, seq: int) -> Row:
    return row_of(room.meeting, seq, Disconnected(datetime(2026, 11, 26, tzinfo=UTC), "cora"))


class Disk:
    """Writes when it is told to, and nothing of a meeting that has another owner."""

    def __init__(self, fenced: UUID | None = None) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.fenced = fenced
        self.written: list[Row] = []

    def append(self, rows: Sequence[Row]) -> None:
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if any(one.session == self.fenced for one in rows):
            raise IntegrityError
        self.written += rows


Queued = tuple[Owner, Entry]


async def land(disk: Disk, *first: Queued, meanwhile: Sequence[Queued] = ()) -> None:
    """Everything lands; ``meanwhile`` is queued while the commit of what came first is under way."""
    journal = Journal(disk.append)
    for room, entry in first:
        journal.append(room, entry)
    await asyncio.to_thread(disk.begun.wait, PATIENCE)
    for room, entry in meanwhile:
        journal.append(room, entry)
    disk.go_on.set()
    await journal.stop()


async def test_what_has_no_rows_waits_for_the_commit_that_was_under_way() -> None:
    room = Owner()
    stored, volatile, more = Entry([row(room, 1)]), Entry(), Entry()
    await land(Disk(), (room, stored), meanwhile=[(room, volatile), (room, more)])
    assert (room.landings, room.failures) == ([stored, volatile, more], [])


async def test_a_mistake_in_one_room_does_not_silence_the_others(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Owner):
        def landed(self, entries: Sequence[Entry]) -> None:
            raise ZeroDivisionError("canary: what somebody typed")

    broken, sound = Broken(), Owner(UUID(int=2))
    entry = Entry([row(sound, 1)])
    await land(Disk(), (broken, Entry([row(broken, 1)])), (sound, entry))
    assert sound.landings == [entry]
    [record] = caplog.records
    assert record.getMessage().startswith(f"journal: room {MEETING} could not be told, ZeroDivisionError landed:")
    assert "canary" not in caplog.text


async def test_a_room_that_was_fenced_loses_what_it_decided_meanwhile_and_the_others_nothing() -> None:
    ours, theirs = Owner(), Owner(UUID(int=2))
    disk = Disk(fenced=theirs.meeting)
    one, two, three = Entry([row(ours, 1)]), Entry([row(ours, 2)]), Entry([row(ours, 3)])
    stale, volatile, later = Entry([row(theirs, 1)]), Entry(), Entry([row(theirs, 2)])
    first = ((ours, one), (theirs, stale), (theirs, volatile), (ours, two))
    await land(disk, *first, meanwhile=[(theirs, later), (ours, three)])
    assert (ours.landings, ours.failures) == ([one, two, three], [])
    assert (theirs.landings, theirs.failures) == ([], [stale, volatile, later])
    assert disk.written == [row(ours, 1), row(ours, 2), row(ours, 3)]
