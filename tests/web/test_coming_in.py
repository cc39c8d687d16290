"""From a link to the waiting room, on a phone, in two taps."""

from datetime import timedelta
import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone
import pytest

from openbalint.accounts import actions as accounts
from openbalint.accounts.models import User
from openbalint.groups import queries
from openbalint.groups.actions import groups, invitations, members
from openbalint.web import access
from tests.factories import a_circle, a_group, a_meeting, a_person
from tests.people import EVE, OLGA

pytestmark = pytest.mark.django_db
MEI = {"name": "Mei", "profession": "nurse", "agree": "on"}


@pytest.fixture
def circle():
    return a_circle(now=timezone.now())


def link_of(circle, **words):
    return invitations.invite(circle.group, by=circle.seat_of(circle.lea), now=timezone.now(), **words)


def opened(link):
    """A fresh phone on which the link was opened."""
    phone = Client(headers={"accept-language": "en"})
    answer = phone.get(link.path)
    assert (answer.status_code, answer.url) == (302, "/join/")
    return phone


def people(circle):
    return [one.user.name for one in queries.people_of(circle.group)]


def test_a_newcomer_stands_in_the_waiting_room_two_taps_later(circle):
    meeting = a_meeting(circle.group, at=timezone.now() + timedelta(minutes=20), now=timezone.now())
    phone = opened(link_of(circle, name="Mei"))
    page = phone.get("/join/").content.decode()
    assert "Invitation from Lea · Cora" in page
    assert 'value="Mei"' in page
    assert "the hospital’s support line 8210" in page
    ends = phone.post("/join/", MEI, follow=True)
    assert [path for path, _ in ends.redirect_chain] == [
        f"/groups/{circle.group.id}/next/",
        reverse("room", args=[meeting.id]),
    ]
    assert ends.status_code == 200


def test_a_shared_device_that_only_looked_forgets_the_link_within_the_hour(circle):
    phone = opened(link_of(circle, name="Mei"))
    assert phone.session.get_expiry_age() == 3600
    assert "no-store" in phone.get("/join/").headers["Cache-Control"]


def test_a_device_is_known_for_long_once_somebody_came_in_and_opening_another_link_leaves_that(circle):
    phone = opened(link_of(circle, name="Mei"))
    phone.post("/join/", MEI)
    for _ in range(2):
        assert phone.session.get_expiry_age() == 400 * 24 * 3600
        phone.get(link_of(circle).path)


def test_nobody_is_a_doctor_by_not_choosing(circle):
    phone = opened(link_of(circle))
    assert '<option value="" selected>Please choose</option>' in phone.get("/join/").content.decode()
    answer = phone.post("/join/", {**MEI, "profession": ""})
    assert answer.status_code == 422
    assert "Choose your profession." in answer.content.decode()
    phone.post("/join/", MEI)
    assert User.objects.get(name="Mei").profession == "nurse"


def test_without_a_meeting_now_the_page_says_when_the_next_one_is(circle):
    a_meeting(circle.group, at=timezone.now() + timedelta(days=3), now=timezone.now())
    phone = opened(link_of(circle))
    page = phone.post("/join/", MEI, follow=True).content.decode()
    assert "Good that you are here, Mei" in page
    assert "The next meeting" in page


def test_without_any_meeting_the_page_says_so(circle):
    page = opened(link_of(circle)).post("/join/", MEI, follow=True).content.decode()
    assert "No meeting is planned yet." in page


def test_the_token_is_in_no_later_address_no_referrer_and_no_page(circle):
    link = link_of(circle, name="Mei")
    phone = Client()
    answer = phone.get(link.path)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert link.token not in answer.url
    assert link.token not in phone.get("/join/").content.decode()
    assert link.token not in str(dict(phone.session))


def test_the_device_remembers_and_the_link_leads_straight_on(circle):
    link = link_of(circle, name="Mei")
    phone = opened(link)
    phone.post("/join/", MEI)
    assert not phone.session.get_expire_at_browser_close()
    phone.get(link.path)
    assert phone.get("/join/").url == f"/groups/{circle.group.id}/next/"
    assert people(circle) == ["Lea", "Cora", "Ann", "Bob", "Mei"]


def test_the_personal_link_on_a_second_device_is_the_same_person(circle):
    link = link_of(circle, name="Mei")
    opened(link).post("/join/", MEI)
    desktop = opened(link)
    assert "Good that you are here, Mei" in desktop.get("/join/").content.decode()
    assert desktop.post("/join/").url == f"/groups/{circle.group.id}/next/"
    assert "Mei" in desktop.get("/account/").content.decode()
    assert people(circle) == ["Lea", "Cora", "Ann", "Bob", "Mei"]


def test_the_group_link_makes_a_new_person_on_each_new_device_alone(circle):
    link = link_of(circle)
    first, second = opened(link), opened(link)
    first.post("/join/", MEI)
    second.post("/join/", {**MEI, "name": "Yun"})
    first.get(link.path)
    assert first.get("/join/").url == f"/groups/{circle.group.id}/next/"
    assert people(circle) == ["Lea", "Cora", "Ann", "Bob", "Mei", "Yun"]


def test_somebody_known_on_this_device_joins_another_group_with_one_tick(circle, device):
    eve = a_person(EVE)
    other = a_group(eve, name="Other")
    link = invitations.invite(other, by=queries.membership_of(eve, other.id), name="Ann", now=timezone.now())
    phone = device(circle.ann)
    phone.get(link.path)
    page = phone.get("/join/").content.decode()
    assert "You come in as Ann." in page
    assert 'name="name"' not in page
    assert phone.post("/join/", {"agree": "on"}).url == f"/groups/{other.id}/next/"
    assert queries.membership_of(circle.ann, other.id).seat == "member"


def test_a_leader_who_opens_anothers_fresh_link_is_told_and_uses_nothing_up(circle, device):
    link = link_of(circle, name="Mei")
    desktop = device(circle.lea)
    desktop.get(link.path)
    assert "This link is for Mei" in desktop.get("/join/").content.decode()
    assert desktop.post("/join/", {"agree": "on"}).status_code == 200
    assert people(circle) == ["Lea", "Cora", "Ann", "Bob"]


@pytest.mark.parametrize("missing", ["name", "agree"])
def test_without_a_name_or_the_agreement_nobody_comes_in(circle, missing):
    phone = opened(link_of(circle))
    answer = phone.post("/join/", {key: value for key, value in MEI.items() if key != missing})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert people(circle) == ["Lea", "Cora", "Ann", "Bob"]


def test_the_zone_of_the_browser_is_taken_and_a_wrong_one_is_not(circle):
    for zone, kept in (
        ("Europe/Berlin", "Europe/Berlin"),
        ("Moon/Tranquility", "Asia/Shanghai"),
        ("", "Asia/Shanghai"),
    ):
        opened(link_of(circle)).post("/join/", {**MEI, "timezone": zone})
        assert User.objects.order_by("created_at").last().timezone == kept


def over(circle, link):
    invitations.revoke(link.invitation, by=circle.seat_of(circle.lea), now=timezone.now())


def renewed(circle, link):
    invitations.renew(link.invitation, by=circle.seat_of(circle.lea), now=timezone.now())


def closed(circle, link):
    groups.close_group(circle.group, by=circle.seat_of(circle.lea), now=timezone.now())


def expired(circle, link):
    link.invitation.expires_at = timezone.now()
    link.invitation.save()


@pytest.mark.parametrize("ends", [over, renewed, closed, expired])
def test_a_link_that_ended_gives_a_calm_page_before_and_after_it_was_opened(circle, ends):
    link = link_of(circle, name="Mei")
    waiting = opened(link)
    ends(circle, link)
    for answer in (waiting.get("/join/"), waiting.post("/join/", MEI), opened(link).get("/join/")):
        assert answer.status_code == 404
        assert "ask your leader for a new one" in answer.content.decode()
    assert people(circle) == ["Lea", "Cora", "Ann", "Bob"]


def test_a_link_that_never_was_gives_the_same_page(circle):
    answer = Client(headers={"accept-language": "zh-CN"}).get("/i/nonsense/", follow=True)
    assert answer.status_code == 404
    assert "向组长要一个新的就好" in answer.content.decode()


def test_who_was_let_go_does_not_come_back_by_the_old_link_or_device(circle):
    link = link_of(circle, name="Mei")
    phone = opened(link)
    phone.post("/join/", MEI)
    mei = User.objects.get(name="Mei")
    members.remove_member(circle.seat_of(mei), by=circle.seat_of(circle.lea), now=timezone.now())
    assert phone.get(f"/groups/{circle.group.id}/").status_code == 404
    phone.get(link.path)
    assert phone.get("/join/").status_code == 404


def renewed_link(circle, link, *, by):
    return invitations.renew(link.invitation, by=circle.seat_of(by), now=timezone.now())


def test_a_renewed_link_lets_somebody_in_again_who_has_nothing_but_this_group(circle):
    link = link_of(circle, name="Mei")
    opened(link).post("/join/", MEI)
    new_phone = opened(renewed_link(circle, link, by=circle.cora))
    assert new_phone.post("/join/").url == f"/groups/{circle.group.id}/next/"
    assert new_phone.get("/account/").context["user"] == User.objects.get(name="Mei")


def test_a_link_that_leaders_can_renew_opens_no_account_with_a_password(circle):
    link = link_of(circle, name="Mei")
    opened(link).post("/join/", MEI)
    mei = User.objects.get(name="Mei")
    accounts.set_sign_in(mei, email="mei@hospital.example", password="nine quiet chairs", now=timezone.now())
    coras = opened(renewed_link(circle, link, by=circle.cora))
    for answer in (coras.get("/join/"), coras.post("/join/")):
        assert answer.url == f"/sign-in/?next=/groups/{circle.group.id}/next/"
    assert "You have an e-mail and a password here." in coras.get("/sign-in/").content.decode()
    assert coras.get("/account/").status_code == 302


def test_a_link_that_leaders_can_renew_opens_no_other_group(circle):
    link = link_of(circle, name="Mei")
    opened(link).post("/join/", MEI)
    other = a_group(a_person(OLGA), name="Monday group")
    members.seat_person(other, User.objects.get(name="Mei"), "member", agreed=True, now=timezone.now())
    coras = opened(renewed_link(circle, link, by=circle.cora))
    coras.post("/join/")
    assert "You belong to other groups too" in coras.get("/sign-in/").content.decode()
    assert coras.get(f"/groups/{other.id}/").status_code == 302


def test_who_was_let_go_does_not_come_back_by_the_link_for_the_group(circle, device):
    link = link_of(circle)
    phone = opened(link)
    phone.post("/join/", MEI)
    mei = circle.seat_of(User.objects.get(name="Mei"))
    asked = device(circle.lea).get(f"/groups/{circle.group.id}/members/{mei.pk}/remove/").content.decode()
    assert "so does the link for the whole group" in asked
    members.remove_member(mei, by=circle.seat_of(circle.lea), now=timezone.now())
    phone.get(link.path)
    assert phone.post("/join/", {"agree": "on"}).status_code == 404
    assert people(circle) == ["Lea", "Cora", "Ann", "Bob"]


def test_who_left_by_themselves_may_come_back_by_the_link_for_the_group(circle):
    link = link_of(circle)
    phone = opened(link)
    phone.post("/join/", MEI)
    mei = circle.seat_of(User.objects.get(name="Mei"))
    members.remove_member(mei, by=mei, now=timezone.now())
    phone.get(link.path)
    assert phone.post("/join/", {"agree": "on"}).url == f"/groups/{circle.group.id}/next/"


# ── what leaders do with links ────────────────────────────────────────────────────────────────────────────────────────


def test_a_link_is_shown_once_with_a_code_to_scan(circle, device):
    lea = device(circle.lea)
    group = f"/groups/{circle.group.id}/"
    key = re.search(r'name="key" value="([^"]+)"', lea.get(group).content.decode())[1]
    said = {"key": key, "name": "Mei", "seat": "observer"}
    shown = lea.post(f"{group}invitations/", said)
    path = re.search(r"http://testserver(/i/[\w-]+/)", shown.content.decode())[1]
    assert 'src="data:image/svg+xml' in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert path not in lea.get(group).content.decode()
    again = lea.post(f"{group}invitations/", said, follow=True).content.decode()
    assert "This form was sent before." in again
    phone = Client()
    phone.get(path)
    phone.post("/join/", MEI)
    assert circle.seat_of(User.objects.get(name="Mei")).seat == "observer"


def test_a_link_is_renewed_and_closed_on_the_page_of_the_group(circle, device):
    link = link_of(circle, name="Mei")
    lea, group = device(circle.lea), f"/groups/{circle.group.id}/"
    renewed = lea.post(f"{group}invitations/{link.invitation.id}/renew/").content.decode()
    assert link.token not in renewed
    assert "Link for Mei" in renewed
    assert lea.post(f"{group}invitations/{link.invitation.id}/revoke/").url == group
    assert "Renew the link for Mei" not in lea.get(group).content.decode()
    assert lea.post(f"{group}invitations/{link.invitation.id}/renew/").status_code == 404


def test_a_link_for_nobody_in_particular_asks_for_whom(circle, device):
    answer = device(circle.lea).post(
        f"/groups/{circle.group.id}/invitations/", {"key": circle.group.id, "name": " ", "seat": "member"}
    )
    assert answer.status_code == 422
    assert "Write for whom the link is." in answer.content.decode()


def test_a_link_closed_by_the_co_leader_meanwhile_is_said_and_not_an_error(circle, device, monkeypatch):
    link = link_of(circle, name="Mei")
    found = access.invitation_of

    def closed_meanwhile(*args):
        invitation = found(*args)
        invitations.revoke(invitation, by=circle.seat_of(circle.cora), now=timezone.now())
        return invitation

    monkeypatch.setattr(access, "invitation_of", closed_meanwhile)
    answer = device(circle.lea).post(f"/groups/{circle.group.id}/invitations/{link.invitation.id}/renew/", follow=True)
    assert answer.redirect_chain == [("/meetings/", 302)]
    assert "This link is no longer open." in answer.content.decode()
