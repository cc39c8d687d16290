"""Encryption from device to device: a meeting is as its group says until it begins, and what it began with then holds."""

from datetime import timedelta
from importlib import import_module

from django.apps import apps
import pytest

from openbalint.accounts.rules import DeclinedError
from openbalint.groups.actions.groups import GroupFacts
from openbalint.meetings.actions import planning as actions
from openbalint.meetings.models import Meeting, StoredSession
from openbalint.meetings.queries.sessions import arrangement_of
from tests.factories import NOW, a_circle, a_group, a_meeting, a_person, a_script
from tests.people import EVE

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return a_circle()


def change(circle, *, encrypted, **changed):
    said = {"name": "G", "language": "en", "timezone": "UTC", "script": a_script("balint-60"), "encrypted": encrypted}
    actions.change_group(circle.group, GroupFacts(**said | changed), by=circle.seat_of(circle.lea), now=NOW)


def begin(meeting, *, ended=False):
    over = meeting.planned_at + timedelta(hours=2) if ended else None
    StoredSession.objects.create(meeting=meeting, started_at=meeting.planned_at, ended_at=over)


def is_encrypted(meeting):
    meeting.refresh_from_db()
    assert arrangement_of(meeting.pk).encrypted is meeting.encrypted
    return meeting.encrypted


def test_a_meeting_is_planned_as_its_group_says(circle):
    before, next_week, week_after = (NOW + timedelta(days=days) for days in (1, 8, 15))
    meeting = a_meeting(circle.group, at=before)
    change(circle, encrypted=True)
    assert [is_encrypted(meeting), is_encrypted(a_meeting(circle.group, at=next_week))] == [True, True]
    change(circle, encrypted=False)
    assert [is_encrypted(meeting), is_encrypted(a_meeting(circle.group, at=week_after))] == [False, False]


def test_a_group_that_changes_leaves_a_meeting_that_has_begun_as_it_began(circle):
    waits, runs, is_over = [a_meeting(circle.group, at=NOW + timedelta(days=days)) for days in (1, 2, 3)]
    StoredSession.objects.create(meeting=waits)  # somebody is in its waiting room
    begin(runs)
    begin(is_over, ended=True)
    change(circle, encrypted=True)
    assert [is_encrypted(one) for one in (waits, runs, is_over)] == [True, False, False]


def test_the_meetings_of_another_group_stay_as_they_are(circle):
    other = a_meeting(a_group(a_person(EVE), name="Other"))
    change(circle, encrypted=True)
    assert is_encrypted(other) is False


def test_a_group_that_changes_in_another_way_leaves_its_meetings_their_script_and_call(circle):
    meeting = a_meeting(circle.group, external_url="https://meet.example.org/a")
    script = meeting.script
    change(circle, encrypted=True, mode="room", external_url="https://meet.example.org/b")
    meeting.refresh_from_db()
    assert (meeting.script, meeting.mode, meeting.external_url) == (script, "online", "https://meet.example.org/a")


def test_a_meeting_that_is_moved_stays_encrypted(circle):
    meeting = a_meeting(circle.group)
    change(circle, encrypted=True)
    facts = actions.MeetingFacts(planned_at=meeting.planned_at + timedelta(days=1), mode="mixed")
    actions.change_meeting(meeting, facts, by=circle.seat_of(circle.lea), now=NOW)
    assert is_encrypted(meeting) is True


def test_who_does_not_lead_changes_neither_the_group_nor_its_meetings(circle):
    meeting = a_meeting(circle.group)
    said = GroupFacts(name="G", language="en", timezone="UTC", script=a_script("balint-60"), encrypted=True)
    with pytest.raises(DeclinedError, match="not-yours"):
        actions.change_group(circle.group, said, by=circle.seat_of(circle.bob), now=NOW)
    assert is_encrypted(meeting) is False


def test_meetings_from_before_are_as_their_group_was(circle):
    other = a_meeting(a_group(a_person(EVE), name="Other"))
    meeting = a_meeting(circle.group)
    change(circle, encrypted=True)
    Meeting.objects.update(encrypted=False)
    import_module("openbalint.meetings.migrations.0002_encrypted").follow_groups(apps, None)
    assert [is_encrypted(meeting), is_encrypted(other)] == [True, False]
