"""The step on the way in: who is around, devices that do not come, a line that does not hold, and going in without."""

from collections.abc import Callable, Iterator
import re
from typing import Any

from playwright.sync_api import Page, expect
import pytest

from tests.e2e.sound_stage import WAIT, Studio, Visit, studio_of

# The browser of somebody whose devices do not come: it answers as the name in the address's fragment says.
DEVICES = """
const answer = location.hash.slice(1);
if (answer) navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", answer); };
"""
UNASKED = """
navigator.permissions.query = async () => ({ state: "prompt" });
"""
TROUBLES = {
    "NotAllowedError": ("denied", "The microphone is not allowed here.", "这里还没有允许使用麦克风。"),
    "NotFoundError": ("missing", "No microphone is found.", "没有找到麦克风。"),
    "NotReadableError": ("busy", "Another program has the microphone.", "麦克风正被其他程序使用。"),
}


@pytest.fixture(scope="module")
def studio(start_site: Callable[..., Any]) -> Iterator[Studio]:
    """A site with its media server, for all of these."""
    with studio_of(start_site) as studio:
        yield studio


@pytest.fixture(scope="module")
def link(studio: Studio, browser: Any) -> str:
    """Bob's own link to a meeting that begins soon."""
    context = browser.new_context(locale="en-GB", permissions=["camera", "microphone"])
    company = studio.company(context.new_page).found("Bob")
    context.close()
    return company.links["Bob"]


def come(page: Page, link: str, *scripts: str) -> Page:
    """Bob before the check, on a device that the link has not met yet."""
    for script in scripts:
        page.context.add_init_script(script)
    page.goto(link)
    if page.get_by_role("checkbox").count():
        page.get_by_label(re.compile("Your profession|你的职业")).select_option("doctor")
        page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=re.compile("Agree|同意|Come in|进入")).click()
    expect(page.locator(".check")).to_be_visible(timeout=WAIT)
    speak(page, "en")
    return page


def speak(page: Page, language: str) -> None:
    """The page in this language, whatever Bob chose last."""
    other = page.get_by_role("button", name="English" if language == "en" else "中文")
    if other.count():
        other.click()


def test_all_is_well_in_half_a_minute(visitor: Visit, link: str, accessible: Any) -> None:
    page = come(visitor(), link)
    expect(page.locator("[data-verdict=good]")).to_have_text(re.compile("The connection holds."), timeout=WAIT)
    expect(page.get_by_text("Your voice comes through.")).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.querySelector('video[data-preview]').videoWidth") > 0
    expect(page.get_by_label("Microphone", exact=True)).to_have_value(re.compile("."))
    accessible(page)
    page.get_by_role("button", name="Play a tone").click()
    page.get_by_role("button", name="To the waiting room").click()
    expect(page.get_by_text("One answer first; then the way in is open.")).to_be_visible()
    accessible(page)
    page.get_by_role("radio", name="No, but with headphones").check()
    page.get_by_role("button", name="To the waiting room").click()
    expect(page.get_by_text("Microphone and picture work.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Check again").click()
    expect(page.locator("[data-verdict=good]")).to_be_visible(timeout=WAIT)


def test_the_browser_is_asked_only_by_hand(visitor: Visit, link: str, accessible: Any) -> None:
    page = come(visitor(phone=True), link, UNASKED)
    expect(page.get_by_role("button", name="Try microphone and camera")).to_be_visible()
    accessible(page)
    page.get_by_role("radio", name="Yes, alone").check()
    page.get_by_role("button", name="Go in and only listen").click()
    expect(page.get_by_text("You come to listen.")).to_be_visible()


@pytest.mark.parametrize("name", TROUBLES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_does_not_come_says_what_to_do(
    visitor: Visit, link: str, accessible: Any, name: str, language: str
) -> None:
    page = come(visitor(language=language, phone=language != "en"), link, DEVICES)
    page.goto(f"{page.url}#{name}")
    page.reload()
    expect(page.locator(".check")).to_be_visible(timeout=WAIT)
    speak(page, language)
    code, english, chinese = TROUBLES[name]
    found = page.locator(f"[data-trouble=microphone-{code}]")
    expect(found).to_contain_text(english if language == "en" else chinese, timeout=WAIT)
    page.emulate_media(color_scheme="dark")
    accessible(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name=re.compile("Go in and only listen|进去，只听")).click()
    expect(page.get_by_text(re.compile("You come to listen.|你进去听。"))).to_be_visible()


def test_without_sound_is_a_way_in_too(visitor: Visit, link: str) -> None:
    page = come(visitor(), link)
    page.get_by_role("button", name="Without sound").click()
    expect(page.get_by_text("You come without sound.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("You come without sound.")).to_be_visible()  # is not asked again
    page.get_by_role("button", name="Join with sound").click()
    expect(page.locator(".check")).to_be_visible()


def test_a_media_server_that_does_not_answer_shuts_nobody_out(
    studio: Studio, visitor_of_storms: Visit, link: str, accessible: Any
) -> None:
    studio.end()
    try:
        page = come(visitor_of_storms(), link)
        away = page.locator("[data-verdict=away]")
        expect(away).to_contain_text("The media server does not answer just now.", timeout=2 * WAIT)
        accessible(page)
        page.get_by_role("radio", name="Yes, alone").check()
        page.get_by_role("button", name="To the waiting room").click()
        expect(page.get_by_text("Microphone and picture work.")).to_be_visible()
    finally:
        studio.begin()
