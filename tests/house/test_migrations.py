"""The stored form and the models agree."""

from io import StringIO

from django.core.management import call_command
import pytest


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    try:
        call_command("makemigrations", dry_run=True, check_changes=True, stdout=out)
    except SystemExit:
        pytest.fail(f"Run `python -m django makemigrations`:\n{out.getvalue()}")
