"""What all forms share: how fields look in our style sheet, and time zones people can choose from."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openbalint.web.declined import sentence
from openbalint.web.when import OFTEN

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REGIONS: Mapping[str, str | Promise] = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}
Choice = tuple[str, str | Promise]


class PlainForm(forms.Form):
    """A form whose fields carry the classes of our style sheet, and that can show why something was declined."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, (forms.CheckboxInput, forms.RadioSelect, forms.HiddenInput)):
                field.widget.attrs.setdefault("class", "input")

    def decline(self, code: str, *, field: str | None = None) -> None:
        """Show the sentence for a code, at a field or above the form."""
        self.add_error(field, sentence(code))


def timezones() -> list[tuple[str | Promise, Sequence[Choice]]]:
    """Return the zones to choose from: those often used, then all by region."""
    regions: dict[str, list[Choice]] = {region: [] for region in REGIONS}
    for zone in sorted(available_timezones()):
        region, _slash, city = zone.partition("/")
        if city and region in regions:
            regions[region].append((zone, city.replace("_", " ")))
    return [(_("Often used"), OFTEN), *((REGIONS[region], zones) for region, zones in regions.items() if zones)]


class TimeZoneField(forms.ChoiceField):
    """A time zone from the list. ``own``: where scripts run, the browser's zone is chosen beforehand."""

    def __init__(self, *, label: "StrOrPromise", help_text: "StrOrPromise" = "", own: bool = False) -> None:
        wrong = _("Choose a time zone from the list.")
        super().__init__(
            choices=timezones,
            label=label,
            help_text=help_text,
            error_messages={"invalid_choice": wrong, "required": wrong},
        )
        if own:
            self.widget.attrs["data-own-zone"] = True
