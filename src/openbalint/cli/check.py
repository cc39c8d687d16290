"""`openbalint check`: tells what is wrong with an installation before people come."""

import argparse
from typing import TYPE_CHECKING

from openbalint.cli import _options

if TYPE_CHECKING:
    from django.core.checks import CheckMessage

HELP = "look for mistakes in the settings and the database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Print each finding with what to do; 0 when there is none that stops a start."""
    from openbalint.cli import _django

    _django.setup()
    from django.core import checks

    found = [*checks.run_checks(include_deployment_checks=True, databases=["default"]), *_database()]
    heard = [finding for finding in found if not finding.is_silenced()]
    for finding in sorted(heard, key=lambda one: -one.level):
        _options.tell(f"{finding.id}: {finding.msg}" + (f"\n    {finding.hint}" if finding.hint else ""))
    serious = any(finding.is_serious() for finding in heard)
    _options.tell("Please mend what is listed first." if serious else "OpenBalint can start.")
    return int(serious)


def _database() -> list["CheckMessage"]:
    """Whether the database answers and has every migration."""
    from django.core import checks
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        hint = f"Please see whether DATABASE_URL is right and the server runs ({type(error).__name__})."
        return [checks.Error("The database does not answer.", hint=hint, id="openbalint.E002")]
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        hint = "Run `openbalint migrate`; `openbalint serve` does it by itself."
        return [checks.Warning("The database is not in its newest form.", hint=hint, id="openbalint.W002")]
    return []
