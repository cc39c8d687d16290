"""Groups are made, changed and closed by their leaders."""

import pytest

from openbalint.accounts.rules import DeclinedError
from openbalint.audit.models import Entry
from openbalint.groups import queries, rules
from openbalint.groups.actions import groups, invitations
from openbalint.groups.actions.shipped import store_shipped
from openbalint.groups.models import Group, StoredScript
from openbalint.groups.scripts import from_body
from openbalint.protocol.shipped import SHIPPED
from tests.factories import NOW, a_circle, a_group, a_person, a_script
from tests.people import ANN, CORA, EVE, LEA

pytestmark = pytest.mark.django_db


def facts(**changed):
    said = {"name": "Friday group", "language": "zh-hans", "timezone": "Europe/Berlin", "script": a_script("balint-60")}
    return groups.GroupFacts(**said | changed)


def test_whoever_makes_a_group_leads_it_and_has_agreed():
    lea = a_person(LEA)
    group = a_group(lea)
    membership = queries.membership_of(lea, group.id)
    assert (membership.seat, membership.agreed_at, rules.has_agreed(membership)) == ("leader", NOW, True)
    assert list(Entry.objects.values_list("did", "by", "about")) == [
        ("group-joined", lea.id, group.id),
        ("agreement-accepted", lea.id, group.id),
        ("group-made", lea.id, group.id),
    ]


def test_who_does_not_lead_makes_no_group():
    with pytest.raises(DeclinedError, match="not-yours"):
        groups.make_group(facts(), by=a_person(ANN), now=NOW)
    assert not Group.objects.exists()


def test_leaders_change_what_they_said():
    circle = a_circle()
    groups.change_group(circle.group, facts(), by=circle.seat_of(circle.cora), now=NOW)
    group = Group.objects.get()
    assert (group.name, group.language, group.timezone, group.script.code) == (
        "Friday group",
        "zh-hans",
        "Europe/Berlin",
        "balint-60",
    )


def test_neither_members_nor_leaders_of_another_group_change_it():
    circle, eve = a_circle(), a_person(EVE)
    strange = queries.membership_of(eve, a_group(eve, name="Other").id)
    for by in (circle.seat_of(circle.ann), strange):
        for deed in (
            lambda by=by: groups.change_group(circle.group, facts(), by=by, now=NOW),
            lambda by=by: groups.close_group(circle.group, by=by, now=NOW),
            lambda by=by: groups.add_leader_by_email(circle.group, EVE.email, by=by, now=NOW),
        ):
            with pytest.raises(DeclinedError, match="not-yours"):
                deed()
    circle.group.refresh_from_db()
    assert (circle.group.name, circle.group.closed_at) == ("Thursday group", None)


def test_a_closed_group_ends_its_links_and_can_no_longer_be_changed():
    circle = a_circle()
    lea = circle.seat_of(circle.lea)
    invitations.invite(circle.group, by=lea, name="Mei", now=NOW)
    groups.close_group(circle.group, by=lea, now=NOW)
    assert not queries.open_invitations_of(circle.group).exists()
    lea = circle.seat_of(circle.lea)
    with pytest.raises(DeclinedError, match="not-yours"):
        groups.change_group(lea.group, facts(), by=lea, now=NOW)
    assert [one.user for one in queries.people_of(circle.group)] == [circle.lea, circle.cora, circle.ann, circle.bob]


def test_somebody_who_signs_in_here_can_be_added_as_co_leader_and_agrees_later():
    lea, cora = a_person(LEA), a_person(CORA)
    group = a_group(lea)
    by = queries.membership_of(lea, group.id)
    added = groups.add_leader_by_email(group, "CORA@hospital.example", by=by, now=NOW)
    assert (added.user, added.seat, rules.has_agreed(added)) == (cora, "co-leader", False)
    for email, code in ((CORA.email, "here-already"), ("nobody@hospital.example", "nobody")):
        with pytest.raises(DeclinedError, match=code):
            groups.add_leader_by_email(group, email, by=by, now=NOW)


def test_the_shipped_scripts_are_there_and_a_changed_one_is_renewed():
    stored = {row.code: from_body(row.body) for row in StoredScript.objects.filter(group=None)}
    assert stored == dict(SHIPPED)
    StoredScript.objects.filter(code="balint-60").update(body={})
    store_shipped(SHIPPED)
    renewed = a_script("balint-60")
    assert (from_body(renewed.body), renewed.version) == (SHIPPED["balint-60"], 2)
    assert a_script("balint-90").version == 1
