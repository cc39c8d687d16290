"""Planning, moving and calling off meetings; and what a change of their group is to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from openbalint.accounts.rules import DeclinedError
from openbalint.audit.actions import record
from openbalint.groups import scripts
from openbalint.groups.actions import groups
from openbalint.groups.actions.groups import GroupFacts
from openbalint.groups.actions.members import leading
from openbalint.groups.models import Group, Membership, StoredScript
from openbalint.meetings.models import Meeting, StoredSession
from openbalint.protocol.scripts import announced_minutes

# A meeting may be entered a little after it has begun in the room.
JUST_BEGUN = timedelta(hours=1)
# Further than groups plan, and far from where calendars end: every clock can show it, every deadline can be counted.
AHEAD = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What a leader says about a meeting. ``script`` None keeps the script that the meeting has."""

    planned_at: datetime
    mode: str
    external_url: str = ""
    script: StoredScript | None = None


@transaction.atomic
def plan_meeting(facts: MeetingFacts, *, by: Membership, now: datetime) -> Meeting:
    """Plan a meeting of the group that ``by`` leads, with a copy of a script (the group's, unless another is named).

    Declined: ``not-yours``, ``in-the-past``, ``too-far``, ``planned-already``.
    """
    by = leading(by, by.group_id)
    _refuse_past_and_far(facts.planned_at, now=now)
    _refuse_twice(facts.planned_at, by=by)
    meeting = Meeting(group=by.group, encrypted=by.group.encrypted, created_by=by.user, created_at=now)
    _write(meeting, facts, script=facts.script or by.group.script)
    record("meeting-planned", by=by.user_id, about=meeting.id, now=now)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, facts: MeetingFacts, *, by: Membership, now: datetime) -> Meeting:
    """Move a meeting, or change its script, mode or call, until it begins.

    Declined: ``not-yours``, ``begun``, ``called-off``; for a new time ``in-the-past``, ``too-far``, ``planned-already``.
    """
    meeting = _planned(meeting, by=by)
    if facts.planned_at != meeting.planned_at:
        _refuse_past_and_far(facts.planned_at, now=now)
        _refuse_twice(facts.planned_at, by=by)
    _write(meeting, facts, script=facts.script)
    record("meeting-changed", by=by.user_id, about=meeting.id, now=now)
    return meeting


@transaction.atomic
def set_call(meeting: Meeting, external_url: str, *, by: Membership, now: datetime) -> None:
    """Change the call elsewhere, also while the meeting runs. Declined: ``not-yours``."""
    leading(by, meeting.group_id)
    meeting.external_url = external_url
    meeting.save(update_fields=["external_url"])
    record("meeting-call-changed", by=by.user_id, about=meeting.id, now=now)


@transaction.atomic
def call_off_meeting(meeting: Meeting, *, by: Membership, now: datetime) -> None:
    """Call a meeting off, until it begins. Declined: ``not-yours``, ``begun``, ``called-off``."""
    meeting = _planned(meeting, by=by)
    meeting.state = Meeting.State.CALLED_OFF
    meeting.save(update_fields=["state"])
    record("meeting-called-off", by=by.user_id, about=meeting.id, now=now)


@transaction.atomic
def change_group(group: Group, facts: GroupFacts, *, by: Membership, now: datetime) -> None:
    """Change a group and, until they begin, whether its meetings are encrypted. Declined: ``not-yours``.

    Meetings that are planned keep their script, mode and call, which can be changed in each; this cannot.
    """
    groups.change_group(group, facts, by=by, now=now)
    Meeting.objects.filter(group=group, session__started_at=None).update(encrypted=facts.encrypted)


def _planned(meeting: Meeting, *, by: Membership) -> Meeting:
    """Return the meeting as it is now, locked, if ``by`` may still change it."""
    leading(by, meeting.group_id)
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if locked.state == Meeting.State.CALLED_OFF:
        raise DeclinedError("called-off")
    if StoredSession.objects.filter(meeting=locked, started_at__isnull=False).exists():
        raise DeclinedError("begun")
    return locked


def _refuse_past_and_far(planned_at: datetime, *, now: datetime) -> None:
    if planned_at < now - JUST_BEGUN:
        raise DeclinedError("in-the-past")
    if planned_at > now + AHEAD:
        raise DeclinedError("too-far")


def _refuse_twice(planned_at: datetime, *, by: Membership) -> None:
    """A form that is sent again, from a second tab too, plans no second meeting: the group is locked here."""
    if Meeting.objects.filter(group=by.group_id, planned_at=planned_at, state=Meeting.State.PLANNED).exists():
        raise DeclinedError("planned-already")


def _write(meeting: Meeting, facts: MeetingFacts, *, script: StoredScript | None) -> None:
    if script is not None:
        meeting.script = script.body
        meeting.minutes = announced_minutes(scripts.from_body(script.body))
    meeting.planned_at, meeting.mode, meeting.external_url = facts.planned_at, facts.mode, facts.external_url
    meeting.save()
