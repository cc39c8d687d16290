"""Groups, as Django sees them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GroupsConfig(AppConfig):
    """Brings the shipped scripts into the database after each migration."""

    name = "openbalint.groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Store the shipped scripts after each migration."""
        from openbalint.groups.actions.shipped import store_after_migrating  # noqa: PLC0415  apps are not loaded before

        post_migrate.connect(store_after_migrating, sender=self, dispatch_uid="groups-shipped-scripts")
