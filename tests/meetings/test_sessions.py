"""The log of a session is appended in batches, read back whole, and belongs to one owner at a time."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
import pytest

from openbalint.meetings.actions import sessions
from openbalint.meetings.models import Meeting, StoredEvent, StoredSession
from openbalint.meetings.queries.sessions import due_for_condensing, load, log_of, people_of, without_owner
from openbalint.protocol.commands import FigureCode, Seat
from openbalint.protocol.events import Arrived, Disconnected, Event, Resumed
from openbalint.protocol.session import fold
from tests import factories
from tests.meetings.logs import BEGIN, short_session

pytestmark = pytest.mark.django_db
NEXT = BEGIN + timedelta(days=7)


@pytest.fixture
def circle() -> factories.Circle:
    return factories.a_circle(now=BEGIN)


@pytest.fixture
def meeting(circle: factories.Circle) -> Meeting:
    found = factories.a_meeting(circle.group, at=BEGIN, now=BEGIN, script="balint-60")
    sessions.take_lease(found.id, owner="a:1", address="/ws/", now=BEGIN)
    return found


@pytest.fixture
def events(circle: factories.Circle) -> list[Event]:
    return short_session(circle.lea.id, circle.ann.id, circle.bob.id)


def rows(meeting: Meeting, events: Sequence[Event], first: int = 1) -> list[sessions.Row]:
    return [sessions.row_of(meeting.id, first + place, event, "tab", place) for place, event in enumerate(events)]


def test_what_is_appended_is_read_back_as_it_was(meeting: Meeting, events: list[Event]) -> None:
    sessions.append(rows(meeting, events))
    log = log_of(meeting.id)
    assert log.events == tuple(events)
    assert log.commands == {("tab", place) for place in range(len(events))}
    assert fold(log.events) == fold(events)


def test_a_moment_is_stored_as_django_writes_it(meeting: Meeting) -> None:
    whole, part = BEGIN.replace(microsecond=0), BEGIN.replace(microsecond=120)
    sessions.append(rows(meeting, [Disconnected(whole, "cora"), Disconnected(part, "cora")]))
    stored = StoredEvent.objects.values_list("seq", "at").order_by("seq")
    assert list(stored.filter(at__in=(whole, part))) == [(1, whole), (2, part)]


def test_an_event_is_stored_without_its_moment_and_that_in_a_column(meeting: Meeting) -> None:
    sessions.append(rows(meeting, [Resumed(BEGIN), Disconnected(BEGIN, "cora")]))
    stored = StoredEvent.objects.values_list("kind", "body").order_by("seq")
    assert list(stored) == [("resumed", {}), ("disconnected", {"person": "cora"})]


def test_a_batch_of_several_rooms_is_one_statement(
    meeting: Meeting, events: list[Event], circle: factories.Circle, django_assert_num_queries: Callable[..., Any]
) -> None:
    other = factories.a_meeting(circle.group, at=NEXT, now=BEGIN)
    sessions.take_lease(other.id, owner="a:1", address="/ws/", now=BEGIN)
    few = [event for event in events if isinstance(event, Arrived)]
    with django_assert_num_queries(1):
        sessions.append([*rows(meeting, few), *rows(other, few)])
    assert log_of(meeting.id).events == log_of(other.id).events == tuple(few)


def test_a_number_is_given_once(meeting: Meeting, events: list[Event]) -> None:
    sessions.append(rows(meeting, events[:3]))
    with pytest.raises(IntegrityError), transaction.atomic():
        sessions.append([*rows(meeting, events[3:5], first=4), *rows(meeting, events[:1], first=3)])
    assert log_of(meeting.id).events == tuple(events[:3])


def test_beginning_and_end_are_on_the_session(meeting: Meeting, events: list[Event]) -> None:
    sessions.append(rows(meeting, events))
    session = StoredSession.objects.get(pk=meeting.id)
    kinds = {type(event).__name__: event.at for event in events}
    assert (session.started_at, session.ended_at) == (kinds["Started"], kinds["Closed"])


def test_a_meeting_is_loaded_with_its_people_and_who_has_not_presented(
    meeting: Meeting, events: list[Event], circle: factories.Circle
) -> None:
    sessions.append(rows(meeting, events))
    later = factories.a_meeting(circle.group, at=NEXT, now=BEGIN)
    loaded = load(later.id)
    assert loaded is not None
    assert loaded.arranged.not_presented == {str(circle.bob.id)}
    assert {person.name: (person.seat, person.profession) for person in loaded.arranged.people.values()} == {
        "Lea": (Seat.LEADER, FigureCode.DOCTOR),
        "Cora": (Seat.CO_LEADER, FigureCode.DOCTOR),
        "Ann": (Seat.MEMBER, FigureCode.DOCTOR),
        "Bob": (Seat.MEMBER, FigureCode.NURSE),
    }
    assert loaded.arranged.script.code == "balint-90"
    sessions.condense(meeting.id, by=None, now=BEGIN)
    again = load(later.id)
    assert again is not None
    assert again.arranged.not_presented == loaded.arranged.not_presented, "the record knows it too"


def test_a_meeting_that_is_called_off_has_a_room_only_where_people_came_before(
    meeting: Meeting, events: list[Event], circle: factories.Circle
) -> None:
    alone = factories.a_meeting(circle.group, at=NEXT, now=BEGIN)
    sessions.append(rows(meeting, events[:1]))
    circle.group.closed_at = BEGIN
    circle.group.save()
    loaded = load(meeting.id)
    assert loaded is not None
    assert loaded.arranged.called_off
    assert load(alone.id) is None


def test_who_left_the_group_has_a_name_and_no_seat(meeting: Meeting, circle: factories.Circle) -> None:
    circle.seat_of(circle.bob).__class__.objects.filter(user=circle.bob).update(left_at=BEGIN)
    bob = people_of(meeting.id)[str(circle.bob.id)]
    assert (bob.name, bob.seat) == ("Bob", None)


def test_a_session_without_an_owner_is_found_while_it_goes_on(meeting: Meeting, events: list[Event]) -> None:
    assert without_owner(now=BEGIN + timedelta(hours=13)) == [], "nobody came"
    sessions.append(rows(meeting, events[:2]))
    assert without_owner(now=BEGIN + timedelta(minutes=1)) == [], "a waiting room"
    assert without_owner(now=BEGIN + timedelta(hours=13)) == [meeting.id], "a waiting room long after its time"
    sessions.append(rows(meeting, events[2:-1], first=3))
    assert without_owner(now=BEGIN + timedelta(seconds=10)) == [], "its owner lives"
    assert without_owner(now=BEGIN + timedelta(seconds=16)) == [meeting.id]
    sessions.append(rows(meeting, events[-1:], first=len(events)))
    assert without_owner(now=BEGIN + timedelta(seconds=16)) == []


def test_condensing_keeps_the_record_and_deletes_every_event(meeting: Meeting, events: list[Event]) -> None:
    sessions.append(rows(meeting, events))
    end = events[-1].at
    assert due_for_condensing(now=end + timedelta(days=6, hours=23), days=7) == []
    assert due_for_condensing(now=end + timedelta(days=7), days=7) == [meeting.id]
    assert sessions.condense(meeting.id, by=None, now=end)
    assert not StoredEvent.objects.filter(session_id=meeting.id).exists()
    session = StoredSession.objects.get(pk=meeting.id)
    assert session.condensed_at == end
    assert [case["presenter"] for case in session.record.body["cases"]] == [_presenter(events)]
    assert not sessions.condense(meeting.id, by=None, now=end), "a second time changes nothing"
    assert due_for_condensing(now=end + timedelta(days=7), days=7) == []
    assert load(meeting.id) is None


def _presenter(events: list[Event]) -> str:
    return next(event.person for event in events if type(event).__name__ == "PresenterNamed" and event.person)


def test_a_session_that_goes_on_is_not_condensed(meeting: Meeting, events: list[Event]) -> None:
    sessions.append(rows(meeting, events[:-1]))
    assert not sessions.condense(meeting.id, by=None, now=BEGIN)
    assert log_of(meeting.id).events == tuple(events[:-1])


def test_a_condensing_that_breaks_off_changes_nothing(
    meeting: Meeting, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions.append(rows(meeting, events))

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("openbalint.audit.actions.record", broken)
    with pytest.raises(RuntimeError, match="the disk is full"):
        sessions.condense(meeting.id, by=None, now=BEGIN)
    assert log_of(meeting.id).events == tuple(events)
    assert load(meeting.id) is not None
