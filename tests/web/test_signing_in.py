"""Signing in and out, a new password, one's own page, the language."""

from uuid import uuid4

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
import pytest

from openbalint.accounts import actions
from openbalint.accounts.tokens import hash_of
from openbalint.audit.models import Entry
from tests.factories import a_person
from tests.people import ANN, LEA, PASSWORD

pytestmark = pytest.mark.django_db
RIGHT = {"email": LEA.email, "password": PASSWORD}


def a_reset_path():
    a_person(LEA)
    return actions.reset_link(LEA.email, now=timezone.now())


def test_lea_signs_in_and_goes_where_she_wanted_to_go(client):
    a_person(LEA)
    page = client.get("/groups/", follow=True)
    assert page.redirect_chain == [("/sign-in/?next=/groups/", 302)]
    assert client.post("/sign-in/", {**RIGHT, "next": "/groups/"}).url == "/groups/"
    assert client.get("/groups/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "x"]
)
def test_signing_in_never_leads_to_another_site(client, elsewhere):
    a_person(LEA)
    assert client.post("/sign-in/", {**RIGHT, "next": elsewhere}).url == "/meetings/"


def test_a_device_forgets_at_the_end_unless_it_is_told_to_stay(client):
    a_person(LEA)
    client.post("/sign-in/", RIGHT)
    assert client.session.get_expire_at_browser_close()
    client.post("/sign-in/", {**RIGHT, "stay": "on"})
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 400 * 24 * 3600


def test_a_wrong_password_is_told_without_saying_which_of_the_two(client):
    a_person(LEA)
    answer = client.post("/sign-in/", {**RIGHT, "password": "guess"})
    assert answer.status_code == 422
    assert "E-mail and password do not match." in answer.content.decode()
    assert "guess" not in answer.content.decode()


def test_after_many_attempts_the_page_says_to_wait(client):
    a_person(LEA)
    for _ in range(6):
        client.post("/sign-in/", {**RIGHT, "password": "guess"})
    answer = client.post("/sign-in/", RIGHT)
    assert answer.status_code == 429
    assert "Wait a quarter of an hour" in answer.content.decode()
    assert client.get("/meetings/").status_code == 302


def test_signing_out_needs_a_form_and_forgets_the_device(client):
    client.force_login(a_person(LEA))
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/meetings/").status_code == 302


def test_a_reset_link_sets_a_new_password_and_ends_other_devices(client, device):
    lea = a_person(LEA)
    other = device(lea)
    assert other.get("/meetings/").status_code == 200
    answer = client.get(actions.reset_link(LEA.email, now=timezone.now()))
    assert (answer.url, answer.headers["Referrer-Policy"]) == ("/reset/", "no-referrer")
    new = {"password": "eleven open windows", "again": "eleven open windows"}
    assert client.post("/reset/", new).url == "/meetings/"
    assert client.get("/meetings/").status_code == 200
    assert other.get("/meetings/").status_code == 302
    assert client.get("/reset/").status_code == 404


@pytest.mark.parametrize(("make", "to"), [(a_reset_path, "/reset/"), (actions.first_start_path, "/start/")])
def test_a_code_lies_in_no_session_for_whoever_reads_the_database(client, make, to):
    path = make()
    client.get(path)
    assert client.get(to).status_code == 200
    code = path.split("/")[2]
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert code not in str(kept)
    assert hash_of(code) in str(kept)


@pytest.mark.parametrize(("make", "to"), [(a_reset_path, "/reset/"), (actions.first_start_path, "/start/")])
def test_a_device_that_opened_a_code_forgets_it_within_the_hour(client, make, to):
    client.get(make())
    assert client.session.get_expiry_age() == 3600
    assert "no-store" in client.get(to).headers["Cache-Control"]


def test_a_device_that_set_a_new_password_is_known_until_its_browser_closes(client):
    client.get(a_reset_path())
    client.post("/reset/", {"password": "eleven open windows", "again": "eleven open windows"})
    assert client.session.get_expire_at_browser_close()


def test_opening_many_links_from_one_address_is_slowed_down(client):
    for _ in range(120):
        client.get("/reset/guess/")
    answer = client.get("/i/guess/", follow=True)
    assert answer.status_code == 404
    assert "Wait a quarter of an hour" in answer.content.decode()


def test_people_rename_themselves_and_choose_their_clock(client):
    ann = a_person(ANN)
    client.force_login(ann)
    said = {"name": "Anna", "profession": "nurse", "timezone": "Europe/Berlin"}
    assert client.post("/account/", said).url == "/account/"
    ann.refresh_from_db()
    assert {key: getattr(ann, key) for key in said} == said
    assert "Anna" in client.get("/account/").content.decode()


def chosen_zones(page):
    return [str(one.choice_label) for one in page.context["form"]["timezone"] if one.data["selected"]]


@pytest.mark.parametrize("zone", ["Etc/GMT-8", "Antarctica/South_Pole"])
def test_a_clock_that_is_not_on_the_list_stays_when_a_name_is_changed(client, zone):
    ann = a_person(ANN, timezone=zone)
    client.force_login(ann)
    assert chosen_zones(client.get("/account/")) == [zone.replace("_", " ")]
    said = {"name": "Anna", "profession": "nurse", "timezone": zone}
    assert client.post("/account/", said).url == "/account/"
    ann.refresh_from_db()
    assert (ann.name, ann.timezone) == ("Anna", zone)


def test_somebody_who_came_by_a_link_can_set_a_password_and_sign_in_elsewhere(client):
    client.force_login(a_person(ANN))
    said = {"email": "ann@hospital.example", "password": PASSWORD, "again": PASSWORD}
    assert client.post("/account/sign-in/", said).url == "/account/"
    assert client.get("/account/").status_code == 200
    elsewhere = Client()
    assert elsewhere.post("/sign-in/", {"email": "ann@hospital.example", "password": PASSWORD}).url == "/meetings/"


def test_a_password_is_changed_by_whoever_knows_the_one_until_now(client):
    lea = a_person(LEA)
    client.force_login(lea)
    said = {"email": LEA.email, "password": "eleven open windows", "again": "eleven open windows", "now": "guess"}
    answer = client.post("/account/sign-in/", said)
    assert answer.status_code == 422
    lea.refresh_from_db()
    assert lea.check_password(PASSWORD)
    assert client.post("/account/sign-in/", {**said, "now": PASSWORD}).url == "/account/"
    assert client.get("/account/").status_code == 200


def test_changing_a_password_is_not_told_as_signing_in(client):
    lea = a_person(LEA)
    client.post("/sign-in/", RIGHT)
    said = {"email": LEA.email, "password": "eleven open windows", "again": "eleven open windows", "now": PASSWORD}
    client.post("/account/sign-in/", said)
    assert list(Entry.objects.filter(by=lea.id).values_list("did", flat=True)) == ["signed-in", "sign-in-set"]


# ── the language ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_browser_chooses_the_language_until_somebody_does():
    for header, word in (("zh-CN,zh;q=0.9", "登录"), ("de,en;q=0.5", "Sign in"), ("fr", "Sign in")):
        assert word in Client(headers={"accept-language": header}).get("/sign-in/").content.decode()


def test_a_visitor_switches_the_language_and_the_browser_remembers():
    visitor = Client(headers={"accept-language": "en"})
    assert visitor.post("/language/", {"language": "zh-hans", "next": "/sign-in/"}).url == "/sign-in/"
    page = visitor.get("/sign-in/")
    assert 'lang="zh-Hans"' in page.content.decode()
    assert page.headers["Content-Language"] == "zh-hans"


def test_a_person_keeps_the_language_on_every_device(device):
    ann = a_person(ANN)
    device(ann).post("/language/", {"language": "zh-hans", "next": "/meetings/"})
    page = device(ann).get("/meetings/")
    assert "我的会议" in page.content.decode()
    assert page.headers["Content-Language"] == "zh-hans"


def test_an_unknown_language_changes_nothing(client):
    ann = a_person(ANN)
    client.force_login(ann)
    assert client.post("/language/", {"language": "xx", "next": "/meetings/"}).url == "/meetings/"
    ann.refresh_from_db()
    assert ann.language == "en"


# ── the demo ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_demo_link_signs_in_and_speaks_the_visitors_language(settings):
    settings.OPENBALINT_DEMO = True
    lea = a_person(LEA)
    visitor = Client(headers={"accept-language": "zh-CN"})
    assert visitor.get(actions.demo_sign_in_link(lea, "/groups/")).url == "/groups/"
    assert "我的小组" in visitor.get("/groups/").content.decode()


def test_outside_the_demo_a_demo_link_is_not_there(settings, client):
    settings.OPENBALINT_DEMO = True
    link = actions.demo_sign_in_link(a_person(LEA), "/groups/")
    settings.OPENBALINT_DEMO = False
    assert client.get(link).status_code == 404
    assert client.get("/groups/").status_code == 302


def test_pages_of_people_are_kept_by_no_cache(client):
    client.force_login(a_person(ANN))
    assert client.get("/meetings/").headers["Cache-Control"] == "private, no-store"


def test_who_was_signed_out_before_sending_a_form_is_told_and_led_back_to_it(client):
    browser = {"accept": "text/html,*/*", "referer": "http://testserver/groups/1/?page=2"}
    answer = client.post(reverse("invite", args=[uuid4()]), {"name": "Mei"}, headers=browser)
    assert answer.url == "/sign-in/?next=/groups/1/%3Fpage%3D2"
    told = "You were signed out meanwhile, so what you have just sent was not kept."
    assert told in client.get(answer.url).content.decode()
    elsewhere = client.post("/account/", headers={**browser, "referer": "https://elsewhere.example/x"})
    assert elsewhere.url == "/sign-in/?next=/account/"


def test_a_page_that_is_only_opened_and_a_room_that_asks_are_told_nothing(client):
    client.get("/account/", headers={"accept": "text/html"})
    client.post(reverse("room_ticket", args=[uuid4()]), headers={"accept": "*/*"})
    assert "signed out meanwhile" not in client.get("/sign-in/").content.decode()
