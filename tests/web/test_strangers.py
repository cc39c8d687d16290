"""Strangers get "not found" at every address, and cannot tell what is there from what is not.

The test walks all addresses of the site. One that is new must be told here: as open to everybody, as somebody's own, or
by an argument that this file knows.
"""

from uuid import UUID, uuid4

from django.urls import reverse
import pytest

from openbalint.groups.actions import invitations
from openbalint.groups.actions.scripts import copy_script
from tests.factories import NOW, a_circle, a_group, a_meeting, a_person, a_script
from tests.people import EVE, RUI
from tests.web.pages import addresses, without_tokens

pytestmark = pytest.mark.django_db

# Open to everybody, and saying nothing about anybody.
OPEN = {
    "home", "healthz", "robots", "favicon", "language", "theme", "start", "start_code", "sign-in", "sign_out", "reset",
    "reset_code", "demo_link", "link", "join", "media_webhook",
}  # fmt: skip
# Everybody's own page: Eve sees hers, an anonymous visitor is led to signing in.
OWN = {"account", "sign_in_details", "groups", "group_new", "meetings", "scripts"}


ABOUT_SOMETHING = sorted((name, arguments) for name, arguments in addresses() if name not in OPEN | OWN)


@pytest.fixture
def site():
    """A group with everything that has an address, and what its arguments are."""
    circle = a_circle()
    lea = circle.seat_of(circle.lea)
    link = invitations.invite(circle.group, by=lea, name="Mei", now=NOW)
    script = copy_script(a_script(), by=circle.seat_of(circle.lea), now=NOW)
    return {
        "group_id": circle.group.id,
        "meeting_id": a_meeting(circle.group).id,
        "invitation_id": link.invitation.id,
        "member_id": circle.seat_of(circle.ann).pk,
        "script_id": script.pk,
    }


def address(name, arguments, values):
    return reverse(name, kwargs={argument: values[argument] for argument in arguments})


@pytest.mark.parametrize(("name", "arguments"), ABOUT_SOMETHING)
def test_eve_who_leads_a_group_of_her_own_is_told_not_found(site, device, name, arguments):
    eve = a_person(EVE)
    a_group(eve, name="Other")
    browser, path = device(eve), address(name, arguments, site)
    answers = [browser.get(path), browser.post(path)]
    # 405: the address takes no such request from anybody, whatever it is about.
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert 404 in {answer.status_code for answer in answers}
    for answer in answers:
        assert "Thursday group" not in answer.content.decode()


@pytest.mark.parametrize(("name", "arguments"), ABOUT_SOMETHING)
def test_a_visitor_nobody_knows_cannot_tell_what_is_there(site, client, name, arguments):
    nothing = {key: uuid4() if isinstance(value, UUID) else value + 1000 for key, value in site.items()}
    there, not_there = (address(name, arguments, values) for values in (site, nothing))
    for ask in (client.get, client.post):
        one, other = ask(there), ask(not_there)
        assert one.status_code == other.status_code
        assert one.status_code in {302, 404, 405}
        if one.status_code == 302:
            assert one.url == f"/sign-in/?next={there}"


@pytest.mark.parametrize("name", sorted(OWN))
def test_ones_own_pages_ask_a_visitor_to_sign_in(client, name):
    assert client.get(reverse(name)).url == f"/sign-in/?next={reverse(name)}"


@pytest.mark.parametrize("name", sorted(OWN))
def test_ones_own_pages_show_nothing_of_others(site, device, name):
    answer = device(a_person(RUI)).get(reverse(name))
    assert answer.status_code == 200
    page = without_tokens(answer)
    for word in ("Thursday group", "Lea", "Ann", "Mei"):
        assert word not in page


def test_every_address_is_told_in_this_file(site):
    unknown = {argument for _, arguments in ABOUT_SOMETHING for argument in arguments} - set(site)
    assert unknown == set()
    assert [name for name, arguments in ABOUT_SOMETHING if not arguments] == []


def test_a_member_of_one_group_does_not_reach_another_through_mixed_addresses(device):
    circle, eve = a_circle(), a_person(EVE)
    own = a_group(eve, name="Other")
    link = invitations.invite(circle.group, by=circle.seat_of(circle.lea), name="Mei", now=NOW)
    ann = circle.seat_of(circle.ann)
    browser = device(eve)
    for path in (
        reverse("renew", args=[own.id, link.invitation.id]),
        reverse("revoke", args=[own.id, link.invitation.id]),
        reverse("member", args=[own.id, ann.pk]),
        reverse("member_remove", args=[own.id, ann.pk]),
    ):
        assert browser.post(path, {"sure": "on", "seat": "observer"}).status_code == 404
    link.invitation.refresh_from_db()
    assert link.invitation.revoked_at is None
    assert circle.seat_of(circle.ann).seat == "member"
