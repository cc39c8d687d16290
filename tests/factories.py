"""What tests need to be there, made by the same actions as in the product."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from openbalint.accounts import actions as accounts
from openbalint.accounts.models import User
from openbalint.groups.actions import groups, members
from openbalint.groups.models import Group, Membership, StoredScript
from openbalint.groups.queries import membership_of
from openbalint.meetings.actions import planning
from openbalint.meetings.models import Meeting
from tests.people import ANN, BOB, CORA, LEA, PASSWORD, Somebody

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)  # a Thursday, 18:30 in Shanghai
ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Circle:
    """A small group with both leaders: Lea leads, Cora co-leads, Ann and Bob are members. All have agreed."""

    group: Group
    lea: User
    cora: User
    ann: User
    bob: User

    def seat_of(self, user: User) -> Membership:
        """Return the membership of one of them."""
        membership = membership_of(user, self.group.id)
        assert membership is not None
        return membership


def a_person(who: Somebody = ANN, *, language: str = "en", timezone: str = ZONE, now: datetime = NOW) -> User:
    """Make one of the cast: who has an e-mail signs in with `PASSWORD`; the others are known by a link."""
    if who.email:
        return accounts.make_leader(
            name=who.name, email=who.email, password=PASSWORD, language=language, timezone=timezone, now=now
        )
    return accounts.make_person(name=who.name, profession=who.profession, language=language, timezone=timezone, now=now)


def a_script(code: str = "balint-90") -> StoredScript:
    """Return a shipped script."""
    return StoredScript.objects.get(group=None, code=code)


def a_group(leader: User | None = None, *, now: datetime = NOW, **facts: Any) -> Group:
    """Make a group led by ``leader`` (Lea, unless given); ``facts`` as in `GroupFacts`."""
    said = {
        "name": "Thursday group",
        "language": "en",
        "timezone": ZONE,
        "script": a_script(),
        "support_contact": "the hospital’s support line 8210",
        **facts,
    }
    return groups.make_group(groups.GroupFacts(**said), by=leader or a_person(LEA, now=now), now=now)


def a_member(group: Group, who: Somebody | User = ANN, *, seat: str = "", now: datetime = NOW) -> Membership:
    """Seat somebody in a group, with the agreement accepted."""
    user = a_person(who, now=now) if isinstance(who, Somebody) else who
    chosen = seat or (who.seat if isinstance(who, Somebody) else "member")
    return members.seat_person(group, user, chosen, agreed=True, now=now)


def a_circle(*, now: datetime = NOW, **facts: Any) -> Circle:
    """Make a group with Lea, Cora, Ann and Bob."""
    lea = a_person(LEA, now=now)
    group = a_group(lea, now=now, **facts)
    cora, ann, bob = (a_member(group, who, now=now).user for who in (CORA, ANN, BOB))
    return Circle(group=group, lea=lea, cora=cora, ann=ann, bob=bob)


def a_meeting(
    group: Group,
    *,
    at: datetime | None = None,
    now: datetime = NOW,
    script: str = "",
    mode: str = "online",
    external_url: str = "",
) -> Meeting:
    """Plan a meeting ``at`` a time (an hour after ``now``, unless given) by the group's leader."""
    by = group.memberships.select_related("group", "group__script", "user").get(seat="leader", left_at=None)
    facts = planning.MeetingFacts(
        planned_at=at or now + timedelta(hours=1),
        mode=mode,
        external_url=external_url,
        script=a_script(script) if script else None,
    )
    return planning.plan_meeting(facts, by=by, now=min(now, facts.planned_at))
