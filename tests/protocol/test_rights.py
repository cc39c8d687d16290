"""What each person may do, phase by phase: the table of the product, as a table."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.commands import Seat
from openbalint.protocol.rights import Camera, Rights, Why, rights
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import FRESH
from openbalint.protocol.volatile import Volatile
from tests.people import Somebody
from tests.protocol.stage import CAST, TWO_CASES, Stage, ann, bob, cora, eve, lea, olga, rui

ALL = {lea, cora, ann, bob, olga, rui}
LEADERS = {lea, cora}
SPEAKERS = {
    PhaseKind.OPENING: ALL,
    PhaseKind.CALL: ALL,
    PhaseKind.TELLING: LEADERS | {ann},
    PhaseKind.FACTS: LEADERS | {ann},
    PhaseKind.SILENCE: LEADERS,
    PhaseKind.FEELINGS: ALL - {ann},
    PhaseKind.DISCUSSION: ALL - {ann},
    PhaseKind.RETURN: LEADERS | {ann},
    PhaseKind.SETTLE: ALL,
    PhaseKind.CLOSING: ALL,
}
WHY = {
    PhaseKind.TELLING: Why.PRESENTER_FLOOR,
    PhaseKind.FACTS: Why.ASKED,
    PhaseKind.SILENCE: Why.LEADERS_FLOOR,
    PhaseKind.RETURN: Why.PRESENTER_FLOOR,
}


@pytest.mark.parametrize("kind", SPEAKERS)
def test_who_may_speak(kind):
    assert Stage(TWO_CASES).to(kind).speakers() == SPEAKERS[kind]


@pytest.mark.parametrize("kind", WHY)
def test_who_may_not_is_told_why(kind):
    assert Stage().to(kind).rights(bob).why is WHY[kind]


@pytest.mark.parametrize("kind", SPEAKERS)
def test_everybody_who_is_seated_hears(kind):
    stage = Stage(TWO_CASES, cast=(*CAST, Somebody("Tom", Seat.TRAINER))).to(kind)
    assert all(has.hear for has in stage.room.rights.values())


@pytest.mark.parametrize(
    ("kind", "hands"),
    [
        (PhaseKind.OPENING, {ann, bob, olga, rui}),
        (PhaseKind.TELLING, set()),
        (PhaseKind.FACTS, {bob, olga, rui}),
        (PhaseKind.SILENCE, set()),
        (PhaseKind.DISCUSSION, {bob, olga, rui}),
        (PhaseKind.RETURN, set()),
        (PhaseKind.CLOSING, {ann, bob, olga, rui}),
    ],
)
def test_who_may_raise_a_hand(kind, hands):
    assert {who for who, has in Stage().to(kind).room.rights.items() if has.hand} == hands


@pytest.mark.parametrize("kind", SPEAKERS)
def test_who_may_speak_as_a_person_of_the_case(kind):
    voices = {who for who, has in Stage(TWO_CASES).to(kind).room.rights.items() if has.voice}
    assert voices == (ALL - {ann} if kind in (PhaseKind.FEELINGS, PhaseKind.DISCUSSION) else set())


def test_a_member_in_the_discussion():
    assert Stage().to(PhaseKind.DISCUSSION).rights(bob) == Rights(
        speak=True, hear=True, camera=Camera.ALL, hand=True, signal=True, voice=True
    )


def test_a_leader_in_the_silence():
    assert Stage().to(PhaseKind.SILENCE).rights(lea) == Rights(speak=True, hear=True, camera=Camera.ALL)


def test_before_the_start_everybody_waits():
    stage = Stage()
    assert {stage.rights(who) for who in ALL} == {Rights(why=Why.WAITING)}


def test_whom_the_session_does_not_know_may_do_nothing():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert rights(stage.session, stage.room.volatile, eve) == Rights(why=Why.WAITING)


def test_rights_do_not_depend_on_a_connection():
    stage = Stage().to(PhaseKind.DISCUSSION)
    before = stage.rights(bob)
    stage.lose(bob)
    assert stage.rights(bob) == before


def test_the_only_volatile_input_is_who_is_aside():
    stage = Stage().to(PhaseKind.DISCUSSION)
    loud = Volatile(
        cards={bob: "words"},
        pressed=frozenset({(rui, c.SignalKind.HURT)}),
        stops=(olga,),
        line=((lea, "words"),),
        check_outs={bob: c.CheckOutMood.RING_ME},
    )
    assert {who: rights(stage.session, loud, who) for who in ALL} == stage.room.rights
    assert rights(stage.session, Volatile(aside=bob), bob) == Rights(why=Why.ASIDE)


def test_speech_is_refused_with_a_reason_and_given_without_one():
    for kind in SPEAKERS:
        stage = Stage(TWO_CASES).to(kind)
        assert all((has.why is None) == has.speak for has in stage.room.rights.values())


def test_nothing_is_known_of_a_fresh_room():
    assert FRESH.rights == {}
