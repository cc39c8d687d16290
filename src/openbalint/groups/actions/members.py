"""People coming into a group, agreeing, and leaving."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openbalint.accounts.actions import let_lead
from openbalint.accounts.models import User
from openbalint.accounts.rules import DeclinedError
from openbalint.audit.actions import record
from openbalint.groups.agreement import VERSION
from openbalint.groups.models import LEADING, Group, Membership, Seats
from openbalint.groups.rules import has_agreed, is_open, may_lead


def leading(by: Membership, group_id: UUID) -> Membership:
    """Return ``by`` as it is now, its group locked until the transaction ends. Declined unless it leads: ``not-yours``.

    Every change of a group takes this lock first, so that two changes never see each other half done.
    """
    group = Group.objects.select_for_update().filter(pk=group_id).first()
    found = Membership.objects.select_related("user").filter(pk=by.pk, group=group).first()
    if group is None or found is None:
        raise DeclinedError("not-yours")
    found.group = group
    if not may_lead(found):
        raise DeclinedError("not-yours")
    return found


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

    The person's link ends too, and the group's own where a leader lets somebody go, who may know it. Declined:
    ``not-yours``, ``last-leader`` (an open group keeps one).
    """
    myself = by.pk == membership.pk
    locked = Group.objects.select_for_update().filter(pk=membership.group_id)
    group = locked.get() if myself else leading(by, membership.group_id).group
    membership.refresh_from_db()
    if membership.left_at is not None:
        return
    if is_open(group):
        _keep_a_leader(membership)
    membership.left_at = now
    membership.save(update_fields=["left_at"])
    known = Q(person=membership.user) if myself else Q(person=membership.user) | Q(name="")
    group.invitations.filter(known, revoked_at=None).update(revoked_at=now)
    record("group-left" if myself else "member-removed", by=by.user_id, about=membership.user_id, now=now)


@transaction.atomic
def change_seat(membership: Membership, seat: str, *, by: Membership, now: datetime) -> None:
    """Give somebody another seat. Declined: ``not-yours``, ``last-leader``."""
    by = leading(by, membership.group_id)
    membership.refresh_from_db()
    if membership.left_at is not None:
        raise DeclinedError("not-yours")
    if seat not in LEADING:
        _keep_a_leader(membership)
    membership.seat = Seats(seat)
    membership.save(update_fields=["seat"])
    if seat in LEADING:
        let_lead(membership.user, by=by.user, now=now)
    record("seat-changed", by=by.user_id, about=membership.user_id, now=now)


def _keep_a_leader(membership: Membership) -> None:
    others = membership.group.memberships.filter(left_at=None, seat__in=LEADING).exclude(pk=membership.pk)
    if membership.leads and not others.exists():
        raise DeclinedError("last-leader")
