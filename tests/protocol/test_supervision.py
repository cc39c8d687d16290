"""Conventional supervision, the control arm: no step-back, advice welcome."""

from dataclasses import replace

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import Method, Part, PhaseKind, Place
from openbalint.protocol.session import Status
from openbalint.protocol.views import CardsState
from tests.protocol.stage import SUPERVISION, TWO_CASES, Stage, ann, bob, cora, lea

NO_CALL = replace(TWO_CASES, case=TWO_CASES.case[1:], pause=None)  # as groups may make of a script


def test_the_presenter_is_named_in_the_opening():
    stage = Stage(SUPERVISION).start()
    stage.name()
    stage.next()
    assert (stage.kind, stage.sees().presenter, stage.sees().method) == (PhaseKind.TELLING, ann, Method.SUPERVISION)


def test_in_telling_the_presenter_speaks_then_everybody_and_the_presenter_too():
    stage = Stage(SUPERVISION).to(PhaseKind.TELLING)
    assert stage.speakers() == {ann, lea, cora}
    for _ in range(2):
        stage.next()
        assert {ann, bob} < stage.speakers()


def test_nobody_is_ever_invited_to_step_back():
    stage = Stage(SUPERVISION).to(PhaseKind.TELLING)
    stage.next()
    assert (stage.kind, stage.sees().invited, stage.sees().back) == (PhaseKind.DISCUSSION, False, False)


def test_the_next_presenter_is_named_at_the_end_of_a_case_and_tells_at_once():
    stage = Stage(SUPERVISION).to(PhaseKind.CLARIFYING)
    stage.name(bob)
    assert (stage.sees().presenter, stage.sees().named) == (ann, bob)
    stage.next()
    assert (stage.place, stage.sees().presenter) == (Place(Part.CASE, 2, 0), bob)


def test_who_presents_next_is_named_before_a_case_is_ended_early():
    stage = Stage(SUPERVISION).to(PhaseKind.DISCUSSION)
    assert stage.refused(c.EndCase(lea, stage.entry)) == "no-presenter"
    stage.name(bob)
    stage.do(c.EndCase(lea, stage.entry))
    assert (stage.place, stage.sees().presenter) == (Place(Part.CASE, 2, 0), bob)


def test_a_presenter_who_does_not_come_back_ends_one_case_and_not_the_others():
    stage = Stage(SUPERVISION).to(PhaseKind.DISCUSSION)
    stage.lose(ann)
    assert (stage.session.status, stage.sees().naming) == (Status.PAUSED, True)
    stage.name(bob)
    stage.do(c.EndCase(lea, stage.entry))
    assert (stage.session.status, stage.place) == (Status.RUNNING, Place(Part.CASE, 2, 0))


def test_from_the_closing_there_is_a_way_to_a_case_that_is_still_planned():
    stage = Stage(SUPERVISION).to(PhaseKind.DISCUSSION)
    stage.go(Part.CLOSING, 1, 0)
    stage.name(bob)
    stage.go(Part.CASE, 2, 0)
    assert stage.sees().presenter == bob


def test_naming_the_next_presenter_leaves_the_present_one_invited():
    stage = Stage(NO_CALL).to(PhaseKind.FACTS)
    stage.next()
    stage.name(bob)
    assert (stage.sees().invited, stage.sees().presenter) == (True, ann)
    stage.wait(10)
    assert stage.refused(c.SetOffer(ann, ann, offered=True)) == "not-now"  # who is back offers nothing


def test_a_case_may_be_offered_where_another_one_comes_and_the_view_says_so():
    stage = Stage(SUPERVISION).start()
    said = {(Part.OPENING, 0): stage.sees().naming}
    while stage.place.part is not Part.CLOSING:
        if stage.sees().naming:
            stage.name(bob if stage.place.case == 1 else ann)
        stage.next()
        said[stage.kind, stage.place.case] = stage.sees().naming
    last, kinds = stage.room.session.cases, [phase.kind for phase in SUPERVISION.case]
    assert [where for where, may in said.items() if may] == [
        (Part.OPENING, 0),
        *((kind, case) for case in range(1, last) for kind in kinds),
    ]
    assert stage.refused(c.SetOffer(bob, bob, offered=True)) == "not-now"


def test_there_are_cards_in_the_closing():
    stage = Stage(SUPERVISION).to(PhaseKind.CLOSING)
    stage.do(c.OpenCards(lea, stage.entry))
    assert stage.sees().cards.state is CardsState.WRITING


def test_a_presenting_leader_is_only_a_presenter_for_the_whole_case():
    stage = Stage(SUPERVISION).to(PhaseKind.CLARIFYING, presenter=cora)
    assert stage.refused(c.Pause(cora, stage.entry)) == "not-yours"
