"""The group does not go on without its presenter."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import Part, PhaseKind
from openbalint.protocol.session import Status
from openbalint.protocol.views import Audience
from tests.protocol.stage import SUPERVISION, TWO_CASES, Stage, ann, cora, lea

SPAN = [
    PhaseKind.TELLING,
    PhaseKind.FACTS,
    PhaseKind.SILENCE,
    PhaseKind.FEELINGS,
    PhaseKind.DISCUSSION,
    PhaseKind.RETURN,
]


def paused_for(kind: PhaseKind) -> Stage:
    stage = Stage(TWO_CASES).to(kind)
    stage.lose(ann)
    return stage


@pytest.mark.parametrize("kind", SPAN)
def test_from_telling_to_return_a_lost_presenter_pauses_the_session_by_itself(kind):
    stage = paused_for(kind)
    assert (stage.session.status, stage.leaders().pause_reason) == (Status.PAUSED, "presenter")


@pytest.mark.parametrize("kind", [PhaseKind.SETTLE, PhaseKind.CLOSING])
def test_in_settle_and_closing_nothing_happens(kind):
    assert paused_for(kind).session.status is Status.RUNNING


def test_a_gap_of_under_twenty_seconds_pauses_nothing():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.Disconnect(ann))
    stage.wait(19.9)
    stage.back(ann)
    stage.wait(60)
    assert stage.session.status is Status.RUNNING


def test_leaving_by_the_button_is_lost_at_once():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.Leave(ann))
    assert stage.session.status is Status.PAUSED


def test_resuming_is_refused_until_the_presenter_is_back():
    stage = paused_for(PhaseKind.DISCUSSION)
    assert stage.refused(c.Resume(lea, stage.entry)) == "presenter-not-here"
    assert stage.sees().presenter_here is False


@pytest.mark.parametrize("index", range(1, 7))
def test_so_is_every_phase_from_telling_to_return(index):
    stage = paused_for(PhaseKind.DISCUSSION)
    if stage.place.index != index:
        assert stage.refused(c.GoTo(lea, stage.entry, Part.CASE, 1, index)) == "presenter-not-here"


def test_reconnecting_does_not_resume():
    stage = paused_for(PhaseKind.DISCUSSION)
    stage.back(ann)
    assert stage.session.status is Status.PAUSED
    stage.do(c.Resume(cora, stage.entry))
    assert stage.session.status is Status.RUNNING


def test_a_leaders_own_pause_is_not_lifted_without_the_presenter_either():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.Pause(lea, stage.entry))
    stage.lose(ann)
    assert stage.refused(c.Resume(lea, stage.entry)) == "presenter-not-here"


def test_leaders_end_the_case():
    stage = paused_for(PhaseKind.DISCUSSION)
    stage.do(c.EndCase(lea, stage.entry))
    assert (stage.kind, stage.session.status) == (PhaseKind.SETTLE, Status.RUNNING)


def test_leaders_close():
    stage = paused_for(PhaseKind.DISCUSSION)
    stage.go(Part.CLOSING, 1, 0)
    assert (stage.kind, stage.session.status) == (PhaseKind.CLOSING, Status.RUNNING)


def test_in_the_call_the_naming_stays_and_telling_is_refused():
    stage = Stage().to(PhaseKind.CALL)
    stage.lose(ann)
    assert stage.sees().named == ann
    assert stage.refused(c.Next(lea, stage.entry)) == "presenter-not-here"
    stage.back(ann)
    stage.next()
    assert stage.kind is PhaseKind.TELLING


@pytest.mark.parametrize("kind", [PhaseKind.TELLING, PhaseKind.DISCUSSION, PhaseKind.CLARIFYING])
def test_in_conventional_supervision_it_is_the_whole_case(kind):
    stage = Stage(SUPERVISION).to(kind)
    stage.lose(ann)
    assert (stage.session.status, stage.leaders().pause_reason) == (Status.PAUSED, "presenter")


def test_members_are_told_that_there_is_a_pause_and_not_why():
    view = paused_for(PhaseKind.DISCUSSION).sees(Audience.CIRCLE)
    assert (view.status, view.leaders) == (Status.PAUSED, None)


def test_who_is_in_the_room_without_a_device_is_never_lost():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.TickIn(lea, ann, c.Seat.MEMBER))
    stage.do(c.Disconnect(ann))
    stage.wait(60)
    assert stage.session.status is Status.RUNNING
    stage.do(c.TickOut(lea, ann))
    assert stage.session.status is Status.PAUSED
