"""A stage for tests of the session: the cast on chairs, a clock that a test moves, and every deadline kept."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import random

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.events import Event
from openbalint.protocol.scripts import Part, PhaseKind, Place, Script, index_of
from openbalint.protocol.session import FRESH, RefusedError, Room, Session, Step, fold, next_deadline, step, view
from openbalint.protocol.shipped import SHIPPED
from openbalint.protocol.state import phase
from openbalint.protocol.views import Audience, View
from tests.people import ANN, BOB, CORA, EVE, LEA, OLGA, RUI, Somebody

NOON = datetime(2027, 1, 11, 12, 0, tzinfo=UTC)
CAST = (LEA, CORA, ANN, BOB, OLGA, RUI)
TWO_CASES = SHIPPED["balint-120-two"]
TRAINING = SHIPPED["training-90"]
SUPERVISION = SHIPPED["supervision-3"]


def one_case(**changes) -> Script:
    return replace(SHIPPED["balint-90"], **changes)


def with_phase(script: Script, kind: PhaseKind, **changes) -> Script:
    """The script with one phase of its case changed."""
    return replace(script, case=tuple(replace(p, **changes) if p.kind is kind else p for p in script.case))


def name_of(somebody: Somebody | str) -> str:
    """Ids of the cast are their names in small letters, easy to read in a failure."""
    return somebody if isinstance(somebody, str) else somebody.name.lower()


lea, cora, ann, bob, olga, rui, eve = (name_of(one) for one in (LEA, CORA, ANN, BOB, OLGA, RUI, EVE))


class Stage:
    """One session being played."""

    def __init__(self, script: Script = SHIPPED["balint-90"], cast: Iterable[Somebody] = CAST) -> None:
        self.room: Room = FRESH
        self.now = NOON
        self.log: list[Event] = []
        self.chance = random.Random(7)
        self.script = script
        for somebody in cast:
            self.come(somebody)

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def session(self) -> Session:
        return self.room.session

    @property
    def entry(self) -> int:
        return self.session.entry

    @property
    def kind(self) -> PhaseKind:
        return phase(self.session).kind

    @property
    def place(self) -> Place | None:
        return self.session.place

    def rights(self, who: str):
        return self.room.rights[who]

    def speakers(self) -> set[str]:
        return {who for who, rights in self.room.rights.items() if rights.speak}

    def sees(self, audience: Audience = Audience.LEADERS) -> View:
        return view(self.room, audience, now=self.now)

    def leaders(self):
        part = self.sees().leaders
        assert part is not None
        return part

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────────

    def do(self, command: c.Command, *, after: float = 1.0) -> Step:
        """One command, a second later; the log must always make the same session."""
        self.now += timedelta(seconds=after)
        done = step(self.room, command, now=self.now, chance=self.chance)
        self.room = done.room
        self.log.extend(done.events)
        assert fold(self.log) == self.session
        return done

    def refused(self, command: c.Command) -> str:
        """Why a command is refused; nothing has changed."""
        before = self.room
        with pytest.raises(RefusedError) as said:
            step(self.room, command, now=self.now, chance=self.chance)
        assert self.room == before
        return said.value.code

    def wait(self, seconds: float) -> None:
        """Let time pass as the owner's timer does: every deadline at its moment."""
        until = self.now + timedelta(seconds=seconds)
        for _ in range(100):
            due = next_deadline(self.room)
            if due is None or due > until:
                break
            self.do(c.Tick(), after=max((due - self.now).total_seconds(), 0))
        else:
            raise AssertionError("the clock does not come to rest")
        self.now = until

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────────

    def come(self, somebody: Somebody | str, seat: c.Seat = c.Seat.MEMBER) -> None:
        if isinstance(somebody, str):
            self.do(c.Connect(somebody, seat))
        else:
            self.do(c.Connect(name_of(somebody), somebody.seat, somebody.profession))

    def lose(self, who: str) -> None:
        """Twenty seconds without a connection."""
        self.do(c.Disconnect(who))
        self.wait(20)

    def back(self, who: str) -> None:
        self.do(c.Connect(who, self.session.people[who].seat, self.session.people[who].profession))

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> "Stage":
        self.do(c.Start(lea, self.script))
        return self

    def next(self, by: str = lea) -> Step:
        return self.do(c.Next(by, self.entry))

    def go(self, part: Part, case: int, index: int, by: str = lea) -> Step:
        return self.do(c.GoTo(by, self.entry, part, case, index))

    def name(self, who: str = ann, by: str = lea) -> None:
        self.do(c.SetOffer(who, who, offered=True))
        self.do(c.NamePresenter(by, who))

    def to(self, kind: PhaseKind, presenter: str = ann) -> "Stage":
        """Straight to a phase of the first case, by the ordinary commands; out of the circle by stepping back."""
        if self.session.script is None:
            self.start()
        if kind is PhaseKind.OPENING:
            return self
        if not self.session.told and not self.session.named:
            self.name(presenter)
        if kind is PhaseKind.CLOSING:
            self.go(Part.CLOSING, self.session.place.case, 0)
            return self
        index = index_of(self.script, kind)
        assert index is not None
        telling = index_of(self.script, PhaseKind.TELLING) or 0
        for at in sorted({0, index, telling} if index > telling else {0, index}):
            if self.place != Place(Part.CASE, 1, at) and not (at == 0 and self.session.told):
                self.go(Part.CASE, 1, at)
        if self.session.word.invited:
            self.do(c.StepBackNow(lea, self.entry))
        assert self.kind is kind
        return self


def crowd(members: int) -> list[Somebody]:
    """Leader, co-leader and so many members."""
    return [LEA, CORA, *(Somebody(f"M{number:02}") for number in range(members))]
