"""What the live room reads: the log of a meeting, and the people who have a seat in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
import msgspec

from openbalint.groups.models import LEADING, Membership, Mode
from openbalint.groups.scripts import from_body
from openbalint.meetings.models import Meeting, Record, StoredEvent, StoredSession
from openbalint.protocol.commands import FigureCode, PersonId, Seat
from openbalint.protocol.events import EVENTS, Event
from openbalint.protocol.scripts import Script
from openbalint.protocol.session import Room, fold

LEASE = timedelta(seconds=15)  # how long an owner that says nothing keeps a room
RENEW = timedelta(seconds=5)
OVERDUE = timedelta(hours=12)  # after its planned time the clock ends a waiting room that never started


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the group of a meeting, as the room needs to know them. ``seat`` None: has left the group."""

    name: str
    seat: Seat | None
    profession: FigureCode


@dataclass(frozen=True, slots=True)
class Log:
    """The log of a session. ``commands`` are those that made its events, as (tab, number)."""

    events: tuple[Event, ...]
    commands: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the pages say of a meeting and its group. ``not_presented``: members who have not in an earlier meeting."""

    planned_at: datetime
    script: Script
    people: Mapping[PersonId, KnownPerson]
    not_presented: frozenset[PersonId]
    mode: Mode = Mode.ROOM
    encrypted: bool = False  # from device to device
    call: str = ""  # address of a call elsewhere
    called_off: bool = False  # or its group is closed

    @property
    def has_sound(self) -> bool:
        """Whether people are in more than one place, so that they need a way to hear each other."""
        return self.mode != Mode.ROOM


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that a room needs to live again."""

    meeting: UUID
    room: Room
    commands: frozenset[tuple[str, int]]
    arranged: Arrangement


def log_of(meeting_id: UUID) -> Log:
    """The whole log, in order."""
    rows = StoredEvent.objects.filter(session_id=meeting_id).order_by("seq")
    found = list(rows.values_list("kind", "at", "body", "tab", "number"))
    return Log(
        events=tuple(event_of(kind, at, body) for kind, at, body, _, _ in found),
        commands=frozenset((tab, number) for _, _, _, tab, number in found if tab),
    )


def event_of(kind: str, at: datetime, body: Mapping[str, Any]) -> Event:
    """The protocol's event from what is stored."""
    event: Event = msgspec.convert({**body, "at": at}, EVENTS[kind])
    return event


def may_open(meeting_id: UUID) -> bool:
    """Whether there is such a meeting, and its session is not condensed.

    One that is called off, or whose group is closed, has a room only where people came before: it is there to be closed.
    """
    planned = Q(state=Meeting.State.PLANNED, group__closed_at=None)
    meetings = Meeting.objects.filter(planned | Q(session__events__isnull=False), pk=meeting_id)
    return meetings.filter(session__record=None).exists()


def load(meeting_id: UUID) -> Loaded | None:
    """A meeting's session, to be lived on; None where `may_open` says no."""
    if not may_open(meeting_id):  # before the log is read: condensing writes the record before it deletes
        return None
    log = log_of(meeting_id)
    return Loaded(meeting_id, Room(session=fold(log.events)), log.commands, arrangement_of(meeting_id))


def arrangement_of(meeting_id: UUID) -> Arrangement:
    """What the pages say of a meeting now."""
    meeting = Meeting.objects.select_related("group").get(pk=meeting_id)
    return Arrangement(
        planned_at=meeting.planned_at,
        script=from_body(meeting.script),
        people=people_of(meeting_id),
        not_presented=not_presented(meeting),
        mode=Mode(meeting.mode),
        encrypted=meeting.encrypted,
        call=meeting.external_url,
        called_off=meeting.state == Meeting.State.CALLED_OFF or meeting.group.closed_at is not None,
    )


def people_of(meeting_id: UUID) -> dict[PersonId, KnownPerson]:
    """Everybody who is or was in the meeting's group, by id. Who has left has a name, for the log may name them."""
    rows = Membership.objects.filter(group__meetings=meeting_id).order_by("joined_at", "id")
    return {
        str(user): KnownPerson(name, Seat(seat) if left is None else None, FigureCode(profession))
        for user, name, seat, profession, left in rows.values_list(
            "user_id", "user__name", "seat", "user__profession", "left_at"
        )
    }


def not_presented(meeting: Meeting) -> frozenset[PersonId]:
    """Members of the group who have not presented in an earlier meeting of it. Leaders are not asked to."""
    members = Membership.objects.filter(group=meeting.group_id, left_at=None).exclude(seat__in=LEADING)
    earlier = StoredSession.objects.filter(meeting__group=meeting.group_id, started_at__isnull=False).exclude(
        pk=meeting.pk
    )
    kept = Record.objects.filter(session__in=earlier).values_list("body", flat=True)
    presenters = {str(case["presenter"]) for body in kept for case in body["cases"]}
    for session in earlier.filter(condensed_at=None):
        presenters |= {case.presenter for case in fold(log_of(session.pk).events).told.values()}
    return frozenset(str(person) for person in members.values_list("user_id", flat=True)) - presenters


def socket_address(meeting_id: UUID, *, now: datetime, default: str) -> str:
    """Where browsers reach the room's owner; ``default`` where nobody owns it now."""
    held = StoredSession.objects.filter(pk=meeting_id, renewed_at__gt=now - LEASE).exclude(owner="")
    return held.values_list("address", flat=True).first() or default


def owners(meeting_ids: Collection[UUID], *, now: datetime) -> dict[UUID, str]:
    """Who holds these rooms now; rooms that nobody holds are left out."""
    held = StoredSession.objects.filter(pk__in=meeting_ids, renewed_at__gt=now - LEASE).exclude(owner="")
    return dict(held.values_list("pk", "owner"))


def open_sessions_of(group: UUID) -> list[UUID]:
    """Sessions of a group that have not ended."""
    return list(StoredSession.objects.filter(meeting__group=group, ended_at=None).values_list("pk", flat=True))


def open_sessions_with(person: UUID) -> list[UUID]:
    """Sessions that have not ended, of groups to which the person belongs or belonged."""
    sessions = StoredSession.objects.filter(meeting__group__memberships__user=person, ended_at=None)
    return list(sessions.distinct().values_list("pk", flat=True))


def without_owner(*, now: datetime) -> list[UUID]:
    """Sessions that go on by themselves and that nobody holds: running, or a waiting room long after its time."""
    free = Q(owner="") | Q(renewed_at=None) | Q(renewed_at__lte=now - LEASE)
    overdue = Q(meeting__planned_at__lte=now - OVERDUE, events__isnull=False)
    sessions = StoredSession.objects.filter(free, Q(started_at__isnull=False) | overdue, ended_at=None)
    return list(sessions.distinct().order_by("pk").values_list("pk", flat=True))


def due_for_condensing(*, now: datetime, days: int) -> list[UUID]:
    """Sessions that ended ``days`` ago or earlier and still have their log."""
    ended = StoredSession.objects.filter(ended_at__lte=now - timedelta(days=days), condensed_at=None)
    return list(ended.order_by("ended_at").values_list("pk", flat=True))


def alone() -> bool:
    """Whether one process is all there is: on SQLite, where the room is always this process's own."""
    return connection.vendor == "sqlite"
