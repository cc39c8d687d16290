"""`openbalint condense`."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from openbalint import cli
from openbalint.meetings.actions import sessions
from openbalint.meetings.queries.sessions import log_of
from openbalint.protocol.events import Event
from tests import factories
from tests.meetings.logs import BEGIN, short_session

pytestmark = pytest.mark.django_db


def closed_yesterday() -> tuple[UUID, list[Event]]:
    """A session that closed some 23 hours ago."""
    circle = factories.a_circle(now=BEGIN)
    meeting = factories.a_meeting(circle.group, at=BEGIN, now=BEGIN, script="balint-60")
    sessions.take_lease(meeting.id, owner="a:1", address="/ws/", now=BEGIN)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    events = short_session(circle.lea.id, circle.ann.id, circle.bob.id, begin=yesterday)
    sessions.append([sessions.row_of(meeting.id, place + 1, event) for place, event in enumerate(events)])
    return meeting.id, events


def test_what_closed_lately_stays_for_the_leaders_debrief(capsys: pytest.CaptureFixture[str]) -> None:
    meeting, events = closed_yesterday()
    assert cli.main(["condense"]) == 0
    assert capsys.readouterr().out == "Condensed 0 of the sessions that are over.\n"
    assert log_of(meeting).events == tuple(events)


def test_what_has_just_closed_can_be_condensed_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    meeting, _ = closed_yesterday()
    assert cli.main(["condense", "--older-than", "0"]) == 0
    assert capsys.readouterr().out == "Condensed 1 of the sessions that are over.\n"
    assert log_of(meeting).events == ()
    assert cli.main(["condense", "--older-than", "0"]) == 0
    assert capsys.readouterr().out == "Condensed 0 of the sessions that are over.\n"


def test_days_are_not_negative(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["condense", "--older-than", "-1"]) == 2
    assert "counts days" in capsys.readouterr().err
