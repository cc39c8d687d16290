"""What every test may use; and what none may do."""

from collections.abc import Iterator
import os
from pathlib import Path
import random
import socket
import subprocess
import time

import hypothesis
import pytest

from tools import system_deps

PATIENCE = 10.0  # seconds until a server must answer

hypothesis.settings.register_profile("test", max_examples=200, deadline=None)
hypothesis.settings.register_profile("bench", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


@pytest.fixture(autouse=True)
def no_global_chance() -> Iterator[None]:
    """Chance is an argument: whoever draws from the module's own generator fails."""
    before = random.getstate()
    yield
    assert random.getstate() == before, "Pass a random.Random in; do not draw from the module `random`."


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Valkey (or Redis), alone with this run."""
    program = system_deps.valkey()
    if program is None:
        pytest.skip("valkey-server is not installed: run `make test`, which installs it, or apt install valkey-server")
    folder, port = tmp_path_factory.mktemp("valkey"), free_port()
    words = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with (folder / "log").open("wb") as log, subprocess.Popen([program, *words], stdout=log, stderr=log) as server:
        try:
            wait_for_valkey(port, server, folder / "log")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_valkey(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until it says PONG."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                if connection.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"valkey did not start:\n{log.read_text('utf-8')}")
