"""People, as Django sees them."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, their one-time codes, and how often somebody tried."""

    name = "openbalint.accounts"
    default_auto_field = "django.db.models.BigAutoField"
