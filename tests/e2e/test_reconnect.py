"""A connection comes back by itself, a second window is the same person, and the language changes in between."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Browser, Page, expect
import pytest

from tests.e2e.cable import Cable
from tests.e2e.conftest import PHONE
from tests.e2e.demonstration import SLOW, Room, links


@pytest.fixture(scope="module")
def site(start_site: Callable[..., Any]) -> Any:
    """A demonstration for the journeys here: the first is in meeting A, the second in B."""
    return start_site("demo", "--no-simulate")


@pytest.fixture
def cable(site: Any) -> Iterator[Cable]:
    """What joins the member's phone to the server."""
    cable = Cable(site.origin)
    yield cable
    cable.away()


@pytest.fixture
def member(browser: Browser) -> Iterator[Page]:
    """A phone on which lost requests are no fault of the page, though the browser's console tells of them."""
    context = browser.new_context(locale="en-GB", viewport=PHONE, has_touch=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_a_lost_network_and_one_that_stalls_are_shown_and_come_back(
    site: Any, cable: Cable, member: Page, visitor: Any, accessible: Any
) -> None:
    leader: Page = visitor()
    leader.goto(links(site)[0])
    member.clock.install()  # so that nobody waits below
    member.goto(links(site)[2].replace(site.origin, cable.origin))
    lead, room = Room(leader), Room(member)
    interrupted = member.get_by_text("The connection is interrupted")
    expect(leader.locator(".ring .seat")).to_have_count(2)
    lead.press("Begin the meeting")
    room.arrived("Opening")

    cable.pull()
    expect(interrupted).to_be_visible(timeout=SLOW)
    accessible(member)
    expect(leader.locator(".ring .seat", has_text="Robin Ye")).to_contain_text("reconnecting", timeout=SLOW)
    lead.next("Call")

    cable.plug()
    room.arrived("Call")  # the page comes back into the room as it is now
    expect(leader.locator(".ring .seat", has_text="Robin Ye")).not_to_contain_text("reconnecting")

    cable.stall()  # the socket stays open, and nothing comes
    room.press("I have a case")
    member.clock.fast_forward(10_000)
    expect(interrupted).to_be_visible()
    cable.flow()
    expect(interrupted).to_be_hidden(timeout=SLOW)
    expect(leader.locator(".ring .seat", has_text="Robin Ye")).to_contain_text("offers a case")  # it was sent again


def test_reload_second_window_and_language(site: Any, visitor: Any) -> None:
    leader: Page = visitor()
    other_meeting = leader.request.get(links(site)[1]).url
    leader.goto(links(site)[0])
    leader.goto(other_meeting)
    room = Room(leader)
    room.press("Begin the meeting")
    room.arrived("Opening")

    leader.reload()
    room.arrived("Opening")
    second = leader.context.new_page()
    second.goto(leader.url)
    Room(second).arrived("Opening")
    expect(second.locator(".ring .seat")).to_have_count(1)  # two windows, one chair

    second.get_by_role("button", name="中文").click()
    chinese = Room(second, "zh-hans")
    chinese.arrived("Opening")
    chinese.next("Call")
    room.arrived("Call")


def test_signing_in_again_in_another_window_takes_nobody_out_of_the_room(site: Any, cable: Cable, member: Page) -> None:
    link = links(site)[2].replace(site.origin, cable.origin)
    member.goto(link)
    chair = member.get_by_role("listitem").filter(has_text="You")
    expect(chair).to_be_visible()
    other = member.context.new_page()
    other.goto(link)
    expect(other.get_by_role("listitem").filter(has_text="You")).to_be_visible()
    other.close()

    with member.expect_event("load"):
        cable.pull()
        cable.plug()
    expect(chair).to_be_visible(timeout=SLOW)
