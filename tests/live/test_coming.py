"""Everybody comes at the same instant; a person may have several tabs; the big screen is nobody."""

import asyncio
from typing import Any

import pytest

from openbalint.meetings.queries.sessions import log_of
from tests.live.conftest import Meet, Site
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio


def chairs(view: dict[str, Any]) -> set[str]:
    return {chair["person"] for chair in (*view.get("circle", ()), *view.get("ring", ()))}


async def test_fifteen_and_six_observers_come_at_the_same_instant(meet: Meet) -> None:
    site = await meet(members=13, observers=6, script="training-90")
    site.start()
    tabs = [site.tab(name) for name in site.people]
    await asyncio.gather(*(one.come() for one in tabs))
    everybody = {str(person) for person in site.people.values()}
    for one in tabs:
        await one.until(lambda one=one: any("view" in frame for frame in one.frames))
    lea = tabs[0]
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 21)
    assert {waiting["person"] for waiting in lea.view["leaders"]["waiting"]} == everybody
    await lea.does("start")
    for number in range(1, 7):  # observers are let in by a leader
        await lea.does("admit", person=str(site.people[f"observer-{number}"]))
    for one in tabs:
        await one.sees(lambda view: chairs(view) == everybody)
    log = await in_thread(log_of, site.meeting)
    assert log.events, "the log is on the database of this run"
    assert all(one.closed is None for one in tabs)
    assert not [frame for one in tabs for frame in one.frames if "no" in frame or "bye" in frame]


async def test_a_second_tab_is_the_same_person(meet: Meet) -> None:
    site = await meet()
    site.start()
    lea, phone, laptop = site.tab("lea"), site.tab("ann"), site.tab("ann")
    await lea.come()
    await lea.does("start")
    await phone.come()
    await phone.sees(lambda view: str(site.people["ann"]) in chairs(view))
    before = len(lea.frames)
    await laptop.come()
    await laptop.sees(lambda view: str(site.people["ann"]) in chairs(view))
    await phone.does("set-hand", raised=True)  # the numbers of two tabs are their own
    await laptop.does("set-hand", raised=False)
    await lea.until(lambda: lea.frame["v"] >= laptop.frame["v"])
    assert not any("away" in chair for chair in lea.view["circle"])
    await phone.go()
    await laptop.does("set-hand", raised=True)
    away = [chair.get("away") for frame in lea.frames[before:] if "view" in frame for chair in frame["view"]["circle"]]
    assert set(away) == {None}, "with one tab left nobody is away"
    await laptop.go()
    await lea.sees(lambda view: [chair.get("away") for chair in view["circle"]] == [None, "reconnecting"])


async def test_the_oldest_of_six_tabs_gives_way(meet: Meet) -> None:
    site = await meet()
    site.start()
    tabs = [site.tab("bob") for _ in range(6)]
    for one in tabs:
        await one.come()
        await one.sees(lambda view: view["audience"] == "door")
    await tabs[0].until(lambda: tabs[0].closed is not None)
    assert tabs[0].frames[-1] == {"bye": "elsewhere"}
    assert [one.closed for one in tabs[1:]] == [None] * 5


async def test_the_big_screen_sees_chairs_and_may_ask_nothing(meet: Meet) -> None:
    site = await meet()
    site.start()
    lea, screen = site.tab("lea"), site.tab("screen")
    await lea.come()
    await screen.come()
    await lea.does("start")
    await screen.sees(lambda view: view["status"] == "running")
    assert screen.frames[0] == {"you": None, "captions": False}
    assert screen.view["audience"] == "screen"
    assert await screen.ask("end", entry=1) == {"no": 1, "code": "not-yours"}
    for entry in (1, 2):
        await lea.does("end", entry=entry)
    await screen.until(lambda: screen.closed is not None)
    assert screen.frames[-1] == {"bye": "closed"}


async def test_the_first_frames_are_you_and_the_whole_view(meet: Meet) -> None:
    site = await meet()
    site.start()
    lea = await site.tab("lea").come()
    await lea.sees(lambda view: view["leaders"]["waiting"])
    assert lea.frames[0] == {"you": str(site.people["lea"]), "captions": False}
    assert lea.frame.keys() == {"view", "names", "v", "now"}
    assert lea.view["audience"] == "leaders"
    assert lea.frame["names"] == {
        str(site.people[name]): name.capitalize() for name in ("lea", "cora", "ann", "bob")
    } | {str(site.people["member-3"]): "member-3"}
    assert set(lea.view["leaders"]["not_presented"]) == {str(site.people[name]) for name in ("ann", "bob", "member-3")}
    assert set(lea.view["leaders"]["roster"]) == {str(person) for person in site.people.values()}


async def test_a_called_off_meeting_has_no_room(meet: Meet) -> None:
    site = await meet()
    await in_thread(call_off, site)
    site.start()
    lea = await site.tab("lea").come()
    await lea.until(lambda: lea.closed is not None)
    assert lea.frames[-1] == {"bye": "closed"}


async def test_who_left_the_group_is_gone(meet: Meet) -> None:
    site = await meet()
    await in_thread(leave, site, "bob")
    site.start()
    bob = await site.tab("bob").come()
    await bob.until(lambda: bob.closed is not None)
    assert bob.frames[-1] == {"bye": "gone"}


async def test_who_joined_the_group_meanwhile_is_known(meet: Meet) -> None:
    site = await meet()
    site.start()
    lea = await site.tab("lea").come()
    await lea.sees(lambda view: True)
    await in_thread(join, site, "dana")
    dana = await site.tab("dana").come()
    await dana.sees(lambda view: view["audience"] == "door")
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 2)
    assert lea.frame["names"][str(site.people["dana"])] == "dana"


def call_off(site: Site) -> None:
    from openbalint.meetings.models import Meeting

    Meeting.objects.filter(pk=site.meeting).update(state=Meeting.State.CALLED_OFF)


def leave(site: Site, name: str) -> None:
    from openbalint.groups.models import Membership
    from tests.factories import NOW

    Membership.objects.filter(user=site.people[name]).update(left_at=NOW)


def join(site: Site, name: str) -> None:
    from tests.factories import NOW
    from tests.live.conftest import add_one

    add_one(site, name, NOW)
