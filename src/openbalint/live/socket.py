"""The socket of one browser tab: an `asyncio.Protocol` on the sans-IO protocol of `websockets`.

It is mounted by uvicorn (``--ws openbalint.live.socket:LiveProtocol``, one port with the pages) or alone by
`server.run`. The library does the handshake, ping and close; what the room sends is built once for everybody and goes
straight to the transport. There is no task, queue or timer for a connection.
"""

import asyncio
from http import HTTPStatus
import ipaddress
import logging
from socket import SO_SNDBUF, SOL_SOCKET
from time import monotonic
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from websockets.exceptions import PayloadTooBig
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import OPEN, Protocol, Side
from websockets.server import ServerProtocol
from websockets.speedups import apply_mask
from websockets.typing import Subprotocol

from openbalint.live import tickets, wire
from openbalint.live.clients import Client, Pace, nowhere
from openbalint.live.rooms import rooms

PATH = "/ws/"
SUBPROTOCOL = Subprotocol("openbalint")
MAX_BEHIND = 128 * 1024  # bytes that wait for a client before it is cut, and as many in the kernel
GRACE = 3.0  # seconds from our close to the end of the connection
_SHORT = (wire.TEXT, 0x80 | Opcode.PONG)  # first bytes of what a browser sends
CLOSE_CODES = {"again": CloseCode.SERVICE_RESTART}  # of the other goodbyes: 1000
# The library would log frames where debugging is on. No configuration reaches this logger: what is typed is never logged.
_silence = logging.Logger("silence", logging.CRITICAL + 1)  # noqa: LOG001 - outside the tree of loggers on purpose


def origin_allowed(origin: str | None, host: str) -> bool:
    """Whether a page of ``origin`` may open a socket here. None: not a browser, and the ticket alone decides."""
    if origin is None or origin in settings.OPENBALINT_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return parts.netloc == host and validate_host(name, settings.ALLOWED_HOSTS)


def end_of_short(data: bytes) -> int:
    """Where the frame ends that ``data`` begins with, if it is a whole masked text or pong of up to 125 bytes; else 0."""
    if len(data) < 6 or data[0] not in _SHORT or not 0x80 <= data[1] < 0xFE:
        return 0
    end = data[1] - 0x80 + 6
    return end if end <= len(data) else 0


class LiveProtocol(asyncio.Protocol, Client):
    """One connection, from the handshake to its end.

    A browser sends short whole frames, and these are read here. Whatever else comes is for the library, and from then
    on all that comes: so an idle connection needs no parser.
    """

    __slots__ = ("_closing", "_library", "_pace", "_text", "_transport", "alive")

    def __init__(self, config: Any = None, server_state: Any = None, app_state: Any = None, _loop: Any = None) -> None:
        """The arguments are uvicorn's."""
        super().__init__()
        shaking = ServerProtocol(subprotocols=[SUBPROTOCOL], max_size=wire.MAX_FRAME, logger=_silence)
        self._library: Protocol | None = shaking
        self._text = b""
        self._closing = False
        self.alive = True

    # ── asyncio ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A connection; nothing is known of it yet."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=MAX_BEHIND)
        self._transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, MAX_BEHIND)
        self._pace = Pace(monotonic())
        rooms.sockets.add(self)

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        self.alive = True
        while self._library is None and (end := end_of_short(data)):
            if data[0] == wire.TEXT:
                self._message(apply_mask(data[6:end], data[2:6]))
            if end == len(data):
                return
            data = data[end:]
        if data:
            library = self._parser()
            library.receive_data(data)
            self._events(library)

    def eof_received(self) -> None:
        """The client will send no more."""
        library = self._parser()
        library.receive_eof()
        self._events(library)

    def pause_writing(self) -> None:
        """A client that reads this slowly is cut; it comes back into the whole view, and nobody waited for it."""
        self.cut()

    def resume_writing(self) -> None:
        """Nothing waits."""

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, however it went."""
        rooms.sockets.discard(self)
        self.leave()

    # ── what a room calls ─────────────────────────────────────────────────────────────────────────────────────────────

    def write_together(self, *frames: bytes) -> None:
        """In one write: each costs more than its bytes do."""
        self.write(b"".join(frames))

    def finish(self, word: str) -> None:
        """Say why, then close."""
        if self.open:
            self.write(wire.bye(word))
            self._close(CLOSE_CODES.get(word, CloseCode.NORMAL_CLOSURE))
        elif not self._transport.is_closing():
            self._transport.abort()

    def cut(self) -> None:
        """End it at once."""
        self.write = nowhere
        self._transport.abort()

    # ── inside ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _parser(self) -> Protocol:
        """The library's side of the connection, made when it is needed."""
        if self._library is None:
            self._library = Protocol(Side.SERVER, state=OPEN, max_size=wire.MAX_FRAME, logger=_silence)
        return self._library

    def _events(self, library: Protocol) -> None:
        for event in library.events_received():
            if isinstance(event, Request) and isinstance(library, ServerProtocol):
                self._shake(library, event)
            elif isinstance(event, Frame) and self.open:
                self._frame(event)
        if isinstance(library.parser_exc, PayloadTooBig):
            self.write(wire.no(0, "too-large"))
        self._flush(library)

    def _flush(self, library: Protocol) -> None:
        if library.state is not OPEN:
            self.write = nowhere
        for data in library.data_to_send():
            if data:
                self._transport.write(data)
            else:
                self._half_close()
        if library.close_expected() and not self._closing:
            self._closing = True
            asyncio.get_running_loop().call_later(GRACE, self._transport.abort)

    def _half_close(self) -> None:
        if self._transport.can_write_eof():
            self._transport.write_eof()
        else:
            self._transport.close()

    def _close(self, code: int) -> None:
        self.write = nowhere
        library = self._parser()
        library.send_close(code)
        self._flush(library)

    def _shake(self, library: ServerProtocol, request: Request) -> None:
        """The handshake: path, origin, signature. No query, no cookie."""
        status, ticket = self._judge(request)
        if ticket is None:
            library.send_response(library.reject(status, ""))
            return
        response = library.accept(request)
        library.send_response(response)
        if response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
            self.meeting, self.person, self.write = ticket.meeting, ticket.person, self._transport.write
            if not library.reader.buffer:  # a browser says nothing before it is answered
                self._flush(library)
                self._library = None

    def _judge(self, request: Request) -> tuple[HTTPStatus, tickets.Ticket | None]:
        headers = request.headers
        if request.path.partition("?")[0] != PATH:
            return HTTPStatus.NOT_FOUND, None
        origins, hosts = headers.get_all("Origin"), headers.get_all("Host")
        if len(origins) > 1 or not origin_allowed(next(iter(origins), None), next(iter(hosts), "")):
            return HTTPStatus.FORBIDDEN, None
        if settings.OPENBALINT_DEMO and not self._loopback():
            return HTTPStatus.FORBIDDEN, None
        offered = (word.strip() for line in headers.get_all("Sec-WebSocket-Protocol") for word in line.split(","))
        token = next((word for word in offered if word.startswith(tickets.PREFIX)), "")
        return HTTPStatus.FORBIDDEN, tickets.read(token.removeprefix(tickets.PREFIX))

    def _loopback(self) -> bool:
        address = self._transport.get_extra_info("sockname")
        return isinstance(address, str) or ipaddress.ip_address(address[0]).is_loopback

    def _frame(self, frame: Frame) -> None:
        if frame.opcode in (Opcode.PING, Opcode.PONG, Opcode.CLOSE):
            return  # the library has answered
        if frame.opcode is Opcode.BINARY:
            self._close(CloseCode.UNSUPPORTED_DATA)
            return
        self._text += frame.data
        if not frame.fin:
            return
        payload, self._text = self._text, b""
        self._message(payload)

    def _message(self, payload: bytes) -> None:
        if self._pace.spend(monotonic()):
            if self.tab:
                self.hear(payload)
            else:
                self._greet(payload)
        elif self._pace.hopeless:
            self._close(CloseCode.POLICY_VIOLATION)
        else:
            self.write(wire.no(wire.number_of(payload), "too-fast"))

    def _greet(self, payload: bytes) -> None:
        try:
            self.tab = wire.read_hello(payload)
        except wire.BadFrameError:
            self.write(wire.no(0, "bad-frame"))
            return
        self.write(wire.you(self.person, captions=settings.OPENBALINT_DEMO))
        rooms.open(self)
