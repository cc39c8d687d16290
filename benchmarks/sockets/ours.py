"""Our own live part, as the benchmark starts it: ``python -m benchmarks.sockets.ours VERB …``.

``prepare ROOMS FOLDER [BYTES]``  makes the database, so many groups of twelve with a meeting each, and the files of tickets and
                          views (cut to so many bytes: they are sent, and nobody reads them).
``serve PORT HOW``        HOW is ``whole`` (the product as it is), ``plain`` (the same path, but the session decides nothing
                          and the views are the pre-built bytes that the other servers send too), or ``unstored`` (as
                          plain, and no command is written).

Tickets hold longer here, and nobody is too fast: the generator is no person.
"""

from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
import random
import sys
from typing import Any
from uuid import UUID, uuid4

SEATS = 12


def prepare(count: int, folder: Path, most: int | None = None) -> None:
    """Data, tickets and views of ``most`` bytes."""
    from django.core.management import call_command

    from openbalint.groups.models import StoredScript
    from openbalint.groups.scripts import to_body
    from openbalint.live import tickets
    from openbalint.meetings.models import Meeting
    from openbalint.protocol.shipped import SHIPPED
    from tests import factories
    from tests.people import CORA, LEA, Somebody

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    script = SHIPPED["balint-90"]
    StoredScript.objects.get_or_create(group=None, code=script.code, defaults={"body": to_body(script)})
    lea = factories.a_person(LEA, now=now)
    group = factories.a_group(lea, now=now)
    others = [CORA, *(Somebody(f"Member {number}") for number in range(3, SEATS + 1))]
    people = [lea.id, *(factories.a_member(group, who, now=now).user_id for who in others)]
    facts = {"planned_at": now + timedelta(minutes=5), "minutes": 90, "script": to_body(script), "created_at": now}
    groups = [group, *copies_of(group, count - 1)]
    meetings = Meeting.objects.bulk_create([Meeting(group=one, **facts) for one in groups])
    with (folder / "tickets").open("w") as file:
        for room, meeting in enumerate(meetings):
            for seat, person in enumerate(people):
                file.write(f"{room} {seat} openbalint, {tickets.PREFIX}{tickets.sign(meeting.id, person)}\n")
    for name, body in zip(("leader", "member"), bodies(people), strict=True):
        (folder / name).write_bytes(b'{%b,"v":' % body[:most])


def copies_of(group: Any, count: int) -> list[Any]:
    """More groups of the same people: what a group has held before is read for each of its meetings."""
    from openbalint.groups.models import Group, Membership

    members = list(group.memberships.all())
    groups = []
    for one in (copy(group) for _ in range(count)):
        one.pk = uuid4()
        groups.append(one)
    Group.objects.bulk_create(groups)
    seats = [(one, copy(member)) for one in groups for member in members]
    for one, member in seats:
        member.pk, member.group = None, one
    Membership.objects.bulk_create([member for _, member in seats])
    return groups


def bodies(people: list[UUID]) -> tuple[bytes, bytes]:
    """The views of a real session in its discussion: leaders' and circle's."""
    from openbalint.live import wire
    from openbalint.live.bodies import Body
    from openbalint.protocol import commands as c
    from openbalint.protocol.session import FRESH, step, view
    from openbalint.protocol.shipped import SHIPPED
    from openbalint.protocol.views import Audience

    ids, room, now = [str(person) for person in people], FRESH, datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
    lead, who = ids[0], ids[2]

    def do(*commands: Any) -> None:
        nonlocal room, now
        for command in commands:
            named = replace(command, entry=room.session.entry) if hasattr(command, "entry") else command
            now += timedelta(seconds=20)
            room = step(room, named, now=now, chance=random.Random(1)).room

    do(c.Plan(now), c.Connect(lead, c.Seat.LEADER), c.Connect(ids[1], c.Seat.CO_LEADER))
    do(*(c.Connect(one, c.Seat.MEMBER) for one in ids[2:]))
    do(
        c.Start(lead, SHIPPED["balint-90"]),
        c.Next(lead, 0),
        c.SetOffer(who, who, offered=True),
        c.NamePresenter(lead, who),
    )
    do(
        c.Next(lead, 0),
        c.AddFigure(lead, c.FigureCode.MOTHER),
        c.AddFigure(lead, c.FigureCode.PATIENT),
        c.Next(lead, 0),
    )
    do(c.Next(lead, 0), c.StepBackNow(lead, 0), c.Next(lead, 0), c.Next(lead, 0), c.TakeVoice(ids[4], 2))
    names = {one: f"Member {number + 1}" for number, one in enumerate(ids)}
    roster = wire.Roster(names, dict.fromkeys(ids, c.Seat.MEMBER), tuple(ids[3:]))
    leaders, circle = (view(room, audience, now=now) for audience in (Audience.LEADERS, Audience.CIRCLE))
    return Body().of(leaders, roster), Body().of(circle, roster)


def plain_room(folder: Path, *, stored: bool) -> type[Any]:
    """A room whose session decides nothing: each command leaves one event and shows the pre-built views."""
    from openbalint.live.journal import Entry
    from openbalint.live.room import OwnedRoom
    from openbalint.meetings.actions.sessions import row_of
    from openbalint.protocol.events import HandSet
    from openbalint.protocol.session import FRESH, RefusedError, Room, Step, step
    from openbalint.protocol.views import Audience
    from openbalint.protocol.volatile import Volatile

    prebuilt = {
        Audience.LEADERS: (folder / "leader").read_bytes()[1:-5],
        Audience.CIRCLE: (folder / "member").read_bytes()[1:-5],
    }

    changed = [
        Step(Room(FRESH.session, Volatile())) for _ in range(2)
    ]  # the one is not the other: something has changed

    class PlainRoom(OwnedRoom):
        written = 0

        def _asked(self, client: Any, number: int, asked: Any) -> None:
            if client.person not in self._entered:
                raise RefusedError("unavailable")
            self.written += 1
            made = changed[self.written & 1]
            rows: Any = ()
            if stored:
                event = HandSet(self._house.now(), client.person, raised=True)
                rows = (row_of(self.meeting, self.written, event, client.tab, number),)
            self._queue(Entry(rows, made, partial(self._answer, client, number)))

        def _take(self, command: Any, key: Any = None, **then: Any) -> None:
            """Coming, going and the clock are decided, and leave nothing in the log."""
            made = step(self._state, command, now=self._house.now(), chance=self._house.chance)
            self._state = made.room
            self._queue(Entry((), made, **then))

        def _audiences(self) -> Any:
            return self._shown_to

        @cached_property
        def _shown_to(self) -> Any:
            people = self._known.roster({}).people
            return dict.fromkeys(people, Audience.CIRCLE) | {next(iter(people)): Audience.LEADERS}

        def _body(self, audience: Audience, now: datetime) -> bytes:
            return bytes(memoryview(prebuilt[audience]))  # new bytes: something has changed

    return PlainRoom


def serve(port: int, how: str, folder: Path) -> None:
    """The live part on a port."""
    from openbalint.live import clients, rooms, server, tickets

    clients.BURST = clients.PER_SECOND = 1e9
    tickets.MAX_AGE = 24 * 3600
    if how != "whole":
        vars(rooms)["OwnedRoom"] = plain_room(folder, stored=how == "plain")
    server.run("127.0.0.1", port)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))
    else:
        serve(int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
