"""A database that does not answer for a moment shows nobody out for good, and begins nothing by an old script."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError
import pytest

from openbalint.live.known import LookAgain
from openbalint.live.rooms import Rooms
from openbalint.meetings.queries import sessions as queries
from openbalint.protocol.session import Status
from openbalint.protocol.shipped import SHIPPED
from tests.live.conftest import Meet, Site, add_one
from tests.live.test_arranging import Office, waiting
from tests.live.test_frames import Listener, started
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio
PATIENCE = 10.0  # seconds


# ── of a room ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_is_new_is_told_to_come_back_and_is_let_in_then() -> None:
    house = Office()
    _, room, _ = await started(house)
    mei = Listener(room.meeting, "mei")
    house.answers = False
    room.connect(mei)
    await house.land()
    assert mei.heard == [{"bye": "again"}]
    room.disconnect(mei)

    people = room._known.arranged.people
    house.answers = True
    house.now_is(people={**people, "mei": people["ann"]})
    again = Listener(room.meeting, "mei")
    room.connect(again)
    await house.land()
    assert again.heard[-1]["view"]["audience"] == "circle"
    room.close()


async def test_who_has_come_in_by_another_tab_meanwhile_stays() -> None:
    house = Office()
    _, room, _ = await started(house)
    first, second = Listener(room.meeting, "mei"), Listener(room.meeting, "mei")
    house.asked = []
    room.connect(first)
    room.connect(second)
    people = room._known.arranged.people
    house.now_is(people={**people, "mei": people["ann"]})
    house.answer(house.asked.pop())
    house.answers = False
    house.answer(house.asked.pop())
    await house.land()
    assert [one.heard[-1]["view"]["audience"] for one in (first, second)] == ["circle", "circle"]
    room.close()


async def test_nobody_begins_by_a_script_that_may_be_an_old_one() -> None:
    house, room, clients = await waiting()
    house.now_is(script=SHIPPED["supervision-4"])
    house.answers = False
    room.receive(clients["lea"], b'{"n":1,"do":"start"}')
    await house.land()
    assert clients["lea"].heard[-1] == {"no": 1, "code": "unavailable"}
    assert room._state.session.status is Status.LOBBY

    house.answers = True
    room.receive(clients["lea"], b'{"n":1,"do":"start"}')
    await house.land()
    assert {"ok": 1} in clients["lea"].heard
    assert room._state.session.script == SHIPPED["supervision-4"]
    room.close()


async def test_a_start_that_was_accepted_is_not_taken_back_when_it_is_sent_again() -> None:
    house = Office()
    _, room, clients = await started(house)
    house.answers = False
    room.receive(clients["lea"], b'{"n":1,"do":"start"}')
    await house.land()
    assert clients["lea"].heard[-1] == {"ok": 1}
    room.close()


async def test_a_page_hears_that_the_room_could_not_read_what_it_changed() -> None:
    house = Office()
    _, room, _ = await started(house)
    answers: list[str | None] = []
    house.answers = False
    room.submit(LookAgain(), answers.append)
    await house.land()
    assert answers == ["unavailable"]
    room.close()


# ── of the rooms of a process, with the database ──────────────────────────────────────────────────────────────────────


async def hears(client: Listener, wanted: Callable[[dict[str, Any]], Any]) -> None:
    """Wait until the last that a client heard is what is wanted."""
    async with asyncio.timeout(PATIENCE):
        while not (client.heard and wanted(client.heard[-1])):
            await asyncio.sleep(0.01)


def says(word: str) -> Callable[[dict[str, Any]], bool]:
    return lambda frame: frame == {"bye": word}


def fails(error: Exception) -> Callable[..., Any]:
    def call(_: UUID) -> Any:
        raise error

    return call


async def comes(rooms: Rooms, site: Site, name: str) -> Listener:
    client = Listener(site.meeting, str(site.people[name]))
    rooms.open(client)
    return client


@pytest.mark.parametrize("error", [OperationalError("database is locked"), KeyError("canary: a name")])
async def test_a_newcomer_comes_in_after_the_hiccup(
    meet: Meet, rooms: Rooms, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    site = await meet()
    await hears(await comes(rooms, site, "lea"), lambda frame: "view" in frame)
    await in_thread(add_one, site, "mei", datetime.now(UTC))
    with monkeypatch.context() as hiccup:
        hiccup.setattr(queries, "arrangement_of", fails(error))
        await hears(await comes(rooms, site, "mei"), says("again"))
    assert type(error).__name__ in caplog.text
    assert "canary" not in caplog.text
    await hears(await comes(rooms, site, "mei"), lambda frame: frame.get("view", {}).get("audience") == "door")
