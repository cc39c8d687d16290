"""Scripts and records in a browser: any script on one A5 page, a record on one A4 page, and open to everybody on screen.

The pages are rendered from scripts and logs alone and shown without a server, under the site's own policy.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
import re
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import override
from playwright.sync_api import Browser, Page, Route
import pytest

from openbalint.config.headers import content_security_policy
from openbalint.groups.models import Group, StoredScript
from openbalint.groups.scripts import StepBack, choices_of, rebuilt, slots, to_body, with_phases
from openbalint.meetings.models import Meeting
from openbalint.protocol.commands import Seat
from openbalint.protocol.record import record, turns_by_chair
from openbalint.protocol.scripts import Cue, Script
from openbalint.protocol.shipped import SHIPPED
from openbalint.web import record as records
from openbalint.web.forms.scripts import CUE_LENGTHS, NAME_LENGTH, CopyForm, ScriptForm
from openbalint.web.paper import on_paper
from tests.factories import NOW
from tests.logs import a_log

ORIGIN = "http://localhost:9"  # nobody listens there: everything is answered by the test
STATIC = Path(__file__).parents[2] / "src/openbalint/web/static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
GROUP = Group(pk=UUID(int=2), name="周四小组 Thursday group")
STORED = StoredScript(pk=UUID(int=1), group=GROUP)
A5, A4 = (420, 595), (595, 842)  # points


def fullest(code: str) -> Script:
    """A group's own script that has as many phases and as many words as the form lets it have."""
    original = SHIPPED[code]
    choices = replace(choices_of(original), cases=2, step_back=StepBack.TWICE, aim=True)
    script = rebuilt(original, choices, original=original)
    words = Cue(
        "Which picture comes to your mind while you listen to this story now? "[:68] + "And what else?" * 2,
        "你听的时候，" * 9,
    )
    cut = Cue(words.en[: CUE_LENGTHS["en"]], words.zh[: CUE_LENGTHS["zh"]])
    name = ("The long Thursday training with two cases " * 3)[:NAME_LENGTH]
    full = with_phases(script, {slot.key: replace(slot.phase, cue=cut) for slot in slots(script)})
    return replace(full, name=Cue(name, name))


SCRIPTS = {**SHIPPED, **{f"{code}, as full as it gets": fullest(code) for code in ("training-90", "balint-120-two")}}


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[[str, Callable[[], dict[str, Any]], str], Page]]:
    """Show a template in a dark browser; whatever the policy blocks fails the test."""
    context = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    page, wrong, body = context.new_page(), list[str](), [""]
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            policy = {"Content-Security-Policy": content_security_policy(())}
            route.fulfill(body=body[0], content_type="text/html", headers=policy)

    page.route("**/*", answer)

    def open_page(template: str, shown: Callable[[], dict[str, Any]], language: str) -> Page:
        with override(language):
            other = {"code": "en", "lang": "en", "name": "English"}
            body[0] = render_to_string(template, {"page": {"lang": LANGUAGES[language], "other": other}, **shown()})
        page.goto(f"{ORIGIN}/")
        return page

    yield open_page
    context.close()
    assert wrong == []


def pages_of(page: Page) -> list[tuple[int, int]]:
    """The size of each page of the print-out, in points."""
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", page.pdf(prefer_css_page_size=True))
    return [(round(float(width)), round(float(height))) for width, height in found]


@pytest.mark.parametrize("code", SCRIPTS)
def test_a_script_is_one_a5_page(show, code):
    for language in LANGUAGES:
        page = show("scripts/paper.html", lambda: {"stored": STORED, "paper": on_paper(SCRIPTS[code])}, language)
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


def an_edit_page() -> dict[str, Any]:
    script = fullest("training-90")
    form = ScriptForm(name="Ours", version=1, script=script, original=SHIPPED["training-90"])
    return {"stored": STORED, "form": form, "name": "Ours", "may_revert": True}


def a_form_to_mend() -> dict[str, Any]:
    shown = an_edit_page()
    form = shown["form"]
    data = {field.html_name: field.value() for field in (*form, *form.rows)} | {
        "announced": "10",
        "minutes-telling": "0",
    }
    wrong = ScriptForm(data, name="Ours", version=1, script=fullest("training-90"), original=SHIPPED["training-90"])
    assert not wrong.is_valid()
    return shown | {"form": wrong}


def own_part() -> dict[str, Any]:
    shown = a_record("balint-90", circle=8, ring=0)
    attendance = SimpleNamespace(came_at=NOW)
    part = SimpleNamespace(attendance=attendance, presented=True, turns=SimpleNamespace(turns=3), condensed=False)
    return {"meeting": shown["meeting"], "part": part, "there": 84, "late": 6, "spoken": "7 minutes"}


SCREENS: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "a script": ("scripts/script.html", lambda: {"stored": STORED, "paper": on_paper(SHIPPED["balint-120-two"]), "copy_form": CopyForm(groups=[GROUP])}),
    "a script on paper": ("scripts/paper.html", lambda: {"stored": STORED, "paper": on_paper(SHIPPED["balint-90"])}),
    "a script to change": ("scripts/edit.html", an_edit_page),
    "a script to mend": ("scripts/edit.html", a_form_to_mend),
    "a script to delete": ("scripts/delete.html", lambda: {"stored": STORED, "name": "Ours", "in_use": True}),
    "a script to bring back": ("scripts/revert.html", lambda: {"stored": STORED, "name": "Ours", "original": "Balint"}),
    "a record": ("records/record.html", lambda: a_record("balint-90", circle=12, ring=2)),
    "a record of two cases": ("records/record.html", lambda: a_record("balint-120-two", circle=8, ring=0)),
    "a log to delete": ("records/condense.html", lambda: {"meeting": a_record("balint-90", circle=8, ring=0)["meeting"]}),
    "one's own part": ("records/own.html", own_part),
}  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_is_open_to_everybody_on_phone_and_desktop(show, accessible, screen):
    template, shown = SCREENS[screen]
    for language, width, theme in (("en", 320, "dark"), ("zh-hans", 1280, "light")):
        page = show(template, shown, language)
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=theme, media="screen")
        for summary in page.locator("summary").all()[:3]:
            summary.click()
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
