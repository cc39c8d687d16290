"""The log is append-only, and the database itself says so.

- UPDATE of an event: never. - DELETE: only where the session's record exists. - INSERT: never where it exists, so a
stale owner cannot start a condensed session anew. - On PostgreSQL also before TRUNCATE.

Triggers are made anew after every migration, since SQLite drops them silently when a later migration remakes the table.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

EVENT, SESSION, RECORD = "meetings_storedevent", "meetings_storedsession", "meetings_record"

RULES = {  # name: (moment, condition on the row that is forbidden, what the database says)
    "event_never_changed": ("UPDATE", "TRUE", "an event is never changed"),
    "event_kept_until_record": (
        "DELETE",
        f"NOT EXISTS (SELECT 1 FROM {RECORD} WHERE session_id = OLD.session_id)",  # noqa: S608 - constants
        "an event is deleted only after the record is written",
    ),
    "event_never_after_record": (
        "INSERT",
        f"EXISTS (SELECT 1 FROM {RECORD} WHERE session_id = NEW.session_id)",  # noqa: S608 - constants
        "a condensed session takes no event",
    ),
}
TRUNCATE = {"event_never_truncated": ("TRUNCATE", "TRUE", "a log is condensed, never truncated")}


def _sqlite(name: str, moment: str, condition: str, words: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {EVENT} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END",
    ]


def _postgresql(name: str, moment: str, condition: str, words: str) -> list[str]:
    row = "OLD" if moment == "DELETE" else "NEW"
    each = "STATEMENT" if moment == "TRUNCATE" else "ROW"
    # An append waits for a condensing under way (which locks the session) and looks only then.
    wait = f"PERFORM 1 FROM {SESSION} WHERE meeting_id = NEW.session_id FOR KEY SHARE;" if moment == "INSERT" else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {wait} IF {condition} THEN "
        f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {EVENT}",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {EVENT} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew; may be called any number of times."""
    make, rules = (_postgresql, {**RULES, **TRUNCATE}) if connection.vendor == "postgresql" else (_sqlite, RULES)
    with connection.cursor() as cursor:
        for name, rule in rules.items():
            for statement in make(name, *rule):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Lift the triggers, for as long as a test empties its tables."""
    names = (*RULES, *(TRUNCATE if connection.vendor == "postgresql" else ()))
    on_table = f" ON {EVENT}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def install_after_migrating(using: str, **_: Any) -> None:
    """Answer Django's ``post_migrate``: make the triggers, once the tables are there."""
    connection = connections[using]
    if {EVENT, SESSION, RECORD} <= set(connection.introspection.table_names()):
        install(connection)
