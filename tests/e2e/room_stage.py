"""States of a session as the room's page gets them: the real engine, led to a moment, and the frames it would send.

Each state is a function that leads a stage there and says who looks. No browser and no database here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json
from random import Random
from typing import Any

from openbalint.live import wire
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
        roster = wire.Roster(names=names, people=tuple(names), not_presented=("tao", "sofia", "wei"))
        body = wire.view_body(view(self.room, audience, now=self.now), roster)
        framed = wire.view_frame(body, 1, self.now)
        found: dict[str, Any] = json.loads(
            framed[2 if framed[1] < 126 else 4 :]
        )  # after the head of the WebSocket frame
        return found


@dataclass(frozen=True, slots=True)
class Moment:
    """A state as somebody sees it, and what they do on the page (a CSS selector or text to click) before it is judged."""

    stage: Stage
    person: str | None
    clicks: tuple[str, ...] = ()
    mode: str = "online"
    call: str = ""
    lost: bool = False
    caption: bool = False


Made = Callable[[int], Moment]  # from the number of chairs
MOMENTS: dict[str, Made] = {}


def moment(make: Made) -> Made:
    """Register a state under its name."""
    MOMENTS[make.__name__.replace("_", "-")] = make
    return make


def discussion(chairs: int, **facts: Any) -> Stage:
    """The discussion with persons of the case; Grace speaks as the mother where there are enough chairs."""
    stage = Stage(chairs, **facts).start().to(PhaseKind.TELLING, presenter="jonas").with_figures()
    stage.to(PhaseKind.DISCUSSION)
    return stage.do(c.TakeVoice("grace", 2))


# ── at the door ──────────────────────────────────────────────────────────────────────────────────────────────


@moment
def door_early(chairs: int) -> Moment:
    return Moment(Stage(chairs).come("lea", "mei"), "mei", call="https://call.example/thursday")


@moment
def door_late(chairs: int) -> Moment:
    stage = Stage(chairs - 1).start().to(PhaseKind.TELLING, presenter="jonas")
    return Moment(stage.come("margaret"), "margaret")


@moment
def lobby_leader(chairs: int) -> Moment:
    stage = Stage(chairs)
    return Moment(
        stage.come(*stage.people).do(c.TickIn("lea", "nina", c.Seat.MEMBER)), "lea", (".lead__more",), mode="mixed"
    )


# ── a member, phase by phase ─────────────────────────────────────────────────────────────────────────────────


@moment
def opening(chairs: int) -> Moment:
    return Moment(Stage(chairs).start(), "mei", call="https://call.example/thursday")


@moment
def call(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.CALL, presenter="jonas")
    return Moment(stage.do(c.NamePresenter("lea", None)).do(c.SetOffer("tao", "tao", offered=True)), "mei")


@moment
def telling(chairs: int) -> Moment:
    return Moment(Stage(chairs).start().to(PhaseKind.TELLING, presenter="jonas"), "mei")


@moment
def facts(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FACTS, presenter="jonas")
    for who in ("grace", "tao", "mei", "bob"):
        stage.do(c.SetHand(who, raised=True))
    return Moment(stage, "mei")


@moment
def presenter_in_facts(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FACTS, presenter="mei")
    return Moment(stage.do(c.SetHand("grace", raised=True)), "mei")


@moment
def invited(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FACTS, presenter="mei")
    return Moment(stage.do(c.Next("lea", stage.entry)), "mei")


@moment
def silence(chairs: int) -> Moment:
    return Moment(Stage(chairs).start().to(PhaseKind.SILENCE, presenter="jonas"), "mei")


@moment
def cards(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.SILENCE, presenter="jonas")
    return Moment(stage.do(c.OpenCards("lea", stage.entry)), "mei")


@moment
def cards_turned(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.SILENCE, presenter="jonas")
    stage.do(c.OpenCards("lea", stage.entry))
    for who, text in (("mei", "A closed door, and light under it."), ("grace", "Cold hands."), ("tao", "等待的走廊")):
        stage.do(c.WriteCard(who, text))
    return Moment(stage.do(c.TurnCards("lea", stage.entry)), "mei")


@moment
def my_turn(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.TELLING, presenter="jonas").with_figures().to(PhaseKind.FEELINGS)
    return Moment(stage.do(c.StartRound("lea", stage.entry, "mei")), "mei")


@moment
def discussion_member(chairs: int) -> Moment:
    stage = discussion(chairs, outer=("omar", "elsa", "ito"))
    return Moment(stage.do(c.SetHand("tao", raised=True)), "mei", caption=True)


@moment
def voice(chairs: int) -> Moment:
    return Moment(discussion(chairs).do(c.DropVoice("grace")).do(c.TakeVoice("mei", 2)), "mei")


@moment
def presenter_back(chairs: int) -> Moment:
    return Moment(discussion(chairs), "jonas", call="https://call.example/thursday")


@moment
def called_in(chairs: int) -> Moment:
    stage = discussion(chairs)
    return Moment(stage.do(c.SetCalledIn("lea", stage.entry, called=True)), "mei")


@moment
def presenter_called_in(chairs: int) -> Moment:
    stage = discussion(chairs)
    return Moment(stage.do(c.SetCalledIn("lea", stage.entry, called=True)), "jonas")


@moment
def moment_of_silence(chairs: int) -> Moment:
    stage = discussion(chairs)
    return Moment(stage.do(c.SetSilence("lea", stage.entry, silent=True)), "mei")


@moment
def returned(chairs: int) -> Moment:
    return Moment(discussion(chairs).to(PhaseKind.RETURN), "mei")


@moment
def closing(chairs: int) -> Moment:
    return Moment(discussion(chairs).to(PhaseKind.CLOSING), "mei", ("text=stirred|有触动",))


@moment
def paused(chairs: int) -> Moment:
    stage = discussion(chairs)
    return Moment(stage.do(c.Pause("lea", stage.entry)), "mei")


@moment
def somebody_lost(chairs: int) -> Moment:
    stage = discussion(chairs).do(c.Disconnect("bob"))
    return Moment(stage.do(c.Tick(), after=25), "mei")


@moment
def connection_lost(chairs: int) -> Moment:
    return Moment(discussion(chairs), "mei", lost=True)


@moment
def lingering(chairs: int) -> Moment:
    stage = discussion(chairs).to(PhaseKind.CLOSING)
    return Moment(stage.do(c.End("lea", stage.entry)).do(c.Leave("tao")), "mei")


@moment
def sheet_voices(chairs: int) -> Moment:
    return Moment(discussion(chairs), "mei", ("text=Speak as …|代入发言",))


@moment
def sheet_signals(chairs: int) -> Moment:
    return Moment(discussion(chairs), "mei", ("text=Tell the leaders|告诉组长",))


@moment
def sheet_stop(chairs: int) -> Moment:
    return Moment(discussion(chairs), "mei", (".stop",))


@moment
def sheet_menu(chairs: int) -> Moment:
    return Moment(discussion(chairs), "mei", (".room__tools .round-button",))


@moment
def sheet_keys(chairs: int) -> Moment:
    return Moment(discussion(chairs), "mei", (".room__tools .round-button", "text=Keys|按键"))


@moment
def observer(chairs: int) -> Moment:
    return Moment(discussion(chairs, outer=("omar", "elsa", "ito")), "omar")


@moment
def assistant_alone(chairs: int) -> Moment:
    stage = discussion(chairs, co_leader=False).do(c.SetAssistant("lea", "mei"))
    return Moment(stage.do(c.Disconnect("lea")).do(c.Tick(), after=25), "mei")


@moment
def supervision(chairs: int) -> Moment:
    stage = Stage(chairs, script="supervision-3").start()
    return Moment(stage.to(PhaseKind.TELLING, presenter="jonas"), "mei")


@moment
def review(chairs: int) -> Moment:
    stage = Stage(chairs, script="training-90", outer=("omar", "elsa", "ito")).start()
    return Moment(stage.to(PhaseKind.REVIEW, presenter="jonas"), "mei")


# ── leaders ──────────────────────────────────────────────────────────────────────────────────────────────────


@moment
def leader(chairs: int) -> Moment:
    return Moment(discussion(chairs), "lea")


@moment
def leader_drawer(chairs: int) -> Moment:
    stage = discussion(chairs, co_leader=False, outer=("omar", "elsa", "ito"))
    stage.do(c.SendSignal("mei", c.SignalKind.PUSHED)).do(c.SendSignal("tao", c.SignalKind.MORE_SILENCE))
    return Moment(stage.do(c.Tick(), after=20), "lea", (".lead__more",), mode="mixed")


@moment
def leader_call(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.CALL, presenter="jonas").do(c.SetOffer("tao", "tao", offered=True))
    return Moment(stage, "lea", (".lead__more",), mode="room")


@moment
def leader_stop(chairs: int) -> Moment:
    return Moment(discussion(chairs).do(c.NeedToStop("grace")), "lea")


@moment
def leader_over_time(chairs: int) -> Moment:
    return Moment(discussion(chairs).do(c.Tick(), after=60 * 26), "lea")


@moment
def leader_round(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FEELINGS, presenter="jonas")
    return Moment(stage.do(c.StartRound("lea", stage.entry, "grace")), "lea", (".lead__more",))


@moment
def leader_cards(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.SILENCE, presenter="jonas")
    return Moment(stage.do(c.OpenCards("lea", stage.entry)).do(c.WriteCard("mei", "A closed door.")), "lea")


@moment
def leader_invited(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FACTS, presenter="jonas")
    return Moment(stage.do(c.Next("lea", stage.entry)), "lea")


@moment
def leader_chair(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FEELINGS, presenter="jonas")
    return Moment(stage, "lea", ("[data-person=grace] .seat__press",))


@moment
def leader_silence(chairs: int) -> Moment:
    stage = discussion(chairs)
    return Moment(stage.do(c.SetSilence("lea", stage.entry, silent=True)), "lea")


@moment
def leader_presenter_lost(chairs: int) -> Moment:
    stage = discussion(chairs).do(c.Disconnect("jonas"))
    return Moment(stage.do(c.Tick(), after=25), "lea")


@moment
def leader_sure(chairs: int) -> Moment:
    return Moment(discussion(chairs).to(PhaseKind.CLOSING), "lea", (".next",))


@moment
def leader_lingering(chairs: int) -> Moment:
    stage = discussion(chairs).to(PhaseKind.CLOSING)
    stage.do(c.CheckOut("mei", c.CheckOutMood.RING_ME)).do(c.CheckOut("tao", c.CheckOutMood.CALM))
    return Moment(stage.do(c.End("lea", stage.entry)), "lea", (".lead__more",))


@moment
def leader_closed(chairs: int) -> Moment:
    stage = discussion(chairs).to(PhaseKind.CLOSING)
    stage.do(c.CheckOut("mei", c.CheckOutMood.RING_ME)).do(c.End("lea", stage.entry))
    return Moment(stage.do(c.End("lea", stage.entry)), "lea", (".lead__more",))


@moment
def co_leader(chairs: int) -> Moment:
    stage = discussion(chairs).come("ruth" if chairs < 13 else "omar")
    return Moment(stage.do(c.WriteLine("lea", "Let us leave room for it.")), "cora")


# ── the big screen ───────────────────────────────────────────────────────────────────────────────────────────


@moment
def big_screen(chairs: int) -> Moment:
    return Moment(discussion(chairs), None)


@moment
def big_screen_silence(chairs: int) -> Moment:
    return Moment(Stage(chairs).start().to(PhaseKind.SILENCE, presenter="jonas"), None)
