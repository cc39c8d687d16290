"""What the pages change in a group is so at once in a session that goes on: seats, names, and who belongs to it."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
import pytest

from openbalint.groups.actions.members import change_seat, remove_member
from openbalint.groups.models import Membership
from openbalint.live import server
from openbalint.meetings.actions.planning import set_call
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries.sessions import log_of
from openbalint.protocol.session import fold
from tests.live.browsers import Tab, phase_of
from tests.live.conftest import Meet, Server, Site
from tests.live.threads import in_thread
from tests.live.visits import post

pytestmark = pytest.mark.asyncio


def membership(site: Site, name: str) -> Membership:
    return Membership.objects.select_related("group", "user").get(user=site.people[name], group__meetings=site.meeting)


def page_of(member: Membership, rest: str = "") -> str:
    return f"/groups/{member.group_id}/members/{member.pk}/{rest}"


async def running(meet: Meet) -> tuple[Site, Server, dict[str, Tab]]:
    """A session in its opening, with its pages on the same port."""
    site = await meet()
    pages = site.start("pages")
    tabs = {name: await site.tab(name).come() for name in ("lea", "ann", "bob")}
    await tabs["lea"].sees(lambda view: len(view["leaders"].get("waiting", ())) == 3)
    await tabs["lea"].does("start")
    for tab in tabs.values():
        await tab.sees(lambda view: len(view.get("circle", ())) == 3)
    return site, pages, tabs


def seat_of(view: dict[str, Any], person: UUID) -> str | None:
    chairs = (*view.get("circle", ()), *view.get("ring", ()))
    return next((str(chair["seat"]) for chair in chairs if chair["person"] == str(person)), None)


async def test_a_member_who_becomes_co_leader_is_seen_as_one_and_leads(meet: Meet) -> None:
    site, pages, tabs = await running(meet)
    bob = await in_thread(membership, site, "bob")
    assert await in_thread(post, site, pages, "lea", page_of(bob), {"seat": "co-leader"}) == 302
    for tab in tabs.values():
        await tab.sees(lambda view: seat_of(view, bob.user_id) == "co-leader")
    await tabs["bob"].sees(lambda view: view["audience"] == "leaders")
    await tabs["bob"].does("next", entry=tabs["bob"].view["entry"])
    await tabs["ann"].sees(lambda view: phase_of(view) == "call")


async def test_a_member_who_becomes_an_observer_moves_to_the_outer_ring(meet: Meet) -> None:
    site, pages, tabs = await running(meet)
    bob = await in_thread(membership, site, "bob")
    assert await in_thread(post, site, pages, "lea", page_of(bob), {"seat": "observer"}) == 302
    await tabs["ann"].sees(lambda view: [chair["person"] for chair in view.get("ring", ())] == [str(bob.user_id)])
    assert await tabs["bob"].ask("set-hand", raised=True) == {"no": 1, "code": "not-yours"}


async def test_who_is_let_go_is_sent_away_from_every_tab_and_cannot_come_back(meet: Meet) -> None:
    site, pages, tabs = await running(meet)
    second = await site.tab("bob").come()
    await second.sees(lambda view: len(view["circle"]) == 3)
    bob = await in_thread(membership, site, "bob")
    assert await in_thread(post, site, pages, "lea", page_of(bob, "remove/"), {"sure": "on"}) == 302
    for tab in (tabs["bob"], second):
        await tab.until(lambda tab=tab: tab.closed is not None)
        assert tab.frames[-1] == {"bye": "gone"}
    await tabs["ann"].sees(lambda view: len(view["circle"]) == 2)
    again = await site.tab("bob").come()  # with a ticket from before
    await again.until(lambda: again.closed is not None)
    assert not any("view" in frame for frame in again.frames)
    session = fold((await in_thread(log_of, site.meeting)).events)
    assert not session.people[str(bob.user_id)].seated


async def test_signing_out_on_one_device_ends_what_is_open_there_and_the_others_come_back(meet: Meet) -> None:
    site, pages, tabs = await running(meet)
    assert await in_thread(post, site, pages, "bob", "/sign-out/", {}) == 302
    await tabs["bob"].until(lambda: tabs["bob"].closed is not None)
    assert tabs["bob"].frames[-1] == {"bye": "again"}
    assert tabs["ann"].closed is None
    again = await site.tab("bob").come()  # a device that still knows him asks for a ticket and is back
    await again.sees(lambda view: len(view["circle"]) == 3)
    await tabs["ann"].sees(lambda view: not any("away" in chair for chair in view["circle"]))


async def test_another_name_is_on_every_chair(meet: Meet) -> None:
    site, pages, tabs = await running(meet)
    facts = {"name": "Robert", "profession": "nurse", "timezone": "Europe/Berlin"}
    assert await in_thread(post, site, pages, "bob", "/account/", facts) == 302
    for tab in tabs.values():
        await tab.until(lambda tab=tab: tab.frame["names"].get(str(site.people["bob"])) == "Robert")


def change(site: Site, name: str, seat: str | None) -> None:
    """What a page in a third process does."""
    now, lea, member = datetime.now(UTC), membership(site, "lea"), membership(site, name)
    if seat is None:
        remove_member(member, by=lea, now=now)
    else:
        change_seat(member, seat, by=lea, now=now)
    server.look_again(member.user_id)


def change_call(site: Site, url: str) -> None:
    """The same for a meeting."""
    set_call(Meeting.objects.get(pk=site.meeting), url, by=membership(site, "lea"), now=datetime.now(UTC))
    server.look_again_at(site.meeting)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="on SQLite one process is all there is; PostgreSQL tests this"
)
async def test_pages_elsewhere_reach_the_owner_and_who_sits_at_another_process(
    meet: Meet, valkey_server: str, settings: Any
) -> None:
    env = {"OPENBALINT_VALKEY_URL": valkey_server, "OPENBALINT_BUS_PREFIX": f"test-{uuid4()}"}
    site = await meet()
    owner, other = site.start(**env), site.start(**env)
    lea, ann = await site.tab("lea", owner).come(), await site.tab("ann", owner).come()
    await lea.sees(lambda view: len(view["leaders"].get("waiting", ())) == 2)
    bob = await site.tab("bob", other).come()
    await bob.sees(lambda view: view["audience"] == "door")
    await lea.does("start")
    await bob.sees(lambda view: len(view.get("circle", ())) == 3)
    for name, value in env.items():
        setattr(settings, name, value)
    await in_thread(change, site, "bob", "observer")
    await asyncio.gather(*(one.sees(lambda view: len(view.get("ring", ())) == 1) for one in (ann, bob)))
    await in_thread(change_call, site, "https://call.example/other")
    for one in (ann, bob):
        await one.sees(lambda view: view.get("call") == "https://call.example/other")
    await in_thread(change, site, "bob", None)
    await bob.until(lambda: bob.closed is not None)
    assert bob.frames[-1] == {"bye": "gone"}
    await ann.sees(lambda view: not view.get("ring"))
    back = await site.tab("bob", other).come()
    await back.until(lambda: back.closed is not None)
    assert not any("view" in frame for frame in back.frames)


async def test_what_changed_while_nobody_held_the_room_is_so_when_it_is_loaded(meet: Meet) -> None:
    site, pages, tabs = await running(meet)
    await asyncio.to_thread(pages.stop)
    await in_thread(change, site, "bob", "co-leader")
    site.start()
    await tabs["ann"].come_back()
    await tabs["ann"].sees(lambda view: seat_of(view, site.people["bob"]) == "co-leader")
