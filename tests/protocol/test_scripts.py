"""Scripts are data: what ships adds up, what a group edits is checked."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import Floor, Part, Phase, PhaseKind, Script, announced_minutes, problems
from openbalint.protocol.shipped import SHIPPED
from tests.protocol.stage import SUPERVISION, TRAINING, TWO_CASES, Stage, lea, one_case, with_phase

ANNOUNCED = {
    "balint-60": 60,
    "balint-90": 90,
    "balint-90-two": 90,
    "balint-120-two": 120,
    "balint-120-one": 120,
    "training-90": 90,
    "supervision-3": 120,
    "supervision-4": 120,
    "supervision-5": 120,
}


def minutes(phases: tuple[Phase, ...]) -> int:
    return sum(phase.minutes for phase in phases)


def test_every_shipped_script_is_as_long_as_it_says():
    assert {code: announced_minutes(script) for code, script in SHIPPED.items()} == ANNOUNCED


@given(st.sampled_from(sorted(SHIPPED)), st.integers(1, 5), st.integers(0, 30), st.integers(0, 30))
def test_opening_and_cases_and_pauses_and_closing_are_the_announced_length(code, cases, opening, pause):
    shipped = SHIPPED[code]
    break_ = replace(shipped.pause or Phase(PhaseKind.BREAK, 0), minutes=pause)
    script = replace(shipped, cases=cases, opening=(replace(shipped.opening[0], minutes=opening),), pause=break_)
    parts = opening + cases * minutes(script.case) + (cases - 1) * pause + minutes(script.closing)
    assert announced_minutes(script) == parts


def test_the_minutes_of_each_phase_are_those_of_the_product():
    table = {code: [phase.minutes for phase in SHIPPED[code].case] for code in SHIPPED}
    assert table == {
        "balint-60": [2, 8, 4, 2, 12, 17, 7],
        "balint-90": [3, 12, 6, 3, 18, 24, 10],
        "balint-90-two": [1, 7, 3, 2, 9, 11, 5, 2],
        "balint-120-two": [1, 9, 4, 2, 12, 16, 6, 2],
        "balint-120-one": [4, 14, 8, 4, 26, 36, 12],
        "training-90": [7, 3, 2, 10, 14, 5],
        "supervision-3": [9, 21, 6],
        "supervision-4": [7, 15, 5],
        "supervision-5": [6, 12, 4],
    }


def test_a_training_reviews_for_as_long_as_it_works():
    case = minutes(TRAINING.opening) + minutes(TRAINING.case) + TRAINING.closing[0].minutes
    assert (case, minutes(TRAINING.closing[1:])) == (45, 45)


def test_every_shipped_script_can_be_used():
    assert {code: problems(script) for code, script in SHIPPED.items()} == dict.fromkeys(SHIPPED, ())


ONE = one_case()
CALL, TELLING, *REST = ONE.case
BAD: dict[str, Script] = {
    "cases": replace(ONE, cases=6),
    "empty": replace(ONE, closing=()),
    "minutes": with_phase(ONE, PhaseKind.FACTS, minutes=241),
    "telling": replace(ONE, case=(CALL, *REST)),
    "return": with_phase(ONE, PhaseKind.TELLING, out=True),
    "back": replace(ONE, case=tuple(phase for phase in ONE.case if phase.kind is not PhaseKind.RETURN)),
    "kinds": replace(ONE, closing=(Phase(PhaseKind.FACTS, 3),)),
    "floors": with_phase(ONE, PhaseKind.FEELINGS, floors=(Floor.ROUND,)),
    "cards": with_phase(ONE, PhaseKind.DISCUSSION, cards=True),
    "voices": with_phase(ONE, PhaseKind.TELLING, voices=True),
}


@pytest.mark.parametrize("code", BAD)
def test_what_is_wrong_with_a_script_is_said(code):
    assert code in problems(BAD[code])


@pytest.mark.parametrize("code", BAD)
def test_a_session_does_not_start_with_such_a_script(code):
    assert Stage().refused(c.Start(lea, BAD[code])) == "bad-script"


def test_two_tellings_or_a_late_call_are_wrong():
    assert problems(replace(ONE, case=(CALL, TELLING, TELLING, *REST))) == ("telling",)
    assert problems(replace(ONE, case=(TELLING, CALL, *REST))) == ("telling",)


def test_a_return_before_the_last_phase_out_of_the_circle_is_wrong():
    back, discussion = REST[-1], REST[-2]
    assert problems(replace(ONE, case=(CALL, TELLING, *REST[:-2], back, discussion))) == ("return",)


def test_reviews_come_after_the_closing():
    assert problems(replace(TRAINING, closing=(*TRAINING.closing[1:], TRAINING.closing[0]))) == ("kinds",)


def test_stepping_back_can_be_left_out_and_repeated():
    within = with_phase(
        with_phase(with_phase(ONE, PhaseKind.SILENCE, out=False), PhaseKind.FEELINGS, out=False),
        PhaseKind.DISCUSSION,
        out=False,
    )
    twice = with_phase(ONE, PhaseKind.FEELINGS, out=False)
    assert (problems(within), problems(twice)) == ((), ())


def test_a_phase_that_a_script_does_not_have_is_not_found():
    stage = Stage(TWO_CASES).start()
    places = [(Part.OPENING, 0, 9), (Part.CASE, 1, 99), (Part.CASE, 1, -1), (Part.CLOSING, 0, 5), (Part.BREAK, 0, 1)]
    assert {stage.refused(c.GoTo(lea, stage.entry, *place)) for place in places} == {"not-found"}


def test_supervision_has_no_step_back_no_voices_and_no_signals():
    phases = (*SUPERVISION.opening, *SUPERVISION.case, *SUPERVISION.closing)
    assert not any(phase.out or phase.voices for phase in phases)
    assert not SUPERVISION.signals
