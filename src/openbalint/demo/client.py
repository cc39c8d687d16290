"""A simulated person at a browser's end of the wire: signs in by a link, asks for a ticket, opens a socket, lives.

Nothing is known here that a browser would not be told: views, captions, refusals and goodbyes come in, numbered commands
go out. What to do is decided by `mind.think`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.cookiejar import CookieJar
import json
from random import Random
import secrets
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from openbalint.demo.book import Line
from openbalint.demo.mind import Deed, Drop, Mind, Say, Wishes, hear, think
from openbalint.live import wire
from openbalint.protocol.commands import PersonId
from openbalint.protocol.views import Status, View

AGAIN = 2.0  # seconds before a lost connection is tried again
NAMES = {kind: name for name, kind in wire.COMMANDS.items()}


class Caption(msgspec.Struct):
    """Words of a simulated person."""

    person: PersonId
    text: Line


class Incoming(msgspec.Struct):
    """Any frame of the server; what is not needed here is left out."""

    view: View | None = None
    caption: Caption | None = None
    bye: str = ""


_read = msgspec.json.Decoder(Incoming).decode


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody comes in: the server, the link that signs in, and where tickets for the room are given."""

    origin: str
    link: str
    ticket: str
    csrf_cookie: str


class SimulatedPerson:
    """One simulated person in one meeting, until its room is closed, or opens to this person no more.

    ``saw`` is told every view.
    """

    def __init__(
        self, mind: Mind, wishes: Wishes, address: Address, chance: Random, saw: Callable[[View], None]
    ) -> None:
        self.mind = mind
        self.wishes = wishes
        self.address = address
        self.chance = chance
        self.saw = saw
        self.view: View | None = None
        self.number = 0
        self.tab = secrets.token_urlsafe(18)
        self.browser: OpenerDirector | None = None
        self.cookies = CookieJar()

    async def live(self) -> None:
        """Come, stay, come back when the connection is lost, and go when the room is closed or opens no more."""
        while True:
            try:
                absent = await self._visit()
            except HTTPError as error:
                error.close()
                absent = None if error.code == HTTPStatus.NOT_FOUND else AGAIN
            except (URLError, OSError, ConnectionClosed, InvalidHandshake, json.JSONDecodeError):
                absent = AGAIN
            if absent is None:
                return
            await asyncio.sleep(absent)

    async def _visit(self) -> float | None:
        """One connection. How long to stay away then; None: for good."""
        ticket = await asyncio.to_thread(self._ticket)
        protocols = [Subprotocol("openbalint"), Subprotocol(f"ticket.{ticket['ticket']}")]
        url = urljoin(self.address.origin, ticket["url"]).replace("http", "ws", 1)
        async with connect(
            url, subprotocols=protocols, origin=Origin(self.address.origin), compression=None, proxy=None
        ) as socket:
            await socket.send(msgspec.json.encode({"hello": self.tab}).decode())
            return await self._stay(socket)

    async def _stay(self, socket: ClientConnection) -> float | None:
        wake: datetime | None = None
        while True:
            frame = await self._next_frame(socket, wake)
            if frame and frame.bye:
                return None if frame.bye in ("closed", "gone") else AGAIN
            if frame:
                self._take(frame)
            if self.view is None:
                continue
            if self.view.status is Status.CLOSED:
                return None
            thought = think(self.mind, self.view, self.wishes, now=datetime.now(UTC), chance=self.chance)
            self.mind, wake = thought.mind, thought.wake
            for deed in thought.deeds:
                if isinstance(deed, Drop):
                    return max(3.0, deed.seconds / self.mind.pace.speed)
                await socket.send(self._encode(deed))

    async def _next_frame(self, socket: ClientConnection, wake: datetime | None) -> Incoming | None:
        seconds = max(0.0, (wake - datetime.now(UTC)) / timedelta(seconds=1)) if wake else None
        try:
            async with asyncio.timeout(seconds):
                return _read(await socket.recv())
        except TimeoutError:
            return None

    def _take(self, frame: Incoming) -> None:
        if frame.view is not None:
            self.view = frame.view
            self.saw(frame.view)
        if frame.caption is not None and frame.caption.person != self.mind.me:
            line = self.mind.book.line_of(frame.caption.text.en) or frame.caption.text
            self.mind = hear(self.mind, frame.caption.person, line, datetime.now(UTC))

    def _encode(self, deed: Deed) -> str:
        self.number += 1
        if isinstance(deed, Say):
            text = {"en": deed.line.en, "zh": deed.line.zh}
            return msgspec.json.encode({"n": self.number, "do": "caption", "text": text}).decode()
        fields = {field.name: getattr(deed, field.name) for field in wire.client_fields(type(deed))}
        return msgspec.json.encode({"n": self.number, "do": NAMES[type(deed)], **fields}).decode()

    # ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _ticket(self) -> dict[str, str]:
        """Ask for a ticket as the page of the room does. Runs in a thread."""
        browser = self.browser or self._sign_in()
        token = next((cookie.value or "" for cookie in self.cookies if cookie.name == self.address.csrf_cookie), "")
        headers = {"X-CSRFToken": token, "Origin": self.address.origin}
        request = Request(urljoin(self.address.origin, self.address.ticket), data=b"", headers=headers)  # noqa: S310 - http to this machine
        with browser.open(request, timeout=30) as answer:
            given: dict[str, str] = json.load(answer)
        return given

    def _sign_in(self) -> OpenerDirector:
        browser = build_opener(HTTPCookieProcessor(self.cookies))
        browser.open(urljoin(self.address.origin, self.address.link), timeout=30).close()
        self.browser = browser
        return browser
