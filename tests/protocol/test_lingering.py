"""The end: a lingering minute, then closed; check-outs stay with the leaders for a quarter of an hour."""

from openbalint.protocol import commands as c
from openbalint.protocol.commands import CheckOutMood
from openbalint.protocol.effects import ApplyRights, CloseRoom
from openbalint.protocol.events import Closed
from openbalint.protocol.rights import Rights, Why
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import Room, Status, audience_of, fold, next_deadline
from openbalint.protocol.views import Audience, DoorStage, View
from tests.people import Somebody
from tests.protocol.stage import Stage, ann, bob, cora, lea, rui

QUARTER = 15 * 60


def ended(kind: PhaseKind = PhaseKind.CLOSING) -> Stage:
    stage = Stage().to(kind)
    stage.do(c.End(lea, stage.entry))
    return stage


def test_end_goes_from_anywhere_to_lingering_and_all_may_speak():
    stage = ended(PhaseKind.DISCUSSION)
    assert stage.session.status is Status.LINGERING
    assert {lea, cora, ann, bob, rui} < stage.speakers()


def test_the_big_screen_is_empty_then():
    stage = ended()
    assert stage.sees(Audience.SCREEN).circle
    stage.do(c.End(lea, stage.entry))
    assert stage.sees(Audience.SCREEN) == View(Audience.SCREEN, 0, Status.CLOSED)


def test_after_a_minute_it_closes_and_nobody_hears_anybody():
    stage = ended()
    stage.wait(59)
    assert stage.session.status is Status.LINGERING
    stage.wait(1)
    assert (stage.session.status, stage.rights(bob)) == (Status.CLOSED, Rights(why=Why.CLOSED))


def test_end_in_lingering_closes_at_once_and_says_so_to_the_world():
    stage = ended()
    done = stage.do(c.End(cora, stage.entry))
    assert done.events == (Closed(stage.now),)
    assert [type(effect) for effect in done.effects] == [ApplyRights, CloseRoom]


def test_only_those_seen_may_come_back():
    stage = ended()
    stage.lose(bob)
    stage.back(bob)
    stage.come(Somebody("Zoe"))
    assert (stage.rights(bob).speak, stage.rights("zoe").why) == (True, Why.WAITING)
    assert stage.sees(Audience.DOOR).stage is DoorStage.LINGERING


def test_one_tap_checks_out_and_the_last_one_counts():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.do(c.CheckOut(bob, CheckOutMood.CALM))
    stage.do(c.End(lea, stage.entry))
    stage.do(c.CheckOut(bob, CheckOutMood.RING_ME))
    stage.do(c.CheckOut(rui, CheckOutMood.STIRRED))
    assert stage.leaders().check_outs == {bob: CheckOutMood.RING_ME, rui: CheckOutMood.STIRRED}
    assert not any("ring-me" in repr(stage.sees(a)) for a in Audience if a is not Audience.LEADERS)
    assert "check" not in repr(stage.log).lower()


def test_nobody_checks_out_before_the_closing():
    stage = Stage().to(PhaseKind.RETURN)
    assert (stage.sees().check_out_open, stage.refused(c.CheckOut(bob, CheckOutMood.CALM))) == (False, "not-now")


def test_the_leaders_view_stays_for_a_quarter_of_an_hour_for_them_alone():
    stage = ended()
    stage.do(c.CheckOut(bob, CheckOutMood.RING_ME))
    stage.wait(60)
    assert {who: audience_of(stage.room, who) for who in (lea, cora, bob)} == {
        lea: Audience.LEADERS,
        cora: Audience.LEADERS,
        bob: None,
    }
    assert stage.leaders().check_outs == {bob: CheckOutMood.RING_ME}
    stage.wait(QUARTER)
    assert (audience_of(stage.room, lea), stage.leaders().check_outs, next_deadline(stage.room)) == (None, {}, None)


def test_nothing_of_it_is_in_the_log_so_a_restart_forgets_it():
    stage = ended()
    stage.do(c.CheckOut(bob, CheckOutMood.RING_ME))
    stage.wait(60)
    assert isinstance(stage.log[-1], Closed)
    stage.wait(QUARTER)
    assert isinstance(stage.log[-1], Closed)
    assert audience_of(Room(fold(stage.log)), lea) is None


def test_the_leaders_private_line_is_seen_by_leaders_and_forgotten():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.WriteLine(cora, "  shall we slow down?  "))
    assert [(line.by, line.text) for line in stage.leaders().line] == [(cora, "shall we slow down?")]
    assert not any("slow" in repr(stage.sees(a)) for a in Audience if a is not Audience.LEADERS)
    assert "slow" not in repr(stage.log)
    assert stage.refused(c.WriteLine(cora, "x" * 301)) == "too-long"
    assert stage.refused(c.WriteLine(cora, " ")) == "bad-value"
    assert stage.refused(c.WriteLine(bob, "me too")) == "not-yours"
