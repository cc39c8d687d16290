"""A session on its way to a state: the real engine, and the frames that it would send. No browser and no database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
import json
from random import Random
from typing import Any

from openbalint.live import wire
from openbalint.live.bodies import Body
from openbalint.protocol import commands as c
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import FRESH, Room, audience_of, step, view
from openbalint.protocol.shipped import SHIPPED
from openbalint.protocol.state import phase
from openbalint.protocol.views import Audience

BEGIN = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
NAMES = {  # English and Chinese; the first two lead, the rest are members in the order in which they come
    "lea": ("Lea", "李雅"),
    "cora": ("Cora", "陈可"),
    "mei": ("Mei", "梅兰"),
    "jonas": ("Jonas", "周航"),
    "tao": ("Tao", "陶然"),
    "grace": ("Grace", "顾佳"),
    "bob": ("Bob", "王博"),
    "amir": ("Amir", "何川"),
    "yun": ("Yun", "孙云"),
    "ann": ("Ann", "安宁"),
    "sofia": ("Sofia", "苏菲"),
    "wei": ("Wei", "魏东"),
    "ruth": ("Ruth", "陆晴"),
    "kai": ("Kai", "郭凯"),
    "margaret": ("Margaret", "欧阳林溪"),
    "omar": ("Omar", "马奥"),
    "elsa": ("Elsa", "艾莎"),
    "ito": ("Dr. Ito", "伊藤"),
    "nina": ("Nina", "倪娜"),
}
SURNAMES = ("Adeyemi", "Miller", "Okafor", "Brandt", "Lindqvist", "Sommer")
OBSERVERS = ("omar", "elsa", "nina")


def seat_of(person: str) -> c.Seat:
    """What somebody of the cast is."""
    if person in OBSERVERS:
        return c.Seat.OBSERVER
    return {"lea": c.Seat.LEADER, "cora": c.Seat.CO_LEADER, "ito": c.Seat.TRAINER}.get(person, c.Seat.MEMBER)


@dataclass
class Stage:
    """A session on its way. Leaders' commands are Lea's."""

    chairs: int = 12
    script: str = "balint-90"
    outer: tuple[str, ...] = ()
    co_leader: bool = True
    call: str = ""
    surnames: bool = False  # as most groups give them; the tests of words speak of given names
    room: Room = FRESH
    now: datetime = BEGIN
    chance: Random = field(default_factory=lambda: Random(8))

    @property
    def people(self) -> list[str]:
        """Who is there, the circle first."""
        circle = [who for who in list(NAMES)[:15] if self.co_leader or who != "cora"]
        return [*circle[: self.chairs], *self.outer]

    @property
    def entry(self) -> int:
        """The number of the phase entry."""
        return self.room.session.entry

    def do(self, command: c.Command, *, after: float = 1) -> "Stage":
        """Ask, some seconds later."""
        self.now += timedelta(seconds=after)
        self.room = step(self.room, command, now=self.now, chance=self.chance).room
        return self

    def come(self, *people: str) -> "Stage":
        """Somebody's device is there."""
        for who in people:
            profession = c.FigureCode.NURSE if who == "bob" else c.FigureCode.DOCTOR
            self.do(c.Connect(who, seat_of(who), profession))
        return self

    def start(self) -> "Stage":
        """All are there, the leader begins; observers and the trainer are let in."""
        self.come(*self.people)
        self.do(c.Start("lea", SHIPPED[self.script]))
        for who in self.outer:
            self.do(c.Admit("lea", who))
        return self

    def to(self, kind: PhaseKind, *, presenter: str = "ann") -> "Stage":
        """From one phase to the next until this one; somebody offers and is named on the way."""
        while phase(self.room.session).kind is not kind:
            if phase(self.room.session).kind in (PhaseKind.CALL, PhaseKind.OPENING) and self.room.session.named is None:
                self.do(c.SetOffer(presenter, presenter, offered=True))
                self.do(c.NamePresenter("lea", presenter))
            if self.room.session.word.invited is not None:
                self.do(c.StepBackNow("lea", self.entry))
            else:
                self.do(c.Next("lea", self.entry), after=60)
        return self

    def with_figures(self, *codes: c.FigureCode) -> "Stage":
        """Persons of the case are named."""
        for code in codes or (c.FigureCode.MOTHER, c.FigureCode.CHILD, c.FigureCode.FATHER, c.FigureCode.NURSE):
            self.do(c.AddFigure("lea", code))
        return self

    def frame(self, person: str | None, *, chinese: bool = False) -> dict[str, Any]:
        """The view frame that somebody (None: the big screen) gets now."""
        audience = Audience.SCREEN if person is None else audience_of(self.room, person)
        assert audience is not None, f"{person} sees nothing"
        names = {who: words[chinese] for who, words in NAMES.items()}
        if self.surnames and not chinese:
            names = {who: f"{names[who]} {surname}" for who, surname in zip(names, cycle(SURNAMES), strict=False)}
        roster = wire.Roster(
            names=names,
            people={who: seat_of(who) for who in NAMES},
            not_presented=("tao", "sofia", "wei"),
            call=self.call,
        )
        body = Body().of(view(self.room, audience, now=self.now), roster)
        framed = wire.view_frame(body, wire.view_tail(1, self.now))
        found: dict[str, Any] = json.loads(
            framed[2 if framed[1] < 126 else 4 :]
        )  # after the head of the WebSocket frame
        return found
