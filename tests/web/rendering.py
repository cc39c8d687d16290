"""Every plain page as HTML, for a browser: `python -m tests.web.rendering` prints them as JSON, by language and name.

A process of its own, since a browser's loop and Django's connections do not share one.
"""

import json
import os
import sys

import django
from django.core.management import call_command
from django.db import transaction
from django.test.utils import setup_test_environment


def rendered(language: str) -> dict[str, str]:
    """The pages of a site in one language, which is then forgotten."""
    from tests.web.pages import PLAIN
    from tests.web.site import Site

    with transaction.atomic():
        site = Site(language)
        pages = {name: reach(site).content.decode() for name, reach in PLAIN.items()}
        transaction.set_rollback(True)
    return pages


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    json.dump({language: rendered(language) for language in sys.argv[1:]}, sys.stdout)
