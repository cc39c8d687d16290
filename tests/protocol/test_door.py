"""Coming in: chairs, late-comers, the lock, who needs admitting, the room without devices."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import Seat
from openbalint.protocol.events import Admitted, Arrived, Returned, Seated
from openbalint.protocol.scripts import Part, PhaseKind
from openbalint.protocol.session import Status, audience_of
from openbalint.protocol.views import Audience, Away, WaitingView
from tests.people import Somebody
from tests.protocol.stage import (
    CAST,
    SUPERVISION,
    TRAINING,
    TWO_CASES,
    Stage,
    ann,
    bob,
    cora,
    crowd,
    eve,
    lea,
    olga,
    rui,
)

GUS = Somebody("Gus", Seat.GUEST)
ODA = Somebody("Oda", Seat.OBSERVER)
TOM = Somebody("Tom", Seat.TRAINER)
ZOE = Somebody("Zoe")


def chairs(stage: Stage) -> list[str]:
    return [seat.person for seat in stage.sees().circle]


def ring(stage: Stage) -> list[str]:
    return [seat.person for seat in stage.sees().ring]


def waiting(stage: Stage) -> list[str]:
    return [one.person for one in stage.leaders().waiting]


def test_start_seats_leaders_first_then_by_arrival():
    stage = Stage(cast=())
    for one in ("rui", "bob"):
        stage.come(one)
    stage.come("cora", Seat.CO_LEADER)
    stage.come("lea", Seat.LEADER)
    stage.come("ann")
    assert chairs(stage.start()) == [lea, cora, rui, bob, ann]


def test_the_sixteenth_chair_is_refused():
    stage = Stage(cast=crowd(15)).start()
    assert (len(chairs(stage)), waiting(stage)) == (15, ["m13", "m14"])
    assert stage.refused(c.Admit(lea, "m14")) == "circle-full"
    assert stage.refused(c.TickIn(lea, "new", Seat.MEMBER)) == "circle-full"


def test_a_freed_chair_is_taken_by_who_waited_longest():
    stage = Stage(cast=crowd(15)).start()
    stage.do(c.SendOut(lea, "m03"))
    assert (chairs(stage)[-1], waiting(stage)) == ("m13", ["m03", "m14"])


def test_a_leader_finds_a_chair_in_a_full_circle():
    stage = Stage(cast=[one for one in crowd(15) if one.name != "Cora"]).start()
    stage.come("cora", Seat.CO_LEADER)
    assert cora in chairs(stage)


def test_whom_the_meeting_does_not_know_is_not_found():
    assert Stage().refused(c.Connect(eve, None)) == "not-found"
    assert Stage().refused(c.Next(eve, 0)) == "not-found"
    assert Stage().start().refused(c.TickIn(lea, eve, None)) == "not-found"


def test_the_log_is_self_contained():
    stage = Stage(cast=())
    stage.come(ZOE)
    assert stage.log == [Arrived(stage.now, "zoe", Seat.MEMBER, c.FigureCode.DOCTOR)]


def test_before_telling_who_comes_sits_down():
    stage = Stage().to(PhaseKind.CALL)
    stage.come(ZOE)
    assert chairs(stage)[-1] == "zoe"
    assert stage.log[-1] == Seated(stage.now, "zoe")


@pytest.mark.parametrize("kind", [PhaseKind.TELLING, PhaseKind.SILENCE, PhaseKind.RETURN])
def test_from_telling_on_late_comers_wait(kind):
    stage = Stage().to(kind)
    stage.come(ZOE)
    assert stage.leaders().waiting == (WaitingView("zoe", Seat.MEMBER, late=True, away=False),)
    assert stage.sees(Audience.DOOR).held


def test_late_comers_come_in_at_the_closing():
    stage = Stage().to(PhaseKind.RETURN)
    stage.come(ZOE)
    stage.next()
    assert chairs(stage)[-1] == "zoe"


def test_late_comers_come_in_at_the_break():
    stage = Stage(TWO_CASES).to(PhaseKind.SETTLE)
    stage.come(ZOE)
    assert "zoe" not in chairs(stage)
    stage.next()
    assert (stage.kind, chairs(stage)[-1]) == (PhaseKind.BREAK, "zoe")


def test_late_comers_come_in_when_the_call_is_entered_backwards():
    stage = Stage().to(PhaseKind.TELLING)
    stage.come(ZOE)
    stage.go(Part.CASE, 1, 0)
    assert chairs(stage)[-1] == "zoe"


def test_between_two_told_cases_late_comers_come_in_though_the_next_begins_with_telling():
    stage = Stage(SUPERVISION).to(PhaseKind.CLARIFYING)
    stage.come(ZOE)
    stage.name(bob)
    stage.next()
    assert (stage.kind, "zoe" in chairs(stage)) == (PhaseKind.TELLING, True)


def test_leaders_admit_a_late_comer_into_the_case():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.come(ZOE)
    stage.do(c.Admit(cora, "zoe"))
    assert chairs(stage)[-1] == "zoe"
    assert stage.do(c.Admit(lea, "zoe")).events == ()


def test_a_late_leader_is_never_held_not_even_by_the_lock():
    stage = Stage(cast=[one for one in CAST if one.name != "Cora"]).to(PhaseKind.DISCUSSION)
    stage.do(c.SetLock(lea, locked=True))
    stage.come("cora", Seat.CO_LEADER)
    assert cora in chairs(stage)


def test_the_lock_holds_newcomers_and_opening_it_lets_them_in():
    stage = Stage().start()
    stage.do(c.SetLock(lea, locked=True))
    stage.come(ZOE)
    assert (waiting(stage), stage.sees(Audience.DOOR).locked) == (["zoe"], True)
    stage.do(c.SetLock(cora, locked=False))
    assert "zoe" in chairs(stage)


def test_a_leader_admits_through_the_lock():
    stage = Stage().start()
    stage.do(c.SetLock(lea, locked=True))
    stage.come(ZOE)
    stage.do(c.Admit(lea, "zoe"))
    assert "zoe" in chairs(stage)


def test_who_has_sat_comes_back_at_once_to_the_same_chair_also_through_a_lock():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SetLock(lea, locked=True))
    before = chairs(stage)
    stage.lose(bob)
    stage.back(bob)
    assert (chairs(stage), stage.log[-1]) == (before, Returned(stage.now, bob))
    assert stage.rights(bob).speak


def test_a_guest_waits_until_admitted():
    stage = Stage(cast=(*CAST, GUS)).start()
    assert waiting(stage) == ["gus"]
    stage.do(c.Admit(lea, "gus"))
    assert chairs(stage)[-1] == "gus"


def test_an_observer_waits_until_admitted_and_sits_in_the_outer_ring():
    stage = Stage(cast=(*CAST, ODA, TOM)).start()
    assert (waiting(stage), ring(stage)) == (["oda"], ["tom"])
    stage.do(c.Admit(lea, "oda"))
    assert ring(stage) == ["tom", "oda"]


def test_who_is_admitted_in_the_lobby_sits_at_the_start():
    stage = Stage(cast=(*CAST, GUS, ODA))
    done = stage.do(c.Admit(lea, "gus"))
    assert done.events == (Admitted(stage.now, "gus"),)
    assert stage.do(c.Admit(cora, "gus")).events == ()
    stage.start()
    assert ("gus" in chairs(stage), waiting(stage)) == (True, ["oda"])


def test_who_is_sent_out_has_no_rights_and_needs_admitting():
    stage = Stage().to(PhaseKind.OPENING)
    stage.do(c.SendOut(lea, bob))
    assert (waiting(stage), stage.rights(bob).hear, audience_of(stage.room, bob)) == ([bob], False, Audience.DOOR)
    stage.do(c.Disconnect(bob))
    stage.back(bob)
    assert waiting(stage) == [bob]
    stage.do(c.Admit(lea, bob))
    assert chairs(stage) == [lea, cora, ann, bob, olga, rui]


def test_who_is_sent_out_of_the_lobby_does_not_sit_at_the_start():
    stage = Stage()
    stage.do(c.SendOut(lea, bob))
    assert waiting(stage.start()) == [bob]


def test_a_leader_is_not_sent_out():
    assert Stage().start().refused(c.SendOut(lea, cora)) == "not-yours"


def test_the_presenter_who_is_sent_out_pauses_the_case():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SendOut(lea, ann))
    assert (stage.session.status, stage.leaders().pause_reason) == (Status.PAUSED, "presenter")


def test_members_do_not_open_the_door():
    stage = Stage(cast=(*CAST, GUS)).start()
    for command in (
        c.Admit(bob, "gus"),
        c.SendOut(bob, rui),
        c.SetLock(bob, locked=True),
        c.TickIn(bob, "x", Seat.MEMBER),
    ):
        assert stage.refused(command) == "not-yours"


def test_somebody_who_is_gone_is_not_admitted():
    stage = Stage().to(PhaseKind.TELLING)
    stage.come(ZOE)
    stage.lose("zoe")
    assert (waiting(stage), stage.refused(c.Admit(lea, "zoe"))) == ([], "not-here")
    assert stage.refused(c.Admit(lea, "nobody")) == "not-found"


def test_a_gap_of_under_twenty_seconds_is_seen_as_reconnecting_and_then_as_lost():
    stage = Stage().start()
    stage.do(c.Disconnect(bob))
    away = lambda: next(seat.away for seat in stage.sees().circle if seat.person == bob)  # noqa: E731
    assert away() is Away.RECONNECTING
    stage.wait(20)
    assert away() is Away.LOST
    stage.do(c.Leave(rui))
    assert next(seat.away for seat in stage.sees().circle if seat.person == rui) is Away.LEFT


def test_in_the_room_somebody_without_a_device_is_seated_by_a_leader():
    stage = Stage().start()
    stage.do(c.TickIn(lea, "zoe", Seat.MEMBER))
    seat = stage.sees().circle[-1]
    assert (seat.person, seat.in_room, seat.away) == ("zoe", True, None)


def test_in_the_room_nobody_is_ever_lost_also_when_a_phone_comes_and_sleeps():
    stage = Stage().start()
    stage.do(c.TickIn(lea, "zoe", Seat.MEMBER))
    stage.come(ZOE)
    stage.do(c.Disconnect("zoe"))
    stage.wait(600)
    assert stage.session.people["zoe"].here


def test_ticked_in_in_the_lobby_sits_at_the_start():
    stage = Stage()
    stage.do(c.TickIn(lea, "oda", Seat.OBSERVER))
    assert stage.leaders().waiting[-1] == WaitingView("oda", Seat.OBSERVER, late=False, away=False, in_room=True)
    assert ring(stage.start()) == ["oda"]


def test_ticked_out_somebody_without_a_device_is_gone():
    stage = Stage().start()
    stage.do(c.TickIn(lea, "zoe", Seat.MEMBER))
    stage.do(c.TickOut(lea, "zoe"))
    assert stage.sees().circle[-1].away is Away.LEFT
    assert stage.refused(c.TickOut(lea, "zoe")) == "not-here"


def test_ticked_out_somebody_with_a_device_stays_on_it():
    stage = Stage().start()
    stage.do(c.TickIn(lea, bob, Seat.MEMBER))
    stage.do(c.TickOut(lea, bob))
    assert stage.session.people[bob].here


def test_a_late_comer_who_is_ticked_in_sits_at_once():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.TickIn(lea, "zoe", Seat.MEMBER))
    assert chairs(stage)[-1] == "zoe"


def test_two_devices_of_one_person_are_one_person():
    stage = Stage().start()
    assert stage.do(c.Connect(bob, Seat.MEMBER)).events == ()


def test_what_somebody_is_follows_the_meeting_until_they_sit():
    stage = Stage(cast=(*CAST, GUS))
    stage.do(c.Connect("gus", Seat.MEMBER))
    stage.do(c.Connect("gus", Seat.MEMBER))
    stage.start()
    assert "gus" in chairs(stage)
    assert stage.do(c.Connect("gus", Seat.OBSERVER)).events == ()


def test_after_the_end_leaving_reconnecting_and_ticking_are_accepted_and_do_nothing():
    stage = Stage().start()
    stage.do(c.End(lea, stage.entry))
    stage.do(c.End(lea, stage.entry))
    for command in (c.Leave(bob), c.Disconnect(rui), c.Connect(rui, Seat.MEMBER), c.Tick(), c.Adopt(stage.now)):
        assert stage.do(command).events == ()
    assert stage.refused(c.Next(lea, stage.entry)) == "not-now"


def test_only_leaders_start():
    assert Stage().refused(c.Start(bob, TRAINING)) == "not-yours"


# ── what the group decides meanwhile ─────────────────────────────────────────────────────────────────────────


def test_a_member_who_becomes_co_leader_leads_at_once():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SetHand(bob, raised=True))
    done = stage.do(c.Reseat(bob, Seat.CO_LEADER))
    assert (done.events[0].seat, stage.session.word.hands) == (Seat.CO_LEADER, ())
    assert (audience_of(stage.room, bob), stage.rights(bob).speak) == (Audience.LEADERS, True)
    assert [chair.seat for chair in stage.sees().circle if chair.person == bob] == [Seat.CO_LEADER]
    stage.do(c.SetLock(bob, locked=True))


def test_a_leader_who_becomes_a_member_hands_the_clock_on():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.Reseat(lea, Seat.MEMBER))
    assert (stage.session.lead, audience_of(stage.room, lea)) == (cora, Audience.CIRCLE)
    assert stage.refused(c.Pause(lea, stage.entry)) == "not-yours"


def test_a_member_who_becomes_an_observer_moves_to_the_outer_ring_and_assists_no_more():
    stage = Stage().start()
    stage.do(c.SetAssistant(lea, bob))
    stage.do(c.SetOffer(bob, bob, offered=True))
    stage.do(c.Reseat(bob, Seat.OBSERVER))
    assert (bob in chairs(stage), [chair.person for chair in stage.sees().ring][-1]) == (False, bob)
    assert (stage.session.assistant, stage.session.offers, stage.rights(bob).speak) == (None, (), False)


def test_who_presents_keeps_the_chair_until_the_return_is_over():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert stage.refused(c.Reseat(ann, Seat.OBSERVER)) == "fixed"


def test_an_observer_finds_no_chair_in_a_full_circle():
    stage = Stage(cast=crowd(13)).start()
    stage.come("oda", Seat.OBSERVER)
    stage.do(c.Admit(lea, "oda"))
    assert (len(chairs(stage)), ring(stage)) == (15, ["oda"])
    assert stage.refused(c.Reseat("oda", Seat.MEMBER)) == "circle-full"


def test_who_is_no_longer_in_the_group_is_out_and_does_not_come_back():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.Reseat(bob, None))
    assert (bob in chairs(stage), audience_of(stage.room, bob)) == (False, None)
    assert stage.do(c.Disconnect(bob)).events == ()
    assert stage.refused(c.Connect(bob, None)) == "not-found"


def test_of_whom_the_session_does_not_know_nothing_is_changed():
    assert Stage().start().do(c.Reseat("nobody", Seat.MEMBER)).events == ()


def test_a_leader_can_be_let_go_and_the_group_is_not_left_alone():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.Reseat(lea, None))
    assert (stage.session.lead, stage.session.no_leader_at) == (cora, None)


def test_who_was_sent_out_and_is_made_a_leader_comes_in_at_once():
    stage = Stage().start()
    stage.do(c.SendOut(lea, bob))
    stage.do(c.Reseat(bob, c.Seat.CO_LEADER))
    assert stage.session.people[bob].seated


def test_a_leader_who_was_let_go_by_mistake_comes_in_at_once():
    stage = Stage().start()
    stage.do(c.Reseat(cora, None))
    stage.back(cora)
    assert stage.session.people[cora].seated
