"""A process dies in the middle of a busy session: nothing accepted is missing, and everybody comes back by themselves."""

import asyncio
import contextlib
import random
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from openbalint.meetings.models import StoredEvent
from openbalint.meetings.queries.sessions import log_of
from openbalint.protocol.session import fold
from tests.live.browsers import Tab
from tests.live.conftest import Meet, Site
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio
KILLS = 10


async def busy(one: Tab, chance: random.Random, stop: asyncio.Event) -> None:
    """Ask one thing after the other; come back whenever the connection is lost, and send what was not answered again."""
    while not stop.is_set():
        number = one.number = one.number + 1
        fields = {"raised": bool(number % 2)}
        while not stop.is_set():
            try:
                await one.resend(number, "set-hand", **fields)
                await one.until(lambda number=number: one.closed is not None or answered(one, number))
            except (ConnectionClosed, OSError):
                pass
            if answered(one, number):
                break
            await one.come_back()
        await asyncio.sleep(chance.uniform(0.05, 0.1))


def answered(one: Tab, number: int) -> bool:
    return any(frame.get("ok") == number for frame in one.frames)


async def test_killed_ten_times_nothing_accepted_is_missing(meet: Meet) -> None:
    site = await meet(members=6)
    site.start()
    tabs = [site.tab(name) for name in site.people]
    await asyncio.gather(*(one.come() for one in tabs))
    lea, others = tabs[0], tabs[2:]
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == len(tabs))
    await lea.does("start")
    for one in tabs:
        await one.sees(lambda view: view["status"] == "running")
    stop = asyncio.Event()
    chance = random.Random(7)
    asking = [asyncio.create_task(busy(one, chance, stop)) for one in others]
    watching = [asyncio.create_task(comes_back(one, stop)) for one in tabs[:2]]
    for _ in range(KILLS):
        answers = sum("ok" in frame for one in others for frame in one.frames)
        await until(lambda answers=answers: sum("ok" in f for one in others for f in one.frames) > answers + 40, asking)
        site.servers[-1].kill()
        site.start()
    await asyncio.sleep(1)
    stop.set()
    await asyncio.gather(*asking, *watching)
    await everything_seen_is_stored(site, tabs)


async def until(true: Any, tasks: list[asyncio.Task[None]]) -> None:
    async with asyncio.timeout(60):
        while not true():
            for task in tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.02)


async def comes_back(one: Tab, stop: asyncio.Event) -> None:
    while not stop.is_set():
        if one.closed is not None:
            await one.come_back()
        await asyncio.sleep(0.02)


async def everything_seen_is_stored(site: Site, tabs: list[Tab]) -> None:
    log = await in_thread(log_of, site.meeting)
    rows = await in_thread(
        lambda: list(StoredEvent.objects.filter(session_id=site.meeting).values_list("seq", flat=True))
    )
    assert sorted(rows) == list(range(1, len(rows) + 1)), "a hole in the log"
    seen = max(frame["view"]["seq"] for one in tabs for frame in one.frames if "view" in frame)
    assert seen <= len(rows), "somebody saw what is not stored"
    for one in tabs[2:]:
        accepted = {(one.name, frame["ok"]) for frame in one.frames if "ok" in frame}
        assert accepted
        # Every odd command raises a hand that was down, every even one takes it down again: each leaves an event.
        assert accepted <= log.commands, "accepted and not stored"
    assert fold(log.events).seq == len(rows)


async def test_a_running_session_goes_on_when_nobody_asks_for_it(meet: Meet) -> None:
    """The clock of the new process adopts it: who does not come back is lost, and the log says so."""
    site = await meet()
    site.start()
    lea = await site.tab("lea").come()
    await lea.sees(lambda view: view["leaders"]["waiting"])
    await lea.does("start")
    site.servers[-1].kill()
    site.start()

    async def adopted() -> bool:
        log = await in_thread(log_of, site.meeting)
        return type(log.events[-1]).__name__ == "Adopted"

    async with asyncio.timeout(30):
        while not await adopted():
            await asyncio.sleep(0.1)


async def test_a_server_that_is_stopped_sends_everybody_elsewhere(meet: Meet) -> None:
    site = await meet()
    first = site.start()
    lea = await site.tab("lea").come()
    await lea.sees(lambda view: True)
    assert await asyncio.to_thread(first.stop) == 0
    with contextlib.suppress(ConnectionClosed):
        await lea.until(lambda: lea.closed is not None)
    assert lea.frames[-1] == {"bye": "again"}
    assert lea.closed == 1012
    site.start()
    await lea.come_back()
    assert lea.view["audience"] == "leaders"
