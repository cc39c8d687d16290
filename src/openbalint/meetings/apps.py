from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MeetingsConfig(AppConfig):
    """Meetings; its triggers are made anew after every migration."""

    name = "openbalint.meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openbalint.meetings.triggers import make_triggers  # noqa: PLC0415 - models are not ready before

        post_migrate.connect(make_triggers, sender=self)
