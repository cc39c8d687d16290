"""Every word in the room comes from the catalogue, in every moment that `room_moments.py` has."""

from collections.abc import Iterator

from playwright.sync_api import Browser
import pytest

from tests import pseudo
from tests.e2e.room_moments import MOMENTS
from tests.e2e.room_page import CAPTION, GROUP, Theatre
from tests.e2e.room_stage import NAMES

NAMED = {name for _, name in NAMES.values()}
INITIALS = {name[0] for name in NAMED}
TYPED = ("A closed door, and light under it.", "Cold hands.", "等待的走廊", "Let us leave room for it.")
SAME = {"English", "Esc", "H", "P", "V"}  # a language's own name, and keys
KNOWN = {*NAMED, *INITIALS, *TYPED, *SAME, *GROUP.values(), *CAPTION.values()}


@pytest.fixture(scope="module")
def theatre(browser: Browser) -> Iterator[Theatre]:
    """One page for all, whose other language stands in brackets."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    theatre = Theatre(context)
    theatre.words = pseudo.labels()
    yield theatre
    context.close()


@pytest.mark.parametrize("name", sorted(MOMENTS))
def test_the_room_says_nothing_that_is_in_no_catalogue(theatre: Theatre, name: str) -> None:
    page = theatre.show(MOMENTS[name](12), language=pseudo.LANGUAGE)
    assert "⟦" in page.locator("#room").inner_html()
    assert pseudo.bare(page.locator("#room").inner_html(), KNOWN) == []
