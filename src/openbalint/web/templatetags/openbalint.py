"""Words for templates: days and hours, names of scripts and professions."""

from datetime import datetime

from django import template
from django.utils import timezone

from openbalint.groups.models import StoredScript
from openbalint.groups.scripts import from_body
from openbalint.meetings.models import Meeting
from openbalint.web import labels, when as words

register = template.Library()


@register.filter
def day(meeting: Meeting) -> str:
    """The day of a meeting, short."""
    return words.day(meeting.planned_at, now=timezone.now())


@register.filter
def short_day(at: datetime) -> str:
    """Any day, short."""
    return words.day(at, now=timezone.now())


@register.filter
def zone_name(zone: str) -> str:
    """A time zone as people call it."""
    return words.zone_name(zone)


@register.filter
def weekday_and_hour(meeting: Meeting) -> str:
    """The weekday and the hour of a meeting, short."""
    return words.weekday_and_hour(meeting.planned_at)


@register.filter
def when(meeting: Meeting) -> str:
    """The day and the hours of a meeting, in full."""
    return words.when(meeting, now=timezone.now())


@register.filter
def hours_there(meeting: Meeting) -> str:
    """The hours by the group's clock, where it shows another time."""
    return words.hours_there(meeting)


@register.filter
def script_name(stored: StoredScript) -> str:
    """The name of a script in the reader's language."""
    return stored.name or labels.own(from_body(stored.body).name)


@register.filter
def script_of_meeting(meeting: Meeting) -> str:
    """The name of the script that a meeting has its copy of."""
    return labels.own(from_body(meeting.script).name)
