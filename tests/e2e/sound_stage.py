"""A group whose people hear each other: made by pages, each person in a browser of their own, LiveKit real.

What is audible is measured where it is heard: the energy of the sound that a listener's connections have received. A
script that runs before the page keeps its connections for that, and the client's rooms for tests that break them.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import re
import secrets
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
import pytest

from openbalint.media import process
from openbalint.media.process import Ports, Running
from tests.e2e.demonstration import Room

PASSWORD = "a long walk by the river"
ZONE = "Asia/Shanghai"
CHUNKS = Path(__file__).parents[2] / "src/openbalint/web/static/build/chunks"
QUIET = 1e-6  # energy of what is silent: rounding, and the comfort noise of a closed microphone
PATIENCE = 12  # tries of a second
WAIT = 15_000  # ms until a connection to the media server must stand, on a busy machine
SOON = 8_000  # ms, half of what the client waits in a connection that has gone

KEEP = """
window.ends = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...words) { super(...words); window.ends.push(this); }
};
window.rooms = [];
import("/static/build/chunks/CHUNK").then((all) => {
  const Room = Object.values(all).find((one) => one?.prototype?.simulateScenario);
  const on = Room.prototype.on;
  Room.prototype.on = function (...words) { if (!window.rooms.includes(this)) window.rooms.push(this); return on.apply(this, words); };
});
window.sum = async (kind, what) => {
  window.seen ??= {};  // by track: what has gone by stays counted when its connection has gone
  for (const [at, end] of window.ends.entries()) {
    if (end.connectionState === "closed") continue;
    for (const stats of (await end.getStats()).values())
      if (stats.type === "inbound-rtp" && stats.kind === kind) window.seen[`${at} ${kind} ${stats.id} ${stats.ssrc}`] = stats[what] ?? 0;
  }
  return Object.entries(window.seen).reduce((all, [key, one]) => all + (key.includes(` ${kind} `) ? one : 0), 0);
};
window.energy = () => window.sum("audio", "totalAudioEnergy");
window.frames = () => window.sum("video", "framesDecoded");
"""

Visit = Callable[..., Page]


def keeper() -> str:
    """The script that keeps connections, for the bundle that is there."""
    [chunk] = [path.name for path in CHUNKS.glob("*.js") if "simulateScenario" in path.read_text("utf-8")]
    return KEEP.replace("CHUNK", chunk)


def program() -> Path:
    """The media server's program; without it the journey is skipped, loudly."""
    found = process.find(os.environ)
    if found is None:
        pytest.skip("livekit-server is not here: run `make livekit` (needs Go 1.26 or newer), or put it on PATH")
    return found


class Studio:
    """A site and its media server, which can be taken away and brought back."""

    def __init__(self, start_site: Callable[..., Any]) -> None:
        self._program = program()
        self.server = Running(Ports.free(), f"key{secrets.token_hex(6)}", secrets.token_urlsafe(32))
        self.site = start_site(
            "serve",
            OPENBALINT_LIVEKIT_URL=self.server.browser_url,
            OPENBALINT_LIVEKIT_KEY=self.server.key,
            OPENBALINT_LIVEKIT_SECRET=self.server.secret,
        )
        self._running = ExitStack()

    def begin(self) -> None:
        """The media server runs, and reports to the site."""
        webhooks = (f"{self.site.origin}/media/webhook",)
        self._running.enter_context(process.running(self._program, webhooks=webhooks, at=self.server))

    def end(self) -> None:
        """The media server is gone, as if its machine had failed."""
        self._running.close()

    def company(self, visit: Visit) -> "Company":
        """Lea's group on that site, not yet made."""
        return Company(self.site.origin, self.site.line(r"(http://\S+/start/\S+)")[1], visit)


@contextmanager
def studio_of(start_site: Callable[..., Any]) -> Iterator[Studio]:
    """A studio for as long as the block."""
    studio = Studio(start_site)
    studio.begin()
    yield studio
    studio.end()


@dataclass
class Company:
    """Lea's group, its meeting, and who has come. Members are invited by links of their own."""

    origin: str
    start: str  # the address for the first leader
    visit: Visit
    pages: dict[str, Page] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    group: str = ""
    meeting: str = ""

    def found(self, *members: str, picture: str = "", sealed: bool = False) -> "Company":
        """Lea makes the group, invites, and plans a meeting that begins in some minutes.

        ``picture``: what becomes of the presenter's while outside, in the words of the script's form.
        """
        lea = self._page("Lea")
        lea.goto(self.start)
        for label, text in (("Your name", "Lea"), ("E-mail", "lea@hospital.example")):
            lea.get_by_label(label).fill(text)
        lea.get_by_label("Password", exact=True).fill(PASSWORD)
        lea.get_by_label("The password once more").fill(PASSWORD)
        lea.get_by_label("Time zone").select_option(ZONE)
        lea.get_by_role("button", name="Begin").click()
        lea.get_by_label("Name of the group").fill("Thursday group")
        lea.get_by_label("Help nearby").fill("8210")
        lea.get_by_role("button", name="Make the group").click()
        expect(lea.get_by_role("heading", level=1)).to_have_text("Thursday group")
        self.group = lea.url
        for name in members:
            self.links[name] = self._invite(name, co_leader=name == "Cora")
        if sealed:
            lea.goto(f"{self.group}change/")
            lea.get_by_label("Encrypt sound and picture from device to device").check()
            lea.get_by_role("button", name="Save").click()
        if picture:
            self._script_with(picture)
        self._plan()
        return self

    def _script_with(self, picture: str) -> None:
        """The group's own copy of its script, with this choice."""
        lea = self.pages["Lea"]
        lea.goto(f"{self.origin}/scripts/")
        lea.get_by_role("link", name="Balint, 90 minutes, one case").first.click()
        lea.get_by_role("button", name="Copy it for this group").click()
        lea.get_by_role("radio", name=picture).check()
        lea.get_by_role("button", name="Keep").click()
        lea.goto(f"{self.group}change/")
        lea.get_by_label("Script").select_option(index=0)
        lea.get_by_role("button", name="Save").click()

    def _page(self, name: str, **wishes: object) -> Page:
        page = self.pages[name] = self.visit(**wishes)
        page.context.add_init_script(keeper())
        return page

    def _invite(self, name: str, *, co_leader: bool) -> str:
        lea = self.pages["Lea"]
        lea.goto(self.group)
        lea.get_by_label("For whom?").fill(name)
        if co_leader:
            lea.get_by_label("As", exact=True).select_option("co-leader")
        lea.get_by_role("button", name="Make a link for one").click()
        return lea.get_by_label("The link", exact=True).input_value()

    def _plan(self) -> None:
        lea = self.pages["Lea"]
        begins = datetime.now(UTC).astimezone(ZoneInfo(ZONE)) + timedelta(minutes=5)
        lea.goto(f"{self.group}plan/")
        lea.get_by_label("Day").fill(begins.date().isoformat())
        lea.get_by_label("Begins").fill(f"{begins:%H:%M}")
        lea.get_by_role("button", name="Plan it").click()
        lea.get_by_role("link", name="To the room").click()
        self.meeting = lea.url

    def come(self, name: str, **wishes: object) -> Page:
        """A member opens the own link, agrees, and stands before the check."""
        page = self._page(name, **wishes)
        page.goto(self.links[name])
        page.get_by_label(re.compile("Your profession|你的职业")).select_option("doctor")
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name=re.compile("Agree|同意")).click()
        return page

    def enter(self, name: str, *, microphone: bool = True, camera: bool = False) -> Page:
        """Through the check, alone, with what is said."""
        page = self.pages[name]
        page.get_by_role("radio", name="Yes, alone").check()
        # The one or the other: on a busy machine the direct way may not be found in time.
        expect(page.locator("[data-verdict=good], [data-verdict=detour]")).to_be_visible(timeout=WAIT)
        for on, switch in (
            (microphone, "Go in with the microphone on"),
            (camera, "Go in with the picture"),
        ):
            if not on:
                page.get_by_role("button", name=switch).click()
        page.get_by_role("button", name=re.compile("^(Go in|To the waiting room)$")).click()
        return page

    def begin(self, *, speaking: tuple[str, ...] = (), cameras: tuple[str, ...] = ()) -> None:
        """All who have come go in, and Lea begins the meeting."""
        for name in self.pages:
            self.enter(name, microphone=name in speaking, camera=name in cameras)
        self.lead.press("Begin the meeting")
        for name in self.pages:
            self.hears(name)

    def presents(self, name: str) -> None:
        """From the opening to this person's telling."""
        self.room(name).press("I have a case")
        self.lead.next("Call")
        self.lead.drawer()
        self.pages["Lea"].get_by_role("button", name="Presents", exact=True).click()
        self.lead.undrawer()
        self.lead.next("Telling")

    def steps_back(self, name: str) -> None:
        """From the telling to the silence: the presenter pushes the own chair out."""
        self.lead.next("Facts")
        self.lead.great.click()
        self.room(name).press("Push my chair back")
        self.room("Lea").arrived("Step back")

    @property
    def lead(self) -> Room:
        """Lea's room."""
        return Room(self.pages["Lea"])

    def room(self, name: str) -> Room:
        """Somebody's room."""
        return Room(self.pages[name])

    def hears(self, name: str) -> None:
        """Wait until somebody is connected to the media server."""
        page = self.pages[name]
        page.wait_for_function("() => window.ends.some((end) => end.connectionState === 'connected')", timeout=WAIT)

    def suffers(self, name: str, scenario: str) -> None:
        """Something happens to somebody's connection, in the client's words for it."""
        mishap = "what => window.rooms.find((room) => room.state === 'connected').simulateScenario(what)"
        self.pages[name].evaluate(mishap, scenario)

    def connections(self, name: str) -> int:
        """How many connections somebody has had, with those that have ended."""
        return int(self.pages[name].evaluate("ends.length"))

    def joins_anew(self, name: str, *, since: int, within: int = WAIT) -> None:
        """Wait until one of the connections stands that somebody has had since there were so many."""
        stands = "since => ends.slice(since).some((end) => end.connectionState === 'connected')"
        self.pages[name].wait_for_function(stands, arg=since, timeout=within)

    def heard(self, name: str, seconds: float = 1.5) -> float:
        """The energy of sound that reaches somebody within this time."""
        page = self.pages[name]
        before = page.evaluate("energy()")
        page.wait_for_timeout(seconds * 1000)
        return float(page.evaluate("energy()")) - before

    def audible_to(self, name: str) -> bool:
        """Whether somebody is heard there, by now or in a moment: microphones open three seconds after their word."""
        return any(self.heard(name, 1.0) > QUIET for _ in range(PATIENCE))

    def seen(self, name: str) -> bool:
        """Whether pictures arrive there, from a second from now on."""
        page = self.pages[name]
        page.wait_for_timeout(1000)
        before = page.evaluate("frames()")
        page.wait_for_timeout(1500)
        return bool(page.evaluate("frames()") > before)

    def silent_to(self, *names: str) -> bool:
        """Whether nobody is heard there, a second from now."""
        self.pages[names[0]].wait_for_timeout(1000)
        return all(self.heard(name) <= QUIET for name in names)
