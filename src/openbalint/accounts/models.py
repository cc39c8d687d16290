"""People.

Everybody is a ``User``: leaders sign in by e-mail and password; whoever comes by an invitation link has neither and is
remembered by a device. The random id is the only thing that sessions, sockets and records know of a person.
"""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from openbalint.protocol.commands import FigureCode


class Language(models.TextChoices):
    """The languages that people read."""

    ENGLISH = "en", "English"
    CHINESE = "zh-hans", "简体中文"


class Profession(models.TextChoices):
    """Professions of members: each names the presenter's empty place, so each is a person of the case too."""

    DOCTOR = FigureCode.DOCTOR.value, _("Doctor")
    NURSE = FigureCode.NURSE.value, _("Nurse")
    COUNSELLOR = FigureCode.COUNSELLOR.value, _("Counsellor or psychologist")
    PHARMACIST = FigureCode.PHARMACIST.value, _("Pharmacist")
    STUDENT = FigureCode.STUDENT.value, _("Student")
    MANAGER = FigureCode.MANAGER.value, _("Manager")
    ADMINISTRATOR = FigureCode.ADMINISTRATOR.value, _("Administrator")


class People(BaseUserManager["User"]):
    """Finds people by the e-mail they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail, however it is written."""
        return self.get(email=normal_email(username or ""))


class User(AbstractBaseUser):
    """A person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=60)
    email = models.EmailField(null=True, blank=True, unique=True)
    profession = models.CharField(max_length=20, choices=Profession, default=Profession.DOCTOR)
    language = models.CharField(max_length=10, choices=Language, default=Language.ENGLISH)
    timezone = models.CharField(max_length=64, default="UTC")
    leads = models.BooleanField(default=False)  # may make groups: the first leader, and whoever came to lead one
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    last_login = None  # when somebody looked is nobody's business

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def may_sign_in(self) -> bool:
        """Whether this person can sign in by e-mail and password."""
        return self.email is not None and self.has_usable_password()


class OneTimeCode(models.Model):
    """A code in an address that is good for one thing, once. Only its hash is kept."""

    class Purpose(models.TextChoices):
        """What the code opens."""

        START = "start"  # the page that makes the first leader
        RESET = "reset"  # the page that sets a new password

    purpose = models.CharField(max_length=10, choices=Purpose)
    code_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(null=True)  # empty: good until used or replaced

    def __str__(self) -> str:
        return self.purpose


class Attempt(models.Model):
    """Somebody tried a password, a code or a link. Kept for some minutes, to slow guessing down."""

    key = models.CharField(max_length=64)  # a hash of kind, network address and e-mail
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"


def normal_email(email: str) -> str:
    """Return an e-mail as it is kept: without spaces around it, in small letters."""
    return email.strip().lower()
