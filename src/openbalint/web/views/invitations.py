"""Links into a group: leaders make, renew and revoke them; people come in by them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
import segno

from openbalint.accounts.models import User
from openbalint.accounts.rules import DeclinedError, is_timezone
from openbalint.groups import queries, rules
from openbalint.groups.actions import invitations as actions
from openbalint.groups.actions.invitations import Newcomer, NewLink
from openbalint.groups.models import Invitation, Membership
from openbalint.web import access, declined
from openbalint.web.forms.groups import AgreeForm, InviteForm, JoinForm, KeyForm
from openbalint.web.views.accounts import answer, exchange, let_in, posted

KEPT = "invitation"  # in the session: the hash of the token that this device opened

# ── leaders ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@access.signed_in
@require_POST
def invite(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Make a link for one person, or one for the group, and show it once."""
    membership = access.led_group_of(request, group_id)
    personal = "name" in request.POST
    form = InviteForm(request.POST) if personal else KeyForm(request.POST)
    if not form.is_valid():
        return answer(request, "groups/invite.html", form, group=membership.group)
    try:
        link = actions.invite(membership.group, by=membership, now=timezone.now(), **form.cleaned_data)
    except DeclinedError as refusal:
        messages.warning(request, declined.sentence(refusal.code))
        return redirect("group", group_id)
    return _show_once(request, membership, link)


@access.signed_in
@require_POST
def renew(request: HttpRequest, group_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Give a link another address, and show it once."""
    membership = access.led_group_of(request, group_id)
    found = access.invitation_of(membership, invitation_id)
    return _show_once(request, membership, actions.renew(found, by=membership, now=timezone.now()))


@access.signed_in
@require_POST
def revoke(request: HttpRequest, group_id: UUID, invitation_id: UUID) -> HttpResponse:
    """End a link."""
    membership = access.led_group_of(request, group_id)
    actions.revoke(access.invitation_of(membership, invitation_id), by=membership, now=timezone.now())
    messages.success(request, _("The link is closed. Who came in by it stays in the group."))
    return redirect("group", group_id)


def _show_once(request: HttpRequest, membership: Membership, link: NewLink) -> HttpResponse:
    address = request.build_absolute_uri(link.path)
    shown = {"group": membership.group, "invitation": link.invitation, "address": address, "code": _drawn(address)}
    response = render(request, "groups/link.html", shown)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _drawn(address: str) -> str:
    """Return the address as a QR code, ready for an image."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(border=3, dark="#1f2827", light="#ffffff", omitsize=True))


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange a link's token for what this device keeps of it; the next address carries nothing."""
    return exchange(request, key=KEPT, token=token, to="join")


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Come in by the link that this device opened."""
    found = queries.invitation_by_hash(request.session.get(KEPT, ""))
    if found is None or not rules.may_come_in(found, now=timezone.now()):
        return render(request, "groups/link_over.html", status=404)
    user = request.user if isinstance(request.user, User) else None
    known = queries.membership_of(user, found.group_id) if user else None
    if known and (found.is_for_group or found.person in {None, user}):
        return _known_already(request, found, known)
    if found.person is not None:
        return _come_back(request, found)
    return _join_as(request, found, user) if user else _join_new(request, found)


def _known_already(request: HttpRequest, found: Invitation, known: Membership) -> HttpResponse:
    """Show somebody of the group the way on; the unused link of another stays unused."""
    if found.is_for_group or found.person == known.user:
        return redirect("group_next", found.group_id)
    return render(request, "groups/link_of_another.html", {"invitation": found, "known": known})


def _come_back(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Let somebody in again by the personal link, on this device too."""
    why = queries.way_back_closed(found.person, found.group_id) if found.person else ""
    if why:
        messages.warning(request, declined.sentence(why))
        return redirect(f"{reverse('sign-in')}?next={reverse('group_next', args=[found.group_id])}")
    if request.method == "GET":
        return render(request, "groups/come_back.html", {"invitation": found, "group": found.group})
    user = actions.come_back(found.token_hash, now=timezone.now())
    request.session.pop(KEPT, None)
    let_in(request, user, remember=True)
    return redirect("group_next", found.group_id)


def _join_as(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    """Let somebody this device knows into another group."""
    form = AgreeForm(posted(request))
    if request.method == "POST" and form.is_valid() and _came_in(request, found, user, form):
        return redirect("group_next", found.group_id)
    return _show_join(request, found, form)


def _join_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Let a newcomer in, whom this device then knows."""
    form = JoinForm(posted(request), initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        zone = said["timezone"] if is_timezone(said["timezone"]) else found.group.timezone
        newcomer = Newcomer(said["name"], said["profession"], get_language() or found.group.language, zone)
        if membership := _came_in(request, found, newcomer, form):
            let_in(request, membership.user, remember=True)
            return redirect("group_next", found.group_id)
    return _show_join(request, found, form)


def _came_in(request: HttpRequest, found: Invitation, who: User | Newcomer, form: AgreeForm) -> Membership | None:
    """Return the membership; None when the link ended or was taken meanwhile, which the form then says."""
    try:
        membership = actions.come_in(found.token_hash, who=who, now=timezone.now())
    except DeclinedError as refusal:
        form.decline(refusal.code)
        return None
    request.session.pop(KEPT, None)
    return membership


def _show_join(request: HttpRequest, found: Invitation, form: AgreeForm) -> HttpResponse:
    group = found.group
    shown = {
        "group": group,
        "leaders": queries.leaders_of(group),
        "agreement": queries.agreement_of(group),
        "people": queries.people_of(group).count(),
    }
    return answer(request, "groups/join.html", form, **shown)
