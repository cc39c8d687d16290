"""Who may what in a group."""

from datetime import datetime

from openbalint.groups.agreement import VERSION
from openbalint.groups.models import Group, Invitation, Membership


def is_open(group: Group) -> bool:
    """Whether a group goes on: nobody comes into a closed one, and nothing is planned there."""
    return group.closed_at is None


def may_come_in(invitation: Invitation, *, now: datetime) -> bool:
    """Whether an invitation opens its group now."""
    return invitation.revoked_at is None and now < invitation.expires_at and is_open(invitation.group)


def has_agreed(membership: Membership) -> bool:
    """Whether somebody has accepted the newest agreement of the group."""
    return membership.agreed_at is not None and membership.agreed_version == VERSION


def may_lead(membership: Membership) -> bool:
    """Whether somebody may change the group: its current leaders, while it is open."""
    return membership.leads and membership.left_at is None and is_open(membership.group)
