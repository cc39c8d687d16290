"""Factual questions: one asks at a time, from a queue, with the presenter and the leaders."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.rights import Why
from openbalint.protocol.scripts import PhaseKind
from tests.protocol.stage import Stage, ann, bob, cora, lea, olga, rui


def asking(*hands: str) -> Stage:
    stage = Stage().to(PhaseKind.FACTS)
    for who in hands:
        stage.do(c.SetHand(who, raised=True))
    return stage


def test_before_the_first_hand_presenter_and_leaders_may_speak():
    stage = asking()
    assert (stage.speakers(), stage.rights(bob).why) == ({ann, lea, cora}, Why.ASKED)


def test_the_first_hand_gets_the_floor_by_itself():
    stage = asking(bob)
    assert (stage.sees().holder, stage.sees().queue, stage.rights(bob).speak) == (bob, (), True)


def test_further_hands_queue_in_order():
    assert asking(bob, rui, olga).sees().queue == (rui, olga)


def test_the_askers_tap_releases_the_floor_to_the_next():
    stage = asking(bob, rui)
    stage.do(c.EndTurn(bob, stage.entry, bob))
    assert (stage.sees().holder, stage.sees().queue) == (rui, ())


def test_taking_the_hand_down_while_asking_releases_the_floor():
    stage = asking(bob, rui)
    stage.do(c.SetHand(bob, raised=False))
    assert stage.sees().holder == rui


def test_a_leader_releases_the_floor():
    stage = asking(bob, rui)
    stage.do(c.EndTurn(cora, stage.entry, bob))
    assert stage.sees().holder == rui


def test_nobody_else_releases_it():
    stage = asking(bob, rui)
    assert stage.refused(c.EndTurn(rui, stage.entry, bob)) == "not-yours"


def test_the_command_names_whose_floor_it_ends():
    stage = asking(bob, rui)
    stage.do(c.EndTurn(lea, stage.entry, bob))
    assert stage.refused(c.EndTurn(cora, stage.entry, bob)) == "stale"
    assert stage.refused(c.EndTurn(bob, stage.entry, bob)) == "stale"


def test_loss_releases_the_floor():
    stage = asking(bob, rui)
    stage.lose(bob)
    assert stage.sees().holder == rui


def test_who_is_lost_is_not_queued():
    stage = asking(bob, rui, olga)
    stage.lose(rui)
    assert stage.sees().queue == (olga,)


def test_asking_again_queues_at_the_end():
    stage = asking(bob, rui)
    stage.do(c.EndTurn(bob, stage.entry, bob))
    stage.do(c.SetHand(olga, raised=True))
    stage.do(c.SetHand(bob, raised=True))
    assert (stage.sees().holder, stage.sees().queue) == (rui, (olga, bob))


def test_who_has_the_floor_is_not_also_queued():
    stage = asking(bob)
    assert stage.do(c.SetHand(bob, raised=True)).events == ()
    assert stage.sees().queue == ()


def test_a_hand_raised_twice_is_one_hand():
    stage = asking(bob, rui, rui)
    assert stage.sees().queue == (rui,)


def test_a_hand_can_be_taken_down():
    stage = asking(bob, rui, olga)
    stage.do(c.SetHand(rui, raised=False))
    assert stage.sees().queue == (olga,)


def test_the_presenter_and_the_leaders_have_no_hand_here():
    stage = asking()
    assert {stage.refused(c.SetHand(who, raised=True)) for who in (ann, lea, cora)} == {"not-now"}


def test_hands_end_with_the_phase():
    stage = asking(bob, rui)
    stage.next()
    stage.do(c.StepBackNow(lea, stage.entry))
    assert (stage.sees().holder, stage.sees().queue) == (None, ())


def test_an_asker_keeps_the_floor_through_a_pause():
    stage = asking(bob, rui)
    stage.do(c.Pause(lea, stage.entry))
    assert stage.refused(c.SetHand(olga, raised=True)) == "not-now"
    stage.do(c.Resume(lea, stage.entry))
    assert (stage.sees().holder, stage.sees().queue) == (bob, (rui,))


@pytest.mark.parametrize("kind", [PhaseKind.TELLING, PhaseKind.SILENCE, PhaseKind.RETURN])
def test_in_telling_silence_and_return_there_are_no_hands(kind):
    assert Stage().to(kind).refused(c.SetHand(bob, raised=True)) == "not-now"


def test_where_the_floor_is_open_a_hand_is_an_aid_and_no_gate():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SetHand(rui, raised=True))
    assert (stage.sees().queue, stage.rights(bob).speak) == ((rui,), True)


def test_nobody_has_a_floor_to_end_where_none_is_asked():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert stage.refused(c.EndTurn(lea, stage.entry, bob)) == "not-now"
