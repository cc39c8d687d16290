"""A further case is opened or dropped in an opening, a break, a call or a last phase; the new number says how many."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import Part, PhaseKind, Place
from tests.protocol.stage import TWO_CASES, Stage, ann, bob, cora, lea, olga


def set_cases(stage: Stage, cases: int, by: str = lea) -> None:
    stage.do(c.SetCases(by, stage.entry, cases))


def spots(stage: Stage) -> tuple[bool, bool]:
    times = stage.leaders().times
    return times.may_open_case, times.may_drop_case


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        (PhaseKind.OPENING, (True, True)),
        (PhaseKind.CALL, (True, True)),
        (PhaseKind.TELLING, (False, False)),
        (PhaseKind.DISCUSSION, (False, False)),
        (PhaseKind.RETURN, (False, False)),
        (PhaseKind.SETTLE, (True, True)),
        (PhaseKind.CLOSING, (False, False)),
    ],
)
def test_where_a_case_is_opened_and_dropped(kind, may):
    stage = Stage(TWO_CASES).to(kind)
    assert spots(stage) == may
    if may == (False, False):
        assert stage.refused(c.SetCases(lea, stage.entry, 3)) == "not-now"


def test_in_the_break_too():
    stage = Stage(TWO_CASES).to(PhaseKind.SETTLE)
    stage.next()
    assert spots(stage) == (True, True)
    set_cases(stage, 1)
    assert stage.leaders().next.part is Part.CLOSING


def test_a_case_dropped_in_the_break_is_not_on_the_way_any_more_nor_is_its_presenter():
    stage = Stage(TWO_CASES).to(PhaseKind.SETTLE)
    stage.next()
    stage.do(c.SetOffer(olga, olga, offered=True))
    stage.name(bob)
    set_cases(stage, 1)
    view = stage.sees()
    assert [step.kind for step in view.way] == [PhaseKind.BREAK, PhaseKind.CLOSING]
    assert (view.now, view.named, view.offers, view.naming) == (0, None, (), False)
    assert stage.refused(c.SetOffer(bob, bob, offered=True)) == "not-now"


def test_two_leaders_who_open_one_at_once_open_one():
    stage = Stage(TWO_CASES).start()
    set_cases(stage, 3)
    assert stage.do(c.SetCases(cora, stage.entry, 3)).events == ()
    assert stage.leaders().times.cases == 3


def test_a_one_case_script_opened_for_a_second_gets_its_settle_phase_and_its_break():
    stage = Stage().to(PhaseKind.RETURN)
    set_cases(stage, 2)
    stage.next()
    assert stage.kind is PhaseKind.SETTLE
    stage.next()
    assert stage.kind is PhaseKind.BREAK
    stage.next()
    assert stage.place == Place(Part.CASE, 2, 0)


def test_dropped_again_in_the_settle_phase_it_goes_to_the_closing():
    stage = Stage().to(PhaseKind.RETURN)
    set_cases(stage, 2)
    stage.next()
    set_cases(stage, 1)
    assert stage.sees().way[stage.sees().now].kind is PhaseKind.SETTLE
    stage.next()
    assert stage.kind is PhaseKind.CLOSING


def test_dropping_the_case_one_stands_in_leads_to_the_closing_of_the_one_before():
    stage = Stage(TWO_CASES).to(PhaseKind.SETTLE)
    stage.next()
    stage.next()
    stage.name(bob)
    assert stage.place == Place(Part.CASE, 2, 0)
    set_cases(stage, 1)
    assert (stage.place, stage.sees().presenter, stage.sees().named) == (Place(Part.CLOSING, 1, 0), ann, None)


def test_the_only_case_cannot_be_dropped_nor_one_that_is_told():
    assert Stage().start().refused(c.SetCases(lea, 1, 0)) == "bad-value"
    stage = Stage(TWO_CASES).to(PhaseKind.SETTLE)
    set_cases(stage, 1)
    assert stage.refused(c.SetCases(lea, stage.entry, 0)) == "bad-value"


def test_one_at_a_time_and_five_at_most():
    stage = Stage(TWO_CASES).start()
    assert stage.refused(c.SetCases(lea, stage.entry, 4)) == "bad-value"
    for cases in (3, 4, 5):
        set_cases(stage, cases)
    assert stage.refused(c.SetCases(lea, stage.entry, 6)) == "bad-value"


def test_the_second_case_has_its_own_presenter_and_its_own_persons():
    stage = Stage(TWO_CASES).to(PhaseKind.DISCUSSION)
    stage.do(c.AddFigure(lea, c.FigureCode.MOTHER))
    stage.go(Part.CASE, 2, 0)
    stage.name(bob)
    stage.next()
    view = stage.sees()
    assert (view.presenter, view.place, [figure.code.value for figure in view.figures]) == (
        bob,
        c.FigureCode.NURSE,
        ["nurse"],
    )


def test_members_are_not_told_how_many_cases_follow():
    one, two = Stage().to(PhaseKind.OPENING), Stage(TWO_CASES).to(PhaseKind.OPENING)
    set_cases(two, 3)
    from openbalint.protocol.views import Audience

    assert not any(step.kind is PhaseKind.BREAK for step in two.sees(Audience.CIRCLE).way)
    assert {step.case for step in two.sees(Audience.CIRCLE).way} == {
        step.case for step in one.sees(Audience.CIRCLE).way
    }
