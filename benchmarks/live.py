"""What the live path costs, beside others that send the same bytes: ``make bench ARGS="live"``.

Candidates run interleaved, in rounds whose order turns round each time; a server has core 0, the generator core 1. What
counts are ratios of the CPU time of a message within a round (median over rounds): they bear a noisy machine, absolute
numbers do not. A message is a view that reaches a socket.

    python -m benchmarks live [--rounds 3] [--seconds 3] [--only transports,latency,many,scaling,processes] [--bytes N]
"""

import argparse
from collections.abc import Iterator, Sequence
import contextlib
from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import resource
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from tools import system_deps, with_postgres

HERE = Path(__file__).resolve().parent / "sockets"
ROOT = HERE.parents[1]
PATIENCE = 60.0
SEATS = 12
OUR_PATH = "/ws/"
KEY = secrets.token_urlsafe(48)
Result = dict[str, Any]
Figures = dict[str, tuple[str, str]]


@dataclass
class Candidate:
    """A server: its command line (``{port}``, ``{folder}``), settings, and how many processes it is."""

    name: str
    words: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    path: str = "/ws/{room}/{seat}/"
    processes: int = 1
    affinity: bool = True  # with two processes: every socket of a room goes to the same one


@dataclass
class Running:
    """A candidate that answers."""

    candidate: Candidate
    ports: list[int]
    processes: list[subprocess.Popen[bytes]]
    folder: Path

    def memory(self) -> float:
        """KiB that belong to the processes alone or in part."""
        lines = (Path(f"/proc/{one.pid}/smaps_rollup").read_text().splitlines() for one in self.processes)
        return float(sum(int(line.split()[1]) for text in lines for line in text if line.startswith("Pss:")))


def ours(how: str, name: str = "", **env: str) -> Candidate:
    """Our live part; see `benchmarks.sockets.ours`."""
    words = (sys.executable, "-m", "benchmarks.sockets.ours", "serve", "{port}", how, "{folder}")
    return Candidate(name or how, words, env, path=OUR_PATH)


def other(kind: str) -> Candidate:
    """A server that stores nothing."""
    views = ("{folder}/leader", "{folder}/member")
    if kind == "floor":
        return Candidate(kind, ("{build}/floor", "{port}", *views))
    return Candidate(kind, (sys.executable, str(HERE / "others.py"), kind, "{port}", *views))


def build(folder: Path) -> None:
    """Compile the generator and the floor."""
    for name in ("generator", "floor"):
        subprocess.run(["cc", "-O2", "-o", folder / name, HERE / f"{name}.c", "-lm"], check=True)


def sqlite(folder: Path, synchronous: str = "NORMAL") -> dict[str, str]:
    """Settings of a server on SQLite."""
    return {"DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}", "OPENBALINT_SQLITE_SYNCHRONOUS": synchronous}


def settings(folder: Path, env: dict[str, str]) -> dict[str, str]:
    """The environment of a process."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("OPENBALINT_")},
        "DJANGO_SETTINGS_MODULE": "openbalint.config.settings",
        "OPENBALINT_DATA": str(folder),
        "OPENBALINT_SECRET_KEY": KEY,
        **env,
    }


class Bench:
    """A folder for what was compiled and prepared; everything in it is gone afterwards."""

    def __init__(self, folder: Path, seconds: float, most: int | None) -> None:
        """``most`` bytes of a pre-built view; None: all of it."""
        self.folder, self.seconds, self.most = folder, seconds, most
        build(folder)

    def prepared(self, rooms: int, env: dict[str, str] | None = None) -> Path:
        """A folder with database, tickets and views; on SQLite made once for each number of rooms, then copied."""
        template = self.folder / f"{rooms}-{'other' if env else 'sqlite'}"
        if env or not template.exists():
            shutil.rmtree(template, ignore_errors=True)
            template.mkdir()
            line = [sys.executable, "-m", "benchmarks.sockets.ours", "prepare", str(rooms), str(template)]
            line += [str(self.most)] if self.most else []
            subprocess.run(line, check=True, cwd=ROOT, env=settings(template, {**sqlite(template), **(env or {})}))
        copy = self.folder / "now"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(template, copy)
        return copy

    @contextlib.contextmanager
    def running(self, candidate: Candidate, rooms: int, env: dict[str, str] | None = None) -> Iterator[Running]:
        """Start a candidate on fresh data, pinned to core 0."""
        folder = self.prepared(rooms, env)
        ports = [free_port() for _ in range(candidate.processes)]
        plain = settings(folder, {**sqlite(folder), **candidate.env, **(env or {})})
        processes = []
        for port in ports:
            words = [word.format(port=port, folder=folder, build=self.folder) for word in candidate.words]
            processes.append(subprocess.Popen(["taskset", "-c", "0", *words], cwd=ROOT, env=plain))
        try:
            for port, process in zip(ports, processes, strict=True):
                wait_for(port, process)
            write_clients(folder, candidate, ports)
            yield Running(candidate, ports, processes, folder)
        finally:
            for process in processes:
                process.kill()
                process.wait(PATIENCE)

    def load(self, server: Running, rooms: int, *, rate: float = 0, inflight: int = 1) -> Result:
        """Run the generator once, pinned to core 1."""
        words = ["taskset", "-c", "1", str(self.folder / "generator"), "-f", str(server.folder / "clients")]
        words += ["-r", str(rooms), "-d", str(self.seconds), "-R", str(rate), "-W", str(inflight)]
        words += ["-L", server.candidate.name]
        for process in server.processes:
            words += ["-k", str(process.pid)]
        before = server.memory()
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as generator:
            most = before
            while generator.poll() is None:
                most = max(most, server.memory())
                time.sleep(0.5)
            output = generator.stdout.read() if generator.stdout else ""
        if generator.returncode:
            raise SystemExit(f"{server.candidate.name}: the generator gave up")
        result: Result = json.loads(output)
        result["kib_socket"] = (most - before) / result["sockets"]
        show(result)
        return result

    def once(self, candidate: Candidate, rooms: int = 100, env: dict[str, str] | None = None, **how: float) -> Result:
        """Start, load, stop."""
        with self.running(candidate, rooms, env) as server:
            return self.load(server, rooms, **how)  # type: ignore[arg-type]

    def rounds(self, candidates: Sequence[Candidate], count: int, rooms: int = 100) -> dict[str, list[Result]]:
        """Every candidate in every round, the order turned round each time."""
        found: dict[str, list[Result]] = {candidate.name: [] for candidate in candidates}
        for turn in range(count):
            for candidate in candidates if turn % 2 == 0 else candidates[::-1]:
                found[candidate.name].append(self.once(candidate, rooms))
        return found


def show(result: Result) -> None:
    """One line while it goes on."""
    print(
        "  {label:22} {messages_s:9.0f} messages/s  {us_message:6.2f} µs/message  busy {busy:4.2f}  p50 {p50:6.2f} ms  "
        "p99 {p99:6.2f} ms  {bytes:5.0f} bytes  {kib_socket:5.1f} KiB/socket  stalls {stalls} refused {refused}".format(
            **result
        ),
        flush=True,
    )


def ratio(found: dict[str, list[Result]], of: str, to: str) -> float:
    """How much less CPU ``of`` takes for a message than ``to``: above 1 it is cheaper. Median over the rounds."""
    pairs = zip(found[of], found[to], strict=True)
    return statistics.median(float(theirs["us_message"]) / float(own["us_message"]) for own, theirs in pairs)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until somebody answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise SystemExit(f"no answer on port {port}")


def write_clients(folder: Path, candidate: Candidate, ports: Sequence[int]) -> None:
    """The list of clients for the generator."""
    lines = []
    for number, line in enumerate((folder / "tickets").read_text("ascii").splitlines()):
        room, seat, protocols = line.split(" ", 2)
        port = ports[(int(room) if candidate.affinity else number) % len(ports)]
        lines.append(f"{port} {room} {candidate.path.format(room=room, seat=seat)} {protocols}\n")
    (folder / "clients").write_text("".join(lines), "ascii")


# ── what is measured ──────────────────────────────────────────────────────────────────────────────────────────────────


def transports(bench: Bench, count: int) -> Figures:
    """Rows 1 to 3: our path without and with a journal, beside servers that store nothing."""
    everybody = [other("floor"), other("picows"), other("broadcast"), ours("unstored"), ours("plain")]
    everybody += [ours("plain", "plain FULL", OPENBALINT_SQLITE_SYNCHRONOUS="FULL")]
    everybody += [] if bench.most else [ours("whole")]  # its views are as long as they are
    found = bench.rounds(everybody, count)

    def three(of: str) -> str:
        return " / ".join(f"{ratio(found, of, to):.2f}" for to in ("picows", "floor", "broadcast"))

    figures = {
        "1 nothing stored: CPU beside picows / floor / broadcast": (">= 0.90 / 0.60 / 1.8", three("unstored")),
        "2 committed, SQLite NORMAL": (">= 0.70 / – / 1.5", three("plain")),
        "3 committed durably, SQLite FULL": (">= 0.55 / – / –", three("plain FULL")),
        "3 … beside ours that stores nothing": (">= 0.60", f"{ratio(found, 'plain FULL', 'unstored'):.2f}"),
    }
    if "whole" in found:
        figures["– the product whole (engine, real views), NORMAL"] = ("no target", three("whole"))
    return figures


def latency(bench: Bench, _: int) -> Figures:
    """Row 5: from the moment a command was due to every socket, at half of what the server can do."""
    found = {}
    for name, synchronous in (("plain", "NORMAL"), ("plain FULL", "FULL")):
        candidate = ours("plain", name, OPENBALINT_SQLITE_SYNCHRONOUS=synchronous)
        most = bench.once(candidate)["messages_s"]
        half = bench.once(candidate, rate=most / SEATS / 2)
        figure = f"{half['p50']:.1f} / {half['p99']:.1f} ms at {half['messages_s']:.0f} messages/s"
        found[f"5 half load, SQLite {synchronous}: p50 / p99"] = ("p99 <= 20 ms", figure)
    return found


def many(bench: Bench, _: int) -> Figures:
    """Row 6: 12,000 sockets and 500 commands a second."""
    one = bench.once(ours("plain"), rooms=1000, rate=500)
    figure = f"{100 * one['busy']:.0f}% of a core, p99 {one['p99']:.1f} ms, {one['kib_socket']:.1f} KiB"
    return {"6 12,000 sockets, 500 commands/s": ("<= 40%, p99 <= 30 ms, <= 6 KiB a socket", figure)}


def scaling(bench: Bench, count: int) -> Figures:
    """Row 7: many rooms cost no more than few."""
    few, lots = (bench.rounds([ours("plain")], count, rooms)["plain"] for rooms in (10, 400))
    share = statistics.median(b["messages_s"] / a["messages_s"] for a, b in zip(few, lots, strict=True))
    return {"7 messages/s with 400 rooms beside 10": (">= 80%", f"{100 * share:.0f}%")}


def processes(bench: Bench, count: int) -> Figures:
    """Row 9: two processes with PostgreSQL, sockets sent to the owner or spread at random over the bus."""
    program = system_deps.valkey()
    if program is None:
        raise SystemExit("valkey-server is not installed")
    port = free_port()
    quiet = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with subprocess.Popen([program, *quiet], stdout=subprocess.DEVNULL) as server:
        try:
            return _processes(bench, count, f"redis://127.0.0.1:{port}/0")
        finally:
            server.terminate()


def _processes(bench: Bench, count: int, url: str) -> Figures:
    words = ours("plain").words
    kinds = (
        Candidate("one process", words, path=OUR_PATH),
        Candidate("two, to the owner", words, path=OUR_PATH, processes=2),
        Candidate("two, over the bus", words, path=OUR_PATH, processes=2, affinity=False),
    )
    found: dict[str, list[Result]] = {kind.name: [] for kind in kinds}
    for turn in range(count):
        for kind in kinds if turn % 2 == 0 else kinds[::-1]:
            with with_postgres.server() as address:
                env = {
                    "DATABASE_URL": address,
                    "OPENBALINT_VALKEY_URL": url,
                    "OPENBALINT_BUS_PREFIX": secrets.token_hex(4),
                }
                found[kind.name].append(bench.once(kind, 100, env))
    owner = ratio(found, "two, to the owner", "one process")
    over = ratio(found, "two, over the bus", "two, to the owner")
    return {
        "9 two processes: to the owner / over the bus, by CPU": (
            ">= 95% / >= 75%",
            f"{100 * owner:.0f}% / {100 * over:.0f}%",
        )
    }


PARTS = {part.__name__: part for part in (transports, latency, many, scaling, processes)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a table for the README."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks live", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    parser.add_argument("--bytes", type=int, help="cut the pre-built views to so many bytes")
    asked = parser.parse_args(arguments)
    figures: Figures = {}
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # for the servers, which inherit it
    with tempfile.TemporaryDirectory(prefix="openbalint-bench-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder), asked.seconds, asked.bytes)
        for name in asked.only.split(","):
            print(f"{name}: {PARTS[name].__doc__}", flush=True)
            figures |= PARTS[name](bench, asked.rounds)
    print("\n| row | target | measured |\n|---|---|---|")
    for row, (target, figure) in figures.items():
        print(f"| {row} | {target} | {figure} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
