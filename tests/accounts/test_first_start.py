"""The first leader comes by a one-time code, and never by a default password."""

import pytest

from openbalint.accounts.actions import first_start_path, make_first_leader
from openbalint.accounts.models import OneTimeCode, User
from openbalint.accounts.rules import DeclinedError
from openbalint.accounts.tokens import hash_of
from openbalint.audit.models import Entry
from tests.factories import NOW, ZONE, a_person
from tests.people import ANN, LEA, PASSWORD

pytestmark = pytest.mark.django_db
SAID = {"name": "Lea", "email": " Lea@Hospital.example", "password": PASSWORD, "language": "zh-hans", "timezone": ZONE}


def code_of(path):
    return path.split("/")[2]


def kept_of(path):
    """What a device keeps of the address it opened."""
    return hash_of(code_of(path))


def test_an_empty_database_offers_the_page_that_makes_the_first_leader():
    path = first_start_path()
    lea = make_first_leader(kept_of(path), **SAID, now=NOW)
    assert (lea.name, lea.email, lea.language, lea.timezone) == ("Lea", "lea@hospital.example", "zh-hans", ZONE)
    assert lea.leads
    assert lea.check_password(PASSWORD)
    assert list(Entry.objects.values_list("did", "by")) == [("first-leader-made", lea.id)]


def test_the_code_is_kept_as_a_hash_only():
    code = code_of(first_start_path())
    (kept,) = OneTimeCode.objects.values_list("code_hash", flat=True)
    assert code not in kept
    assert len(kept) == 64


def test_the_code_works_once():
    code = kept_of(first_start_path())
    make_first_leader(code, **SAID, now=NOW)
    with pytest.raises(DeclinedError) as refusal:
        make_first_leader(code, **SAID | {"email": "eve@elsewhere.example"}, now=NOW)
    assert refusal.value.code == "code-used"
    assert User.objects.count() == 1


def test_starting_again_makes_another_code_and_the_older_one_ends():
    older, newer = kept_of(first_start_path()), kept_of(first_start_path())
    with pytest.raises(DeclinedError):
        make_first_leader(older, **SAID, now=NOW)
    assert make_first_leader(newer, **SAID, now=NOW).leads


def test_a_code_printed_before_somebody_came_is_worth_nothing_after():
    code = kept_of(first_start_path())
    a_person(ANN)
    with pytest.raises(DeclinedError):
        make_first_leader(code, **SAID, now=NOW)


def test_nothing_is_offered_once_somebody_is_there():
    a_person(LEA)
    assert first_start_path() is None
