"""The live part of a process: started beside the pages by the ASGI lifespan, or alone by `run`."""

import asyncio
from collections.abc import Collection, Coroutine
import gc
import ipaddress
import logging
import signal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from openbalint.live.known import ComeAgain, LookAgain, Told
from openbalint.live.rooms import rooms
from openbalint.live.socket import LiveProtocol
from openbalint.live.sound import Pass, meeting_of, trial
from openbalint.meetings.queries.sessions import open_sessions_of, open_sessions_with, owners
from openbalint.protocol.commands import PersonId

log = logging.getLogger(__name__)
ANSWER_WITHIN = 5.0  # seconds
# A command makes some dozen short-lived objects, hardly one in a cycle: collect seldom.
GC_THRESHOLDS = (20_000, 20, 50)
BACKLOG = 4096  # connections that wait to be accepted: all of a site may come back at once
_loop: list[asyncio.AbstractEventLoop] = []  # of the live part of this process, while it runs


def refuse_demo(host: str) -> None:
    """The demonstration shows captions: it answers to this machine alone. Raises ImproperlyConfigured."""
    if settings.OPENBALINT_DEMO and not (host == "localhost" or ipaddress.ip_address(host).is_loopback):
        raise ImproperlyConfigured(f"OPENBALINT_DEMO is set, and the demonstration does not listen on {host}.")


async def startup() -> None:
    """Be ready for sockets; called before the first one."""
    gc.freeze()  # what was imported lives as long as the process: no collection need look at it again
    gc.set_threshold(*GC_THRESHOLDS)
    await rooms.start()
    _loop[:] = [asyncio.get_running_loop()]


async def shutdown() -> None:
    """Commit what is accepted, give the rooms back, send everybody to whoever is there then."""
    _loop.clear()
    await rooms.stop()


def run(host: str, port: int) -> None:
    """Serve sockets alone until SIGINT or SIGTERM. Raises ImproperlyConfigured for a demonstration beyond loopback."""
    refuse_demo(host)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(host, port))


def _loop_factory() -> "type[asyncio.AbstractEventLoop] | None":
    try:
        import uvloop  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    return uvloop.Loop


async def _serve(host: str, port: int) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await startup()
    try:
        server = await loop.create_server(LiveProtocol, host, port, backlog=BACKLOG)
        log.info("live sessions answer on %s:%d", host, server.sockets[0].getsockname()[1])
        await stop.wait()
        server.close()
    finally:
        await shutdown()


def submit(meeting_id: UUID, told: Told, *, within: float = ANSWER_WITHIN) -> str | None:
    """A command of the pages to a running session, by the same door as everybody's: None, or the code of the refusal.

    Called from a thread of Django, never from the loop. In a process without a live part it goes over the bus, and
    ``unavailable`` says that no owner was found or heard.
    """
    if _loop:
        future = asyncio.run_coroutine_threadsafe(rooms.submit(meeting_id, told), _loop[0])
        try:
            return future.result(within)
        except TimeoutError:
            return "unavailable"
    owner = owners((meeting_id,), now=rooms.now()).get(meeting_id)
    if owner is None or not settings.OPENBALINT_VALKEY_URL:
        return "unavailable"
    from openbalint.live.bus import ask_from_outside  # noqa: PLC0415 - hiredis comes with the extra `valkey` only

    return ask_from_outside(settings.OPENBALINT_VALKEY_URL, settings.OPENBALINT_BUS_PREFIX, owner, meeting_id, told)


def look_again(person: UUID) -> None:
    """Somebody has another name or seat, or has left a group: every session of theirs that goes on sees it at once.

    Called from a thread of Django, after the commit. The room reads for itself what is so now.
    """
    look_again_at(*open_sessions_with(person))


def come_again(person: UUID) -> None:
    """A device of somebody is signed out: no connection of theirs outlives it, and where they still are known they are back
    in a moment. Called as `look_again` is.
    """
    _tell(open_sessions_with(person), ComeAgain(str(person)))


def look_again_at(*meetings: UUID) -> None:
    """Something about these meetings is another on the pages: a room that is open sees it at once.

    A waiting room follows all of it, and closes where the meeting is called off or its group is closed. A session that
    has begun keeps its script and goes on to its end; its call alone is the new one. Called as `look_again` is.
    """
    _tell(meetings, LookAgain())


def _tell(meetings: Collection[UUID], told: Told) -> None:
    for meeting in owners(meetings, now=rooms.now()):
        try:
            code = submit(meeting, told)
        except OSError as error:
            code = type(error).__name__
        if code is not None:  # the room reads it when it is loaded next, and before it begins
            log.info("room %s: not yet as the pages say, %s", meeting, code)


def look_again_in(group: UUID) -> None:
    """The same for all meetings of a group that is another, or closed."""
    look_again_at(*open_sessions_of(group))


def sound_pass(meeting_id: UUID, person: PersonId, *, within: float = ANSWER_WITHIN) -> Pass:
    """What somebody's browser needs to join the media server, from the room as it is now; or the code why not.

    Called from a thread of Django, as `submit` is.
    """
    if _loop:
        return _wait_for(rooms.sound_pass(meeting_id, person), within)
    owner = owners((meeting_id,), now=rooms.now()).get(meeting_id)
    if owner is None or not settings.OPENBALINT_VALKEY_URL:
        return "waiting"  # nobody is in the room yet
    from openbalint.live.bus import ask_pass_from_outside  # noqa: PLC0415 - hiredis comes with the extra `valkey` only

    found: Pass = ask_pass_from_outside(
        settings.OPENBALINT_VALKEY_URL, settings.OPENBALINT_BUS_PREFIX, owner, meeting_id, person
    )
    return "away" if found == "unavailable" else found


def sound_trial(person: PersonId, *, within: float = ANSWER_WITHIN) -> Pass:
    """The same for a room of one's own, to try the connection; any process can make it."""
    if _loop:
        return _wait_for(rooms.sound_trial(person), within)
    if not settings.OPENBALINT_LIVEKIT_URL:
        return "no-sound"
    return asyncio.run(_trial(person))


async def _trial(person: PersonId) -> Pass:
    from openbalint.media import connection  # noqa: PLC0415 - its libraries come with the extra `sound` only

    server = connection.connect()
    try:
        return await trial(server, person)
    finally:
        await server.close()


def _wait_for(asked: Coroutine[Any, Any, Pass], within: float) -> Pass:
    try:
        return asyncio.run_coroutine_threadsafe(asked, _loop[0]).result(within)
    except TimeoutError:
        return "away"


def hear_media(body: bytes, authorization: str) -> bool:
    """A report of the media server: to the owner of the room it is about, wherever that is. False: it is not signed."""
    from openbalint.media import connection  # noqa: PLC0415 - its libraries come with the extra `sound` only

    report = connection.connect().read_report(body, authorization)
    if report is None:
        return False
    meeting = meeting_of(report.room)
    if meeting is not None:
        _pass_on(meeting, report.number)
    return True


def _pass_on(meeting: UUID, number: str) -> None:
    if _loop:
        _loop[0].call_soon_threadsafe(rooms.hear_media, meeting, number)
    owner = owners((meeting,), now=rooms.now()).get(meeting)
    if owner is None or (_loop and owner == rooms.name) or not settings.OPENBALINT_VALKEY_URL:
        return
    from openbalint.live.bus import tell_from_outside  # noqa: PLC0415 - hiredis comes with the extra `valkey` only

    try:
        tell_from_outside(settings.OPENBALINT_VALKEY_URL, settings.OPENBALINT_BUS_PREFIX, owner, meeting, number)
    except OSError:
        log.warning("bus: a report of the media server was lost; the owner looks by itself")
