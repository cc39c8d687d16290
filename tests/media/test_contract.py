"""What a media server does for us: the same on the fake and on a real LiveKit."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import jwt
import pytest
import pytest_asyncio

from openbalint.media.livekit import LiveKit
from openbalint.media.memory import Memory
from openbalint.media.permissions import ASIDE, Permission, Source
from openbalint.media.port import MediaServer, NotThereError, Present, Track
from openbalint.media.process import Running
from tests.media.devices import Device, until

pytestmark = pytest.mark.asyncio
CAMERA_ONLY = Permission(True, True, (Source.CAMERA,))


@pytest.fixture
def room() -> str:
    return f"room-{uuid4()}"


class People:
    """Who comes in by a token: to the fake by its own words, to LiveKit as devices."""

    def __init__(self, server: MediaServer, running: Running | None) -> None:
        self.server, self.running = server, running
        self.devices: dict[str, Device] = {}

    async def join(self, room: str, who: str, permission: Permission) -> None:
        token = self.server.token(room, who, permission)
        if isinstance(self.server, Memory):
            self.server.join(token)
            return
        self.devices[who] = await Device().come(self.running.browser_url, token)
        await self.seen(room, who, lambda present: present.permission == permission)

    async def publish(self, room: str, who: str, source: Source) -> None:
        if isinstance(self.server, Memory):
            self.server.publish(room, who, Track(str(uuid4()), audio=True, source=source))
            return
        await self.devices[who].speak(SOURCES[source])

    async def seen(self, room: str, who: str, true: Any = bool) -> Present:
        found: Present | None = None
        async with asyncio.timeout(10):
            while found is None or not true(found):
                found = (await self.server.people(room)).get(who)
                await asyncio.sleep(0.01)
        return found

    async def go(self) -> None:
        for device in self.devices.values():
            await device.go()


SOURCES = {Source.CAMERA: 1, Source.MICROPHONE: 2}  # by their numbers in livekit.rtc


@pytest_asyncio.fixture
async def people(server: MediaServer, request: pytest.FixtureRequest):
    made = People(server, request.getfixturevalue("livekit_server") if isinstance(server, LiveKit) else None)
    yield made
    await made.go()


async def test_a_room_is_made_once(server: MediaServer, room: str) -> None:
    made = await server.open_room(room, seats=3)
    assert made > 0
    assert await server.open_room(room, seats=3) == made
    assert dict(await server.people(room)) == {}


async def test_a_room_that_is_not_there_has_nobody_and_nothing_to_close(server: MediaServer, room: str) -> None:
    assert dict(await server.people(room)) == {}
    await server.remove(room, "ann")
    await server.close_room(room)
    with pytest.raises(NotThereError):
        await server.allow(room, "ann", ASIDE)


async def test_who_joins_has_the_permission_of_the_token(server: MediaServer, room: str, people: People) -> None:
    await server.open_room(room, seats=3)
    await people.join(room, "ann", CAMERA_ONLY)
    assert dict(await server.people(room)) == {"ann": Present(CAMERA_ONLY)}


async def test_a_permission_is_replaced_whole_and_takes_away_what_it_no_longer_allows(
    server: MediaServer, room: str, people: People
) -> None:
    await server.open_room(room, seats=3)
    await people.join(room, "ann", ASIDE)
    await people.publish(room, "ann", Source.MICROPHONE)
    await people.seen(room, "ann", lambda present: present.tracks)
    for wanted in (CAMERA_ONLY, Permission(True), ASIDE):
        await server.allow(room, "ann", wanted)
        assert (await server.people(room))["ann"] == Present(wanted)


async def test_sound_that_says_it_is_a_picture_passes_the_permission_and_is_told_as_a_lie(
    server: MediaServer, room: str, people: People
) -> None:
    await server.open_room(room, seats=3)
    await people.join(room, "ann", CAMERA_ONLY)
    await people.publish(room, "ann", Source.CAMERA)
    found = await people.seen(room, "ann", lambda present: present.tracks)
    assert [(track.audio, track.source, track.lies) for track in found.tracks] == [(True, Source.CAMERA, True)]
    await server.allow(room, "ann", CAMERA_ONLY.silent)
    assert (await server.people(room))["ann"].tracks == ()


async def test_who_is_removed_is_out(server: MediaServer, room: str, people: People) -> None:
    await server.open_room(room, seats=3)
    await people.join(room, "ann", ASIDE)
    await server.remove(room, "ann")
    assert dict(await server.people(room)) == {}


async def test_a_closed_room_puts_everybody_out_and_lets_nobody_in(
    server: MediaServer, room: str, people: People
) -> None:
    made = await server.open_room(room, seats=3)
    await people.join(room, "ann", ASIDE)
    await server.close_room(room)
    assert dict(await server.people(room)) == {}
    if isinstance(server, Memory):
        with pytest.raises(NotThereError):
            await people.join(room, "bob", ASIDE)
    else:
        await until(people.devices["ann"].gone.is_set)
    assert await server.open_room(room, seats=3) > made


async def test_nothing_is_recorded(server: MediaServer) -> None:
    assert await server.records() is False


async def test_what_is_not_signed_is_no_report(server: MediaServer) -> None:
    assert server.read_report(json.dumps(["EV_1", "participant_joined", "room"]).encode(), "forged") is None


async def test_a_token_joins_one_room_for_minutes_and_can_do_nothing_else(
    livekit: LiveKit, livekit_server: Running
) -> None:
    for given in (ASIDE, CAMERA_ONLY, Permission(True)):
        claims = jwt.decode(
            livekit.token("room", "ann", given),
            livekit_server.secret,
            algorithms=["HS256"],
            options={"verify_aud": False},
        )
        assert claims["exp"] - claims["nbf"] == 300
        sources = {"canPublishSources": [str(source) for source in given.can_publish_sources]}
        assert claims["video"] == {
            "roomJoin": True,
            "room": "room",
            "canPublish": given.can_publish,
            "canSubscribe": True,
            "canPublishData": False,
            **(sources if given.can_publish else {}),
        }
        assert (claims["sub"], set(claims)) == ("ann", {"sub", "iss", "nbf", "exp", "video"})
