"""My meetings; planning, moving and calling off on pages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
import pytest

from openbalint.meetings.models import Meeting, StoredSession
from openbalint.protocol.commands import Seat
from tests.factories import a_circle, a_meeting, a_member, a_person, a_script
from tests.logs import a_whole_meeting
from tests.people import ANN, LEA, Somebody
from tests.web.pages import without_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return a_circle(now=timezone.now(), external_url="https://meet.example.org/balint")


def in_days(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def said(**changed):
    facts = {"day": in_days(7), "begins": "18:30", "script": str(a_script("balint-60").pk), "mode": "online"}
    return facts | {"external_url": "https://meet.example.org/balint"} | changed


def plan(circle):
    return f"/groups/{circle.group.id}/plan/"


def test_a_meeting_is_planned_by_the_groups_clock_and_shown_by_the_readers(circle, device):
    berlin = a_member(circle.group, Somebody("Mei")).user
    berlin.timezone = "Europe/Berlin"
    berlin.save()
    assert device(circle.lea).post(plan(circle), said(day="2027-01-14")).url == f"/groups/{circle.group.id}/"
    meeting = Meeting.objects.get()
    assert meeting.planned_at == datetime(2027, 1, 14, 10, 30, tzinfo=UTC)
    assert "Thu 18:30" in device(circle.ann).get("/meetings/").content.decode()
    page = device(berlin).get("/meetings/").content.decode()
    assert "Thu 11:30" in page
    assert "18:30–19:30 by the group’s clock (China (Beijing time))" in page


def test_the_form_begins_with_what_the_group_always_has(circle, device):
    page = device(circle.lea).get(plan(circle)).content.decode()
    assert 'value="https://meet.example.org/balint"' in page
    assert f'value="{circle.group.script_id}" selected' in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": ""}, "Choose a day."),
        ({"day": "tomorrow"}, "Write the day as"),
        ({"begins": "25:00"}, "Write the hour as"),
        ({"day": "2020-01-01"}, "This time has passed."),
        ({"day": "0001-01-01", "begins": "01:00"}, "This time has passed."),
        ({"day": "9999-12-31", "begins": "23:30"}, "This day is too far ahead."),
        ({"day": in_days(3 * 366), "begins": "23:30"}, "This day is too far ahead."),
        ({"mode": ""}, "Choose where the group meets."),
        ({"script": ""}, "Choose a script."),
        ({"external_url": "not an address"}, "Write an address such as"),
    ],
)
def test_what_cannot_be_planned_is_said(circle, device, changed, words):
    answer = device(circle.lea).post(plan(circle), said(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_form_that_is_sent_again_says_that_the_group_meets_then(circle, device):
    lea = device(circle.lea)
    assert [lea.post(plan(circle), said()).status_code for _ in range(2)] == [302, 422]
    assert "The group already has a meeting at this time." in lea.post(plan(circle), said()).content.decode()
    assert lea.post(plan(circle), said(begins="20:30")).status_code == 302
    later = Meeting.objects.latest("planned_at")
    assert "already has a meeting" in lea.post(f"/meetings/{later.id}/change/", said()).content.decode()
    assert Meeting.objects.count() == 2


def test_an_hour_that_the_clock_skips_is_not_planned(circle, device):
    circle.group.timezone = "Europe/Berlin"
    circle.group.save()
    lea = device(circle.lea)
    answer = lea.post(plan(circle), said(day="2027-03-28", begins="02:30"))
    assert "The clock skips this hour" in answer.content.decode()
    assert lea.post(plan(circle), said(day="2027-03-28", begins="03:30")).status_code == 302
    assert Meeting.objects.get().planned_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_meeting_is_moved_and_keeps_its_script(circle, device):
    lea, meeting = (
        device(circle.lea),
        a_meeting(circle.group, at=timezone.now() + timedelta(days=2), now=timezone.now()),
    )
    path = f"/meetings/{meeting.id}/change/"
    assert "as it is" in lea.get(path).content.decode()
    assert lea.post(path, said(day="2027-01-14", script="", mode="room")).url == f"/meetings/{meeting.id}/"
    meeting.refresh_from_db()
    assert (meeting.planned_at, meeting.mode, meeting.minutes) == (
        datetime(2027, 1, 14, 10, 30, tzinfo=UTC),
        "room",
        90,
    )


def test_a_meeting_that_nobody_started_keeps_its_day_when_its_call_is_changed(circle, device):
    long_ago = timezone.now() - timedelta(days=9)
    meeting = a_meeting(circle.group, at=long_ago.replace(second=0, microsecond=0), now=long_ago)
    local = timezone.localtime(meeting.planned_at, ZoneInfo(circle.group.timezone))
    kept = {"day": local.date().isoformat(), "begins": f"{local:%H:%M}", "script": ""}
    assert device(circle.lea).post(f"/meetings/{meeting.id}/change/", said(**kept)).status_code == 302
    changed = Meeting.objects.get()
    assert (changed.planned_at, changed.external_url) == (meeting.planned_at, "https://meet.example.org/balint")


def test_once_it_has_begun_only_the_call_can_be_changed(circle, device):
    lea, meeting = device(circle.lea), a_meeting(circle.group, now=timezone.now())
    StoredSession.objects.create(meeting=meeting, started_at=timezone.now())
    path = f"/meetings/{meeting.id}/change/"
    assert 'name="day"' not in lea.get(path).content.decode()
    lea.post(path, said(external_url="https://meet.example.org/other"))
    changed = Meeting.objects.get()
    assert (changed.planned_at, changed.external_url) == (meeting.planned_at, "https://meet.example.org/other")
    assert lea.post(f"/meetings/{meeting.id}/call-off/", {"sure": "on"}).status_code == 422


def test_calling_off_needs_a_tick_and_is_told_to_members(circle, device):
    lea, meeting = (
        device(circle.lea),
        a_meeting(circle.group, at=timezone.now() + timedelta(days=2), now=timezone.now()),
    )
    path = f"/meetings/{meeting.id}/call-off/"
    assert lea.post(path).status_code == 422
    assert lea.post(path, {"sure": "on"}).url == f"/groups/{circle.group.id}/"
    ann = device(circle.ann)
    assert "called off" in ann.get("/meetings/").content.decode()
    assert "This meeting was called off." in ann.get(f"/meetings/{meeting.id}/").content.decode()


def test_a_meeting_now_leads_to_its_room_and_its_call(circle, device):
    meeting = a_meeting(
        circle.group, at=timezone.now(), now=timezone.now(), external_url="https://meet.example.org/balint"
    )
    for user, words in ((circle.ann, "Come in"), (circle.lea, "To the room")):
        page = " ".join(device(user).get("/meetings/").content.decode().split())
        assert f'href="/meetings/{meeting.id}/room"' in page
        assert words in page
        assert 'href="https://meet.example.org/balint" rel="noreferrer noopener"' in page


def test_a_meeting_on_paper_is_its_own_copy_of_the_script(circle, device):
    lea, meeting = device(circle.lea), a_meeting(circle.group, at=timezone.now(), now=timezone.now())
    circle.group.script = a_script("balint-60")
    circle.group.save()
    link = f'href="/meetings/{meeting.id}/paper"'
    for page in ("/meetings/", f"/groups/{circle.group.id}/", f"/meetings/{meeting.id}/"):
        assert link in lea.get(page).content.decode()
        assert link not in device(circle.ann).get(page).content.decode()
    words = lea.get(f"/meetings/{meeting.id}/paper").content.decode()
    assert "Balint, 90 minutes, one case" in words
    assert f'href="/meetings/{meeting.id}/"' in words


def test_past_meetings_come_ten_a_page_and_by_group(circle, device):
    long_ago = timezone.now() - timedelta(days=200)
    lea = circle.lea
    for week in range(12):
        meeting = a_meeting(circle.group, at=long_ago + timedelta(weeks=week), now=long_ago)
        StoredSession.objects.create(meeting=meeting, started_at=meeting.planned_at, ended_at=meeting.planned_at)
    browser = device(lea)
    pages = [browser.get(f"/meetings/?page={number}").content.decode() for number in (1, 2)]
    assert [page.count("/record/") for page in pages] == [10, 2]
    assert "1 of 2" in pages[0]
    chosen = browser.get(f"/meetings/?group={circle.group.id}&page=2").content.decode()
    assert chosen.count("/record/") == 2
    assert browser.get("/meetings/?page=x&group=y").status_code == 200
    assert device(circle.ann).get("/meetings/").content.decode().count("/mine/") == 10


def test_leaders_see_how_many_came_and_who_presented_and_members_see_their_own_part(device):
    now = timezone.now()
    circle = a_circle(now=now - timedelta(days=30))
    seats = {str(circle.lea.pk): Seat.LEADER, str(circle.ann.pk): Seat.MEMBER, str(circle.bob.pk): Seat.MEMBER}
    for days, presenter, there in (
        (3, circle.ann, seats),
        (2, circle.bob, seats),
        (1, circle.bob, {**seats, str(circle.ann.pk): None}),
    ):
        meeting = a_meeting(circle.group, at=now - timedelta(days=days), now=now - timedelta(days=days + 1))
        sat = {person: seat for person, seat in there.items() if seat}
        a_whole_meeting(meeting, sat, presenters=[str(presenter.pk)])
    seen = {
        user.name: sorted((row.came, row.presented) for row in device(user).get("/meetings/").context["rows"])
        for user in (circle.lea, circle.ann, circle.cora)
    }
    assert seen == {
        "Lea": [("2 / 4", "Bob"), ("3 / 4", "Ann"), ("3 / 4", "Bob")],
        "Ann": [("", ""), ("you", ""), ("you", "you")],
        "Cora": [("2 / 4", "Bob"), ("3 / 4", "Ann"), ("3 / 4", "Bob")],
    }
    assert "Bob" not in without_tokens(device(circle.ann).get("/meetings/"))


def test_a_meeting_that_nobody_started_is_told_as_not_held(circle, device):
    long_ago = timezone.now() - timedelta(days=9)
    a_meeting(circle.group, at=long_ago, now=long_ago)
    assert "not held" in device(circle.ann).get("/meetings/").content.decode()


def test_without_a_group_the_page_says_what_comes_next(device):
    ann, lea = a_person(ANN), a_person(LEA)
    assert "Open the link that your leader sent you" in device(ann).get("/meetings/").content.decode()
    assert "Make a group" in device(lea).get("/meetings/").content.decode()
