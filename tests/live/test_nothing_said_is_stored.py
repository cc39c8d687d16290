"""The canary: words that people type, in whatever frame, are in no file, no log, no other server."""

import asyncio
from collections.abc import Iterator
import json
from pathlib import Path
import subprocess
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
import hiredis
import pytest
from websockets.exceptions import ConnectionClosed

from openbalint.live import valkey
from tests.live.browsers import Tab, lead_to
from tests.live.conftest import Meet, Site, database_address
from tests.live.threads import in_thread

pytestmark = pytest.mark.asyncio


async def whole_session(site: Site) -> None:
    """A session in which every way to type is used, each with a canary of its own; nobody's page shows it to the disk."""
    lea = await site.tab("lea", site.servers[0]).come()
    cora, ann, bob = [await site.tab(name).come() for name in ("cora", "ann", "bob")]
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 4)
    await lea.does("start")
    await bob.sees(lambda view: view["status"] == "running")
    await lea.does("write-line", text="canary-line 安静的一行")
    await cora.sees(lambda view: view["leaders"]["line"])
    assert "canary-line" in cora.raw[-1]
    await lead_to("silence", lea, ann)
    await bob.ask("write-card", text="canary-refused")  # cards are not open yet
    await lea.does("open-cards", entry=lea.view["entry"])
    await bob.does("write-card", text="canary-card 秘密的卡片")
    await cora.does("write-card", text="canary-other-card")
    await bob.ask("write-card", text="canary-long" * 40)
    await bob.does("need-to-stop")
    await bob.does("send-signal", kind="hurt")
    await lea.does("turn-cards", entry=lea.view["entry"])
    await bob.sees(lambda view: len(view["cards"].get("texts", ())) == 2)
    await bob.ask("caption", text={"en": "canary-caption", "zh": "字幕"})
    for text in (
        "canary-not-json",
        '{"n":9,"do":"canary-kind"}',
        '{"n":9,"do":"write-card","text":["canary-type"]}',
        '{"n":9,"do":"write-card","text":"canary-cut',
        '{"n":9,"do":"set-hand","raised":true,"canary-field":1}',
        '{"n":9,"do":"tick-in","person":"canary-person"}',
        '{"n":9,"do":"send-signal","kind":"canary-signal"}',
    ):
        await bob.say(text)
    await bob.say(json.dumps({"n": 10, "do": "write-card", "text": "canary-oversized" * 400}))
    await bob.until(lambda: bob.closed is not None)
    await cora.say(b"canary-binary")
    await cora.until(lambda: cora.closed is not None)
    hello = await site.tab("cora").come(hello=False)
    await hello.say('{"hello":"canary-hello!"}')
    await hello.until(lambda: hello.frames)
    await asyncio.gather(bob.come_back(), cora.come_back())
    await lead_to("closing", lea, ann)
    await lea.does("open-cards", entry=lea.view["entry"])
    await bob.does("write-card", text="canary-last")
    await lea.does("end", entry=lea.view["entry"])
    await lea.sees(lambda view: view["status"] == "lingering")
    await lea.does("end", entry=lea.view["entry"])
    await lea.sees(lambda view: view["status"] == "closed")
    await nothing_in_the_way(site.tab("lea"))


async def nothing_in_the_way(late: Tab) -> None:
    """After the end too."""
    await late.come()
    try:
        await late.send("write-line", text="canary-after-the-end")
        await late.until(lambda: late.closed is not None or len(late.frames) > 2)
    except ConnectionClosed:
        pass


def database_bytes() -> bytes:
    """Everything the database has, free pages and logs of writing included; for PostgreSQL a dump and its files."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))
    dump = subprocess.run(["pg_dump", database_address()], capture_output=True, check=True).stdout
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        data = Path(cursor.fetchone()[0])
    files = [file for kind in ("base", "pg_wal") for file in sorted((data / kind).rglob("*")) if file.is_file()]
    return dump + b"".join(file.read_bytes() for file in files)


# As of an operator who looks for what is slow; of the two logs of sizes, Redis and older servers know nothing.
LOG_EVERYTHING = {
    "slowlog-log-slower-than": "0",
    "slowlog-max-len": "100000",
    "commandlog-request-larger-than": "0",
    "commandlog-large-request-max-len": "100000",
    "commandlog-reply-larger-than": "0",
    "commandlog-large-reply-max-len": "100000",
}
LOGS = ("SLOWLOG GET 100000", "COMMANDLOG GET 100000 large-request", "COMMANDLOG GET 100000 large-reply")


@pytest.fixture
def logging_valkey(valkey_server: str) -> Iterator[str]:
    """A Valkey that logs every command, however fast and small."""
    before = {name: ask(valkey_server, "CONFIG GET", name) for name in LOG_EVERYTHING}
    for name, value in LOG_EVERYTHING.items():
        ask(valkey_server, "CONFIG SET", name, value)
    yield valkey_server
    for name, known in before.items():
        if known:
            ask(valkey_server, "CONFIG SET", name, known[1].decode())


def ask(url: str, *words: str) -> Any:
    """What Valkey answers."""
    parts, reader = urlsplit(url), hiredis.Reader()
    with valkey.call(parts, 5) as link:
        link.sendall(" ".join(words).encode() + b"\r\n")
        while (reply := reader.gets()) is False:
            reader.feed(link.recv(65536))
        return reply


async def test_what_people_type_is_found_nowhere(meet: Meet, logging_valkey: str, tmp_path: Path) -> None:
    site = await meet()
    env = {"PYTHONASYNCIODEBUG": "1"}
    site.start("loudly", **env, OPENBALINT_VALKEY_URL=logging_valkey)
    if connection.vendor != "sqlite":  # some of the people come in by another process, over the bus
        site.start("loudly", **env, OPENBALINT_VALKEY_URL=logging_valkey)
    await whole_session(site)
    stored = await in_thread(database_bytes)
    assert str(site.people["bob"]).encode() in stored or site.people["bob"].hex.encode() in stored, (
        "looked in the right place"
    )
    assert b"canary" not in stored
    assert "秘密的卡片".encode() not in stored
    assert [server.stop() for server in site.servers] == [0] * len(site.servers)
    logs = b"".join(server.log.read_bytes() for server in site.servers)
    assert b"answer on" in logs
    assert b"canary" not in logs
    assert ask(logging_valkey, "DBSIZE") == 0, "pub/sub keeps nothing"
    assert "canary" not in repr(ask(logging_valkey, "INFO everything"))
    commands = repr([ask(logging_valkey, log) for log in LOGS])
    assert ("PUBLISH" in commands, "SUBSCRIBE" in commands) == (connection.vendor != "sqlite", True)
    assert "canary" not in commands
    left = [file for file in tmp_path.rglob("*") if file.is_file() and b"canary" in file.read_bytes()]
    assert left == []
