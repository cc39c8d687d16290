"""A leader makes a group and plans a meeting; a member opens the link on a phone and stands in the waiting room."""

from datetime import UTC, datetime, timedelta
import re
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
import pytest

PASSWORD = "a long walk by the river"
ZONE = "Asia/Shanghai"


@pytest.fixture
def lea(fresh: Any, visitor: Any) -> Page:
    """The first leader on a desktop, signed in, about to make a group."""
    page: Page = visitor()
    page.goto(fresh.line(r"(http://\S+/start/\S+)")[1])
    page.get_by_label("Your name").fill("Lea")
    page.get_by_label("E-mail").fill("lea@hospital.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The password once more").fill(PASSWORD)
    page.get_by_label("Time zone").select_option(ZONE)
    page.get_by_role("button", name="Begin").click()
    return page


def make_group(page: Page) -> str:
    """Make a group and return its address."""
    page.get_by_label("Name of the group").fill("Thursday group")
    page.get_by_label("Help nearby").fill("8210")
    page.get_by_role("button", name="Make the group").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thursday group")
    return page.url


def plan_now(page: Page, group: str) -> None:
    """Plan a meeting that begins in some minutes."""
    begins = datetime.now(UTC).astimezone(ZoneInfo(ZONE)) + timedelta(minutes=5)
    page.goto(f"{group}plan/")
    page.get_by_label("Day").fill(begins.date().isoformat())
    page.get_by_label("Begins").fill(f"{begins:%H:%M}")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("link", name="To the room")).to_be_visible()


def test_from_the_link_to_the_waiting_room_in_two_taps_and_what_is_changed_meanwhile(lea, visitor):
    group = make_group(lea)
    lea.get_by_label("For whom?").fill("安宁")
    lea.get_by_role("button", name="Make a link for one").click()
    link = lea.get_by_label("The link", exact=True).input_value()
    lea.get_by_role("link", name="Done").click()
    plan_now(lea, group)

    ann = visitor(language="zh-hans", phone=True)
    ann.goto(link)
    assert ann.url.endswith("/join/")
    ann.get_by_role("button", name="同意并进入").click()
    expect(ann.get_by_role("alert")).to_be_focused()
    expect(ann.get_by_role("alert")).to_be_in_viewport()
    ann.get_by_role("alert").get_by_role("link").first.click()
    expect(ann.get_by_label("你的职业")).to_be_focused()
    ann.get_by_label("你的职业").select_option("nurse")
    ann.get_by_role("alert").get_by_role("link").last.click()
    expect(ann.get_by_label("我已阅读并遵守这份协议。")).to_be_focused()
    ann.get_by_label("我已阅读并遵守这份协议。").check()
    ann.get_by_role("button", name="同意并进入").click()
    expect(ann).to_have_url(re.compile(r"/meetings/[\w-]+/room$"))
    expect(ann.get_by_role("heading", level=1)).to_have_text("安宁，你来了，真好")
    meeting = ann.url.removesuffix("room")
    lea.goto(f"{meeting}change/")
    lea.get_by_label("Link to a call (optional)").fill("https://call.example/thursday")
    lea.get_by_role("button", name="Save").click()
    expect(ann.get_by_role("link", name="打开通话").first).to_have_attribute("href", "https://call.example/thursday")

    ann.goto(group)
    expect(ann.get_by_role("heading", level=1)).to_have_text("Thursday group")
    again = visitor(phone=True)
    again.goto(link)
    expect(again.get_by_role("heading", level=1)).to_have_text("Good that you are here, 安宁")

    ann.goto(f"{meeting}room")
    expect(ann.get_by_role("link", name="打开通话").first).to_be_visible()
    lea.goto(f"{meeting}call-off/")
    lea.get_by_role("checkbox").check()
    lea.get_by_role("button", name="Call it off").click()
    expect(ann.get_by_role("heading", level=1)).to_have_text("这次会议不举行了")
