"""Who owns a room: two processes that both believe to, a lease that ran out, commands from the pages."""

import asyncio
from datetime import UTC, datetime, timedelta

from django.db import connection
import pytest

from openbalint.live import names
from openbalint.meetings.actions import sessions as actions
from openbalint.meetings.models import StoredSession
from openbalint.meetings.queries.sessions import LEASE, log_of, socket_address
from openbalint.protocol.events import HandSet
from openbalint.protocol.session import fold
from tests.live.conftest import Meet, Site
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio


def append_as_another(site: Site) -> None:
    """What another owner would do: the next event of the log."""
    log = log_of(site.meeting)
    event = HandSet(log.events[-1].at, str(site.people["bob"]), raised=True)
    actions.append([actions.row_of(site.meeting, len(log.events) + 1, event)])


async def test_of_two_owners_one_is_fenced_and_everybody_comes_back_into_the_log(meet: Meet) -> None:
    site = await meet()
    site.start()
    lea, bob = await site.tab("lea").come(), await site.tab("bob").come()
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 2)
    await lea.does("start")
    await in_thread(append_as_another, site)
    number = await lea.send("set-lock", locked=True)
    await asyncio.gather(lea.until(lambda: lea.closed is not None), bob.until(lambda: bob.closed is not None))
    assert [one.frames[-1] for one in (lea, bob)] == [{"bye": "again"}] * 2
    assert not any(frame.get("ok") == number for frame in lea.frames), "not accepted"
    assert not any(frame["view"].get("locked") for frame in lea.frames + bob.frames if "view" in frame)
    await asyncio.gather(lea.come_back(), bob.come_back())
    await lea.sees(lambda view: view.get("queue") == [str(bob.person)])
    before = len(lea.frames)
    await lea.resend(number, "set-lock", locked=True)
    assert await lea.answer(number, after=before) == {"ok": number}
    log = await in_thread(log_of, site.meeting)
    assert fold(log.events).locked


async def test_a_fenced_room_takes_no_other_room_down(meet: Meet) -> None:
    site = await meet()
    first, people = site.meeting, dict(site.people)
    site.start()
    lea = await site.tab("lea").come()
    await lea.sees(lambda view: view["leaders"]["waiting"])
    await in_thread(another_meeting, site)
    other = await site.tab("lea").come()
    await other.sees(lambda view: view["leaders"]["waiting"])
    await asyncio.gather(lea.does("start"), other.does("start"))
    site.meeting = first
    site.people = people
    await in_thread(append_as_another, site)
    await asyncio.gather(lea.send("set-lock", locked=True), other.does("set-lock", locked=True))
    await lea.until(lambda: lea.closed is not None)
    assert other.closed is None
    await other.sees(lambda view: view.get("locked"))


def another_meeting(site: Site) -> None:
    from openbalint.groups.models import Group
    from tests.factories import a_meeting

    now = datetime.now(UTC)
    site.meeting = a_meeting(Group.objects.get(meetings=site.meeting), at=now + timedelta(minutes=1), now=now).id


async def test_the_lease_names_the_owner_until_it_runs_out(meet: Meet) -> None:
    site = await meet()
    now = datetime.now(UTC)
    if connection.vendor == "sqlite":
        lease = await in_thread(take, site, "a:1", now)
        assert lease == actions.Lease("a:1", None)
        # On SQLite one process is all there is: it takes the room whoever had it.
        assert await in_thread(take, site, "b:2", now) == actions.Lease("b:2", now)
        return
    assert await in_thread(take, site, "a:1", now) == actions.Lease("a:1", None)
    assert await in_thread(take, site, "b:2", now + LEASE / 2) == actions.Lease("a:1", now)
    assert await in_thread(address, site, now) == "wss://a/ws/"
    assert await in_thread(take, site, "b:2", now + LEASE) == actions.Lease("b:2", now)
    assert await in_thread(actions.renew_leases, [site.meeting], owner="a:1", now=now + LEASE) == frozenset()
    await in_thread(actions.give_back, [site.meeting], owner="b:2", now=now + LEASE)
    assert await in_thread(address, site, now + LEASE) == "/ws/"
    assert await in_thread(take, site, "a:1", now + LEASE) == actions.Lease("a:1", now + LEASE)


def take(site: Site, owner: str, now: datetime) -> actions.Lease:
    return actions.take_lease(site.meeting, owner=owner, address=f"wss://{owner[0]}/ws/", now=now)


def address(site: Site, now: datetime) -> str:
    return socket_address(site.meeting, now=now, default="/ws/")


async def test_a_dead_process_of_this_host_holds_nothing(meet: Meet) -> None:
    site = await meet()
    first = site.start()
    lea = await site.tab("lea").come()
    await lea.sees(lambda view: True)
    owner = await in_thread(lambda: StoredSession.objects.get(pk=site.meeting).owner)
    assert owner == names.own().rpartition(":")[0] + f":{first.process.pid}"
    assert not names.is_gone(owner)
    first.kill()
    assert names.is_gone(owner)
    assert not names.is_gone("another-host:1")
    assert not names.is_gone("nonsense")
    site.start()
    await lea.come_back()  # at once: nobody waits for the lease to run out
    assert lea.view["audience"] == "leaders"
