"""Every plain page, in every state of `tests/web/pages.py`: nobody is shut out, and nothing scrolls sideways.

Each is seen on the smallest phone in both languages, then dark there and light on a desktop.
"""

from collections.abc import Callable, Iterator
import json
import os
from pathlib import Path
import subprocess
import sys

from playwright.sync_api import Browser, Page, ViewportSize
import pytest

from tests.e2e.shelf import Shelf
from tests.web.pages import PLAIN

ROOT = Path(__file__).parents[2]
SMALLEST, DESKTOP = ViewportSize(width=320, height=640), ViewportSize(width=1280, height=800)
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def pages() -> dict[str, dict[str, str]]:
    """The HTML of all pages, by language and name."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "tests.web.rendering", "en", "zh-hans"]
    printed = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True).stdout
    found: dict[str, dict[str, str]] = json.loads(printed)
    return found


@pytest.fixture(scope="module")
def shelf(browser: Browser) -> Iterator[Shelf]:
    """One browser page for all."""
    context = browser.new_context(reduced_motion="reduce")
    yield Shelf(context)
    context.close()


@pytest.mark.parametrize("name", PLAIN)
def test_a_page_shuts_nobody_out(
    pages: dict[str, dict[str, str]], shelf: Shelf, accessible: Callable[[Page], None], name: str
) -> None:
    page = shelf.page
    shelf.wrong.clear()
    for language in ("en", "zh-hans"):
        page.set_viewport_size(SMALLEST)
        shelf.show(pages[language][name])
        page.evaluate(OPEN_ALL)
        assert page.evaluate(WIDTH) <= SMALLEST["width"], f"It scrolls sideways ({language})."
    page.emulate_media(color_scheme="dark")
    accessible(page)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    accessible(page)
    assert shelf.wrong == []
