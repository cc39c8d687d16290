"""People coming into a group, agreeing, and leaving."""

from datetime import datetime

from django.db import transaction

from openbalint.accounts.actions import let_lead
from openbalint.accounts.models import User
from openbalint.accounts.rules import DeclinedError
from openbalint.audit.actions import record
from openbalint.groups.agreement import VERSION
from openbalint.groups.models import LEADING, Group, Membership, Seats
from openbalint.groups.rules import has_agreed, may_lead


def seat_person(group: Group, user: User, seat: str, *, agreed: bool, now: datetime) -> Membership:
    """Make somebody belong to a group; who leads it may make groups from now on. Call it inside a transaction."""
    membership = Membership.objects.create(group=group, user=user, seat=seat, joined_at=now)
    record("group-joined", by=user.id, about=group.id, now=now)
    if seat in LEADING:
        let_lead(user, by=user, now=now)
    if agreed:
        agree(membership, now=now)
    return membership


@transaction.atomic
def agree(membership: Membership, *, now: datetime) -> None:
    """Accept the newest agreement. Accepting it again changes nothing."""
    if has_agreed(membership):
        return
    membership.agreed_at, membership.agreed_version = now, VERSION
    membership.save(update_fields=["agreed_at", "agreed_version"])
    record("agreement-accepted", by=membership.user_id, about=membership.group_id, now=now)


@transaction.atomic
def remove_member(membership: Membership, *, by: Membership, now: datetime) -> None:
    """Let somebody go: a leader says so of another, or a person of oneself.

    The person's link ends too. Declined: ``not-yours``, ``last-leader`` (a group keeps one).
    """
    myself = by.pk == membership.pk
    if not myself and (by.group_id != membership.group_id or not may_lead(by)):
        raise DeclinedError("not-yours")
    if membership.left_at is not None:
        return
    others = membership.group.memberships.filter(left_at=None, seat__in=LEADING).exclude(pk=membership.pk)
    if membership.leads and not others.exists():
        raise DeclinedError("last-leader")
    membership.left_at = now
    membership.save(update_fields=["left_at"])
    membership.group.invitations.filter(person=membership.user, revoked_at=None).update(revoked_at=now)
    record("group-left" if myself else "member-removed", by=by.user_id, about=membership.user_id, now=now)


@transaction.atomic
def change_seat(membership: Membership, seat: str, *, by: Membership, now: datetime) -> None:
    """Give somebody another seat. Declined: ``not-yours``, ``last-leader``."""
    if by.group_id != membership.group_id or not may_lead(by) or membership.left_at is not None:
        raise DeclinedError("not-yours")
    others = membership.group.memberships.filter(left_at=None, seat__in=LEADING).exclude(pk=membership.pk)
    if seat not in LEADING and membership.leads and not others.exists():
        raise DeclinedError("last-leader")
    membership.seat = Seats(seat)
    membership.save(update_fields=["seat"])
    if seat in LEADING:
        let_lead(membership.user, by=by.user, now=now)
    record("seat-changed", by=by.user_id, about=membership.user_id, now=now)
