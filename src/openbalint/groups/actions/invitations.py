"""Links into a group: made, renewed, revoked, used.

A link's token is shown once, to the leader who made it. A device that opens the link is given the hash to keep in its
session, and nothing else remembers the token.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from openbalint.accounts.actions import make_person
from openbalint.accounts.models import User
from openbalint.accounts.rules import DeclinedError
from openbalint.accounts.tokens import hash_of, new_token
from openbalint.audit.actions import record
from openbalint.groups.actions.members import agree, leading, seat_person
from openbalint.groups.models import Group, Invitation, Membership, Seats
from openbalint.groups.queries import way_back_closed
from openbalint.groups.rules import may_come_in

PERSONAL_LIFE = timedelta(days=90)
GROUP_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewLink:
    """An invitation with its token, which is known at this moment only."""

    invitation: Invitation
    token: str

    @property
    def path(self) -> str:
        """The link's path."""
        return f"/i/{self.token}/"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says on coming in by a link for the first time."""

    name: str
    profession: str
    language: str
    timezone: str


@transaction.atomic
def invite(
    group: Group, *, by: Membership, now: datetime, name: str = "", seat: str = Seats.MEMBER, key: UUID | None = None
) -> NewLink:
    """Make a link for one person (``name``), or (without) one for the group, whose older link then ends.

    ``key`` is the form's own id: sending one form twice is Declined ``sent-already``. Also: ``not-yours``, and
    ``only-members`` for a group link to another seat than member.
    """
    leading(by, group.id)
    if not name and seat != Seats.MEMBER:
        raise DeclinedError("only-members")
    if key is not None and Invitation.objects.filter(pk=key).exists():
        raise DeclinedError("sent-already")
    if not name:
        group.invitations.filter(name="", revoked_at=None).update(revoked_at=now)
    invitation = Invitation(group=group, name=name.strip(), seat=seat, created_at=now)
    if key is not None:
        invitation.id = key
    return _with_new_token(invitation, by=by, now=now, did="invitation-made")


@transaction.atomic
def renew(invitation: Invitation, *, by: Membership, now: datetime) -> NewLink:
    """Give a link another token and its full time; the old one ends. Declined: ``not-yours``, ``link-over``."""
    leading(by, invitation.group_id)
    invitation.refresh_from_db()
    if invitation.revoked_at is not None:
        raise DeclinedError("link-over")
    return _with_new_token(invitation, by=by, now=now, did="invitation-renewed")


@transaction.atomic
def revoke(invitation: Invitation, *, by: Membership, now: datetime) -> None:
    """End a link; who came in by it stays in the group. Declined: ``not-yours``."""
    leading(by, invitation.group_id)
    invitation.refresh_from_db()
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        record("invitation-revoked", by=by.user_id, about=invitation.group_id, now=now)


@transaction.atomic
def come_in(token_hash: str, *, who: User | Newcomer, now: datetime) -> Membership:
    """Take a link: as the person it belongs to, as somebody this device knows, or as a newcomer.

    Whoever takes it accepts the agreement. Declined: ``link-over``, ``link-of-another``, and ``here-already`` for
    somebody of the group who opened the unused link of another (a leader trying it, say).
    """
    # The group first, as every other change of a group does.
    Group.objects.select_for_update(of=("self",)).filter(invitations__token_hash=token_hash).first()
    invitation = Invitation.objects.select_related("group", "person").filter(token_hash=token_hash).first()
    if invitation is None or not may_come_in(invitation, now=now):
        raise DeclinedError("link-over")
    if invitation.person is not None and invitation.person != who:
        raise DeclinedError("link-of-another")
    user = who if isinstance(who, User) else _make(who, now=now)
    membership = invitation.group.memberships.select_related("group", "user").filter(user=user, left_at=None).first()
    fresh_personal = not invitation.is_for_group and invitation.person is None
    if membership is not None and fresh_personal:
        raise DeclinedError("here-already")
    if membership is None:
        membership = seat_person(invitation.group, user, invitation.seat, agreed=True, now=now)
    agree(membership, now=now)
    if fresh_personal:
        invitation.person = user
        invitation.save(update_fields=["person"])
    return membership


@transaction.atomic
def come_back(token_hash: str, *, now: datetime) -> User:
    """Take a personal link again, on this or another device: the same person.

    Declined: ``link-over``, and what `way_back_closed` says.
    """
    invitation = Invitation.objects.select_related("group", "person").filter(token_hash=token_hash).first()
    if invitation is None or invitation.person is None or not may_come_in(invitation, now=now):
        raise DeclinedError("link-over")
    if why := way_back_closed(invitation.person, invitation.group_id):
        raise DeclinedError(why)
    record("came-back-by-link", by=invitation.person_id, about=invitation.group_id, now=now)
    return invitation.person


def _make(newcomer: Newcomer, *, now: datetime) -> User:
    return make_person(
        name=newcomer.name,
        profession=newcomer.profession,
        language=newcomer.language,
        timezone=newcomer.timezone,
        now=now,
    )


def _with_new_token(invitation: Invitation, *, by: Membership, now: datetime, did: str) -> NewLink:
    token = new_token()
    invitation.token_hash = hash_of(token)
    invitation.expires_at = now + (GROUP_LIFE if invitation.is_for_group else PERSONAL_LIFE)
    invitation.save()
    record(did, by=by.user_id, about=invitation.group_id, now=now)
    return NewLink(invitation, token)
