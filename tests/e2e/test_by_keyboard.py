"""Without a pointer: a leader leads a whole session, a member takes part, and the focus is never lost.

The real engine decides what the page asks (`room_page`); there is no server to wait for.
"""

from collections.abc import Iterator
import re

from playwright.sync_api import Browser, Locator, Page, expect
import pytest

from openbalint.protocol import commands as c
from tests.e2e.room_moments import Moment, discussion
from tests.e2e.room_page import Theatre, theatre_of
from tests.e2e.room_stage import Stage

STOPS = 60  # of the Tab key, more than any page has


@pytest.fixture(scope="module")
def theatre(browser: Browser) -> Iterator[Theatre]:
    """A page on which what is asked happens."""
    with theatre_of(browser) as theatre:
        theatre.plays = True
        theatre.page.set_viewport_size({"width": 1280, "height": 800})
        yield theatre


def has_focus(goal: Locator) -> bool:
    return bool(goal.count() == 1 and goal.evaluate("element => element === document.activeElement"))


def press(page: Page, goal: Locator, key: str = "Enter") -> None:
    """Tab on until the focus is there, and press."""
    for _ in range(STOPS):
        if has_focus(goal):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not come to {goal}")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def arrived(page: Page, phase: str) -> None:
    expect(page.locator(".centre .phase")).to_have_text(phase)


def test_a_leader_leads_from_beginning_to_end(theatre: Theatre) -> None:
    stage = Stage(8, co_leader=False)
    page = theatre.show(Moment(stage.come(*stage.people), "lea"))
    great, more = page.locator(".next"), page.locator(".lead__more")
    drawer, dialog = page.locator("#drawer"), page.get_by_role("dialog")
    press(page, great)
    arrived(page, "Opening")
    page.keyboard.press("Enter")  # the same button goes on
    arrived(page, "Call for a case")

    theatre.play(c.SetOffer("tao", "tao", offered=True))
    press(page, page.locator(".seat__press[tabindex='0']"), "ArrowLeft")
    tao = page.get_by_role("button", name=re.compile("Tao.*offers a case"))
    while not has_focus(tao):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    press(page, button(page, "Presents this case"))
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-person=tao] .seat__press")).to_be_focused()  # what opened the sheet
    press(page, great)
    arrived(page, "Telling")

    page.keyboard.press("d")
    expect(button(page, "Close the drawer")).to_be_focused()
    press(page, page.get_by_label("Person to add"), "ArrowDown")
    press(page, button(page, "Add"))
    added = drawer.get_by_role("button", name=re.compile("Take back"))
    expect(added).to_have_count(1)
    expect(button(page, "Add")).to_be_focused()
    press(page, added)
    expect(added).to_have_count(0)
    expect(drawer.locator(":focus")).to_be_visible()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(more).to_be_focused()

    press(page, great)
    arrived(page, "Factual questions")
    page.keyboard.press("Enter")  # invites
    expect(great).to_contain_text("Step back now")
    page.keyboard.press("Enter")
    arrived(page, "Silence")
    page.keyboard.press("Enter")
    arrived(page, "What we feel")
    page.keyboard.press("d")
    press(page, button(page, "Begin"))
    expect(page.locator(".centre .floor")).to_contain_text("Round:")
    expect(drawer.locator(":focus")).to_be_visible()  # though what was pressed is gone
    press(page, button(page, "Close the drawer"))
    expect(more).to_be_focused()

    page.keyboard.press("Enter")
    time = page.locator("[data-panel=time]")
    press(page, time.locator("summary"))
    press(page, page.get_by_label("Another phase"), "End")
    press(page, button(page, "Go"))
    press(page, button(page, "Go there"))
    arrived(page, "Closing")
    expect(time.locator(":focus")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, great)
    press(page, dialog.get_by_role("button", name="End the meeting"))
    expect(great).to_contain_text("Close the room")
    expect(great).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="The record of this meeting")).to_be_visible()
    expect(page.locator(".lead :focus")).to_be_visible()
    assert [frame["do"] for frame in theatre.asked(14)] == [
        "start",
        "next",
        "name-presenter",
        "next",
        "add-figure",
        "remove-figure",
        "next",
        "next",
        "step-back-now",
        "next",
        "start-round",
        "go-to",
        "end",
        "end",
    ]


def test_a_member_takes_part(theatre: Theatre) -> None:
    page = theatre.show(Moment(discussion(8), "mei"))
    dialog, dock = page.get_by_role("dialog"), page.locator(".dock")
    press(page, button(page, "Raise hand"))
    expect(button(page, "Hand is up")).to_be_focused()
    press(page, button(page, "Speak as …"))
    press(page, button(page, "the child"))
    expect(page.locator(".stem")).to_contain_text("If I were the child,")
    expect(dock.locator(":focus")).to_be_visible()  # the button that opened it is now another
    page.keyboard.press("v")
    expect(page.locator(".stem")).to_have_count(0)
    press(page, button(page, "Tell the leaders"))
    press(page, button(page, "More silence, please"))
    expect(button(page, "Tell the leaders")).to_be_focused()
    press(page, button(page, "I need to stop"))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button(page, "I need to stop")).to_be_focused()
    press(page, button(page, "More: display, keys, leave"))
    press(page, button(page, "Keys"))
    expect(dialog.locator(":focus")).to_be_visible()  # also where one sheet follows another
    page.keyboard.press("Escape")
    expect(button(page, "More: display, keys, leave")).to_be_focused()
    assert [frame["do"] for frame in theatre.asked(4)] == ["set-hand", "take-voice", "drop-voice", "send-signal"]
