"""What all forms share: how fields look in our style sheet, and time zones people can choose from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

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
Region = tuple[str | Promise, Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Mending:
    """What is to be mended at a field: the id of where it is typed, and the sentence that says how."""

    at: str
    sentence: str


def at_fields(form: forms.BaseForm) -> Iterator[Mending]:
    """What is to be mended at the fields of a form that people see, in their order."""
    for field in form.visible_fields():
        chosen_beside = isinstance(field.field.widget, forms.RadioSelect)
        at = f"{field.auto_id}_0" if chosen_beside else str(field.id_for_label)
        yield from (Mending(at, str(error)) for error in field.errors)


class PlainForm(forms.Form):
    """A form whose fields carry the classes of our style sheet, and that can show why something was declined."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, TimeZoneField):
                field.keep(self.get_initial_for_field(field, name))
            if not isinstance(field.widget, (forms.CheckboxInput, forms.RadioSelect, forms.HiddenInput)):
                field.widget.attrs.setdefault("class", "input")

    def decline(self, code: str, *, field: str | None = None) -> None:
        """Show the sentence for a code, at a field or above the form."""
        self.add_error(field, sentence(code))

    def mendings(self) -> list[Mending]:
        """What is to be mended, field by field: the summary above the form leads there."""
        return list(at_fields(self))


@cache
def zones_of_today() -> tuple[str, ...]:
    """Return the zones that some place has today: not the names and links that are kept for old data alone."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(sorted(zone for _countries, _place, zone, *_about in rows))


def timezones(kept: str = "") -> list[Choice | Region]:
    """Return the zones to choose from: those often used, then all by region; first ``kept``, if it is none of these."""
    regions: dict[str, list[Choice]] = {region: [] for region in REGIONS}
    for zone in zones_of_today():
        region, _slash, city = zone.partition("/")
        if city and region in regions:
            regions[region].append((zone, _spaced(city)))
    offered: list[Region] = [
        (_("Often used"), OFTEN),
        *((REGIONS[region], zones) for region, zones in regions.items() if zones),
    ]
    if not kept or any(kept in dict(zones) for _region, zones in offered):
        return [*offered]
    return [(kept, _spaced(kept)), *offered]


def _spaced(zone: str) -> str:
    return zone.replace("_", " ")


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

    def keep(self, zone: str | None) -> None:
        """Offer the zone there is already too: a browser picks the first where none is selected, unseen."""
        self.choices = partial(timezones, zone or "")
