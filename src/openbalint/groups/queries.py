"""Reading about groups."""

from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from openbalint.accounts.models import User
from openbalint.groups.agreement import Agreement, agreement, earlier_agreements
from openbalint.groups.models import LEADING, Group, Invitation, Membership, Seats, StoredScript
from openbalint.protocol.shipped import SHIPPED

USUAL_SCRIPT = "balint-90"

# The order in which people of a group are listed.
_BY_SEAT = Case(
    *(When(seat=seat, then=Value(place)) for place, seat in enumerate(Seats.values)), output_field=IntegerField()
)
_AS_SHIPPED = Case(
    *(When(code=code, then=Value(place)) for place, code in enumerate(SHIPPED)),
    default=Value(len(SHIPPED)),
    output_field=IntegerField(),
)


def membership_of(user: User, group_id: UUID) -> Membership | None:
    """Return the current membership of somebody in a group, or None."""
    return (
        Membership.objects.select_related("group", "group__script", "user")
        .filter(user=user, group_id=group_id, left_at=None)
        .first()
    )


def way_back_closed(person: User, group_id: UUID) -> str:
    """Return why a link does not let somebody in again on another device, as a code; "" if it does.

    Every leader of a group can renew its links and open them, so a link opens nothing but its own group: not the account
    of somebody who signs in (``signs-in``), nor of one who belongs to other groups too (``belongs-elsewhere``).
    """
    if person.may_sign_in:
        return "signs-in"
    elsewhere = person.memberships.filter(left_at=None).exclude(group=group_id)
    return "belongs-elsewhere" if elsewhere.exists() else ""


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return the current memberships of somebody, open groups first, then by name."""
    return (
        Membership.objects.select_related("group", "group__script")
        .filter(user=user, left_at=None)
        .annotate(people=Count("group__memberships", filter=Q(group__memberships__left_at=None)))
        .order_by(Case(When(group__closed_at=None, then=0), default=1), "group__name", "id")
    )


def open_group(group_id: UUID) -> Group | None:
    """Return a group that is not closed, or None."""
    return Group.objects.select_related("script").filter(pk=group_id, closed_at=None).first()


def people_of(group: Group) -> QuerySet[Membership]:
    """Return the current members of a group, leaders first, then by the day they came."""
    return group.memberships.select_related("user").filter(left_at=None).order_by(_BY_SEAT, "joined_at", "id")


def leaders_of(group: Group) -> list[str]:
    """Return the names of a group's leaders, the leader first."""
    return [membership.user.name for membership in people_of(group).filter(seat__in=LEADING)]


def agreement_of(group: Group) -> Agreement:
    """Return the agreement as this group reads it."""
    return agreement(leaders=leaders_of(group), support=group.support_contact)


def earlier_agreements_of(group: Group) -> tuple[Agreement, ...]:
    """Return the texts that people of this group may have accepted before the newest, the latest first."""
    return earlier_agreements(leaders=leaders_of(group), support=group.support_contact)


def open_invitations_of(group: Group) -> QuerySet[Invitation]:
    """Return a group's links that were not revoked (some may be over), the group's own first."""
    return group.invitations.select_related("person").filter(revoked_at=None).order_by("name", "created_at")


def invitation_by_hash(token_hash: str) -> Invitation | None:
    """Return the invitation whose token has this hash: what a device remembers of a link it opened."""
    return Invitation.objects.select_related("group", "person").filter(token_hash=token_hash).first()


def usual_script() -> StoredScript | None:
    """Return the script that a new group is offered first."""
    return StoredScript.objects.filter(group=None, code=USUAL_SCRIPT).first()


def scripts_for(group: Group | None) -> QuerySet[StoredScript]:
    """Return the scripts a group may choose from: its own (for a group that is there), then the shipped ones."""
    own = Q(group=group) if group is not None else Q(pk=None)
    return StoredScript.objects.filter(Q(group=None) | own).order_by(
        Case(When(group=None, then=1), default=0), _AS_SHIPPED, "name"
    )


def own_scripts_of(group: Group) -> QuerySet[StoredScript]:
    """Return a group's own scripts."""
    return group.scripts.all()


def shipped_script(code: str) -> StoredScript:
    """Return a script that comes with OpenBalint."""
    return StoredScript.objects.get(group=None, code=code)


def shipped_scripts() -> QuerySet[StoredScript]:
    """Return the scripts that come with OpenBalint, shortest first."""
    return StoredScript.objects.filter(group=None).order_by("code")


def led_memberships_of(user: User) -> QuerySet[Membership]:
    """Return the memberships in which somebody leads an open group, with the group's own scripts at hand."""
    return (
        Membership.objects.select_related("group")
        .prefetch_related("group__scripts")
        .filter(user=user, left_at=None, seat__in=LEADING, group__closed_at=None)
        .order_by("group__name", "id")
    )


def readable_script(user: User, script_id: UUID) -> StoredScript | None:
    """Return a script that somebody may read: a shipped one, or one of a group that they lead. None for others."""
    led = Q(group__memberships__user=user, group__memberships__left_at=None, group__memberships__seat__in=LEADING)
    found = StoredScript.objects.select_related("group").filter(Q(group=None) | led, pk=script_id)
    return found.distinct().first()
