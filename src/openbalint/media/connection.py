"""The media server that the settings name, and the promise that nothing records."""

import asyncio
import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from openbalint.media.livekit import LiveKit
from openbalint.media.port import MediaAwayError, MediaServer

log = logging.getLogger(__name__)


def connect() -> MediaServer:
    """A client for the loop that asks; nothing is connected before its first call."""
    return LiveKit(settings.OPENBALINT_LIVEKIT_API, settings.OPENBALINT_LIVEKIT_KEY, settings.OPENBALINT_LIVEKIT_SECRET)


def recordings() -> bool | None:
    """Whether the media server records or has recorded; None: it does not answer. For a thread without a loop."""
    return asyncio.run(_recordings())


async def _recordings() -> bool | None:
    server = connect()
    try:
        return await server.records()
    except MediaAwayError:
        return None
    finally:
        await server.close()


async def see_that_nothing_records(server: MediaServer) -> None:
    """Raise ImproperlyConfigured if the media server records, or has recorded: we promise that nothing does."""
    try:
        if await server.records():
            raise ImproperlyConfigured("The media server records, or has recorded. `openbalint check` says what to do.")
    except MediaAwayError:
        log.warning("The media server does not answer yet; sound comes by itself when it does.")
