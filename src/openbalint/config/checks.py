"""Checks at every start, so that a mistake is told in a sentence before people come."""

from collections.abc import Sequence
import importlib.util
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning as Caution, register

KEY_LENGTH = 32


@register
def secret_key(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """A short key can be guessed, and whoever has it can sign in as anybody."""
    if len(settings.SECRET_KEY) >= KEY_LENGTH:
        return []
    return [
        Error(
            f"OPENBALINT_SECRET_KEY is shorter than {KEY_LENGTH} characters.",
            hint="Leave it out to have one made, or make one with: openssl rand -base64 48",
            id="openbalint.E001",
        )
    ]


@register
def media_server(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """A media server is named whole, with a key that cannot be guessed, and the package that speaks to it is there."""
    if not settings.OPENBALINT_LIVEKIT_URL:
        return []
    found: list[CheckMessage] = []
    if not settings.OPENBALINT_LIVEKIT_KEY or len(settings.OPENBALINT_LIVEKIT_SECRET) < KEY_LENGTH:
        found.append(
            Error(
                f"OPENBALINT_LIVEKIT_URL is set, but its key or a secret of {KEY_LENGTH} characters or more is not.",
                hint="Set OPENBALINT_LIVEKIT_KEY and OPENBALINT_LIVEKIT_SECRET to what stands under keys: in LiveKit's file.",
                id="openbalint.E003",
            )
        )
    if importlib.util.find_spec("livekit") is None:
        found.append(
            Error(
                "OPENBALINT_LIVEKIT_URL is set, but the package that speaks to LiveKit is not installed.",
                hint="Install it with: pip install 'openbalint[sound]'",
                id="openbalint.E005",
            )
        )
    return found


@register(Tags.compatibility, deploy=True)
def nothing_records(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Asks the media server itself: who promises that nobody records must not have a recorder."""
    if not settings.OPENBALINT_LIVEKIT_URL or media_server(None):
        return []
    from openbalint.media import connection  # noqa: PLC0415 - its libraries come with the extra `sound` only

    recordings = connection.recordings()
    if recordings is None:
        return [
            Caution(
                "The media server does not answer.",
                hint="Look whether OPENBALINT_LIVEKIT_API is right and LiveKit runs; until then meetings have no sound.",
                id="openbalint.W003",
            )
        ]
    return [NO_RECORDING] if recordings else []


NO_RECORDING = Error(
    "The media server records, or has recorded.",
    hint="Take LiveKit's egress away, and use a LiveKit that is OpenBalint's alone. OpenBalint does not start beside it.",
    id="openbalint.E004",
)


@register
def plain_http(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Browsers give camera and microphone to loopback and to HTTPS only."""
    loopback = {"localhost", "127.0.0.1", "[::1]"}
    if settings.OPENBALINT_TLS or set(settings.ALLOWED_HOSTS) <= loopback:
        return []
    return [
        Caution(
            "OPENBALINT_HOSTS names hosts beyond this machine, but OPENBALINT_TLS is not set.",
            hint="Put a proxy with HTTPS in front and set OPENBALINT_TLS=1; what is said must not travel in the open.",
            id="openbalint.W001",
        )
    ]
