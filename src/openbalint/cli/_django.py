"""Django for verbs: settings read, data folder made, apps loaded; and the checks before a server starts."""

import os


def setup() -> None:
    """Load Django with the product's settings, once; raise ImproperlyConfigured with a sentence when one is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openbalint.config.settings")
    import django
    from django.apps import apps

    from openbalint.config import data

    if apps.ready:
        return
    data.prepare(os.environ)
    django.setup()


def cannot_be_apart(verb: str) -> str | None:
    """Why a verb for one of several processes does not start here, if it does not.

    On SQLite the live part must see every write itself; elsewhere something must carry to it what the pages change.
    """
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        return (
            f"`openbalint {verb}` needs PostgreSQL (DATABASE_URL)."
            " On SQLite please run `openbalint serve`, which does it all."
        )
    if not settings.OPENBALINT_VALKEY_URL:
        return (
            f"`openbalint {verb}` needs Valkey or Redis (OPENBALINT_VALKEY_URL): without it no room hears what a page changes."
            " Where one process is enough please run `openbalint serve`, which does it all."
        )
    return None


def migrate() -> None:
    """Bring the database to the newest form; safe at every start."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Copy style sheets, images and scripts to the data folder under names that hold their content's hash."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
