"""Each fault that somebody might make in the engine is caught by the property that is named for it.

A fault is planted by replacing one function of the engine; then the walks run with that one property alone. A fault
that no walk can tell from the engine fails its test, and so does a property that has gone blind.
"""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
import pytest

from tests.protocol.faults import FAULTS
from tests.protocol.faults.planting import Fault
from tests.protocol.machine import GROUPS, Sessions
from tests.protocol.properties import PROPERTIES, check_one
from tests.protocol.walk import PropertyError

WALKED = {"a refusal changes nothing", "the clock's consequences come to rest"}  # asked by the walk itself


def caught(fault: Fault) -> str | None:
    """The name of the property that failed, if one did: a few walks from everywhere, then many."""
    tries = (caught_from(group, fault, walks) for walks in (10, 80) for group in GROUPS)
    return next((name for name in tries if name), None)


def caught_from(group: str, fault: Fault, walks: int) -> str | None:
    check = check_one(fault.caught_by) if fault.caught_by not in WALKED else lambda walk, moment: None
    machine = type("Faulty", (Sessions,), {"check": staticmethod(check), "starts": GROUPS[group]})
    try:
        run_state_machine_as_test(machine, settings=settings(QUICK, max_examples=walks))
    except PropertyError as error:
        return error.name
    return None


QUICK = settings(
    stateful_step_count=40,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    print_blob=False,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.says.replace(" ", "-"))
def test_a_planted_fault_is_caught_by_the_property_named_for_it(fault, monkeypatch):
    monkeypatch.setattr(fault.where, fault.name, fault.plant(getattr(fault.where, fault.name)))
    assert caught(fault) == fault.caught_by


def test_every_property_has_a_fault_that_it_catches():
    assert {fault.caught_by for fault in FAULTS} == set(PROPERTIES) | WALKED
