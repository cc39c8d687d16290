"""Each fault that somebody might make in the engine is caught by the property that is named for it.

A fault is planted by replacing one function of the engine; then the walks run with that one property alone. A fault
that no walk can tell from the engine fails its test, and so does a property that has gone blind.
"""

from random import Random

import pytest

from tests.protocol.faults import FAULTS
from tests.protocol.faults.planting import Fault
from tests.protocol.properties import PROPERTIES, check_one
from tests.protocol.sessions import GROUPS, stroll
from tests.protocol.walk import PropertyError

WALKED = {"a refusal changes nothing", "the clock's consequences come to rest"}  # asked by the walk itself
STROLLS = 25  # of each group of phases; most faults are caught by the first


def caught(fault: Fault) -> str | None:
    """The name of the property that failed, if one did."""
    check = check_one(fault.caught_by) if fault.caught_by not in WALKED else None
    for seed in range(STROLLS):
        for group in GROUPS:
            try:
                stroll(group, Random(seed), check)
            except PropertyError as error:
                return error.name
    return None


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.says.replace(" ", "-"))
def test_a_planted_fault_is_caught_by_the_property_named_for_it(fault, monkeypatch):
    monkeypatch.setattr(fault.where, fault.name, fault.plant(getattr(fault.where, fault.name)))
    assert caught(fault) == fault.caught_by


def test_every_property_has_a_fault_that_it_catches():
    assert {fault.caught_by for fault in FAULTS} == set(PROPERTIES) | WALKED
