"""A pause: no clock; all in the circle may speak but a presenter who is back."""

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import Status
from openbalint.protocol.views import Audience
from tests.protocol.stage import Stage, ann, bob, cora, lea, olga, rui


def paused(kind: PhaseKind = PhaseKind.DISCUSSION) -> Stage:
    stage = Stage().to(kind)
    stage.do(c.Pause(lea, stage.entry))
    return stage


def test_all_in_the_circle_may_speak_but_a_presenter_who_is_back():
    assert paused().speakers() == {lea, cora, bob, olga, rui}
    assert ann in paused(PhaseKind.TELLING).speakers()


def test_there_are_no_hands_cards_signals_or_voices():
    stage = paused()
    commands = (
        c.SetHand(bob, raised=True),
        c.WriteCard(bob, "words"),
        c.SendSignal(bob, c.SignalKind.HURT),
        c.TakeVoice(bob, 1),
        c.StartRound(lea, stage.entry, bob),
        c.SetCalledIn(lea, stage.entry, called=True),
    )
    assert {stage.refused(command) for command in commands} == {"not-now"}


def test_resuming_gives_the_rest_of_the_time_back_exactly():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.wait(100)
    stage.do(c.Pause(lea, stage.entry))
    left = stage.session.clock.left
    stage.wait(1234)
    stage.do(c.Resume(cora, stage.entry))
    assert stage.session.clock.ends_at == stage.now + left


def test_a_phase_can_be_extended_in_a_pause():
    stage = paused()
    left = stage.leaders().times.left_s
    stage.do(c.Extend(lea, stage.entry, 26))
    assert stage.leaders().times.left_s == left + 120


def test_a_pause_takes_no_voice_along():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.TakeVoice(bob, 1))
    stage.do(c.Pause(lea, stage.entry))
    stage.do(c.Resume(lea, stage.entry))
    assert {seat.speaks_as for seat in stage.sees().circle} == {None}


def test_a_pause_ends_calling_in():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SetCalledIn(lea, stage.entry, called=True))
    stage.do(c.Pause(lea, stage.entry))
    assert (stage.sees().called_in, stage.rights(ann).speak) == (False, False)


def test_moving_while_paused_resumes():
    stage = paused()
    stage.next()
    assert (stage.kind, stage.session.status) == (PhaseKind.RETURN, Status.RUNNING)


def test_inviting_while_paused_resumes():
    stage = paused(PhaseKind.FACTS)
    stage.next()
    assert (stage.sees().invited, stage.session.status) == (True, Status.RUNNING)


def test_two_leaders_pause_once():
    stage = paused()
    assert stage.refused(c.Pause(cora, stage.entry)) == "not-now"


def test_only_leaders_see_why():
    stage = paused()
    assert stage.leaders().pause_reason == "leader"
    assert (stage.sees(Audience.CIRCLE).status, stage.sees(Audience.CIRCLE).leaders) == (Status.PAUSED, None)


def test_a_pause_is_for_leaders_only():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert stage.refused(c.Pause(bob, stage.entry)) == "not-yours"
    stage.do(c.Pause(lea, stage.entry))
    assert stage.refused(c.Resume(bob, stage.entry)) == "not-yours"


def test_the_clock_of_a_pause_can_be_below_zero():
    stage = Stage().to(PhaseKind.FACTS)
    stage.wait(600)
    stage.do(c.Pause(lea, stage.entry))
    assert stage.leaders().times.left_s == 360 - 601


def test_while_nobody_owns_the_room_the_clock_stands_still():
    stage = Stage().to(PhaseKind.FACTS)
    stage.wait(60)
    since = stage.now
    rest = stage.session.clock.ends_at - stage.now
    stage.do(c.Adopt(since), after=500)
    assert stage.session.clock.ends_at - stage.now == rest
