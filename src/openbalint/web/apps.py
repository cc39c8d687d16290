"""The pages, as Django sees them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files; no models."""

    name = "openbalint.web"
