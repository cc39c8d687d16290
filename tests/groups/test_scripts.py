"""Changing a script: choices move minutes and keep the length; every shipped script comes through unchanged."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from openbalint.groups.scripts import (
    Choices,
    StepBack,
    choices_of,
    complete,
    faults,
    from_body,
    rebuilt,
    slots,
    to_body,
    trimmed,
    with_phases,
)
from openbalint.protocol.scripts import Method, PhaseKind, Picture, Script, announced_minutes
from openbalint.protocol.shipped import SHIPPED

ONE = SHIPPED["balint-90"]
TWO = SHIPPED["balint-120-two"]
BALINT = [script for script in SHIPPED.values() if script.method is Method.BALINT]
some_choices = st.builds(
    Choices,
    cases=st.integers(1, 5),
    step_back=st.sampled_from(StepBack),
    merged=st.booleans(),
    picture=st.sampled_from(Picture),
    aim=st.booleans(),
    reply=st.booleans(),
    signals=st.booleans(),
).filter(lambda choices: not (choices.merged and choices.step_back is StepBack.TWICE))


def minutes(script: Script) -> list[tuple[str, int]]:
    return [(slot.key, slot.phase.minutes) for slot in slots(script)]


@pytest.mark.parametrize("script", SHIPPED.values(), ids=SHIPPED)
def test_a_shipped_script_has_no_faults_and_is_stored_and_read_whole(script):
    assert faults(script) == ()
    assert from_body(to_body(script)) == script


@pytest.mark.parametrize("script", SHIPPED.values(), ids=SHIPPED)
def test_nothing_chosen_anew_changes_nothing(script):
    assert rebuilt(script, choices_of(script), original=script) == script
    assert trimmed(complete(script, script)) == script
    assert with_phases(script, {}) == script


@given(st.sampled_from(BALINT), st.lists(some_choices, min_size=1, max_size=4))
def test_whatever_is_chosen_in_whatever_order_stays_a_good_script_of_the_same_length_per_case(original, chosen):
    case = sum(phase.minutes for phase in original.case if phase.kind is not PhaseKind.SETTLE)
    script = original
    for choices in chosen:
        script = rebuilt(script, choices, original=original)
        assert choices_of(script) == choices
        assert [code for code in faults(script) if code != "length"] == []
        assert sum(phase.minutes for phase in script.case if phase.kind is not PhaseKind.SETTLE) == case


def test_feelings_and_discussion_become_one_phase_and_two_again():
    merged = rebuilt(ONE, replace(choices_of(ONE), merged=True), original=ONE)
    assert minutes(merged) == [
        ("opening", 7),
        ("call", 3),
        ("telling", 12),
        ("facts", 6),
        ("silence", 3),
        ("discussion", 42),
        ("return", 10),
        ("closing", 7),
    ]
    assert rebuilt(merged, choices_of(ONE), original=ONE) == ONE


def test_stepping_back_twice_puts_further_questions_between_feelings_and_discussion():
    twice = rebuilt(ONE, replace(choices_of(ONE), step_back=StepBack.TWICE), original=ONE)
    assert [(slot.key, slot.phase.minutes, slot.phase.out) for slot in slots(twice)][4:8] == [
        ("silence", 3, True),
        ("feelings", 18, True),
        ("facts-2", 6, False),
        ("discussion", 18, True),
    ]
    assert rebuilt(twice, choices_of(ONE), original=ONE) == ONE


def test_without_stepping_back_nobody_is_out_of_the_circle():
    never = rebuilt(ONE, replace(choices_of(ONE), step_back=StepBack.NEVER), original=ONE)
    assert [phase.out for phase in never.case] == [False] * 7
    assert announced_minutes(never) == 90


def test_a_second_case_brings_a_pause_and_a_phase_to_settle_the_first():
    two = rebuilt(ONE, replace(choices_of(ONE), cases=2), original=ONE)
    assert minutes(two)[-3:] == [("settle", 2), ("break", 5), ("closing", 7)]
    assert announced_minutes(two) == 7 + 2 * (76 + 2) + 5 + 7
    assert rebuilt(two, choices_of(ONE), original=ONE) == ONE


def test_one_case_less_keeps_the_settle_phase_for_a_case_opened_live():
    one = rebuilt(TWO, replace(choices_of(TWO), cases=1), original=TWO)
    assert PhaseKind.SETTLE not in [phase.kind for phase in one.case]
    assert one.settle == TWO.case[-1]


def test_conventional_supervision_knows_the_number_of_cases_alone():
    three = SHIPPED["supervision-3"]
    four = rebuilt(three, Choices(cases=4, step_back=StepBack.ONCE, aim=True), original=three)
    assert four == replace(three, cases=4)


def test_the_impossible_choice_is_refused():
    with pytest.raises(ValueError, match="twice-merged"):
        rebuilt(ONE, Choices(cases=1, step_back=StepBack.TWICE, merged=True), original=ONE)


def test_a_phase_left_out_comes_back_in_its_place_at_no_minutes():
    short = with_phases(
        ONE, {slot.key: replace(slot.phase, minutes=0) for slot in slots(ONE) if slot.key in ("call", "silence")}
    )
    kept = trimmed(short)
    assert [key for key, _ in minutes(kept)] == [
        "opening",
        "telling",
        "facts",
        "feelings",
        "discussion",
        "return",
        "closing",
    ]
    assert complete(kept, ONE) == short


@pytest.mark.parametrize(
    ("broken", "codes"),
    [
        (replace(ONE, opening=()), ("empty",)),
        (replace(ONE, closing=()), ("empty", "closing")),
        (replace(ONE, case=tuple(phase for phase in ONE.case if phase.kind is not PhaseKind.TELLING)), ("telling", "return")),
        (replace(ONE, case=ONE.case[:-1]), ("back",)),
        (replace(ONE, cases=6), ("cases", "length")),
        (replace(ONE, closing=SHIPPED["training-90"].closing[1:]), ("closing",)),
        (with_phases(ONE, {"discussion": replace(ONE.case[5], minutes=240), "feelings": replace(ONE.case[4], minutes=240)}), ("length",)),
    ],
)  # fmt: skip
def test_what_a_script_must_keep(broken, codes):
    assert faults(broken) == codes
