"""Groups: the list, one group, making, changing and closing it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openbalint.accounts.rules import DeclinedError, may_make_groups
from openbalint.groups import agreement as agreements, queries, rules
from openbalint.groups.actions import groups as actions
from openbalint.groups.models import Group, Membership
from openbalint.live import server
from openbalint.meetings.actions import planning as plans
from openbalint.meetings.queries import planning
from openbalint.web import access, declined
from openbalint.web.forms.groups import CloseForm, CoLeaderForm, GroupForm, InviteForm, KeyForm
from openbalint.web.views.accounts import answer, posted


@access.signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All groups that somebody belongs to."""
    user = access.person(request)
    shown = {"memberships": queries.memberships_of(user), "may_make": may_make_groups(user)}
    return render(request, "groups/index.html", shown)


@access.signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    user = access.person(request)
    if not may_make_groups(user):
        raise Http404
    said = {"language": user.language, "timezone": user.timezone, "script": queries.usual_script()}
    form = GroupForm(posted(request), initial=said)
    if request.method == "POST" and form.is_valid():
        group = actions.make_group(form.facts(), by=user, now=timezone.now())
        messages.success(request, _("The group is there. Invite its people next."))
        return redirect("group", group.id)
    text = agreements.agreement(leaders=[user.name], support="")
    return answer(request, "groups/new.html", form, agreement=text)


@access.signed_in
@require_GET
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group, as its members or its leaders see it."""
    membership = access.group_of(request, group_id)
    leads = rules.may_lead(membership)
    shown = {**_seen_by_all(membership), **(_seen_by_leaders(membership.group) if leads else {})}
    return render(request, "groups/group.html", {"leads": leads, **shown})


def _seen_by_all(membership: Membership) -> dict[str, object]:
    now, group = timezone.now(), membership.group
    meetings = planning.meetings_of(membership.user, group=group)
    return {
        "group": group,
        "membership": membership,
        "people": queries.people_of(group),
        "now": planning.now_of(meetings, now=now),
        "coming": planning.coming_of(meetings, now=now),
        "past_count": planning.past_of(meetings, now=now).count(),
        "agreement": queries.agreement_of(group),
        "has_agreed": rules.has_agreed(membership),
    }


def _seen_by_leaders(group: Group) -> dict[str, object]:
    now = timezone.now()
    invitations = list(queries.open_invitations_of(group))
    return {
        "progress": planning.progress_of(group),
        "group_link": next((one for one in invitations if one.is_for_group), None),
        "personal_links": [one for one in invitations if not one.is_for_group],
        "open_links": {one.pk for one in invitations if rules.may_come_in(one, now=now)},
        "agreement_version": agreements.VERSION,
        "invite_form": InviteForm(initial={"key": uuid4()}),
        "key_form": KeyForm(initial={"key": uuid4()}),
        "co_leader_form": CoLeaderForm(),
    }


@access.signed_in
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Change a group."""
    membership = access.led_group_of(request, group_id)
    group = membership.group
    said = {name: getattr(group, name) for name in GroupForm.base_fields}
    form = GroupForm(posted(request), group=group, initial=said)
    if request.method == "POST" and form.is_valid():
        plans.change_group(group, form.facts(), by=membership, now=timezone.now())
        server.look_again_in(group.id)
        messages.success(request, _("Kept. Meetings that are planned keep their script and call."))
        return redirect("group", group.id)
    return answer(request, "groups/change.html", form, group=group)


@access.signed_in
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Close a group for good, after a confirmation."""
    membership = access.led_group_of(request, group_id)
    group = membership.group
    form = CloseForm(posted(request), sentence=_("Close “%(group)s” for good") % {"group": group.name})
    if request.method == "POST" and form.is_valid():
        actions.close_group(group, by=membership, now=timezone.now())
        server.look_again_in(group.id)
        messages.success(
            request, _("“%(group)s” is closed. What stays of its meetings can still be read.") % {"group": group.name}
        )
        return redirect("group", group.id)
    return answer(request, "groups/close.html", form, group=group)


@access.signed_in
@require_POST
def add_co_leader(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Seat somebody who already signs in here as co-leader."""
    membership = access.led_group_of(request, group_id)
    form = CoLeaderForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for error in form.errors["email"]))
        return redirect("group", group_id)
    try:
        added = actions.add_leader_by_email(
            membership.group, form.cleaned_data["email"], by=membership, now=timezone.now()
        )
    except DeclinedError as refusal:
        messages.warning(request, declined.sentence(refusal.code))
    else:
        messages.success(request, _("%(name)s is co-leader now and sees the group.") % {"name": added.user.name})
    return redirect("group", group_id)
