"""Random walks: no property of ``properties/`` ever breaks.

The stateful runs are hypothesis', which shrinks what breaks to the fewest presses; the strolls are long and dense.
"""

from random import Random
from typing import Any

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
import pytest

from tests.protocol.drawing import Draw, do_press, presses
from tests.protocol.properties import check_all
from tests.protocol.sessions import GROUPS, Sessions, stroll

CHANCE = st.randoms(use_true_random=False)


def machine(group: str) -> type[RuleBasedStateMachine]:
    """Every press as a rule; a run begins in a group of phases."""

    class Walks(Sessions, RuleBasedStateMachine):
        def __init__(self) -> None:
            RuleBasedStateMachine.__init__(self)
            Sessions.__init__(self, check_all)

        @initialize(chance=CHANCE)
        def begin_somewhere(self, chance):
            self.begin(GROUPS[group], chance)

    rules: dict[str, Any] = {f"press_{name}": as_rule(name, draws) for name, draws in presses(Sessions).items()}
    return type("Walks", (Walks,), rules)


def as_rule(name: str, draws: dict[str, Draw]) -> Any:
    def pressed(self, chance):
        do_press(self, name, draws, chance)

    pressed.__name__ = f"press_{name}"
    return rule(chance=CHANCE)(pressed)


@pytest.mark.parametrize("group", GROUPS)
def test_every_property_holds_on_every_walk(group):
    examples = -(-settings.default.max_examples // len(GROUPS))
    run_state_machine_as_test(machine(group), settings=settings(max_examples=examples, stateful_step_count=40))


@pytest.mark.parametrize("group", GROUPS)
def test_every_property_holds_on_every_stroll(group):
    for seed in range(settings.default.max_examples // 25):
        stroll(group, Random(seed), check_all)
