"""Signing out and in again in another window makes the room's page old: it loads again by itself, but not for ever."""

from collections.abc import Iterator

from playwright.sync_api import Browser, expect
import pytest

from tests.e2e.room_moments import MOMENTS
from tests.e2e.room_page import Theatre, theatre_of

REFUSED, AWAY = 403, 503


@pytest.fixture
def theatre(browser: Browser) -> Iterator[Theatre]:
    """A tab of its own: what it remembers is tried here."""
    with theatre_of(browser) as theatre:
        yield theatre


def lose_the_line(theatre: Theatre, *answers: int) -> None:
    """The socket closes, and this is answered to whoever asks for tickets."""
    theatre.no_ticket = [*answers]
    theatre.sockets[-1].close()


def test_a_room_that_is_refused_a_ticket_comes_back_by_itself(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["discussion-member"](8))
    for _ in range(2):
        with page.expect_event("load"):
            lose_the_line(theatre, AWAY, REFUSED)
        expect(page.locator(".phase")).to_have_text("Discussion")
    assert theatre.no_ticket == []


def test_a_room_that_is_refused_again_and_again_says_so(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["discussion-member"](8))
    lose_the_line(theatre, *[REFUSED] * 5)
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.wait_for_timeout(500)
    assert theatre.no_ticket == [REFUSED] * 3  # asked for before the page was loaded again and after it
