"""The table is the whole protocol at a glance, and the page drawn from it is fresh."""

from typing import get_args

from openbalint.protocol import commands as c
from openbalint.protocol.refusals import REFUSALS, WHY
from openbalint.protocol.state import Status
from openbalint.protocol.table import ALLOWED, CHANGES, Who
from tools.state_diagram import PAGE, page


def test_the_page_is_what_the_table_says():
    assert PAGE.read_text("utf-8") == page(), "Please run: make docs"


def test_every_command_stands_in_the_table():
    assert {command for row in ALLOWED.values() for command in row} == set(get_args(c.Command))


def test_every_status_has_its_column():
    assert set(ALLOWED) == set(Status)


def test_a_change_of_status_is_set_off_by_a_command_allowed_there():
    for (before, _after), commands in CHANGES.items():
        assert all(command in ALLOWED[before] for command in commands)


def test_what_the_owner_and_the_clock_send_is_allowed_in_every_status():
    for row in ALLOWED.values():
        assert {command for command, who in row.items() if who & {Who.OWNER, Who.CLOCK}} == {
            c.Connect,
            c.Disconnect,
            c.Reseat,
            c.Adopt,
            c.Plan,
            c.CallOff,
            c.Tick,
        }


def test_every_refusal_has_a_meaning():
    assert tuple(WHY) == REFUSALS
    assert all(WHY.values())
