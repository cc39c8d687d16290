"""What changes is said to whoever does not see it: each message once, whatever was said before it or lies over the page."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page, expect
import pytest

from openbalint.protocol import commands as c
from tests.e2e.room_moments import MOMENTS, Moment
from tests.e2e.room_page import Theatre, theatre_of

LISTEN = """() => {
    window.said = [];
    for (const region of document.querySelectorAll('[aria-live], .toasts')) {
        const hear = changes => window.said.push(...changes.flatMap(change => [...change.addedNodes])
            .map(node => node.textContent.trim()).filter(Boolean));
        new MutationObserver(hear).observe(region, { childList: true });
    }
}"""


@pytest.fixture(scope="module")
def theatre(browser: Browser) -> Iterator[Theatre]:
    """One page for all that is said."""
    with theatre_of(browser) as theatre:
        yield theatre


def is_heard(page: Page, text: str, *, times: int) -> None:
    """Wait until this has come into a region so many times since somebody listens."""
    said = "([text, times]) => window.said.filter(one => one === text).length === times"
    page.wait_for_function(said, arg=[text, times])


def regions(page: Page) -> dict[str, list[str]]:
    """The words in the live regions that assistive technology can reach, by role."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def words(node: dict[str, Any]) -> list[str]:
        if node.get("role", {}).get("value") == "StaticText":
            return [node["name"]["value"]]
        return [text for child in node.get("childIds", []) if child in by_id for text in words(by_id[child])]

    def of(role: str) -> list[str]:
        reached = (node for node in nodes if not node["ignored"] and node["role"]["value"] == role)
        return [text for node in reached for text in words(node)]

    return {role: of(role) for role in ("status", "alert")}


def on_top(page: Page, selector: str) -> bool:
    """Whether nothing covers the middle of it."""
    look = """element => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    found: bool = page.locator(selector).evaluate(look)
    return found


def test_ones_turn_in_a_second_round_is_said_again(theatre: Theatre) -> None:
    moment = MOMENTS["my-turn"](8)
    entry = moment.stage.entry
    page = theatre.show(moment)
    page.evaluate(LISTEN)
    for _ in range(2):
        theatre.play(c.OpenFloor("lea", entry))
        theatre.play(c.StartRound("lea", entry, "mei"))
    is_heard(page, "Your turn. You may pass.", times=2)


def test_what_is_refused_twice_is_said_twice(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["discussion-member"](8))
    page.evaluate(LISTEN)
    theatre.refuse = "too-fast"
    for _ in range(2):
        page.get_by_role("button", name="Raise hand").click()
        expect(page.locator(".toast")).to_be_visible()
    theatre.refuse = ""
    is_heard(page, "That was very quick. One moment, then press again.", times=2)


def test_a_clock_that_is_set_back_silences_nobody(theatre: Theatre) -> None:
    moment = MOMENTS["discussion-member"](8)
    page = theatre.show(moment)
    expect(page.locator("[aria-live=polite]")).to_have_text("Discussion. Anyone may speak.")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() - 600_000; }")
    theatre.play(c.Pause("lea", moment.stage.entry))
    expect(page.locator("[aria-live=polite]")).to_have_text("The meeting is paused.")


def test_what_is_said_while_a_sheet_is_open_is_heard(theatre: Theatre) -> None:
    moment = MOMENTS["leader"](8)
    page = theatre.show(moment)
    expect(page.locator("[aria-live=polite]")).to_have_text("Discussion. Anyone may speak.")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert regions(page) == {"status": [], "alert": []}  # what was said before is not said again

    theatre.play(c.NeedToStop("bob"))
    theatre.play(c.Pause("lea", moment.stage.entry))
    expect(page.locator("dialog [aria-live=polite]")).to_have_text("The meeting is paused.")
    assert regions(page) == {
        "status": ["The meeting is paused."],
        "alert": ["Bob needs to stop. Choices are in the drawer."],
    }

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert regions(page)["alert"] == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert regions(page) == {"status": [], "alert": []}


def test_ones_own_rights_are_heard_over_a_sheet_that_stays_open(theatre: Theatre) -> None:
    invited = MOMENTS["invited"](8)
    page = theatre.show(Moment(invited.stage, invited.person, (".room__tools .round-button",)))
    theatre.play(c.StepBackNow("lea", invited.stage.entry))
    expect(page.locator("dialog [aria-live=assertive]")).to_have_text(
        "You are outside the circle. You hear everyone; you may not speak until you return."
    )
    assert page.get_by_role("dialog").is_visible()
    assert regions(page)["alert"] == [page.locator("dialog [aria-live=assertive]").inner_text()]


def test_a_lost_connection_is_heard_over_a_sheet(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["sheet-menu"](8))
    theatre.moment = None
    theatre.sockets[-1].close()
    expect(page.locator("dialog [role=alert]").nth(1)).to_have_text("The connection is interrupted.")
    assert regions(page)["alert"] == ["The connection is interrupted."]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_a_line_for_the_eye_lies_over_a_sheet(theatre: Theatre, width: int, height: int) -> None:
    page = theatre.show(MOMENTS["discussion-member"](8))
    page.set_viewport_size({"width": width, "height": height})
    theatre.refuse = "too-fast"
    page.get_by_role("button", name="Raise hand").click()
    expect(page.locator(".toast")).to_be_visible()
    theatre.refuse = ""
    page.locator(".room__tools .round-button").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert on_top(page, ".toast")
    assert regions(page)["status"] == ["That was very quick. One moment, then press again."]
