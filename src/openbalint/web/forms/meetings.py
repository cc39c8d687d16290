"""Forms about meetings. Day and hour are by the group's clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openbalint.groups import queries
from openbalint.groups.models import Group
from openbalint.meetings.actions.planning import AHEAD, MeetingFacts
from openbalint.web.declined import sentence
from openbalint.web.forms.groups import ScriptChoice, call_field, mode_field, script_field
from openbalint.web.forms.plain import PlainForm

A_DAY = timedelta(days=1)


class CallForm(PlainForm):
    """The call of a meeting that has begun."""

    external_url = call_field(_("Everybody in the meeting sees it beside the circle."))


class MeetingForm(PlainForm):
    """A meeting, new or to be moved."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 2026-12-24.")},
    )
    begins = forms.TimeField(
        label=_("Begins"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"required": _("Choose when it begins."), "invalid": _("Write the hour as 18:30.")},
    )
    script = script_field()
    mode = mode_field()
    external_url = call_field(_("For this meeting alone."))

    def __init__(self, *args: Any, group: Group, keeps_script: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(group.timezone)
        choices = self.fields["script"]
        if isinstance(choices, ScriptChoice):
            choices.queryset = queries.scripts_for(group)
            if keeps_script:
                choices.required = False
                choices.empty_label = _("as it is")

    def clean_day(self) -> date:
        """Refuse days at the ends of the calendar, where clocks cannot be turned; the exact bounds are the action's."""
        day: date = self.cleaned_data["day"]
        today = timezone.localdate(timezone=self.zone)
        if day == self.initial.get("day"):
            return day
        if day < today - A_DAY:
            raise ValidationError(sentence("in-the-past"))
        if day > today + AHEAD:
            raise ValidationError(sentence("too-far"))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse an hour that the clock skips, where summer time begins."""
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("begins"):
            planned_at = datetime.combine(cleaned["day"], cleaned["begins"], tzinfo=self.zone)
            if planned_at.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != planned_at.replace(tzinfo=None):
                self.add_error("begins", _("The clock skips this hour on that day. Choose another."))
            cleaned["planned_at"] = planned_at.astimezone(UTC)
        return cleaned

    def facts(self) -> MeetingFacts:
        """Return what was said."""
        said = self.cleaned_data
        return MeetingFacts(
            planned_at=said["planned_at"],
            mode=said["mode"],
            external_url=said["external_url"],
            script=said["script"],
        )
