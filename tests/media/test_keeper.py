"""The media server is made equal to the wish, again and again: whatever is lost, doubled, late, refused or falsely named."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from openbalint.media import keeper as keeping
from openbalint.media.keeper import Keeper, Standing, Wished
from openbalint.media.memory import Memory
from openbalint.media.permissions import ASIDE, Permission, Source
from openbalint.media.port import NotThereError, Track
from tests.media.devices import until

pytestmark = pytest.mark.asyncio
LISTENS = Permission(can_subscribe=True)
CAMERA_ONLY = Permission(True, True, (Source.CAMERA,))
MICROPHONE = Track("one", audio=True, source=Source.MICROPHONE)
FALSE_PICTURE = Track("two", audio=True, source=Source.CAMERA)


class Table:
    """A keeper, its media server, and what it told."""

    def __init__(self) -> None:
        self.server = Memory()
        self.told: list[Standing] = []
        self.keeper = Keeper(self.server, changed=lambda: self.told.append(self.keeper.standing))

    def wish(self, **people: Permission) -> None:
        self.keeper.wish({"circle": Wished(15, people)})

    def join(self, who: str, permission: Permission) -> None:
        self.server.join(self.server.token("circle", who, permission))

    def has(self, who: str) -> Permission | None:
        there = self.server.rooms.get("circle")
        return there.people[who].permission if there and who in there.people else None

    async def settled(self, **people: Permission) -> None:
        await until(lambda: all(self.has(who) == wanted for who, wanted in people.items()))


@pytest_asyncio.fixture
async def table(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Table]:
    """With little time between two looks."""
    monkeypatch.setattr(keeping, "EVERY", 0.05)
    made = Table()
    yield made
    made.keeper.stop()


async def seated(table: Table, **people: Permission) -> None:
    table.wish(**people)
    assert await table.keeper.ready("circle")
    for who, permission in people.items():
        table.join(who, permission)
    table.keeper.look()


async def test_a_wish_is_done_at_once_and_whole(table: Table) -> None:
    await seated(table, ann=ASIDE, bob=ASIDE)
    table.server.publish("circle", "ann", MICROPHONE)
    table.wish(ann=CAMERA_ONLY, bob=ASIDE)
    await table.settled(ann=CAMERA_ONLY, bob=ASIDE)
    assert table.server.rooms["circle"].people["ann"].tracks == ()
    assert table.keeper.standing == Standing(made=1)


async def test_what_is_taken_away_comes_before_what_is_given(table: Table) -> None:
    await seated(table, bob=CAMERA_ONLY, ann=ASIDE, olga=CAMERA_ONLY)
    await until(lambda: "people" in table.server.calls)
    table.wish(bob=ASIDE, ann=CAMERA_ONLY, olga=ASIDE)
    await table.settled(bob=ASIDE, ann=CAMERA_ONLY, olga=ASIDE)
    assert (table.server.changed[0], sorted(table.server.changed)) == ("ann", ["ann", "bob", "olga"])


async def test_what_is_equal_is_left_alone(table: Table) -> None:
    await seated(table, ann=ASIDE, bob=LISTENS)
    table.keeper.look()
    table.keeper.look()
    await asyncio.sleep(0.3)
    assert "allow" not in table.server.calls


async def test_who_comes_with_an_old_token_is_set_right_without_any_report(table: Table) -> None:
    await seated(table, ann=CAMERA_ONLY)
    table.join("ann", ASIDE)  # a reload with the token of an earlier phase
    await table.settled(ann=CAMERA_ONLY)


async def test_who_is_not_wished_for_is_put_out_and_so_again(table: Table) -> None:
    await seated(table, ann=ASIDE, bob=ASIDE)
    table.wish(ann=ASIDE)
    await until(lambda: table.has("bob") is None)
    table.join("bob", ASIDE)
    await until(lambda: table.has("bob") is None)


async def test_who_reconnects_just_now_is_tried_again(table: Table) -> None:
    await seated(table, ann=ASIDE)
    await until(lambda: "people" in table.server.calls)
    table.server.unsteady["ann"] = 5
    table.wish(ann=LISTENS)
    await until(lambda: table.keeper.standing.differs == {"ann"})
    await table.settled(ann=LISTENS)
    await until(lambda: not table.keeper.standing.differs)


async def test_sound_that_says_it_is_a_picture_is_taken_away_and_told_until_the_rights_change(table: Table) -> None:
    await seated(table, ann=CAMERA_ONLY, bob=ASIDE)
    table.server.publish("circle", "ann", FALSE_PICTURE)
    table.keeper.look()
    await table.settled(ann=LISTENS, bob=ASIDE)
    assert table.server.rooms["circle"].people["ann"].tracks == ()
    await until(lambda: table.keeper.standing.differs == {"ann"})
    with pytest.raises(PermissionError):
        table.server.publish("circle", "ann", FALSE_PICTURE)
    table.wish(ann=ASIDE, bob=ASIDE)
    await table.settled(ann=ASIDE)
    await until(lambda: not table.keeper.standing.differs)


async def test_a_media_server_that_is_away_is_told_and_heals_by_itself(table: Table) -> None:
    await seated(table, ann=ASIDE)
    table.server.away = True
    table.wish(ann=LISTENS)
    await until(lambda: table.keeper.standing.away)
    assert not await table.keeper.ready("circle")
    table.server.away = False
    await table.settled(ann=LISTENS)
    await until(lambda: table.keeper.standing == Standing(made=1))
    assert await table.keeper.ready("circle")


async def test_after_a_restart_the_room_is_made_anew_and_everybody_is_told(table: Table) -> None:
    await seated(table, ann=ASIDE)
    await until(lambda: table.keeper.standing.made == 1)
    table.server.restart()
    await until(lambda: table.keeper.standing.made == 2)
    assert table.told[-1] == Standing(made=2)


async def test_the_side_room_tells_nobody_in_the_circle_to_come_anew(table: Table) -> None:
    await seated(table, ann=ASIDE, cora=ASIDE, bob=ASIDE)
    await until(lambda: table.keeper.standing.made == 1)
    table.keeper.wish({"circle": Wished(15, {"bob": ASIDE}), "aside": Wished(3, {"ann": ASIDE, "cora": ASIDE})})
    assert await table.keeper.ready("aside")
    await until(lambda: set(table.server.rooms["circle"].people) == {"bob"})
    assert table.keeper.standing.made == 1
    table.keeper.wish({"circle": Wished(15, {"bob": ASIDE, "ann": ASIDE, "cora": ASIDE})})
    await until(lambda: "aside" not in table.server.rooms)


async def test_when_nothing_is_wished_the_room_is_ended_also_if_that_fails_at_first(table: Table) -> None:
    await seated(table, ann=ASIDE)
    table.server.away = True
    table.keeper.wish({})
    await until(lambda: table.keeper.standing.away)
    table.server.away = False
    await until(lambda: table.server.rooms == {})


async def test_a_room_that_is_being_recorded_is_ended(table: Table) -> None:
    await seated(table, ann=ASIDE)
    table.server.recording = True
    await until(lambda: table.server.rooms == {})
    assert table.keeper.standing.away


async def test_a_room_is_full_for_whoever_is_too_many(table: Table) -> None:
    table.keeper.wish({"aside": Wished(1, {"ann": ASIDE, "eve": ASIDE})})
    assert await table.keeper.ready("aside")
    table.server.join(table.server.token("aside", "ann", ASIDE))
    with pytest.raises(NotThereError):
        table.server.join(table.server.token("aside", "eve", ASIDE))
