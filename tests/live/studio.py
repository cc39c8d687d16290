"""A site with sound: a real LiveKit that reports to it, pages that hand out passes, and people's devices."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any
from uuid import UUID

import aiohttp
from django.conf import settings
from django.test import Client

from openbalint.accounts.models import User
from openbalint.media import process
from openbalint.media.process import Running
from tests.conftest import free_port
from tests.live.browsers import Tab
from tests.live.conftest import Server, Site
from tests.live.threads import in_thread
from tests.media.devices import Device, program


class Studio:
    """One site and its media server."""

    def __init__(self, site: Site) -> None:
        self.site, self.port = site, free_port()
        self.media = ExitStack()
        self.livekit: Running | None = None
        self.devices: list[Device] = []
        self.cookies: dict[str, dict[str, str]] = {}

    @property
    def pages(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Start the media server; again after `end`, at the same place, as after a crash."""
        reports, log = (f"{self.pages}/media/webhook",), self.site.folder / "livekit"
        started = process.running(program(), webhooks=reports, log=log, at=self.livekit)
        self.livekit = self.media.enter_context(started)

    def end(self) -> None:
        """Stop it."""
        self.media.close()

    def environment(self) -> dict[str, str]:
        """What a server of ours must know of it."""
        assert self.livekit is not None
        return {
            "OPENBALINT_LIVEKIT_URL": self.livekit.browser_url,
            "OPENBALINT_LIVEKIT_KEY": self.livekit.key,
            "OPENBALINT_LIVEKIT_SECRET": self.livekit.secret,
        }

    def serve(self, *words: str, **env: str) -> Server:
        """Start pages and sockets in one process, where the media server reports to."""
        return self.site.start("pages", f"port={self.port}", *words, **self.environment(), **env)

    async def post(self, name: str, path: str, *, at: str = "") -> tuple[int, Any]:
        """What somebody's page gets, signed in as a browser is."""
        if name not in self.cookies:
            self.cookies[name] = await in_thread(signed_in, self.site.people[name])
        token = self.cookies[name][settings.CSRF_COOKIE_NAME]
        async with (
            aiohttp.ClientSession(cookies=self.cookies[name]) as browser,
            browser.post(f"{at or self.pages}{path}", headers={"X-CSRFToken": token}) as answer,
        ):
            found = await answer.json() if answer.content_type == "application/json" else None
            return answer.status, found

    async def ask(self, name: str, *, at: str = "") -> tuple[int, Any]:
        """Ask for a pass."""
        return await self.post(name, f"/meetings/{self.site.meeting}/media", at=at)

    async def join(self, name: str) -> Device:
        """Ask for a pass and join with it."""
        status, found = await self.ask(name)
        assert (status, "token" in found) == (200, True), found
        return await self.enter(found["token"])

    async def enter(self, token: str) -> Device:
        """Join with any token."""
        assert self.livekit is not None
        device = Device()
        self.devices.append(device)
        return await device.come(self.livekit.browser_url, token)

    async def go(self) -> None:
        """Everybody leaves."""
        for device in self.devices:
            await device.go()


@asynccontextmanager
async def studio_of(site: Site) -> AsyncIterator[Studio]:
    """A studio for as long as the block."""
    studio = Studio(site)
    studio.begin()
    yield studio
    await studio.go()
    studio.end()


def signed_in(person: UUID) -> dict[str, str]:
    """The cookies of somebody's browser."""
    client = Client()
    client.force_login(User.objects.get(pk=person))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: "c" * 32}


async def seated(site: Site, *names: str) -> dict[str, Tab]:
    """The tabs of people, when all sit in the circle: Lea has started."""
    tabs = {name: await site.tab(name).come() for name in names}
    lea = tabs["lea"]
    await lea.sees(lambda view: len(view["leaders"].get("waiting") or ()) == len(names))
    await lea.does("start")
    for tab in tabs.values():
        await tab.sees(lambda view: len(view.get("circle", ())) == len(names))
    return tabs
