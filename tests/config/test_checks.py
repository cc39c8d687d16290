"""Mistakes are told before people come."""

from django.test import override_settings

from openbalint.config import checks


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
