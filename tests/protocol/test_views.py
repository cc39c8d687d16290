"""Who sees what, cell by cell. The session of these tests holds one of everything that could leak."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import Seat
from openbalint.protocol.rights import Rights
from openbalint.protocol.scripts import Cue, CueCode, Floor, Intervention, Part, PhaseKind
from openbalint.protocol.session import Status, audience_of
from openbalint.protocol.shipped import SHIPPED
from openbalint.protocol.views import (
    Audience,
    Away,
    CardsState,
    DoorStage,
    LeadersView,
    LineView,
    SeatView,
    StopView,
    View,
    WaitingView,
)
from tests.people import Somebody
from tests.protocol.stage import CAST, NOON, TWO_CASES, Stage, ann, bob, cora, eve, lea, olga, rui

INSIDE = (Audience.LEADERS, Audience.ASSISTANT, Audience.CIRCLE)
OUTSIDE = (Audience.SCREEN, Audience.DOOR)
GUS = Somebody("Gus", Seat.GUEST)
ODA = Somebody("Oda", Seat.OBSERVER)


def full() -> Stage:
    """Discussion: a presenter back and called in, hands, voices, persons, a signal, a stop, a line, somebody waiting."""
    stage = Stage(TWO_CASES, cast=(*CAST, GUS, ODA))
    stage.do(c.Admit(lea, "oda"))
    stage.to(PhaseKind.DISCUSSION)
    stage.do(c.SetAssistant(lea, rui))
    stage.do(c.SetLock(lea, locked=True))
    stage.do(c.AddFigure(cora, c.FigureCode.MOTHER))
    stage.do(c.TakeVoice(bob, 2))
    stage.do(c.SetHand(olga, raised=True))
    stage.do(c.SetCalledIn(lea, stage.entry, called=True))
    stage.do(c.ShowCue(lea, CueCode.BLAME))
    stage.do(c.SendSignal(bob, c.SignalKind.HURT))
    stage.do(c.WriteLine(lea, "a private word"))
    stage.do(c.NeedToStop(ann))
    stage.wait(9)
    return stage


STAGE = full()
SEEN = {audience: STAGE.sees(audience) for audience in Audience}


def told(audience: Audience) -> set[str]:
    """What a view holds beside the defaults."""
    view, empty = SEEN[audience], View(audience, 0, Status.RUNNING)
    return {field.name for field in fields(View) if getattr(view, field.name) != getattr(empty, field.name)}


COMMON = {
    "method",
    "entry",
    "case",
    "way",
    "now",
    "floor",
    "floors",
    "circle",
    "ring",
    "presenter",
    "back",
    "called_in",
    "queue",
    "figures",
    "place",
    "cue",
    "signals_open",
    "sound",
    "assistant",
    "locked",
    "may_voice",
}


def test_each_audience_is_told_this_and_nothing_else():
    assert {audience: told(audience) for audience in Audience} == {
        Audience.LEADERS: COMMON | {"seq", "leaders"},
        Audience.ASSISTANT: COMMON,
        Audience.CIRCLE: COMMON,
        Audience.SCREEN: {"method", "case", "way", "now", "circle", "ring", "back", "place"},
        Audience.DOOR: {"locked", "stage", "held"},
    }


def test_phase_case_entry_and_chairs_are_the_same_for_all_inside():
    def common(view: View) -> tuple:
        return (view.way, view.now, view.case, view.entry, view.circle, view.ring)

    assert common(SEEN[Audience.LEADERS]) == common(SEEN[Audience.ASSISTANT]) == common(SEEN[Audience.CIRCLE])


def test_the_chairs_say_seat_rights_away_back_and_as_whom():
    chairs = {seat.person: seat for seat in SEEN[Audience.CIRCLE].circle}
    assert list(chairs) == [lea, cora, ann, bob, olga, rui]
    assert chairs[bob] == SeatView(bob, Seat.MEMBER, STAGE.rights(bob), speaks_as=2, voices=True)
    assert chairs[ann] == SeatView(ann, Seat.MEMBER, STAGE.rights(ann), back=True, presenting=True)
    assert chairs[lea] == SeatView(lea, Seat.LEADER, STAGE.rights(lea), lead=True)


def test_the_big_screen_has_the_chairs_without_rights_voices_or_who_leads():
    chairs = {seat.person: seat for seat in SEEN[Audience.SCREEN].circle}
    assert list(chairs) == [lea, cora, ann, bob, olga, rui]
    assert chairs[ann] == SeatView(ann, Seat.MEMBER, Rights(), back=True, presenting=True)
    assert chairs[bob] == SeatView(bob, Seat.MEMBER, Rights())
    assert chairs[lea] == SeatView(lea, Seat.LEADER, Rights())


def test_floor_queue_figures_cue_and_calling_in_are_told_inside():
    for audience in INSIDE:
        view = SEEN[audience]
        assert (view.floor, view.queue, view.cue, view.called_in) == (Floor.OPEN, (olga,), CueCode.BLAME, True)
        assert [figure.code.value for figure in view.figures] == ["doctor", "mother"]


def test_the_leaders_part():
    part = SEEN[Audience.LEADERS].leaders
    assert part == LeadersView(
        times=part.times,
        next=part.next,
        targets=part.targets,
        waiting=(WaitingView("gus", Seat.GUEST, late=True, away=False),),
        signals={c.SignalKind.HURT: 1},
        check_outs={},
        stops=(StopView(ann),),
        line=(LineView(lea, "a private word"),),
        pause_reason=None,
    )
    assert (part.times.cases, part.times.minutes, part.next.kind) == (2, 16, PhaseKind.RETURN)


@pytest.mark.parametrize("audience", [Audience.ASSISTANT, Audience.CIRCLE, Audience.SCREEN, Audience.DOOR])
def test_nobody_else_has_it(audience):
    assert SEEN[audience].leaders is None
    for secret in ("hurt", "private word", "gus", "StopView", "TimesView"):
        assert secret not in repr(SEEN[audience])


def test_the_persons_of_other_cases_are_for_leaders_alone():
    stage = Stage(TWO_CASES).to(PhaseKind.DISCUSSION)
    stage.do(c.AddFigure(lea, c.FigureCode.MOTHER))
    stage.do(c.SetAssistant(lea, rui))
    stage.do(c.SetDoor(lea, to_assistant=True))
    stage.go(Part.CASE, 2, 0)
    stage.go(Part.CLOSING, 2, 0)
    told = {audience: "mother" in repr(stage.sees(audience)) for audience in Audience}
    assert told == {**dict.fromkeys(Audience, False), Audience.LEADERS: True}
    assert stage.sees(Audience.ASSISTANT).leaders == LeadersView(waiting=())


def test_the_assistant_sees_who_waits_with_the_door():
    stage = full()
    stage.do(c.SetDoor(lea, to_assistant=True))
    waiting = (WaitingView("gus", Seat.GUEST, late=True, away=False),)
    assert stage.sees(Audience.ASSISTANT).leaders == LeadersView(waiting=waiting)


def test_the_assistant_sees_who_waits_and_who_needs_to_stop_without_a_leader():
    stage = full()
    for who in (lea, cora):
        stage.do(c.Leave(who))
    waiting = (WaitingView("gus", Seat.GUEST, late=True, away=False),)
    assert stage.sees(Audience.ASSISTANT).leaders == LeadersView(waiting=waiting, stops=(StopView(ann),))


def test_the_door_has_no_names_not_even_of_others_waiting():
    assert SEEN[Audience.DOOR] == View(
        Audience.DOOR, 0, Status.RUNNING, locked=True, stage=DoorStage.OUT, held=True, leader_here=True
    )


@pytest.mark.parametrize(
    ("kind", "stage", "held"),
    [
        (PhaseKind.OPENING, DoorStage.OPEN, False),
        (PhaseKind.CALL, DoorStage.OPEN, False),
        (PhaseKind.TELLING, DoorStage.CASE, True),
        (PhaseKind.FEELINGS, DoorStage.OUT, True),
        (PhaseKind.RETURN, DoorStage.CASE, True),
        (PhaseKind.CLOSING, DoorStage.CLOSING, False),
    ],
)
def test_the_door_says_where_the_group_is(kind, stage, held):
    view = Stage().to(kind).sees(Audience.DOOR)
    assert (view.stage, view.held) == (stage, held)


def test_who_waits_for_the_beginning_is_told_when_it_is_planned():
    stage, planned = Stage(), NOON + timedelta(hours=1)
    stage.do(c.Plan(planned))
    assert stage.sees(Audience.DOOR).begins == planned
    assert stage.start().sees(Audience.DOOR).begins is None


def test_the_door_of_lobby_break_pause_and_end():
    stage = Stage(TWO_CASES)
    assert stage.sees(Audience.DOOR).stage is DoorStage.LOBBY
    stage.to(PhaseKind.SETTLE)
    stage.next()
    assert stage.sees(Audience.DOOR).stage is DoorStage.BREAK
    stage.do(c.Pause(lea, stage.entry))
    assert (stage.sees(Audience.DOOR).stage, stage.sees(Audience.DOOR).status) == (DoorStage.BREAK, Status.RUNNING)
    stage.do(c.End(lea, stage.entry))
    assert stage.sees(Audience.DOOR).stage is DoorStage.LINGERING
    stage.wait(60)
    assert stage.sees(Audience.DOOR).stage is DoorStage.CLOSED


def test_the_reason_of_a_pause_is_for_leaders():
    stage = full()
    stage.do(c.AnswerStop(lea, ann, c.StopAnswer.ASIDE, stage.entry))
    assert stage.leaders().pause_reason == "aside"
    for audience in (*INSIDE[1:], *OUTSIDE):
        assert "aside" not in repr(stage.sees(audience).leaders)


def test_turned_cards_are_for_who_is_seated_and_their_number_for_leaders():
    stage = Stage().to(PhaseKind.SILENCE)
    stage.do(c.OpenCards(lea, stage.entry))
    stage.do(c.WriteCard(bob, "a small bird"))
    written = {audience: stage.sees(audience).cards.written for audience in Audience}
    stage.do(c.TurnCards(lea, stage.entry))
    texts = {audience: stage.sees(audience).cards.texts for audience in Audience}
    assert written == {**dict.fromkeys(Audience, None), Audience.LEADERS: 1}
    assert texts == {**dict.fromkeys(Audience, ()), **dict.fromkeys(INSIDE, ("a small bird",))}


def test_the_silence_dims_for_all_inside_and_on_the_big_screen():
    stage = Stage().to(PhaseKind.SILENCE)
    assert {audience: stage.sees(audience).dim for audience in Audience} == {
        **dict.fromkeys((*INSIDE, Audience.SCREEN), True),
        Audience.DOOR: False,
    }


def test_members_see_no_numbers_of_time():
    assert "timedelta" not in repr(SEEN[Audience.CIRCLE])
    assert "datetime" not in repr(SEEN[Audience.CIRCLE])


def test_which_audience_a_person_has_follows_from_the_state():
    assert {who: audience_of(STAGE.room, who) for who in (lea, cora, ann, bob, rui, "oda", "gus", eve)} == {
        lea: Audience.LEADERS,
        cora: Audience.LEADERS,
        ann: Audience.CIRCLE,
        bob: Audience.CIRCLE,
        rui: Audience.ASSISTANT,
        "oda": Audience.CIRCLE,
        "gus": Audience.DOOR,
        eve: None,
    }


def test_in_the_lobby_leaders_have_their_view_and_the_others_the_door():
    stage = Stage()
    assert {who: audience_of(stage.room, who) for who in (lea, bob)} == {lea: Audience.LEADERS, bob: Audience.DOOR}
    waiting = [one.person for one in stage.leaders().waiting]
    assert (stage.sees().circle, waiting) == ((), [lea, cora, ann, bob, olga, rui])


def test_who_has_left_sees_nothing():
    stage = Stage().start()
    stage.do(c.Leave(bob))
    assert audience_of(stage.room, bob) is None


def test_somebody_aside_is_seen_as_away_without_a_reason():
    stage = full()
    stage.do(c.AnswerStop(lea, ann, c.StopAnswer.ASIDE, stage.entry))
    assert {seat.person for seat in stage.sees(Audience.CIRCLE).circle if seat.away is Away.ASIDE} == {ann, cora}


def test_what_leaders_see_of_the_time_hides_in_a_moment_of_silence_and_in_a_pause():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert stage.leaders().times.ends_at is not None
    stage.do(c.SetSilence(lea, stage.entry, silent=True))
    assert stage.leaders().times.ends_at is None
    stage.do(c.Pause(lea, stage.entry))
    assert (stage.leaders().times.ends_at, stage.leaders().times.left_s) == (None, 24 * 60 - 2.0)
    assert stage.leaders().times.started_at > NOON


def test_a_view_before_the_start_is_nearly_empty():
    assert Stage().sees(Audience.SCREEN) == View(Audience.SCREEN, 0, Status.LOBBY)
    assert Stage().sees(Audience.CIRCLE).cards.state is CardsState.NONE


def test_an_intervention_is_shown_in_the_words_of_the_script():
    said = Cue("Let us not mend it yet.", "先不修补。")
    script = replace(SHIPPED["balint-60"], interventions=(Intervention(CueCode.ADVICE, said),))
    stage = Stage(script).to(PhaseKind.DISCUSSION)
    shown = []
    for code in (None, CueCode.ADVICE, CueCode.BLAME):
        stage.do(c.ShowCue(lea, code))
        shown.append({audience: stage.sees(audience).cue_words for audience in (Audience.CIRCLE, Audience.SCREEN)})
    assert [seen[Audience.CIRCLE] for seen in shown] == [None, said, None]
    assert {seen[Audience.SCREEN] for seen in shown} == {None}
    assert stage.sees(Audience.LEADERS).leaders.interventions == script.interventions
    assert stage.sees(Audience.CIRCLE).leaders is None


def test_where_nobody_steps_back_the_return_is_a_response():
    once = SHIPPED["balint-60"]
    never = replace(once, case=tuple(replace(phase, out=False) for phase in once.case))
    seen = [Stage(script).to(PhaseKind.DISCUSSION).sees() for script in (once, never)]
    assert [[step.kind for step in view.way if step.response] for view in seen] == [[], [PhaseKind.RETURN]]
