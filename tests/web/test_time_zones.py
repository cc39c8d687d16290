"""The time zones that people choose from."""

import re
from zoneinfo import available_timezones

from openbalint.web.forms.plain import timezones, zones_of_today
from tests.house.repository import ROOT


def test_the_list_has_the_zones_of_today_and_none_that_are_obsolete():
    offered = {zone for _region, zones in timezones() for zone, _name in zones}
    assert {"Asia/Shanghai", "Europe/Oslo", "Asia/Kolkata", "America/Indiana/Knox", "UTC"} <= offered
    assert offered.isdisjoint({"Australia/ACT", "America/Knox_IN", "Asia/Calcutta", "Europe/Kiev", "Asia/Chongqing"})
    assert offered <= available_timezones()


def test_what_browsers_call_by_an_obsolete_name_is_in_the_list_under_its_new_one():
    source = (ROOT / "frontend/src/pages/zone.ts").read_text("utf-8")
    names = re.findall(r'"(\w+/\w+)": "(\S+)",', source)
    assert len(names) > 10
    assert {new for _old, new in names} <= set(zones_of_today())
    assert {old for old, _new in names}.isdisjoint(zones_of_today())
