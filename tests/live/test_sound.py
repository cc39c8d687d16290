"""Who may speak is heard, who may not is not: with a real media server and people who listen."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import suppress
import time
from typing import Any
import urllib.error
import urllib.request

from livekit import rtc
import pytest
import pytest_asyncio

from openbalint.live.sound import WITH_THE_START
from openbalint.meetings.models import Meeting
from tests.live.browsers import Tab, lead_to
from tests.live.conftest import Meet, Site
from tests.live.studio import Studio, seated, studio_of
from tests.live.threads import in_thread
from tests.media.devices import until

pytestmark = pytest.mark.asyncio
WITHIN = 1.0  # second from the phase change until nobody hears the presenter


@pytest_asyncio.fixture
async def studio(site: Site) -> AsyncIterator[Studio]:
    """A media server, and pages that know it."""
    async with studio_of(site) as studio:
        yield studio


async def circle(studio: Studio, meet: Meet, *names: str, **facts: Any) -> dict[str, Tab]:
    """People who sit, on a site with sound."""
    await meet(**facts)
    studio.serve()
    return await seated(studio.site, *(names or ("lea", "cora", "ann", "bob")))


def who(studio: Studio, name: str) -> str:
    return str(studio.site.people[name])


async def step_back(lea: Tab, ann: Tab) -> float:
    """Ann presents and is out of the circle; when that was."""
    await lead_to("facts", lea, ann)
    entry = lea.view["entry"]
    await lea.does("next", entry=entry)
    await lea.sees(lambda view: view.get("invited"))
    await lea.does("step-back-now", entry=entry)
    at = time.monotonic()
    await lea.sees(lambda view: view.get("back"))
    return at


async def test_the_presenter_who_steps_back_is_silent_within_a_second_and_goes_on_hearing(
    studio: Studio, meet: Meet
) -> None:
    tabs = await circle(studio, meet)
    lea, ann, bob = await studio.join("lea"), await studio.join("ann"), await studio.join("bob")
    await ann.speak()
    await lea.speak()
    await bob.hears(who(studio, "ann"))
    at = await step_back(tabs["lea"], tabs["ann"])
    last = await bob.silence(who(studio, "ann"))
    assert last - at < WITHIN
    await ann.hears(who(studio, "lea"))
    with pytest.raises(rtc.participant.PublishTrackError):
        await ann.speak()


# ── whatever the presenter tries ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_reload_and_a_second_tab_get_the_rights_of_now_and_an_old_token_is_set_right(
    studio: Studio, meet: Meet
) -> None:
    tabs = await circle(studio, meet)
    bob = await studio.join("bob")
    _, early = await studio.ask("ann")
    await (await studio.join("ann")).speak()
    await bob.hears(who(studio, "ann"))
    await step_back(tabs["lea"], tabs["ann"])
    again = await studio.join("ann")
    with pytest.raises(rtc.participant.PublishTrackError):
        await again.speak()
    old = await studio.enter(early["token"])
    with suppress(rtc.participant.PublishTrackError):
        await old.speak()
    await asyncio.sleep(1)
    assert time.monotonic() - await bob.silence(who(studio, "ann")) > 1


async def test_sound_that_says_it_is_a_picture_is_taken_away_and_the_leaders_are_told(
    studio: Studio, meet: Meet
) -> None:
    tabs = await circle(studio, meet)
    bob, ann = await studio.join("bob"), await studio.join("ann")
    await step_back(tabs["lea"], tabs["ann"])
    await ann.speak(rtc.TrackSource.SOURCE_CAMERA)
    await tabs["lea"].sees(lambda view: view["sound"].get("differs") == [who(studio, "ann")])
    await bob.silence(who(studio, "ann"))
    assert "differs" not in tabs["bob"].view["sound"]


async def test_who_is_sent_out_cannot_come_back_before_being_admitted(studio: Studio, meet: Meet) -> None:
    tabs = await circle(studio, meet)
    lea, bob = await studio.join("lea"), await studio.join("bob")
    await lea.speak()
    await bob.hears(who(studio, "lea"))
    _, kept = await studio.ask("bob")
    await tabs["lea"].does("send-out", person=who(studio, "bob"))
    await until(bob.gone.is_set)
    assert await studio.ask("bob") == (200, {"code": "removed"})
    back = await studio.enter(kept["token"])
    await until(back.gone.is_set)
    await tabs["lea"].does("admit", person=who(studio, "bob"))
    await tabs["lea"].sees(lambda view: len(view["circle"]) == 4)
    await (await studio.join("bob")).hears(who(studio, "lea"))


async def test_a_leader_silences_one_person_for_now(studio: Studio, meet: Meet) -> None:
    tabs = await circle(studio, meet)
    bob, ann = await studio.join("bob"), await studio.join("ann")
    await bob.speak()
    await ann.hears(who(studio, "bob"))
    await tabs["lea"].does("set-silenced", person=who(studio, "bob"), silenced=True)
    await ann.silence(who(studio, "bob"))
    assert tabs["ann"].view["sound"]["silenced"] == [who(studio, "bob")]
    await tabs["lea"].does("ask-mute", person=who(studio, "ann"))
    await tabs["ann"].until(lambda: {"asked": "mute"} in tabs["ann"].frames)


# ── who gets a pass ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_waits_gets_none_and_nobody_does_before_the_start_or_after_the_end(
    studio: Studio, meet: Meet
) -> None:
    await meet()
    studio.serve()
    lea = await studio.site.tab("lea").come()
    await lea.sees(lambda view: view["leaders"]["waiting"])
    assert await studio.ask("lea") == (200, {"code": "waiting"})
    assert await studio.ask("bob") == (200, {"code": "waiting"})
    await lea.does("start")
    await lea.sees(lambda view: view["status"] == "running")
    device = await studio.join("lea")
    for _ in range(2):
        await lea.does("end", entry=lea.view["entry"])
        await lea.sees(lambda view: view["status"] in ("lingering", "closed"))
    await until(device.gone.is_set)
    assert await studio.ask("lea") == (200, {"code": "closed"})


async def test_a_meeting_in_one_room_has_no_sound(studio: Studio, meet: Meet) -> None:
    await meet(mode="room")
    studio.serve()
    lea = await studio.site.tab("lea").come()
    await lea.does("start")
    await lea.sees(lambda view: view["status"] == "running")
    assert await studio.ask("lea") == (200, {"code": "no-sound"})
    assert "sound" not in lea.view


async def test_the_connection_can_be_tried_in_a_room_of_ones_own(studio: Studio, meet: Meet) -> None:
    await meet()
    studio.serve()
    status, found = await studio.post("bob", f"/meetings/{studio.site.meeting}/media/test")
    assert (status, set(found)) == (200, {"url", "token"})
    await (await studio.enter(found["token"])).speak()


# ── aside ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_two_go_aside_and_the_circle_does_not_hear_them(studio: Studio, meet: Meet) -> None:
    tabs = await circle(studio, meet)
    await lead_to("discussion", tabs["lea"], tabs["ann"])
    lea = await studio.join("lea")
    first = await studio.join("bob")
    await first.speak()
    await lea.hears(who(studio, "bob"))
    await tabs["bob"].does("need-to-stop")
    await tabs["lea"].sees(lambda view: view["leaders"].get("stops"))
    entry = tabs["lea"].view["entry"]
    await tabs["lea"].does("answer-stop", person=who(studio, "bob"), answer="aside", entry=entry)
    await until(first.gone.is_set)
    assert (await studio.ask("lea"))[1]["room"] == "circle"
    assert [(await studio.ask(name))[1]["room"] for name in ("bob", "cora")] == ["aside", "aside"]
    bob, cora = await studio.join("bob"), await studio.join("cora")
    await bob.speak()
    await cora.hears(who(studio, "bob"))
    await lea.silence(who(studio, "bob"))
    await tabs["lea"].does("resume", entry=entry)
    await until(bob.gone.is_set)
    assert (await studio.ask("bob"))[1]["room"] == "circle"


# ── failure ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_without_its_media_server_the_session_goes_on_and_everything_heals_by_itself(
    studio: Studio, meet: Meet
) -> None:
    tabs = await circle(studio, meet)
    lea = tabs["lea"]
    before = await studio.join("ann")
    assert "entry" not in lea.view["sound"]
    # What is made within half a minute of the start counts as made with it.
    await asyncio.sleep(WITH_THE_START / 1000)
    studio.end()
    await lea.sees(lambda view: view["sound"].get("state") == "away")
    assert await studio.ask("ann") == (200, {"code": "away"})
    await before.go()  # as the page does: coming back by itself, under the same name, it would put the new one out
    await lead_to("telling", lea, tabs["ann"])
    studio.begin()
    await lea.sees(lambda view: view["sound"].get("state") != "away" and view["sound"].get("entry"))
    bob, ann = await studio.join("bob"), await studio.join("ann")
    await ann.speak()
    await bob.hears(who(studio, "ann"))
    with pytest.raises(rtc.participant.PublishTrackError):
        await bob.speak()


async def test_another_process_that_takes_the_room_over_keeps_what_is_enforced(studio: Studio, meet: Meet) -> None:
    tabs = await circle(studio, meet)
    bob, ann = await studio.join("bob"), await studio.join("ann")
    await ann.speak()
    await bob.hears(who(studio, "ann"))
    studio.site.servers[-1].kill()
    studio.serve()
    for tab in tabs.values():
        await tab.come_back()
    await bob.hears(who(studio, "ann"))
    await step_back(tabs["lea"], tabs["ann"])
    await bob.silence(who(studio, "ann"))


async def test_an_encrypted_meeting_gives_its_key_to_who_may_hear_and_another_owner_makes_another(
    studio: Studio, meet: Meet
) -> None:
    site = await meet()
    await in_thread(lambda: Meeting.objects.filter(pk=site.meeting).update(encrypted=True))
    studio.serve()
    tabs = await seated(site, "lea", "bob")
    device = await studio.join("bob")
    keys = {(await studio.ask(name))[1]["key"] for name in ("lea", "bob")}
    assert [len(base64.b64decode(key)) for key in keys] == [32]
    site.servers[-1].kill()
    studio.serve()
    for tab in tabs.values():
        await tab.come_back()
    await until(device.gone.is_set)
    assert (await studio.ask("bob"))[1]["key"] not in keys


# ── reports of the media server ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_report_that_is_not_signed_is_not_found(studio: Studio, meet: Meet) -> None:
    await meet()
    studio.serve()
    forged = await in_thread(lambda: urllib.request.Request(f"{studio.pages}/media/webhook", b"{}", method="POST"))
    with pytest.raises(urllib.error.HTTPError, match="404"):
        await in_thread(lambda: urllib.request.urlopen(forged))
