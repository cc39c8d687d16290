"""Days and hours as people read them, in the time zone that is active."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import dateformat, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _, pgettext

from openbalint.meetings.models import Meeting

# Zones that people here choose often, by the name they use.
OFTEN: Sequence[tuple[str, str | Promise]] = (
    ("Asia/Shanghai", _("China (Beijing time)")),
    ("Asia/Hong_Kong", _("Hong Kong")),
    ("Asia/Taipei", _("Taipei")),
    ("Asia/Singapore", _("Singapore")),
    ("Asia/Tokyo", _("Japan")),
    ("Australia/Sydney", _("Sydney")),
    ("Europe/London", _("United Kingdom")),
    ("Europe/Berlin", _("Germany")),
    ("America/New_York", _("New York")),
    ("America/Los_Angeles", _("Los Angeles")),
    ("UTC", _("UTC")),
)


def day(at: datetime, *, now: datetime) -> str:
    """Return "26 Nov", with the year where it is another one."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    if local.year == today.year:
        return dateformat.format(local, pgettext("day of this year, as in Django's date filter", "j M"))
    return dateformat.format(local, pgettext("day of another year, as in Django's date filter", "j M Y"))


def weekday_and_hour(at: datetime) -> str:
    """Return "Thu 18:30"."""
    return dateformat.format(timezone.localtime(at), pgettext("weekday and hour, as in Django's date filter", "D H:i"))


def hours(meeting: Meeting, *, zone: ZoneInfo | None = None) -> str:
    """Return "18:30–20:00"."""
    begins = timezone.localtime(meeting.planned_at, zone)
    ends = timezone.localtime(meeting.planned_at + _length(meeting), zone)
    return f"{begins:%H:%M}–{ends:%H:%M}"


def when(meeting: Meeting, *, now: datetime) -> str:
    """Return "Today, 18:30–20:00", or "Thursday 26 November, 18:30–20:00"."""
    local, today = timezone.localtime(meeting.planned_at), timezone.localtime(now)
    apart = (local.date() - today.date()).days
    pattern = (
        pgettext("long day of this year, as in Django's date filter", "l j F")
        if local.year == today.year
        else pgettext("long day of another year, as in Django's date filter", "l j F Y")
    )
    named = {0: gettext("Today"), 1: gettext("Tomorrow")}.get(apart) or dateformat.format(local, pattern)
    return gettext("%(day)s, %(hours)s") % {"day": named, "hours": hours(meeting)}


def hours_there(meeting: Meeting) -> str:
    """Return the hours by the group's clock where it shows another time than the reader's; else nothing."""
    zone = ZoneInfo(meeting.group.timezone)
    here, there = timezone.localtime(meeting.planned_at), timezone.localtime(meeting.planned_at, zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    return gettext("%(hours)s by the group’s clock (%(zone)s)") % {
        "hours": hours(meeting, zone=zone),
        "zone": zone_name(zone.key),
    }


def zone_name(zone: str) -> str:
    """Return a time zone as people call it: "China (Beijing time)", or its city."""
    return str(dict(OFTEN).get(zone) or zone.rpartition("/")[2].replace("_", " "))


def _length(meeting: Meeting) -> timedelta:
    return timedelta(minutes=meeting.minutes)
