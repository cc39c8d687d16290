"""The assistant: the door, if given; without a leader pause, admit, return, close, and nothing else."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import Seat
from openbalint.protocol.scripts import CueCode, Part, PhaseKind
from openbalint.protocol.session import Status, audience_of
from openbalint.protocol.state import phase
from openbalint.protocol.views import Audience
from tests.people import Somebody
from tests.protocol.stage import CAST, Stage, ann, bob, cora, lea, rui

GUS = Somebody("Gus", Seat.GUEST)
RETURN = 6  # its index in the case


def assisting(kind: PhaseKind = PhaseKind.DISCUSSION, *, alone: bool = True) -> Stage:
    stage = Stage(cast=(*CAST, GUS, Somebody("Tom", Seat.TRAINER))).to(kind)
    stage.do(c.SetAssistant(lea, rui))
    if alone:
        for who in (lea, cora):
            stage.do(c.Leave(who))
    return stage


def test_with_a_leader_there_the_assistant_does_nothing_of_a_leader():
    stage = assisting(alone=False)
    commands = (
        c.Pause(rui, stage.entry),
        c.Admit(rui, "gus"),
        c.GoTo(rui, stage.entry, Part.CASE, 1, RETURN),
        c.End(rui, stage.entry),
        c.Next(rui, stage.entry),
    )
    assert {stage.refused(command) for command in commands} == {"not-yours"}


def test_given_the_door_the_assistant_admits_and_no_more():
    stage = assisting(alone=False)
    stage.do(c.SetDoor(lea, to_assistant=True))
    assert [one.person for one in stage.sees(Audience.ASSISTANT).leaders.waiting] == ["gus"]
    stage.do(c.Admit(rui, "gus"))
    assert stage.refused(c.SendOut(rui, "gus")) == "not-yours"
    assert stage.refused(c.SetLock(rui, locked=True)) == "not-yours"


def test_the_door_can_be_taken_back():
    stage = assisting(alone=False)
    stage.do(c.SetDoor(lea, to_assistant=True))
    stage.do(c.SetDoor(cora, to_assistant=False))
    assert stage.refused(c.Admit(rui, "gus")) == "not-yours"


def test_without_a_leader_the_assistant_pauses():
    stage = assisting()
    stage.do(c.Pause(rui, stage.entry))
    assert (stage.session.status, stage.leaders().pause_reason) == (Status.PAUSED, "assistant")


def test_a_pause_of_the_assistant_does_not_put_the_five_minutes_off():
    stage = assisting()
    stage.wait(290)
    stage.do(c.Pause(rui, stage.entry))
    stage.wait(10)
    assert (stage.kind, stage.session.status) == (PhaseKind.RETURN, Status.RUNNING)


def test_after_five_minutes_the_assistant_holds_the_end_up_no_more():
    stage = assisting()
    stage.wait(300)
    assert stage.refused(c.Pause(rui, stage.entry)) == "not-now"
    stage.lose(ann)
    assert stage.session.status is Status.PAUSED
    stage.back(ann)
    stage.wait(300)
    assert (stage.kind, stage.session.status) == (PhaseKind.RETURN, Status.RUNNING)
    stage.wait(phase(stage.session).minutes * 60)
    assert stage.session.status is Status.LINGERING


def test_the_assistant_cannot_resume_nor_lock():
    stage = assisting()
    stage.do(c.Pause(rui, stage.entry))
    assert stage.refused(c.Resume(rui, stage.entry)) == "not-yours"
    assert stage.refused(c.SetLock(rui, locked=True)) == "not-yours"


def test_without_a_leader_the_assistant_admits():
    stage = assisting()
    stage.do(c.Admit(rui, "gus"))
    assert stage.session.people["gus"].seated


def test_without_a_leader_the_assistant_brings_the_presenter_back_also_out_of_a_pause():
    stage = assisting()
    stage.do(c.Pause(rui, stage.entry))
    stage.go(Part.CASE, 1, RETURN, by=rui)
    assert (stage.kind, stage.session.status, stage.rights(ann).speak) == (PhaseKind.RETURN, Status.RUNNING, True)


def test_without_a_leader_the_assistant_closes_and_ends_there():
    stage = assisting()
    assert stage.refused(c.End(rui, stage.entry)) == "not-yours"
    stage.go(Part.CLOSING, 1, 0, by=rui)
    stage.do(c.End(rui, stage.entry))
    assert stage.session.status is Status.LINGERING


@pytest.mark.parametrize("index", range(6))
def test_to_no_other_phase(index):
    stage = assisting()
    if stage.place.index != index:
        assert stage.refused(c.GoTo(rui, stage.entry, Part.CASE, 1, index)) == "not-yours"


def test_nothing_else_either():
    stage = assisting()
    entry = stage.entry
    commands = (
        c.Next(rui, entry),
        c.EndCase(rui, entry),
        c.Extend(rui, entry, 60),
        c.SetCases(rui, entry, 2),
        c.SetSilence(rui, entry, silent=True),
        c.StartRound(rui, entry, bob),
        c.OpenFloor(rui, entry),
        c.SetCalledIn(rui, entry, called=True),
        c.AddFigure(rui, c.FigureCode.CHILD),
        c.SendOut(rui, bob),
        c.TickIn(rui, "x", Seat.MEMBER),
        c.SetAssistant(rui, bob),
        c.ShowCue(rui, CueCode.ADVICE),
        c.WriteLine(rui, "hello"),
        c.HandOver(rui, rui),
    )
    assert {stage.refused(command) for command in commands} == {"not-yours"}


def test_an_assistant_who_presents_is_suspended():
    stage = Stage()
    stage.start()
    stage.do(c.SetAssistant(lea, ann))
    stage.to(PhaseKind.DISCUSSION)
    assert audience_of(stage.room, ann) is Audience.CIRCLE
    for who in (lea, cora):
        stage.do(c.Leave(who))
    assert stage.refused(c.Pause(ann, stage.entry)) == "not-yours"


def test_before_and_after_the_case_the_presenting_assistant_assists():
    stage = Stage()
    stage.start()
    stage.do(c.SetAssistant(lea, ann))
    assert audience_of(stage.room, ann) is Audience.ASSISTANT
    stage.to(PhaseKind.RETURN)
    stage.next()
    assert audience_of(stage.room, ann) is Audience.ASSISTANT


def test_somebody_of_the_circle_who_does_not_lead_is_named():
    stage = assisting(alone=False)
    assert {stage.refused(c.SetAssistant(lea, who)) for who in (cora, "tom", "gus", "nobody")} == {"not-found"}


def test_nobody_can_be_named_again():
    stage = assisting(alone=False)
    stage.do(c.SetDoor(lea, to_assistant=True))
    stage.do(c.SetAssistant(lea, None))
    assert (stage.sees().assistant, stage.sees().assistant_door) == (None, False)
    assert stage.refused(c.SetDoor(lea, to_assistant=True)) == "no-assistant"


def test_an_assistant_who_is_sent_out_is_no_assistant():
    stage = assisting(alone=False)
    stage.do(c.SendOut(lea, rui))
    assert stage.sees().assistant is None


def test_an_assistant_who_is_lost_does_nothing():
    stage = assisting()
    stage.do(c.Leave(rui))
    assert stage.refused(c.Pause(rui, stage.entry)) == "not-here"
