"""Conventional supervision, the control arm: no step-back, advice welcome."""

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import Method, Part, PhaseKind, Place
from openbalint.protocol.views import CardsState
from tests.protocol.stage import SUPERVISION, Stage, ann, bob, cora, lea


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


def test_not_in_the_middle_of_a_case():
    stage = Stage(SUPERVISION).to(PhaseKind.DISCUSSION)
    assert stage.refused(c.SetOffer(bob, bob, offered=True)) == "not-now"
    assert stage.refused(c.NamePresenter(lea, bob)) == "fixed"


def test_a_case_may_be_offered_where_another_one_comes_and_the_view_says_so():
    stage = Stage(SUPERVISION).start()
    said = {(Part.OPENING, 0): stage.sees().naming}
    while stage.place.part is not Part.CLOSING:
        if stage.sees().naming:
            stage.name(bob if stage.place.case == 1 else ann)
        stage.next()
        said[stage.kind, stage.place.case] = stage.sees().naming
    last = stage.room.session.cases
    assert [where for where, may in said.items() if may] == [
        (Part.OPENING, 0),
        *((PhaseKind.CLARIFYING, case) for case in range(1, last)),
    ]
    assert stage.refused(c.SetOffer(bob, bob, offered=True)) == "not-now"


def test_there_are_cards_in_the_closing():
    stage = Stage(SUPERVISION).to(PhaseKind.CLOSING)
    stage.do(c.OpenCards(lea, stage.entry))
    assert stage.sees().cards.state is CardsState.WRITING


def test_a_presenting_leader_is_only_a_presenter_for_the_whole_case():
    stage = Stage(SUPERVISION).to(PhaseKind.CLARIFYING, presenter=cora)
    assert stage.refused(c.Pause(cora, stage.entry)) == "not-yours"
