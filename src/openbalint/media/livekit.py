"""A LiveKit server, by its HTTP interface."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
from google.protobuf.message import DecodeError
from livekit import api

from openbalint.media.permissions import Permission, Source
from openbalint.media.port import TOKEN_MINUTES, MediaAwayError, NotThereError, Present, RecordingError, Report, Track

PATIENCE = 2.0  # seconds for one call
EMPTY = 600  # seconds that a room waits for people, also for all of them to come back
_SOURCES = {source: api.TrackSource.Value(source.name) for source in Source}
_NAMES = {number: source for source, number in _SOURCES.items()}
_FLAGS = (
    "can_subscribe",
    "can_publish",
    "can_publish_data",
    "can_update_metadata",
    "can_subscribe_metrics",
    "hidden",
    "recorder",
    "agent",
)


class LiveKit:
    """One LiveKit server, or several that share a Redis: one HTTP session for all calls of this process."""

    def __init__(self, url: str, key: str, secret: str) -> None:
        """``url`` is where this process reaches it (http or https). Nothing is connected before the first call."""
        self._url, self._key, self._secret = url, key, secret
        self._session: aiohttp.ClientSession | None = None
        self._webhooks = api.WebhookReceiver(api.TokenVerifier(key, secret))

    @property
    def _api(self) -> api.LiveKitAPI:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        return api.LiveKitAPI(self._url, self._key, self._secret, session=self._session, failover=False)

    async def open_room(self, room: str, *, seats: int) -> int:
        """Make the room if it is not there; when it was made, in milliseconds."""
        asked = api.CreateRoomRequest(name=room, max_participants=seats, empty_timeout=EMPTY, departure_timeout=EMPTY)
        async with _answers():
            made = await self._api.room.create_room(asked)
        if made.active_recording:
            raise RecordingError("recording")
        return made.creation_time_ms or made.creation_time * 1000

    async def close_room(self, room: str) -> None:
        """Put everybody out and end the room."""
        try:
            async with _answers():
                await self._api.room.delete_room(api.DeleteRoomRequest(room=room))
        except NotThereError:
            return

    async def people(self, room: str) -> Mapping[str, Present]:
        """Who is in the room now."""
        try:
            async with _answers():
                listed = await self._api.room.list_participants(api.ListParticipantsRequest(room=room))
        except NotThereError:
            return {}
        return {info.identity: _present(info) for info in listed.participants if _is_there(info)}

    async def allow(self, room: str, person: str, permission: Permission) -> None:
        """Replace the permission of somebody who is there."""
        asked = api.UpdateParticipantRequest(room=room, identity=person, permission=_sent(permission))
        async with _answers():
            await self._api.room.update_participant(asked)

    async def remove(self, room: str, person: str) -> None:
        """Put somebody out."""
        try:
            async with _answers():
                await self._api.room.remove_participant(api.RoomParticipantIdentity(room=room, identity=person))
        except NotThereError:
            return

    def token(self, room: str, person: str, permission: Permission) -> str:
        """A token that joins one room with these rights, and can do nothing else."""
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            can_subscribe=permission.can_subscribe,
            can_publish=permission.can_publish,
            can_publish_sources=[str(source) for source in permission.can_publish_sources] or None,
            can_publish_data=permission.can_publish_data,
        )
        minted = api.AccessToken(self._key, self._secret).with_identity(person).with_grants(grants)
        return minted.with_ttl(timedelta(minutes=TOKEN_MINUTES)).to_jwt()

    def read_report(self, body: bytes, authorization: str) -> Report | None:
        """A signed report, or None. Whatever is wrong with it, nothing of it reaches a log."""
        try:
            event = self._webhooks.receive(body.decode(), authorization)
        except Exception:  # noqa: BLE001 - the library raises plain exceptions for what does not fit
            return None
        return Report(event.id, event.event, event.room.name)

    async def records(self) -> bool:
        """Whether there is, or was, any egress. A server without Redis cannot have one and says so."""
        try:
            async with _answers():
                listed = await self._api.egress.list_egress(api.ListEgressRequest())
        except NotThereError:
            return False
        except MediaAwayError as away:
            if str(away) == "internal":  # "egress not connected (redis required)"
                return False
            raise
        return bool(listed.items)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()


@asynccontextmanager
async def _answers() -> AsyncIterator[None]:
    """What can go wrong with a call, as the two errors of the port. Messages stay here: they may hold a token."""
    try:
        yield
    except api.ServerError as error:
        if error.code == "not_found":
            raise NotThereError from None
        raise MediaAwayError(error.code) from None
    except (aiohttp.ClientError, TimeoutError, OSError, DecodeError) as error:
        raise MediaAwayError(type(error).__name__) from None


def _is_there(info: api.ParticipantInfo) -> bool:
    return info.state != api.ParticipantInfo.State.DISCONNECTED


def _present(info: api.ParticipantInfo) -> Present:
    kept = Permission(
        can_publish_sources=_sources(info.permission), **{name: getattr(info.permission, name) for name in _FLAGS}
    )
    tracks = tuple(
        Track(one.sid, one.type == api.TrackType.AUDIO, _NAMES.get(one.source))
        for one in info.tracks
        if one.type != api.TrackType.DATA
    )
    return Present(kept, tracks, info.kind == api.ParticipantInfo.Kind.STANDARD)


def _sources(found: api.ParticipantPermission) -> tuple[Source, ...]:
    """The sources allowed, in our order. LiveKit's empty list means all."""
    if not found.can_publish:
        return ()
    return tuple(source for source, number in _SOURCES.items() if number in found.can_publish_sources) or tuple(Source)


def _sent(permission: Permission) -> api.ParticipantPermission:
    sources = [source.name for source in permission.can_publish_sources]
    return api.ParticipantPermission(
        can_publish_sources=sources, **{name: getattr(permission, name) for name in _FLAGS}
    )
