"""Random walks: no property of ``properties.py`` ever breaks."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.protocol.machine import Sessions
from tests.protocol.properties import check_all


class Checked(Sessions):
    check = staticmethod(check_all)


def test_every_property_holds_on_every_walk():
    run_state_machine_as_test(Checked, settings=settings(stateful_step_count=40))
