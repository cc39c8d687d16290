"""All sit in one room: the leader's is the only screen, with a big one on the wall. Nobody is simulated."""

from collections.abc import Callable
import re
from typing import Any

from playwright.sync_api import Page, expect
import pytest

from tests.e2e.demonstration import Room, links

MEMBERS = ("陈安", "Bob Miller", "王小雨", "Grace Adeyemi")


@pytest.fixture
def site(start_site: Callable[..., Any]) -> Any:
    """A demonstration into which nobody else comes."""
    return start_site("demo", "--no-simulate")


def tap(room: Room, name: str, *, here: bool = True) -> None:
    """Tap the chair of somebody without a device, who then is here, or is not."""
    room.chair(name).click()
    expect(room.chair(name)).to_have_attribute("aria-pressed", str(here).lower())


def do(room: Room, name: str, deed: str) -> None:
    """Press a chair and choose what happens there."""
    room.chair(name).click()
    room.page.get_by_role("dialog").get_by_role("button", name=deed).click()


def test_with_no_screen_but_the_leaders_and_a_big_one(site: Any, visitor: Any, accessible: Any) -> None:
    page: Page = visitor()
    page.goto(links(site)[0])
    meeting = page.url.removesuffix("room")
    page.goto(f"{meeting}change/")
    page.get_by_label("In the room").check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{meeting}room")
    room = Room(page)
    for name in (*MEMBERS[:-1], "刘铭"):
        tap(room, name)
    tap(room, "刘铭", here=False)
    accessible(page)

    with page.context.expect_page() as opened:  # a second window of the leader's computer, on the wall
        page.get_by_role("link", name="Open the big screen").click()
    wall = opened.value
    expect(wall.get_by_role("heading", level=1)).to_be_attached()
    accessible(wall)

    room.press("Begin the meeting")
    room.arrived("Opening")
    room.chair(MEMBERS[-1]).click()  # who is late
    here = page.locator(".ring .seat:not(.is-absent)")
    expect(here).to_have_count(1 + len(MEMBERS))
    expect(wall.locator(".ring .seat")).to_have_count(1 + len(MEMBERS))

    room.next("Call")
    expect(page.locator(".ring .seat")).to_have_count(1 + len(MEMBERS))
    do(room, "陈安", "Offers a case")
    do(room, "陈安", "Presents this case")
    room.next("Telling")
    room.next("Facts")
    room.great.click()
    room.great.click()  # invited; nobody has a device to push the chair with, so: now
    room.arrived("Step back")
    expect(wall.locator(".room.is-dim")).to_be_visible()
    accessible(wall)

    room.next("Feelings")
    room.next("Discussion")
    figures = room.panel("Persons of the case")
    figures.get_by_role("button", name=re.compile("Count a voice: the doctor of this case")).click()
    expect(figures.get_by_text("1 of 1 voiced")).to_be_visible()
    room.undrawer()
    do(room, "Bob Miller", "Spoke as the doctor of this case")
    accessible(page)

    room.next("Return")
    room.next("Closing")
    room.great.click()
    page.get_by_role("dialog").get_by_role("button", name="End the meeting").click()
    room.press("Close the room")
    page.get_by_role("link", name="The record of this meeting").click()
    expect(page.get_by_text("2 voices")).to_be_visible()
    for name in MEMBERS:
        expect(page.get_by_text(name).first).to_be_visible()
