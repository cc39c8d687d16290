"""`openbalint demo`, from the terminal's side and from a simulated visitor's."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from http.cookiejar import CookieJar
import os
from pathlib import Path
from random import Random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import UUID, uuid4

import pytest

from openbalint.cli import main
from openbalint.demo import members
from openbalint.demo.book import book
from openbalint.demo.cast import LEADER, VISITOR
from openbalint.demo.client import Address, SimulatedPerson
from openbalint.demo.mind import Circle, Drop, Mind, Pace, Wish, Wishes, always, here
from openbalint.media import process as process_of_sound
from openbalint.protocol.commands import Start
from openbalint.protocol.shipped import SHIPPED
from openbalint.protocol.views import Status, View

PATIENCE = 120.0  # seconds in which the people come, also on a machine that is busy
LINK = re.compile(r"(http://127\.0\.0\.1:\d+)(/demo/in/\S+/)$")
TERMINAL = 80  # columns
PAST, ANEW = "模拟过去的会议", "现在重新开始"  # what it says before it makes a hospital, and before it makes another


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


def change(data: Path, what: str) -> None:
    """Something that a visitor did to the group."""
    with closing(sqlite3.connect(data / "openbalint.sqlite3")) as database, database:
        database.execute(f"UPDATE groups_group SET {what}")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration that ran and was told to end."""
    data = tmp_path_factory.mktemp("kept") / "demo"
    with running(data, "--no-simulate", ended_by=signal.SIGTERM) as lines:
        assert [line for line in lines if PAST in line]
    return data


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(kept, tmp_path / "demo")


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


def test_links_sign_in_and_a_visitor_takes_part_whatever_the_group_is_called_now(data):
    change(data, "name = '周五小组'")
    first = person_of(data, LEADER.name)
    with running(data, "--speed", "60") as lines:
        assert not [line for line in lines if PAST in line]
        lead, take_part, second, past = links(lines)
        assert max(len(link[0].strip()) for link in (lead, take_part, second, past)) < TERMINAL
        places = [place_of(link) for link in (lead, take_part, second, past)]
        assert [place.rsplit("/", 1)[-1] for place in places] == ["room", "room", "room", ""]
        assert places[0] == places[2] != places[1]
        for link in (lead, take_part, second, past):
            assert "周五小组" in follow(link[1] + link[2])[1]
        visitor = person_of(data, VISITOR.name)
        assert asyncio.run(seen_as_member(take_part, visitor, places[1])) == Status.RUNNING
        leads = address(lead, places[0]), first
        drops = address(second, places[2]), visitor
        assert asyncio.run(seen_when_one_drops(leads, drops))[-3:] == [True, False, True]
        assert asyncio.run(live_where_nothing_opens(address(second, f"/meetings/{uuid4()}/room"), visitor)) is None
    assert person_of(data, LEADER.name) == first


def test_where_the_group_was_closed_it_says_so_and_begins_anew(data):
    change(data, "closed_at = '2026-11-26 03:00:00'")
    first = person_of(data, LEADER.name)
    with running(data, "--no-simulate") as lines:
        assert [line for line in lines if ANEW in line]
        assert "周四小组" in follow("".join(links(lines)[0].group(1, 2)))[1]
        assert person_of(data, LEADER.name) != first


def test_asked_to_it_begins_anew(data):
    first = person_of(data, LEADER.name)
    with running(data, "--reset", "--no-simulate") as lines:
        assert not [line for line in lines if ANEW in line]
        assert "周四小组" in follow("".join(links(lines)[0].group(1, 2)))[1]
        assert person_of(data, LEADER.name) != first


async def seen_as_member(link: re.Match[str], person: str, place: str) -> Status:
    """Come in as the visitor does, and tell how far the session is once the simulated leader has begun."""
    running_now = asyncio.Event()
    seen: list[Status] = []

    def saw(view) -> None:
        seen.append(view.status)
        if view.status is Status.RUNNING:
            running_now.set()

    async with there(simulated(address(link, place), person, members.wishes, saw)):
        await asyncio.wait_for(running_now.wait(), PATIENCE)
    return seen[-1]


async def seen_when_one_drops(leads: tuple[Address, str], drops: tuple[Address, str]) -> list[bool]:
    """Whether somebody is there, as a leader sees it who only begins: this person then drops."""
    back = asyncio.Event()
    seen: list[bool] = []

    def saw(view) -> None:
        if here(view, drops[1]) not in seen[-1:]:
            seen.append(here(view, drops[1]))
        if seen[-2:] == [False, True] and True in seen[:-2]:
            back.set()

    def begins(mind, view, now) -> tuple[Wish, ...]:
        start = Wish("start", (0, 0), always(Start(mind.me, SHIPPED["balint-60"])))
        return (start,) if view.status is Status.LOBBY and here(view, drops[1]) else ()

    def drops_out(mind, view, now) -> tuple[Wish, ...]:
        return (Wish("drop", (0, 0), always(Drop(mind.me, 1))),) if here(view, leads[1]) else ()

    leader, member = simulated(*leads, begins, saw), simulated(*drops, drops_out, lambda view: None)
    async with there(leader), there(member):
        await asyncio.wait_for(back.wait(), PATIENCE)
    return seen


async def live_where_nothing_opens(address: Address, person: str) -> None:
    """Come in where somebody is not, or no more, of the group."""
    await asyncio.wait_for(simulated(address, person, members.wishes, lambda view: None).live(), PATIENCE)


def address(link: re.Match[str], place: str) -> Address:
    """Where a link signs in, for the room at a place."""
    return Address(link[1], link[2], place.replace("/room", "/ticket"), "openbalint-csrf")


def simulated(address: Address, person: str, wishes: Wishes, saw: Callable[[View], None]) -> SimulatedPerson:
    """Somebody as the demonstration simulates people."""
    mind = Mind(person, VISITOR, book(), Circle({person: VISITOR}), Pace(60, {}))
    return SimulatedPerson(mind, wishes, address, Random(1), saw)


@asynccontextmanager
async def there(person: SimulatedPerson) -> AsyncIterator[None]:
    """This person lives for as long as the block."""
    living = asyncio.create_task(person.live())
    try:
        yield
    finally:
        living.cancel()
        with suppress(asyncio.CancelledError):
            await living
