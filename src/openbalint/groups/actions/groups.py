"""Making, changing and closing groups."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from openbalint.accounts.models import User
from openbalint.accounts.queries import person_with_email
from openbalint.accounts.rules import DeclinedError, may_make_groups
from openbalint.audit.actions import record
from openbalint.groups.actions.members import leading, seat_person
from openbalint.groups.models import Group, Membership, Mode, Seats, StoredScript


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What a leader says about a group."""

    name: str
    language: str
    timezone: str
    script: StoredScript
    mode: str = Mode.ONLINE
    external_url: str = ""
    support_contact: str = ""
    encrypted: bool = False


@transaction.atomic
def make_group(facts: GroupFacts, *, by: User, now: datetime) -> Group:
    """Make a group led by ``by``, who accepts its agreement by making it. Declined: ``not-yours``."""
    if not may_make_groups(by):
        raise DeclinedError("not-yours")
    group = Group(created_at=now)
    _write(group, facts, new=True)
    seat_person(group, by, Seats.LEADER, agreed=True, now=now)
    record("group-made", by=by.id, about=group.id, now=now)
    return group


@transaction.atomic
def change_group(group: Group, facts: GroupFacts, *, by: Membership, now: datetime) -> None:
    """Change a group. Pages do it by the action of `meetings`, which its meetings follow. Declined: ``not-yours``."""
    leading(by, group.id)
    _write(group, facts)
    record("group-changed", by=by.user_id, about=group.id, now=now)


@transaction.atomic
def close_group(group: Group, *, by: Membership, now: datetime) -> None:
    """Close a group for good: its links end; its people keep what they may see. Declined: ``not-yours``."""
    leading(by, group.id)
    group.closed_at = now
    group.save(update_fields=["closed_at"])
    group.invitations.filter(revoked_at=None).update(revoked_at=now)
    record("group-closed", by=by.user_id, about=group.id, now=now)


@transaction.atomic
def add_leader_by_email(group: Group, email: str, *, by: Membership, now: datetime) -> Membership:
    """Seat somebody who already signs in here as co-leader. Declined: ``not-yours``, ``nobody``, ``here-already``."""
    leading(by, group.id)
    user = person_with_email(email)
    if user is None:
        raise DeclinedError("nobody")
    if group.memberships.filter(user=user, left_at=None).exists():
        raise DeclinedError("here-already")
    membership = seat_person(group, user, Seats.CO_LEADER, agreed=False, now=now)
    record("co-leader-added", by=by.user_id, about=group.id, now=now)
    return membership


def _write(group: Group, facts: GroupFacts, *, new: bool = False) -> None:
    group.name, group.language, group.timezone = facts.name.strip(), facts.language, facts.timezone
    group.script, group.mode, group.external_url = facts.script, facts.mode, facts.external_url
    group.support_contact, group.encrypted = facts.support_contact.strip(), facts.encrypted
    group.save(force_insert=new, update_fields=None if new else [field.name for field in fields(facts)])
