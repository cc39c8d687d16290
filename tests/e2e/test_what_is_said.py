"""What changes is said to whoever does not see it: each message once, whatever was said before it."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect
import pytest

from openbalint.protocol import commands as c
from tests.e2e.room_moments import MOMENTS
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
