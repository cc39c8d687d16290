"""Mistakes are told before people come."""

import asyncio

from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
import pytest

from openbalint.config import checks
from openbalint.media import connection
from openbalint.media.memory import Memory


def found(check):
    return [finding.id for finding in check(None)]


def test_a_short_key_stops_the_start():
    assert found(checks.secret_key) == []
    with override_settings(SECRET_KEY="short"):
        assert found(checks.secret_key) == ["openbalint.E001"]


def test_hosts_beyond_this_machine_want_tls():
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1"], OPENBALINT_TLS=False):
        assert found(checks.plain_http) == []
    with override_settings(ALLOWED_HOSTS=["balint.example.org"], OPENBALINT_TLS=False):
        assert found(checks.plain_http) == ["openbalint.W001"]
    with override_settings(ALLOWED_HOSTS=["balint.example.org"], OPENBALINT_TLS=True):
        assert found(checks.plain_http) == []


SOUND = {
    "OPENBALINT_LIVEKIT_URL": "wss://sound.balint.example.org",
    "OPENBALINT_LIVEKIT_API": "http://127.0.0.1:9",  # nobody answers there
    "OPENBALINT_LIVEKIT_KEY": "balint",
    "OPENBALINT_LIVEKIT_SECRET": "thirty-two characters or more of it",
}


def test_a_media_server_needs_its_key_and_a_secret_that_cannot_be_guessed():
    assert found(checks.media_server) == []
    with override_settings(**SOUND):
        assert found(checks.media_server) == []
    for missing in ({"OPENBALINT_LIVEKIT_KEY": ""}, {"OPENBALINT_LIVEKIT_SECRET": "short"}):
        with override_settings(**{**SOUND, **missing}):
            assert found(checks.media_server) == ["openbalint.E003"]


def test_a_media_server_that_does_not_answer_is_told_and_stops_nothing():
    assert found(checks.nothing_records) == []
    with override_settings(**SOUND):
        assert found(checks.nothing_records) == ["openbalint.W003"]


def test_openbalint_does_not_start_beside_a_recorder():
    server = Memory()
    asyncio.run(connection.see_that_nothing_records(server))
    server.away = True
    asyncio.run(connection.see_that_nothing_records(server))  # it may come later
    server.away, server.recording = False, True
    with pytest.raises(ImproperlyConfigured, match="records, or has recorded"):
        asyncio.run(connection.see_that_nothing_records(server))
