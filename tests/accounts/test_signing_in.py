"""E-mail and password, throttled; new passwords by a one-time link; sign-in links in the demo alone."""

from collections import Counter
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
import pytest

from openbalint.accounts import actions
from openbalint.accounts.models import Attempt, OneTimeCode
from openbalint.accounts.rules import DeclinedError
from openbalint.accounts.tokens import hash_of
from tests.factories import NOW, a_person
from tests.people import ANN, CORA, LEA, PASSWORD

pytestmark = pytest.mark.django_db
HERE = "192.0.2.7"


def tried(email=LEA.email, password=PASSWORD, *, address=HERE, now=NOW):
    """Return who signed in, or the code with which it was declined."""
    try:
        return actions.sign_in(email, password, address=address, now=now)
    except DeclinedError as declined:
        return declined.code


def test_lea_signs_in_however_she_writes_her_e_mail():
    lea = a_person(LEA)
    assert tried(" LEA@hospital.EXAMPLE ") == lea


def test_a_wrong_password_and_an_unknown_e_mail_are_told_alike():
    a_person(LEA)
    assert tried(password="something else") == tried("nobody@hospital.example") == "no-match"


def test_who_comes_by_a_link_cannot_sign_in_by_password():
    a_person(ANN)
    assert tried("", "") == "no-match"


def test_after_six_attempts_even_the_right_password_waits_a_quarter_of_an_hour():
    lea = a_person(LEA)
    assert [tried(password="guess") for _ in range(6)] == ["no-match"] * 6
    assert tried() == "too-often"
    assert tried(address="192.0.2.8") == lea
    assert tried(now=NOW + timedelta(minutes=14)) == "too-often"
    assert tried(now=NOW + timedelta(minutes=15)) == lea


def test_waiting_is_not_made_longer_by_trying_meanwhile():
    lea = a_person(LEA)
    assert [tried(password="guess") for _ in range(6)] == ["no-match"] * 6
    assert [tried(now=NOW + timedelta(minutes=minute)) for minute in range(1, 15)] == ["too-often"] * 14
    assert tried(now=NOW + timedelta(minutes=15)) == lea


def tried_at_once(count):
    """The answers to as many attempts, each of which begins when the one before has looked how many there were."""
    answers = []

    def look(execute, sql, params, many, context):
        seen = execute(sql, params, many, context)
        if "COUNT(" in sql and (left := next(others, 0)):
            answers.append(tried(password=f"guess {left}"))
        return seen

    others = iter(range(1, count))
    with connection.execute_wrapper(look):
        answers.append(tried(password="guess 0"))
    return answers


def test_of_twelve_passwords_tried_at_once_six_are_compared():
    a_person(LEA)
    assert Counter(tried_at_once(12)) == {"no-match": 6, "too-often": 6}


def test_guessing_many_e_mails_from_one_address_is_slowed_down_too():
    lea = a_person(LEA)
    for number in range(60):
        assert tried(f"{number}@hospital.example") == "no-match"
    assert tried() == "too-often"
    assert tried(address="192.0.2.8") == lea


def test_signing_in_starts_the_count_for_this_e_mail_anew():
    lea = a_person(LEA)
    for _ in range(3):
        assert [tried(password="guess") for _ in range(5)] == ["no-match"] * 5
        assert tried() == lea


def test_neither_the_address_nor_the_e_mail_is_kept():
    a_person(LEA)
    tried(password="guess")
    kept = " ".join(Attempt.objects.values_list("key", flat=True))
    assert HERE not in kept
    assert LEA.email not in kept


def test_old_attempts_are_forgotten():
    a_person(LEA)
    tried(password="guess")
    tried(password="guess", now=NOW + timedelta(minutes=16))
    assert set(Attempt.objects.values_list("at", flat=True)) == {NOW + timedelta(minutes=16)}


def test_devices_whose_time_is_over_are_forgotten():
    for key, hours in (("over", 0), ("known", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + timedelta(hours=hours))
    actions.forget_devices(now=NOW)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["known"]


# ── a new password ────────────────────────────────────────────────────────────────────────────────────────────────────


def kept_of(path):
    """What a device keeps of the address it opened."""
    return hash_of(path.split("/")[2])


def test_a_reset_link_sets_a_new_password_once():
    lea = a_person(LEA)
    code = kept_of(actions.reset_link("LEA@hospital.example", now=NOW))
    assert actions.reset_password(code, password="eleven open windows", now=NOW) == lea
    assert tried(password="eleven open windows") == lea
    with pytest.raises(DeclinedError, match="code-used"):
        actions.reset_password(code, password="twelve", now=NOW)


def test_a_reset_link_ends_after_a_day_and_with_the_next_one():
    a_person(LEA)
    older, newer = (kept_of(actions.reset_link(LEA.email, now=NOW)) for _ in range(2))
    for code, at in ((older, NOW), (newer, NOW + timedelta(hours=24))):
        with pytest.raises(DeclinedError, match="code-used"):
            actions.reset_password(code, password="twelve quiet chairs", now=at)


def test_a_reset_link_ends_when_the_password_is_set_otherwise():
    lea, cora = a_person(LEA), a_person(CORA)
    of_lea, of_cora = (kept_of(actions.reset_link(who.email, now=NOW)) for who in (LEA, CORA))
    actions.set_sign_in(lea, email="lea@elsewhere.example", password="eleven open windows", now=NOW)
    with pytest.raises(DeclinedError, match="code-used"):
        actions.reset_password(of_lea, password="twelve quiet chairs", now=NOW)
    assert actions.reset_password(of_cora, password="twelve quiet chairs", now=NOW) == cora


def test_of_links_made_at_the_same_moment_using_one_ends_all():
    lea = a_person(LEA)
    used, other = (kept_of(f"/reset/{code}/") for code in ("used", "other"))
    for code_hash in (used, other):
        OneTimeCode.objects.create(
            purpose=OneTimeCode.Purpose.RESET, code_hash=code_hash, user=lea, expires_at=NOW + timedelta(hours=1)
        )
    actions.reset_password(used, password="eleven open windows", now=NOW)
    with pytest.raises(DeclinedError, match="code-used"):
        actions.reset_password(other, password="twelve quiet chairs", now=NOW)


def test_nobody_gets_a_reset_link_for_an_unknown_e_mail():
    a_person(ANN)
    assert actions.reset_link("nobody@hospital.example", now=NOW) is None
    assert actions.reset_link("", now=NOW) is None
    assert not OneTimeCode.objects.exists()


# ── by oneself ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ann_may_give_herself_an_e_mail_and_a_password():
    ann = a_person(ANN)
    actions.set_sign_in(ann, email="Ann@hospital.example", password=PASSWORD, now=NOW)
    assert tried("ann@hospital.example") == ann


def test_two_people_never_share_an_e_mail():
    a_person(LEA)
    cora = a_person(CORA)
    with pytest.raises(DeclinedError, match="email-taken"):
        actions.set_sign_in(cora, email="Lea@hospital.example", password=PASSWORD, now=NOW)
    cora.refresh_from_db()
    assert cora.email == CORA.email


def test_an_unknown_time_zone_is_declined():
    with pytest.raises(DeclinedError, match="timezone-unknown"):
        actions.set_timezone(a_person(ANN), "Moon/Tranquility")


# ── the demo ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sign_in_links_exist_in_the_demo_alone(settings):
    lea = a_person(LEA)
    settings.OPENBALINT_DEMO = True
    path = actions.demo_sign_in_link(lea, "/meetings/")
    code = path.removeprefix("/demo/in/").strip("/")
    assert actions.read_demo_link(code) == (lea, "/meetings/")
    with pytest.raises(DeclinedError, match="link-wrong"):
        actions.read_demo_link(code[:-1] + ("a" if code[-1] != "a" else "b"))
    settings.OPENBALINT_DEMO = False
    for refused in (lambda: actions.demo_sign_in_link(lea, "/"), lambda: actions.read_demo_link(code)):
        with pytest.raises(DeclinedError, match="no-demo"):
            refused()
