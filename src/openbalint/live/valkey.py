"""What is said to Valkey (or Redis): RESP3, so that one connection both publishes and is subscribed."""

from collections.abc import Iterator
import socket
import ssl
from typing import cast
from urllib.parse import SplitResult, unquote

import hiredis

# Servers can log commands (SLOWLOG, COMMANDLOG, a crash), the first 128 bytes of each argument. Ours begin with nothing.
BLANK = bytes(128)


def address(url: SplitResult) -> tuple[str, int]:
    """Host and port of ``redis://user:secret@host:port`` (``rediss`` or ``valkeys``: with TLS)."""
    return url.hostname or "127.0.0.1", url.port or 6379


def secured(url: SplitResult) -> bool:
    """Whether the connection is to be encrypted."""
    return url.scheme in {"rediss", "valkeys"}


def call(url: SplitResult, patience: float) -> socket.socket:
    """A blocking connection. Raises OSError."""
    plain = socket.create_connection(address(url), patience)
    return ssl.create_default_context().wrap_socket(plain, server_hostname=url.hostname) if secured(url) else plain


def greeting(url: SplitResult, channel: str) -> bytes:
    """Sign in and subscribe."""
    secret = ("AUTH", unquote(url.username or "default"), unquote(url.password)) if url.password else ()
    return _command("HELLO", "3", *secret) + _command("SUBSCRIBE", channel)


def publication(channel: str, payload: bytes) -> bytes:
    """Say something on a channel."""
    return _command("PUBLISH", channel, BLANK + payload)


def _command(*words: str | bytes) -> bytes:
    return cast(bytes, hiredis.pack_command(words))  # type: ignore[arg-type] # its stub asks for one word


def messages(reader: hiredis.Reader, data: bytes) -> Iterator[bytes]:
    """What was said on our channel, out of what the server sent. Raises ConnectionRefusedError where it says no."""
    reader.feed(data)
    while (reply := reader.gets()) is not False:
        if isinstance(reply, hiredis.ReplyError):
            raise ConnectionRefusedError("the server of the bus refused us")
        if isinstance(reply, list) and reply[0] == b"message":
            yield reply[2][len(BLANK) :]
