"""Groups, their members, invitations and scripts."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openbalint.accounts.models import Language, User
from openbalint.protocol.commands import Seat


class Seats(models.TextChoices):
    """What somebody is in a group: the seats of a session, in words."""

    LEADER = Seat.LEADER.value, _("Leader")
    CO_LEADER = Seat.CO_LEADER.value, _("Co-leader")
    MEMBER = Seat.MEMBER.value, _("Member")
    OBSERVER = Seat.OBSERVER.value, _("Observer")
    TRAINER = Seat.TRAINER.value, _("Trainer")


LEADING = (Seats.LEADER, Seats.CO_LEADER)


class Mode(models.TextChoices):
    """Where a group meets."""

    ONLINE = "online", _("Online")
    ROOM = "room", _("In the room")
    MIXED = "mixed", _("Mixed")


class StoredScript(models.Model):
    """A script: one that comes with OpenBalint (no group), or a group's own copy."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey("groups.Group", null=True, blank=True, on_delete=models.CASCADE, related_name="scripts")
    code = models.SlugField(max_length=40)  # the shipped script that it is, or was copied from
    name = models.CharField(max_length=80, blank=True)  # empty: the name in the body, in the reader's language
    body = models.JSONField()  # a protocol Script
    version = models.PositiveIntegerField(default=1)  # rises with every change

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(group=None), name="one_shipped_script_per_code"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Group(models.Model):
    """A closed group of colleagues with one or two leaders."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10, choices=Language, default=Language.ENGLISH)
    timezone = models.CharField(max_length=64)
    script = models.ForeignKey(StoredScript, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ONLINE)
    external_url = models.URLField(max_length=500, blank=True)  # a call elsewhere, copied to each planned meeting
    encrypted = models.BooleanField(default=False)  # from device to device, as browsers can; copied to planned meetings
    support_contact = models.CharField(max_length=200, blank=True)  # named in the agreement
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody belongs to a group, from ``joined_at`` until ``left_at``."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    seat = models.CharField(max_length=10, choices=Seats, default=Seats.MEMBER)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_version = models.PositiveIntegerField(null=True, blank=True)  # of the agreement's text

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], condition=Q(left_at=None), name="one_membership_per_person_and_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.seat})"

    @property
    def leads(self) -> bool:
        """Whether this is a leader or co-leader."""
        return self.seat in LEADING


class Invitation(models.Model):
    """A link into a group: for one person, who is then known by it, or (without a name) for the whole group.

    Only the hash of its token is kept. Renewing gives it another token; the old one ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=60, blank=True)  # for whom; empty: one link for the group
    seat = models.CharField(max_length=10, choices=Seats, default=Seats.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(name="", revoked_at=None), name="one_open_link_per_group"
            ),
        ]

    def __str__(self) -> str:
        return self.name or "group link"

    @property
    def is_for_group(self) -> bool:
        """Whether anybody of the group may come in by it."""
        return not self.name
