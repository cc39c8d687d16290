"""Everything that writes a group's scripts: copy, change, go back to the shipped one, delete.

A meeting keeps the copy it was planned with, so none of this reaches a meeting that is planned already.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openbalint.audit import actions as audit
from openbalint.groups import scripts
from openbalint.groups.models import Group, StoredScript
from openbalint.protocol.scripts import Cue, Script
from openbalint.protocol.shipped import SHIPPED


class BadScriptError(ValueError):
    """A script that cannot be used; ``codes`` say why (see `groups.scripts.faults`)."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class ChangedMeanwhileError(Exception):
    """Somebody else has changed or deleted the script since it was read."""


class InUseError(Exception):
    """The group works by this script, so it stays."""


@transaction.atomic
def copy_script(source: StoredScript, *, group: Group, by: UUID, now: datetime) -> StoredScript:
    """Give the group a copy of a shipped script or of one of its own, to change as it likes."""
    copied = StoredScript.objects.create(group=group, code=source.code, name=source.name, body=source.body)
    audit.record("script-copied", by=by, about=copied.pk, now=now)
    return copied


@transaction.atomic
def change_script(stored: StoredScript, script: Script, *, name: str, by: UUID, now: datetime) -> None:
    """Store what a leader made of the script. ``name`` replaces the shipped names in both languages; "" keeps them.

    Raises `BadScriptError` for a script that cannot be used and `ChangedMeanwhileError` if ``stored`` is out of date.
    """
    if codes := scripts.faults(script):
        raise BadScriptError(codes)
    named = replace(script, name=Cue(name, name)) if name else script
    _store(stored, named, name=name)
    audit.record("script-changed", by=by, about=stored.pk, now=now)


@transaction.atomic
def revert_script(stored: StoredScript, *, by: UUID, now: datetime) -> None:
    """Make the script again what it was copied from: phases, choices, quiet lines and name."""
    _store(stored, SHIPPED[stored.code], name="")
    audit.record("script-reverted", by=by, about=stored.pk, now=now)


@transaction.atomic
def delete_script(stored: StoredScript, *, by: UUID, now: datetime) -> None:
    """Delete a group's own script. Raises `InUseError` while the group works by it."""
    if Group.objects.select_for_update().filter(script=stored).exists():
        raise InUseError
    StoredScript.objects.filter(pk=stored.pk).delete()
    audit.record("script-deleted", by=by, about=stored.pk, now=now)


def _store(stored: StoredScript, script: Script, *, name: str) -> None:
    fresh = StoredScript.objects.filter(pk=stored.pk, version=stored.version)
    if not fresh.update(body=scripts.to_body(script), name=name, version=stored.version + 1):
        raise ChangedMeanwhileError
    stored.refresh_from_db()
