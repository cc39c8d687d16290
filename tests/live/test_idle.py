"""A room where nobody is and nothing will happen is let go; until then it stays."""

from datetime import datetime, timedelta

import pytest

from tests.live.test_frames import NOW, House, started

pytestmark = pytest.mark.asyncio


class LaterHouse(House):
    """A house whose clock is moved by the test."""

    at = NOW

    def now(self) -> datetime:
        return self.at


async def test_a_waiting_room_is_idle_when_everybody_is_known_to_be_gone() -> None:
    house, room, clients = await started(LaterHouse(), begin=False)
    assert not room.idle, "people are here"
    for client in clients.values():
        room.disconnect(client)
    await house.land()
    assert not room.idle, "they may be back in a moment"
    house.at = NOW + timedelta(seconds=21)
    room._ring()
    assert not room.idle, "their being lost is on its way to the disk"
    await house.land()
    assert room.idle
    room.close()


async def test_a_session_that_runs_is_not_let_go() -> None:
    house, room, clients = await started(LaterHouse())
    for client in clients.values():
        room.disconnect(client)
    house.at = NOW + timedelta(seconds=21)
    room._ring()
    await house.land()
    assert not room.idle, "in five minutes the clock leads to the end"
    room.close()


async def test_who_comes_to_a_room_that_was_let_go_is_sent_again() -> None:
    house, room, clients = await started()
    room.close()
    assert all(client.heard[-1] == {"bye": "again"} for client in clients.values())
    late = type(clients["bob"])(room.meeting, "bob")
    room.connect(late)
    assert late.heard == [{"bye": "again"}]
    await house.land()
