"""Random walks: no property of ``properties.py`` ever breaks."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
import pytest

from tests.protocol.machine import GROUPS, Sessions
from tests.protocol.properties import check_all


@pytest.mark.parametrize("group", GROUPS)
def test_every_property_holds_on_every_walk(group):
    machine = type("Checked", (Sessions,), {"check": staticmethod(check_all), "starts": GROUPS[group]})
    examples = -(-settings.default.max_examples // len(GROUPS))
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=40))
