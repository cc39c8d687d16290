"""A sample log of invented people that passes through everything; ``python -m tests.protocol.sample_log NAME`` stores it.

A log once stored is never stored again: it is what a meeting of that version left behind.
"""

from collections.abc import Iterable
import json
from pathlib import Path
import sys
from typing import Any

import msgspec

from openbalint.protocol import commands as c
from openbalint.protocol.events import EVENTS, Event
from openbalint.protocol.scripts import CueCode, Part, PhaseKind, index_of
from openbalint.protocol.shipped import SHIPPED
from tests.people import Somebody
from tests.protocol.stage import CAST, Stage, ann, bob, cora, lea, olga, rui

DATA = Path(__file__).parent / "data"
NAMES = {kind: name for name, kind in EVENTS.items()}


def stored(events: Iterable[Event]) -> list[dict[str, Any]]:
    """As the database holds them."""
    return [{"kind": NAMES[type(event)], "body": msgspec.to_builtins(event, order="deterministic")} for event in events]


def loaded(rows: Iterable[dict[str, Any]]) -> list[Event]:
    return [msgspec.convert(row["body"], EVENTS[row["kind"]], strict=False) for row in rows]


def play() -> Stage:
    """Two cases of the 120 minutes, with all that can happen on the way."""
    stage = Stage(SHIPPED["balint-120-two"], cast=())
    stage.do(c.Plan(stage.now))
    for somebody in (*CAST, Somebody("Gus", c.Seat.GUEST), Somebody("Oda", c.Seat.OBSERVER)):
        stage.come(somebody)
    stage.do(c.Admit(lea, "gus"))
    stage.start()
    stage.do(c.SetAssistant(lea, rui))
    stage.do(c.SetDoor(lea, to_assistant=True))
    stage.do(c.Admit(rui, "oda"))
    stage.do(c.TickIn(lea, "zoe", c.Seat.MEMBER, c.FigureCode.STUDENT))
    _first_case(stage)
    _second_case(stage)
    _end(stage)
    return stage


def _first_case(stage: Stage) -> None:
    stage.to(PhaseKind.FACTS)
    for who in (bob, olga):
        stage.do(c.SetHand(who, raised=True))
    stage.do(c.EndTurn(bob, stage.entry, bob))
    stage.do(c.SetHand(bob, raised=True))
    stage.do(c.SetHand(bob, raised=False))
    stage.next()
    stage.wait(10)
    stage.do(c.OpenCards(lea, stage.entry))
    stage.do(c.WriteCard(bob, "words that are in no log"))
    stage.do(c.TurnCards(lea, stage.entry))
    stage.do(c.PutCardsAway(lea, stage.entry))
    stage.next()
    stage.do(c.AddFigure(cora, c.FigureCode.MOTHER))
    stage.do(c.AddFigure(cora, c.FigureCode.CHILD))
    stage.do(c.RemoveFigure(cora, 3))
    stage.do(c.StartRound(lea, stage.entry, bob))
    stage.do(c.TakeVoice(bob, 2))
    stage.do(c.ReportSpeech(bob, stage.entry, 31.5, turns=1), after=40)
    stage.do(c.EndTurn(bob, stage.entry, bob))
    stage.lose(olga)
    stage.back(olga)
    stage.do(c.OpenFloor(lea, stage.entry))
    stage.do(c.SendSignal(bob, c.SignalKind.PUSHED))
    stage.next()
    stage.do(c.SetCalledIn(lea, stage.entry, called=True))
    stage.wait(60)
    stage.do(c.TakeVoice(rui, 1))
    stage.do(c.DropVoice(rui))
    stage.do(c.ShowCue(cora, CueCode.ADVICE))
    stage.do(c.SetSilence(lea, stage.entry, silent=True))
    stage.lose(ann)
    stage.back(ann)
    stage.do(c.Resume(lea, stage.entry))
    stage.do(c.TickVoice(cora, 1, 2, "zoe"))
    stage.do(c.Extend(lea, stage.entry, 20))
    _sound(stage)
    stage.do(c.EndCase(lea, stage.entry))


def _sound(stage: Stage) -> None:
    for silenced in (True, False):
        stage.do(c.SetSilenced(lea, olga, silenced))
    stage.do(c.SetShared(lea, rui, ("zoe",)))
    stage.do(c.SetSharedSpeaker(lea, rui, "zoe"))
    stage.do(c.ReportSpeech(rui, stage.entry, 12.0))
    stage.do(c.ReportSpeech(bob, stage.entry, 20.5))
    stage.do(c.ReportHearing(olga, hears=False))
    stage.wait(20)
    stage.do(c.ReportHearing(olga, hears=True))


def _second_case(stage: Stage) -> None:
    stage.do(c.SetCases(lea, stage.entry, 3))
    stage.do(c.SetCases(lea, stage.entry, 2))
    stage.next()
    stage.do(c.SetLock(lea, locked=True))
    stage.next()
    stage.do(c.SetOffer(olga, olga, offered=True))
    stage.do(c.SetOffer(olga, olga, offered=False))
    stage.name(bob)
    _invited_in_vain(stage)
    stage.next()
    stage.do(c.NeedToStop(olga))
    stage.do(c.AnswerStop(lea, olga, c.StopAnswer.ASIDE, stage.entry))
    stage.do(c.Resume(lea, stage.entry))
    stage.do(c.Reseat("gus", c.Seat.MEMBER))
    stage.do(c.SendOut(lea, "gus"))
    stage.do(c.Reseat("gus", None))
    stage.do(c.Adopt(stage.now), after=30)
    for who in (lea, cora, ann, bob, olga, rui):
        stage.back(who)


def _invited_in_vain(stage: Stage) -> None:
    """Straight from the call to the silence, where the presenter turns out to hear nothing."""
    stage.do(c.ReportHearing(bob, hears=False))
    stage.wait(15)
    stage.go(Part.CASE, 2, index_of(stage.script, PhaseKind.SILENCE) or 0)
    stage.wait(5)
    stage.do(c.ReportHearing(bob, hears=True))


def _end(stage: Stage) -> None:
    stage.do(c.HandOver(lea, cora))
    stage.do(c.TickOut(cora, "zoe"))
    for who in (lea, cora):
        stage.do(c.Leave(who))
    stage.wait(300)
    stage.back(cora)
    stage.go(Part.CLOSING, 2, 0, by=cora)
    stage.do(c.CheckOut(bob, c.CheckOutMood.CALM))
    stage.do(c.End(cora, stage.entry))
    stage.wait(60)


if __name__ == "__main__":
    target = DATA / f"{sys.argv[1]}.json"
    if target.exists():
        raise SystemExit(f"{target.name} is there already, and stays as it is")
    target.write_text(json.dumps(stored(play().log), indent=1, ensure_ascii=False) + "\n", "utf-8")
