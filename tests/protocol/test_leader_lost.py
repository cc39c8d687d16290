"""A leader who is lost is followed by the co-leader; without any, the clock brings the group home."""

from openbalint.protocol import commands as c
from openbalint.protocol.events import LeadPassed, LeftAlone
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import Room, Status, audience_of, fold
from openbalint.protocol.views import Audience
from tests.protocol.stage import SUPERVISION, TWO_CASES, Stage, ann, bob, cora, lea, rui

FIVE_MINUTES = 300


def left_alone(kind: PhaseKind, stage: Stage | None = None) -> Stage:
    stage = (stage or Stage()).to(kind)
    for who in (lea, cora):
        stage.do(c.Leave(who))
    return stage


def test_both_leaders_give_every_command_and_the_lead_says_who_has_the_clock():
    stage = Stage().start()
    assert [seat.person for seat in stage.sees().circle if seat.lead] == [lea]
    stage.next(by=cora)
    assert stage.kind is PhaseKind.CALL


def test_a_lost_lead_passes_to_the_co_leader_and_does_not_come_back_by_itself():
    stage = Stage().start()
    stage.lose(lea)
    assert stage.log[-1] == LeadPassed(stage.now, cora)
    stage.back(lea)
    assert stage.session.lead == cora


def test_handing_over_needs_the_other_to_be_there():
    stage = Stage().start()
    stage.do(c.HandOver(lea, cora))
    assert stage.session.lead == cora
    stage.lose(lea)
    assert stage.refused(c.HandOver(cora, lea)) == "no-co-leader"
    assert stage.refused(c.HandOver(cora, bob)) == "no-co-leader"


def test_the_co_leader_can_take_over():
    stage = Stage().start()
    stage.do(c.HandOver(cora, cora))
    assert stage.session.lead == cora
    assert stage.do(c.HandOver(lea, cora)).events == ()


def test_a_co_leader_who_starts_alone_has_the_clock_also_when_the_leader_comes():
    stage = Stage(cast=())
    stage.come("cora", c.Seat.CO_LEADER)
    stage.come("ann")
    stage.do(c.Start(cora, stage.script))
    stage.come("lea", c.Seat.LEADER)
    assert stage.session.lead == cora


def test_after_five_minutes_without_a_leader_the_clock_enters_the_return():
    stage = left_alone(PhaseKind.DISCUSSION)
    stage.wait(FIVE_MINUTES - 1)
    assert stage.kind is PhaseKind.DISCUSSION
    stage.wait(1)
    assert (stage.kind, stage.log[-1]) == (PhaseKind.RETURN, LeftAlone(stage.now))


def test_and_ends_the_session_after_its_minutes():
    stage = left_alone(PhaseKind.DISCUSSION)
    stage.wait(FIVE_MINUTES + 10 * 60 - 1)
    assert stage.session.status is Status.RUNNING
    stage.wait(1)
    assert stage.session.status is Status.LINGERING
    stage.wait(60)
    assert stage.session.status is Status.CLOSED


def test_where_nothing_is_told_it_enters_the_closing():
    stage = left_alone(PhaseKind.CALL)
    stage.wait(FIVE_MINUTES)
    assert stage.kind is PhaseKind.CLOSING


def test_where_the_script_has_no_return_it_enters_the_closing():
    stage = left_alone(PhaseKind.DISCUSSION, Stage(SUPERVISION))
    stage.wait(FIVE_MINUTES)
    assert stage.kind is PhaseKind.CLOSING


def test_who_has_returned_already_is_not_sent_back():
    stage = left_alone(PhaseKind.SETTLE, Stage(TWO_CASES))
    stage.wait(FIVE_MINUTES)
    assert stage.kind is PhaseKind.CLOSING


def test_without_the_presenter_it_enters_the_closing_and_lifts_the_pause():
    stage = left_alone(PhaseKind.DISCUSSION)
    stage.do(c.Leave(ann))
    assert stage.session.status is Status.PAUSED
    stage.wait(FIVE_MINUTES)
    assert (stage.kind, stage.session.status) == (PhaseKind.CLOSING, Status.RUNNING)


def test_in_the_return_itself_it_lifts_a_pause_and_keeps_the_rest_of_the_time():
    stage = Stage().to(PhaseKind.RETURN)
    stage.do(c.Pause(lea, stage.entry))
    for who in (lea, cora):
        stage.do(c.Leave(who))
    left = stage.session.clock.left
    stage.wait(FIVE_MINUTES)
    assert (stage.kind, stage.session.clock.ends_at) == (PhaseKind.RETURN, stage.now + left)


def test_a_closing_that_is_over_time_ends():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.wait(600)
    for who in (lea, cora):
        stage.do(c.Leave(who))
    stage.wait(FIVE_MINUTES)
    assert stage.session.status is Status.LINGERING


def test_a_leaders_coming_back_cancels_the_end_and_leaves_the_phase():
    stage = left_alone(PhaseKind.DISCUSSION)
    stage.wait(FIVE_MINUTES)
    stage.back(cora)
    stage.wait(20 * 60)
    assert (stage.kind, stage.session.status, stage.session.lead) == (PhaseKind.RETURN, Status.RUNNING, cora)


def test_a_leaders_coming_back_in_time_cancels_the_move_too():
    stage = left_alone(PhaseKind.DISCUSSION)
    stage.wait(FIVE_MINUTES - 1)
    stage.back(lea)
    stage.wait(600)
    assert stage.kind is PhaseKind.DISCUSSION


def test_leaders_see_how_long_a_circle_has_been_left():
    stage = left_alone(PhaseKind.DISCUSSION)
    assert (stage.leaders().no_leader_until - stage.now).total_seconds() == FIVE_MINUTES
    assert not stage.sees().leader_here


def test_a_leader_who_presents_is_only_a_presenter_from_telling_to_return():
    stage = Stage().to(PhaseKind.TELLING, presenter=cora)
    assert audience_of(stage.room, cora) is Audience.CIRCLE
    assert stage.refused(c.Next(cora, stage.entry)) == "not-yours"
    stage.next()
    stage.next()
    stage.do(c.StepBackNow(lea, stage.entry))
    assert not stage.rights(cora).speak


def test_the_leader_who_presents_hands_the_clock_over_by_that():
    stage = Stage().to(PhaseKind.CALL, presenter=lea)
    stage.next(by=cora)
    assert stage.session.lead == cora


def test_after_the_return_the_commands_come_back():
    stage = Stage().to(PhaseKind.RETURN, presenter=cora)
    stage.next()
    assert audience_of(stage.room, cora) is Audience.LEADERS


def test_a_leader_who_presents_does_not_count_as_a_leader_who_is_there():
    stage = Stage().to(PhaseKind.DISCUSSION, presenter=cora)
    stage.do(c.Leave(lea))
    assert not stage.sees().leader_here
    stage.wait(FIVE_MINUTES)
    assert stage.kind is PhaseKind.RETURN


def test_if_no_other_leader_is_there_at_return_the_commands_come_back_then():
    stage = Stage().to(PhaseKind.DISCUSSION, presenter=cora)
    stage.do(c.Leave(lea))
    stage.wait(FIVE_MINUTES)
    assert audience_of(stage.room, cora) is Audience.LEADERS
    stage.wait(1200)
    assert stage.session.status is Status.RUNNING
    stage.next(by=cora)
    assert stage.kind is PhaseKind.CLOSING


def test_a_lone_leader_cannot_be_named():
    stage = Stage().to(PhaseKind.CALL)
    stage.lose(cora)
    stage.do(c.SetOffer(lea, lea, offered=True))
    assert stage.refused(c.NamePresenter(lea, lea)) == "lone-leader"


def test_a_named_leader_left_alone_does_not_begin_to_tell():
    stage = Stage().to(PhaseKind.CALL, presenter=lea)
    stage.lose(cora)
    assert stage.refused(c.Next(lea, stage.entry)) == "lone-leader"


def test_after_a_crash_the_five_minutes_stand_still():
    stage = left_alone(PhaseKind.DISCUSSION)
    stage.wait(100)
    since = stage.now
    stage.room = Room(fold(stage.log))
    stage.do(c.Adopt(since), after=1000)
    for who in (ann, bob, rui):
        stage.back(who)
    assert (stage.leaders().no_leader_until - stage.now).total_seconds() == FIVE_MINUTES - 100 - 3
