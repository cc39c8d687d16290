"""Other servers that send the same bytes, and store nothing: ``python others.py (picows|broadcast) PORT LEADER MEMBER``.

LEADER and MEMBER are files with the bytes of the two views up to the value of "v". Every text frame of a client is a
command: the view goes to all sockets of its room, an acknowledgement to the sender.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
import logging
from pathlib import Path
import sys
from typing import Any

import msgspec
import uvloop

TAIL = b'%08d,"now":"2026-11-26T10:30:00.000000Z"}'


class Command(msgspec.Struct):
    """What both read of a frame."""

    n: int
    do: str
    raised: bool = False


read = msgspec.json.Decoder(Command).decode


@dataclass
class Room:
    """Sockets of a room by seat; seat 0 leads."""

    members: dict[int, Any] = field(default_factory=dict)
    shown: int = 0


rooms: dict[int, Room] = defaultdict(Room)
heads: list[bytes] = []


def views(room: Room) -> tuple[bytes, bytes]:
    """The leader's and the members' view after one more command."""
    room.shown += 1
    tail = TAIL % room.shown
    return heads[0] + tail, heads[1] + tail


def frame(payload: bytes) -> bytes:
    """Built once for all sockets of a view."""
    size = len(payload)
    return (bytes((0x81, size)) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")) + payload


def place(path: str) -> tuple[Room, int]:
    """Room and seat of a path."""
    _, _, room, seat, *_ = path.split("/")
    return rooms[int(room)], int(seat)


async def picows(port: int) -> None:
    """picows, with pre-built frames written to the transport under it: the fastest way it has."""
    from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

    class Listener(WSListener):
        def __init__(self, path: str) -> None:
            self.room, self.seat = place(path)

        def on_ws_connected(self, transport: WSTransport) -> None:
            self.write = transport.underlying_transport.write
            self.room.members[self.seat] = self.write

        def on_ws_disconnected(self, transport: WSTransport) -> None:
            self.room.members.pop(self.seat, None)

        def on_ws_frame(self, transport: WSTransport, got: WSFrame) -> None:
            if got.msg_type != WSMsgType.TEXT or (payload := got.get_payload_as_bytes()).startswith(b'{"hello"'):
                return
            self.write(frame(b'{"ok":%d}' % read(payload).n))
            leader, member = map(frame, views(self.room))
            for seat, write in self.room.members.items():
                write(member if seat else leader)

    def accept(request: WSUpgradeRequest) -> Listener:
        return Listener(request.path.decode())

    server = await ws_create_server(accept, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


async def broadcast(port: int) -> None:
    """`websockets` with its own `broadcast()`."""
    from websockets.asyncio.server import ServerConnection, broadcast, serve

    async def handle(socket: ServerConnection) -> None:
        assert socket.request is not None
        room, seat = place(socket.request.path)
        room.members[seat] = socket
        try:
            async for message in socket:
                if str(message).startswith('{"hello"'):
                    continue
                await socket.send(f'{{"ok":{read(message).n}}}')
                leader, member = (view.decode() for view in views(room))
                broadcast([one for seat, one in room.members.items() if not seat], leader)
                broadcast([one for seat, one in room.members.items() if seat], member)
        finally:
            room.members.pop(seat, None)

    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # the generator says no goodbye
    async with serve(handle, "127.0.0.1", port, compression=None, ping_interval=None, backlog=4096):
        await asyncio.Future()


if __name__ == "__main__":
    kind, port, *files = sys.argv[1:]
    heads += [Path(file).read_bytes() for file in files]
    uvloop.run({"picows": picows, "broadcast": broadcast}[kind](int(port)))
