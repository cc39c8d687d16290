"""A client: one connection of one person, wherever its socket is.

`LiveProtocol` is a client with a socket in this process; `bus.Remote` one whose socket another process holds. A room
knows no difference.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Protocol
from uuid import UUID

from openbalint.protocol.commands import PersonId

BURST, PER_SECOND, OVERRUN = 60.0, 20.0, 200.0  # commands at once, in the long run, and beyond which it is no person


def nowhere(_: bytes) -> None:
    """Where a connection writes that is not open."""


class Host(Protocol):
    """Where a client's commands go: the room itself, or a relay to the process that owns it."""

    def connect(self, client: "Client") -> None:
        """The client has said hello."""

    def receive(self, client: "Client", payload: bytes) -> None:
        """The client sent a frame."""

    def disconnect(self, client: "Client") -> None:
        """The connection is gone."""


class Client(ABC):
    """A connection, and its way into its room. What it says while the room is loading is kept, in order."""

    __slots__ = ("_host", "_waiting", "meeting", "person", "seen", "tab", "write")

    relayed: ClassVar[bool] = False  # the socket is in another process
    meeting: UUID
    person: PersonId | None  # None: the big screen
    tab: str  # its random id; "" before hello
    seen: bytes  # what of a view it was sent last
    write: Callable[[bytes], None]  # sends a frame; `nowhere` unless the connection is open

    def __init__(self) -> None:
        self.tab, self.seen, self.write = "", b"", nowhere
        self._host: Host | None = None
        self._waiting: tuple[bytes, ...] = ()

    @property
    def open(self) -> bool:
        """Whether frames still arrive."""
        return self.write is not nowhere

    def write_together(self, *frames: bytes) -> None:
        """Send several frames at once."""
        for frame in frames:
            self.write(frame)

    @abstractmethod
    def finish(self, word: str) -> None:
        """Say why (one of `wire.BYES`) and close."""

    def hear(self, payload: bytes) -> None:
        """A frame from the client."""
        if self._host is None:
            self._waiting += (payload,)
        else:
            self._host.receive(self, payload)

    def seat_in(self, host: Host) -> None:
        """The room is there."""
        self._host = host
        host.connect(self)
        waiting, self._waiting = self._waiting, ()
        for payload in waiting:
            host.receive(self, payload)

    def leave(self) -> None:
        """The connection is gone."""
        self.write = nowhere
        host, self._host = self._host, None
        if host is not None:
            host.disconnect(self)


class Pace:
    """How fast one connection may ask: a bucket of `BURST` that fills with `PER_SECOND`."""

    __slots__ = ("_at", "_left")

    def __init__(self, now: float) -> None:
        self._at, self._left = now, BURST

    def spend(self, now: float) -> bool:
        """Take one; False if there is none left. Below -`OVERRUN` see `hopeless`."""
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND) - 1
        self._at = now
        return self._left >= 0

    @property
    def hopeless(self) -> bool:
        """Whether this has gone on for so long that the connection is cut."""
        return self._left < -OVERRUN
