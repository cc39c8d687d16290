"""The leader invites; the presenter moves out, and from that moment rights are enforced."""

from dataclasses import replace

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.effects import ApplyRights
from openbalint.protocol.events import PhaseEntered
from openbalint.protocol.rights import Camera, Rights, Why
from openbalint.protocol.scripts import Part, PhaseKind, Picture
from tests.protocol.stage import Stage, ann, bob, cora, lea, one_case, with_phase

SILENCE = 3  # its index in the case of a script with a call


def invited() -> Stage:
    stage = Stage().to(PhaseKind.FACTS)
    stage.next()
    return stage


def test_next_into_the_silence_only_invites():
    stage = invited()
    assert (stage.kind, stage.sees().invited, stage.sees().back) == (PhaseKind.FACTS, True, False)


def test_a_second_next_is_refused_and_says_that_the_presenter_is_invited():
    assert invited().refused(c.Next(cora, invited().entry)) == "invited"


def test_the_presenter_pushes_the_own_chair_out():
    stage = invited()
    stage.do(c.PushBack(ann, stage.entry))
    assert (stage.kind, stage.sees().back) == (PhaseKind.SILENCE, True)


def test_nobody_else_pushes_that_chair():
    stage = invited()
    assert {stage.refused(c.PushBack(who, stage.entry)) for who in (bob, cora, lea)} == {"not-yours"}


def test_a_leader_says_now():
    stage = invited()
    stage.do(c.StepBackNow(cora, stage.entry))
    assert stage.kind is PhaseKind.SILENCE


def test_after_ten_seconds_the_server_moves_the_chair():
    stage = invited()
    stage.wait(9.9)
    assert stage.kind is PhaseKind.FACTS
    stage.wait(0.1)
    assert stage.kind is PhaseKind.SILENCE


def test_leaders_see_when_that_will_be():
    stage = invited()
    assert (stage.leaders().step_back_at - stage.now).total_seconds() == 10


def test_the_presenter_who_is_back_hears_and_sees_and_no_more():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert stage.rights(ann) == Rights(hear=True, camera=Camera.SMALL, why=Why.BACK)


def test_the_phase_change_silences_the_presenter_at_once():
    stage = invited()
    done = stage.do(c.PushBack(ann, stage.entry))
    assert [effect.rights[ann].speak for effect in done.effects if isinstance(effect, ApplyRights)] == [False]


@pytest.mark.parametrize(
    "command",
    [
        c.SetHand(ann, raised=True),
        c.WriteCard(ann, "words"),
        c.SendSignal(ann, c.SignalKind.HURT),
        c.TakeVoice(ann, 1),
    ],
)
def test_who_is_back_can_neither_raise_a_hand_nor_write_nor_signal_nor_speak_as_another(command):
    assert Stage().to(PhaseKind.DISCUSSION).refused(command) == "not-now"


def test_who_is_back_can_say_that_they_need_to_stop():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.NeedToStop(ann))
    assert [stop.person for stop in stage.leaders().stops] == [ann]


@pytest.mark.parametrize(
    ("picture", "camera"),
    [(Picture.SMALL, Camera.SMALL), (Picture.LEADERS, Camera.LEADERS), (Picture.CLOSED, Camera.NONE)],
)
def test_the_script_says_what_becomes_of_the_picture(picture, camera):
    assert Stage(one_case(picture=picture)).to(PhaseKind.FEELINGS).rights(ann).camera is camera


def test_a_pause_drops_the_invitation():
    stage = invited()
    stage.do(c.Pause(lea, stage.entry))
    stage.do(c.Resume(lea, stage.entry))
    stage.wait(30)
    assert (stage.kind, stage.sees().invited) == (PhaseKind.FACTS, False)


def test_another_move_drops_the_invitation():
    stage = invited()
    stage.go(Part.CASE, 1, 1)
    stage.wait(30)
    assert (stage.kind, stage.sees().invited) == (PhaseKind.TELLING, False)


def test_a_lost_presenter_drops_the_invitation():
    stage = Stage().to(PhaseKind.FACTS)
    stage.do(c.Disconnect(ann))
    stage.wait(15)
    stage.next()
    stage.wait(30)
    assert (stage.kind, stage.sees().invited, stage.leaders().pause_reason) == (PhaseKind.FACTS, False, "presenter")


def test_the_chair_of_who_turns_out_to_hear_nothing_stays():
    stage = Stage().to(PhaseKind.CALL)
    stage.name()
    stage.do(c.ReportHearing(ann, hears=False))
    stage.wait(12)
    stage.go(Part.CASE, 1, SILENCE)
    stage.wait(10)
    assert (stage.kind, stage.sees().invited) == (PhaseKind.CALL, False)


def test_the_only_leader_is_not_moved_out_when_the_other_goes_meanwhile():
    stage = Stage().to(PhaseKind.CALL)
    stage.name(cora)
    stage.go(Part.CASE, 1, SILENCE)
    stage.do(c.Leave(lea))
    assert (stage.sees().invited, stage.sees().named) == (False, cora)
    stage.wait(10)
    assert stage.kind is PhaseKind.CALL


def test_going_forwards_across_the_step_back_invites_too():
    stage = Stage().to(PhaseKind.TELLING)
    stage.go(Part.CASE, 1, 4)
    assert (stage.kind, stage.sees().invited) == (PhaseKind.TELLING, True)
    stage.do(c.StepBackNow(lea, stage.entry))
    assert stage.kind is PhaseKind.FEELINGS


def test_going_backwards_gives_speech_back_and_forwards_invites_anew():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.go(Part.CASE, 1, 2)
    assert stage.rights(ann).speak
    stage.next()
    assert stage.sees().invited


def test_between_two_phases_out_of_the_circle_nobody_is_invited_again():
    stage = Stage().to(PhaseKind.SILENCE)
    stage.next()
    assert (stage.kind, stage.sees().invited) == (PhaseKind.FEELINGS, False)


def test_the_return_gives_the_word_back():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.next()
    assert (stage.kind, stage.speakers()) == (PhaseKind.RETURN, {ann, lea, cora})


def test_the_step_back_can_be_repeated():
    stage = Stage(with_phase(one_case(), PhaseKind.FEELINGS, out=False)).to(PhaseKind.SILENCE)
    stage.next()
    assert not stage.sees().back
    stage.next()
    assert (stage.kind, stage.sees().invited) == (PhaseKind.FEELINGS, True)


def test_without_a_step_back_the_presenter_speaks_with_the_others():
    script = one_case()
    script = replace(script, case=tuple(replace(phase, out=False) for phase in script.case))
    stage = Stage(script).to(PhaseKind.DISCUSSION)
    assert (stage.sees().back, stage.rights(ann).speak) == (False, True)


def test_the_change_is_one_phase_entry():
    done = invited()
    entered = done.do(c.PushBack(ann, done.entry)).events
    assert entered == (PhaseEntered(done.now, Part.CASE, 1, SILENCE),)
