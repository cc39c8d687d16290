"""What belongs to no concept: health, robots, the icon, and pages for what is not there."""

import re

from django.test import Client, RequestFactory
from django.utils import translation
import pytest

from openbalint.accounts.actions import first_start_path
from openbalint.web.views import site
from tests.factories import a_person
from tests.people import ANN, LEA

pytestmark = pytest.mark.django_db


def test_health_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"ok\n", "no-store")


def test_robots_stay_away_and_browsers_find_the_icon(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/favicon.ico").url == "/static/openbalint/icon.svg"


def test_the_first_page_leads_on(client):
    assert client.get("/").url == "/sign-in/"
    client.force_login(a_person(ANN))
    assert client.get("/").url == "/meetings/"


def test_while_nobody_leads_here_the_first_page_says_where_it_begins_but_not_the_address(client):
    begins = "The terminal in which OpenBalint was started shows where to begin."
    path = first_start_path()
    page = client.get("/", follow=True).content.decode()
    assert begins in page
    assert path not in page
    a_person(LEA)
    assert begins not in client.get("/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "There is nothing at this address"), ("zh-CN", "这个地址没有内容")]
)
def test_what_is_not_there_is_said_in_the_readers_language(language, words):
    answer = Client(headers={"accept-language": language}).get("/nothing/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_form_from_elsewhere_changes_nothing_and_says_what_to_do():
    lea = a_person(LEA)
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-CN"})
    browser.force_login(lea)
    answer = browser.post("/account/", {"name": "Eve", "profession": "doctor", "timezone": "UTC"})
    assert answer.status_code == 403
    assert "Once more, please" in answer.content.decode()
    lea.refresh_from_db()
    assert lea.name == "Lea"


def test_the_page_for_our_own_mistakes_needs_no_database(django_assert_num_queries):
    with translation.override("zh-hans"), django_assert_num_queries(0):
        answer = site.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "这里出了点问题" in answer.content.decode()


def test_a_page_holds_no_inline_script_or_style(client):
    client.force_login(a_person(LEA))
    for path in ("/meetings/", "/groups/", "/groups/new/", "/account/"):
        page = client.get(path).content.decode()
        assert "style=" not in page
        assert "<style" not in page
        assert page.count("<script") == page.count('<script type="module" src=')


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [("", '<html lang="en">'), ("dark", '<html lang="en" data-theme="dark">'), ("x", '<html lang="en">')],
)
def test_pages_are_as_light_or_dark_as_the_room_was_made(client, chosen, shown):
    client.cookies["theme"] = chosen
    assert shown in client.get("/sign-in/").content.decode()


def test_light_or_dark_is_chosen_on_any_page_and_remembered_on_this_browser(client):
    seen = []
    for theme in ("dark", "blue", "light", "auto"):
        answer = client.post("/theme/", {"theme": theme, "next": "/sign-in/"})
        page = client.get(answer.url).content.decode()
        pressed = re.search(r'value="(\w+)"\s+aria-pressed="true"', page)
        found = re.search(r'<html[^>]* data-theme="(\w+)"', page)
        seen.append((answer.url, found and found[1], pressed and pressed[1]))
    assert seen == [
        ("/sign-in/", "dark", "dark"),
        ("/sign-in/", "dark", "dark"),
        ("/sign-in/", "light", "light"),
        ("/sign-in/", None, "auto"),
    ]
    assert client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"}).url == "/"
