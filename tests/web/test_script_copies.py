"""Copies of scripts: how they are made, what they are called, where they are chosen."""

from dataclasses import replace

from django.urls import reverse
import pytest

from openbalint.audit.models import Entry
from openbalint.groups.actions.scripts import copy_script
from openbalint.groups.scripts import from_body
from openbalint.protocol.scripts import Cue
from openbalint.protocol.shipped import SHIPPED
from tests.factories import NOW, a_circle, a_script
from tests.scripts import fields_of, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def copied(circle):
    return copy_script(a_script("balint-90"), by=circle.seat_of(circle.lea), now=NOW)


@pytest.fixture
def lea(circle, device):
    return device(circle.lea)


def test_copying_a_shipped_script_gives_the_group_its_own(circle, lea):
    shipped = a_script("balint-120-two")
    answer = lea.post(page(shipped, "script_copy"), {"group": circle.group.pk})
    own = circle.group.scripts.get()
    assert answer.url == page(own)
    named = replace(
        SHIPPED["balint-120-two"],
        name=Cue("Balint, 120 minutes, two cases (copy)", "巴林特 120 分钟，两个案例（副本）"),
    )
    assert (own.code, from_body(own.body), own.version, own.name) == ("balint-120-two", named, 1, "")
    assert list(Entry.objects.filter(about=own.pk).values_list("did", "by")) == [("script-copied", circle.lea.pk)]


def test_copies_are_told_apart_in_both_languages(circle, copied):
    by, ours = circle.seat_of(circle.lea), circle.group.scripts.create(code="x", name="Ours", body=copied.body)
    copies = [copy_script(source, by=by, now=NOW) for source in (a_script(), copied, ours, ours)]
    names = [from_body(one.body).name for one in copies]
    assert [name.en.rpartition(" (")[2] for name in names] == ["copy 2)", "copy 3)", "copy)", "copy 2)"]
    assert [name.zh for name in names[1:3]] == ["巴林特 90 分钟，一个案例（副本 3）", "Ours（副本）"]
    long = copy_script(circle.group.scripts.create(code="y", name="很" * 80, body=ours.body), by=by, now=NOW)
    assert len(from_body(long.body).name.zh) == 80


def test_a_script_is_copied_once_more_only_as_it_was_kept(circle, lea, copied):
    data = fields_of(lea.get(page(copied)))
    changed = lea.post(page(copied), data | {"cue_en-telling": "As it was.", "copy": ""})
    assert changed.status_code == 422
    assert "not kept yet" in changed.content.decode()
    assert fields_of(changed)["cue_en-telling"] == "As it was."
    assert lea.post(page(copied), data | {"name": "Ours", "copy": ""}).status_code == 422
    assert circle.group.scripts.count() == 1
    answer = lea.post(page(copied), data | {"copy": ""})
    assert answer.url == page(circle.group.scripts.exclude(pk=copied.pk).get())


def test_copies_are_listed_and_chosen_in_their_order(circle, lea, copied):
    copy_script(copied, by=circle.seat_of(circle.lea), now=NOW)
    (own,) = lea.get(reverse("scripts")).context["groups"]
    assert [script.name[-8:] for script in own.scripts] == ["e (copy)", "(copy 2)"]
    form = lea.get(reverse("plan", args=[circle.group.pk])).context["form"]
    (_, mine), _ = form.fields["script"].choices
    assert [label[-16:] for _, label in mine] == ["e (copy), 90 min", "(copy 2), 90 min"]


def test_a_groups_own_scripts_are_chosen_apart_from_the_others(circle, lea, copied):
    form = lea.get(reverse("plan", args=[circle.group.pk])).context["form"]
    (own, mine), (shipped, others) = form.fields["script"].choices
    assert (own, [label for _, label in mine]) == ("Of your group", ["Balint, 90 minutes, one case (copy), 90 min"])
    assert (shipped, len(others)) == ("Scripts that come with OpenBalint", len(SHIPPED))
    new = lea.get(reverse("group_new")).context["form"]
    assert [label for _, label in new.fields["script"].choices] == [label for _, label in others]
