"""States of a session as the room's page gets them: each is a function that leads a stage there and says who looks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.shipped import SHIPPED
from tests.e2e.room_stage import BEGIN, Stage, seat_of

CALL = "https://call.example/thursday"


@dataclass(frozen=True, slots=True)
class Moment:
    """A state as somebody sees it, and what they do on the page (a CSS selector or text to click) before it is judged."""

    stage: Stage
    person: str | None
    clicks: tuple[str, ...] = ()
    mode: str = "online"
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
    stage = Stage(chairs, call=CALL).do(c.Plan(BEGIN.replace(hour=11)))
    return Moment(stage.come("lea", "mei"), "mei")


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


@moment
def lobby_in_the_room(chairs: int) -> Moment:
    stage = Stage(chairs).come("lea")
    for who in stage.people[1:chairs:2]:
        stage.do(c.TickIn("lea", who, seat_of(who)))
    return Moment(stage, "lea", mode="room")


@moment
def opening_in_the_room(chairs: int) -> Moment:
    stage = Stage(chairs).come("lea")
    for who in stage.people[1:-2]:
        stage.do(c.TickIn("lea", who, seat_of(who)))
    return Moment(stage.do(c.Start("lea", SHIPPED[stage.script])), "lea", mode="room")


# ── a member, phase by phase ─────────────────────────────────────────────────────────────────────────────────


@moment
def opening(chairs: int) -> Moment:
    return Moment(Stage(chairs, call=CALL).start(), "mei")


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
def every_hand(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FACTS, presenter="jonas")
    for who in stage.people[2:]:
        if who != "jonas":
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
    return Moment(discussion(chairs, call=CALL), "jonas")


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
def leader_facts(chairs: int) -> Moment:
    stage = Stage(chairs).start().to(PhaseKind.FACTS, presenter="jonas")
    for who in ("grace", "tao", "mei"):
        stage.do(c.SetHand(who, raised=True))
    return Moment(stage, "lea")


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
def leader_closing(chairs: int) -> Moment:
    stage = Stage(chairs, script="balint-120-two", co_leader=False).start()
    stage.to(PhaseKind.TELLING, presenter="jonas").with_figures().to(PhaseKind.SETTLE)
    stage.to(PhaseKind.TELLING, presenter="bob").with_figures(c.FigureCode.MOTHER).to(PhaseKind.CLOSING)
    return Moment(stage, "lea", (".lead__more",), mode="room")


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
