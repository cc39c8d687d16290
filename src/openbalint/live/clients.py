"""A client: one connection of one person, wherever its socket is.

`LiveProtocol` is a client with a socket in this process; `bus.Remote` one whose socket another process holds. A room
knows no difference.
"""

from typing import Protocol
from uuid import UUID

from openbalint.protocol.commands import PersonId

BURST, PER_SECOND, OVERRUN = 60.0, 20.0, 200.0  # commands at once, in the long run, and beyond which it is no person


class Client(Protocol):
    """What a room needs of a connection."""

    meeting: UUID
    person: PersonId | None  # None: the big screen
    tab: str
    relayed: bool  # the socket is in another process
    seen: bytes  # what of a view it was sent last

    def write(self, frame: bytes) -> None:
        """Send a frame; nothing happens on a connection that is closing."""

    def finish(self, word: str) -> None:
        """Say why (one of `wire.BYES`) and close."""

    @property
    def open(self) -> bool:
        """Whether frames still arrive."""


class Host(Protocol):
    """Where a client's commands go: the room itself, or a relay to the process that owns it."""

    def connect(self, client: Client) -> None:
        """The client has said hello."""

    def receive(self, client: Client, payload: bytes) -> None:
        """The client sent a frame."""

    def disconnect(self, client: Client) -> None:
        """The connection is gone."""


class Visit:
    """A client's way into its room. What it says while the room is loading is kept, in order."""

    __slots__ = ("_client", "_host", "_waiting")

    def __init__(self, client: Client) -> None:
        self._client = client
        self._host: Host | None = None
        self._waiting: list[bytes] = []

    def hear(self, payload: bytes) -> None:
        """A frame from the client."""
        if self._host is None:
            self._waiting.append(payload)
        else:
            self._host.receive(self._client, payload)

    def seat_in(self, host: Host) -> None:
        """The room is there."""
        self._host = host
        host.connect(self._client)
        waiting, self._waiting = self._waiting, []
        for payload in waiting:
            host.receive(self._client, payload)

    def leave(self) -> None:
        """The client is gone."""
        host, self._host = self._host, None
        if host is not None:
            host.disconnect(self._client)


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
