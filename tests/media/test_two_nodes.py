"""Two media servers that share one Valkey are one: it does not matter which of them somebody reaches."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from openbalint.media import process
from openbalint.media.livekit import LiveKit
from openbalint.media.permissions import ASIDE, Permission
from openbalint.media.process import Ports, Running
from tests.media.devices import Device, program, until

pytestmark = pytest.mark.asyncio


@pytest.fixture
def nodes(valkey_server: str, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Both have the same key, as nodes of one site do."""
    shared = {"address": urlsplit(valkey_server).netloc}
    with ExitStack() as both:
        first = both.enter_context(process.running(program(), log=tmp_path / "one", redis=shared))
        place = Running(Ports.free(), first.key, first.secret)
        yield first, both.enter_context(process.running(program(), log=tmp_path / "two", at=place, redis=shared))


async def test_rights_given_at_one_node_are_enforced_for_who_came_by_the_other(nodes: tuple[Running, Running]) -> None:
    first, second = nodes
    api = LiveKit(first.api_url, first.key, first.secret)
    other = LiveKit(second.api_url, second.key, second.secret)
    made = await api.open_room("circle", seats=15)
    assert await other.open_room("circle", seats=15) == made
    ann = await Device().come(second.browser_url, other.token("circle", "ann", ASIDE))
    bob = await Device().come(first.browser_url, api.token("circle", "bob", ASIDE))
    await ann.speak()
    await bob.hears("ann")
    assert set(await other.people("circle")) == {"ann", "bob"}
    await api.allow("circle", "ann", Permission(can_subscribe=True))
    await bob.silence("ann")
    assert (await other.people("circle"))["ann"].permission == Permission(can_subscribe=True)
    await other.close_room("circle")
    await until(ann.gone.is_set)
    assert await api.records() is False  # with a Redis an egress could be there; none is
    for one in (ann, bob):
        await one.go()
    for client in (api, other):
        await client.close()
