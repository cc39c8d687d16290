"""The gate: who asks comes from the session, what they ask about comes from here, and strangers get "not found".

Views call these functions and never look anything up themselves.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from openbalint.accounts.models import User
from openbalint.groups import queries as groups
from openbalint.groups.models import Invitation, Membership, StoredScript
from openbalint.groups.rules import has_agreed, may_lead
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries import planning
from openbalint.meetings.queries.planning import MeetingAccess

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> View[P]:
    """Lead whoever is not known on this device to signing in; who has sent a form is told why, and led back to it."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and "text/html" in request.headers.get("accept", ""):  # a page, not the room
            messages.warning(request, _("You were signed out meanwhile, so what you have just sent was not kept."))
            return redirect_to_login(_page_of_form(request))
        return redirect_to_login(request.get_full_path())

    return asked


def _page_of_form(request: HttpRequest) -> str:
    """Return the path of the page on which a form was sent: some of their addresses can only be sent to."""
    page = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return urlsplit(page)._replace(scheme="", netloc="").geturl()
    return request.get_full_path()


def person(request: HttpRequest) -> User:
    """Return who asks. Only for views that are ``signed_in``."""
    return cast("User", request.user)


def group_of(request: HttpRequest, group_id: UUID) -> Membership:
    """Return what the asker is in the group; 404 for whoever does not belong to it."""
    membership = groups.membership_of(person(request), group_id) if request.user.is_authenticated else None
    if membership is None:
        raise Http404
    return membership


def led_group_of(request: HttpRequest, group_id: UUID) -> Membership:
    """Return the asker's membership in a group that the asker leads and that is open; else 404."""
    membership = group_of(request, group_id)
    if not may_lead(membership):
        raise Http404
    return membership


def member_of(membership: Membership, member_id: int) -> Membership:
    """Return a current member of the same group; else 404."""
    found = groups.people_of(membership.group).filter(pk=member_id).first()
    if found is None:
        raise Http404
    return found


def invitation_of(membership: Membership, invitation_id: UUID) -> Invitation:
    """Return a link of the group that was not revoked; else 404."""
    found = groups.open_invitations_of(membership.group).filter(pk=invitation_id).first()
    if found is None:
        raise Http404
    return found


def meeting_of(request: HttpRequest, meeting_id: UUID) -> MeetingAccess:
    """Return the meeting for somebody of its group; else 404."""
    found = planning.meeting_of(person(request), meeting_id) if request.user.is_authenticated else None
    if found is None:
        raise Http404
    return found


def led_meeting_of(request: HttpRequest, meeting_id: UUID) -> MeetingAccess:
    """Return the meeting for a leader of its open group; else 404."""
    found = meeting_of(request, meeting_id)
    if not may_lead(found.membership):
        raise Http404
    return found


def past_led_meeting_of(request: HttpRequest, meeting_id: UUID) -> Meeting:
    """Return the meeting for a leader of its group, also where the group is closed; else 404."""
    found = meeting_of(request, meeting_id)
    if not found.membership.leads:
        raise Http404
    return found.meeting


def script_of(request: HttpRequest, script_id: UUID) -> StoredScript:
    """Return a shipped script, or one of a group that the asker leads; else 404."""
    found = groups.readable_script(person(request), script_id)
    if found is None:
        raise Http404
    return found


def own_script_of(request: HttpRequest, script_id: UUID) -> tuple[StoredScript, Membership]:
    """Return a script of an open group that the asker leads, and the asker's membership; else 404."""
    found = script_of(request, script_id)
    if found.group_id is None:
        raise Http404
    return found, led_group_of(request, found.group_id)


def agreed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let people of a meeting's group in, once the waiting room is open and they have accepted the agreement.

    For views of a planned meeting that take ``meeting_id``: the room, its tickets, the big screen. Before, a page leads to
    what comes first; anything else is 404.
    """

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, meeting_id: UUID) -> HttpResponseBase:
        found = meeting_of(request, meeting_id)
        begun = planning.has_begun(found.meeting)
        over = found.meeting.group.closed_at is not None and not begun
        if found.meeting.state != found.meeting.State.PLANNED or over:
            raise Http404
        is_open = begun or planning.is_now(found.meeting, now=timezone.now())
        if is_open and has_agreed(found.membership):
            return view(request, meeting_id=meeting_id)
        if request.method != "GET":
            raise Http404
        if not is_open:
            return redirect("meeting", meeting_id)
        return redirect(f"{reverse('agreement', args=[found.meeting.group_id])}?next={quote(request.path)}")

    return guarded


def address_of(request: HttpRequest) -> str:
    """Return the network address that asks; behind a trusted proxy the server has already put the real one in."""
    return str(request.META.get("REMOTE_ADDR", ""))
