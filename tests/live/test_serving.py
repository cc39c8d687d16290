"""Sockets beside the pages on one port, or alone; the demonstration on this machine only."""

import asyncio
from datetime import UTC, datetime, timedelta
import time
from typing import Any
import urllib.request

from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
import pytest

from openbalint.live import server
from openbalint.live.socket import LiveProtocol, origin_allowed
from openbalint.protocol.commands import SetLock
from tests.live.conftest import PATIENCE, Meet, Site
from tests.live.test_frames import Wire


@pytest.mark.asyncio
async def test_pages_and_sockets_answer_on_one_port(meet: Meet) -> None:
    site = await meet()
    both = site.start("pages")
    lea, ann = await site.tab("lea").come(), await site.tab("ann").come()
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 2)
    await lea.does("start")
    await ann.sees(lambda view: view["status"] == "running")
    assert await asyncio.to_thread(status, f"http://127.0.0.1:{both.port}/healthz") == 200
    assert await asyncio.to_thread(both.stop) in (0, -15)  # uvicorn ends by the signal itself
    await asyncio.gather(*(one.until(lambda one=one: one.closed is not None) for one in (lea, ann)))
    assert [one.frames[-1] for one in (lea, ann)] == [{"bye": "again"}] * 2


def test_devices_whose_time_is_over_are_forgotten_by_the_clock(site: Site) -> None:
    now = datetime.now(UTC)
    for key, hours in (("over", -1), ("known", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=hours))
    site.start()
    end = time.monotonic() + PATIENCE
    while Session.objects.count() > 1 and time.monotonic() < end:
        time.sleep(0.05)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["known"]


def status(address: str) -> int:
    with urllib.request.urlopen(address) as answer:
        return int(answer.status)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_the_demonstration_listens_on_this_machine_alone(host: str, settings: Any) -> None:
    server.refuse_demo(host)
    settings.OPENBALINT_DEMO = True
    for own in ("127.0.0.1", "localhost", "::1"):
        server.refuse_demo(own)
    with pytest.raises(ImproperlyConfigured, match="demonstration"):
        server.run(host, 0)


@pytest.mark.asyncio
async def test_a_socket_of_the_demonstration_that_comes_from_outside_is_refused(settings: Any) -> None:
    settings.OPENBALINT_DEMO = True
    transport = Wire(sockname=("192.0.2.1", 8000))
    socket = LiveProtocol()
    socket.connection_made(transport)
    socket.data_received(b"GET /ws/ HTTP/1.1\r\nHost: 192.0.2.1:8000\r\n\r\n")
    assert transport.sent.startswith(b"HTTP/1.1 403")
    socket.connection_lost(None)


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        (None, "balint.example.org", True),  # not a browser: the ticket alone decides
        ("https://balint.example.org", "balint.example.org", True),
        ("https://balint.example.org", "live1.example.org", True),  # sockets on a host of their own
        ("https://balint.example.org:8443", "balint.example.org:8443", True),
        ("https://balint.example.org:8443", "balint.example.org", False),
        ("https://evil.example", "balint.example.org", False),
        ("https://evil.example", "evil.example", False),  # a name that leads here, and is not ours
        ("null", "balint.example.org", False),
        ("", "", False),
        ("https://[::1", "[::1", False),
    ],
)
def test_only_pages_of_the_configured_hosts_may_open_a_socket(
    origin: str | None, host: str, allowed: bool, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["balint.example.org"]
    settings.OPENBALINT_ORIGINS = ("https://balint.example.org",)
    assert origin_allowed(origin, host) is allowed


@pytest.mark.django_db
def test_without_a_live_part_or_a_bus_nobody_hears_a_command() -> None:
    from uuid import uuid4

    assert server.submit(uuid4(), SetLock("lea", locked=True)) == "unavailable"
