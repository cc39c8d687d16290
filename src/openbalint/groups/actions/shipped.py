"""The scripts that come with OpenBalint, kept in the database as rows without a group."""

from collections.abc import Mapping
from typing import Any

from django.db import connections, transaction

from openbalint.groups import scripts
from openbalint.groups.models import StoredScript
from openbalint.protocol.scripts import Script
from openbalint.protocol.shipped import SHIPPED


def store_after_migrating(using: str, **_: Any) -> None:
    """Answer Django's ``post_migrate``: store the shipped scripts, once the table is there."""
    if "groups_storedscript" in connections[using].introspection.table_names():
        store_shipped(SHIPPED)


@transaction.atomic
def store_shipped(shipped: Mapping[str, Script]) -> None:
    """Add shipped scripts that are new and renew those that changed. A meeting keeps the copy it was planned with."""
    known = {row.code: row for row in StoredScript.objects.filter(group=None)}
    for code, script in shipped.items():
        body = scripts.to_body(script)
        row = known.get(code)
        if row is None:
            StoredScript.objects.create(code=code, body=body)
        elif row.body != body:
            StoredScript.objects.filter(pk=row.pk).update(body=body, version=row.version + 1)
