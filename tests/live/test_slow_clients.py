"""A client that does not read is cut; the others do not notice."""

import asyncio
import json
import socket
from typing import Any

import pytest

from openbalint.live import tickets
from tests.live.browsers import Tab
from tests.live.conftest import Meet

pytestmark = pytest.mark.asyncio
SMALL = 4096  # bytes that the kernel keeps for a client that does not read
HAND = 5  # after so many lines Ann puts her hand up, or down


async def test_a_client_that_does_not_read_is_cut_and_the_others_do_not_notice(meet: Meet) -> None:
    site = await meet()
    site.start()
    lea, ann = await site.tab("lea").come(), await site.tab("ann").come()
    await lea.sees(lambda view: len(view["leaders"]["waiting"]) == 2)
    await lea.does("start")
    cora = socket.socket()
    cora.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    try:
        await asyncio.to_thread(arrive_and_stop_reading, cora, site.servers[-1].port, site.tab("cora"))
        await ann.sees(lambda view: len(view["circle"]) == 3)
        lines = 0
        while not away(ann.view, str(site.people["cora"])):  # she would see them all, were she reading
            lines += 1
            assert lines < 2000, "never cut"
            await lea_sees_her_line(lea, f"{lines:04}" + "慢" * 296)
            if lines % HAND == 0:
                await both_see_the_hand(lea, ann, raised=lines % (2 * HAND) == HAND)
    finally:
        cora.close()
    assert lines >= 2 * HAND, "her hand went up and down meanwhile"
    assert (lea.closed, ann.closed) == (None, None)


async def lea_sees_her_line(lea: Tab, text: str) -> None:
    while "no" in await lea.ask("write-line", text=text):
        await asyncio.sleep(0.5)  # too fast: a moment's rest
    await lea.sees(lambda view: text in [one["text"] for one in view["leaders"]["line"]])


async def both_see_the_hand(lea: Tab, ann: Tab, *, raised: bool) -> None:
    await ann.does("set-hand", raised=raised)
    for one in (lea, ann):
        await one.sees(lambda view: view.get("queue", []) == [str(ann.person)] * raised)


def away(view: dict[str, Any], person: str) -> bool:
    return any(chair["person"] == person and chair.get("away") for chair in view["circle"])


def arrive_and_stop_reading(link: socket.socket, port: int, tab: Tab) -> None:
    """A handshake and a hello by hand, then silence."""
    link.connect(("127.0.0.1", port))
    ticket = tickets.PREFIX + tickets.sign(tab.meeting, tab.person)
    lines = (
        "GET /ws/ HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Protocol: openbalint, {ticket}",
    )
    link.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    assert b" 101 " in link.recv(1024)
    hello = json.dumps({"hello": tab.name}).encode()
    link.sendall(bytes((0x81, 0x80 | len(hello), 0, 0, 0, 0)) + hello)
