"""Forms about groups, links into them, and coming in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import URLValidator
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext, gettext_lazy as _

from openbalint.accounts.models import Language
from openbalint.groups import queries
from openbalint.groups.actions.groups import GroupFacts
from openbalint.groups.models import Group, Mode, Seats, StoredScript
from openbalint.groups.scripts import from_body
from openbalint.protocol.scripts import announced_minutes
from openbalint.web.forms.accounts import email_field, name_field, profession_field
from openbalint.web.forms.plain import PlainForm, TimeZoneField
from openbalint.web.templatetags.openbalint import script_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    _ScriptChoice = forms.ModelChoiceField[StoredScript]
    _Iterator = ModelChoiceIterator[StoredScript]
else:
    _ScriptChoice = forms.ModelChoiceField
    _Iterator = ModelChoiceIterator


def by_name(stored: StoredScript) -> str:
    """What a group's own scripts are sorted by: "… (copy)" comes before "… (copy 2)"."""
    return script_name(stored).rstrip(")）")


class ByOrigin(_Iterator):
    """A group's own scripts apart from those that come with OpenBalint, where it has any."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the empty choice, if there is one, then what may be chosen."""
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        stored = list(self.queryset)
        own = sorted((one for one in stored if one.group_id), key=by_name)
        shipped = [self.choice(one) for one in stored if not one.group_id]
        if not own:
            yield from shipped
            return
        yield (gettext("Of your group"), [self.choice(one) for one in own])
        yield (gettext("Scripts that come with OpenBalint"), shipped)


class ScriptChoice(_ScriptChoice):
    """A script, by its name in the reader's language."""

    iterator = ByOrigin

    def label_from_instance(self, stored: StoredScript) -> str:
        """Return the name; for a group's own with the length, which may have changed."""
        name = script_name(stored)
        if stored.group_id is None:
            return name
        return gettext("%(name)s, %(minutes)d min") % {
            "name": name,
            "minutes": announced_minutes(from_body(stored.body)),
        }


def script_field() -> ScriptChoice:
    """The script of a group or of a meeting; the queryset is set by the form."""
    return ScriptChoice(
        queryset=queries.scripts_for(None),
        label=_("Script"),
        empty_label=None,
        error_messages={"required": _("Choose a script."), "invalid_choice": _("Choose a script from the list.")},
    )


def mode_field() -> forms.ChoiceField:
    """Where the group meets."""
    return forms.ChoiceField(
        label=_("Where"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        initial=Mode.ONLINE,
        error_messages={"required": _("Choose where the group meets.")},
    )


class CallField(forms.URLField):
    """An address that a browser opens; what is none of these is told once."""

    default_validators = [URLValidator(schemes=("https", "http"))]


def call_field(help_text: "StrOrPromise") -> CallField:
    """The address of a call elsewhere."""
    return CallField(
        label=_("Link to a call (optional)"),
        help_text=help_text,
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Write an address such as https://meet.example.org/balint.")},
    )


class GroupForm(PlainForm):
    """A group, new or to be changed."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=80,
        error_messages={"required": _("Give the group a name.")},
    )
    language = forms.ChoiceField(label=_("Language of the group"), choices=Language.choices)
    timezone = TimeZoneField(label=_("Time zone of the group"), help_text=_("Meetings are planned by this clock."))
    script = script_field()
    mode = mode_field()
    external_url = call_field(
        _("Where the group hears and sees each other. It is copied to each meeting and can be changed there.")
    )
    support_contact = forms.CharField(
        label=_("Help nearby (optional)"),
        help_text=_("Whom members can ring if something stays with them. It is named in the agreement."),
        max_length=200,
        required=False,
    )

    encrypted = forms.BooleanField(
        label=_("Encrypt sound and picture from device to device"),
        help_text=_(
            "Not every browser can, and some devices hear worse. Most groups do well without it. "
            "A change holds for meetings that have not begun."
        ),
        required=False,
    )

    def __init__(self, *args: Any, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["script"]
        if isinstance(choices, ScriptChoice):
            choices.queryset = queries.scripts_for(group)

    def facts(self) -> GroupFacts:
        """Return what was said."""
        return GroupFacts(**self.cleaned_data)


class CloseForm(PlainForm):
    """A confirmation that names what is confirmed."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box if you mean it.")})

    def __init__(self, *args: Any, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = sentence


class InviteForm(PlainForm):
    """A link for one person."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("For whom?"),
        help_text=_("The name helps you tell the links apart. They can change it."),
        max_length=60,
        error_messages={"required": _("Write for whom the link is.")},
    )
    seat = forms.ChoiceField(label=_("As"), choices=Seats.choices, initial=Seats.MEMBER)


class KeyForm(PlainForm):
    """Nothing but the form's own id, so that sending it twice does a thing once."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class CoLeaderForm(PlainForm):
    """Somebody who already signs in here."""

    email = email_field()


class SeatForm(PlainForm):
    """Another seat for somebody."""

    seat = forms.ChoiceField(label=_("Seat"), choices=Seats.choices)


class AgreeForm(PlainForm):
    """Accepting the agreement."""

    agree = forms.BooleanField(
        label=_("I have read the agreement and keep to it."),
        error_messages={"required": _("Tick the box if you agree. Without it nobody joins a meeting.")},
    )


class JoinForm(AgreeForm):
    """Coming in by a link for the first time."""

    name = name_field()
    profession = profession_field()
    timezone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-own-zone": True}))

    field_order = ("name", "profession", "agree", "timezone")
