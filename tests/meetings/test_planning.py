"""Planning, moving and calling off; which meetings are now, coming and past."""

from datetime import UTC, datetime, timedelta

import pytest

from openbalint.accounts.rules import DeclinedError
from openbalint.audit.models import Entry
from openbalint.groups.actions import groups
from openbalint.groups.queries import membership_of
from openbalint.groups.scripts import from_body
from openbalint.meetings.actions import planning as actions
from openbalint.meetings.actions.planning import MeetingFacts
from openbalint.meetings.models import Meeting, StoredSession
from openbalint.meetings.queries import planning
from openbalint.protocol.shipped import SHIPPED
from tests.factories import NOW, a_circle, a_group, a_meeting, a_person, a_script
from tests.people import EVE

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=1)


@pytest.fixture
def circle():
    return a_circle(external_url="https://meet.example.org/balint")


def facts(**changed):
    return MeetingFacts(**{"planned_at": SOON, "mode": "online"} | changed)


def planned(circle, **changed):
    return actions.plan_meeting(facts(**changed), by=circle.seat_of(circle.lea), now=NOW)


def begin(meeting, *, ended=False):
    """What the live part writes when a leader starts the session, and when its room closes."""
    StoredSession.objects.create(meeting=meeting, started_at=meeting.planned_at, ended_at=SOON if ended else None)


def test_a_meeting_keeps_a_copy_of_the_groups_script(circle):
    meeting = planned(circle)
    assert (from_body(meeting.script), meeting.minutes) == (SHIPPED["balint-90"], 90)
    changed = groups.GroupFacts(name="G", language="en", timezone="UTC", script=a_script("balint-60"))
    groups.change_group(circle.group, changed, by=circle.seat_of(circle.lea), now=NOW)
    meeting.refresh_from_db()
    assert (from_body(meeting.script), meeting.minutes) == (SHIPPED["balint-90"], 90)


def test_another_script_can_be_chosen_for_one_meeting(circle):
    meeting = planned(circle, script=a_script("balint-120-two"))
    assert (from_body(meeting.script).code, meeting.minutes) == ("balint-120-two", 120)


def test_a_meeting_is_moved_and_keeps_its_script_unless_another_is_named(circle):
    meeting = planned(circle)
    later = facts(planned_at=SOON + timedelta(hours=1), mode="mixed", external_url="https://meet.example.org/other")
    actions.change_meeting(meeting, later, by=circle.seat_of(circle.cora), now=NOW)
    meeting.refresh_from_db()
    assert (meeting.planned_at, meeting.mode, meeting.external_url, meeting.minutes) == (
        SOON + timedelta(hours=1),
        "mixed",
        "https://meet.example.org/other",
        90,
    )
    dids = list(Entry.objects.filter(about=meeting.id).values_list("did", flat=True))
    assert dids == ["meeting-planned", "meeting-changed"]


def test_nothing_is_planned_in_the_past_but_a_meeting_may_have_just_begun(circle):
    with pytest.raises(DeclinedError, match="in-the-past"):
        planned(circle, planned_at=NOW - timedelta(hours=1, seconds=1))
    assert planned(circle, planned_at=NOW - timedelta(minutes=10)).state == "planned"


def test_nothing_is_planned_or_moved_further_ahead_than_clocks_and_people_can_count(circle):
    three_years, by = NOW + actions.AHEAD, circle.seat_of(circle.lea)
    meeting = planned(circle, planned_at=three_years)
    for far in (three_years + timedelta(seconds=1), datetime(9999, 12, 31, 15, 30, tzinfo=UTC)):
        for deed in (
            lambda far=far: planned(circle, planned_at=far),
            lambda far=far: actions.change_meeting(meeting, facts(planned_at=far), by=by, now=NOW),
        ):
            with pytest.raises(DeclinedError, match="too-far"):
                deed()
    assert Meeting.objects.get().planned_at == three_years


def test_a_group_does_not_meet_twice_at_the_same_time(circle):
    meeting, by = planned(circle), circle.seat_of(circle.cora)
    for_another_hour = planned(circle, planned_at=SOON + timedelta(hours=2))
    with pytest.raises(DeclinedError, match="planned-already"):
        planned(circle)
    with pytest.raises(DeclinedError, match="planned-already"):
        actions.change_meeting(for_another_hour, facts(), by=by, now=NOW)
    actions.change_meeting(meeting, facts(mode="mixed"), by=by, now=NOW)  # at its own time still
    assert Meeting.objects.filter(planned_at=SOON).count() == 1


def test_another_group_may_meet_then_and_the_same_one_after_calling_it_off(circle):
    meeting = planned(circle)
    a_meeting(a_group(a_person(EVE), name="Other"), at=SOON)
    actions.call_off_meeting(meeting, by=circle.seat_of(circle.lea), now=NOW)
    assert planned(circle).planned_at == SOON


def test_a_meeting_that_has_begun_keeps_its_time_but_may_get_another_call(circle):
    meeting, by = planned(circle), circle.seat_of(circle.lea)
    begin(meeting)
    for deed in (
        lambda: actions.change_meeting(meeting, facts(), by=by, now=NOW),
        lambda: actions.call_off_meeting(meeting, by=by, now=NOW),
    ):
        with pytest.raises(DeclinedError, match="begun"):
            deed()
    actions.set_call(meeting, "https://meet.example.org/b", by=by, now=NOW)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.external_url) == ("planned", "https://meet.example.org/b")


def test_a_meeting_called_off_stays_so(circle):
    meeting, by = planned(circle), circle.seat_of(circle.lea)
    actions.call_off_meeting(meeting, by=by, now=NOW)
    with pytest.raises(DeclinedError, match="called-off"):
        actions.change_meeting(meeting, facts(), by=by, now=NOW)
    meeting.refresh_from_db()
    assert meeting.state == "called-off"


def test_only_leaders_of_the_open_group_plan_and_change(circle):
    meeting, eve = planned(circle), a_person(EVE)
    strange = membership_of(eve, a_group(eve, name="Other").id)
    for by in (circle.seat_of(circle.ann), strange):
        for deed in (
            lambda by=by: actions.change_meeting(meeting, facts(), by=by, now=NOW),
            lambda by=by: actions.call_off_meeting(meeting, by=by, now=NOW),
            lambda by=by: actions.set_call(meeting, "https://eve.example", by=by, now=NOW),
        ):
            with pytest.raises(DeclinedError, match="not-yours"):
                deed()
    groups.close_group(circle.group, by=circle.seat_of(circle.lea), now=NOW)
    with pytest.raises(DeclinedError, match="not-yours"):
        planned(circle)
    assert Meeting.objects.get().external_url == ""


# ── now, coming, past ─────────────────────────────────────────────────────────────────────────────────────────────────


def lists(user, *, now):
    meetings = planning.meetings_of(user)
    return tuple(list(of(meetings, now=now)) for of in (planning.now_of, planning.coming_of, planning.past_of))


def test_a_meeting_is_now_from_an_hour_before(circle):
    meeting = a_meeting(circle.group, at=SOON)
    hour = timedelta(hours=1)
    assert lists(circle.ann, now=SOON - hour - timedelta(seconds=1)) == ([], [meeting], [])
    assert lists(circle.ann, now=SOON - hour) == ([meeting], [], [])


def test_a_meeting_that_nobody_started_is_over_three_hours_after_its_time(circle):
    meeting = a_meeting(circle.group, at=SOON)
    three = timedelta(hours=3)
    assert lists(circle.ann, now=SOON + three - timedelta(seconds=1)) == ([meeting], [], [])
    assert lists(circle.ann, now=SOON + three) == ([], [], [meeting])


def test_a_running_meeting_is_now_until_its_room_has_closed(circle):
    meeting = a_meeting(circle.group, at=SOON)
    begin(meeting)
    assert lists(circle.ann, now=SOON + timedelta(hours=5)) == ([meeting], [], [])
    StoredSession.objects.update(ended_at=SOON + timedelta(hours=5))
    assert lists(circle.ann, now=SOON + timedelta(hours=5)) == ([], [], [meeting])


def test_a_meeting_called_off_is_told_until_its_time(circle):
    meeting = a_meeting(circle.group, at=SOON)
    actions.call_off_meeting(meeting, by=circle.seat_of(circle.lea), now=NOW)
    meeting.refresh_from_db()
    assert lists(circle.ann, now=SOON - timedelta(seconds=1)) == ([], [meeting], [])
    assert lists(circle.ann, now=SOON) == ([], [], [])
    assert planning.next_meeting(circle.group, now=NOW) is None


def test_what_was_to_come_ends_with_the_group_but_a_running_meeting_goes_on(circle):
    running, coming = a_meeting(circle.group, at=NOW), a_meeting(circle.group, at=SOON)
    begin(running)
    assert lists(circle.ann, now=NOW) == ([running], [coming], [])
    groups.close_group(circle.group, by=circle.seat_of(circle.lea), now=NOW)
    assert lists(circle.ann, now=NOW) == ([running], [], [])
    assert lists(circle.ann, now=SOON) == ([running], [], [])


def test_the_next_meeting_is_the_one_that_is_now_or_the_first_to_come(circle):
    later = a_meeting(circle.group, at=SOON + timedelta(days=7))
    first = a_meeting(circle.group, at=SOON)
    assert planning.next_meeting(circle.group, now=NOW) == first
    assert planning.next_meeting(circle.group, now=SOON + timedelta(hours=1)) == first
    assert planning.next_meeting(circle.group, now=SOON + timedelta(hours=4)) == later


def test_strangers_have_no_meetings_of_the_group(circle):
    meeting = a_meeting(circle.group)
    eve = a_person(EVE)
    a_group(eve, name="Other")
    assert lists(eve, now=NOW) == ([], [], [])
    assert planning.meeting_of(eve, meeting.id) is None
    assert planning.meeting_of(circle.ann, meeting.id).membership.user == circle.ann
