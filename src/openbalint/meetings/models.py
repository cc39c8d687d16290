"""A meeting, its session's log while it lives, and the record that stays.

The log (`StoredEvent`) is the truth of a session until it is condensed: one transaction writes the `Record` and deletes
the session's events. The database itself keeps that order (see `triggers.py`): events are never changed, deleted only
where the record exists, and never written again after it.
"""

import uuid

from django.conf import settings
from django.db import models

from openbalint.groups.models import Group, Mode


class Meeting(models.Model):
    """One occurrence of a group. ``script`` is its own copy: changing a group's script never changes a past meeting."""

    class State(models.TextChoices):
        """What people decided. How far it then went is the session's: ``started_at``, ``ended_at``."""

        PLANNED = "planned"
        CALLED_OFF = "called-off"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    planned_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()  # announced length, from the script
    script = models.JSONField()  # body of a protocol `Script`
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ONLINE)
    external_url = models.URLField(max_length=500, blank=True)  # a call elsewhere, until sound is built in
    encrypted = models.BooleanField(default=False)  # from device to device; follows the group until it begins
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("planned_at", "id")
        indexes = (models.Index(fields=("group", "planned_at"), name="meeting_group_planned"),)

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class StoredSession(models.Model):
    """The session of a meeting: who owns its room now, and how far it went. Made when the first person comes."""

    meeting = models.OneToOneField(Meeting, primary_key=True, on_delete=models.PROTECT, related_name="session")
    owner = models.CharField(max_length=120, blank=True)  # name of the process that holds the room; "" for none
    address = models.CharField(max_length=200, blank=True)  # where browsers reach that process
    renewed_at = models.DateTimeField(null=True)  # when the owner last renewed its lease
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # the room closed; condensed 7 days later at the latest
    condensed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="condensed_after_end", condition=models.Q(condensed_at=None) | models.Q(ended_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"session {self.pk}"


class StoredEvent(models.Model):
    """One event of a log. ``UNIQUE(session, seq)`` is the fence: two owners of a room cannot both append."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(  # the fence below is its index
        StoredSession, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    seq = models.PositiveIntegerField()  # 1, 2, … without a hole
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)  # key of `protocol.events.EVENTS`
    body = models.JSONField()
    tab = models.CharField(max_length=40, blank=True)  # with number: the command that made it, so a resend is harmless
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("session", "seq")
        constraints = (models.UniqueConstraint(fields=("session", "seq"), name="event_session_seq"),)

    def __str__(self) -> str:
        return f"event {self.seq} of {self.session_id}"


class Record(models.Model):
    """The facts of a meeting, computed from its log: what stays when the log is gone. No words, person ids inside."""

    session = models.OneToOneField(StoredSession, primary_key=True, on_delete=models.PROTECT, related_name="record")
    body = models.JSONField()  # body of a protocol `Record`
    condensed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"record {self.pk}"
