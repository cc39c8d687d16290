"""Sound where pages and live sessions are several processes: passes and reports find the owner of the room."""

from collections.abc import AsyncIterator
from uuid import uuid4

from django.db import connection
import pytest
import pytest_asyncio

from tests.live.conftest import Meet, Site
from tests.live.studio import Studio, seated, studio_of
from tests.media.devices import until

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="on SQLite one process is all there is; the PostgreSQL run tests this"
    ),
]


@pytest_asyncio.fixture
async def studio(site: Site) -> AsyncIterator[Studio]:
    """A media server that reports to the pages, which own no room."""
    async with studio_of(site) as studio:
        yield studio


async def test_a_pass_comes_from_the_owner_and_a_report_reaches_it(
    studio: Studio, meet: Meet, valkey_server: str
) -> None:
    site = await meet()
    env = {"OPENBALINT_VALKEY_URL": valkey_server, "OPENBALINT_BUS_PREFIX": f"test-{uuid4()}"}
    pages = studio.serve(**env)
    site.start(**studio.environment(), **env)  # the newest: tabs come here
    assert await studio.ask("bob") == (200, {"code": "waiting"})
    tabs = await seated(site, "lea", "ann", "bob")
    bob, ann = await studio.join("bob"), await studio.join("ann")
    await ann.speak()
    await bob.hears(str(ann.room.local_participant.identity))
    _, kept = await studio.ask("ann")
    await tabs["lea"].does("send-out", person=ann.room.local_participant.identity)
    await until(ann.gone.is_set)
    again = await studio.enter(kept["token"])  # seen by a report to the pages, told to the owner
    await until(again.gone.is_set)
    assert pages.process.poll() is None
    assert await studio.ask("ann") == (200, {"code": "removed"})
