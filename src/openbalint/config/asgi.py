"""The ASGI application: Django for pages, and the live part started and stopped with the server.

Web sockets do not come through here: `openbalint.live.socket` is the server's own socket protocol.
"""

from collections.abc import Awaitable, Callable, Mapping
import logging
import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openbalint.config.settings")

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)
pages = get_asgi_application()


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer a request, or live through the server's start and stop."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    else:
        await pages(scope, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    """Start the live part before the first request, stop it after the last."""
    from openbalint.live import server  # noqa: PLC0415  pages alone (`openbalint web`) never load the live part

    await receive()
    try:
        await server.startup()
    except Exception:
        log.exception("the live part did not start")
        await send({"type": "lifespan.startup.failed", "message": ""})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await server.shutdown()
    await send({"type": "lifespan.shutdown.complete"})
