"""Between the live processes of a site: Valkey (or Redis) pub/sub, one channel for each process.

Browsers are sent to the owner of their room by the ticket's address, so the bus carries only what lands elsewhere: a
socket here whose room is owned there. Everything such a client says goes to the owner, everything it gets (views,
answers, refusals) comes back as frames that are ready to write; to the room it is a client like any other. What a turn
of the loop sends leaves in one write, and a frame for many goes once to each process.

Pub/sub may lose messages, and that is all right: the log is the truth. When the bus breaks, or one side is not heard of
for the time of a lease, the clients concerned are told to come back.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from functools import partial
import itertools
import logging
from typing import Any, Protocol, get_args
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import hiredis
import msgspec

from openbalint.live import names, valkey
from openbalint.live.clients import Client
from openbalint.live.known import Told
from openbalint.meetings.queries.sessions import LEASE
from openbalint.protocol.commands import PersonId

log = logging.getLogger(__name__)
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder().decode
ANSWER_WITHIN = 5.0  # seconds until a command from the pages counts as not heard
RETRY = 1.0


class Receiver(Protocol):
    """Whom the bus hands what it hears: the rooms of its process."""

    name: str

    def open(self, client: Client) -> None:
        """Bring a client to its room."""

    async def submit(self, meeting: UUID, told: Told) -> str | None:
        """From the pages of another process."""

    async def sound_pass(self, meeting: UUID, person: PersonId) -> Any:
        """What somebody's browser needs to join the media server."""

    def hear_media(self, meeting: UUID, number: str) -> None:
        """The media server reported something."""


class Remote(Client):
    """A client whose socket another process holds."""

    __slots__ = ("_bus", "node", "number")

    relayed = True

    def __init__(self, bus: "Bus", node: str, number: int, meeting: UUID, person: PersonId | None, tab: str) -> None:
        super().__init__()
        self.node, self.number, self.meeting, self.person, self.tab = node, number, meeting, person, tab
        self._bus = bus
        self.write = partial(bus.fan, node, number)

    def finish(self, word: str) -> None:
        """The socket's process says why and closes."""
        if self.open:
            self._bus.send(self.node, ("bye", self.number, word))


class Relay:
    """Clients of this process in a room that another one owns."""

    def __init__(self, bus: "Bus", meeting: UUID, owner: str) -> None:
        self.meeting, self.owner = meeting, owner
        self.clients: dict[Client, int] = {}
        self._bus = bus

    def connect(self, client: Client) -> None:
        """Tell the owner of the client."""
        number = self.clients[client] = self._bus.number(client)
        self._bus.send(self.owner, ("open", number, self.meeting, client.person, client.tab))

    def receive(self, client: Client, payload: bytes) -> None:
        """What the client said is for the owner to read."""
        self._bus.send(self.owner, ("said", self.clients[client], bytes(payload)))

    def disconnect(self, client: Client) -> None:
        """The client is gone."""
        number = self.clients.pop(client)
        self._bus.send(self.owner, ("gone", number))
        self._bus.leave(self, number)


class Bus:
    """The connection of this process to the others."""

    def __init__(self, receiver: Receiver, url: str, prefix: str) -> None:
        """``prefix`` names the deployment: two of them on one Valkey must not hear each other."""
        self._receiver, self._url, self._prefix = receiver, urlsplit(url), prefix
        self._numbers = itertools.count(1)
        self._out: dict[str, list[Any]] = {}
        self._relays: dict[UUID, Relay] = {}
        self._local: dict[int, Client] = {}  # clients here, by the number that the owner knows them by
        self._remote: dict[tuple[str, int], Remote] = {}  # clients elsewhere
        self._heard: dict[str, float] = {}  # when another process was last heard of
        self._answering: set[asyncio.Task[None]] = set()
        self._asked: dict[str, asyncio.Future[Any]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._listening: asyncio.Task[None] | None = None

    # ── the connection ────────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Subscribe to our own channel. Raises OSError if the server is not there."""
        self._loop = asyncio.get_running_loop()
        reader, writer = await asyncio.open_connection(
            *valkey.address(self._url), ssl=valkey.secured(self._url) or None
        )
        writer.write(valkey.greeting(self._url, self._channel(self._receiver.name)))
        self._writer, self._listening = writer, self._loop.create_task(self._listen(reader, writer))

    async def stop(self) -> None:
        """Send what waits, and go."""
        self._flush()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._writer is not None:
            await self._hang_up(self._writer)

    async def _listen(self, stream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reader = hiredis.Reader()
        try:
            while data := await stream.read(65536):
                for message in valkey.messages(reader, data):
                    self._message(message)
        except OSError as error:
            log.warning("bus: %s", type(error).__name__)
        self._lost()
        await self._hang_up(writer)
        await self._reconnect()

    @staticmethod
    async def _hang_up(writer: asyncio.StreamWriter) -> None:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    def _lost(self) -> None:
        """The server is gone: nothing that went through it can be relied on."""
        self._writer = None
        log.warning("bus: connection lost")
        for relay in list(self._relays.values()):
            self._again(relay)
        for remote in list(self._remote.values()):
            self._drop(remote)

    async def _reconnect(self) -> None:
        while self._writer is None:
            await asyncio.sleep(RETRY)
            try:
                await self.start()
            except OSError as error:
                log.warning("bus: %s, trying again", type(error).__name__)

    def _channel(self, node: str) -> str:
        return f"{self._prefix}:{node}"

    # ── sending ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def send(self, node: str, item: tuple[Any, ...]) -> None:
        """Queue an item; all of a turn of the loop leave together, in order."""
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.setdefault(node, []).append(item)

    def fan(self, node: str, number: int, frame: bytes) -> None:
        """A frame to a client elsewhere. The same frame to many of one process goes once."""
        waiting = self._out.get(node, ())
        for item in reversed(waiting):
            if item[0] != "write":
                break
            if item[2] is frame:
                item[1].append(number)
                return
        self.send(node, ("write", [number], frame))

    def _flush(self) -> None:
        out, self._out = self._out, {}
        if self._writer is not None:
            packed = ((self._channel(node), _pack((self._receiver.name, items))) for node, items in out.items())
            self._writer.writelines(valkey.publication(channel, payload) for channel, payload in packed)

    # ── relaying to an owner ──────────────────────────────────────────────────────────────────────────────────────────

    def relay(self, meeting: UUID, owner: str) -> Relay | None:
        """The way to a room that another process owns; None while the bus is down."""
        if self._writer is None:
            return None
        relay = self._relays.get(meeting)
        if relay is None or relay.owner != owner:
            if relay is not None:
                self._again(relay)
            relay = self._relays[meeting] = Relay(self, meeting, owner)
        return relay

    def number(self, client: Client) -> int:
        """A number by which the owner knows a client of ours."""
        number = next(self._numbers)
        self._local[number] = client
        return number

    def leave(self, relay: Relay, number: int) -> None:
        """A client of ours is gone; a relay without clients leads nowhere."""
        del self._local[number]
        if not relay.clients and self._relays.get(relay.meeting) is relay:
            del self._relays[relay.meeting]

    def _again(self, relay: Relay) -> None:
        self._relays.pop(relay.meeting, None)
        for client in list(relay.clients):
            client.finish("again")

    def relayed(self) -> tuple[UUID, ...]:
        """Rooms that we relay to."""
        return tuple(self._relays)

    def beat(self, owners: Mapping[UUID, str]) -> None:
        """Every few seconds: say that we are here, and let go of relays that lead to no owner and of silent processes."""
        for relay in list(self._relays.values()):
            if owners.get(relay.meeting) != relay.owner or names.is_gone(relay.owner):
                self._again(relay)
        for owner in {relay.owner for relay in self._relays.values()}:
            self.send(owner, ("here",))
        silent = self._loop.time() - LEASE.total_seconds()
        for remote in list(self._remote.values()):
            if self._heard.get(remote.node, 0.0) < silent or names.is_gone(remote.node):
                self._drop(remote)

    # ── owning for others ─────────────────────────────────────────────────────────────────────────────────────────────

    def _drop(self, remote: Remote) -> None:
        self._remote.pop((remote.node, remote.number), None)
        remote.leave()

    def _message(self, payload: bytes) -> None:
        node, items = _unpack(payload)
        self._heard[node] = self._loop.time()
        for kind, *facts in items:
            _HEARD[kind](self, node, *facts)

    def _on_write(self, _: str, numbers: list[int], frame: bytes) -> None:
        for number in numbers:
            if number in self._local:
                self._local[number].write(frame)

    def _on_bye(self, _: str, number: int, word: str) -> None:
        if number in self._local:
            self._local[number].finish(word)

    def _on_open(self, node: str, number: int, meeting: str, person: PersonId | None, tab: str) -> None:
        remote = self._remote[node, number] = Remote(self, node, number, UUID(meeting), person, tab)
        self._receiver.open(remote)

    def _on_said(self, node: str, number: int, payload: bytes) -> None:
        if (node, number) in self._remote:
            self._remote[node, number].hear(payload)

    def _on_gone(self, node: str, number: int) -> None:
        if (node, number) in self._remote:
            self._drop(self._remote[node, number])

    def _on_here(self, node: str) -> None:
        """Being heard of was all."""

    # ── from the pages ────────────────────────────────────────────────────────────────────────────────────────────────

    async def ask(self, owner: str, meeting: UUID, told: Told) -> str | None:
        """Submit to a room that another process owns: None, or the code of the refusal."""
        reference = str(uuid4())
        code: str | None = await self._hear(owner, reference, _do(reference, meeting, told))
        return code

    async def ask_pass(self, owner: str, meeting: UUID, person: PersonId) -> Any:
        """What somebody's browser needs to join the media server, from a room that another process owns."""
        reference = str(uuid4())
        return await self._hear(owner, reference, ("pass", reference, meeting, person))

    async def _hear(self, owner: str, reference: str, item: tuple[Any, ...]) -> Any:
        future = self._asked[reference] = self._loop.create_future()
        self.send(owner, item)
        try:
            return await asyncio.wait_for(future, ANSWER_WITHIN)
        except TimeoutError:
            return "unavailable"
        finally:
            del self._asked[reference]

    def _on_do(self, node: str, reference: str, meeting: str, kind: str, body: Mapping[str, Any]) -> None:
        told: Told = msgspec.convert(body, _TOLD[kind])
        self._answer(node, reference, self._receiver.submit(UUID(meeting), told))

    def _on_pass(self, node: str, reference: str, meeting: str, person: PersonId) -> None:
        self._answer(node, reference, self._receiver.sound_pass(UUID(meeting), person))

    def _on_media(self, _: str, meeting: str, number: str) -> None:
        self._receiver.hear_media(UUID(meeting), number)

    def _answer(self, node: str, reference: str, asked: Coroutine[Any, Any, Any]) -> None:
        async def answer() -> None:
            self.send(node, ("done", reference, await asked))

        task = self._loop.create_task(answer())
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    def _on_done(self, _: str, reference: str, answer: Any) -> None:
        future = self._asked.get(reference)
        if future is not None and not future.done():
            future.set_result(answer)


_HEARD: Mapping[str, Callable[..., None]] = {
    name.removeprefix("_on_"): method for name, method in vars(Bus).items() if name.startswith("_on_")
}


_TOLD: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Told)}


def _do(reference: str, meeting: UUID, told: Told) -> tuple[Any, ...]:
    return ("do", reference, meeting, type(told).__name__, msgspec.to_builtins(told))


def ask_from_outside(url: str, prefix: str, owner: str, meeting: UUID, told: Told) -> str | None:
    """The same from a process without a live part (blocking): None, or the code of the refusal."""
    code = _hear_from_outside(url, prefix, owner, _do("1", meeting, told))
    return str(code) if code else None


def ask_pass_from_outside(url: str, prefix: str, owner: str, meeting: UUID, person: PersonId) -> Any:
    """The same for a pass to the media server."""
    return _hear_from_outside(url, prefix, owner, ("pass", "1", meeting, person))


def tell_from_outside(url: str, prefix: str, owner: str, meeting: UUID, number: str) -> None:
    """A report of the media server, on to the owner of the room; there is no answer."""
    parts = urlsplit(url)
    payload = _pack((f"page-{uuid4()}", [("media", meeting, number)]))
    me = f"{prefix}:page-{uuid4()}"
    with valkey.call(parts, ANSWER_WITHIN) as link:
        link.sendall(valkey.greeting(parts, me) + valkey.publication(f"{prefix}:{owner}", payload))
        link.recv(65536)  # the server has taken it before the link is closed


def _hear_from_outside(url: str, prefix: str, owner: str, item: tuple[Any, ...]) -> Any:
    me = f"page-{uuid4()}"
    payload = _pack((me, [item]))
    parts, reader = urlsplit(url), hiredis.Reader()
    with valkey.call(parts, ANSWER_WITHIN) as link:
        link.sendall(valkey.greeting(parts, f"{prefix}:{me}") + valkey.publication(f"{prefix}:{owner}", payload))
        try:
            while data := link.recv(65536):
                for message in valkey.messages(reader, data):
                    return _unpack(message)[1][0][2]
        except TimeoutError:
            log.warning("bus: no answer from %s", owner)
    return "unavailable"
