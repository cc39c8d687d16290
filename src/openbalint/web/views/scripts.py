"""Scripts: those that come with OpenBalint, a group's own copies, and a script on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openbalint.groups import queries, scripts
from openbalint.groups.actions.scripts import (
    ChangedMeanwhileError,
    InUseError,
    change_script,
    copy_script,
    delete_script,
    revert_script,
)
from openbalint.groups.models import Group, Membership, StoredScript
from openbalint.groups.rules import is_open
from openbalint.protocol.scripts import announced_minutes
from openbalint.protocol.shipped import SHIPPED
from openbalint.web import access, labels
from openbalint.web.forms.groups import by_name
from openbalint.web.forms.scripts import CopyForm, ScriptForm
from openbalint.web.paper import Paper, on_paper
from openbalint.web.templatetags.openbalint import script_name


@dataclass(frozen=True, slots=True)
class Listed:
    """A script in a list."""

    id: UUID
    name: str
    minutes: int
    cases: int
    method: labels.Words


@dataclass(frozen=True, slots=True)
class GroupScripts:
    """The scripts that a group has made its own."""

    group: Group
    scripts: tuple[Listed, ...]


@access.signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All scripts that somebody may read."""
    led = queries.led_memberships_of(access.person(request))
    shipped = {stored.code: stored for stored in queries.shipped_scripts()}
    shown = {
        "shipped": [_listed(shipped[code]) for code in SHIPPED if code in shipped],
        "groups": [
            GroupScripts(membership.group, _by_name(queries.own_scripts_of(membership.group))) for membership in led
        ],
    }
    return render(request, "scripts/index.html", shown)


@access.signed_in
@require_http_methods(["GET", "POST"])
def script(request: HttpRequest, script_id: UUID) -> HttpResponse:
    """A script to read, or one of an open group's own to change."""
    stored = access.script_of(request, script_id)
    if stored.group and is_open(stored.group):
        return _edit(request, *access.own_script_of(request, script_id))
    return _read(request, stored) if request.method == "GET" else HttpResponseNotAllowed(["GET"])


def _read(request: HttpRequest, stored: StoredScript) -> HttpResponse:
    groups = [membership.group for membership in queries.led_memberships_of(access.person(request))]
    shown = {"stored": stored, "paper": _paper(stored), "copy_form": CopyForm(groups=groups) if groups else None}
    return render(request, "scripts/script.html", shown)


def _edit(request: HttpRequest, stored: StoredScript, by: Membership) -> HttpResponse:
    kept = scripts.from_body(stored.body)
    form = ScriptForm(
        request.POST if request.method == "POST" else None,
        name=script_name(stored),
        version=stored.version,
        script=kept,
        original=SHIPPED.get(stored.code, kept),
    )
    if request.method == "POST":
        if form.is_valid() and "keep" in request.POST and _kept(request, stored, form, by):
            return redirect("script", stored.pk)
        if form.is_valid() and "copy" in request.POST and _is_as_kept(stored, form):
            return _copied(request, stored, by)
        form = form.redrawn()
    shown = {"stored": stored, "form": form, "name": script_name(stored), "may_revert": stored.code in SHIPPED}
    return render(request, "scripts/edit.html", shown, status=422 if form.is_bound and form.errors else 200)


def _kept(request: HttpRequest, stored: StoredScript, form: ScriptForm, by: Membership) -> bool:
    """Store the script. False if somebody else has changed it meanwhile: then the form says so."""
    written = form.cleaned_data["name"]
    stored.version = form.cleaned_data["version"]
    try:
        change_script(
            stored,
            form.script,
            name=stored.name if written == script_name(stored) else written,
            by=by,
            now=timezone.now(),
        )
    except ChangedMeanwhileError:
        form.add_error(None, _changed_meanwhile())
        return False
    messages.success(request, gettext("The script is kept. Meetings that are planned already stay as they are."))
    return True


def _is_as_kept(stored: StoredScript, form: ScriptForm) -> bool:
    """Whether nothing has been changed on the page since it was kept: the form says so if it has."""
    if form.script == scripts.from_body(stored.body) and form.cleaned_data["name"] == script_name(stored):
        return True
    form.add_error(None, gettext("What you have changed here is not kept yet. Keep it first, then copy it."))
    return False


@access.signed_in
@require_GET
def paper(request: HttpRequest, script_id: UUID) -> HttpResponse:
    """The script on one A5 page."""
    stored = access.script_of(request, script_id)
    back = reverse("script", args=[script_id])
    return render(request, "scripts/paper.html", {"paper": _paper(stored), "back": back})


@access.signed_in
@require_POST
def copy(request: HttpRequest, script_id: UUID) -> HttpResponse:
    """Give a group that one leads a copy of a script."""
    stored = access.script_of(request, script_id)
    groups = [membership.group for membership in queries.led_memberships_of(access.person(request))]
    form = CopyForm(request.POST, groups=groups)
    if not form.is_valid():
        raise Http404
    return _copied(request, stored, access.led_group_of(request, form.group.pk))


def _copied(request: HttpRequest, stored: StoredScript, by: Membership) -> HttpResponse:
    copied = copy_script(stored, by=by, now=timezone.now())
    messages.success(request, gettext("The group has its own copy now. Change it as you like."))
    return redirect("script", copied.pk)


@access.signed_in
@require_http_methods(["GET", "POST"])
def revert(request: HttpRequest, script_id: UUID) -> HttpResponse:
    """Go back to the shipped script, after one confirmation."""
    stored, by = access.own_script_of(request, script_id)
    if stored.code not in SHIPPED:
        raise Http404
    if request.method == "GET":
        original = labels.own(SHIPPED[stored.code].name)
        return render(
            request, "scripts/revert.html", {"stored": stored, "name": script_name(stored), "original": original}
        )
    try:
        revert_script(stored, by=by, now=timezone.now())
    except ChangedMeanwhileError:
        messages.warning(request, _changed_meanwhile())
    else:
        messages.success(request, gettext("The script is again as it came."))
    return redirect("script", stored.pk)


@access.signed_in
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, script_id: UUID) -> HttpResponse:
    """Delete a group's own script, after one confirmation."""
    stored, by = access.own_script_of(request, script_id)
    in_use = stored.group is not None and stored.group.script_id == stored.pk
    if request.method == "POST":
        try:
            delete_script(stored, by=by, now=timezone.now())
        except InUseError:
            in_use = True
        else:
            messages.success(request, gettext("The script is deleted. Meetings keep the copy they were planned with."))
            return redirect("scripts")
    shown = {"stored": stored, "name": script_name(stored), "in_use": in_use}
    return render(request, "scripts/delete.html", shown, status=409 if request.method == "POST" else 200)


def _changed_meanwhile() -> str:
    return gettext("Somebody else has changed this script meanwhile. Open it again to see what it is now.")


def _paper(stored: StoredScript) -> Paper:
    return on_paper(scripts.from_body(stored.body), name=stored.name)


def _by_name(scripts: Iterable[StoredScript]) -> tuple[Listed, ...]:
    return tuple(_listed(stored) for stored in sorted(scripts, key=by_name))


def _listed(stored: StoredScript) -> Listed:
    script = scripts.from_body(stored.body)
    return Listed(
        id=stored.pk,
        name=script_name(stored),
        minutes=announced_minutes(script),
        cases=script.cases,
        method=labels.METHODS[script.method],
    )
