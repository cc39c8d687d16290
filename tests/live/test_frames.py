"""Whatever a client sends: nothing raises, nothing that is refused changes the session, no word reaches a log."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
import json
import logging
import random
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings, strategies as st
import pytest

from openbalint.live import wire
from openbalint.live.clients import Client, nowhere
from openbalint.live.journal import Journal
from openbalint.live.room import OwnedRoom
from openbalint.live.socket import LiveProtocol
from openbalint.meetings.actions.sessions import Row
from openbalint.meetings.queries.sessions import Arrangement, KnownPerson, Loaded
from openbalint.protocol.commands import FigureCode, Seat
from openbalint.protocol.session import FRESH
from openbalint.protocol.shipped import SHIPPED

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
PEOPLE = {"lea": Seat.LEADER, "cora": Seat.CO_LEADER, "ann": Seat.MEMBER, "bob": Seat.MEMBER}


class House:
    """The rooms of a process without a database: rows are kept in a list."""

    demo = False

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.journal = Journal(self.rows.extend)
        self.chance = random.Random(3)

    def now(self) -> datetime:
        return NOW

    def forget(self, room: OwnedRoom) -> None:
        raise AssertionError("nothing fails here")

    def look_up(self, room: OwnedRoom, then: Callable[[bool], None]) -> None:
        then(True)

    def sound_of(self, loaded: Loaded, changed: Callable[[], None]) -> None:
        """There is no media server."""

    async def land(self) -> None:
        """Until everything is committed and shown."""
        while self.journal.busy:
            await asyncio.sleep(0)


class Listener(Client):
    """A client that writes down what it is sent."""

    def __init__(self, meeting: UUID, person: str | None) -> None:
        super().__init__()
        self.meeting, self.person, self.tab = meeting, person, f"tab-of-{person}-000000000"
        self.heard: list[dict[str, Any]] = []
        self.write = lambda frame: self.heard.append(json.loads(frame[frame.index(b"{") :]))

    def finish(self, word: str) -> None:
        self.heard.append({"bye": word})
        self.write = nowhere


async def started(house: House | None = None, *, begin: bool = True) -> tuple[Any, OwnedRoom, dict[str, Listener]]:
    """A session in its opening (or, without ``begin``, its waiting room), with everybody there."""
    house, meeting = house or House(), uuid4()
    people = {name: KnownPerson(name.capitalize(), seat, FigureCode.DOCTOR) for name, seat in PEOPLE.items()}
    arranged = Arrangement(NOW, SHIPPED["balint-60"], people, frozenset({"ann", "bob"}))
    room = OwnedRoom(house, Loaded(meeting, FRESH, frozenset(), arranged))
    room.begin(None)
    clients = {name: Listener(meeting, name) for name in people}
    for client in clients.values():
        room.connect(client)
    if begin:
        room.receive(clients["lea"], b'{"n":1,"do":"start"}')
    await house.land()
    return house, room, clients


# ── frames that look like commands, with one thing or everything wrong ────────────────────────────────────────────────

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
fields = sorted({field.name for kind in wire.COMMANDS.values() for field in wire.client_fields(kind)})
values = (
    st.sampled_from([*PEOPLE, "mother", "pushed", "calm", "pause", "case", "opening", True, False, 0, 1, 2, 3, None])
    | st.integers(-3, 70)
    | anything
)
commands = st.builds(
    lambda number, do, given: {"n": number, "do": do, **given},
    st.integers(1, 10**6) | anything,
    st.sampled_from([*wire.COMMANDS, "caption", "connect", "tick", "adopt"]) | st.text(max_size=10),
    st.dictionaries(st.sampled_from([*fields, "by", "script"]) | st.text(max_size=5), values, max_size=5),
)


def fitting(draw_from: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Commands with exactly the fields that they have, of any value: the ones that come furthest."""

    def build(do: str) -> st.SearchStrategy[dict[str, Any]]:
        names = [field.name for field in wire.client_fields(wire.COMMANDS[do])]
        given_fields = {"n": st.integers(1, 10**6), "do": st.just(do), "entry": st.sampled_from([1, 1, 2])}
        return st.fixed_dictionaries({name: given_fields.get(name, values) for name in ("n", "do", *names)})

    return st.sampled_from(draw_from).flatmap(build)


payloads = (
    st.binary(max_size=60)
    | st.text(max_size=60).map(str.encode)
    | anything.map(lambda value: json.dumps(value).encode())
    | commands.map(lambda value: json.dumps(value).encode())
    | fitting(sorted(wire.COMMANDS)).map(lambda value: json.dumps(value).encode())
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(PEOPLE)), payloads), min_size=20, max_size=20))
def test_ten_thousand_frames_never_raise_and_refusals_change_nothing(frames: list[tuple[str, bytes]]) -> None:
    async def run() -> None:
        house, room, clients = await started()
        for name, payload in frames:
            client = clients[name]
            await house.land()
            state, heard, rows = room._state, len(client.heard), len(house.rows)
            room.receive(client, payload)
            refused = [frame for frame in client.heard[heard:] if "no" in frame]
            assert all(frame["code"] != "unavailable" for frame in refused), "a mistake of ours"
            if refused:
                assert room._state is state
                await house.land()
                assert len(house.rows) == rows
        await house.land()
        assert [row.seq for row in house.rows] == list(range(1, len(house.rows) + 1))
        assert not room.dead
        room.close()

    asyncio.run(run())


class Wire(asyncio.Transport):
    """The other side of a socket, in memory."""

    def __init__(self, sockname: tuple[str, int] = ("127.0.0.1", 1)) -> None:
        super().__init__({"sockname": sockname, "socket": self})
        self.sent, self.closing = b"", False

    def setsockopt(self, *_: Any) -> None:
        """As a socket has it."""

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """As a transport has it."""

    def write(self, data: Any) -> None:
        self.sent += bytes(data)

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.closing = True

    def abort(self) -> None:
        self.closing = True

    def is_closing(self) -> bool:
        return self.closing


@settings(max_examples=500, deadline=None)
@given(st.lists(st.binary(max_size=40) | st.just(b"GET /ws/ HTTP/1.1\r\n\r\n"), max_size=10))
def test_bytes_that_are_no_handshake_never_raise(chunks: list[bytes]) -> None:
    async def run() -> None:
        socket, transport = LiveProtocol(), Wire()
        socket.connection_made(transport)
        for chunk in chunks:
            socket.data_received(chunk)
        socket.eof_received()
        socket.connection_lost(None)
        assert b" 101 " not in transport.sent

    asyncio.run(run())


class FailingHouse(House):
    """A house whose clock can fail."""

    fails = False

    def now(self) -> datetime:
        if self.fails:
            raise KeyError("canary: what somebody typed")
        return super().now()


async def _our_mistake() -> tuple[OwnedRoom, Listener]:
    house, room, clients = await started(FailingHouse())
    house.fails = True
    room.receive(clients["lea"], b'{"n":2,"do":"write-line","text":"canary"}')
    house.fails = False
    await house.land()
    room.receive(clients["lea"], b'{"n":3,"do":"set-lock","locked":true}')
    await house.land()
    return room, clients["lea"]


@pytest.mark.asyncio
async def test_a_mistake_of_ours_is_told_without_a_word_and_the_room_lives_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    room, lea = await _our_mistake()
    assert {"no": 2, "code": "unavailable"} in lea.heard
    assert {"ok": 3} in lea.heard
    assert "KeyError" in caplog.text
    assert "canary" not in caplog.text
    room.close()


@pytest.mark.asyncio
async def test_the_hidden_is_in_no_bytes_of_other_audiences() -> None:
    house, room, clients = await started()
    screen, eve = Listener(room.meeting, None), Listener(room.meeting, "eve")
    arranged, observer = room._known.arranged, KnownPerson("Eve the observer", Seat.OBSERVER, FigureCode.NURSE)
    room.know(replace(arranged, people={**arranged.people, "eve": observer}))
    room.connect(screen)
    room.connect(eve)
    for name, number, rest in (
        ("lea", 2, {"do": "write-line", "text": "between leaders"}),
        ("bob", 2, {"do": "need-to-stop"}),
        ("lea", 3, {"do": "set-offer", "person": "lea", "offered": False}),
    ):
        room.receive(clients[name], json.dumps({"n": number, **rest}).encode())
    await house.land()
    text = {name: json.dumps([frame for frame in one.heard if "view" in frame]) for name, one in clients.items()}
    assert "between leaders" in text["lea"]
    assert '"stops": [{"person": "bob"}]' in text["cora"]
    for name in ("ann", "bob"):
        assert "between leaders" not in text[name]
        assert "stops" not in text[name]
        assert "Eve the observer" not in text[name]
        assert "leaders" not in clients[name].heard[-1].get("view", {})
    assert "Eve the observer" in text["lea"]
    door = [frame for frame in eve.heard if "view" in frame]
    assert door
    assert all(frame["names"] == {} for frame in door)
    assert not any(person in json.dumps(door) for person in PEOPLE)
    assert "between leaders" not in json.dumps(screen.heard)
    room.close()


@pytest.mark.asyncio
async def test_who_would_see_nothing_new_is_sent_nothing() -> None:
    house, room, clients = await started()
    heard = {name: len(one.heard) for name, one in clients.items()}
    room.receive(clients["bob"], b'{"n":2,"do":"need-to-stop"}')
    await house.land()
    assert clients["ann"].heard[heard["ann"] :] == []
    assert clients["bob"].heard[heard["bob"] :] == [{"ok": 2}]
    assert "view" in clients["lea"].heard[-1]
    room.close()


@pytest.mark.asyncio
async def test_who_leaves_hears_that_it_is_so_before_the_goodbye() -> None:
    house, room, clients = await started()
    heard = len(clients["bob"].heard)
    room.receive(clients["bob"], b'{"n":2,"do":"set-hand","raised":true}')
    room.receive(clients["bob"], b'{"n":3,"do":"leave"}')
    await house.land()
    assert clients["bob"].heard[heard:] == [{"ok": 2}, {"ok": 3}, {"bye": "gone"}]
    room.close()
