"""The database itself keeps the log append-only, on SQLite and PostgreSQL alike."""

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
import pytest

from openbalint.meetings import triggers
from openbalint.meetings.actions import sessions
from openbalint.meetings.models import Meeting, Record, StoredEvent
from openbalint.meetings.queries.sessions import log_of
from openbalint.protocol.events import Event
from tests import factories
from tests.meetings.logs import BEGIN, short_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> tuple[Meeting, list[Event]]:
    circle = factories.a_circle(now=BEGIN)
    meeting = factories.a_meeting(circle.group, at=BEGIN, now=BEGIN, script="balint-60")
    sessions.take_lease(meeting.id, owner="a:1", address="/ws/", now=BEGIN)
    events = short_session(circle.lea.id, circle.ann.id, circle.bob.id)
    sessions.append([sessions.row_of(meeting.id, place + 1, event) for place, event in enumerate(events)])
    return meeting, events


def test_an_event_is_never_changed(stored: tuple[Meeting, list[Event]]) -> None:
    meeting, events = stored
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        StoredEvent.objects.filter(session_id=meeting.id).update(kind="left")
    assert log_of(meeting.id).events == tuple(events)


def test_an_event_is_deleted_only_after_the_record_is_written(stored: tuple[Meeting, list[Event]]) -> None:
    meeting, events = stored
    with pytest.raises(DatabaseError, match="after the record"), transaction.atomic():
        StoredEvent.objects.filter(session_id=meeting.id).delete()
    assert log_of(meeting.id).events == tuple(events)
    Record.objects.create(session_id=meeting.id, body={}, condensed_at=BEGIN)
    StoredEvent.objects.filter(session_id=meeting.id).delete()
    assert log_of(meeting.id).events == ()


def test_a_stale_owner_cannot_begin_a_condensed_session_anew(stored: tuple[Meeting, list[Event]]) -> None:
    meeting, events = stored
    sessions.condense(meeting.id, by=None, now=BEGIN)
    with pytest.raises(DatabaseError, match="takes no event"), transaction.atomic():
        sessions.append([sessions.row_of(meeting.id, 1, events[0])])
    assert log_of(meeting.id).events == ()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_log_is_never_truncated(stored: tuple[Meeting, list[Event]]) -> None:
    meeting, events = stored
    with pytest.raises(DatabaseError, match="never truncated"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE meetings_storedevent CASCADE")
    assert log_of(meeting.id).events == tuple(events)


def names() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'event_%'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'event_%'")
        return {name for (name,) in cursor.fetchall()}


def test_the_triggers_are_there_after_every_migration() -> None:
    expected = set(triggers.RULES) | (set(triggers.TRUNCATE) if connection.vendor == "postgresql" else set())
    assert names() == expected
    triggers.remove(connection)
    assert names() == set()
    call_command("migrate", verbosity=0)
    assert names() == expected
    triggers.install(connection)
    assert names() == expected
