"""Past meetings as a list shows them: to leaders how many came and who presented, to everybody else their own part."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from openbalint.accounts.models import User
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries import records
from openbalint.meetings.queries.sessions import people_of
from openbalint.protocol.record import Record
from openbalint.web import record as pages


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting that is over. ``came`` and ``presented`` are empty where nobody did, or nothing was held."""

    meeting: Meeting
    came: str
    presented: str


def rows(meetings: Iterable[Meeting], *, user: User, led: Collection[UUID]) -> Iterator[Past]:
    """The rows of a list for somebody who leads the groups ``led``."""
    for meeting in meetings:
        facts = records.facts_of(meeting)
        if facts is None or facts.record.started_at is None:
            yield Past(meeting, "", "")
        elif meeting.group_id in led:
            names = {person: found.name for person, found in people_of(meeting.pk).items()}
            could_come = records.came_of(meeting)
            yield Past(meeting, pages.came(facts.record, could_come), pages.presented(facts.record, names))
        else:
            yield _own(meeting, facts.record, str(user.pk))


def _own(meeting: Meeting, record: Record, person: str) -> Past:
    came = any(one.person == person and one.seated_at for one in record.attendance)
    presented = any(case.presenter == person for case in record.cases)
    return Past(meeting, gettext("you") if came else "", gettext("you") if presented else "")
