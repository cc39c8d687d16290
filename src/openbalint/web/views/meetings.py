"""Meetings: my meetings, one meeting, planning, moving, calling off."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openbalint.accounts.rules import DeclinedError, may_make_groups
from openbalint.groups import queries as groups
from openbalint.groups.models import Membership
from openbalint.groups.rules import may_lead
from openbalint.groups.scripts import from_body
from openbalint.live import server
from openbalint.meetings.actions import planning as actions
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries import planning
from openbalint.web import access, past as pages
from openbalint.web.forms.groups import CloseForm
from openbalint.web.forms.meetings import CallForm, MeetingForm
from openbalint.web.paper import on_paper
from openbalint.web.views.accounts import answer, posted

PAST_PAGE = 10


@access.signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """My meetings: now, coming, past; of all groups, or of the group chosen."""
    user, now = access.person(request), timezone.now()
    memberships = list(groups.memberships_of(user))
    chosen = next((one for one in memberships if str(one.group_id) == request.GET.get("group")), None)
    meetings = planning.meetings_of(user, group=chosen.group if chosen else None)
    past = Paginator(planning.past_of(meetings, now=now), PAST_PAGE).get_page(request.GET.get("page"))
    led = planning.led_groups(user)
    shown = {
        "memberships": memberships,
        "chosen": chosen,
        "now": planning.now_of(meetings, now=now),
        "coming": planning.coming_of(meetings, now=now),
        "past": past,
        "rows": tuple(pages.rows(past.object_list, user=user, led=led)),
        "led": led,
        "may_make": may_make_groups(user),
    }
    return render(request, "meetings/index.html", shown)


@access.signed_in
@require_GET
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: when, where, by which script."""
    found, now = access.meeting_of(request, meeting_id), timezone.now()
    shown = {
        "meeting": found.meeting,
        "group": found.meeting.group,
        "leads": may_lead(found.membership),
        "was_led": found.membership.leads,
        "is_now": planning.is_now(found.meeting, now=now),
        "is_past": planning.is_past(found.meeting, now=now),
        "has_begun": planning.has_begun(found.meeting),
    }
    return render(request, "meetings/meeting.html", shown)


@access.signed_in
@require_GET
def paper(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The script of a meeting on one A5 page, for its leaders."""
    meeting = access.led_meeting_of(request, meeting_id).meeting
    shown = {"paper": on_paper(from_body(meeting.script)), "back": reverse("meeting", args=[meeting_id])}
    return render(request, "scripts/paper.html", shown)


@access.signed_in
@require_GET
def next_of_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Lead into the group's meeting that is now; else say when the next one is."""
    membership, now = access.group_of(request, group_id), timezone.now()
    found = planning.next_meeting(membership.group, now=now)
    if found is not None and planning.is_now(found, now=now):
        return redirect(room_path(found))
    return render(request, "meetings/next.html", {"group": membership.group, "meeting": found})


@access.signed_in
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Plan a meeting of a group."""
    membership = access.led_group_of(request, group_id)
    group = membership.group
    said = {"script": group.script, "mode": group.mode, "external_url": group.external_url}
    form = MeetingForm(posted(request), group=group, initial=said | _usual_hour(membership))
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_meeting(form.facts(), by=membership, now=timezone.now())
        except DeclinedError as refusal:
            form.decline(refusal.code, field="day")
        else:
            messages.success(request, _("Planned. Members see it on their page."))
            return redirect("group", group.id)
    return answer(request, "meetings/plan.html", form, group=group)


def _usual_hour(membership: Membership) -> dict[str, object]:
    """Return the hour of the group's latest meeting, which most often is the next one's too."""
    latest = planning.latest_meeting(membership.group)
    if latest is None:
        return {}
    return {"begins": timezone.localtime(latest.planned_at, ZoneInfo(membership.group.timezone)).time()}


@access.signed_in
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Move a meeting or change how it is held; once it has begun, its call alone."""
    found = access.led_meeting_of(request, meeting_id)
    if planning.has_begun(found.meeting):
        return _change_call(request, found)
    planned_at = timezone.localtime(found.meeting.planned_at, ZoneInfo(found.meeting.group.timezone))
    said = {
        "day": planned_at.date(),
        "begins": planned_at.time(),
        "mode": found.meeting.mode,
        "external_url": found.meeting.external_url,
    }
    form = MeetingForm(posted(request), group=found.meeting.group, keeps_script=True, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(found.meeting, form.facts(), by=found.membership, now=timezone.now())
        except DeclinedError as refusal:
            form.decline(refusal.code, field="day")
        else:
            server.look_again_at(meeting_id)
            messages.success(request, _("Kept. Members see it on their page."))
            return redirect("meeting", meeting_id)
    return answer(request, "meetings/change.html", form, meeting=found.meeting, group=found.meeting.group)


def _change_call(request: HttpRequest, found: planning.MeetingAccess) -> HttpResponse:
    form = CallForm(posted(request), initial={"external_url": found.meeting.external_url})
    if request.method == "POST" and form.is_valid():
        actions.set_call(found.meeting, form.cleaned_data["external_url"], by=found.membership, now=timezone.now())
        server.look_again_at(found.meeting.pk)
        messages.success(request, _("Kept."))
        return redirect("meeting", found.meeting.pk)
    return answer(request, "meetings/change.html", form, meeting=found.meeting, group=found.meeting.group)


@access.signed_in
@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call a meeting off, after a confirmation."""
    found = access.led_meeting_of(request, meeting_id)
    form = CloseForm(posted(request), sentence=_("Call this meeting off"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_off_meeting(found.meeting, by=found.membership, now=timezone.now())
        except DeclinedError as refusal:
            form.decline(refusal.code)
        else:
            server.look_again_at(meeting_id)
            messages.success(request, _("The meeting is called off. Members see it on their page."))
            return redirect("group", found.meeting.group_id)
    return answer(request, "meetings/call_off.html", form, meeting=found.meeting, group=found.meeting.group)


def room_path(meeting: Meeting) -> str:
    """Return the path of a meeting's room."""
    return reverse("room", args=[meeting.pk])
