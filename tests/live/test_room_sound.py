"""The sound of a room: which rooms there shall be and who is in them, from the state of the session alone."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from openbalint.live import wire
from openbalint.live.sound import RoomSound, circle_of, meeting_of
from openbalint.media.memory import Memory
from openbalint.protocol import commands as c
from openbalint.protocol.scripts import PhaseKind
from tests.media.devices import until
from tests.protocol.stage import Stage, ann, bob, cora, lea

pytestmark = pytest.mark.asyncio
MEETING = UUID("6c3b1a52-6f0d-4c39-9d53-6a0c6a3e8a11")


def sound_of(server: Memory, *, encrypted: bool = False) -> RoomSound:
    return RoomSound(MEETING, server, encrypted=encrypted, changed=lambda: None)


async def passed(sound: RoomSound, who: str) -> dict[str, Any]:
    """A pass that is given."""
    found = await sound.pass_for(who)
    assert isinstance(found, dict)
    return found


async def test_the_name_of_a_room_leads_to_its_meeting_and_cannot_be_guessed(settings) -> None:
    name = circle_of(MEETING)
    assert meeting_of(name) == MEETING
    assert meeting_of("somebody-elses-room") is None
    assert len(name.partition("-")[2]) == 32
    settings.SECRET_KEY = "another key of another site, which knows other names"
    assert circle_of(MEETING) != name


async def test_there_is_no_room_before_the_start_and_none_after_the_end() -> None:
    server, stage = Memory(), Stage()
    sound = sound_of(server)
    sound.follow(stage.room)
    assert (await sound.pass_for(lea), server.rooms) == ("waiting", {})
    sound.follow(stage.start().room)
    assert (await passed(sound, lea))["room"] == "circle"
    assert await sound.pass_for("eve") == "waiting"
    for _ in range(2):
        stage.do(c.End(lea, stage.entry))
    sound.follow(stage.room)
    assert await sound.pass_for(lea) == "closed"
    await until(lambda: server.rooms == {})


async def test_who_has_gone_or_is_lost_is_not_in_the_room_any_more() -> None:
    server, stage = Memory(), Stage().to(PhaseKind.DISCUSSION)
    sound = sound_of(server)
    sound.follow(stage.room)
    for who in (ann, bob, cora):
        server.join((await passed(sound, who))["token"])
    stage.do(c.Leave(bob))
    stage.lose(cora)
    sound.follow(stage.room)
    await until(lambda: set(server.rooms[circle_of(MEETING)].people) == {ann})
    sound.stop()


async def test_who_goes_aside_has_another_room_each_time() -> None:
    server, stage = Memory(), Stage().to(PhaseKind.DISCUSSION)
    sound = sound_of(server)
    names: set[str] = set()
    for _ in range(2):
        stage.do(c.NeedToStop(bob))
        stage.do(c.AnswerStop(lea, bob, c.StopAnswer.ASIDE, stage.entry))
        sound.follow(stage.room)
        assert {(await passed(sound, who))["room"] for who in (bob, cora)} == {"aside"}
        assert (await passed(sound, lea))["room"] == "circle"
        names |= server.rooms.keys()
        stage.do(c.Resume(lea, stage.entry))
        sound.follow(stage.room)
        assert (await passed(sound, bob))["room"] == "circle"
        await until(lambda: set(server.rooms) == {circle_of(MEETING)})
    assert len(names) == 3
    sound.stop()


async def test_a_report_that_comes_twice_makes_nobody_look_twice() -> None:
    server, stage = Memory(), Stage().start()
    sound = sound_of(server)
    sound.follow(stage.room)
    await sound.pass_for(lea)
    number = str(uuid4())
    before = server.calls.count("people")
    sound.hear(number)
    await until(lambda: server.calls.count("people") == before + 1)
    for _ in range(5):
        sound.hear(number)
    await until(lambda: server.calls.count("people") == before + 1)
    sound.stop()


async def test_the_key_of_an_encrypted_meeting_is_the_same_for_all_and_made_anew_by_another_owner() -> None:
    server, stage = Memory(), Stage().start()
    first = sound_of(server, encrypted=True)
    first.follow(stage.room)
    keys = {(await passed(first, who))["key"] for who in (lea, bob)}
    made = server.rooms[circle_of(MEETING)].made
    first.stop()
    second = sound_of(server, encrypted=True)
    second.follow(stage.room)
    assert (await passed(second, lea))["key"] not in keys
    assert len(keys) == 1
    assert server.rooms[circle_of(MEETING)].made > made
    second.stop()


async def test_everybody_comes_anew_to_a_room_that_was_made_anew_and_not_to_the_first() -> None:
    stage = Stage().start()
    sound = sound_of(Memory())
    sound.follow(stage.room)
    begun = int(stage.session.started_at.timestamp() * 1000)
    assert [sound._entry(made) for made in (0, begun + 400, begun + 90_000)] == [0, 0, begun + 90_000]
    sound.stop()


async def test_leaders_are_told_that_the_media_server_is_away() -> None:
    server, stage = Memory(), Stage().start()
    sound = sound_of(server)
    server.away = True
    sound.follow(stage.room)
    assert await sound.pass_for(lea) == "away"
    assert sound.facts() == wire.Sound(wire.SoundState.AWAY, 0)
    sound.stop()
