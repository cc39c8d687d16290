"""Scripts and records on paper: any script is one A5 page, a record is one A4 page.

The pages are rendered from scripts and logs alone and shown without a server, under the site's own policy.
"""

from collections.abc import Callable, Iterator
import re
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import override
from playwright.sync_api import Browser, Page
import pytest

from openbalint.groups.models import Group, StoredScript
from openbalint.groups.scripts import to_body
from openbalint.meetings.models import Meeting
from openbalint.protocol.commands import Seat
from openbalint.protocol.record import record, turns_by_chair
from openbalint.protocol.shipped import SHIPPED
from openbalint.web import record as records
from openbalint.web.paper import on_paper
from tests.e2e.shelf import Shelf
from tests.factories import NOW
from tests.logs import a_log
from tests.scripts import fullest

LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
GROUP = Group(pk=UUID(int=2), name="周四小组 Thursday group")
STORED = StoredScript(pk=UUID(int=1), group=GROUP)
A5, A4 = (420, 595), (595, 842)  # points
SCRIPTS = {**SHIPPED, **{f"{code}, as full as it gets": fullest(code) for code in ("training-90", "balint-120-two")}}


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[[str, Callable[[], dict[str, Any]], str], Page]]:
    """Show a template in a dark browser; whatever the policy blocks fails the test."""
    context = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    shelf = Shelf(context)

    def open_page(template: str, shown: Callable[[], dict[str, Any]], language: str) -> Page:
        with override(language):
            other = {"code": "en", "lang": "en", "name": "English"}
            return shelf.show(
                render_to_string(template, {"page": {"lang": LANGUAGES[language], "other": other}, **shown()})
            )

    yield open_page
    context.close()
    assert shelf.wrong == []


def pages_of(page: Page) -> list[tuple[int, int]]:
    """The size of each page of the print-out, in points."""
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", page.pdf(prefer_css_page_size=True))
    return [(round(float(width)), round(float(height))) for width, height in found]


@pytest.mark.parametrize("code", SCRIPTS)
def test_a_script_is_one_a5_page(show, code):
    for language in LANGUAGES:
        page = show("scripts/paper.html", lambda: {"back": "/scripts/", "paper": on_paper(SCRIPTS[code])}, language)
        assert pages_of(page) == [A5]
        page.emulate_media(media="print")
        sizes = page.evaluate(
            "[...document.querySelectorAll('.a5 *')].map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 8 / 72 * 96 - 0.01, "Nothing on paper is smaller than 8 pt."
        assert page.evaluate("getComputedStyle(document.querySelector('.a5')).color") == "rgb(0, 0, 0)"


def a_record(code: str, *, circle: int, ring: int) -> dict[str, Any]:
    """The record page of a meeting with so many chairs and so many in the outer ring, with sound."""
    people = [str(number) for number in range(circle + ring)]
    seats = dict(
        zip(people, (Seat.LEADER, Seat.CO_LEADER, *[Seat.MEMBER] * (circle - 2), *[Seat.OBSERVER] * ring), strict=True)
    )
    script = SHIPPED[code]
    turns = {person: (30.0 * place,) for place, person in enumerate(people, 1)}
    log = list(a_log(NOW, script, seats, people[2 : 2 + script.cases], turns, {people[3]: 6}, 2))
    facts = record(log)
    names = {person: f"Margaret 欧阳林溪 {person}" for person in people}
    return {
        "meeting": Meeting(pk=UUID(int=3), group=GROUP, planned_at=NOW, minutes=90, script=to_body(script)),
        "shown": records.page(facts, script, names=names, could_come=circle),
        "turns": records.turns(facts, turns_by_chair(log), names),
        "told_apart": True,
        "condenses_at": NOW,
    }


@pytest.mark.parametrize(
    ("code", "circle", "ring"),
    [("balint-90", 15, 6), ("balint-120-two", 12, 0), ("training-90", 12, 6), ("supervision-5", 12, 0)],
)
def test_a_record_is_one_a4_page(show, code, circle, ring):
    for language in LANGUAGES:
        page = show("records/record.html", lambda: a_record(code, circle=circle, ring=ring), language)
        turns = page.locator("details", has=page.locator(f"tr:nth-child({circle + ring})")).last
        turns.locator("summary").click()
        assert turns.locator("tbody tr").last.is_visible()
        assert pages_of(page) == [A4]
        page.emulate_media(media="print")
        assert turns.is_hidden(), "The turns of each person are not for paper."
        page.emulate_media(media="null")
