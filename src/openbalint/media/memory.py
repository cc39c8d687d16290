"""A media server in memory, for tests: it keeps to what LiveKit does, which the contract tests hold against the real one.

Tests take part through `join`, `publish` and `leave`, as browsers do through WebRTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
import itertools
import json

from openbalint.media.permissions import Permission, Source
from openbalint.media.port import MediaAwayError, NotThereError, Present, RecordingError, Report, Track


@dataclass
class _Room:
    made: int
    seats: int
    people: dict[str, Present] = field(default_factory=dict)


class Memory:
    """Rooms, people and tracks. ``away``: it does not answer."""

    def __init__(self) -> None:
        self.away = False
        self.recording = False
        self.rooms: dict[str, _Room] = {}
        self.calls: list[str] = []
        self.changed: list[str] = []  # whose permission was replaced, in order
        self.unsteady: dict[str, int] = {}  # how many calls about somebody find nobody, as while they reconnect
        self._clock = itertools.count(1)

    # ── the port ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def open_room(self, room: str, *, seats: int) -> int:
        self._answer("open_room")
        if self.recording:
            raise RecordingError
        return self.rooms.setdefault(room, _Room(next(self._clock), seats)).made

    async def close_room(self, room: str) -> None:
        self._answer("close_room")
        self.rooms.pop(room, None)

    async def people(self, room: str) -> Mapping[str, Present]:
        self._answer("people")
        return dict(self.rooms[room].people) if room in self.rooms else {}

    async def allow(self, room: str, person: str, permission: Permission) -> None:
        self._answer("allow")
        self.changed.append(person)
        if self.unsteady.get(person):
            self.unsteady[person] -= 1
            raise NotThereError
        found = self._there(room, person)
        kept = tuple(track for track in found.tracks if track.source in permission.can_publish_sources)
        self.rooms[room].people[person] = replace(found, permission=permission, tracks=kept)

    async def remove(self, room: str, person: str) -> None:
        self._answer("remove")
        if room in self.rooms:
            self.rooms[room].people.pop(person, None)

    def token(self, room: str, person: str, permission: Permission) -> str:
        sources = list(permission.can_publish_sources)
        return json.dumps([room, person, permission.can_subscribe, sources])

    def read_report(self, body: bytes, authorization: str) -> Report | None:
        return Report(*json.loads(body)) if authorization == "signed" else None

    async def records(self) -> bool:
        self._answer("records")
        return self.recording

    async def close(self) -> None:
        """Nothing is open."""

    # ── what browsers do ──────────────────────────────────────────────────────────────────────────────────────────────

    def join(self, token: str) -> None:
        """Come in with a token; a second device of the same person takes the place of the first. Raises NotThereError."""
        room, person, hears, sources = json.loads(token)
        if room not in self.rooms or len(self.rooms[room].people.keys() - {person}) >= self.rooms[room].seats:
            raise NotThereError
        found = tuple(map(Source, sources))
        self.rooms[room].people[person] = Present(Permission(hears, bool(found), found))

    def publish(self, room: str, person: str, track: Track) -> None:
        """Publish; what is not allowed is refused (PermissionError)."""
        found = self._there(room, person)
        if track.source not in found.permission.can_publish_sources:
            raise PermissionError
        self.rooms[room].people[person] = replace(found, tracks=(*found.tracks, track))

    def restart(self) -> None:
        """As a crash does: all rooms are gone."""
        self.rooms.clear()

    def _there(self, room: str, person: str) -> Present:
        if room not in self.rooms or person not in self.rooms[room].people:
            raise NotThereError
        return self.rooms[room].people[person]

    def _answer(self, call: str) -> None:
        self.calls.append(call)
        if self.away:
            raise MediaAwayError
