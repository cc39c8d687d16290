"""Both sides notice a connection that has died without a word."""

import asyncio
import socket

import pytest

from tests.live.conftest import Meet
from tests.live.test_slow_clients import arrive_and_stop_reading

pytestmark = pytest.mark.asyncio


async def test_the_beat_is_heard_in_a_quiet_room_and_cuts_who_does_not_answer(meet: Meet) -> None:
    site = await meet()
    site.start("beat=0.5")
    lea = await site.tab("lea").come()
    with socket.socket() as cora:
        await asyncio.to_thread(arrive_and_stop_reading, cora, site.servers[-1].port, site.tab("cora"))
        await asyncio.to_thread(until_cut, cora)
    heard = len(lea.beats)
    await lea.until(lambda: len(lea.beats) > heard)
    assert lea.closed is None


def until_cut(link: socket.socket) -> None:
    """Read what still comes, and never answer."""
    try:
        while link.recv(4096):
            pass
    except ConnectionResetError:
        pass
