"""The room's page and its tickets."""

import json
import re

from django.utils import timezone
import pytest

from openbalint.live import tickets
from openbalint.web.views.room import labels
from tests.factories import a_circle, a_group, a_meeting, a_person
from tests.people import EVE

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return a_circle(now=timezone.now())


@pytest.fixture
def meeting(circle):
    return a_meeting(circle.group, now=timezone.now())


def data_of(response):
    found = re.search(
        r'<script id="room-data" type="application/json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    assert found
    return json.loads(found[1])


def test_a_members_page_knows_its_meeting_and_nobody_else(circle, meeting, device):
    response = device(circle.bob).get(f"/meetings/{meeting.id}/room")
    data = data_of(response)
    words = data.pop("labels")
    assert data == {
        "meeting": str(meeting.id),
        "group": "Thursday group",
        "mode": "online",
        "language": "en",
        "you": {"name": "Bob"},
        "timezone": circle.bob.timezone,
        "screen": False,
        "sound": {"on": False, "e2ee": False},
        "urls": {
            "ticket": f"/meetings/{meeting.id}/ticket",
            "language": "/language/",
            "meetings": "/meetings/",
            "screen": "",
            "record": "",
            "paper": "",
            "media": "",
            "media_test": "",
            "own": f"/meetings/{meeting.id}/mine/",
        },
    }
    assert words["en"] == {}
    assert words["zh-hans"]["Raise hand"] == "举手"
    page = response.content.decode()
    assert not re.findall(r"\b(?:Lea|Cora|Ann)\b", page)


def test_a_leaders_page_knows_screen_record_and_paper(circle, meeting, device):
    urls = data_of(device(circle.lea).get(f"/meetings/{meeting.id}/room"))["urls"]
    assert urls["screen"] == f"/meetings/{meeting.id}/screen"
    assert urls["record"] == f"/meetings/{meeting.id}/record/"
    assert urls["paper"] == f"/meetings/{meeting.id}/paper"


def test_the_room_tells_the_time_of_the_account_and_the_big_screen_that_of_the_group(circle, meeting, device):
    circle.lea.timezone = "America/Lima"
    circle.lea.save()
    room, screen = (data_of(device(circle.lea).get(f"/meetings/{meeting.id}/{page}")) for page in ("room", "screen"))
    assert (room["timezone"], screen["timezone"]) == ("America/Lima", meeting.group.timezone)


def test_the_page_speaks_the_readers_language(circle, meeting, device):
    circle.ann.language = "zh-hans"
    circle.ann.save()
    response = device(circle.ann).get(f"/meetings/{meeting.id}/room")
    assert 'lang="zh-Hans"' in response.content.decode()
    assert data_of(response)["language"] == "zh-hans"


def test_every_word_of_the_room_is_there_in_chinese():
    words = labels("zh-hans")
    same = {"{figure} {letter}"}
    assert {msgid for msgid, chinese in words.items() if chinese == msgid.rpartition("\x04")[2]} <= same


def test_a_ticket_names_meeting_and_person_and_the_big_screen_nobody(circle, meeting, device):
    answer = device(circle.ann).post(f"/meetings/{meeting.id}/ticket").json()
    assert answer["url"] == "/ws/"
    assert tickets.read(answer["ticket"]) == tickets.Ticket(meeting.id, str(circle.ann.id))
    screen = device(circle.lea).post(f"/meetings/{meeting.id}/screen-ticket").json()
    assert tickets.read(screen["ticket"]) == tickets.Ticket(meeting.id, None)


def test_the_big_screen_is_the_leaders_to_open(circle, meeting, device):
    for path, method in (("screen", "get"), ("screen-ticket", "post")):
        assert getattr(device(circle.cora), method)(f"/meetings/{meeting.id}/{path}").status_code == 200
        assert getattr(device(circle.bob), method)(f"/meetings/{meeting.id}/{path}").status_code == 404


def test_the_big_screens_page_knows_no_person(circle, meeting, device):
    data = data_of(device(circle.lea).get(f"/meetings/{meeting.id}/screen"))
    assert (data["screen"], data["you"]) == (True, {"name": ""})
    assert data["urls"]["ticket"] == f"/meetings/{meeting.id}/screen-ticket"


def test_strangers_find_no_room(meeting, device):
    eve = a_person(EVE)
    a_group(eve, now=timezone.now())
    assert device(eve).get(f"/meetings/{meeting.id}/room").status_code == 404
    assert device(eve).post(f"/meetings/{meeting.id}/ticket").status_code == 404


def test_a_ticket_is_asked_for_not_linked_to(circle, meeting, device):
    assert device(circle.ann).get(f"/meetings/{meeting.id}/ticket").status_code == 405
    careful = device(circle.ann)
    careful.handler.enforce_csrf_checks = True
    assert careful.post(f"/meetings/{meeting.id}/ticket").status_code == 403


def test_a_theme_chosen_in_the_room_holds_from_the_first_picture(circle, meeting, device):
    lea = device(circle.lea)
    lea.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in lea.get(f"/meetings/{meeting.id}/room").content.decode()
    lea.cookies["theme"] = '"><script>'
    assert "data-theme" not in lea.get(f"/meetings/{meeting.id}/room").content.decode()


def test_the_page_is_never_kept_by_a_browser(circle, meeting, device):
    for response in (
        device(circle.bob).get(f"/meetings/{meeting.id}/room"),
        device(circle.bob).post(f"/meetings/{meeting.id}/ticket"),
    ):
        assert "no-store" in response.headers["Cache-Control"]
