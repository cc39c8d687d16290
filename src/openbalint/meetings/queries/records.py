"""What is read of a meeting that is over: its record, the turns of each person, and for each person their own part.

Until a session is condensed the record is computed from its log; afterwards it is the row that stayed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from openbalint.groups.models import Membership
from openbalint.meetings.models import Meeting, Record as StoredRecord, StoredSession
from openbalint.meetings.queries.sessions import log_of
from openbalint.protocol.commands import PersonId
from openbalint.protocol.record import Attendance, Record, Turns, record, turns, turns_by_chair

KEPT = timedelta(days=7)  # how long the log of a closed session lives at the most


@dataclass(frozen=True, slots=True)
class Facts:
    """The record of a meeting that is over. ``condenses_at`` None: the log is gone already."""

    record: Record
    condenses_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What somebody sees of a meeting afterwards. ``turns`` None: nothing was measured, or it is deleted already."""

    attendance: Attendance | None
    presented: bool
    turns: Turns | None
    condensed: bool


def facts_of(meeting: Meeting) -> Facts | None:
    """The record of a meeting; None while its session has not ended."""
    session = StoredSession.objects.filter(pk=meeting.pk, ended_at__isnull=False).first()
    if session is None or session.ended_at is None:
        return None
    # The log first: whoever finds no record row afterwards has read it whole.
    log = log_of(meeting.pk)
    if stored := StoredRecord.objects.filter(pk=meeting.pk).first():
        return Facts(msgspec.convert(stored.body, Record), None)
    return Facts(record(log.events), session.ended_at + KEPT)


def turns_of(meeting: Meeting, facts: Facts, *, now: datetime) -> Mapping[PersonId, Turns]:
    """Turns and seconds of everybody who sat, in the order of seating: for the leaders of the group alone.

    Empty where nothing was measured, and from the moment the log is condensed or should have been.
    """
    if facts.record.spread is None or facts.condenses_at is None or now >= facts.condenses_at:
        return {}
    return turns_by_chair(log_of(meeting.pk).events)


def own_part_of(meeting: Meeting, person: PersonId) -> OwnPart | None:
    """What somebody sees of a meeting that is over; None while its session has not ended."""
    log = log_of(meeting.pk)
    facts = facts_of(meeting)
    if facts is None:
        return None
    condensed = facts.condenses_at is None
    measured = facts.record.spread is not None and not condensed
    return OwnPart(
        attendance=next((one for one in facts.record.attendance if one.person == person), None),
        presented=any(case.presenter == person for case in facts.record.cases),
        turns=turns(log.events).get(person, Turns(0, 0.0)) if measured else None,
        condensed=condensed,
    )


def came_of(meeting: Meeting) -> int:
    """How many people belonged to the meeting's group at its time: those who could come."""
    there = Membership.objects.filter(group=meeting.group_id, joined_at__lte=meeting.planned_at)
    return there.exclude(left_at__lte=meeting.planned_at).values("user").distinct().count()
