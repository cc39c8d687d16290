"""Which meetings somebody has: now, coming, past.

A meeting is *now* from an hour before its time until its room has closed; one that nobody started is over three hours
after its time. Closing a group calls off what is still to come, without a word at each meeting.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from openbalint.accounts.models import User
from openbalint.groups.models import LEADING, Group, Membership, Seats
from openbalint.groups.queries import membership_of
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries.sessions import not_presented

BEFORE = timedelta(hours=1)
STILL_DUE = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class MeetingAccess:
    """A meeting, and what somebody is in its group."""

    meeting: Meeting
    membership: Membership


def meeting_of(user: User, meeting_id: UUID) -> MeetingAccess | None:
    """Return the meeting for somebody who belongs to its group now, or None."""
    meeting = Meeting.objects.select_related("group", "session").filter(pk=meeting_id).first()
    membership = membership_of(user, meeting.group_id) if meeting is not None else None
    return MeetingAccess(meeting, membership) if meeting is not None and membership is not None else None


def meetings_of(user: User, *, group: Group | None = None) -> QuerySet[Meeting]:
    """Return all meetings of the groups that somebody belongs to, or of one of these groups."""
    memberships = Membership.objects.filter(user=user, left_at=None)
    groups = (memberships.filter(group=group) if group else memberships).values("group")
    return Meeting.objects.select_related("group", "session").filter(group__in=groups)


def led_groups(user: User) -> set[UUID]:
    """Return the groups that somebody leads now."""
    rows = Membership.objects.filter(user=user, left_at=None, seat__in=LEADING, group__closed_at=None)
    return set(rows.values_list("group_id", flat=True))


def now_of(meetings: QuerySet[Meeting], *, now: datetime) -> QuerySet[Meeting]:
    """Return those whose room is open, the earliest first."""
    waiting = Q(session__started_at__isnull=True, planned_at__gt=now - STILL_DUE, group__closed_at=None)
    due = waiting | Q(session__started_at__isnull=False)
    return (
        meetings.filter(due, session__ended_at=None, state=Meeting.State.PLANNED)
        .filter(planned_at__lte=now + BEFORE)
        .order_by("planned_at", "id")
    )


def coming_of(meetings: QuerySet[Meeting], *, now: datetime) -> QuerySet[Meeting]:
    """Return those that are yet to come, the next first; a meeting called off is told until its time."""
    planned = Q(state=Meeting.State.PLANNED, planned_at__gt=now + BEFORE, session__ended_at=None)
    called_off = Q(state=Meeting.State.CALLED_OFF, planned_at__gt=now)
    return meetings.filter(planned | called_off, group__closed_at=None).order_by("planned_at", "id")


def past_of(meetings: QuerySet[Meeting], *, now: datetime) -> QuerySet[Meeting]:
    """Return those that are over, the latest first."""
    missed = Q(session__started_at__isnull=True, planned_at__lte=now - STILL_DUE)
    return meetings.filter(missed | Q(session__ended_at__isnull=False), state=Meeting.State.PLANNED).order_by(
        "-planned_at", "id"
    )


def next_meeting(group: Group, *, now: datetime) -> Meeting | None:
    """Return the group's meeting that is now, or else the next to come."""
    meetings = Meeting.objects.select_related("group", "session").filter(group=group)
    coming = coming_of(meetings, now=now).filter(state=Meeting.State.PLANNED)
    return now_of(meetings, now=now).first() or coming.first()


def latest_meeting(group: Group) -> Meeting | None:
    """Return the meeting of the group with the latest time, to come or over."""
    return group.meetings.order_by("-planned_at").first()


def is_now(meeting: Meeting, *, now: datetime) -> bool:
    """Whether the meeting's room is open."""
    return now_of(Meeting.objects.filter(pk=meeting.pk), now=now).exists()


def is_past(meeting: Meeting, *, now: datetime) -> bool:
    """Whether the meeting is over, held or not."""
    return past_of(Meeting.objects.filter(pk=meeting.pk), now=now).exists()


def has_begun(meeting: Meeting) -> bool:
    """Whether a leader has started the session."""
    session = getattr(meeting, "session", None)
    return session is not None and session.started_at is not None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a group has come, for its leaders. ``presented`` counts those of ``members`` who have presented."""

    members: int
    presented: int
    held: int


def progress_of(group: Group) -> Progress:
    """Return how many members a group has, how many of them have presented, and how many meetings were held."""
    members = group.memberships.filter(left_at=None, seat=Seats.MEMBER)
    circle = {str(user) for user in members.values_list("user_id", flat=True)}
    return Progress(
        members=len(circle),
        presented=len(circle - not_presented(Meeting(group=group))),  # a meeting to come: all others are earlier
        held=group.meetings.filter(session__ended_at__isnull=False, session__started_at__isnull=False).count(),
    )
