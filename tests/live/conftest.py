"""Real servers on free ports, on the database of this run."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import re
import subprocess
import sys
import time
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
import pytest
import pytest_asyncio

from openbalint.audit import triggers as audit_triggers
from openbalint.groups.models import Group
from openbalint.live.rooms import Rooms
from openbalint.meetings import triggers
from tests import factories
from tests.live.browsers import Tab
from tests.live.threads import in_thread
from tests.people import Somebody

PATIENCE = 30.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A live part that runs as a process of its own."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int

    @property
    def address(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/"

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """As an operator does."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@dataclass
class Site:
    """Servers, a group and its meeting."""

    folder: Path
    servers: list[Server] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    people: dict[str, UUID] = field(default_factory=dict)
    meeting: UUID = field(default_factory=uuid4)  # until `meet` plans one

    def environment(self) -> dict[str, str]:
        """Settings of a server on the database of this test."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("OPENBALINT_", "PYTEST_"))}
        return plain | {
            "DJANGO_SETTINGS_MODULE": "openbalint.config.settings",
            "DATABASE_URL": database_address(),
            "OPENBALINT_DATA": str(self.folder / "data"),
            "OPENBALINT_SECRET_KEY": settings.SECRET_KEY,
            "OPENBALINT_SQLITE_SYNCHRONOUS": "NORMAL",
        }

    def start(self, *words: str, **env: str) -> Server:
        """Start a server (``pages``: with them on one port) and wait for it."""
        return self._begin("tests.live.serving", *words, **env)

    def run(self, verb: str, port: int, **env: str) -> Server:
        """Start what an operator starts: `openbalint VERB --port PORT`."""
        return self._begin("openbalint", verb, "--port", str(port), **env)

    def _begin(self, module: str, *words: str, **env: str) -> Server:
        path = self.folder / f"log-{len(self.servers)}"
        with path.open("wb") as log:
            line = [sys.executable, "-m", module, *words]
            process = subprocess.Popen(line, cwd=ROOT, env=self.environment() | env, stdout=log, stderr=log)
        server = Server(process, path, port_in(path, process))
        self.servers.append(server)
        return server

    def tab(self, name: str, server: Server | None = None) -> Tab:
        """A new tab of one of the people; ``screen`` is the big screen. Tabs are closed when the test is over."""
        address = self.newest if server is None else lambda: server.address
        made = Tab(address, self.meeting, None if name == "screen" else self.people[name])
        self.tabs.append(made)
        return made

    def newest(self) -> str:
        """The address of the server that was started last."""
        return self.servers[-1].address


def port_in(log: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that a server says it answers on."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"answer on (?:http://)?[\d.]+:(\d+)", log.read_text("utf-8")):
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8')}")


def database_address() -> str:
    """The database of this test, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user = facts["USER"] + (f":{facts['PASSWORD']}" if facts["PASSWORD"] else "")
    return f"postgresql://{user}@/{facts['NAME']}?host={facts['HOST']}&port={facts['PORT'] or 5432}"


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[Site]:
    """A site whose data are really committed. Its triggers are lifted for the flush alone, which makes them anew."""
    found = Site(tmp_path)
    yield found
    for server in found.servers:
        if server.process.poll() is None:
            server.kill()
    triggers.remove(connection)
    audit_triggers.remove(connection)


Meet = Callable[..., Awaitable[Site]]


@pytest_asyncio.fixture
async def meet(site: Site) -> AsyncIterator[Meet]:
    """Plan a meeting for now with Lea, Cora, and as many members and observers as asked for."""

    def plan(members: int, observers: int, script: str, facts: dict[str, Any]) -> Site:
        now = datetime.now(UTC)
        circle = factories.a_circle(now=now)
        site.people = {"lea": circle.lea.id, "cora": circle.cora.id, "ann": circle.ann.id, "bob": circle.bob.id}
        add(site, circle.group, members - 2, "member", now)
        add(site, circle.group, observers, "observer", now)
        meeting = factories.a_meeting(circle.group, at=now + timedelta(minutes=1), now=now, script=script, **facts)
        site.meeting = meeting.id
        return site

    async def planned(*, members: int = 3, observers: int = 0, script: str = "balint-60", **facts: Any) -> Site:
        return await in_thread(plan, members, observers, script, facts)

    yield planned
    for one in site.tabs:
        await one.go()


@pytest_asyncio.fixture
async def rooms() -> AsyncIterator[Rooms]:
    """The rooms of this process, without a socket: tests come to them as `Listener`. To be asked for after `meet`."""
    found = Rooms()
    await found.start()
    yield found
    await found.stop()


def add(site: Site, group: Group, count: int, seat: str, now: datetime) -> None:
    """Seat more people, called member-3 and so on."""
    for number in range(count):
        name = f"{seat}-{number + 3 if seat == 'member' else number + 1}"
        user = factories.a_person(Somebody(name), now=now)
        factories.a_member(group, user, seat=seat, now=now)
        site.people[name] = user.id


def add_one(site: Site, name: str, now: datetime) -> None:
    """Seat one more member, while the meeting is under way."""
    user = factories.a_person(Somebody(name), now=now)
    factories.a_member(Group.objects.get(meetings=site.meeting), user, now=now)
    site.people[name] = user.id
