"""Forms about people and how they sign in."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openbalint.accounts.models import Language, Profession, User
from openbalint.web.forms.plain import PlainForm, TimeZoneField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# In our words: Django's catalogues lag behind its messages, and name what we call "e-mail" in English.
WEAK: Final[Mapping[str, "StrOrPromise"]] = {
    "password_too_short": _("This password is too short. Take at least 10 characters."),
    "password_too_similar": _("This password is too similar to your name or your e-mail. Choose another one."),
    "password_too_common": _("Many people use this password. Choose another one."),
}
_new = forms.PasswordInput(attrs={"autocomplete": "new-password"})


def name_field() -> forms.CharField:
    """How a group calls somebody."""
    return forms.CharField(
        label=_("What shall the group call you?"),
        help_text=_("A first name is enough."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write the name the group should see.")},
    )


def profession_field() -> forms.ChoiceField:
    """The profession, which names the empty place while somebody who presents listens. Nobody is one by not choosing."""
    return forms.ChoiceField(
        label=_("Your profession"),
        choices=[("", _("Please choose")), *Profession.choices],
        error_messages={"required": _("Choose your profession.")},
        help_text=_("When you tell a case, your empty place is called “the doctor of this case”, “the nurse …”."),
    )


def email_field() -> forms.EmailField:
    """The e-mail that somebody signs in with."""
    return forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an address such as lea@hospital.org."),
        },
    )


class NewPasswordForm(PlainForm):
    """A password, twice, so that a slip of the finger locks nobody out."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A short sentence is easy to remember."),
        widget=_new,
        strip=False,
        error_messages={"required": _("Choose a password.")},
    )
    again = forms.CharField(
        label=_("The password once more"),
        widget=_new,
        strip=False,
        error_messages={"required": _("Write the password once more.")},
    )
    user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Look whether both are the same, and whether it can be guessed."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
        elif password:
            self._judge(password)
        return cleaned

    def _judge(self, password: str) -> None:
        about = User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email"))
        try:
            validate_password(password, self.user or about)
        except ValidationError as error:
            for one in error.error_list:
                self.add_error("password", WEAK.get(one.code or "", one))


class SignInForm(PlainForm):
    """E-mail and password."""

    email = email_field()
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Write your password.")},
    )
    stay = forms.BooleanField(label=_("Stay signed in on this device"), required=False)


class FirstLeaderForm(NewPasswordForm):
    """Who leads here first."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As groups should call you."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    email = email_field()
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    timezone = TimeZoneField(label=_("Time zone"), own=True)

    field_order = ("name", "email", "password", "again", "language", "timezone")


class PersonForm(PlainForm):
    """How somebody is called, and by which clock they live."""

    name = name_field()
    profession = profession_field()
    timezone = TimeZoneField(label=_("Time zone"), help_text=_("Meetings are shown by this clock."))


class SignInDetailsForm(NewPasswordForm):
    """E-mail and password, to sign in with from any device. Who has a password already says it first."""

    email = email_field()
    now = forms.CharField(
        label=_("Your password until now"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Write the password you have used until now.")},
    )

    field_order = ("email", "now", "password", "again")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.may_sign_in:
            del self.fields["now"]
