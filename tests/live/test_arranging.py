"""What the pages change about a meeting is so in its room: all of it in a waiting room, the call alone in a session."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from openbalint.groups.models import Group, Mode
from openbalint.live.known import LookAgain
from openbalint.live.room import OwnedRoom
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries.sessions import Loaded, log_of
from openbalint.protocol.commands import Seat
from openbalint.protocol.session import Status, fold
from openbalint.protocol.shipped import SHIPPED
from tests import factories
from tests.live.conftest import Meet, Server, Site
from tests.live.test_frames import NOW, PEOPLE, House, Listener, started
from tests.live.test_reseating import post
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio
Question = tuple[OwnedRoom, Callable[[bool], None]]
CALL, OTHER_CALL = "https://call.example/thursday", "https://call.example/other"


class Office(House):
    """Rooms that read what the pages say: what ``now_is`` was told last, or nothing while it does not answer."""

    answers = True

    def __init__(self) -> None:
        super().__init__()
        self.written: dict[str, Any] = {}
        self.forgotten: list[OwnedRoom] = []
        self.asked: list[Question] | None = None  # a list: questions wait there for `answer`

    def now_is(self, **written: Any) -> None:
        self.written |= written

    def look_up(self, room: OwnedRoom, then: Callable[[bool], None]) -> None:
        if self.asked is None:
            self.answer((room, then))
        else:
            self.asked.append((room, then))

    def answer(self, question: Question) -> None:
        room, then = question
        if self.answers:
            room.know(replace(room._known.arranged, **self.written))
        then(self.answers)

    def forget(self, room: OwnedRoom) -> None:
        self.forgotten.append(room)


async def told(house: Office, room: OwnedRoom, **written: Any) -> None:
    """A page changes something and says so, by the door of all that pages send."""
    answers: list[str | None] = []
    house.now_is(**written)
    room.submit(LookAgain(), answers.append)
    await house.land()
    assert answers == [None]


def views(client: Listener) -> list[dict[str, Any]]:
    return [frame["view"] for frame in client.heard if "view" in frame]


async def waiting() -> tuple[Office, OwnedRoom, dict[str, Listener]]:
    house = Office()
    _, room, clients = await started(house, begin=False)
    return house, room, clients


async def test_who_waits_is_told_another_time_and_another_call() -> None:
    house, room, clients = await waiting()
    ann, screen = clients["ann"], Listener(room.meeting, None)
    room.connect(screen)
    assert (views(ann)[-1]["begins"], views(ann)[-1].get("call")) == ("2026-11-26T10:30:00Z", None)
    await told(house, room, planned_at=NOW + timedelta(hours=1), call=CALL)
    assert (views(ann)[-1]["begins"], views(ann)[-1]["call"]) == ("2026-11-26T11:30:00Z", CALL)
    assert views(clients["lea"])[-1]["call"] == CALL
    assert "call" not in views(screen)[-1], "the wall has no use for it"
    await told(house, room, call="")
    assert "call" not in views(ann)[-1]
    room.close()


async def test_the_circle_opens_by_the_script_of_now_though_nobody_told_the_room() -> None:
    house, room, clients = await waiting()
    house.now_is(script=SHIPPED["supervision-4"])
    room.receive(clients["lea"], b'{"n":1,"do":"start"}')
    await house.land()
    assert {"ok": 1} in clients["lea"].heard
    assert room._state.session.script == SHIPPED["supervision-4"]
    room.close()


async def test_only_a_leaders_start_reads_the_pages_again() -> None:
    house, room, clients = await waiting()
    house.now_is(called_off=True)
    room.receive(clients["ann"], b'{"n":1,"do":"start"}')
    await house.land()
    assert clients["ann"].heard[-1] == {"no": 1, "code": "not-yours"}
    assert room._state.session.status is Status.LOBBY
    room.close()


async def test_where_a_meeting_is_called_off_its_waiting_room_closes_and_nobody_can_begin() -> None:
    house, room, clients = await waiting()
    screen = Listener(room.meeting, None)
    room.connect(screen)
    house.now_is(called_off=True)
    room.receive(clients["lea"], b'{"n":1,"do":"start"}')
    await house.land()
    assert [clients[name].heard[-1] for name in PEOPLE] == [{"bye": "closed"}] * 4
    assert screen.heard[-1] == {"bye": "closed"}
    assert (house.rows[-1].kind, room._state.session.started_at) == ("closed", None)
    room.close()


async def test_a_waiting_room_whose_meeting_was_called_off_meanwhile_is_closed_when_it_is_loaded() -> None:
    house, room, _ = await waiting()
    room.close()
    arranged = replace(room._known.arranged, called_off=True)
    again = OwnedRoom(house, Loaded(room.meeting, room._seen, frozenset(), arranged))
    again.begin(NOW)
    late = Listener(room.meeting, "ann")
    again.connect(late)
    await house.land()
    assert late.heard == [{"bye": "closed"}]
    assert [row.kind for row in house.rows].count("closed") == 1
    again.close()


async def test_what_has_begun_gets_another_call_and_goes_on_to_its_end() -> None:
    house = Office()
    _, room, clients = await started(house)
    changed = {"script": SHIPPED["supervision-4"], "planned_at": NOW + timedelta(hours=1), "mode": Mode.ONLINE}
    await told(house, room, call=CALL, called_off=True, **changed)
    session = room._state.session
    assert (session.status, session.script, session.planned_at) == (Status.RUNNING, SHIPPED["balint-60"], NOW)
    assert [views(one)[-1]["call"] for one in clients.values()] == [CALL] * 4
    room.receive(clients["lea"], b'{"n":2,"do":"next","entry":1}')
    await house.land()
    assert {"ok": 2} in clients["lea"].heard
    room.close()


async def test_who_has_another_seat_on_the_pages_has_it_in_the_session_and_who_left_the_group_has_none() -> None:
    house = Office()
    _, room, clients = await started(house)
    before = len(house.rows)
    people = room._known.arranged.people
    observes, left = replace(people["ann"], seat=Seat.OBSERVER), replace(people["bob"], seat=None)
    await told(house, room, people={**people, "ann": observes, "bob": left})
    assert {who: (one.seat, one.seated) for who, one in room._state.session.people.items()} == {
        "lea": (Seat.LEADER, True),
        "cora": (Seat.CO_LEADER, True),
        "ann": (Seat.OBSERVER, True),
        "bob": (Seat.MEMBER, False),
    }
    assert [row.kind for row in house.rows[before:]] == ["reseated", "sent-out", "left"]
    assert clients["bob"].heard[-1] == {"bye": "gone"}
    await told(house, room)
    assert len(house.rows) == before + 3, "nothing is another"
    room.close()


@pytest.mark.parametrize("written", [{"mode": Mode.ONLINE}, {"encrypted": True}])
async def test_who_waits_loads_the_page_again_where_people_meet_in_another_way(written: dict[str, Any]) -> None:
    house, room, clients = await waiting()
    await told(house, room, **written)
    assert [one.heard[-1] for one in clients.values()] == [{"bye": "anew"}] * 4
    assert house.forgotten == [room]


# ── by the pages themselves ───────────────────────────────────────────────────────────────────────────────────────────


def another_meeting(site: Site) -> None:
    now = datetime.now(UTC)
    site.meeting = factories.a_meeting(Group.objects.get(meetings=site.meeting), now=now).id


def form(at: datetime, script: str) -> dict[str, str]:
    there = at.astimezone(ZoneInfo(factories.ZONE))
    return {
        "day": there.date().isoformat(),
        "begins": f"{there:%H:%M}",
        "script": str(factories.a_script(script).pk),
        "mode": "online",
        "external_url": CALL,
    }


async def sends_ann_home(site: Site, pages: Server, path: str) -> None:
    """Ann waits in the meeting, and what Lea does on a page closes its waiting room."""
    ann = await site.tab("ann").come()
    await ann.sees(lambda view: view["audience"] == "door")
    assert await in_thread(post, site, pages, "lea", path, {"sure": "on"}) == 302
    await ann.until(lambda: ann.closed is not None)
    assert ann.frames[-1] == {"bye": "closed"}


async def test_moving_changing_calling_off_and_closing_reach_the_rooms_that_are_open(meet: Meet) -> None:
    site = await meet()
    pages = site.start("pages")
    meeting, group = site.meeting, await in_thread(lambda: Group.objects.get(meetings=site.meeting).pk)
    lea, ann = await site.tab("lea").come(), await site.tab("ann").come()
    await ann.sees(lambda view: view["audience"] == "door")
    at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=2)
    said = await in_thread(form, at, "balint-90")
    assert await in_thread(post, site, pages, "lea", f"/meetings/{meeting}/change/", said) == 302
    await ann.sees(lambda view: (view["begins"], view.get("call")) == (f"{at:%Y-%m-%dT%H:%M}:00Z", CALL))
    await lea.does("start")
    assert fold((await in_thread(log_of, meeting)).events).script == SHIPPED["balint-90"]

    said = {"external_url": OTHER_CALL}
    assert await in_thread(post, site, pages, "lea", f"/meetings/{meeting}/change/", said) == 302
    await ann.sees(lambda view: view.get("call") == OTHER_CALL)

    await in_thread(another_meeting, site)
    await sends_ann_home(site, pages, f"/meetings/{site.meeting}/call-off/")
    assert await in_thread(lambda: Meeting.objects.get(pk=site.meeting).session.ended_at) is not None

    await in_thread(another_meeting, site)
    await sends_ann_home(site, pages, f"/groups/{group}/close/")
    await lea.does("next", entry=1)
    await ann.sees(lambda view: view.get("now") == 1)
