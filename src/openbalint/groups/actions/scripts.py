"""Everything that writes a group's scripts: copy, change, go back to the shipped one, delete. Leaders of an open group may.

A meeting keeps the copy it was planned with, so none of this reaches a meeting that is planned already.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from openbalint.accounts.rules import DeclinedError
from openbalint.audit import actions as audit
from openbalint.groups import scripts
from openbalint.groups.actions.members import leading
from openbalint.groups.models import Group, Membership, StoredScript
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
def copy_script(source: StoredScript, *, by: Membership, now: datetime) -> StoredScript:
    """Give the group that ``by`` leads a copy with a name of its own, to change as it likes. Declined: ``not-yours``."""
    group = leading(by, by.group_id).group
    name = scripts.name_of_copy(_named(source), taken=[_named(own) for own in group.scripts.all()])
    body = scripts.to_body(replace(scripts.from_body(source.body), name=name))
    copied = StoredScript.objects.create(group=group, code=source.code, body=body)
    audit.record("script-copied", by=by.user_id, about=copied.pk, now=now)
    return copied


@transaction.atomic
def change_script(stored: StoredScript, script: Script, *, name: str, by: Membership, now: datetime) -> None:
    """Store what a leader made of the script. ``name`` replaces the shipped names in both languages; "" keeps them.

    Raises `BadScriptError` for a script that cannot be used and `ChangedMeanwhileError` if ``stored`` is out of date.
    Declined: ``not-yours``.
    """
    _lead(stored, by)
    if codes := scripts.faults(script):
        raise BadScriptError(codes)
    named = replace(script, name=Cue(name, name)) if name else script
    _store(stored, named, name=name)
    audit.record("script-changed", by=by.user_id, about=stored.pk, now=now)


@transaction.atomic
def revert_script(stored: StoredScript, *, by: Membership, now: datetime) -> None:
    """Make the script again what it was copied from: phases, choices, quiet lines and name. Declined: ``not-yours``.

    Raises `ChangedMeanwhileError` if ``stored`` is out of date.
    """
    _lead(stored, by)
    _store(stored, SHIPPED[stored.code], name="")
    audit.record("script-reverted", by=by.user_id, about=stored.pk, now=now)


@transaction.atomic
def delete_script(stored: StoredScript, *, by: Membership, now: datetime) -> None:
    """Delete a group's own script. Raises `InUseError` while the group works by it. Declined: ``not-yours``."""
    _lead(stored, by)
    if Group.objects.filter(script=stored).exists():
        raise InUseError
    StoredScript.objects.filter(pk=stored.pk).delete()
    audit.record("script-deleted", by=by.user_id, about=stored.pk, now=now)


def _named(stored: StoredScript) -> Cue:
    return Cue(stored.name, stored.name) if stored.name else scripts.from_body(stored.body).name


def _lead(stored: StoredScript, by: Membership) -> None:
    if stored.group_id is None:
        raise DeclinedError("not-yours")  # what comes with OpenBalint is nobody's to change
    leading(by, stored.group_id)


def _store(stored: StoredScript, script: Script, *, name: str) -> None:
    fresh = StoredScript.objects.filter(pk=stored.pk, version=stored.version)
    if not fresh.update(body=scripts.to_body(script), name=name, version=stored.version + 1):
        raise ChangedMeanwhileError
    stored.refresh_from_db()
