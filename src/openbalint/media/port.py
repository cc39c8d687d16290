"""What OpenBalint asks of a media server, and how it answers. `livekit` speaks to a real one, `memory` is the fake."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from openbalint.media.permissions import Permission, Source

TOKEN_MINUTES = 5  # how long a token opens the door; who is in stays in


class MediaAwayError(Exception):
    """The media server does not answer, or answers that it cannot."""


class RecordingError(MediaAwayError):
    """Something records a room: it is as good as away, and the room is ended."""


class NotThereError(Exception):
    """No such room there, or no such person in it (perhaps just now: a person who reconnects is not there for a moment)."""


@dataclass(frozen=True, slots=True)
class Track:
    """Something published. ``source`` is what the client says it is; ``audio`` what it is. None: another source."""

    track: str
    audio: bool
    source: Source | None

    @property
    def lies(self) -> bool:
        """Whether it says to be what it is not: sound as a picture gets past a permission that allows pictures alone."""
        return self.source is not (Source.MICROPHONE if self.audio else Source.CAMERA)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in a room of the media server. ``person`` False: a recorder, an agent or a caller of some kind."""

    permission: Permission
    tracks: tuple[Track, ...] = ()
    person: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What the media server said happened. It may come twice, late or never; it only tells that looking is worth while."""

    number: str  # of the report: the same for one that comes again
    kind: str
    room: str


class MediaServer(Protocol):
    """A media server. Every call raises MediaAwayError where it does not answer within seconds."""

    async def open_room(self, room: str, *, seats: int) -> int:
        """Make the room if it is not there. When it was made, in milliseconds: a later number is a new room.

        Raises RecordingError if the room is being recorded.
        """

    async def close_room(self, room: str) -> None:
        """Put everybody out and end the room; nothing where there is none."""

    async def people(self, room: str) -> Mapping[str, Present]:
        """Who is in the room now, by identity; nobody where there is no room."""

    async def allow(self, room: str, person: str, permission: Permission) -> None:
        """Replace the permission; what it no longer allows is no longer passed on. Raises NotThereError."""

    async def remove(self, room: str, person: str) -> None:
        """Put somebody out; nothing where they are not there."""

    def token(self, room: str, person: str, permission: Permission) -> str:
        """What a browser needs to join, for some minutes."""

    def read_report(self, body: bytes, authorization: str) -> Report | None:
        """A report of the media server, or None if it is not signed by it."""

    async def records(self) -> bool:
        """Whether the media server is recording, or has recorded, anything at all."""

    async def close(self) -> None:
        """Let the connections go."""
