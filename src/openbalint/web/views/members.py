"""People of a group: the agreement, seats, leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openbalint.accounts.rules import DeclinedError
from openbalint.groups import queries, rules
from openbalint.groups.actions import members as actions
from openbalint.groups.models import Membership
from openbalint.live import server
from openbalint.web import access
from openbalint.web.forms.groups import AgreeForm, CloseForm, SeatForm
from openbalint.web.views.accounts import answer, next_path, posted


@access.signed_in
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Read the group's agreement, and accept it once."""
    membership = access.group_of(request, group_id)
    form = AgreeForm(posted(request))
    to = next_path(request, f"/groups/{group_id}/next/")
    if request.method == "POST" and form.is_valid():
        actions.agree(membership, now=timezone.now())
        return redirect(to)
    shown = {
        "group": membership.group,
        "membership": membership,
        "agreement": queries.agreement_of(membership.group),
        "has_agreed": rules.has_agreed(membership),
        "earlier": queries.earlier_agreements_of(membership.group) if membership.agreed_at else (),
        "next": to,
    }
    return answer(request, "groups/agreement.html", form, **shown)


@access.signed_in
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, group_id: UUID, member_id: int) -> HttpResponse:
    """Give somebody another seat."""
    by = access.led_group_of(request, group_id)
    found = access.member_of(by, member_id)
    form = SeatForm(posted(request), initial={"seat": found.seat})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seat(found, form.cleaned_data["seat"], by=by, now=timezone.now())
        except DeclinedError as refusal:
            form.decline(refusal.code)
        else:
            server.look_again(found.user_id)
            messages.success(request, _("Kept."))
            return redirect("group", group_id)
    return answer(request, "groups/member.html", form, group=by.group, member=found)


@access.signed_in
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, group_id: UUID, member_id: int) -> HttpResponse:
    """Let somebody go, after a confirmation."""
    by = access.led_group_of(request, group_id)
    return _let_go(request, access.member_of(by, member_id), by=by)


@access.signed_in
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Leave a group, after a confirmation."""
    by = access.group_of(request, group_id)
    return _let_go(request, by, by=by)


def _let_go(request: HttpRequest, who: Membership, *, by: Membership) -> HttpResponse:
    myself = who.pk == by.pk
    named = {"name": who.user.name, "group": who.group.name}
    question = _("I leave “%(group)s”") if myself else _("%(name)s leaves “%(group)s”")
    form = CloseForm(posted(request), sentence=question % named)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_member(who, by=by, now=timezone.now())
        except DeclinedError as refusal:
            form.decline(refusal.code)
        else:
            server.look_again(who.user_id)
            said = _("You have left “%(group)s”.") if myself else _("%(name)s has left “%(group)s”.")
            messages.success(request, said % named)
            return redirect("groups") if myself else redirect("group", who.group_id)
    return answer(request, "groups/remove.html", form, group=who.group, member=who, myself=myself)
