"""What stays of a meeting: the record for its leaders, and for each person their own part."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from openbalint.audit import actions as audit
from openbalint.groups.scripts import from_body
from openbalint.meetings.actions import sessions
from openbalint.meetings.models import Meeting
from openbalint.meetings.queries import records
from openbalint.meetings.queries.records import Facts
from openbalint.meetings.queries.sessions import people_of
from openbalint.protocol.commands import PersonId
from openbalint.web import access, exports, record as pages


@never_cache
@access.signed_in
@require_GET
def record(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The record of a meeting, for the leaders of its group."""
    meeting = access.past_led_meeting_of(request, meeting_id)
    facts = records.facts_of(meeting)
    if facts is None:
        return render(request, "records/early.html", {"meeting": meeting})
    _note(request, "record-seen", meeting)
    names = _names(meeting)
    could_come = records.came_of(meeting)
    turns = pages.turns(facts.record, records.turns_of(meeting, facts, now=timezone.now()), names)
    shown = {
        "meeting": meeting,
        "shown": pages.page(facts.record, from_body(meeting.script), names=names, could_come=could_come),
        "turns": turns,
        "told_apart": any(row.turns for row in turns),
        "condenses_at": facts.condenses_at,
    }
    return render(request, "records/record.html", shown)


@access.signed_in
@require_GET
def as_csv(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The facts as a table for a spreadsheet."""
    meeting, facts = _over(request, meeting_id)
    _note(request, "record-exported", meeting)
    table = exports.table(facts.record, names=_names(meeting))
    return _file(HttpResponse(table, content_type="text/csv; charset=utf-8"), meeting, "csv")


@access.signed_in
@require_GET
def as_json(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The facts as JSON."""
    meeting, facts = _over(request, meeting_id)
    _note(request, "record-exported", meeting)
    return _file(JsonResponse(exports.tree(facts.record, names=_names(meeting))), meeting, "json")


@access.signed_in
@require_http_methods(["GET", "POST"])
def condense(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """We have talked it over: delete the log, keep the record; after one confirmation."""
    meeting, facts = _over(request, meeting_id)
    if facts.condenses_at is None:
        return redirect("record", meeting.pk)
    if request.method == "GET":
        shown = {"meeting": meeting, "condenses_at": facts.condenses_at}
        return render(request, "records/condense.html", shown)
    if sessions.condense(meeting.pk, by=access.person(request).pk, now=timezone.now()):
        messages.success(request, gettext("The log is deleted. The record stays."))
    return redirect("record", meeting.pk)


@never_cache
@access.signed_in
@require_GET
def own_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What somebody of the group sees of their own in a meeting that is over."""
    found = access.meeting_of(request, meeting_id)
    part = records.own_part_of(found.meeting, str(access.person(request).pk))
    shown: dict[str, object] = {"meeting": found.meeting, "part": part}
    if part and part.attendance:
        shown |= {"there": round(part.attendance.minutes), "late": round(part.attendance.late_minutes)}
    if part and part.turns:
        shown["spoken"] = pages.spoken(part.turns.seconds)
    return render(request, "records/own.html", shown)


def _over(request: HttpRequest, meeting_id: UUID) -> tuple[Meeting, Facts]:
    meeting = access.past_led_meeting_of(request, meeting_id)
    facts = records.facts_of(meeting)
    if facts is None:
        raise Http404
    return meeting, facts


def _names(meeting: Meeting) -> dict[PersonId, str]:
    return {person: found.name for person, found in people_of(meeting.pk).items()}


def _note(request: HttpRequest, did: str, meeting: Meeting) -> None:
    audit.record(did, by=access.person(request).pk, about=meeting.pk, now=timezone.now())


def _file(response: HttpResponse, meeting: Meeting, kind: str) -> HttpResponse:
    day = timezone.localtime(meeting.planned_at).date().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="record-{day}.{kind}"'
    return response
