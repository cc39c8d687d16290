"""Two live processes with PostgreSQL and Valkey serve one room: a socket anywhere is a client like any other."""

import asyncio
from typing import Any
from uuid import uuid4

from django.db import connection
import pytest

from openbalint.live import bus, server
from openbalint.meetings.models import StoredSession
from openbalint.meetings.queries.sessions import log_of
from openbalint.protocol.commands import SetLock
from tests.live.browsers import Tab, lead_to
from tests.live.conftest import Meet, Site
from tests.live.threads import in_thread

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="on SQLite one process is all there is; the PostgreSQL run tests this"
    ),
]


@pytest.fixture
def env(valkey_server: str) -> dict[str, str]:
    """Two deployments on one Valkey must not hear each other, so each test has its own prefix."""
    return {"OPENBALINT_VALKEY_URL": valkey_server, "OPENBALINT_BUS_PREFIX": f"test-{uuid4()}"}


async def two(meet: Meet, env: dict[str, str], **facts: Any) -> tuple[Site, Tab, Tab]:
    """Lea on the process that owns the room, Ann on the other."""
    site = await meet(**facts)
    owner, other = site.start(**env), site.start(**env)
    lea = await site.tab("lea", owner).come()
    await lea.sees(lambda view: view["leaders"]["waiting"])
    ann = await site.tab("ann", other).come()
    await ann.sees(lambda view: view["audience"] == "door")
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 2)
    await lea.does("start")
    await ann.sees(lambda view: view["status"] == "running")
    return site, lea, ann


async def test_a_relayed_client_gets_views_answers_and_refusals(meet: Meet, env: dict[str, str]) -> None:
    _, lea, ann = await two(meet, env)
    assert ann.frames[0] == {"you": str(ann.person), "captions": False}
    await ann.does("set-hand", raised=True)
    await lea.sees(lambda view: view.get("queue") == [str(ann.person)])
    assert await ann.ask("end", entry=1) == {"no": 2, "code": "not-yours"}
    before = len(ann.frames)
    await ann.say("nonsense")
    await ann.until(lambda: {"no": 0, "code": "bad-frame"} in ann.frames[before:])
    await lead_to("feelings", lea, ann)
    await ann.sees(lambda view: view.get("back"))
    await ann.go()
    await lea.sees(lambda view: any(chair.get("away") for chair in view["circle"]))


async def test_both_processes_send_the_same_bytes_to_an_audience(meet: Meet, env: dict[str, str]) -> None:
    site, lea, ann = await two(meet, env)
    bob = await site.tab("bob", site.servers[0]).come()
    await bob.sees(lambda view: len(view["circle"]) == 3)
    await lea.does("set-lock", locked=True)
    await asyncio.gather(*(one.sees(lambda view: view.get("locked")) for one in (ann, bob)))
    assert ann.raw[-1] == bob.raw[-1]


async def test_when_the_owner_dies_everybody_comes_back_to_the_other(meet: Meet, env: dict[str, str]) -> None:
    site, lea, ann = await two(meet, env)
    await ann.does("set-hand", raised=True)
    site.servers[0].kill()
    await lea.until(lambda: lea.closed is not None)
    # Her socket is whole: the other process finds that the owner is gone and sends her back.
    await ann.until(lambda: ann.closed is not None)
    assert ann.frames[-1] == {"bye": "again"}
    lea2 = site.tab("lea", site.servers[1])
    await asyncio.gather(lea2.come_back(), ann.come_back())
    await lea2.sees(lambda view: view.get("queue") == [str(ann.person)])
    log = await in_thread(log_of, site.meeting)
    assert "Adopted" in {type(event).__name__ for event in log.events}


async def test_when_the_other_process_dies_its_people_are_away(meet: Meet, env: dict[str, str]) -> None:
    site, lea, _ = await two(meet, env)
    site.servers[1].kill()
    await lea.sees(lambda view: any(chair.get("away") for chair in view["circle"]))
    assert lea.closed is None
    back = site.tab("ann", site.servers[0])
    await back.come_back()
    await lea.sees(lambda view: not any(chair.get("away") for chair in view["circle"]))


async def test_an_owner_that_stops_hands_over(meet: Meet, env: dict[str, str]) -> None:
    site, lea, ann = await two(meet, env)
    assert await asyncio.to_thread(site.servers[0].stop) == 0
    await asyncio.gather(lea.until(lambda: lea.closed is not None), ann.until(lambda: ann.closed is not None))
    assert [one.frames[-1] for one in (lea, ann)] == [{"bye": "again"}] * 2
    await ann.come_back()
    owner = await in_thread(lambda: StoredSession.objects.get(pk=site.meeting).owner)
    assert owner.endswith(f":{site.servers[1].process.pid}")


async def test_pages_in_a_third_process_send_a_command(meet: Meet, env: dict[str, str], settings: Any) -> None:
    site, lea, _ = await two(meet, env)
    for name, value in env.items():
        setattr(settings, name, value)
    assert await in_thread(server.submit, site.meeting, SetLock(str(lea.person), locked=True)) is None
    await lea.sees(lambda view: view.get("locked"))
    assert await in_thread(server.submit, site.meeting, SetLock(str(site.people["bob"]), locked=False)) == "not-found"
    assert await in_thread(server.submit, uuid4(), SetLock(str(lea.person), locked=False)) == "unavailable"


async def test_nobody_answers_on_the_bus(valkey_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "ANSWER_WITHIN", 0.2)
    asked = bus.ask_from_outside
    assert (
        await asyncio.to_thread(asked, valkey_server, "nobody", "x:1", uuid4(), SetLock("a", locked=True))
        == "unavailable"
    )
