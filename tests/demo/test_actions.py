"""The demonstration hospital in the database."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.test import override_settings
import pytest
from pytest_django import DjangoDbBlocker

from openbalint.demo import actions
from openbalint.demo.cast import CAST, CO_LEADER, LEADER, VISITOR
from openbalint.groups import scripts
from openbalint.groups.actions import groups, members
from openbalint.groups.models import Group, Membership, Seats
from openbalint.meetings.models import Meeting, Record, StoredEvent, StoredSession
from openbalint.meetings.queries.sessions import not_presented
from tests.factories import a_person
from tests.people import BOB

NOW = datetime(2026, 11, 26, 3, 7, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def hospital(told: list[str], django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[actions.Hospital]:
    """Built once for all tests here, which see it through a savepoint of their own; gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield actions.build(now=NOW, tell=told.append)
        transaction.set_rollback(True)


def test_the_past_was_really_held_and_condensed_but_for_the_last(hospital, told):
    held = list(StoredSession.objects.order_by("started_at"))
    zone = ZoneInfo(actions.local_zone())
    days = [(NOW.astimezone(zone).date() - session.started_at.astimezone(zone).date()).days for session in held]
    assert days == [past.days for past in actions.PAST]
    assert [session.condensed_at is None for session in held] == [not past.condensed for past in actions.PAST]
    assert all(session.ended_at - session.started_at > timedelta(minutes=30) for session in held)
    assert set(StoredEvent.objects.values_list("session_id", flat=True)) == {held[-1].pk}
    assert {session.meeting.planned_at.astimezone(zone).hour for session in held} == {18}
    assert len(told) == len(actions.PAST)


def test_each_record_names_who_presented_and_voices_everybody(hospital):
    bodies = list(Record.objects.order_by("condensed_at").values_list("body", flat=True))
    presenters = [body["cases"][0]["presenter"] for body in bodies]
    assert presenters == [str(hospital.people[past.presenter].id) for past in actions.PAST if past.condensed]
    voices = [{figure["code"]: figure["voices"] for figure in body["cases"][0]["figures"]} for body in bodies]
    assert all(set(map(str, past.figures)) <= set(codes) for past, codes in zip(actions.PAST[:-1], voices, strict=True))
    assert min(times for codes in voices for times in codes.values()) >= 1


def test_absent_is_absent(hospital):
    first = Record.objects.order_by("condensed_at").first()
    there = {one["person"] for one in first.body["attendance"]}
    assert there == {str(user.id) for key, user in hospital.people.items() if key not in actions.PAST[0].absent}


def test_it_is_found_again_with_everybody_in_place(hospital):
    found = actions.found(hospital.notes)
    assert found is not None
    assert (found.group, dict(found.people)) == (hospital.group, dict(hospital.people))
    assert [user.name for user in found.people.values()] == [player.name for player in CAST]


def test_whatever_else_people_did_stays(hospital):
    """Another name, somebody new by a link, one fewer, one who left and is back: the next start plans its meetings."""
    group, leader = Group.objects.get(pk=hospital.group.pk), hospital.leader
    facts = {field.name: getattr(group, field.name) for field in fields(groups.GroupFacts)}
    groups.change_group(group, groups.GroupFacts(**facts | {"name": "周五小组"}), by=leader, now=NOW)
    members.seat_person(group, a_person(BOB, now=NOW), Seats.MEMBER, agreed=True, now=NOW)
    for key in ("tom", CO_LEADER.key, VISITOR.key):
        members.remove_member(group.memberships.get(user=hospital.people[key]), by=leader, now=NOW)
    members.seat_person(group, hospital.people[VISITOR.key], Seats.OBSERVER, agreed=True, now=NOW)
    found = actions.found(hospital.notes)
    assert found is not None
    assert found.group.name == "周五小组"
    assert found.people.keys() == hospital.people.keys() - {"tom", CO_LEADER.key}
    assert actions.plan_today(found, now=NOW, speed=1).lead.group == group


def close(leader, visitor, co_leader):
    groups.close_group(leader.group, by=leader, now=NOW)


def let_the_visitor_go(leader, visitor, co_leader):
    members.remove_member(visitor, by=leader, now=NOW)


def change_who_leads(leader, visitor, co_leader):
    members.change_seat(leader, Seats.CO_LEADER, by=co_leader, now=NOW)


@pytest.mark.parametrize("deed", [close, let_the_visitor_go, change_who_leads])
def test_without_what_it_needs_it_is_not_found(hospital, deed):
    deed(*(Membership.objects.get(user=hospital.people[player.key]) for player in (LEADER, VISITOR, CO_LEADER)))
    assert actions.found(hospital.notes) is None


@pytest.mark.parametrize("notes", [b"", b"[]", b'{"group":"here"}'])
def test_without_notes_it_is_not_found(hospital, notes):
    assert actions.found(notes) is None


def test_today_begins_with_two_meetings_at_the_pace_that_is_asked_for(hospital):
    today = actions.plan_today(hospital, now=NOW, speed=20)
    assert [meeting.planned_at for meeting in (today.lead, today.take_part)] == [
        NOW.replace(minute=15, second=0),
        NOW.replace(minute=20, second=0),
    ]
    kept = scripts.from_body(Meeting.objects.get(pk=today.lead.pk).script)
    assert [phase.minutes for phase in kept.case] == [1] * 7
    assert [phase.minutes for phase in today.script.case] == [2, 8, 4, 2, 12, 17, 7]
    assert str(hospital.people[VISITOR.key].id) in not_presented(today.lead)


@pytest.mark.parametrize(("now", "mark"), [(0, 5), (2, 5), (3, 10), (7, 10), (59, 65)])
def test_today_begins_soon_but_leaves_time_to_come_in(hospital, now, mark):
    today = actions.plan_today(hospital, now=NOW.replace(minute=now, second=0), speed=1)
    assert today.lead.planned_at == NOW.replace(minute=0, second=0) + timedelta(minutes=mark)


def test_the_next_start_calls_off_what_nobody_used(hospital):
    before = actions.plan_today(hospital, now=NOW, speed=1)
    after = actions.plan_today(hospital, now=NOW + timedelta(hours=1), speed=1)
    states = dict(Meeting.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in (before.lead, before.take_part)] == [Meeting.State.CALLED_OFF] * 2
    assert [states[one.pk] for one in (after.lead, after.take_part)] == [Meeting.State.PLANNED] * 2
    assert Meeting.objects.filter(planned_at__gt=NOW + timedelta(days=1), state=Meeting.State.PLANNED).count() == 1


def test_a_start_soon_after_plans_beside_what_has_begun(hospital):
    before = actions.plan_today(hospital, now=NOW, speed=1)
    for meeting in (before.lead, before.take_part):
        StoredSession.objects.create(meeting=meeting, started_at=NOW)
    after = actions.plan_today(hospital, now=NOW, speed=1)
    assert after.lead.planned_at == before.take_part.planned_at + timedelta(minutes=5)


@override_settings(OPENBALINT_DEMO=False)
def test_nobody_can_sign_in_with_a_password(hospital):
    assert all(not user.check_password("") for user in hospital.people.values())
    assert {user.email for user in hospital.people.values()} - {None} == {"lan@demo.invalid", "cora@demo.invalid"}
