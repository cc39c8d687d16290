""" "I need to stop": open to everybody in every phase; leaders see who and choose; never in the log as that person's."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import StopAnswer
from openbalint.protocol.events import Paused, PauseReason
from openbalint.protocol.rights import Rights, Why
from openbalint.protocol.scripts import Part, PhaseKind
from openbalint.protocol.session import Room, Status, fold
from openbalint.protocol.views import Audience, Away, StopView
from tests.people import Somebody
from tests.protocol.stage import CAST, TWO_CASES, Stage, ann, bob, cora, lea, olga, rui


def stopping(who: str = bob, kind: PhaseKind = PhaseKind.DISCUSSION, stage: Stage | None = None) -> Stage:
    stage = (stage or Stage()).to(kind)
    stage.do(c.NeedToStop(who))
    return stage


def answer(stage: Stage, given: StopAnswer, by: str = lea, person: str = bob) -> None:
    stage.do(c.AnswerStop(by, person, given, stage.entry))


def stops(stage: Stage) -> tuple[StopView, ...] | None:
    return stage.leaders().stops


def test_leaders_see_who_and_nobody_else_does():
    stage = stopping()
    stage.do(c.SetAssistant(lea, rui))
    assert stops(stage) == (StopView(bob),)
    assert {audience: stage.sees(audience).leaders for audience in Audience if audience is not Audience.LEADERS} == {
        Audience.ASSISTANT: None,
        Audience.CIRCLE: None,
        Audience.SCREEN: None,
        Audience.DOOR: None,
    }


def test_it_is_never_in_the_log():
    stage = Stage().to(PhaseKind.DISCUSSION)
    before = len(stage.log)
    stage.do(c.NeedToStop(bob))
    assert len(stage.log) == before


@pytest.mark.parametrize("kind", [PhaseKind.OPENING, PhaseKind.TELLING, PhaseKind.SILENCE, PhaseKind.CLOSING])
def test_it_is_open_in_every_phase(kind):
    assert stops(stopping(kind=kind)) == (StopView(bob),)


def test_it_is_open_while_back_in_a_pause_while_lingering_and_to_leaders():
    stage = stopping(ann)
    stage.do(c.Pause(lea, stage.entry))
    stage.do(c.NeedToStop(rui))
    stage.do(c.NeedToStop(cora))
    stage.do(c.End(lea, stage.entry))
    stage.do(c.NeedToStop(olga))
    assert stops(stage) == (StopView(ann), StopView(rui), StopView(cora), StopView(olga))


def test_it_is_open_in_the_lobby_and_at_the_door():
    stage = Stage(cast=(*CAST, Somebody("Gus", c.Seat.GUEST)))
    stage.do(c.NeedToStop(bob))
    stage.start()
    stage.do(c.NeedToStop("gus"))
    assert stops(stage) == (StopView(bob), StopView("gus"))


def test_it_is_open_to_observers():
    stage = Stage(cast=(*CAST, Somebody("Tom", c.Seat.TRAINER)))
    assert stops(stopping("tom", stage=stage)) == (StopView("tom"),)


def test_pressed_twice_it_is_seen_once():
    stage = stopping()
    stage.do(c.NeedToStop(bob))
    assert stops(stage) == (StopView(bob),)


def test_it_stays_until_a_leader_answers_even_when_the_person_is_gone():
    stage = stopping()
    stage.do(c.Leave(bob))
    stage.next()
    assert stops(stage) == (StopView(bob),)
    answer(stage, StopAnswer.SEEN)
    assert stops(stage) == ()


def test_two_leaders_answer_once():
    stage = stopping()
    answer(stage, StopAnswer.SEEN)
    assert stage.refused(c.AnswerStop(cora, bob, StopAnswer.PAUSE, stage.entry)) == "not-found"


def test_a_pause_is_an_ordinary_pause():
    stage = stopping()
    answer(stage, StopAnswer.PAUSE)
    assert stage.log[-1] == Paused(stage.now, PauseReason.LEADER)
    assert (stage.session.status, stops(stage)) == (Status.PAUSED, ())


def test_a_pause_that_is_there_already_answers_too():
    stage = stopping()
    stage.do(c.Pause(lea, stage.entry))
    answer(stage, StopAnswer.PAUSE)
    assert stops(stage) == ()


def test_the_presenter_is_brought_back():
    stage = stopping(ann)
    answer(stage, StopAnswer.BRING_BACK, person=ann)
    assert (stage.kind, stage.rights(ann).speak) == (PhaseKind.RETURN, True)


def test_there_is_no_way_back_to_the_return_from_the_closing_by_this():
    stage = stopping(kind=PhaseKind.CLOSING)
    assert stage.refused(c.AnswerStop(lea, bob, StopAnswer.BRING_BACK, stage.entry)) == "not-now"


def test_the_case_is_ended():
    stage = stopping(stage=Stage(TWO_CASES))
    answer(stage, StopAnswer.END_CASE)
    assert stage.kind is PhaseKind.SETTLE


def test_an_answer_pressed_in_an_earlier_phase_is_stale():
    stage = stopping()
    old = stage.entry
    stage.next()
    assert stage.refused(c.AnswerStop(lea, bob, StopAnswer.PAUSE, old)) == "stale"
    stage.do(c.AnswerStop(lea, bob, StopAnswer.SEEN, old))


def test_the_leader_without_the_clock_goes_aside_while_the_circle_waits():
    stage = stopping()
    answer(stage, StopAnswer.ASIDE)
    assert stage.log[-1] == Paused(stage.now, PauseReason.ASIDE, cora)
    assert {seat.person for seat in stage.sees().circle if seat.away is Away.ASIDE} == {bob, cora}
    assert stage.rights(bob) == stage.rights(cora) == Rights(why=Why.ASIDE)
    assert stage.rights(rui).speak


def test_the_person_aside_is_not_in_the_log():
    stage = stopping()
    answer(stage, StopAnswer.ASIDE)
    assert bob not in repr(stage.log[-1])


def test_the_other_leader_resumes_and_both_are_back():
    stage = stopping()
    answer(stage, StopAnswer.ASIDE)
    assert stage.refused(c.Resume(cora, stage.entry)) == "aside"
    stage.do(c.Resume(lea, stage.entry))
    assert (stage.rights(bob).speak, stage.rights(cora).speak) == (True, True)


def test_going_on_in_any_other_way_is_the_other_leaders_too():
    stage = stopping()
    stage.do(c.NeedToStop(rui))
    answer(stage, StopAnswer.ASIDE)
    entry = stage.entry
    presses = (
        c.Next(cora, entry),
        c.GoTo(cora, entry, Part.CLOSING, 1, 0),
        c.EndCase(cora, entry),
        c.End(cora, entry),
        c.AnswerStop(cora, rui, StopAnswer.BRING_BACK, entry),
        c.AnswerStop(cora, rui, StopAnswer.END_CASE, entry),
    )
    assert {stage.refused(press) for press in presses} == {"aside"}
    stage.do(c.Next(lea, entry))
    assert (stage.kind, stage.session.status) == (PhaseKind.RETURN, Status.RUNNING)


@pytest.mark.parametrize("leader", [lea, cora])
def test_with_a_leader_nobody_goes_aside_who_would_not_be_missing_in_the_circle(leader):
    stage = stopping(leader)
    other = cora if leader == lea else lea
    assert stage.refused(c.AnswerStop(other, leader, StopAnswer.ASIDE, stage.entry)) == "no-co-leader"


def test_nobody_goes_aside_with_who_is_not_there():
    stage = stopping()
    stage.do(c.Leave(bob))
    assert stage.refused(c.AnswerStop(lea, bob, StopAnswer.ASIDE, stage.entry)) == "not-here"


def test_if_the_other_leader_is_lost_who_is_aside_resumes():
    stage = stopping()
    answer(stage, StopAnswer.ASIDE)
    stage.lose(lea)
    stage.do(c.Resume(cora, stage.entry))
    assert stage.session.status is Status.RUNNING


def test_aside_needs_two_leaders_who_are_there():
    stage = stopping()
    stage.lose(cora)
    assert stage.refused(c.AnswerStop(lea, bob, StopAnswer.ASIDE, stage.entry)) == "no-co-leader"
    assert stops(stage) == (StopView(bob),)


def test_out_of_a_pause_aside_keeps_the_rest_of_the_time():
    stage = stopping()
    stage.do(c.Pause(lea, stage.entry))
    left = stage.session.clock.left
    stage.wait(50)
    answer(stage, StopAnswer.ASIDE)
    assert (stage.session.clock.left, stage.leaders().pause_reason) == (left, "aside")
    assert stage.refused(c.AnswerStop(lea, bob, StopAnswer.ASIDE, stage.entry)) == "not-found"


def test_after_a_crash_the_pause_holds_and_the_person_is_back():
    stage = stopping()
    answer(stage, StopAnswer.ASIDE)
    stage.room = Room(fold(stage.log))
    stage.do(c.Adopt(stage.now))
    for who in (lea, cora, ann, bob):
        stage.back(who)
    assert (stage.session.status, stage.rights(bob).speak, stage.leaders().pause_reason) == (
        Status.PAUSED,
        True,
        "aside",
    )


def test_who_presses_while_no_leader_is_there_is_told_and_the_assistant_sees_it_meanwhile():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SetAssistant(lea, rui))
    assert stage.do(c.NeedToStop(olga)).note is None
    for who in (lea, cora):
        stage.do(c.Leave(who))
    assert stage.do(c.NeedToStop(bob)).note == "no-leader"
    assert stage.sees(Audience.ASSISTANT).leaders.stops == (StopView(olga), StopView(bob))
    stage.back(cora)
    assert stage.sees(Audience.ASSISTANT).leaders is None
    assert stops(stage) == (StopView(olga), StopView(bob))


def test_members_do_not_answer():
    stage = stopping()
    assert stage.refused(c.AnswerStop(rui, bob, StopAnswer.SEEN, stage.entry)) == "not-yours"


def test_in_the_lobby_a_leader_can_only_say_seen():
    stage = Stage()
    stage.do(c.NeedToStop(bob))
    assert stage.refused(c.AnswerStop(lea, bob, StopAnswer.PAUSE, stage.entry)) == "not-now"
    answer(stage, StopAnswer.SEEN)
