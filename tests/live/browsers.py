"""A browser tab as the server knows it: a ticket, a hello, numbered commands, the newest view."""

import asyncio
from collections.abc import Callable
import json
import secrets
from typing import Any
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from openbalint.live import tickets

PATIENCE = 20.0  # seconds; nothing here takes one, unless the machine is busy


class Tab:
    """One tab of one person. It keeps what it was told, in order; beats apart, as they come whatever happens."""

    def __init__(self, address: Callable[[], str], meeting: UUID, person: UUID | None, *, name: str = "") -> None:
        """``address`` is asked before every connect, as a ticket is."""
        self._address, self.meeting, self.person = address, meeting, person
        self.name = name or secrets.token_urlsafe(16)
        self.ticket = lambda: tickets.sign(meeting, person)
        self.number = 0
        self.frames: list[dict[str, Any]] = []
        self.raw: list[str] = []
        self.beats: list[dict[str, str]] = []
        self.closed: int | None = None
        self._news = asyncio.Condition()
        self.socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None

    # ── coming and going ──────────────────────────────────────────────────────────────────────────────────────────────

    async def come(self, *, origin: str | None = None, hello: bool = True) -> "Tab":
        """Connect with a new ticket and say hello."""
        await self.go()
        address = self._address()
        self.closed = None
        self.socket = await connect(
            address,
            subprotocols=[
                Subprotocol("openbalint"),
                Subprotocol(tickets.PREFIX + self.ticket()),
            ],
            origin=Origin(origin) if origin else None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        self._listening = asyncio.create_task(self._listen(self.socket))
        if hello:
            await self.say(json.dumps({"hello": self.name}))
        return self

    async def go(self) -> None:
        """Close the connection, as a tab that is closed."""
        if self.socket is not None and self._listening is not None:
            await self.socket.close()
            await self._listening

    async def come_back(self) -> None:
        """What the page does by itself: again and again, each time with a new ticket, until there is a view."""
        seen = len(self.frames)
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await self.come()
                    await self.until(
                        lambda: any("view" in frame for frame in self.frames[seen:]) or self.closed is not None
                    )
                    if self.closed is None:
                        return
                except (OSError, InvalidStatus, ConnectionClosed, TimeoutError):
                    pass
                await asyncio.sleep(0.1)

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for message in socket:
                frame = json.loads(message)
                if frame.keys() == {"now"}:
                    self.beats.append(frame)
                else:
                    self.raw.append(str(message))
                    self.frames.append(frame)
                async with self._news:
                    self._news.notify_all()
        except ConnectionClosed:
            pass
        self.closed = socket.close_code
        async with self._news:
            self._news.notify_all()

    # ── what was heard ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def view(self) -> dict[str, Any]:
        """The newest view."""
        return self.frame["view"]

    @property
    def frame(self) -> dict[str, Any]:
        """The newest frame with a view."""
        return next(frame for frame in reversed(self.frames) if "view" in frame)

    async def until(self, true: Callable[[], Any]) -> None:
        """Wait until something holds, looking again at each frame."""
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: bool(true()))

    async def sees(self, true: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Wait for a view of which something holds."""
        await self.until(lambda: any("view" in frame for frame in self.frames) and true(self.view))
        return self.view

    # ── asking ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def say(self, text: str | bytes) -> None:
        """Send anything."""
        assert self.socket is not None
        await self.socket.send(text)

    async def send(self, do: str, **fields: Any) -> int:
        """Send a command under the next number, and give the number."""
        self.number += 1
        await self.resend(self.number, do, **fields)
        return self.number

    async def resend(self, number: int, do: str, **fields: Any) -> None:
        """Send a command under this number."""
        await self.say(json.dumps({"n": number, "do": do, **fields}))

    async def answer(self, number: int, *, after: int = 0) -> dict[str, Any]:
        """What the server said to a command."""

        def found() -> dict[str, Any] | None:
            return next((f for f in self.frames[after:] if f.get("ok") == number or f.get("no") == number), None)

        await self.until(found)
        answer = found()
        assert answer is not None
        return answer

    async def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """Send a command and wait for the answer."""
        before = len(self.frames)
        return await self.answer(await self.send(do, **fields), after=before)

    async def does(self, do: str, **fields: Any) -> None:
        """A command that is accepted."""
        answer = await self.ask(do, **fields)
        assert "ok" in answer, answer


def phase_of(view: dict[str, Any]) -> str:
    """The kind of the phase that a view is in."""
    return str(view["way"][view["now"]]["kind"])


async def lead_to(kind: str, lead: Tab, presenter: Tab) -> None:
    """Start if need be, have the case presented, and go on until a phase of this kind."""
    if lead.view["status"] == "lobby":
        await lead.does("start")
        await lead.sees(lambda view: view["status"] == "running")
    while phase_of(lead.view) != kind:
        entry = lead.view["entry"]
        if phase_of(lead.view) == "call":
            who = str(presenter.person)
            await presenter.does("set-offer", person=who, offered=True)
            await lead.does("name-presenter", person=who)
        await lead.does("next", entry=entry)
        await lead.sees(lambda view, entry=entry: view["entry"] > entry or view.get("invited"))
        if lead.view["entry"] == entry:
            await lead.does("step-back-now", entry=entry)
            await lead.sees(lambda view, entry=entry: view["entry"] > entry)
