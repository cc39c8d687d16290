"""`openbalint migrate`: the database in its newest form."""

import argparse

from openbalint.cli import _options

HELP = "bring the database to the newest form (`serve` does it by itself)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Migrate; running it again changes nothing."""
    from openbalint.cli import _django

    _django.setup()
    _django.migrate()
    _options.tell("The database is up to date.")
    return 0
