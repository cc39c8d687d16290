"""Round the circle: fixed at its start, one tap passes, leaders may break it off."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.events import TurnEnded
from openbalint.protocol.rights import Why
from openbalint.protocol.scripts import Floor, PhaseKind
from tests.people import Somebody
from tests.protocol.stage import Stage, ann, bob, cora, eve, lea, name_of, olga, rui


def circling(first: str = bob) -> Stage:
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.StartRound(lea, stage.entry, first))
    return stage


def test_a_phase_of_rounds_is_entered_open_and_its_first_floor_is_the_round():
    view = Stage().to(PhaseKind.FEELINGS).sees()
    assert (view.floor, view.floors) == (Floor.OPEN, (Floor.ROUND, Floor.OPEN))


def test_the_ring_goes_in_chair_order_without_leaders_and_without_the_presenter():
    assert circling(olga).sees().round.ring == (olga, rui, bob)


def test_only_the_one_whose_turn_it_is_and_the_leaders_may_speak():
    stage = circling()
    assert (stage.speakers(), stage.rights(rui).why) == ({bob, lea, cora}, Why.ROUND)


def test_one_tap_passes():
    stage = circling()
    stage.do(c.EndTurn(bob, stage.entry, bob))
    assert (stage.sees().round.turn, stage.sees().round.next) == (olga, rui)


def test_passing_and_finishing_are_one_event():
    stage = circling()
    assert stage.do(c.EndTurn(bob, stage.entry, bob)).events == (TurnEnded(stage.now, bob),)


def test_leaders_may_move_the_turn_on_and_nobody_else():
    stage = circling()
    assert stage.refused(c.EndTurn(rui, stage.entry, bob)) == "not-yours"
    stage.do(c.EndTurn(cora, stage.entry, bob))
    assert stage.sees().round.turn == olga


def test_two_leaders_move_one_turn_on_once():
    stage = circling()
    stage.do(c.EndTurn(lea, stage.entry, bob))
    assert stage.refused(c.EndTurn(cora, stage.entry, bob)) == "stale"


def test_after_the_last_the_floor_is_open():
    stage = circling()
    for who in (bob, olga, rui):
        stage.do(c.EndTurn(who, stage.entry, who))
    assert (stage.sees().round, stage.sees().floor) == (None, Floor.OPEN)


def test_leaders_break_a_round_off():
    stage = circling()
    stage.do(c.OpenFloor(lea, stage.entry))
    assert (stage.sees().round, stage.sees().floor, stage.rights(rui).speak) == (None, Floor.OPEN, True)


def test_who_is_lost_loses_the_turn():
    stage = circling()
    stage.lose(bob)
    assert stage.sees().round.turn == olga


def test_who_is_lost_before_their_turn_is_skipped():
    stage = circling()
    stage.lose(olga)
    stage.do(c.EndTurn(bob, stage.entry, bob))
    assert stage.sees().round.turn == rui


def test_who_is_back_before_their_turn_keeps_it():
    stage = circling()
    stage.lose(olga)
    stage.back(olga)
    stage.do(c.EndTurn(bob, stage.entry, bob))
    assert stage.sees().round.turn == olga


def test_when_the_last_is_lost_the_floor_opens():
    stage = circling(rui)
    for who in (rui, bob):
        stage.do(c.EndTurn(who, stage.entry, who))
    stage.lose(olga)
    assert stage.sees().floor is Floor.OPEN


def test_who_joins_waits_for_the_next_round():
    stage = circling()
    stage.come(Somebody("Zoe"))
    stage.do(c.Admit(lea, "zoe"))
    assert "zoe" not in stage.sees().round.ring
    assert not stage.rights("zoe").speak


def test_starting_a_round_clears_hands_and_in_it_there_are_none():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.SetHand(rui, raised=True))
    stage.do(c.StartRound(lea, stage.entry, bob))
    assert stage.sees().queue == ()
    assert stage.refused(c.SetHand(rui, raised=True)) == "not-now"


@pytest.mark.parametrize("first", [lea, cora, ann, eve])
def test_a_round_begins_with_somebody_who_has_a_turn(first):
    stage = Stage().to(PhaseKind.FEELINGS)
    assert stage.refused(c.StartRound(lea, stage.entry, first)) == "not-found"


def test_a_round_under_way_is_not_started_again():
    stage = circling()
    assert stage.refused(c.StartRound(cora, stage.entry, rui)) == "not-now"


@pytest.mark.parametrize("kind", [PhaseKind.CALL, PhaseKind.FACTS, PhaseKind.SILENCE, PhaseKind.RETURN])
def test_where_the_script_has_no_round_there_is_none(kind):
    stage = Stage().to(kind)
    assert stage.refused(c.StartRound(lea, stage.entry, bob)) == "not-now"


def test_a_round_outlives_a_pause():
    stage = circling()
    stage.do(c.Pause(lea, stage.entry))
    stage.do(c.Resume(lea, stage.entry))
    assert stage.sees().round.turn == bob


def test_whose_turn_is_lost_in_a_pause_loses_it():
    stage = circling()
    stage.do(c.Pause(lea, stage.entry))
    stage.do(c.Leave(bob))
    stage.do(c.Resume(lea, stage.entry))
    assert stage.sees().round.turn == olga


def test_a_round_ends_with_the_phase():
    stage = circling()
    stage.next()
    assert (stage.kind, stage.sees().round) == (PhaseKind.DISCUSSION, None)


def test_the_names_of_the_cast_are_their_ids():
    assert name_of(Somebody("Zoe")) == "zoe"


def test_who_is_let_go_has_no_turn_in_the_round_any_more():
    stage = circling()
    _, *others = stage.sees().round.ring
    stage.do(c.Reseat(others[0], None))
    assert stage.sees().round.ring == (bob, *others[1:])
