"""What journeys through the demonstration share: its links, and a room in either language."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
import re
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from playwright.sync_api import Locator, Page, expect

import openbalint

SLOW = 60_000  # milliseconds: simulated people take their time
LINKS = 4  # that the demonstration prints
# Words of simulated people come and go faster than a test looks: the page keeps whose were there.
LISTEN = """() => {
    window.spoken = [];
    const look = () => {
        const words = document.querySelector('.caption')?.textContent ?? '';
        if (words && words !== window.spoken.at(-1)) window.spoken.push(words);
    };
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""
LINK = re.compile(r"http://\S+/demo/in/\S+")


@cache
def _catalogue() -> Catalog:
    with (Path(openbalint.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def links(site: Any) -> list[str]:
    """The sign-in links, in the order of the terminal: lead A, take part in B, take part in A, past meetings."""
    found = site.line(r"^4  ")  # the last one stands two lines further on
    assert found
    while len(seen := [link[0] for line in site.lines if (link := LINK.search(line))]) < LINKS:
        site.lines.append(site.coming.get(timeout=30))
    return seen


@dataclass(frozen=True)
class Room:
    """A room in somebody's browser."""

    page: Page
    language: str = "en"
    listens: bool = False  # whether the page keeps whose words it has shown

    def t(self, english: str, *, context: str | None = None, **values: str) -> str:
        """A text of the page in the language of the page."""
        text = english
        if self.language != "en":
            message = _catalogue().get(english, context) or _catalogue().get(english)
            assert message, f"“{english}” is no text of ours"
            text = str(message.string)
            assert text, f"“{english}” has no Chinese"
        return text.format(**values) if values else text

    def button(self, english: str, **values: str) -> Locator:
        """A button by what it says."""
        return self.page.get_by_role("button", name=re.compile(re.escape(self.t(english, **values)))).first

    def listen(self) -> "Room":
        """From now on this page keeps whose words it shows."""
        self.page.evaluate(LISTEN)
        return replace(self, listens=True)

    def press(self, english: str, **values: str) -> None:
        """Press a button once it is there."""
        self._click(self.button(english, **values))

    def next(self, phase: str) -> None:
        """Press the leader's great button, and see the room arrive where it leads."""
        self._click(self.great)
        self.arrived(phase)

    @property
    def great(self) -> Locator:
        """The leader's great button."""
        return self.page.locator("button.next")

    def arrived(self, phase: str) -> None:
        """The phase is the present step of the way (by its short name)."""
        step = self.page.locator(".strip [aria-current=step]")
        expect(step).to_have_text(self.t(phase, context="short"), timeout=SLOW)

    def chair(self, name: str) -> Locator:
        """Somebody's chair."""
        return self.page.get_by_role("button", name=re.compile(re.escape(name))).first

    def _click(self, button: Locator) -> None:
        if self.listens:
            self.page.evaluate("() => { window.pressed = window.spoken.length }")
        button.click()

    def caption_of(self, name: str) -> None:
        """Wait until words of somebody have been shown since the last press."""
        shown = "name => window.spoken.slice(window.pressed).some((words) => words.includes(name))"
        self.page.wait_for_function(shown, arg=name, timeout=SLOW)

    def drawer(self) -> None:
        """Open the leaders' drawer."""
        if not self.page.locator("#drawer").is_visible():
            self.page.locator("button.lead__more").click()

    def undrawer(self) -> None:
        """Close it."""
        self.press("Close the drawer")

    def panel(self, english: str) -> Locator:
        """A panel of the drawer, open."""
        self.drawer()
        panel = self.page.locator("details.panel").filter(has=self.page.locator("summary", has_text=self.t(english)))
        if panel.get_attribute("open") is None:
            panel.locator("summary").click()
        return panel
