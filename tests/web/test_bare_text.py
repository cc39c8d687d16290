"""Every word on a page comes from the catalogue, so that in another language none of ours is left behind."""

from django.utils.translation import override
import pytest

from openbalint.accounts.models import User
from openbalint.groups.models import Group, Invitation, StoredScript
from openbalint.web.templatetags.openbalint import script_name
from openbalint.web.views.room import labels
from tests import pseudo
from tests.web.pages import PAGES
from tests.web.site import Site

pytestmark = pytest.mark.django_db
# The same in every language: the brand, the languages' own names, kinds of files, an example of an address.
SAME = ("OpenBalint", "English", "简体中文", "CSV", "JSON", "cora@hospital.org")


def names_here():
    """What people have called themselves, their groups and scripts."""
    people, groups = User.objects.values_list("name", flat=True), Group.objects.values_list("name", flat=True)
    invited = Invitation.objects.exclude(name="").values_list("name", flat=True)
    scripts = [script_name(stored) for stored in StoredScript.objects.all()]
    return {*people, *groups, *invited, *scripts, *SAME}


@pytest.fixture
def site(tmp_path, settings):
    pseudo.write_catalogue(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    yield Site(pseudo.LANGUAGE)
    labels.cache_clear()


def test_no_page_has_a_text_that_is_in_no_catalogue(site):
    pages = {name: reach(site).content.decode() for name, reach in PAGES.items()}
    with override(pseudo.LANGUAGE):
        known = names_here()
    assert "⟦Meetings⟧" in pages["meetings"]
    found = {name: rest for name, html in pages.items() if (rest := sorted(set(pseudo.bare(html, known))))}
    assert found == {}, "Translate it ({% translate %}, gettext), or say in this file why it is the same everywhere."


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>⟦Good that you are <b>here</b>, ⟦Lea⟧⟧</p>", []),
        ("<p>⟦Meetings⟧ of <b>Lea</b></p>", ["of"]),
        ('<button title="Close" lang="en">English</button><i>×</i>', []),
        ('<input placeholder="Name"><img alt="⟦A picture⟧ here">', ["Name", "here"]),
        ('<optgroup label="Asia"><option>Shanghai</option></optgroup><option>Other</option>', ["Other", "Asia"]),
    ],
)
def test_what_is_bare_is_found(html, found):
    assert pseudo.bare(html, ["Lea"]) == found
