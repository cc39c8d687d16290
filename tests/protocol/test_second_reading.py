"""Rare courses of a session in which the rule is easily missed."""

from dataclasses import replace
from datetime import timedelta

from openbalint.protocol import commands as c
from openbalint.protocol.commands import Seat
from openbalint.protocol.record import record
from openbalint.protocol.scripts import Part, PhaseKind, Picture
from openbalint.protocol.session import Status, audience_of
from openbalint.protocol.views import Audience, Away, CardsState
from tests.people import CORA
from tests.protocol.stage import CAST, TWO_CASES, Stage, ann, bob, cora, lea, rui

# ── presenting ───────────────────────────────────────────────────────────────────────────────────────────────


def test_who_has_a_phone_is_not_named_without_an_offer_because_a_leader_ticked_them_in():
    stage = Stage().to(PhaseKind.OPENING)
    stage.do(c.TickIn(lea, bob, Seat.MEMBER))
    assert stage.refused(c.NamePresenter(lea, bob)) == "no-offer"
    assert stage.refused(c.SetOffer(lea, bob, offered=True)) == "not-yours"
    stage.lose(bob)
    stage.do(c.NamePresenter(lea, bob))
    assert stage.session.named == bob


def test_who_was_seated_outside_after_the_return_does_not_step_back_again():
    stage = Stage(replace(TWO_CASES, picture=Picture.CLOSED)).to(PhaseKind.SETTLE)
    stage.do(c.Reseat(ann, Seat.OBSERVER))
    assert stage.refused(c.GoTo(lea, stage.entry, Part.CASE, 1, 5)) == "presenter-not-here"


def test_a_leader_who_presented_and_leads_alone_stays_in_the_circle():
    stage = Stage().to(PhaseKind.RETURN, presenter=cora)
    stage.next()
    stage.lose(lea)
    assert stage.refused(c.GoTo(cora, stage.entry, Part.CASE, 1, 5)) == "lone-leader"
    stage.do(c.GoTo(cora, stage.entry, Part.CASE, 1, 6))
    assert stage.kind is PhaseKind.RETURN


def test_the_assistant_brings_nobody_back_who_has_not_told():
    stage = Stage().to(PhaseKind.CALL)
    stage.do(c.SetAssistant(lea, rui))
    for leader in (lea, cora):
        stage.do(c.Leave(leader))
    assert stage.refused(c.GoTo(rui, stage.entry, Part.CASE, 1, 6)) == "not-yours"


# ── two presses of two leaders ───────────────────────────────────────────────────────────────────────────────


def test_two_leaders_who_add_the_same_person_of_the_case_add_one():
    stage = Stage().to(PhaseKind.DISCUSSION)
    for leader in (lea, cora):
        stage.do(c.AddFigure(leader, c.FigureCode.MOTHER, number=1))
    mothers = [figure for figure in stage.sees().figures if figure.code is c.FigureCode.MOTHER]
    assert len(mothers) == 1
    assert stage.refused(c.AddFigure(lea, c.FigureCode.FATHER, number=2)) == "bad-value"


def test_two_leaders_who_tap_the_same_voice_count_it_once():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.TickVoice(lea, 1, 1, voices=1))
    assert stage.refused(c.TickVoice(cora, 1, 1, voices=1)) == "stale"
    stage.do(c.TickVoice(cora, 1, 1, voices=2))
    assert stage.sees().figures[0].voices == 2


# ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_while_cards_are_written_nobody_is_called_in():
    stage = Stage().to(PhaseKind.SILENCE)
    stage.do(c.SetCalledIn(lea, stage.entry, called=True))
    stage.do(c.OpenCards(lea, stage.entry))
    assert ann not in stage.speakers()
    assert stage.refused(c.SetCalledIn(lea, stage.entry, called=True)) == "not-now"


def test_cards_are_put_away_where_the_leaders_are_gone_and_people_stay_in_their_phase():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.do(c.OpenCards(lea, stage.entry))
    for leader in (lea, cora):
        stage.do(c.Leave(leader))
    stage.wait(301)
    assert (stage.kind, stage.sees().cards.state) == (PhaseKind.CLOSING, CardsState.NONE)
    assert bob in stage.speakers()


def test_the_card_of_somebody_let_go_is_not_turned():
    stage = Stage().to(PhaseKind.SILENCE)
    stage.do(c.OpenCards(lea, stage.entry))
    stage.do(c.WriteCard(bob, "a hand on a door"))
    stage.do(c.Reseat(bob, None))
    stage.do(c.TurnCards(lea, stage.entry))
    assert stage.sees(Audience.CIRCLE).cards.texts == ()


# ── what is told to whom ─────────────────────────────────────────────────────────────────────────────────────


def test_a_leader_away_at_the_very_end_still_sees_whom_to_ring():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.do(c.CheckOut(bob, c.CheckOutMood.RING_ME))
    stage.do(c.End(lea, stage.entry))
    stage.do(c.Disconnect(lea))
    stage.wait(70)
    assert stage.session.status is Status.CLOSED
    stage.do(c.Connect(lea, Seat.LEADER))
    assert audience_of(stage.room, lea) is Audience.LEADERS


def test_the_leaders_line_is_not_for_who_leads_later():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.WriteLine(lea, "Bob is quiet today"))
    stage.do(c.Reseat(bob, Seat.CO_LEADER))
    assert stage.leaders().line == ()


def test_who_was_taken_aside_and_left_is_shown_as_gone():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.NeedToStop(bob))
    stage.do(c.AnswerStop(lea, bob, c.StopAnswer.ASIDE, stage.entry))
    assert {seat.person: seat.away for seat in stage.sees().circle if seat.away} == {cora: Away.ASIDE, bob: Away.ASIDE}
    assert [seat.person for seat in stage.sees(Audience.SCREEN).circle if seat.away] == []
    stage.do(c.Leave(bob))
    assert {seat.person: seat.away for seat in stage.sees().circle if seat.away}[bob] is Away.LEFT


def test_the_number_of_events_is_told_to_leaders_alone():
    stage = Stage().to(PhaseKind.DISCUSSION)
    before = stage.sees(Audience.CIRCLE)
    stage.do(c.Extend(lea, stage.entry, stage.session.clock.minutes + 3))
    assert stage.sees(Audience.CIRCLE) == before
    assert stage.sees().seq == stage.session.seq


# ── the record ───────────────────────────────────────────────────────────────────────────────────────────────


def test_who_looked_in_before_and_came_late_is_late():
    stage = Stage(cast=())
    stage.do(c.Plan(stage.now + timedelta(hours=3)))
    stage.come(bob)
    stage.do(c.Leave(bob))
    stage.wait((stage.session.planned_at - stage.now).total_seconds())
    for one in CAST:
        if one is not CORA and one.name.lower() != bob:
            stage.come(one)
    stage.start()
    stage.wait(1800)
    stage.back(bob)
    stage.do(c.End(lea, stage.entry))
    late = {one.person: round(one.late_minutes) for one in record(stage.log).attendance}
    assert (late[bob], late[ann]) == (30, 0)
