"""The parts of a bigger site as an operator starts them: `openbalint web` has the pages, `openbalint live` the sockets."""

import json
from uuid import uuid4

from django.db import connection
import pytest

from openbalint.groups.models import Membership
from tests.conftest import free_port
from tests.live.browsers import Tab
from tests.live.conftest import Meet, Server, Site
from tests.live.threads import in_thread
from tests.live.visits import ask, post

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="on SQLite one process is all there is; the PostgreSQL run tests this"
    ),
]


async def come(site: Site, pages: Server, name: str) -> Tab:
    """Open the room's page, ask for a ticket as the page does, and go where it leads."""
    status, html = await in_thread(ask, site, pages, name, "GET", f"/meetings/{site.meeting}/room")
    assert (status, "room-data" in html) == (200, True)
    _, answer = await in_thread(ask, site, pages, name, "POST", f"/meetings/{site.meeting}/ticket")
    found = json.loads(answer)
    tab = Tab(lambda: found["url"], site.meeting, site.people[name])
    tab.ticket = lambda: found["ticket"]
    site.tabs.append(tab)
    return await tab.come()


async def test_what_a_page_changes_in_one_process_is_seen_in_the_room_of_the_other(
    meet: Meet, valkey_server: str
) -> None:
    site = await meet()
    port = free_port()
    env = {
        "OPENBALINT_VALKEY_URL": valkey_server,
        "OPENBALINT_BUS_PREFIX": f"test-{uuid4()}",
        "OPENBALINT_LIVE_ADDRESS": f"ws://127.0.0.1:{port}/ws/",
    }
    site.run("live", port, **env)
    pages = site.run("web", 0, **env)
    lea, bob = [await come(site, pages, name) for name in ("lea", "bob")]
    await lea.sees(lambda view: len(view["leaders"].get("waiting", ())) == 2)
    await lea.does("start")
    await bob.sees(lambda view: len(view.get("circle", ())) == 2)
    group, seat = await in_thread(
        lambda: Membership.objects.values_list("group", "pk").get(user=site.people["bob"], group__meetings=site.meeting)
    )
    assert await in_thread(post, site, pages, "lea", f"/groups/{group}/members/{seat}/", {"seat": "co-leader"}) == 302
    await bob.sees(lambda view: view["audience"] == "leaders")
