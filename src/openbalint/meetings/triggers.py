"""The log is append-only, and the database itself says so.

- UPDATE of an event: never. - DELETE: only where the session's record exists. - INSERT: never where it exists, so a
stale owner cannot start a condensed session anew. - On PostgreSQL also before TRUNCATE.

Triggers are made anew after every migration, since SQLite drops them silently when a later migration remakes the table.
"""

from typing import Any

from django.db import connections

EVENT, RECORD = "meetings_storedevent", "meetings_record"

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


def _sqlite(name: str, moment: str, condition: str, words: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {EVENT} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END",
    ]


def _postgresql(name: str, moment: str, condition: str, words: str) -> list[str]:
    row = "OLD" if moment == "DELETE" else "NEW"
    each = "STATEMENT" if moment == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {EVENT}",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {EVENT} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]


def statements(vendor: str) -> list[str]:
    """The SQL that makes every trigger of ``vendor`` (``sqlite`` or ``postgresql``) anew."""
    make = _postgresql if vendor == "postgresql" else _sqlite
    made = [line for name, rule in RULES.items() for line in make(name, *rule)]
    if vendor == "postgresql":
        made += _postgresql("event_never_truncated", "TRUNCATE", "TRUE", "a log is condensed, never truncated")
    return made


def make_triggers(using: str, **_: Any) -> None:
    """Receiver of ``post_migrate``; harmless when run twice, and silent while the tables do not exist."""
    connection = connections[using]
    if not {EVENT, RECORD} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)
