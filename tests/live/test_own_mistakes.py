"""A mistake of our own costs one command: the room's clock goes on, nobody is left without an answer, no word is logged."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import logging
from uuid import UUID

import pytest

from openbalint.live import alarm
from openbalint.live.room import OwnedRoom
from openbalint.live.rooms import Rooms
from openbalint.meetings.models import StoredSession
from openbalint.meetings.queries import sessions as queries
from openbalint.meetings.queries.sessions import Loaded
from openbalint.protocol.commands import SetLock
from openbalint.protocol.session import FRESH, next_deadline
from tests.live.conftest import Meet, Site
from tests.live.test_arranging import another_meeting
from tests.live.test_frames import NOW, FailingHouse, House, Listener, started
from tests.live.test_hiccups import comes, fails, hears, says
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio
SOON = 0.05  # seconds
PATIENCE = 10.0
FAR = datetime(9999, 12, 31, 15, 30, tzinfo=UTC)  # what is due after it has no date


class BrokenClock(FailingHouse):
    """A house whose clock can fail, and be put forward. It counts how often it was read while it failed."""

    time = NOW
    failures = 0

    def now(self) -> datetime:
        self.failures += self.fails
        super().now()
        return self.time


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarm, "LATER", SOON)


@pytest.mark.usefixtures("impatient")
async def test_the_clock_of_a_room_goes_on_after_a_tick_that_failed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    house = BrokenClock()
    _, room, _ = await started(house)
    due = next_deadline(room._state)
    assert due is not None
    house.time, house.fails = due + timedelta(seconds=1), True
    room._alarm._rings()
    await asyncio.sleep(10 * SOON)
    assert 2 <= house.failures <= 11, "it tries again, and not all the time"
    house.fails = False
    async with asyncio.timeout(PATIENCE):
        while next_deadline(room._state) == due:
            await asyncio.sleep(0.01)
    await house.land()
    assert "KeyError now:" in caplog.text
    assert "in a Tick" in caplog.text
    assert "canary" not in caplog.text
    room.close()


@pytest.mark.usefixtures("impatient")
async def test_a_closed_room_tries_nothing_again() -> None:
    house = BrokenClock()
    _, room, _ = await started(house)
    house.fails = True
    room._alarm._rings()
    room.close()
    failures = house.failures
    await asyncio.sleep(3 * SOON)
    assert house.failures == failures


async def test_a_room_without_a_next_deadline_to_be_found_lets_people_in_and_is_let_go() -> None:
    house = House()
    _, other, _ = await started(house, begin=False)
    room = OwnedRoom(house, Loaded(other.meeting, FRESH, frozenset(), replace(other._known.arranged, planned_at=FAR)))
    room.begin(None)
    ann = Listener(room.meeting, "ann")
    room.connect(ann)
    await house.land()
    assert ann.heard[-1]["view"]["audience"] == "door"
    assert not room.idle
    room.disconnect(ann)
    await house.land()
    assert room.idle
    room.close()
    other.close()


async def test_who_comes_at_the_moment_of_a_mistake_is_told_to_come_back() -> None:
    house = FailingHouse()
    _, room, clients = await started(house)
    room.disconnect(clients["bob"])
    await house.land()
    house.fails = True
    bob = Listener(room.meeting, "bob")
    room.connect(bob)
    assert bob.heard == [{"bye": "again"}]
    room.close()


async def test_a_page_is_told_that_its_command_was_not_done() -> None:
    house = FailingHouse()
    _, room, _ = await started(house)
    answers: list[str | None] = []
    house.fails = True
    room.submit(SetLock("lea", locked=True), answers.append)
    assert answers == ["unavailable"]
    room.close()


# ── of the rooms of a process, with the database ──────────────────────────────────────────────────────────────────────


async def test_a_room_that_cannot_be_loaded_tells_people_to_come_back(
    meet: Meet,
    rooms: Rooms,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    site = await meet()
    with monkeypatch.context() as mistake:
        mistake.setattr(queries, "arrangement_of", fails(KeyError("canary: a name")))
        await hears(await comes(rooms, site, "ann"), says("again"))
    assert "KeyError call:" in caplog.text
    assert "canary" not in caplog.text
    await hears(await comes(rooms, site, "ann"), lambda frame: "view" in frame)


def goes_on_without_owner(site: Site) -> None:
    StoredSession.objects.create(meeting_id=site.meeting, started_at=datetime.now(UTC))


async def test_a_room_that_cannot_be_adopted_does_not_keep_the_clock_from_the_next(
    meet: Meet,
    rooms: Rooms,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = await meet()
    first = site.meeting
    await in_thread(goes_on_without_owner, site)
    await in_thread(another_meeting, site)
    await in_thread(goes_on_without_owner, site)
    broken, whole = sorted((first, site.meeting))
    arrangement_of = queries.arrangement_of

    def reads(meeting: UUID) -> queries.Arrangement:
        return fails(KeyError("a name"))(meeting) if meeting == broken else arrangement_of(meeting)

    monkeypatch.setattr(queries, "arrangement_of", reads)
    await rooms._renew()
    assert list(rooms._rooms) == [whole]
