"""Passes to the media server: for people of a meeting that has sound, and for nobody else."""

from django.test import Client, override_settings
from django.utils import timezone
import pytest

from openbalint.groups.models import Group
from openbalint.meetings.models import StoredSession
from tests.factories import a_circle, a_group, a_meeting, a_member, a_person
from tests.people import EVE, OLGA
from tests.web.test_room_page import data_of

pytestmark = pytest.mark.django_db
# Nobody answers there: what these tests ask is decided before anybody is asked.
SOUND = {
    "OPENBALINT_LIVEKIT_URL": "ws://127.0.0.1:9",
    "OPENBALINT_LIVEKIT_API": "http://127.0.0.1:9",
    "OPENBALINT_LIVEKIT_KEY": "key",
    "OPENBALINT_LIVEKIT_SECRET": "a secret for tests alone, long enough",
}


@pytest.fixture
def circle():
    return a_circle(now=timezone.now())


def planned(circle, **facts):
    return a_meeting(circle.group, now=timezone.now(), **facts)


@pytest.mark.parametrize("what", ["media", "media/test"])
def test_without_a_media_server_there_is_no_sound(circle, device, what):
    answer = device(circle.bob).post(f"/meetings/{planned(circle).id}/{what}")
    assert (answer.status_code, answer.json()) == (200, {"code": "no-sound"})


@override_settings(**SOUND)
@pytest.mark.parametrize("what", ["media", "media/test"])
def test_a_meeting_in_one_room_has_none_either(circle, device, what):
    answer = device(circle.bob).post(f"/meetings/{planned(circle, mode='room').id}/{what}")
    assert (answer.status_code, answer.json()) == (200, {"code": "no-sound"})


@override_settings(**SOUND)
def test_before_anybody_is_in_the_room_one_waits(circle, device):
    answer = device(circle.bob).post(f"/meetings/{planned(circle).id}/media")
    assert (answer.status_code, answer.json()) == (200, {"code": "waiting"})
    assert "no-store" in answer["Cache-Control"]


@override_settings(**SOUND)
def test_a_media_server_that_does_not_answer_is_told(circle, device):
    answer = device(circle.bob).post(f"/meetings/{planned(circle).id}/media/test")
    assert (answer.status_code, answer.json()) == (200, {"code": "away"})


@override_settings(**SOUND)
@pytest.mark.parametrize("what", ["media", "media/test"])
def test_strangers_are_told_not_found(circle, device, what):
    path = f"/meetings/{planned(circle).id}/{what}"
    eve = a_person(EVE)
    a_group(eve, name="Other")
    assert device(eve).post(path).status_code == 404
    assert Client().post(path).status_code == 302


@override_settings(**SOUND)
def test_who_has_not_agreed_gets_none(circle, device):
    olga = a_member(circle.group, OLGA)
    olga.agreed_at = None
    olga.save()
    assert device(olga.user).post(f"/meetings/{planned(circle).id}/media").status_code == 404


@override_settings(**SOUND)
def test_a_pass_is_asked_for_with_the_pages_own_token_and_never_linked_to(circle, device):
    path = f"/meetings/{planned(circle).id}/media"
    assert device(circle.bob).get(path).status_code == 405
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(circle.bob)
    assert careful.post(path).status_code == 403


@override_settings(**SOUND)
@pytest.mark.parametrize(("body", "authorization"), [(b"{}", ""), (b"{}", "forged"), (b"\xff", "forged")])
def test_a_report_that_the_media_server_has_not_signed_is_not_found(client, body, authorization):
    answer = client.post(
        "/media/webhook", body, content_type="application/webhook+json", headers={"authorization": authorization}
    )
    assert (answer.status_code, answer.content) == (404, b"")


@override_settings(**SOUND)
def test_the_page_knows_whether_there_is_sound_and_whether_it_is_encrypted(circle, device):
    Group.objects.update(encrypted=True)
    meeting = planned(circle)
    data = data_of(device(circle.bob).get(f"/meetings/{meeting.id}/room"))
    assert data["sound"] == {"on": True, "e2ee": True}
    assert data["urls"]["media"] == f"/meetings/{meeting.id}/media"
    assert data["urls"]["media_test"] == f"/meetings/{meeting.id}/media/test"
    screen = data_of(device(circle.lea).get(f"/meetings/{meeting.id}/screen"))
    assert screen["sound"] == {"on": False, "e2ee": False}


def encrypt(browser, group, *, on=True):
    """What a leader does on the page of the group."""
    path = f"/groups/{group.id}/change/"
    initial = browser.get(path).context["form"].initial
    said = {name: value for name, value in initial.items() if value is not None and name != "encrypted"}
    browser.post(path, {**said, "script": group.script_id} | ({"encrypted": "on"} if on else {}))


def test_a_leader_chooses_encryption_for_the_group(circle, device):
    encrypt(device(circle.lea), circle.group)
    assert Group.objects.get().encrypted is True
    encrypt(device(circle.lea), circle.group, on=False)
    assert Group.objects.get().encrypted is False


@override_settings(**SOUND)
def test_pages_of_a_session_that_has_begun_promise_what_it_began_with(circle, device):
    waits, runs = planned(circle), planned(circle)
    StoredSession.objects.create(meeting=runs, started_at=timezone.now())
    encrypt(device(circle.lea), circle.group)
    rooms = [data_of(device(circle.bob).get(f"/meetings/{meeting.id}/room")) for meeting in (waits, runs)]
    assert [data["sound"] for data in rooms] == [{"on": True, "e2ee": True}, {"on": True, "e2ee": False}]
