"""The media path: from the command that enters a phase to the last right that LiveKit enforces, in circles of fifteen.

Each circle is a meeting of the product as it is (engine, log on SQLite, room, keeper) whose fifteen people are in a real
LiveKit without a browser (PyPI `livekit`), and hear each other. A phase change takes the right to speak from most of them
or gives it back: the clock runs from the command to the moment at which LiveKit lists everybody with the permission that
follows. Beside it, in turns: the bare cost, fifteen `UpdateParticipant` calls at once and a look, in a room of fifteen
that nobody keeps.

    make bench ARGS="media --circles 2 --changes 20"
"""

import argparse
import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import statistics
import subprocess
import tempfile
import time
from typing import Any
from uuid import UUID, uuid4

from livekit import rtc

from openbalint.media import process
from openbalint.media.livekit import LiveKit
from openbalint.media.permissions import ASIDE, Permission, Source

SEATS = 15
RATE, BLOCK = 48000, 480
REST = 10.0  # seconds in which nothing is asked, to see what a circle takes
TICKS = os.sysconf("SC_CLK_TCK")
CAMERA_ONLY = Permission(True, True, (Source.CAMERA,))


def prepare(count: int) -> list[tuple[UUID, list[str]]]:
    """A group of fifteen and so many meetings: each with its people, the leader first, the presenter third."""
    from django.core.management import call_command

    from tests import factories
    from tests.people import CORA, LEA, Somebody

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    lea = factories.a_person(LEA, now=now)
    group = factories.a_group(lea, now=now)
    others = [CORA, *(Somebody(f"Member {number}") for number in range(3, SEATS + 1))]
    people = [str(lea.id), *(str(factories.a_member(group, who, now=now).user_id) for who in others)]
    later = now + timedelta(minutes=1)
    return [(factories.a_meeting(group, at=later, now=now).id, people) for _ in range(count)]


class Devices:
    """Fifteen people in a room of LiveKit; two of them have a microphone open."""

    def __init__(self, server: LiveKit, url: str, name: str, people: list[str]) -> None:
        self.server, self.url, self.name, self.people = server, url, name, people
        self.rooms: list[rtc.Room] = []
        self.work: list[asyncio.Task[None]] = []

    async def come(self, wished: Mapping[str, Permission]) -> None:
        """Everybody joins."""
        for who in self.people:
            room = rtc.Room()
            await room.connect(self.url, self.server.token(self.name, who, wished[who]))
            self.rooms.append(room)
        for who, room in zip(self.people, self.rooms, strict=True):
            if Source.MICROPHONE in wished[who].can_publish_sources and len(self.work) < 2:
                await self._speak(room)
        await self.equal(wished)

    async def _speak(self, room: rtc.Room) -> None:
        source = rtc.AudioSource(RATE, 1)
        track = rtc.LocalAudioTrack.create_audio_track("mic", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False)
        await room.local_participant.publish_track(track, options)
        self.work.append(asyncio.get_running_loop().create_task(_sound(source)))

    async def equal(self, wished: Mapping[str, Permission]) -> None:
        """Until LiveKit lists everybody with what is wished."""
        while True:
            found = await self.server.people(self.name)
            if {who: present.permission for who, present in found.items()} == wished:
                return
            await asyncio.sleep(0.002)

    async def go(self) -> None:
        """Everybody leaves."""
        for task in self.work:
            task.cancel()
        for room in self.rooms:
            await room.disconnect()


async def _sound(source: rtc.AudioSource) -> None:
    frame = rtc.AudioFrame(bytes(2 * BLOCK), RATE, 1, BLOCK)
    while True:
        await source.capture_frame(frame)


class Circle:
    """One meeting, and the devices of its people."""

    def __init__(self, rooms: Any, server: LiveKit, url: str, meeting: UUID, people: list[str]) -> None:
        from openbalint.live.sound import circle_of

        self.rooms, self.meeting, self.people = rooms, meeting, people
        self.devices = Devices(server, url, circle_of(meeting), people)

    async def ask(self, command: Any) -> None:
        """A command, by the door of the pages; accepted when it is committed."""
        code = await self.rooms.submit(self.meeting, command)
        if code is not None:
            raise RuntimeError(f"{type(command).__name__} was refused: {code}")

    @property
    def owned(self) -> Any:
        """The room in this process."""
        return self.rooms._rooms[self.meeting]

    def wished(self) -> Mapping[str, Permission]:
        """What the session grants now."""
        sound = self.owned.sound
        found: Mapping[str, Permission] = sound._wished(self.owned._seen)[self.devices.name].people
        return found

    async def begin(self) -> None:
        """Everybody comes, a case is told, and all are in the media server."""
        from openbalint.protocol import commands as c
        from openbalint.protocol.scripts import Part

        lead, presenter = self.people[0], self.people[2]
        seats = [c.Seat.LEADER, c.Seat.CO_LEADER, *[c.Seat.MEMBER] * (SEATS - 2)]
        for who, seat in zip(self.people, seats, strict=True):
            await self.ask(c.Connect(who, seat))
        await self.ask(c.Start(lead, self.owned._script))
        await self.ask(c.SetOffer(presenter, presenter, offered=True))
        await self.ask(c.NamePresenter(lead, presenter))
        for index in (0, 1):
            await self.ask(c.GoTo(lead, self.entry, Part.CASE, 1, index))
        await self.rooms.sound_pass(self.meeting, lead)  # the room is there
        await self.devices.come(self.wished())

    @property
    def entry(self) -> int:
        return int(self.owned._seen.session.entry)

    async def change(self, *, out: bool) -> float:
        """The presenter moves out to the discussion, or all is told again; milliseconds to the last right."""
        from openbalint.protocol import commands as c
        from openbalint.protocol.scripts import Part

        lead = self.people[0]
        if out:
            await self.ask(c.GoTo(lead, self.entry, Part.CASE, 1, 5))
        began = time.perf_counter()
        await self.ask(c.StepBackNow(lead, self.entry) if out else c.GoTo(lead, self.entry, Part.CASE, 1, 1))
        await self.devices.equal(self.wished())
        return (time.perf_counter() - began) * 1000


async def bare(devices: Devices, *, out: bool) -> float:
    """Fifteen calls at once and a look; milliseconds."""
    first, second, presenter, *others = devices.people
    wished = {first: ASIDE, second: ASIDE, presenter: CAMERA_ONLY if out else ASIDE}
    wished |= dict.fromkeys(others, ASIDE if out else CAMERA_ONLY)
    began = time.perf_counter()
    await asyncio.gather(*(devices.server.allow(devices.name, who, wished[who]) for who in devices.people))
    await devices.equal(wished)
    return (time.perf_counter() - began) * 1000


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def livekit_pid() -> int:
    """The server that this benchmark started: a child of ours."""
    words = ["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())]
    listed = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    return next(int(line.split()[0]) for line in listed if "livekit" in line)


def told(name: str, values: list[float]) -> str:
    """Median and the 99th of a hundred."""
    ordered = sorted(values)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{name:<46} p50 {statistics.median(ordered):6.1f} ms  p99 {p99:6.1f} ms  n = {len(ordered)}"


async def measure(running: process.Running, meetings: list[tuple[UUID, list[str]]], changes: int) -> None:
    """All of it; our path and the bare calls take turns."""
    from openbalint.live.rooms import rooms

    server = LiveKit(running.api_url, running.key, running.secret)
    await rooms.start()
    circles = [Circle(rooms, server, running.browser_url, *meeting) for meeting in meetings]
    for circle in circles:
        await circle.begin()
    await rest(len(circles))
    nobody = Devices(server, running.browser_url, f"bare-{uuid4()}", circles[0].people)
    await server.open_room(nobody.name, seats=SEATS + 1)
    await nobody.come(dict.fromkeys(nobody.people, ASIDE))
    ours, theirs = [], []
    for number in range(changes):
        out = number % 2 == 0
        for circle in circles:
            ours.append(await circle.change(out=out))
            theirs.append(await bare(nobody, out=out))
            await bare(nobody, out=not out)  # so that the next one changes something again
    print(told("phase command to the last enforced right", ours))
    print(told("fifteen UpdateParticipant calls and a look", theirs))
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    print(f"ours beside the bare calls, pair by pair: median {statistics.median(ratios):.2f}")
    for devices in (nobody, *(circle.devices for circle in circles)):
        await devices.go()
    await rooms.stop()
    await server.close()


async def rest(circles: int) -> None:
    """What LiveKit and our process take while people sit and two speak. Ours has the people's devices in it, too."""
    pid, began = livekit_pid(), time.monotonic()
    server = cpu_seconds(pid)
    await asyncio.sleep(REST)
    taken = (cpu_seconds(pid) - server) / (time.monotonic() - began) / circles * 100
    print(f"LiveKit, for a circle of {SEATS} in which two microphones are open: {taken:.1f}% of a core")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks media", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--circles", type=int, default=2, help="meetings at once (2)")
    parser.add_argument("--changes", type=int, default=20, help="phase changes of each (20)")
    args = parser.parse_args()
    program = process.find(os.environ)
    if program is None:
        raise SystemExit("livekit-server is not here: run `make livekit`, or put it on PATH")
    with tempfile.TemporaryDirectory() as folder, process.running(program) as running:
        os.environ.update(
            OPENBALINT_DATA=folder,
            OPENBALINT_SQLITE_SYNCHRONOUS="NORMAL",
            OPENBALINT_LIVEKIT_URL=running.browser_url,
            OPENBALINT_LIVEKIT_KEY=running.key,
            OPENBALINT_LIVEKIT_SECRET=running.secret,
        )
        from openbalint.cli import _django

        _django.setup()
        asyncio.run(measure(running, prepare(args.circles), args.changes))


if __name__ == "__main__":
    main()
