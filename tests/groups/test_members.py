"""The agreement, seats, and leaving."""

from datetime import timedelta

from django.utils import translation
import pytest

from openbalint.accounts.rules import DeclinedError
from openbalint.audit.models import Entry
from openbalint.groups import queries, rules
from openbalint.groups.actions import groups, members
from tests.factories import NOW, a_circle, a_group, a_member, a_person
from tests.people import ANN, EVE, LEA

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return a_circle()


def seats(group):
    return [(one.user.name, one.seat) for one in queries.people_of(group)]


def test_the_agreement_names_the_leaders_and_the_help_nearby_in_both_languages(circle):
    agreement = queries.agreement_of(circle.group)
    with translation.override("en"):
        assert (
            str(agreement.promises[4]) == "If something stays with me, I can ring Lea or Cora. "
            "I also find help here: the hospital’s support line 8210"
        )
        assert "within 48 hours" in str(agreement.promises[5])
        assert "recorded or stored" in str(agreement.kept)
    with translation.override("zh-hans"):
        assert str(agreement.promises[4]).startswith("如果有什么放不下，我可以给Lea或Cora打电话。")
        assert "48 小时" in str(agreement.promises[5])
        assert "不录制、不保存" in str(agreement.kept)


def test_a_group_without_help_nearby_names_its_leader_alone():
    group = a_group(a_person(LEA), support_contact="")
    with translation.override("en"):
        assert str(queries.agreement_of(group).promises[4]) == "If something stays with me, I can ring Lea."


def test_the_agreement_is_accepted_once(circle):
    membership = members.seat_person(circle.group, a_person(EVE), "member", agreed=False, now=NOW)
    assert not rules.has_agreed(membership)
    members.agree(membership, now=NOW)
    members.agree(membership, now=NOW + timedelta(days=1))
    membership.refresh_from_db()
    assert (membership.agreed_at, membership.agreed_version) == (NOW, 2)
    assert Entry.objects.filter(did="agreement-accepted", by=membership.user_id).count() == 1


def test_a_newer_text_asks_everybody_again(circle):
    ann = circle.seat_of(circle.ann)
    assert rules.has_agreed(ann)
    ann.agreed_version = 1
    assert not rules.has_agreed(ann)


def test_leaders_let_somebody_go_who_then_sees_nothing_more(circle):
    members.remove_member(circle.seat_of(circle.ann), by=circle.seat_of(circle.cora), now=NOW)
    assert queries.membership_of(circle.ann, circle.group.id) is None
    assert seats(circle.group) == [("Lea", "leader"), ("Cora", "co-leader"), ("Bob", "member")]


def test_members_go_by_themselves_and_let_nobody_else_go(circle):
    ann, bob = circle.seat_of(circle.ann), circle.seat_of(circle.bob)
    with pytest.raises(DeclinedError, match="not-yours"):
        members.remove_member(bob, by=ann, now=NOW)
    members.remove_member(ann, by=ann, now=NOW)
    assert seats(circle.group) == [("Lea", "leader"), ("Cora", "co-leader"), ("Bob", "member")]


def test_a_group_keeps_a_leader(circle):
    lea, cora = circle.seat_of(circle.lea), circle.seat_of(circle.cora)
    members.remove_member(lea, by=lea, now=NOW)
    with pytest.raises(DeclinedError, match="last-leader"):
        members.remove_member(cora, by=cora, now=NOW)
    with pytest.raises(DeclinedError, match="last-leader"):
        members.change_seat(cora, "member", by=cora, now=NOW)
    assert seats(circle.group)[0] == ("Cora", "co-leader")


def test_of_a_closed_group_the_last_leader_may_go_too(circle):
    lea, cora = circle.seat_of(circle.lea), circle.seat_of(circle.cora)
    members.remove_member(lea, by=lea, now=NOW)
    groups.close_group(circle.group, by=cora, now=NOW)
    members.remove_member(cora, by=cora, now=NOW)
    assert seats(circle.group) == [("Ann", "member"), ("Bob", "member")]


def test_leaders_give_another_seat_and_members_do_not(circle):
    ann = circle.seat_of(circle.ann)
    with pytest.raises(DeclinedError, match="not-yours"):
        members.change_seat(ann, "leader", by=ann, now=NOW)
    members.change_seat(ann, "co-leader", by=circle.seat_of(circle.lea), now=NOW)
    circle.ann.refresh_from_db()
    assert (circle.seat_of(circle.ann).seat, circle.ann.leads) == ("co-leader", True)


def test_who_left_can_come_back_and_agrees_anew(circle):
    ann = circle.seat_of(circle.ann)
    members.remove_member(ann, by=ann, now=NOW)
    again = members.seat_person(circle.group, circle.ann, "member", agreed=False, now=NOW)
    assert again.pk != ann.pk
    assert not rules.has_agreed(again)


def test_somebody_can_belong_to_two_groups(circle):
    eve = a_person(EVE)
    other = a_group(eve, name="A group")
    a_member(other, circle.ann)
    assert [one.group.name for one in queries.memberships_of(circle.ann)] == ["A group", "Thursday group"]
    assert ANN.name in dict(seats(other))
