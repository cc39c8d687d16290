"""The page that makes the first leader."""

import pytest

from openbalint.accounts.actions import first_start_path
from openbalint.accounts.models import User
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Lea",
    "email": "lea@hospital.example",
    "password": PASSWORD,
    "again": PASSWORD,
    "language": "zh-hans",
    "timezone": "Asia/Shanghai",
}


def test_the_code_is_exchanged_for_a_cookie_and_leaves_the_address(client):
    answer = client.get(first_start_path())
    assert (answer.status_code, answer.url) == (302, "/start/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/start/").status_code == 200


def test_the_first_leader_is_signed_in_and_makes_a_group_next(client):
    client.get(first_start_path())
    answer = client.post("/start/", SAID)
    assert (answer.status_code, answer.url) == (302, "/groups/new/")
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Lea，欢迎。" in page.content.decode()


def test_without_the_code_there_is_nothing_to_fill_in(client):
    first_start_path()
    for answer in (client.get("/start/"), client.post("/start/", SAID), client.get("/start/guess/", follow=True)):
        assert answer.status_code == 404
    assert not User.objects.exists()


def test_the_address_opens_nothing_once_it_was_used(client):
    path = first_start_path()
    client.get(path)
    client.post("/start/", SAID)
    answer = client.get(path, follow=True)
    assert answer.status_code == 404
    assert "works once" in answer.content.decode() or "只能用一次" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"again": "nine quiet chair"}, "The two passwords differ."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "lea@hospital.example", "again": "lea@hospital.example"}, "too similar"),
        ({"email": "lea"}, "Write an address such as"),
        ({"name": " "}, "Write your name."),
        ({"timezone": "Moon/Tranquility"}, "Choose a time zone from the list."),
    ],
)
def test_what_is_to_be_mended_is_said_and_nothing_is_made(client, changed, said):
    client.get(first_start_path())
    answer = client.post("/start/", SAID | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not User.objects.exists()
