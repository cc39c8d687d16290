"""A leader may call the presenter in for one sentence: visible, 60 s at most, repeatable, silence is fine."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import PhaseKind
from tests.protocol.stage import Stage, ann, bob, cora, lea


def called() -> Stage:
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.SetCalledIn(cora, stage.entry, called=True))
    return stage


def test_the_presenter_may_speak_and_everybody_sees_it():
    stage = called()
    assert (stage.rights(ann).speak, stage.sees().called_in, stage.sees().back) == (True, True, True)


def test_others_rights_are_unchanged():
    before = {who: has for who, has in Stage().to(PhaseKind.DISCUSSION).room.rights.items() if who != ann}
    assert {who: has for who, has in called().room.rights.items() if who != ann} == before


@pytest.mark.parametrize("by", [ann, lea, cora])
def test_the_presenter_or_a_leader_ends_it(by):
    stage = called()
    stage.do(c.SetCalledIn(by, stage.entry, called=False))
    assert (stage.rights(ann).speak, stage.sees().called_in) == (False, False)


def test_it_ends_by_itself_after_sixty_seconds():
    stage = called()
    stage.wait(59)
    assert stage.rights(ann).speak
    stage.wait(1)
    assert not stage.rights(ann).speak


def test_it_ends_with_the_phase():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.SetCalledIn(lea, stage.entry, called=True))
    stage.next()
    assert not stage.sees().called_in


def test_it_can_be_repeated():
    stage = called()
    stage.wait(61)
    stage.do(c.SetCalledIn(lea, stage.entry, called=True))
    assert stage.rights(ann).speak


def test_two_leaders_call_once():
    stage = called()
    assert stage.do(c.SetCalledIn(lea, stage.entry, called=True)).events == ()


def test_the_presenter_does_not_call_themselves_in_and_members_do_neither():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert {stage.refused(c.SetCalledIn(who, stage.entry, called=True)) for who in (ann, bob)} == {"not-yours"}


@pytest.mark.parametrize("kind", [PhaseKind.TELLING, PhaseKind.FACTS, PhaseKind.RETURN, PhaseKind.CLOSING])
def test_only_out_of_the_circle(kind):
    stage = Stage().to(kind)
    assert stage.refused(c.SetCalledIn(lea, stage.entry, called=True)) == "not-now"
