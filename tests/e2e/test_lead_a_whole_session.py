"""A visitor leads a whole session of simulated people to its end, on a desktop in English and on a phone in Chinese."""

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
    """A demonstration of its own: a session is led only once."""
    return start_site("demo", "--speed", "40")


def come_in(page: Page, link: str, language: str) -> Room:
    """Open the leader's link and wait until the group is there."""
    page.goto(link)
    room = Room(page, language)
    expect(room.button("Begin the meeting")).to_be_visible()
    expect(page.locator(".ring .seat")).to_have_count(11, timeout=SLOW)
    return room.listen()


def name_presenter(room: Room, name: str) -> None:
    """Wait for the offer, press the chair, and name who sits there."""
    chair = room.page.get_by_role("button", name=re.compile(f"{name}.*{room.t('offers a case')}"))
    expect(chair).to_be_visible(timeout=SLOW)
    chair.click()
    room.press("Presents this case")


def test_on_a_desktop_in_english(site: Any, visitor: Visit, accessible: Check) -> None:
    page = visitor()
    room = come_in(page, links(site)[0], "en")
    accessible(page)
    room.press("Begin the meeting")
    room.arrived("Opening")
    expect(page.locator(".caption")).to_contain_text("demo", timeout=SLOW)

    room.next("Call")
    name_presenter(room, "陈安")
    room.next("Telling")
    room.caption_of("陈安")
    figures = room.panel("Persons of the case")
    expect(figures.locator(".figure", has_text="the mother")).to_be_visible(timeout=SLOW)
    accessible(page)
    room.undrawer()

    room.next("Facts")
    expect(room.button("Next asker")).to_be_visible(timeout=SLOW)
    room.caption_of("陈安")

    room.great.click()
    room.arrived("Step back")
    expect(page.locator(".place.is-empty")).to_contain_text("the doctor of this case")
    accessible(page)
    room.drawer()
    room.press("Let cards be written")
    expect(room.great).to_contain_text(re.compile(r"[3-9] written"), timeout=SLOW)
    room.press("Turn the cards")
    expect(page.locator(".cards li").first).to_be_visible()
    room.press("Put the cards away")

    room.next("Feelings")
    room.panel("The floor").get_by_role("button", name="Begin").click()
    room.undrawer()
    expect(page.get_by_text("your turn").or_(page.get_by_text("turn")).first).to_be_visible(timeout=SLOW)
    accessible(page)
    expect(room.button("Move on")).to_be_hidden(timeout=SLOW)  # the round comes to its end by itself

    room.next("Discussion")
    expect(page.locator(".as").first).to_be_visible(timeout=SLOW)  # somebody speaks as a person of the case
    accessible(page)
    room.panel("Time and phase").get_by_role("button", name="Moment of silence").click()
    room.undrawer()
    room.press("End the silence")
    room.chair("陈安").click()
    room.press("Call {name} in for one sentence", name="陈安")
    room.caption_of("陈安")

    room.next("Return")
    room.caption_of("陈安")
    room.next("Closing")
    check_outs = room.panel("How they leave")
    expect(check_outs.locator("li").first).to_be_visible(timeout=SLOW)
    accessible(page)
    room.undrawer()
    room.great.click()
    page.get_by_role("dialog").get_by_role("button", name="End the meeting").click()
    room.press("Close the room")

    page.get_by_role("link", name="The record of this meeting").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("陈安").first).to_be_visible()


def test_on_a_phone_in_chinese(site: Any, visitor: Visit, accessible: Check) -> None:
    page = visitor(language="zh-hans", phone=True)
    room = come_in(page, links(site)[0], "zh-hans")
    room.press("Begin the meeting")
    room.arrived("Opening")
    accessible(page)
    room.next("Call")
    name_presenter(room, "王小雨")
    room.next("Telling")
    room.caption_of("王小雨")
    for phase in ("Facts", "Step back", "Feelings", "Discussion", "Return", "Closing"):
        room.next(phase)
        accessible(page)
    room.great.click()
    page.get_by_role("dialog").get_by_role("button", name=room.t("End the meeting")).click()
    room.press("Close the room")
    page.get_by_role("link", name=room.t("The record of this meeting")).click()
    expect(page.get_by_text("王小雨").first).to_be_visible()
