"""The database itself refuses to change or delete a line of the audit list, on SQLite and PostgreSQL alike.

The triggers are dropped and made anew after every migration. Only tests lift them, to empty their tables.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
NAMES = {
    "sqlite": ("audit_entry_no_update", "audit_entry_no_delete"),
    "postgresql": ("audit_entry_no_update", "audit_entry_no_delete", "audit_entry_no_truncate"),
}
_EVENTS = {
    "audit_entry_no_update": ("UPDATE", "ROW"),
    "audit_entry_no_delete": ("DELETE", "ROW"),
    "audit_entry_no_truncate": ("TRUNCATE", "STATEMENT"),
}
_REFUSE = """
CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit list is append-only'; END $$
"""


def install_after_migrating(using: str, **_: Any) -> None:
    """Answer Django's ``post_migrate``: make the triggers, once the table is there."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers anew; may be called any number of times."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for name in NAMES[connection.vendor]:
            cursor.execute(_create(connection.vendor, name))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Lift the triggers, for as long as a test empties its tables."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _create(vendor: str, name: str) -> str:
    event, each = _EVENTS[name]
    if vendor == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION audit_entry_refuse()"
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the audit list is append-only'); END"
    )
