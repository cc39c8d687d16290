"""Checks at every start, so that a mistake is told in a sentence before people come."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning as Caution, register

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
