"""Sound and picture: the pass that lets a browser into the media server, a trial of the connection, and its reports."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from openbalint.groups.models import Mode
from openbalint.live import server
from openbalint.live.sound import Pass
from openbalint.meetings.models import Meeting
from openbalint.web import access


def has_sound(meeting: Meeting) -> bool:
    """Whether people of this meeting hear each other here: there is a media server, and they are not all in one place."""
    return bool(settings.OPENBALINT_LIVEKIT_URL) and meeting.mode != Mode.ROOM


@never_cache
@require_POST
def join(request: HttpRequest, meeting_id: UUID) -> JsonResponse:
    """A token for where the asker belongs now, with the rights of this moment."""
    found = access.meeting_of(request, meeting_id)
    person = str(access.person(request).pk)
    return _answer(server.sound_pass(meeting_id, person) if has_sound(found.meeting) else "no-sound")


@never_cache
@require_POST
def trial(request: HttpRequest, meeting_id: UUID) -> JsonResponse:
    """A token for a room of one's own, to see whether the connection works."""
    found = access.meeting_of(request, meeting_id)
    person = str(access.person(request).pk)
    return _answer(server.sound_trial(person) if has_sound(found.meeting) else "no-sound")


def _answer(found: Pass) -> JsonResponse:
    """A pass, or the code why not: an answer as well, and nothing that went wrong."""
    return JsonResponse({"code": found} if isinstance(found, str) else found)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """What the media server reports, signed with the key that we share; anything else is not found."""
    authorization = request.headers.get("Authorization", "")
    if not settings.OPENBALINT_LIVEKIT_URL or not server.hear_media(request.body, authorization):
        return HttpResponse(status=404)
    return HttpResponse()
