"""The sound of one room: which rooms of the media server there shall be, who may be in them, and what is told of it.

It follows the committed state of the session, as views do, and hands each wish to the keeper of `media`. People ask it
for the pass that lets their browser in. What it knows is in memory: the key of an encrypted meeting is made here, is
given to those who may hear, and dies with this object.
"""

import base64
from collections.abc import Callable, Mapping
import logging
import secrets
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from openbalint.live import wire
from openbalint.media.keeper import Keeper, Wished
from openbalint.media.permissions import ASIDE, TRYING, Permission, permission
from openbalint.media.port import MediaAwayError, MediaServer
from openbalint.protocol.commands import PersonId
from openbalint.protocol.events import PauseReason
from openbalint.protocol.rights import Why, microphone_is_open
from openbalint.protocol.session import Room, Status

log = logging.getLogger(__name__)
SEATS = 40  # circle, outer ring, and a device that comes anew before the old one is gone
SEATS_ASIDE = 4
WITH_THE_START = 30_000  # milliseconds
SEEN = 256  # reports that are remembered
Pass = dict[str, str | None] | str  # what a browser needs to join, or a code that says why not
_SALT = "openbalint.live.sound"


def circle_of(meeting: UUID) -> str:
    """The name of a meeting's room on the media server: nobody can guess it, every process of the site knows it."""
    return f"{meeting.hex}-{salted_hmac(_SALT, meeting.hex, algorithm='sha256').hexdigest()[:32]}"


def meeting_of(room: str) -> UUID | None:
    """The meeting that a room of the media server belongs to; None for another's room."""
    try:
        return UUID(room.partition("-")[0])
    except ValueError:
        return None


class RoomSound:
    """The sound of one session, in the process that owns it."""

    def __init__(self, meeting: UUID, server: MediaServer, *, encrypted: bool, changed: Callable[[], None]) -> None:
        self._server = server
        self._keeper = Keeper(server, changed=changed)
        self._circle, self._aside = circle_of(meeting), ""
        self._key = base64.b64encode(secrets.token_bytes(32)).decode() if encrypted else None
        self._room: Room | None = None
        self._seen: dict[str, None] = {}  # numbers of reports, the oldest first

    # ── what shall be ─────────────────────────────────────────────────────────────────────────────────────────────────

    def follow(self, room: Room) -> None:
        """The committed state is this now."""
        before, self._room = self._room, room
        if before is not None and before.session is room.session and before.volatile.aside == room.volatile.aside:
            return
        if before is None and self._key is not None and room.session.seq > 1:
            self._keeper.end(self._circle)  # those who are in it hold the key of an owner that is gone
        self._keeper.wish(self._wished(room))

    def _wished(self, room: Room) -> Mapping[str, Wished]:
        if room.session.status in (Status.LOBBY, Status.CLOSED):
            return {}
        wished = {self._circle: Wished(SEATS, self._in_circle(room))}
        pair = self._pair(room)
        if not pair:
            self._aside = ""
            return wished
        self._aside = self._aside or f"{self._circle.partition('-')[0]}-{secrets.token_hex(16)}"
        return {**wished, self._aside: Wished(SEATS_ASIDE, dict.fromkeys(pair, ASIDE))}

    @staticmethod
    def _in_circle(room: Room) -> dict[PersonId, Permission]:
        people, rights = room.session.people, room.rights
        return {
            who: permission(has, microphone=microphone_is_open(room.session, rights, who))
            for who, has in rights.items()
            if has.why not in (Why.WAITING, Why.CLOSED, Why.ASIDE) and people[who].here
        }

    @staticmethod
    def _pair(room: Room) -> tuple[PersonId, ...]:
        """Who is aside, if two are."""
        person, leader = room.volatile.aside, room.session.aside_leader
        if person is None or leader is None or room.session.pause is not PauseReason.ASIDE:
            return ()
        return person, leader

    def stop(self) -> None:
        """The room goes to another owner; what is there stays as it is."""
        self._keeper.stop()

    # ── what is told ──────────────────────────────────────────────────────────────────────────────────────────────────

    def facts(self) -> wire.Sound:
        """For the views."""
        standing = self._keeper.standing
        state = wire.SoundState.AWAY if standing.away else wire.SoundState.OK
        return wire.Sound(state, self._entry(standing.made), tuple(sorted(standing.differs)))

    def _entry(self, made: int) -> int:
        """0 for the room that was made with the start; the moment at which it was made anew for a later one."""
        started = self._room.session.started_at if self._room is not None else None
        return made if started is not None and made > started.timestamp() * 1000 + WITH_THE_START else 0

    def hear(self, number: str) -> None:
        """A report of the media server; one that comes again is nothing."""
        if number in self._seen:
            return
        self._seen[number] = None
        if len(self._seen) > SEEN:
            del self._seen[next(iter(self._seen))]
        if self._room is not None and self._wished(self._room):
            self._keeper.look()

    async def pass_for(self, person: PersonId) -> Pass:
        """What the person's browser needs to join where they belong now, or why not.

        The codes: `waiting`, `removed`, `closed`, `away`.
        """
        room = self._room
        refusal = "waiting" if room is None else _refusal(room, person)
        if refusal:
            return refusal
        name, where = (self._aside, "aside") if room and person in self._pair(room) else (self._circle, "circle")
        if not await self._keeper.ready(name):
            return "away"
        room = self._room  # it may have moved on meanwhile
        wished = self._wished(room) if room is not None else {}
        granted = wished[name].people.get(person) if name in wished else None
        if granted is None:
            return "waiting"
        token = self._server.token(name, person, granted)
        return {"url": settings.OPENBALINT_LIVEKIT_URL, "token": token, "key": self._key, "room": where}


def _refusal(room: Room, person: PersonId) -> str:
    known, status = room.session.people.get(person), room.session.status
    if status is Status.CLOSED:
        return "closed"
    if known is None or status is Status.LOBBY:
        return "waiting"
    if not known.seated:
        return "removed" if known.sent_out and not known.admitted else "waiting"
    return ""


async def trial(server: MediaServer, person: PersonId) -> Pass:
    """A room of one's own to see whether the connection works; it dies by itself."""
    name = f"try-{secrets.token_hex(16)}"
    try:
        await server.open_room(name, seats=1)
    except MediaAwayError:
        return "away"
    return {"url": settings.OPENBALINT_LIVEKIT_URL, "token": server.token(name, person, TRYING)}
