"""The room and the big screen: a page that knows its meeting, and the tickets for its socket.

The page is an empty island; everything in it is drawn from the views that come over the socket. It carries the words of
all languages, so that the language can change at any time without asking the server.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from openbalint.groups.rules import may_lead
from openbalint.live import tickets
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries.planning import MeetingAccess
from openbalint.meetings.queries.sessions import socket_address
from openbalint.web import access
from openbalint.web.views import media

CONTEXT = "\x04"  # between context and msgid, as in every gettext catalogue


@never_cache
@require_GET
def room(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The room of a meeting, for everybody of its group."""
    found = access.meeting_of(request, meeting_id)
    data = _page(request, found, screen=False)
    return render(request, "live/room.html", {"group": found.meeting.group, "data": data})


@never_cache
@require_GET
def screen(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The big screen in the room, opened by a leader: phase and chairs, nothing to press."""
    found = access.led_meeting_of(request, meeting_id)
    data = _page(request, found, screen=True)
    return render(request, "live/screen.html", {"group": found.meeting.group, "data": data})


@never_cache
@require_POST
def room_ticket(request: HttpRequest, meeting_id: UUID) -> JsonResponse:
    """A ticket for one connection of the person who asks, good for a minute."""
    found = access.meeting_of(request, meeting_id)
    return _ticket(found.meeting, access.person(request).pk)


@never_cache
@require_POST
def screen_ticket(request: HttpRequest, meeting_id: UUID) -> JsonResponse:
    """A ticket for the big screen, which is nobody; leaders alone get one."""
    found = access.led_meeting_of(request, meeting_id)
    return _ticket(found.meeting, None)


def _ticket(meeting: Meeting, person: UUID | None) -> JsonResponse:
    url = socket_address(meeting.pk, now=timezone.now(), default=settings.OPENBALINT_LIVE_ADDRESS)
    return JsonResponse({"ticket": tickets.sign(meeting.pk, person), "url": url})


def _page(request: HttpRequest, found: MeetingAccess, *, screen: bool) -> dict[str, Any]:
    """What the island begins with. What may change while people are in the room comes with every view."""
    meeting, leads = found.meeting, may_lead(found.membership)
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "meeting": str(meeting.pk),
        "group": meeting.group.name,
        "mode": meeting.mode,
        "language": "zh-hans" if language.startswith("zh") else "en",
        "labels": {"en": {}, "zh-hans": labels("zh-hans")},
        "you": {"name": "" if screen else access.person(request).name},
        "timezone": meeting.group.timezone if screen else access.person(request).timezone,
        "screen": screen,
        "sound": _sound(meeting, screen=screen),
        "urls": _urls(meeting, leads=leads, screen=screen),
    }


def _sound(meeting: Meeting, *, screen: bool) -> dict[str, Any]:
    """Whether people hear each other here."""
    on = media.has_sound(meeting) and not screen
    return {"on": on, "e2ee": on and meeting.encrypted}


def _urls(meeting: Meeting, *, leads: bool, screen: bool) -> dict[str, str]:
    sound = media.has_sound(meeting) and not screen
    return {
        "ticket": reverse("screen_ticket" if screen else "room_ticket", args=[meeting.pk]),
        "language": reverse("language"),
        "meetings": reverse("meetings"),
        "screen": reverse("screen", args=[meeting.pk]) if leads else "",
        "record": reverse("record", args=[meeting.pk]) if leads else "",
        "paper": reverse("meeting_paper", args=[meeting.pk]) if leads else "",
        "media": reverse("media", args=[meeting.pk]) if sound else "",
        "media_test": reverse("media_test", args=[meeting.pk]) if sound else "",
        "own": "" if screen else reverse("own_meeting", args=[meeting.pk]),
    }


@lru_cache(maxsize=4)
def labels(language: str) -> Mapping[str, str]:
    """The words of the room in a language: msgid (after context and ``CONTEXT``, if it has one) → translation."""
    keys: list[str] = json.loads(files("openbalint").joinpath("locale/labels.json").read_text("utf-8"))
    with translation.override(language):
        return {key: _translate(key) for key in keys}


def _translate(key: str) -> str:
    context, found, msgid = key.rpartition(CONTEXT)
    return pgettext(context, msgid) if found else gettext(msgid)
