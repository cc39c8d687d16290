"""The rooms of this process: who owns which, how they are loaded, adopted and let go.

A process holds a room by a lease on the session's row, renewed every 5 s. Another process that is asked for the room
relays to the owner over the bus, or, without a bus, tells the client to come back with a new ticket, which names the
owner's address. A room whose lease ran out is adopted: by whoever is asked for it, or by the clock if it is running.
The lease saves work; what keeps the log whole is its unique number.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
import logging
import random
import threading
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connections

from openbalint.accounts import actions as accounts
from openbalint.live import names, wire
from openbalint.live.clients import Client, Host
from openbalint.live.journal import Journal
from openbalint.live.known import Told
from openbalint.live.mistakes import place_of
from openbalint.live.room import OwnedRoom
from openbalint.live.sound import Pass, RoomSound, trial
from openbalint.media.port import MediaServer
from openbalint.meetings.actions import sessions as actions
from openbalint.meetings.queries import sessions as queries
from openbalint.meetings.queries.records import KEPT
from openbalint.protocol.commands import PersonId

if TYPE_CHECKING:
    from openbalint.live.bus import Bus
    from openbalint.live.socket import LiveProtocol

log = logging.getLogger(__name__)
BEAT_EVERY = 20.0  # seconds: one timer for all sockets of the process; the page waits for two (connection.ts)
TIDY_EVERY = 3600.0
READERS = 2


class Elsewhere(Exception):  # noqa: N818 - an answer, no error
    """Another process holds the room."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


class Rooms:
    """Everything of this process that lives longer than a connection. Used on the loop alone."""

    def __init__(self) -> None:
        self.sockets: set[LiveProtocol] = set()
        self.chance: random.Random = random.SystemRandom()
        self.running = False

    # ── start and stop ────────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Make ready for connections; adopt what ran when the last process went down."""
        self._loop = asyncio.get_running_loop()
        self.name, self.address, self.demo = names.own(), settings.OPENBALINT_LIVE_ADDRESS, settings.OPENBALINT_DEMO
        self._rooms: dict[UUID, OwnedRoom] = {}
        self._loading: dict[UUID, asyncio.Task[OwnedRoom | None]] = {}
        self._leaving: dict[UUID, asyncio.Task[Any]] = {}  # rooms that are being given back
        self._idle: set[OwnedRoom] = set()  # at the last look
        self._readers = ThreadPoolExecutor(READERS, "rooms")
        self._tasks: set[asyncio.Task[Any]] = set()
        self.journal = Journal(actions.append)
        self.media: MediaServer | None = None
        if settings.OPENBALINT_LIVEKIT_URL:
            from openbalint.media import connection  # noqa: PLC0415 - its libraries come with the extra `sound` only

            self.media = connection.connect()
            await connection.see_that_nothing_records(self.media)
        self.bus: Bus | None = None
        if settings.OPENBALINT_VALKEY_URL:
            from openbalint.live import bus  # noqa: PLC0415 - hiredis comes with the extra `valkey` only

            self.bus = bus.Bus(self, settings.OPENBALINT_VALKEY_URL, settings.OPENBALINT_BUS_PREFIX)
            await self.bus.start()
        self.running = True
        self._spawn(self._every(queries.RENEW.total_seconds(), self._renew))
        self._spawn(self._every(BEAT_EVERY, self._beat))
        self._spawn(self._every(TIDY_EVERY, self._tidy))

    async def stop(self) -> None:
        """Everybody comes back to whoever is there then; nothing accepted is lost."""
        self.running = False
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for room in list(self._rooms.values()):
            room.close()
        for socket in list(self.sockets):
            socket.finish("again")
        await self.journal.stop()
        await self._read(actions.give_back, tuple(self._rooms), owner=self.name, now=self.now())
        if self.bus is not None:
            await self.bus.stop()
        if self.media is not None:
            await self.media.close()
        self._rooms.clear()
        await self._close_readers()

    async def _close_readers(self) -> None:
        """Every reader closes its own connection, which no other thread can: each waits until all have."""
        together = threading.Barrier(READERS)

        def close() -> None:
            together.wait()
            connections.close_all()

        await asyncio.gather(*(self._loop.run_in_executor(self._readers, close) for _ in range(READERS)))
        self._readers.shutdown()

    def now(self) -> datetime:
        """The clock of the live part."""
        return datetime.now(UTC)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _every(self, seconds: float, work: Callable[[], Any]) -> None:
        while True:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - the clock goes on, whatever happens
                log.warning("rooms: %s, trying again in %d s", type(error).__name__, seconds)
            await asyncio.sleep(seconds)

    async def _read(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a query or a small action in a reader's thread."""

        def call() -> Any:
            close_old_connections()
            return function(*args, **kwargs)

        return await self._loop.run_in_executor(self._readers, call)

    # ── clients ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, client: Client) -> None:
        """A client said hello: bring it to its room, wherever that is."""
        room = self._rooms.get(client.meeting)
        if room is not None:
            client.seat_in(room)
        else:
            self._spawn(self._open(client))

    async def _open(self, client: Client) -> None:
        try:
            host: Host | None = await self.room(client.meeting)
        except Elsewhere as held:
            host = self.bus.relay(client.meeting, held.owner) if self.bus and not client.relayed else None
            word = "again"
        except Exception as error:  # noqa: BLE001 - who waits for it is answered, whatever it is
            self._not_loaded(client.meeting, error)
            host, word = None, "again"
        else:
            word = "closed"
        if host is None:
            client.finish(word)
        elif client.open:
            client.seat_in(host)

    @staticmethod
    def _not_loaded(meeting: UUID, error: Exception) -> None:
        log.warning("rooms: %s while loading room %s", place_of(error), meeting)

    async def submit(self, meeting: UUID, told: Told) -> str | None:
        """What the pages send a room: None, or the code of the refusal."""
        answer: asyncio.Future[str | None] = self._loop.create_future()
        try:
            room = await self.room(meeting)
        except Elsewhere as held:
            return await self.bus.ask(held.owner, meeting, told) if self.bus else "unavailable"
        if room is None:
            return "not-found"
        room.submit(told, lambda code: None if answer.done() else answer.set_result(code))
        return await answer

    # ── sound ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def sound_of(self, loaded: queries.Loaded, changed: Callable[[], None]) -> RoomSound | None:
        """The sound of a room, if there is a media server and the meeting is not in one place."""
        if self.media is None or not loaded.arranged.has_sound:
            return None
        return RoomSound(loaded.meeting, self.media, encrypted=loaded.arranged.encrypted, changed=changed)

    async def sound_pass(self, meeting: UUID, person: PersonId) -> Pass:
        """What somebody's browser needs to join the media server, from its room as it is now; or the code why not."""
        try:
            room = await self.room(meeting)
        except Elsewhere as held:
            return await self.bus.ask_pass(held.owner, meeting, person) if self.bus else "waiting"
        if room is None:
            return "closed"
        return "no-sound" if room.sound is None else await room.sound.pass_for(person)

    async def sound_trial(self, person: PersonId) -> Pass:
        """The same for a room of one's own, to try the connection."""
        return "no-sound" if self.media is None else await trial(self.media, person)

    def hear_media(self, meeting: UUID, number: str) -> None:
        """The media server reported something of a room that is here."""
        room = self._rooms.get(meeting)
        if room is not None and room.sound is not None:
            room.sound.hear(number)

    # ── rooms ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def room(self, meeting: UUID) -> OwnedRoom | None:
        """The room, loaded and owned here; None if there is no such session; `Elsewhere` if another process holds it."""
        room = self._rooms.get(meeting)
        if room is not None:
            return room
        task = self._loading.get(meeting)
        if task is None:
            task = self._loading[meeting] = self._loop.create_task(self._load(meeting))
            task.add_done_callback(lambda _: self._loading.pop(meeting, None))
        return await asyncio.shield(task)

    async def _load(self, meeting: UUID) -> OwnedRoom | None:
        if leaving := self._leaving.get(meeting):
            await asyncio.wait((leaving,))
        lease, loaded = await self._read(self._take, meeting)
        if lease is None or loaded is None:
            return None
        room = self._rooms[meeting] = OwnedRoom(self, loaded)
        room.begin(lease.since)
        return room

    def _take(self, meeting: UUID) -> tuple[actions.Lease | None, queries.Loaded | None]:
        """In a reader's thread. The lease comes first, so that the log that is read after it is whole."""
        if not queries.may_open(meeting):
            return None, None
        lease = actions.take_lease(
            meeting, owner=self.name, address=self.address, now=self.now(), is_gone=names.is_gone
        )
        if lease.owner != self.name:
            raise Elsewhere(lease.owner)
        return lease, queries.load(meeting)

    def forget(self, room: OwnedRoom) -> None:
        """The room is no longer here."""
        if self._rooms.get(room.meeting) is room:
            del self._rooms[room.meeting]
            if self.running:
                back = self._read(actions.give_back, (room.meeting,), owner=self.name, now=self.now())
                self._leaving[room.meeting] = self._spawn(back)
                self._leaving[room.meeting].add_done_callback(lambda _: self._leaving.pop(room.meeting, None))

    def look_up(self, room: OwnedRoom, then: Callable[[bool], None]) -> None:
        """Read anew what the pages say of the room's meeting: somebody came who is new, or something was changed.

        ``then`` hears whether it could be read, always.
        """
        self._spawn(self._look_up(room, then))

    async def _look_up(self, room: OwnedRoom, then: Callable[[bool], None]) -> None:
        try:
            room.know(await self._read(queries.arrangement_of, room.meeting))
        except Exception as error:  # noqa: BLE001 - who waits for it is answered, whatever it is
            log.warning("rooms: %s while reading what is arranged for room %s", place_of(error), room.meeting)
            then(False)
        else:
            then(True)

    # ── the clock ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _renew(self) -> None:
        """Renew the leases, adopt what runs without an owner, see that relays still lead to one."""
        self._let_go()
        mine = tuple(self._rooms)
        kept = await self._read(actions.renew_leases, mine, owner=self.name, now=self.now())
        self._lose(meeting for meeting in mine if meeting not in kept)
        for meeting in await self._read(queries.without_owner, now=self.now()):
            if meeting not in self._rooms:
                await self._adopt(meeting)
        if self.bus is not None:
            relayed = self.bus.relayed()
            self.bus.beat(await self._read(queries.owners, relayed, now=self.now()) if relayed else {})

    def _let_go(self) -> None:
        """Rooms that were idle at the last look and still are live in the log alone."""
        idle = {room for room in self._rooms.values() if room.idle}
        for room in idle & self._idle:
            self.forget(room)
            room.close()
        self._idle = idle

    async def _adopt(self, meeting: UUID) -> None:
        try:
            await self.room(meeting)
        except Elsewhere:
            log.info("rooms: room %s was adopted elsewhere", meeting)
        except Exception as error:  # noqa: BLE001 - one room must not keep the clock from the others
            self._not_loaded(meeting, error)

    def _lose(self, meetings: Iterable[UUID]) -> None:
        for meeting in meetings:
            room = self._rooms.pop(meeting, None)
            if room is not None:
                log.warning("rooms: room %s has another owner now", meeting)
                room.close()

    async def _tidy(self) -> None:
        """Devices whose time is over are forgotten; what leaders have not talked over within the week is condensed."""
        now = self.now()
        await self._read(accounts.forget_devices, now=now)
        for meeting in await self._read(queries.due_for_condensing, now=now, days=KEPT.days):
            await self._read(actions.condense, meeting, by=None, now=now)

    async def _beat(self) -> None:
        """One timer for all, at a rate that tells nothing: who said nothing since the last beat is cut."""
        beat = wire.beat(self.now())
        for number, socket in enumerate(list(self.sockets)):
            if not socket.alive:
                socket.cut()
            else:
                socket.alive = False
                socket.write(beat)
            if number % 500 == 499:
                await asyncio.sleep(0)


rooms = Rooms()
