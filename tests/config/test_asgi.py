"""The live part begins and ends with the server."""

import asyncio

from openbalint.config import asgi
from openbalint.live import server


def played(monkeypatch, *, fails: bool = False):
    """What is sent and called while a server starts and stops."""
    seen, told = [], iter(({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}))

    async def startup():
        seen.append("startup")
        if fails:
            raise OSError("the disk is full")

    async def shutdown():
        seen.append("shutdown")

    async def receive():
        return next(told)

    async def send(message):
        seen.append(message)

    monkeypatch.setattr(server, "startup", startup)
    monkeypatch.setattr(server, "shutdown", shutdown)
    asyncio.run(asgi.application({"type": "lifespan"}, receive, send))
    return seen


def test_the_live_part_starts_and_stops_with_the_server(monkeypatch):
    assert played(monkeypatch) == [
        "startup",
        {"type": "lifespan.startup.complete"},
        "shutdown",
        {"type": "lifespan.shutdown.complete"},
    ]


def test_a_live_part_that_does_not_start_ends_the_start(monkeypatch):
    assert played(monkeypatch, fails=True) == ["startup", {"type": "lifespan.startup.failed", "message": ""}]
