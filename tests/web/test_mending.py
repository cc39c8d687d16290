"""A form that comes back says above itself what is to be mended, and leads to each field."""

import re

import pytest

from tests.web.pages import PLAIN
from tests.web.site import Site

pytestmark = pytest.mark.django_db
SUMMARY = re.compile(r'<div class="notice notice--care wrong".*?</div>', re.DOTALL)
TO_MEND = [name for name in PLAIN if name.endswith(", to mend")]
DECLINED = [name for name in PLAIN if name.endswith(", declined")]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page, as a site in English shows it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        site = Site("en")
        yield {name: PLAIN[name](site).content.decode() for name in [*TO_MEND, *DECLINED]}
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", TO_MEND)
def test_the_page_begins_at_its_summary_and_each_line_leads_to_a_field(pages, name):
    (summary,) = SUMMARY.findall(pages[name])
    assert all(word in summary for word in ('role="alert"', 'tabindex="-1"', "autofocus"))
    leads = re.findall(r'href="#([^"]+)"', summary)
    assert leads
    assert [one for one in leads if f' id="{one}"' not in pages[name]] == []


@pytest.mark.parametrize("name", DECLINED)
def test_what_is_declined_as_a_whole_is_said_there_too(pages, name):
    (summary,) = SUMMARY.findall(pages[name])
    assert "href" not in summary
    assert re.search(r"<p>\w", summary)


def test_the_phases_of_a_script_and_its_choices_are_in_one_summary(pages):
    (summary,) = SUMMARY.findall(pages["script, to mend"])
    assert "One of the phases needs another look." in summary
    assert 'href="#id_minutes-telling"' in summary
