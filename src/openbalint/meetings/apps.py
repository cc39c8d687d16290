"""Meetings, as Django sees them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MeetingsConfig(AppConfig):
    """Keeps the triggers in place after every migration: an altered table on SQLite loses them without a word."""

    name = "openbalint.meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the triggers anew after each migration."""
        from openbalint.meetings.triggers import install_after_migrating  # noqa: PLC0415  apps are not loaded before

        post_migrate.connect(install_after_migrating, sender=self, dispatch_uid="meetings-triggers")
