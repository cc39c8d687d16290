"""Persons of the case, and speaking as one of them."""

from dataclasses import replace

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import FigureCode
from openbalint.protocol.scripts import Floor, Part, PhaseKind
from openbalint.protocol.views import Audience, CaseView, FigureView
from tests.protocol.stage import SUPERVISION, TWO_CASES, Stage, ann, bob, cora, lea, olga, one_case, rui


def as_whom(stage: Stage) -> dict[str, int]:
    return {seat.person: seat.speaks_as for seat in stage.sees().circle if seat.speaks_as}


def names(stage: Stage) -> list[tuple[str, str]]:
    return [(figure.code.value, figure.letter) for figure in stage.sees().figures]


def discussing(*codes: FigureCode) -> Stage:
    stage = Stage().to(PhaseKind.DISCUSSION)
    for code in codes:
        stage.do(c.AddFigure(cora, code))
    return stage


def test_the_presenters_place_is_always_there_with_the_presenters_profession():
    stage = Stage().to(PhaseKind.TELLING, presenter=bob)
    assert stage.sees().figures == (FigureView(1, FigureCode.NURSE, "", own=True, voices=0),)
    assert stage.sees().place is FigureCode.NURSE


def test_a_second_doctor_is_b():
    assert names(discussing(FigureCode.DOCTOR, FigureCode.MOTHER)) == [("doctor", "A"), ("doctor", "B"), ("mother", "")]


def test_at_most_two_of_a_code():
    stage = discussing(FigureCode.CHILD, FigureCode.CHILD)
    assert stage.refused(c.AddFigure(lea, FigureCode.CHILD)) == "figure-limit"


@pytest.mark.parametrize(
    "kind", [PhaseKind.TELLING, PhaseKind.FACTS, PhaseKind.SILENCE, PhaseKind.FEELINGS, PhaseKind.DISCUSSION]
)
def test_they_are_added_from_telling_to_discussion(kind):
    stage = Stage().to(kind)
    stage.do(c.AddFigure(lea, FigureCode.MOTHER))
    assert names(stage)[-1] == ("mother", "")


@pytest.mark.parametrize("kind", [PhaseKind.OPENING, PhaseKind.CALL, PhaseKind.RETURN, PhaseKind.CLOSING])
def test_and_at_no_other_time(kind):
    assert Stage().to(kind).refused(c.AddFigure(lea, FigureCode.MOTHER)) == "not-now"


def test_one_without_a_voice_can_be_taken_back():
    stage = discussing(FigureCode.MOTHER, FigureCode.CHILD)
    stage.do(c.RemoveFigure(lea, 2))
    assert names(stage) == [("doctor", ""), ("child", "")]
    stage.do(c.AddFigure(lea, FigureCode.FATHER))
    assert stage.sees().figures[-1].figure == 4


def test_one_with_a_voice_stays_and_so_does_the_presenters_place():
    stage = discussing(FigureCode.MOTHER)
    stage.do(c.TakeVoice(bob, 2))
    assert stage.refused(c.RemoveFigure(lea, 2)) == "figure-voiced"
    assert stage.refused(c.RemoveFigure(lea, 1)) == "fixed"
    assert stage.refused(c.RemoveFigure(lea, 9)) == "not-found"


def test_a_voice_is_one_taking_of_a_figure():
    stage = discussing(FigureCode.MOTHER)
    stage.do(c.TakeVoice(bob, 2))
    stage.do(c.TakeVoice(rui, 2))
    stage.do(c.TakeVoice(bob, 1))
    stage.do(c.TakeVoice(bob, 2))
    assert ([figure.voices for figure in stage.sees().figures], as_whom(stage)) == ([1, 3], {bob: 2, rui: 2})


def test_tapping_the_same_again_is_nothing():
    stage = discussing()
    stage.do(c.TakeVoice(bob, 1))
    assert stage.do(c.TakeVoice(bob, 1)).events == ()


def test_it_ends_by_a_tap_by_the_phase_and_by_loss():
    stage = Stage().to(PhaseKind.FEELINGS)
    for who in (bob, rui, olga):
        stage.do(c.TakeVoice(who, 1))
    stage.do(c.DropVoice(bob))
    stage.do(c.Leave(rui))
    assert as_whom(stage) == {olga: 1}
    stage.next()
    assert as_whom(stage) == {}


def test_in_a_round_it_ends_with_the_turn_and_is_only_for_the_turn():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.TakeVoice(rui, 1))
    stage.do(c.StartRound(lea, stage.entry, bob))
    assert as_whom(stage) == {}
    assert {stage.refused(c.TakeVoice(who, 1)) for who in (rui, lea)} == {"not-now"}
    stage.do(c.TakeVoice(bob, 1))
    stage.do(c.EndTurn(bob, stage.entry, bob))
    assert as_whom(stage) == {}


def test_leaders_may_too_and_the_presenter_who_is_back_may_not():
    stage = discussing()
    stage.do(c.TakeVoice(cora, 1))
    assert as_whom(stage) == {cora: 1}
    assert stage.refused(c.TakeVoice(ann, 1)) == "not-now"


@pytest.mark.parametrize("kind", [PhaseKind.FACTS, PhaseKind.SILENCE, PhaseKind.RETURN])
def test_only_in_feelings_and_discussion(kind):
    stage = Stage().to(kind)
    assert (stage.sees().may_voice, stage.refused(c.TakeVoice(bob, 1))) == (False, "not-now")


def test_a_person_of_the_case_that_is_not_there_is_not_found():
    assert discussing().refused(c.TakeVoice(bob, 7)) == "not-found"


def test_only_leaders_see_how_often():
    stage = discussing()
    stage.do(c.TakeVoice(bob, 1))
    counts = {
        a: [f.voices for f in stage.sees(a).figures] for a in (Audience.LEADERS, Audience.ASSISTANT, Audience.CIRCLE)
    }
    assert counts == {Audience.LEADERS: [1], Audience.ASSISTANT: [None], Audience.CIRCLE: [None]}


def test_leaders_tap_a_voice_for_who_is_in_the_room_or_for_the_group():
    stage = discussing()
    stage.do(c.TickIn(lea, "zoe", c.Seat.MEMBER))
    stage.do(c.TickVoice(cora, 1, 1, "zoe"))
    stage.do(c.TickVoice(cora, 1, 1))
    assert stage.sees().figures[0].voices == 2
    assert stage.refused(c.TickVoice(cora, 1, 1, bob)) == "not-found"
    assert stage.refused(c.TickVoice(cora, 2, 1)) == "not-found"


def test_also_of_an_earlier_case_until_the_session_closes_and_not_after():
    stage = Stage(TWO_CASES).to(PhaseKind.DISCUSSION)
    stage.go(stage.place.part, 2, 0)
    stage.do(c.TickVoice(lea, 1, 1))
    stage.do(c.End(lea, stage.entry))
    stage.do(c.TickVoice(lea, 1, 1))
    assert stage.session.told[1].figures[0].voices == 2
    stage.wait(60)
    assert stage.refused(c.TickVoice(lea, 1, 1)) == "not-now"


def test_in_the_closing_leaders_see_each_case_with_its_voices_and_catch_up_on_the_first():
    stage = Stage(TWO_CASES).to(PhaseKind.DISCUSSION)
    stage.do(c.AddFigure(lea, FigureCode.MOTHER))
    stage.go(Part.CASE, 2, 0)
    stage.name(bob)
    stage.next()
    assert (stage.kind, stage.leaders().other_cases) == (PhaseKind.TELLING, ())  # nothing to tap while a case is told
    stage.next()
    stage.next()
    stage.wait(10)
    stage.next()
    stage.go(Part.CLOSING, 2, 0)
    stage.do(c.TickVoice(lea, 1, 2))
    stage.do(c.TickVoice(lea, 2, 1))
    doctor, mother = (
        FigureView(1, FigureCode.DOCTOR, "", own=True, voices=0),
        FigureView(2, FigureCode.MOTHER, "", own=False, voices=1),
    )
    assert stage.leaders().other_cases == (CaseView(1, (doctor, mother)),)
    assert stage.sees().figures == (FigureView(1, FigureCode.NURSE, "", own=True, voices=1),)


@pytest.mark.parametrize("kind", [PhaseKind.SETTLE, PhaseKind.BREAK])
def test_and_between_two_cases(kind):
    stage = Stage(TWO_CASES).to(PhaseKind.DISCUSSION)
    stage.do(c.EndCase(lea, stage.entry))
    stage.do(c.SetCases(lea, stage.entry, 3))
    stage.next()
    stage.next()
    stage.name(bob)
    stage.next()
    stage.do(c.EndCase(lea, stage.entry))
    if kind is PhaseKind.BREAK:
        stage.next()
    assert (stage.kind, [one.case for one in stage.leaders().other_cases]) == (kind, [1])


def test_not_before_anybody_has_spoken_as_a_person_of_the_case():
    stage = Stage().to(PhaseKind.FACTS)
    assert stage.refused(c.TickVoice(lea, 1, 1)) == "not-now"
    stage.next()
    stage.wait(10)
    stage.next()
    stage.do(c.TickVoice(lea, 1, 1))


def test_nobody_gives_a_voice_who_was_silent_through_the_case():
    stage = discussing()
    stage.come("tom", c.Seat.TRAINER)
    for who in ("tom", ann):
        stage.do(c.TickIn(lea, who, stage.session.people[who].seat))
    assert stage.refused(c.TickVoice(lea, 1, 1, "tom")) == "not-found"
    stage.go(Part.CLOSING, 1, 0)
    assert stage.refused(c.TickVoice(lea, 1, 1, ann)) == "not-yours"  # in the circle again, and was out for all of it


def test_in_supervision_there_are_none():
    stage = Stage(SUPERVISION).to(PhaseKind.DISCUSSION)
    assert (stage.sees().figures, stage.sees().place) == ((), None)
    commands = (c.AddFigure(lea, FigureCode.MOTHER), c.TakeVoice(bob, 1), c.TickVoice(lea, 1, 1))
    assert {stage.refused(command) for command in commands} == {"not-now"}


# ── offering and naming ──────────────────────────────────────────────────────────────────────────────────────


def test_anyone_in_the_circle_offers_and_takes_it_back():
    stage = Stage().to(PhaseKind.OPENING)
    for who in (bob, cora):
        stage.do(c.SetOffer(who, who, offered=True))
    stage.do(c.SetOffer(bob, bob, offered=False))
    assert stage.sees().offers == (cora,)


def test_nobody_offers_for_somebody_else_but_leaders_for_who_is_in_the_room():
    stage = Stage().to(PhaseKind.OPENING)
    stage.do(c.TickIn(lea, "zoe", c.Seat.MEMBER))
    assert {stage.refused(c.SetOffer(by, rui, offered=True)) for by in (bob, lea)} == {"not-yours"}
    stage.do(c.SetOffer(lea, "zoe", offered=True))
    assert stage.sees().offers == ("zoe",)


def test_only_who_has_offered_or_is_in_the_room_can_be_named():
    stage = Stage().to(PhaseKind.OPENING)
    stage.do(c.TickIn(lea, "zoe", c.Seat.MEMBER))
    assert stage.refused(c.NamePresenter(lea, bob)) == "no-offer"
    stage.do(c.NamePresenter(lea, "zoe"))
    assert (stage.sees().presenter, stage.sees().named) == ("zoe", "zoe")


def test_who_takes_the_offer_back_is_not_named_any_more():
    stage = Stage().to(PhaseKind.CALL)
    stage.do(c.SetOffer(ann, ann, offered=False))
    assert stage.sees().named is None


def test_the_presenter_can_be_changed_until_telling_and_then_is_fixed():
    stage = Stage().to(PhaseKind.CALL)
    stage.name(bob)
    stage.next()
    assert stage.sees().presenter == bob
    assert stage.refused(c.NamePresenter(lea, None)) == "fixed"
    stage.go(stage.place.part, 1, 0)
    assert stage.refused(c.SetOffer(rui, rui, offered=True)) == "not-now"
    assert stage.refused(c.NamePresenter(lea, bob)) == "fixed"


def test_the_naming_can_be_taken_back():
    stage = Stage().to(PhaseKind.CALL)
    stage.do(c.NamePresenter(lea, None))
    assert stage.sees().named is None


def test_going_past_telling_fixes_the_presenter_too():
    stage = Stage().to(PhaseKind.CALL)
    stage.go(stage.place.part, 1, 2)
    assert (stage.kind, stage.session.told[1].presenter) == (PhaseKind.FACTS, ann)


def test_a_reply_of_the_group_is_opened_by_a_leader_where_the_script_has_it():
    stage = Stage(one_case(reply=True)).to(PhaseKind.RETURN)
    assert stage.sees().floors == (Floor.PRESENTER, Floor.OPEN)
    stage.do(c.OpenFloor(lea, stage.entry))
    assert (stage.sees().floor, stage.rights(bob).speak) == (Floor.OPEN, True)
    other = Stage(replace(one_case(), reply=False)).to(PhaseKind.RETURN)
    assert other.refused(c.OpenFloor(lea, other.entry)) == "not-now"
