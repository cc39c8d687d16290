"""Observers and trainer: visible, silent through the case, with a word of their own in the review."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import Seat
from openbalint.protocol.rights import Camera, Rights, Why
from openbalint.protocol.scripts import Part, PhaseKind, ReviewGroup
from openbalint.protocol.session import Status
from tests.people import Somebody
from tests.protocol.stage import CAST, TRAINING, TWO_CASES, Stage, ann, bob, cora, lea, olga, rui

RING = (Somebody("Oda", Seat.OBSERVER), Somebody("Tom", Seat.TRAINER))
SILENT = Rights(hear=True, camera=Camera.ALL, why=Why.RING)
WORDS = {
    ReviewGroup.LEADER: {lea, cora},
    ReviewGroup.CO_LEADER: {lea, cora},
    ReviewGroup.PRESENTER: {lea, cora, ann},
    ReviewGroup.MEMBERS: {lea, cora, ann, bob, olga, rui},
    ReviewGroup.OBSERVERS: {lea, cora, "oda"},
    ReviewGroup.TRAINER: {lea, cora, "tom"},
}


def observed(script) -> Stage:
    stage = Stage(script, cast=(*CAST, *RING))
    stage.do(c.Admit(lea, "oda"))
    return stage


@pytest.mark.parametrize(
    "kind", [PhaseKind.OPENING, PhaseKind.CALL, PhaseKind.FACTS, PhaseKind.DISCUSSION, PhaseKind.SETTLE]
)
def test_they_hear_and_are_silent_through_opening_and_case(kind):
    stage = observed(TWO_CASES).to(kind)
    assert (stage.rights("oda"), stage.rights("tom")) == (SILENT, SILENT)


def test_in_a_pause_and_in_the_break_too():
    stage = observed(TWO_CASES).to(PhaseKind.SETTLE)
    stage.next()
    assert (stage.kind, stage.rights("tom")) == (PhaseKind.BREAK, SILENT)
    stage.do(c.Pause(lea, stage.entry))
    assert stage.rights("oda") == SILENT


def test_they_sit_in_the_outer_ring_and_not_in_the_circle():
    view = observed(TWO_CASES).start().sees()
    assert [seat.person for seat in view.ring] == ["oda", "tom"]
    assert not {"oda", "tom"} & {seat.person for seat in view.circle}


def test_they_take_no_part_in_the_circle():
    stage = observed(TWO_CASES).to(PhaseKind.DISCUSSION)
    commands = (c.SetHand("tom", raised=True), c.TakeVoice("tom", 1), c.SendSignal("oda", c.SignalKind.HURT))
    assert {stage.refused(command) for command in commands} == {"not-yours"}


@pytest.mark.parametrize("at", range(6))
def test_in_the_review_the_named_group_speaks_and_leaders(at):
    stage = observed(TRAINING).to(PhaseKind.RETURN)
    stage.next()
    for index in range(at + 1):
        stage.go(Part.CLOSING, 1, index + 1)
    group = stage.sees().way[stage.sees().now].group
    assert stage.speakers() == WORDS[group]
    assert stage.rights(bob).why in (None, Why.GROUP_FLOOR)


def test_in_the_lingering_minute_all_may_speak():
    stage = observed(TRAINING).to(PhaseKind.CLOSING)
    stage.do(c.End(lea, stage.entry))
    assert stage.session.status is Status.LINGERING
    assert stage.speakers() == {lea, cora, ann, bob, olga, rui, "oda", "tom"}


def test_in_training_the_presenter_is_named_in_the_opening():
    stage = observed(TRAINING).start()
    stage.name()
    stage.next()
    assert (stage.kind, stage.sees().presenter) == (PhaseKind.TELLING, ann)
