"""The table of pages is whole: no address and no template is missing in it."""

from pathlib import Path

from django.test.signals import template_rendered
from django.urls import reverse
import pytest

from openbalint import web
from tests.web.pages import PAGES, addresses
from tests.web.site import Site

pytestmark = pytest.mark.django_db
TEMPLATES = Path(web.__file__).parent / "templates"


@pytest.fixture
def site():
    return Site("en")


def is_page(answer):
    return answer.status_code != 302 and answer.headers["Content-Type"].startswith("text/html")


def test_every_page_is_there_in_its_state_and_no_template_is_left_out(site):
    seen = set()

    def note(template, **_):
        seen.add(template.name)

    template_rendered.connect(note)
    try:
        answers = {name: reach(site) for name, reach in PAGES.items()}
    finally:
        template_rendered.disconnect(note)
    assert [name for name, answer in answers.items() if not is_page(answer)] == []
    to_mend = {name: answer.status_code for name, answer in answers.items() if name.endswith(("to mend", "declined"))}
    assert to_mend == dict.fromkeys(to_mend, 422)
    every = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    assert every - seen == set(), "Show each template on some page of tests/web/pages.py."


def test_every_address_that_answers_with_a_page_is_in_the_table(site):
    lea, told = site.of(site.lea), {name.partition(",")[0] for name in PAGES}
    left_out = [
        name
        for name, arguments in addresses()
        if name not in told
        and is_page(answer := lea.get(reverse(name, kwargs={one: site.arguments[one] for one in arguments})))
        and answer.status_code == 200
    ]
    assert left_out == [], "Tell in tests/web/pages.py how to reach it."
