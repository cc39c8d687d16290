"""Who sees what of a group, cell by cell: its leaders, its members, an observer, strangers, visitors."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
import pytest

from openbalint.groups.actions import groups, members
from openbalint.groups.models import Membership
from openbalint.meetings.models import Meeting, StoredSession
from tests.factories import NOW, a_circle, a_group, a_meeting, a_member, a_person
from tests.people import EVE, LEA, OLGA, RUI, Somebody

pytestmark = pytest.mark.django_db

PEOPLE = ("lea", "cora", "ann", "rui", "olga", "eve", "visitor")
# What each of them is answered: leader, co-leader, member, observer, who left, stranger, visitor.
YES, NO, ASK = 200, 404, 302
CELLS = {
    "group": (YES, YES, YES, YES, NO, NO, ASK),
    "agreement": (YES, YES, YES, YES, NO, NO, ASK),
    "leave": (YES, YES, YES, YES, NO, NO, ASK),
    "group_next": (YES, YES, YES, YES, NO, NO, ASK),
    "group_change": (YES, YES, NO, NO, NO, NO, ASK),
    "group_close": (YES, YES, NO, NO, NO, NO, ASK),
    "plan": (YES, YES, NO, NO, NO, NO, ASK),
    "member": (YES, YES, NO, NO, NO, NO, ASK),
    "member_remove": (YES, YES, NO, NO, NO, NO, ASK),
    "meeting": (YES, YES, YES, YES, NO, NO, ASK),
    "meeting_paper": (YES, YES, NO, NO, NO, NO, ASK),
    "meeting_change": (YES, YES, NO, NO, NO, NO, ASK),
    "call_off": (YES, YES, NO, NO, NO, NO, ASK),
    "room": (YES, YES, YES, YES, NO, NO, ASK),
    "screen": (YES, YES, NO, NO, NO, NO, ASK),
    "record": (YES, YES, NO, NO, NO, NO, ASK),
    "record_csv": (YES, YES, NO, NO, NO, NO, ASK),
    "record_json": (YES, YES, NO, NO, NO, NO, ASK),
    "record_condense": (YES, YES, NO, NO, NO, NO, ASK),
    "own_meeting": (YES, YES, YES, YES, NO, NO, ASK),
}
OF_AN_ENDED_MEETING = {"record", "record_csv", "record_json", "record_condense", "own_meeting"}


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def browsers(circle, device):
    rui = a_member(circle.group, RUI, seat="observer").user
    gone = a_member(circle.group, OLGA)
    members.remove_member(gone, by=circle.seat_of(circle.lea), now=NOW)
    known = {"lea": circle.lea, "cora": circle.cora, "ann": circle.ann, "rui": rui, "olga": gone.user}
    eve = a_person(EVE)
    a_group(eve, name="Other")
    return {name: device(user) for name, user in {**known, "eve": eve}.items()} | {"visitor": Client()}


def path_of(name, circle):
    at = timezone.now() if name in {"room", "screen"} else NOW + timedelta(days=7)
    coming = a_meeting(circle.group, at=at)
    if name in OF_AN_ENDED_MEETING:
        StoredSession.objects.create(meeting=coming, started_at=NOW, ended_at=NOW + timedelta(hours=1))
    if name.startswith(("meeting", "call_off", "room", "screen", "record", "own_meeting")):
        return reverse(name, args=[coming.id])
    if name.startswith("member"):
        return reverse(name, args=[circle.group.id, circle.seat_of(circle.bob).pk])
    return reverse(name, args=[circle.group.id])


@pytest.mark.parametrize("name", CELLS)
def test_each_page_answers_each_person_as_the_table_says(circle, browsers, name):
    path = path_of(name, circle)
    assert {who: browsers[who].get(path).status_code for who in PEOPLE} == dict(zip(PEOPLE, CELLS[name], strict=True))


def test_agreements_are_yes_or_no_for_leaders_and_only_ones_own_for_members(circle, browsers):
    late = members.seat_person(circle.group, a_person(Somebody("Mei")), "member", agreed=False, now=NOW)
    page = browsers["lea"].get(reverse("group", args=[circle.group.id])).content.decode()
    assert (page.count("has agreed"), page.count("not agreed yet")) == (5, 1)
    page = browsers["ann"].get(reverse("group", args=[circle.group.id])).content.decode()
    assert late.user.name in page
    assert "agreed" not in page


def test_who_accepted_an_earlier_text_reads_it_and_is_asked_again(circle, device):
    ann = circle.seat_of(circle.ann)
    Membership.objects.filter(pk=ann.pk).update(agreed_version=1)
    agreement, browser = reverse("agreement", args=[circle.group.id]), device(circle.ann)
    page = browser.get(agreement).content.decode()
    assert "You accepted version 1 on" in page
    assert (page.count("Version 2 of the agreement."), page.count("Version 1 of the agreement.")) == (1, 1)
    browser.post(agreement, {"agree": "on"})
    assert agreement in browser.get(reverse("group", args=[circle.group.id])).content.decode()
    page = browser.get(agreement).content.decode()
    assert ("You accepted it on" in page, "Version 1 of the agreement." in page) == (True, True)


def test_members_see_neither_links_nor_the_facts_of_the_group(circle, browsers):
    page = browsers["ann"].get(reverse("group", args=[circle.group.id])).content.decode()
    for words in ("Have presented", "Meetings held", "Make a link", "Plan a meeting", LEA.email):
        assert words not in page


def test_a_closed_group_can_be_read_by_its_people_and_changed_by_nobody(circle, browsers):
    groups.close_group(circle.group, by=circle.seat_of(circle.lea), now=NOW)
    group = reverse("group", args=[circle.group.id])
    assert [browsers[who].get(group).status_code for who in PEOPLE] == [YES, YES, YES, YES, NO, NO, ASK]
    assert browsers["lea"].get(group + "change/").status_code == NO
    assert "Make a link" not in browsers["lea"].get(group).content.decode()


def test_who_has_not_agreed_is_led_to_the_agreement_before_the_room(circle, device):
    late = members.seat_person(circle.group, a_person(Somebody("Mei")), "member", agreed=False, now=NOW)
    meeting, browser = a_meeting(circle.group, at=timezone.now()), device(late.user)
    room = reverse("room", args=[meeting.id])
    agreement = reverse("agreement", args=[circle.group.id])
    assert browser.get(room).url == f"{agreement}?next={room}"
    assert browser.post(reverse("room_ticket", args=[meeting.id])).status_code == NO
    assert browser.post(agreement, {"agree": "on", "next": room}).url == room
    assert browser.get(room).status_code == YES


def test_the_room_opens_an_hour_before_and_stays_open_once_the_session_has_begun(circle, browsers):
    ann = browsers["ann"]
    meeting = a_meeting(circle.group, at=timezone.now() + timedelta(days=7))
    room, ticket = reverse("room", args=[meeting.id]), reverse("room_ticket", args=[meeting.id])
    assert ann.get(room).url == reverse("meeting", args=[meeting.id])
    assert ann.post(ticket).status_code == NO
    for planned_at in (timezone.now() + timedelta(minutes=59), timezone.now() - timedelta(minutes=170)):
        Meeting.objects.update(planned_at=planned_at)
        assert (ann.get(room).status_code, ann.post(ticket).status_code) == (YES, YES)
    Meeting.objects.update(planned_at=timezone.now() - timedelta(days=30))
    assert ann.get(room).url == reverse("meeting", args=[meeting.id])
    StoredSession.objects.create(meeting=meeting, started_at=timezone.now())
    assert (ann.get(room).status_code, ann.post(ticket).status_code) == (YES, YES)


def test_a_meeting_that_was_called_off_has_no_room(circle, browsers):
    meeting = a_meeting(circle.group, at=timezone.now())
    browsers["lea"].post(reverse("call_off", args=[meeting.id]), {"sure": "on"})
    assert browsers["lea"].get(reverse("room", args=[meeting.id])).status_code == NO


def test_a_meeting_to_come_has_no_room_once_its_group_is_closed(circle, browsers):
    meeting = a_meeting(circle.group, at=timezone.now())
    groups.close_group(circle.group, by=circle.seat_of(circle.lea), now=NOW)
    assert browsers["lea"].get(reverse("room", args=[meeting.id])).status_code == NO
    StoredSession.objects.create(meeting=meeting, started_at=NOW)
    assert browsers["lea"].get(reverse("room", args=[meeting.id])).status_code == YES
