"""A visitor takes part in a session that a simulated leader leads: once with a case, once without."""

from collections.abc import Callable
import re
from typing import Any

from playwright.sync_api import Page, expect
import pytest

from tests.e2e.demonstration import SLOW, Room, links

Visit = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def site(start_site: Callable[..., Any]) -> Any:
    """A demonstration of its own: its second meeting begins when the visitor comes."""
    return start_site("demo", "--speed", "40")


def test_with_a_case_of_ones_own(site: Any, visitor: Visit, accessible: Check) -> None:
    page = visitor()
    page.goto(links(site)[1])
    room = Room(page)
    meeting = page.url
    room.arrived("Opening")
    accessible(page)

    room.arrived("Call")
    room.press("I have a case")
    room.arrived("Telling")  # the leader prefers the visitor's case
    expect(page.locator(".seat.is-me")).to_contain_text("tells")
    accessible(page)

    room.arrived("Facts")
    room.press("Push my chair back")  # the leader invites, when the questions are asked
    room.arrived("Step back")
    expect(page.get_by_text("You may simply listen.")).to_be_visible()
    expect(page.locator(".place.is-empty")).to_contain_text("the nurse of this case")
    accessible(page)

    room.arrived("Discussion")
    expect(page.locator(".as").first).to_be_visible(timeout=SLOW)  # the others speak as persons of the case
    expect(room.button("Raise hand")).to_be_hidden()

    room.arrived("Return")
    expect(page.get_by_text("You may simply listen.")).to_be_hidden()
    accessible(page)
    room.arrived("Closing")
    room.press("calm")
    expect(room.button("calm")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="Thank you, Robin Ye")).to_be_visible(timeout=SLOW)
    accessible(page)

    record = page.request.get(meeting.replace("/room", "/record/"))
    assert record.status == 404  # the record is for leaders; to others there is none


def test_without_a_case_on_a_phone_in_chinese(site: Any, visitor: Visit, accessible: Check) -> None:
    page = visitor(language="zh-hans", phone=True)
    page.goto(links(site)[1])
    room = Room(page, "zh-hans")
    room.arrived("Opening")
    room.arrived("Facts")
    room.press("Raise hand")
    room.press("I have asked")
    accessible(page)

    room.arrived("Step back")
    page.get_by_label(room.t("A card, if you like")).fill("一扇亮着的窗")
    room.press("Lay it face down")
    expect(page.locator(".cards li", has_text="一扇亮着的窗")).to_be_visible(timeout=SLOW)
    accessible(page)

    room.arrived("Feelings")
    room.button("Pass it on").click(timeout=SLOW)
    room.press("Tell the leaders")
    page.get_by_role("dialog").get_by_role("button", name=room.t("More silence, please")).click()

    room.arrived("Discussion")
    room.button("Pass it on").click(timeout=SLOW)
    room.button("Speak as …").click(timeout=SLOW)
    page.get_by_role("dialog").get_by_role("button").nth(1).click()
    expect(page.locator(".stem")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name=re.compile(room.t("Step out of {figure}", figure=".+"))).click()

    room.press("I need to stop")
    room.press("Tell the leaders now")
    expect(page.get_by_text(room.t("The meeting is paused."))).to_be_visible(timeout=SLOW)
    accessible(page)
    room.arrived("Closing")
    accessible(page)
