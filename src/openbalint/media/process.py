"""A LiveKit server as a process of this machine: for the demonstration, the tests and the benchmark.

It answers on loopback alone, with keys that are made for it and are forgotten with it. Browsers are given an own address
for STUN, so that none is sent to servers elsewhere.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
import json
import os
from pathlib import Path
import secrets
import shutil
import socket
import subprocess
import time
from typing import Any

VERSION = "1.13.5"  # what `make livekit` builds: the newest that `go install` takes (later ones replace modules)
PATIENCE = 15.0  # seconds until it must answer


def cache(env: Mapping[str, str]) -> Path:
    """Where `make livekit` puts what it builds, for this version."""
    home = Path(env.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "openbalint" / "livekit" / VERSION / "livekit-server"


def find(env: Mapping[str, str]) -> Path | None:
    """The program: OPENBALINT_LIVEKIT_SERVER, else `livekit-server` on PATH, else what `make livekit` built."""
    if named := env.get("OPENBALINT_LIVEKIT_SERVER", "").strip():
        return Path(named) if os.access(named, os.X_OK) else None
    if found := shutil.which("livekit-server", path=env.get("PATH")):
        return Path(found)
    built = cache(env)
    return built if os.access(built, os.X_OK) else None


@dataclass(frozen=True, slots=True)
class Ports:
    """Where it listens, on loopback."""

    http: int
    tcp: int
    udp: int

    @classmethod
    def free(cls) -> "Ports":
        """Ports that nobody listens on just now."""
        with socket.socket() as one, socket.socket() as two, socket.socket(type=socket.SOCK_DGRAM) as three:
            for probe in (one, two, three):
                probe.bind(("127.0.0.1", 0))
            return cls(*(int(probe.getsockname()[1]) for probe in (one, two, three)))


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    ports: Ports
    key: str
    secret: str

    @property
    def browser_url(self) -> str:
        """Where browsers reach it."""
        return f"ws://127.0.0.1:{self.ports.http}"

    @property
    def api_url(self) -> str:
        """Where we reach it."""
        return f"http://127.0.0.1:{self.ports.http}"


def configuration(
    ports: Ports, key: str, secret: str, *, webhooks: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    """What LiveKit needs to work on loopback alone: candidates there, no rooms that nobody made, own STUN."""
    reports = {"webhook": {"api_key": key, "urls": list(webhooks)}} if webhooks else {}
    return {
        "port": ports.http,
        "bind_addresses": ["127.0.0.1"],
        "keys": {key: secret},
        "rtc": {
            "tcp_port": ports.tcp,
            "udp_port": ports.udp,
            "node_ip": "127.0.0.1",
            "use_external_ip": False,
            "enable_loopback_candidate": True,
            "interfaces": {"includes": ["lo"]},
            "stun_servers": ["127.0.0.1:3478"],
        },
        "room": {"auto_create": False},
        "logging": {"level": "error"},
        **reports,
        **more,
    }


@contextmanager
def running(
    program: Path, *, webhooks: tuple[str, ...] = (), log: Path | None = None, at: Running | None = None, **more: Any
) -> Iterator[Running]:
    """A server of one's own, for as long as the block. ``at``: where, and with whose keys, one was before.

    Raises OSError where it does not start. The keys go by the environment, not by words that others can list.
    """
    found = at or Running(Ports.free(), f"key{secrets.token_hex(6)}", secrets.token_urlsafe(32))
    config = configuration(found.ports, found.key, found.secret, webhooks=webhooks, **more)
    env = {**os.environ, "LIVEKIT_CONFIG": json.dumps(config)}
    with (log or Path(os.devnull)).open("ab") as out:
        process = subprocess.Popen([program], env=env, stdout=out, stderr=out)  # noqa: S603 - the operator's program
    try:
        _wait(process, found.ports.http)
        yield found
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise OSError("the media server did not start")
