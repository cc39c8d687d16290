"""Links into a group: shown once, kept as a hash, renewed, revoked, used."""

from datetime import timedelta
from uuid import uuid4

import pytest

from openbalint.accounts.models import User
from openbalint.accounts.rules import DeclinedError
from openbalint.accounts.tokens import hash_of
from openbalint.groups import queries, rules
from openbalint.groups.actions import groups, invitations, members
from openbalint.groups.actions.invitations import Newcomer
from openbalint.groups.models import Invitation, Membership
from tests.factories import NOW, ZONE, a_circle, a_group, a_person
from tests.people import EVE

pytestmark = pytest.mark.django_db
MEI = Newcomer(name="Mei", profession="nurse", language="zh-hans", timezone=ZONE)


@pytest.fixture
def circle():
    return a_circle()


def invited(circle, **words):
    return invitations.invite(circle.group, by=circle.seat_of(circle.lea), now=NOW, **words)


def came(link, who=MEI, *, now=NOW):
    """Return the membership, or the code with which coming in was declined."""
    try:
        return invitations.come_in(hash_of(link.token), who=who, now=now)
    except DeclinedError as declined:
        return declined.code


def test_a_newcomer_comes_in_with_the_seat_of_the_link_and_has_agreed(circle):
    membership = came(invited(circle, name="Mei", seat="observer"))
    mei = membership.user
    assert (mei.name, mei.profession, mei.language, mei.timezone) == ("Mei", "nurse", "zh-hans", ZONE)
    assert (mei.email, mei.has_usable_password(), mei.leads) == (None, False, False)
    assert (membership.group, membership.seat, rules.has_agreed(membership)) == (circle.group, "observer", True)


def test_only_the_hash_of_a_token_is_kept(circle):
    link = invited(circle, name="Mei")
    kept = " ".join(str(value) for row in Invitation.objects.values() for value in row.values())
    assert link.token not in kept
    assert link.path == f"/i/{link.token}/"


def test_a_personal_link_is_the_same_person_on_every_device(circle):
    link = invited(circle, name="Mei")
    mei = came(link).user
    assert invitations.come_back(hash_of(link.token), now=NOW) == mei
    assert came(link, mei).user == mei
    assert came(link) == "link-of-another"
    assert Membership.objects.filter(group=circle.group).count() == 5


def test_the_group_link_makes_a_person_each_time_and_knows_those_it_knows(circle):
    link = invited(circle)
    first, second = came(link).user, came(link).user
    assert first != second
    assert came(link, first).user == first
    assert User.objects.filter(name="Mei").count() == 2
    with pytest.raises(DeclinedError, match="link-over"):
        invitations.come_back(hash_of(link.token), now=NOW)


def test_a_group_has_one_link_and_a_new_one_ends_the_old(circle):
    older, newer = invited(circle), invited(circle)
    assert came(older) == "link-over"
    assert came(newer).group == circle.group


def test_a_co_leader_who_comes_by_a_link_may_make_groups(circle):
    assert came(invited(circle, name="Chen", seat="co-leader")).user.leads


def test_the_group_link_seats_members_alone(circle):
    with pytest.raises(DeclinedError, match="only-members"):
        invited(circle, seat="co-leader")


def test_a_renewed_link_works_and_the_old_token_does_not(circle):
    old = invited(circle, name="Mei")
    mei = came(old).user
    new = invitations.renew(old.invitation, by=circle.seat_of(circle.cora), now=NOW)
    assert came(old, mei) == "link-over"
    assert invitations.come_back(hash_of(new.token), now=NOW) == mei


@pytest.mark.parametrize(("name", "days"), [("Mei", 90), ("", 30)])
def test_a_link_ends_by_itself(circle, name, days):
    link = invited(circle, name=name)
    assert came(link, now=NOW + timedelta(days=days)) == "link-over"
    assert came(link, now=NOW + timedelta(days=days, seconds=-1)).group == circle.group


def test_a_revoked_link_ends_and_is_not_renewed(circle):
    link = invited(circle, name="Mei")
    by = circle.seat_of(circle.lea)
    invitations.revoke(link.invitation, by=by, now=NOW)
    assert came(link) == "link-over"
    with pytest.raises(DeclinedError, match="link-over"):
        invitations.renew(link.invitation, by=by, now=NOW)


def test_links_end_with_the_group(circle):
    personal, shared = invited(circle, name="Mei"), invited(circle)
    mei = came(personal).user
    groups.close_group(circle.group, by=circle.seat_of(circle.lea), now=NOW)
    assert [came(personal, mei), came(shared)] == ["link-over", "link-over"]


def test_who_has_left_does_not_come_back_by_the_old_link(circle):
    link = invited(circle, name="Mei")
    membership = came(link)
    members.remove_member(membership, by=circle.seat_of(circle.lea), now=NOW)
    assert came(link, membership.user) == "link-over"


def test_a_leader_who_tries_a_fresh_link_does_not_use_it_up(circle):
    link = invited(circle, name="Mei")
    assert came(link, circle.lea) == "here-already"
    assert came(link).user.name == "Mei"


def test_somebody_known_here_joins_another_group_as_the_same_person(circle):
    eve = a_person(EVE)
    other = a_group(eve, name="Other")
    link = invitations.invite(other, by=queries.membership_of(eve, other.id), name="Ann", now=NOW)
    assert came(link, circle.ann).user == circle.ann
    assert [one.group for one in queries.memberships_of(circle.ann)] == [other, circle.group]


def test_sending_one_form_twice_makes_one_link(circle):
    key = uuid4()
    invited(circle, name="Mei", key=key)
    with pytest.raises(DeclinedError, match="sent-already"):
        invited(circle, name="Mei", key=key)
    assert Invitation.objects.count() == 1


def test_members_and_strangers_make_renew_and_revoke_nothing(circle):
    link = invited(circle, name="Mei")
    eve = a_person(EVE)
    strange = queries.membership_of(eve, a_group(eve, name="Other").id)
    for by in (circle.seat_of(circle.ann), strange):
        for deed in (
            lambda by=by: invitations.invite(circle.group, by=by, now=NOW),
            lambda by=by: invitations.renew(link.invitation, by=by, now=NOW),
            lambda by=by: invitations.revoke(link.invitation, by=by, now=NOW),
        ):
            with pytest.raises(DeclinedError, match="not-yours"):
                deed()
    assert came(link).user.name == "Mei"


def test_a_token_that_never_was_opens_nothing():
    with pytest.raises(DeclinedError, match="link-over"):
        invitations.come_in(hash_of("guess"), who=MEI, now=NOW)
    assert not User.objects.exists()
