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


def one_process_only(verb: str) -> str | None:
    """Why a verb for several processes does not start here: on SQLite the live part must see every write itself."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return None
    return f"`openbalint {verb}` needs PostgreSQL (DATABASE_URL). On SQLite please run `openbalint serve`, which does it all."


def migrate() -> None:
    """Bring the database to the newest form; safe at every start."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("clearsessions")  # what has run out need not be kept


def collect_static() -> None:
    """Copy style sheets, images and scripts to the data folder under names that hold their content's hash."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
