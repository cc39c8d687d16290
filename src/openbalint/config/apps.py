"""The app that checks the settings at every start; it has no data."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks."""

    name = "openbalint.config"

    def ready(self) -> None:
        """Checks register themselves when they are imported."""
        from openbalint.config import checks  # noqa: F401, PLC0415  only once Django is ready
