"""Signals say one's own state, to leaders only, some seconds later, without a person."""

from dataclasses import replace

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import SignalKind
from openbalint.protocol.events import SignalsCounted
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import Room, fold, next_deadline
from openbalint.protocol.views import Audience
from tests.people import Somebody
from tests.protocol.stage import CAST, SUPERVISION, Stage, ann, bob, cora, lea, one_case, rui


def counted(stage: Stage) -> list[dict]:
    return [dict(event.counts) for event in stage.log if isinstance(event, SignalsCounted)]


def test_leaders_see_a_count_after_three_to_eight_seconds():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SendSignal(bob, SignalKind.PUSHED))
    delay = (next_deadline(stage.room) - stage.now).total_seconds()
    assert 3 <= delay <= 8
    stage.wait(delay - 0.01)
    assert stage.leaders().signals == {}
    stage.wait(0.02)
    assert stage.leaders().signals == {SignalKind.PUSHED: 1}


def test_the_delay_is_drawn_for_each():
    stage = Stage().to(PhaseKind.DISCUSSION)
    delays = set()
    for kind in SignalKind:
        stage.do(c.SendSignal(bob, kind))
        delays.add((stage.room.volatile.pending[-1][0] - stage.now).total_seconds())
    assert len(delays) > 3


def test_the_same_kind_counts_once_per_person_and_phase_entry():
    stage = Stage().to(PhaseKind.DISCUSSION)
    for who in (bob, bob, rui):
        stage.do(c.SendSignal(who, SignalKind.PUSHED))
    stage.wait(9)
    assert stage.leaders().signals == {SignalKind.PUSHED: 2}


def test_nobody_but_leaders_sees_them_and_nobody_sees_who():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SetAssistant(lea, rui))
    stage.do(c.SendSignal(bob, SignalKind.HURT))
    stage.wait(9)
    others = [stage.sees(audience) for audience in Audience if audience is not Audience.LEADERS]
    assert not any("hurt" in repr(view) for view in others)
    assert "bob" not in repr(stage.leaders())


def test_the_log_gets_the_counts_once_when_the_phase_ends():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.SendSignal(bob, SignalKind.HURT))
    stage.do(c.SendSignal(rui, SignalKind.HURT))
    stage.do(c.SendSignal(rui, SignalKind.MORE_SILENCE))
    stage.wait(9)
    assert counted(stage) == []
    stage.next()
    stage.next()
    assert counted(stage) == [{SignalKind.HURT: 2, SignalKind.MORE_SILENCE: 1}]


def test_what_is_pressed_just_before_the_phase_ends_is_counted_and_still_shown():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.SendSignal(bob, SignalKind.HURT))
    stage.next()
    assert (counted(stage), stage.leaders().signals) == ([{SignalKind.HURT: 1}], {})
    stage.wait(9)
    stage.next()
    assert counted(stage) == [{SignalKind.HURT: 1}]


def test_they_end_with_the_session_too():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SendSignal(bob, SignalKind.LEFT_CASE))
    stage.do(c.End(lea, stage.entry))
    assert counted(stage) == [{SignalKind.LEFT_CASE: 1}]


def test_the_next_phase_counts_anew():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.SendSignal(bob, SignalKind.HURT))
    stage.wait(9)
    stage.next()
    assert stage.leaders().signals == {}
    stage.do(c.SendSignal(bob, SignalKind.HURT))
    stage.wait(9)
    assert stage.leaders().signals == {SignalKind.HURT: 1}


def test_the_circle_without_leaders_and_without_who_is_back_may_press():
    stage = Stage(cast=(*CAST, Somebody("Tom", c.Seat.TRAINER))).to(PhaseKind.DISCUSSION)
    assert {who for who, rights in stage.room.rights.items() if rights.signal} == {bob, "olga", rui}
    assert {stage.refused(c.SendSignal(who, SignalKind.HURT)) for who in (lea, cora, ann)} == {"not-now"}
    assert stage.refused(c.SendSignal("tom", SignalKind.HURT)) == "not-yours"


def test_not_in_the_opening():
    stage = Stage().to(PhaseKind.OPENING)
    assert (stage.sees().signals_open, stage.refused(c.SendSignal(bob, SignalKind.HURT))) == (False, "not-now")


def test_not_in_a_pause():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.Pause(lea, stage.entry))
    assert stage.refused(c.SendSignal(bob, SignalKind.HURT)) == "not-now"


@pytest.mark.parametrize("script", [replace(one_case(), signals=False), SUPERVISION])
def test_a_script_can_switch_them_off(script):
    stage = Stage(script).to(PhaseKind.DISCUSSION)
    assert (stage.sees().signals_open, stage.refused(c.SendSignal(bob, SignalKind.HURT))) == (False, "not-now")


def test_they_are_lost_with_the_process():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SendSignal(bob, SignalKind.HURT))
    stage.room = Room(fold(stage.log))
    stage.do(c.Adopt(stage.now))
    stage.back(lea)
    stage.back(ann)
    stage.next()
    assert counted(stage) == []
