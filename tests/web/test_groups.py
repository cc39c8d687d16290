"""Making, changing and closing a group; its people."""

import pytest

from openbalint.groups import queries
from openbalint.groups.models import Group
from tests.factories import a_circle, a_person, a_script
from tests.people import ANN, CORA, LEA, OLGA

pytestmark = pytest.mark.django_db


def said(**changed):
    facts = {
        "name": "Friday group",
        "language": "en",
        "timezone": "Europe/Berlin",
        "script": str(a_script("balint-60").pk),
        "mode": "mixed",
        "external_url": "meet.example.org/friday",
        "support_contact": "8210",
    }
    return facts | changed


@pytest.fixture
def circle():
    return a_circle()


def test_lea_makes_a_group_and_finds_it_in_her_list(client):
    client.force_login(a_person(LEA))
    assert "No group yet" in client.get("/groups/").content.decode()
    answer = client.post("/groups/new/", said())
    group = Group.objects.get()
    assert answer.url == f"/groups/{group.id}/"
    assert (group.name, group.timezone, group.mode, group.external_url, group.script.code) == (
        "Friday group",
        "Europe/Berlin",
        "mixed",
        "https://meet.example.org/friday",
        "balint-60",
    )
    page = client.get("/groups/").content.decode()
    assert "Friday group" in page
    assert "1 person" in page


@pytest.mark.parametrize(
    "changed",
    [
        {"name": " "},
        {"timezone": "Moon/Tranquility"},
        {"script": "00000000-0000-0000-0000-000000000000"},
        {"mode": "by letter"},
        {"language": "xx"},
        {"external_url": "javascript:alert(1)"},
        {"external_url": "ftp://meet.example.org/"},
        {"name": "x" * 81},
    ],
)
def test_what_cannot_be_is_said_and_no_group_is_made(client, changed):
    client.force_login(a_person(LEA))
    answer = client.post("/groups/new/", said(**changed))
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert {name: len(errors) for name, errors in answer.context["form"].errors.items()} == dict.fromkeys(changed, 1)
    assert not Group.objects.exists()


def test_members_make_no_groups(client):
    client.force_login(a_person(ANN))
    assert client.get("/groups/new/").status_code == 404
    assert client.post("/groups/new/", said()).status_code == 404
    assert "Make a group" not in client.get("/groups/").content.decode()
    assert not Group.objects.exists()


def test_a_group_does_not_work_by_the_script_of_another_group(circle, client):
    own = circle.group.scripts.create(code="balint-90", name="Ours", body=a_script().body)
    client.force_login(a_person(OLGA))
    assert client.post("/groups/new/", said(script=str(own.pk))).status_code == 422


def test_lea_changes_the_group(circle, device):
    lea, group = device(circle.lea), f"/groups/{circle.group.id}/"
    assert 'value="Thursday group"' in lea.get(f"{group}change/").content.decode()
    assert lea.post(f"{group}change/", said()).url == group
    circle.group.refresh_from_db()
    assert (circle.group.name, circle.group.support_contact) == ("Friday group", "8210")


def test_a_groups_clock_that_is_not_on_the_list_stays_too(circle, device):
    circle.group.timezone = "Etc/GMT-8"
    circle.group.save()
    page = f"/groups/{circle.group.id}/change/"
    answer = device(circle.lea).get(page)
    assert [one.data["value"] for one in answer.context["form"]["timezone"] if one.data["selected"]] == ["Etc/GMT-8"]
    assert device(circle.lea).post(page, said(timezone="Etc/GMT-8")).status_code == 302
    circle.group.refresh_from_db()
    assert (circle.group.name, circle.group.timezone) == ("Friday group", "Etc/GMT-8")


def test_closing_needs_a_tick(circle, device):
    lea, close = device(circle.lea), f"/groups/{circle.group.id}/close/"
    assert lea.post(close).status_code == 422
    circle.group.refresh_from_db()
    assert circle.group.closed_at is None
    assert lea.post(close, {"sure": "on"}).url == f"/groups/{circle.group.id}/"
    assert "This group was closed" in lea.get(f"/groups/{circle.group.id}/").content.decode()


def test_a_co_leader_who_signs_in_here_is_added_by_e_mail(device):
    circle, olga = a_circle(), a_person(OLGA)
    lea, path = device(circle.lea), f"/groups/{circle.group.id}/co-leader/"
    for email, words in (
        (OLGA.email, "Olga is co-leader now"),
        (CORA.email, "already belongs to the group"),
        ("nobody@hospital.example", "Nobody signs in here with this e-mail."),
        ("nobody", "Write an address such as"),
    ):
        assert words in lea.post(path, {"email": email}, follow=True).content.decode()
    assert queries.membership_of(olga, circle.group.id).seat == "co-leader"


def test_a_seat_is_changed_and_somebody_is_let_go_after_a_tick(circle, device):
    lea, bob = device(circle.lea), circle.seat_of(circle.bob)
    path = f"/groups/{circle.group.id}/members/{bob.pk}/"
    assert lea.post(path, {"seat": "observer"}).url == f"/groups/{circle.group.id}/"
    assert circle.seat_of(circle.bob).seat == "observer"
    assert lea.post(path, {"seat": "boss"}).status_code == 422
    assert lea.post(f"{path}remove/").status_code == 422
    assert "Bob has left" in lea.post(f"{path}remove/", {"sure": "on"}, follow=True).content.decode()
    assert queries.membership_of(circle.bob, circle.group.id) is None


def test_the_last_leader_is_told_why_the_group_keeps_one(circle, device):
    device(circle.cora).post(f"/groups/{circle.group.id}/leave/", {"sure": "on"})
    answer = device(circle.lea).post(f"/groups/{circle.group.id}/leave/", {"sure": "on"})
    assert answer.status_code == 422
    assert "A group keeps at least one leader." in answer.content.decode()
    assert circle.seat_of(circle.lea).leads


def test_ann_leaves_after_a_tick(circle, device):
    ann, leave = device(circle.ann), f"/groups/{circle.group.id}/leave/"
    assert ann.post(leave).status_code == 422
    assert ann.post(leave, {"sure": "on"}).url == "/groups/"
    assert ann.get(f"/groups/{circle.group.id}/").status_code == 404


def test_names_that_look_like_markup_are_shown_as_written(circle, device):
    circle.group.name = "<script>alert(1)</script>"
    circle.group.save()
    page = device(circle.ann).get(f"/groups/{circle.group.id}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
