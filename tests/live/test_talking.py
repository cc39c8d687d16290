"""Commands over a real socket: accepted means committed, refused changes nothing, bad frames never harm."""

import asyncio
import json
from typing import Any

from django.test import override_settings
import pytest
from websockets.exceptions import InvalidStatus

from openbalint.meetings.models import StoredEvent
from openbalint.meetings.queries.sessions import log_of
from openbalint.protocol.events import HandSet
from openbalint.protocol.session import fold
from tests.live.browsers import Tab, lead_to, phase_of
from tests.live.conftest import Meet, Site
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio


async def running(meet: Meet, **facts: Any) -> tuple[Site, Tab, Tab]:
    """A session that has started, with Lea and Ann."""
    site = await meet(**facts)
    site.start()
    lea, ann = await site.tab("lea").come(), await site.tab("ann").come()
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 2)
    await lea.does("start")
    await ann.sees(lambda view: view["status"] == "running")
    return site, lea, ann


async def test_an_accepted_command_is_in_the_log_before_it_is_acknowledged(meet: Meet) -> None:
    site, lea, ann = await running(meet)
    number = await ann.send("set-hand", raised=True)
    assert await ann.answer(number) == {"ok": number}
    log = await in_thread(log_of, site.meeting)
    assert [event.person for event in log.events if isinstance(event, HandSet)] == [str(ann.person)]
    assert (ann.name, number) in log.commands
    await lea.sees(lambda view: view.get("queue") == [str(ann.person)])


async def test_a_refusal_says_why_and_changes_nothing(meet: Meet) -> None:
    site, lea, ann = await running(meet)
    before = await in_thread(log_of, site.meeting)
    seen = len(lea.frames)
    assert await ann.ask("end", entry=1) == {"no": 1, "code": "not-yours"}
    assert await lea.ask("next", entry=99) == {"no": 2, "code": "stale"}
    assert await lea.ask("turn-cards", entry=1) == {"no": 3, "code": "not-now"}
    assert await in_thread(log_of, site.meeting) == before
    assert [frame for frame in lea.frames[seen:] if "view" in frame] == []


async def test_a_resend_is_no_second_deed_also_after_a_restart(meet: Meet) -> None:
    site, lea, ann = await running(meet)
    number = await ann.send("set-hand", raised=True)
    await ann.answer(number)
    before = len(ann.frames)
    await ann.resend(number, "set-hand", raised=True)
    assert await ann.answer(number, after=before) == {"ok": number}
    site.servers[-1].kill()
    await lea.until(lambda: lea.closed is not None)
    site.start()
    await asyncio.gather(lea.come_back(), ann.come_back())
    before = len(ann.frames)
    await ann.resend(number, "set-hand", raised=True)
    assert await ann.answer(number, after=before) == {"ok": number}
    log = await in_thread(log_of, site.meeting)
    assert len([event for event in log.events if isinstance(event, HandSet)]) == 1


async def test_views_rise_in_number_and_acknowledgements_come_in_order(meet: Meet) -> None:
    _, lea, ann = await running(meet)
    numbers = [await ann.send("set-hand", raised=bool(turn % 2)) for turn in range(1, 41)]
    await ann.answer(numbers[-1])
    await lea.until(lambda: lea.frame["v"] >= ann.frame["v"])
    for one in (lea, ann):
        versions = [frame["v"] for frame in one.frames if "view" in frame]
        assert versions == sorted(set(versions))
    assert [frame["ok"] for frame in ann.frames if "ok" in frame] == numbers


async def test_a_whole_session_runs_to_its_end_and_then_everybody_is_told(meet: Meet) -> None:
    site, lea, ann = await running(meet)
    await lead_to("closing", lea, ann)
    await ann.sees(lambda view: phase_of(view) == "closing")
    await lea.does("end", entry=lea.view["entry"])
    await lea.sees(lambda view: view["status"] == "lingering")
    await lea.does("end", entry=lea.view["entry"])
    await ann.until(lambda: ann.closed is not None)
    assert ann.frames[-1] == {"bye": "closed"}
    await lea.sees(lambda view: view["status"] == "closed")  # the leaders' view stays a while
    log = await in_thread(log_of, site.meeting)
    assert fold(log.events).status == "closed"
    session = await in_thread(lambda: StoredEvent.objects.filter(session_id=site.meeting).last().session)
    assert session.started_at is not None
    assert session.ended_at == log.events[-1].at


async def test_frames_that_cannot_be_read_are_answered_and_forgotten(meet: Meet) -> None:
    site, _, ann = await running(meet)
    before, seen = await in_thread(log_of, site.meeting), len(ann.frames)
    bad = [
        "not json",
        "[]",
        "{}",
        '{"n":1}',
        '{"n":0,"do":"leave"}',
        '{"n":"1","do":"leave"}',
        '{"n":1,"do":"connect","person":"x","seat":"leader"}',
        '{"n":1,"do":"tick"}',
        '{"n":1,"do":"leave","by":"somebody else"}',
        '{"n":1,"do":"start","script":{}}',
        '{"n":1,"do":"set-hand","raised":1}',
        '{"n":1,"do":"set-hand"}',
        "[" * 4000,
        '{"n":1,"do":' * 300,
        "\x00",
    ]
    for text in bad:
        await ann.say(text)
    await ann.does("set-hand", raised=True)
    assert [frame for frame in ann.frames[seen:] if "no" in frame] == [{"no": 0, "code": "bad-frame"}] * len(bad)
    after = await in_thread(log_of, site.meeting)
    assert len(after.events) == len(before.events) + 1


@pytest.mark.parametrize(
    ("sent", "code"), [(json.dumps({"hello": "x" * 5000}), 1009), (b"\x00\x01", 1003), ("y" * 4097, 1009)]
)
async def test_a_frame_that_is_too_large_or_binary_ends_the_connection(meet: Meet, sent: Any, code: int) -> None:
    _, lea, ann = await running(meet)
    await ann.say(sent)
    await ann.until(lambda: ann.closed is not None)
    assert ann.closed == code
    if code == 1009:
        assert ann.frames[-1] == {"no": 0, "code": "too-large"}
    await lea.sees(lambda view: any(chair.get("away") for chair in view["circle"]))


async def test_a_message_in_fragments_is_read_whole(meet: Meet) -> None:
    _, _, ann = await running(meet)
    assert ann.socket is not None
    await ann.socket.send(['{"n":1,"do":"set-', 'hand","raised"', ":true}"])
    assert await ann.answer(1) == {"ok": 1}


async def test_who_asks_too_fast_is_slowed_down_and_at_last_cut(meet: Meet) -> None:
    _, lea, ann = await running(meet)
    for _ in range(400):
        try:
            await ann.send("drop-voice")
        except OSError:
            break
    await ann.until(lambda: ann.closed is not None)
    assert ann.closed == 1008
    assert {"no": 100, "code": "too-fast"} in ann.frames
    await lea.does("set-lock", locked=True)  # nobody else noticed


async def test_a_foreign_page_is_refused(meet: Meet) -> None:
    site = await meet()
    server = site.start()
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{server.port + 1}"):
        with pytest.raises(InvalidStatus) as refused:
            await site.tab("lea").come(origin=origin)
        assert refused.value.response.status_code == 403
    lea = await site.tab("lea").come(origin=f"http://127.0.0.1:{server.port}")
    await lea.sees(lambda view: view["audience"] == "leaders")


async def test_a_ticket_is_needed_and_no_other_place_answers(meet: Meet) -> None:
    site = await meet()
    site.start()
    with override_settings(SECRET_KEY="of-another-deployment"), pytest.raises(InvalidStatus) as refused:
        await site.tab("lea").come()
    assert refused.value.response.status_code == 403
    elsewhere = Tab(lambda: site.newest() + "other", site.meeting, site.people["lea"])
    with pytest.raises(InvalidStatus) as refused:
        await elsewhere.come()
    assert refused.value.response.status_code == 404


async def test_nothing_but_hello_is_heard_first(meet: Meet) -> None:
    site = await meet()
    site.start()
    lea = await site.tab("lea").come(hello=False)
    await lea.say('{"n":1,"do":"start"}')
    await lea.say('{"hello":"short"}')
    await lea.until(lambda: len(lea.frames) == 2)
    assert lea.frames == [{"no": 0, "code": "bad-frame"}] * 2
    await lea.say(json.dumps({"hello": lea.name}))
    await lea.sees(lambda view: view["audience"] == "leaders")


async def test_captions_exist_in_the_demonstration_alone(meet: Meet) -> None:
    site, lea, ann = await running(meet)
    words = {"en": "I see her at the window.", "zh": "我看见她站在窗边。"}
    assert await ann.ask("caption", text=words) == {"no": 1, "code": "not-now"}
    site.servers[-1].kill()
    site.start(OPENBALINT_DEMO="1")
    await asyncio.gather(lea.come_back(), ann.come_back())
    await ann.does("caption", text=words)
    heard = {"caption": {"person": str(ann.person), "text": words}}
    await lea.until(lambda: heard in lea.frames)
    await lead_to("feelings", lea, ann)
    assert await ann.ask("caption", text=words) == {"no": ann.number, "code": "not-now"}  # who is back is silent
