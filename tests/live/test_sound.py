"""Who may speak is heard, who may not is not: with a real media server and people who listen."""

import asyncio
from collections.abc import AsyncIterator
import time
from typing import Any

from livekit import rtc
import pytest
import pytest_asyncio

from tests.live.browsers import Tab, lead_to
from tests.live.conftest import Meet, Site
from tests.live.studio import Studio, seated
from tests.media.devices import Device, until

pytestmark = pytest.mark.asyncio
WITHIN = 1.0  # second from the phase change until nobody hears the presenter
SETTLED = 0.5  # seconds of sound that may be on its way in buffers


@pytest_asyncio.fixture
async def studio(site: Site) -> AsyncIterator[Studio]:
    """A media server, and pages that know it."""
    made = Studio(site)
    made.begin()
    yield made
    await made.go()
    made.end()


async def circle(studio: Studio, meet: Meet, *names: str, **facts: Any) -> dict[str, Tab]:
    """People who sit, on a site with sound."""
    await meet(**facts)
    studio.serve()
    return await seated(studio.site, *(names or ("lea", "cora", "ann", "bob")))


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


def who(studio: Studio, name: str) -> str:
    return str(studio.site.people[name])
