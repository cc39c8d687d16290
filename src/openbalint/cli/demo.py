"""`openbalint demo`: an invented hospital on this machine, with simulated people, entered by ready-made links."""

import argparse
import contextlib
import importlib.util
import os
from pathlib import Path
import shutil
import signal
import socket
import sys
from typing import TYPE_CHECKING

from openbalint.cli import _options

if TYPE_CHECKING:
    from openbalint.accounts.models import User
    from openbalint.demo.actions import Hospital, Today
    from openbalint.meetings.models import Meeting

HELP = "try OpenBalint with simulated people, on this machine alone"
MARK = "this-is-a-demonstration"  # a folder without it is never emptied; in it stands what the next start finds
ANEW = (
    "The demonstration kept here lacks something (its group is closed, or somebody it needs has left): it begins anew.\n"
    "保留在这里的演示缺了东西（小组已结束，或者少了需要的人）：现在重新开始。"
)
# What an operator may have set for a real installation must not reach into a demonstration.
FOREIGN = (
    "DATABASE_URL",
    "OPENBALINT_HOSTS",
    "OPENBALINT_ORIGINS",
    "OPENBALINT_TLS",
    "OPENBALINT_VALKEY_URL",
    "OPENBALINT_SECRET_KEY",
    "OPENBALINT_LIVEKIT_URL",
    "OPENBALINT_LIVEKIT_API",
    "OPENBALINT_LIVEKIT_KEY",
    "OPENBALINT_LIVEKIT_SECRET",
)
FASTEST = 60.0
NO_SOUND = (
    "Without sound: there is no livekit-server here. `make livekit` builds it.\n"
    "没有声音和画面：这里没有 livekit-server。可以用 `make livekit` 编译。"
)
NEIGHBOURS = 20  # so many ports are tried when the wanted one is taken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, how fast, and how the simulated people behave."""
    _options.add_address(parser)
    parser.add_argument(
        "--data", default="openbalint-demo", type=Path, metavar="DIR", help="folder that keeps it (./openbalint-demo)"
    )
    parser.add_argument(
        "--speed", default=1.0, type=_speed, metavar="X", help="divide all minutes and pauses by X (1 to 60)"
    )
    parser.add_argument("--drift", action="store_true", help="members leave the method, so that leaders can rehearse")
    parser.add_argument("--reset", action="store_true", help="begin anew: forget the demonstration that is kept")
    parser.add_argument("--no-simulate", action="store_true", help="nobody but you comes")


def run(args: argparse.Namespace) -> int:
    """Make or find the hospital, plan two meetings, serve, print the links, let the people come."""
    if args.host not in _options.LOOPBACK:
        return _options.complain(
            "A demonstration is for this machine alone. Please leave --host away, or name 127.0.0.1."
        )
    if reason := _folder_refusal(args.data):
        return _options.complain(reason)
    _prepare(args.data, reset=args.reset)
    port = _port(args.host, args.port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what runs beside is ended, however this is
    with contextlib.ExitStack() as beside:
        _start_sound(beside, args.host, port)
        return _serve(args, port)


def _serve(args: argparse.Namespace, port: int) -> int:
    hospital, today = _hospital(args.data / MARK, args.speed)
    from openbalint.cli import _server
    from openbalint.demo import company

    def announce(origin: str) -> None:
        _tell_links(origin, hospital, today, args.speed)
        if not args.no_simulate:
            company.invite(origin, hospital, today, speed=args.speed, drift=args.drift)

    return _server.run(args.host, port, announce=announce, live=True)


# ── sound ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _start_sound(beside: contextlib.ExitStack, host: str, port: int) -> None:
    """Start the media server, if this machine has one, for as long as the demonstration; else say how to get it."""
    from openbalint.media import process

    program = process.find(os.environ)
    if program is None or importlib.util.find_spec("livekit") is None:
        _options.tell(NO_SOUND)
        return
    shown = f"[{host}]" if ":" in host else host
    try:
        running = beside.enter_context(process.running(program, webhooks=(f"http://{shown}:{port}/media/webhook",)))
    except OSError:
        _options.tell(NO_SOUND)
        return
    os.environ.update(
        OPENBALINT_LIVEKIT_URL=running.browser_url,
        OPENBALINT_LIVEKIT_KEY=running.key,
        OPENBALINT_LIVEKIT_SECRET=running.secret,
    )


def _speed(text: str) -> float:
    speed = float(text)
    if not 1 <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {FASTEST:.0f}")
    return speed


# ── the folder ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _folder_refusal(folder: Path) -> str | None:
    """Why the folder is not used: it holds something that is no demonstration."""
    if not folder.exists() or (folder / MARK).exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    return f"{folder} holds something else than a demonstration. Please name another folder with --data."


def _prepare(folder: Path, *, reset: bool) -> None:
    if reset and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / MARK).touch()
    for name in FOREIGN:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ.update(
        OPENBALINT_DEMO="1", OPENBALINT_DATA=str(folder.absolute()), OPENBALINT_SQLITE_SYNCHRONOUS="NORMAL"
    )


def _hospital(mark: Path, speed: float) -> "tuple[Hospital, Today]":
    from datetime import UTC, datetime

    from openbalint.cli import _django

    _django.setup()
    _options.tell("OpenBalint: the demonstration gets ready …  演示正在准备……")
    _django.migrate()
    _django.collect_static()
    from openbalint.accounts.queries import nobody_is_here
    from openbalint.demo import actions

    hospital = actions.found(mark.read_bytes())
    if hospital is None:
        if not nobody_is_here():
            _options.tell(ANEW)
            _empty_database()
        _options.tell("Past meetings are held (once, some seconds) …  模拟过去的会议（只有这一次，几秒钟）……")
        hospital = actions.build(now=datetime.now(UTC), tell=_options.tell)
        mark.write_bytes(hospital.notes)
    return hospital, actions.plan_today(hospital, now=datetime.now(UTC), speed=speed)


def _empty_database() -> None:
    """Begin with a new file: no row of the old one may be deleted, as in the product."""
    from django.conf import settings
    from django.db import connections

    from openbalint.cli import _django

    connections.close_all()
    path = Path(settings.DATABASES["default"]["NAME"])
    for file in path.parent.glob(f"{path.name}*"):  # and what SQLite keeps beside it
        file.unlink()
    _django.migrate()


def _port(host: str, wanted: int) -> int:
    """The port, or the next free one if somebody has it, or any."""
    for port in range(wanted, wanted + NEIGHBOURS) if wanted else ():
        if _is_free(host, port):
            if port != wanted:
                _options.tell(f"Port {wanted} is taken, so it is {port}.  端口 {wanted} 已被占用，换用 {port}。")
            return port
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


# ── links ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tell_links(origin: str, hospital: "Hospital", today: "Today", speed: float) -> None:
    from openbalint.accounts.actions import demo_sign_in_link
    from openbalint.demo.cast import LEADER, VISITOR

    as_leader, as_member = hospital.people[LEADER.key], hospital.people[VISITOR.key]
    lead, take_part = _room(as_leader, today.lead), _room(as_member, today.take_part)
    second, past = _room(as_member, today.lead), demo_sign_in_link(as_leader, "/meetings/")
    lines = (
        f"The demonstration answers on {origin}/ (stop with Ctrl-C).  演示已就绪（Ctrl-C 结束）。",
        "",
        f"1  Lead meeting A as {LEADER.name}; everybody else is simulated:",
        f"   以 {LEADER.name} 的身份带领会议 A，其他人都是模拟的：",
        f"   {origin}{lead}",
        "",
        f"2  Take part in meeting B as {VISITOR.name}; a simulated leader leads:",
        f"   以 {VISITOR.name} 的身份参加会议 B，由模拟的组长带领：",
        f"   {origin}{take_part}",
        "",
        f"3  Meeting A from the other side, as {VISITOR.name}, in another browser or a private window:",
        f"   在另一个浏览器或无痕窗口里，以 {VISITOR.name} 的身份进入会议 A：",
        f"   {origin}{second}",
        "",
        f"4  Past meetings and their records, as {LEADER.name}:",
        f"   以 {LEADER.name} 的身份查看过去的会议和过程记录：",
        f"   {origin}{past}",
    )
    _options.tell(
        "\n".join(lines) + (f"\n\nTime runs {speed:g} times as fast.  时间快 {speed:g} 倍。" if speed != 1 else "")
    )


def _room(user: "User", meeting: "Meeting") -> str:
    from openbalint.accounts.actions import demo_sign_in_link

    return demo_sign_in_link(user, f"/meetings/{meeting.pk}/room")
