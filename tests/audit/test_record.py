"""The audit list: lines are added, and nobody can change or delete one."""

from uuid import UUID

from django.db import DatabaseError, transaction
import pytest

from openbalint.audit.actions import record
from openbalint.audit.models import Entry
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LEA, MEETING = UUID(int=1), UUID(int=2)


def lines():
    return list(Entry.objects.values_list("at", "by", "did", "about"))


def test_a_line_says_when_who_what_and_about_what():
    record("record-seen", by=LEA, about=MEETING, now=NOW)
    record("records-condensed", by=None, now=NOW)
    assert lines() == [(NOW, LEA, "record-seen", MEETING), (NOW, None, "records-condensed", None)]


@pytest.mark.parametrize("change", [lambda: Entry.objects.update(did="nothing"), lambda: Entry.objects.all().delete()])
def test_the_database_refuses_to_change_or_delete_a_line(change):
    record("record-seen", by=LEA, about=MEETING, now=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert lines() == [(NOW, LEA, "record-seen", MEETING)]


def test_a_deed_that_is_taken_back_leaves_no_line():
    def deed():
        with transaction.atomic():
            record("record-condensed", by=LEA, about=MEETING, now=NOW)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        deed()
    assert lines() == []
