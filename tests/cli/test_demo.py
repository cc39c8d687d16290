"""`openbalint demo`, from the terminal's side and from a simulated visitor's."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.cookiejar import CookieJar
import os
from pathlib import Path
from random import Random
import re
import signal
import sqlite3
import subprocess
import sys
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import UUID

import pytest

from openbalint.cli import main
from openbalint.demo import members
from openbalint.demo.book import book
from openbalint.demo.cast import LEADER, VISITOR
from openbalint.demo.client import Address, SimulatedPerson
from openbalint.demo.mind import Circle, Mind, Pace
from openbalint.media import process as process_of_sound
from openbalint.protocol.views import Status

PATIENCE = 120.0  # seconds in which the people come, also on a machine that is busy
LINK = re.compile(r"(http://127\.0\.0\.1:\d+)(/demo/in/\S+/)$")
TERMINAL = 80  # columns


@contextmanager
def running(data: Path, *words: str, ended_by: signal.Signals = signal.SIGINT) -> Iterator[list[str]]:
    """A demonstration in a process of its own; gives what it printed down to the last link. Nothing of it stays."""
    command = [sys.executable, "-m", "openbalint", "demo", "--port", "0", "--data", str(data), *words]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("OPENBALINT_", "DJANGO_"))}
    env |= {
        "PYTHONUNBUFFERED": "1",
        "OPENBALINT_HOSTS": "balint.example.org",
        "DATABASE_URL": "postgres://nobody@nowhere/x",
    }
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while sum(bool(LINK.search(line)) for line in lines) < 4:
            line = process.stdout.readline()
            assert line, "".join(lines)
            lines.append(line.rstrip())
        beside = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(beside) == (process_of_sound.find(env) is not None), "the media server, where there is one"
        try:
            yield lines
        finally:
            process.send_signal(ended_by)
            process.stdout.read()
        assert process.wait(PATIENCE) in (0, 130, -signal.SIGINT)
    assert [pid for pid in beside if Path(f"/proc/{pid}").exists()] == []


def links(lines: list[str]) -> list[re.Match[str]]:
    return [found for line in lines if (found := LINK.search(line))]


def follow(link: str) -> tuple[str, str]:
    """Where a link leads, and the page there."""
    with build_opener(HTTPCookieProcessor(CookieJar())).open(link, timeout=PATIENCE) as answer:
        return answer.url, answer.read().decode()


def place_of(link: re.Match[str]) -> str:
    """Where a link leads, without the origin."""
    return follow(link[1] + link[2])[0].removeprefix(link[1])


def person_of(data: Path, name: str) -> str:
    """The id of somebody in the demonstration."""
    with closing(sqlite3.connect(data / "openbalint.sqlite3")) as database:
        ((found,),) = database.execute("SELECT id FROM accounts_user WHERE name = ?", (name,))
    return str(UUID(found))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "balint.example.org", "::"])
def test_it_refuses_any_address_but_loopback(host, tmp_path, capsys):
    assert main(["demo", "--host", host, "--data", str(tmp_path / "d")]) == 2
    assert "this machine alone" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_it_never_empties_a_folder_that_is_no_demonstration(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["demo", "--reset", "--data", str(tmp_path)]) == 2
    assert "--data" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("speed", ["0", "0.5", "61", "nan"])
def test_it_refuses_a_speed_that_nobody_can_follow(speed, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["demo", "--speed", speed])
    assert refused.value.code == 2
    assert "between 1 and 60" in capsys.readouterr().err


def test_it_ends_with_all_that_runs_beside_it_when_it_is_told_to(tmp_path):
    with running(tmp_path / "demo", "--no-simulate", ended_by=signal.SIGTERM) as lines:
        assert len(links(lines)) == 4


def test_links_sign_in_a_visitor_takes_part_and_the_next_start_is_warm(tmp_path):
    data = tmp_path / "demo"
    with running(data, "--speed", "60") as lines:
        lead, take_part, second, past = links(lines)
        assert [line for line in lines if "模拟过去的会议" in line]
        assert max(len(link[0].strip()) for link in (lead, take_part, second, past)) < TERMINAL
        places = [place_of(link) for link in (lead, take_part, second, past)]
        assert [place.rsplit("/", 1)[-1] for place in places] == ["room", "room", "room", ""]
        assert places[0] == places[2] != places[1]
        for link in (lead, take_part, second, past):
            assert "周四小组" in follow(link[1] + link[2])[1]
        visitor = person_of(data, VISITOR.name)
        assert asyncio.run(seen_as_member(take_part, visitor, places[1])) == Status.RUNNING
    first = person_of(data, LEADER.name)

    with running(data, "--no-simulate") as lines:
        assert not [line for line in lines if "模拟过去的会议" in line]
        assert place_of(links(lines)[0]) != places[0]
        assert person_of(data, LEADER.name) == first

    with running(data, "--reset", "--no-simulate") as lines:
        assert "周四小组" in follow("".join(links(lines)[0].group(1, 2)))[1]
        assert person_of(data, LEADER.name) != first


async def seen_as_member(link: re.Match[str], person: str, place: str) -> Status:
    """Come in as the visitor does, and tell how far the session is once the simulated leader has begun."""
    running_now = asyncio.Event()
    mind = Mind(person, VISITOR, book(), Circle({person: VISITOR}), Pace(60, {}))
    address = Address(link[1], link[2], place.replace("/room", "/ticket"), "openbalint-csrf")
    seen: list[Status] = []

    def saw(view) -> None:
        seen.append(view.status)
        if view.status is Status.RUNNING:
            running_now.set()

    living = asyncio.create_task(SimulatedPerson(mind, members.wishes, address, Random(1), saw).live())
    await asyncio.wait_for(running_now.wait(), PATIENCE)
    living.cancel()
    with suppress(asyncio.CancelledError):
        await living
    return seen[-1]
