"""Headers that every answer carries: what a page may load, and what it may ask of the browser.

Scripts and styles come from our own files alone, so markup that somebody slips into a page can do nothing. Camera and
microphone are for the room alone; every other page can ask for neither.
"""

from collections.abc import Awaitable, Callable
import contextlib
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ROOM = "room"  # the page whose people speak and are seen
_PERMISSIONS = (
    "camera=({who}), microphone=({who}), display-capture=(), geolocation=(), payment=(), usb=(), "
    "browsing-topics=(), screen-wake-lock=(self)"
)
PERMISSIONS, ROOM_PERMISSIONS = _PERMISSIONS.format(who=""), _PERMISSIONS.format(who="self")


def content_security_policy(connections: tuple[str, ...]) -> str:
    """The policy for a page that may connect to the given addresses (`wss://host`)."""
    connect = " ".join(("'self'", *connections))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src {connect}",
            "media-src 'self' blob:",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def socket_origins(request: HttpRequest) -> tuple[str, ...]:
    """Where the live part answers: the page's own host, and the configured origins. Older browsers need them named."""
    own: tuple[str, ...] = ()
    with contextlib.suppress(DisallowedHost):  # the answer will be a refusal
        own = (f"{'wss' if request.is_secure() else 'ws'}://{request.get_host()}",)
    others = (urlsplit(origin) for origin in settings.OPENBALINT_ORIGINS)
    named = (f"{'wss' if origin.scheme == 'https' else 'ws'}://{origin.netloc}" for origin in others)
    return tuple(dict.fromkeys((*own, *named)))


def media_origins() -> tuple[str, ...]:
    """The media server: browsers signal to it by web socket, and ask it over HTTP why that was refused."""
    url = settings.OPENBALINT_LIVEKIT_URL
    return (url, url.replace("ws", "http", 1)) if url else ()


class HeadersMiddleware:
    """Adds the headers to every answer, sync or async."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        response = self.get_response(request)
        return _add(request, response) if isinstance(response, HttpResponseBase) else self._later(request, response)

    async def _later(self, request: HttpRequest, response: Awaitable[HttpResponseBase]) -> HttpResponseBase:
        return _add(request, await response)


def _add(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    in_room = request.resolver_match is not None and request.resolver_match.url_name == ROOM
    connections = (*socket_origins(request), *(media_origins() if in_room else ()))
    response.headers.setdefault("Content-Security-Policy", content_security_policy(connections))
    response.headers.setdefault("Permissions-Policy", ROOM_PERMISSIONS if in_room else PERMISSIONS)
    return response
