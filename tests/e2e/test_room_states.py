"""The room in every state, in both languages, from the smallest phone to a large screen.

The real engine leads to each state (`room_moments`), the page plays it (`room_page`). Nothing lies over anything else or
scrolls sideways, axe-core shuts nobody out, in light and dark, and the strict policy blocks nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect
import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import PhaseKind
from tests.e2e.room_moments import MOMENTS, Moment, discussion
from tests.e2e.room_page import Theatre, theatre_of

FIT = Path(__file__).with_name("fit.js").read_text("utf-8").partition("\n")[2].rstrip().removesuffix(";")
OUT_OF_SIGHT = """() => [document.documentElement, ...document.querySelectorAll('.dock, .lead')]
    .map(element => element.scrollHeight - element.clientHeight)"""
DURATIONS = """elements => [...document.querySelectorAll(elements)].map(getComputedStyle)
    .flatMap(style => [...style.transitionDuration.split(', '), style.animationDuration])"""
GLIDE = """() => new Promise(done => {
    const gliding = glide => glide.transitionProperty === 'transform';
    const look = () => {
        const glide = document.querySelector('[data-person=mei]').getAnimations().find(gliding);
        if (glide) glide.finished.then(() => done('arrived'), () => done('broken off'));
        else requestAnimationFrame(look);
    };
    look();
    setTimeout(done, 10000, 'never began');
})"""
NAMES_SEEN = """() => [...document.querySelectorAll('.seat .label__name')].map(element => {
    const given = document.createRange();
    const text = [...element.childNodes].find(node => node.textContent.trim());
    given.setStart(text, 0);
    given.setEnd(text, text.textContent.split(' ')[0].length);
    const [width, height] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
    return {
        name: element.textContent,
        size: parseFloat(getComputedStyle(element).fontSize),
        given: given.getBoundingClientRect().width <= element.clientWidth + 1,
        whole: width <= 1 && height <= 2,
        busy: element.closest('.has-voice') !== null || element.parentElement.querySelector('.label__role') !== null,
    };
})"""
SMALLEST_LETTERS = 12  # pixels
SCREENS = sorted(name for name in MOMENTS if name.startswith("big-screen"))


@pytest.fixture(scope="module")
def theatre(browser: Browser) -> Iterator[Theatre]:
    """One page for all states."""
    with theatre_of(browser) as theatre:
        yield theatre


def lies_well(page: Page, *sizes: tuple[int, int]) -> list[str]:
    """What overlaps or leaves the stage at these sizes of the window."""
    found = []
    for width, height in sizes:
        page.set_viewport_size(ViewportSize(width=width, height=height))
        page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 50))")
        found += [f"{width} × {height}: {line}" for line in page.evaluate(FIT)]
    return found


@pytest.mark.parametrize("name", sorted(set(MOMENTS) - set(SCREENS)))
def test_fifteen_chairs_in_english_and_light(theatre: Theatre, accessible: Callable[[Page], None], name: str) -> None:
    theatre.page.set_viewport_size({"width": 390, "height": 844})
    page = theatre.show(MOMENTS[name](15), language="en", theme="light")
    accessible(page)
    assert lies_well(page, (320, 640), (360, 740), (768, 1024), (1024, 768)) == []
    assert [line for line in theatre.wrong if "503" not in line] == []


@pytest.mark.parametrize("name", sorted(set(MOMENTS) - set(SCREENS)))
def test_fifteen_chairs_in_chinese_and_dark(theatre: Theatre, accessible: Callable[[Page], None], name: str) -> None:
    theatre.page.set_viewport_size({"width": 1440, "height": 900})
    page = theatre.show(MOMENTS[name](15), language="zh-hans", theme="dark")
    accessible(page)
    assert lies_well(page, (320, 640), (1440, 900), (2560, 1440)) == []
    assert [line for line in theatre.wrong if "503" not in line] == []


@pytest.mark.parametrize("name", ["facts", "leader"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("chairs", "width", "height"), [(15, 320, 640), (15, 360, 740), (12, 390, 844), (15, 1024, 768)]
)
def test_names_can_be_read(theatre: Theatre, name: str, language: str, chairs: int, width: int, height: int) -> None:
    moment = MOMENTS[name](chairs)
    moment.stage.surnames = True
    theatre.page.set_viewport_size({"width": width, "height": height})
    names = theatre.show(moment, language=language).evaluate(NAMES_SEEN)
    assert len(names) == chairs
    assert [one for one in names if one["size"] < SMALLEST_LETTERS] == []
    assert [one for one in names if not one["given"]] == [], "The first word of a name is whole everywhere."
    if width >= 360:
        cut_off = [one for one in names if not (one["whole"] or one["busy"])]
        assert cut_off == [], "A name has two lines where no word stands below it."


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["leader-round", "leader-facts"])
def test_what_comes_next_is_short_beside_other_keys(theatre: Theatre, name: str, language: str) -> None:
    theatre.page.set_viewport_size({"width": 320, "height": 640})
    moment = MOMENTS[name](12)
    bar = theatre.show(replace(moment, clicks=()), language=language).locator(".lead__row")
    box = bar.bounding_box()
    assert box is not None
    assert box["height"] <= 72, "Three lines at most."


def test_what_is_told_does_not_lie_on_ones_own_chair(theatre: Theatre) -> None:
    theatre.page.set_viewport_size({"width": 320, "height": 640})
    page = theatre.show(MOMENTS["discussion-member"](12))
    theatre.refuse = "too-fast"
    page.get_by_role("button", name="Raise hand").click()
    told, own = page.locator(".toast").bounding_box(), page.locator(".seat.is-me").bounding_box()
    theatre.refuse = ""
    assert told is not None
    assert own is not None
    assert told["y"] + told["height"] < own["y"]


SIDEWAYS = (
    "every-hand",
    "telling",
    "silence",
    "discussion-member",
    "presenter-back",
    "voice",
    "leader",
    "leader-invited",
)


@pytest.mark.parametrize("name", SIDEWAYS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_phone_held_sideways_shows_all_at_once(theatre: Theatre, name: str, language: str) -> None:
    page = theatre.show(MOMENTS[name](15), language=language)
    found = []
    for width, height in ((740, 360), (844, 390), (932, 430)):
        found += lies_well(page, (width, height))
        reach = page.evaluate(OUT_OF_SIGHT)
        assert max(reach) == 0, f"{width} × {height}: {reach} px are out of sight"
    assert found == []


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_big_screen(theatre: Theatre, accessible: Callable[[Page], None], name: str, language: str) -> None:
    theatre.page.set_viewport_size({"width": 1920, "height": 1080})
    page = theatre.show(MOMENTS[name](15), language=language)
    accessible(page)
    assert lies_well(page, (1280, 720), (1920, 1080), (2560, 1440)) == []
    assert page.get_by_role("button").count() == 0


# ── what is pressed, and what is sent ────────────────────────────────────────────────────────────────────────


def test_the_language_changes_without_a_new_connection(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["discussion-member"](12))
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".phase")).to_have_text("小组讨论")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.get_by_role("button", name="English").click()
    expect(page.locator(".phase")).to_have_text("Discussion")
    assert len(theatre.sockets) == 1


def test_keys_act_outside_of_fields_and_can_be_switched_off(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["leader-drawer"](12))
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_have_count(0)
    page.keyboard.press("d")
    page.locator(".panel[data-panel=figures] select").focus()
    page.keyboard.press("n")
    assert theatre.sent == []
    page.locator(".lead__more").focus()
    page.keyboard.press("n")
    assert [frame["do"] for frame in theatre.asked(1)] == ["next"]
    page.keyboard.press("?")
    page.get_by_label("Single letters act").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.wait_for_timeout(50)
    assert [frame["do"] for frame in theatre.sent] == ["next"]
    page.evaluate("localStorage.clear()")


def test_the_leaders_circle_is_one_stop_and_arrows_go_round(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["leader"](12))
    assert page.locator(".seat__press[tabindex='0']").count() == 1
    page.locator(".seat__press[tabindex='0']").focus()
    page.keyboard.press("ArrowLeft")
    chair = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    expect(page.locator("dialog h2")).to_have_text(chair.split(",")[0])


@pytest.mark.parametrize("name", ["leader", "leader-call", "leader-round", "leader-presenter-lost", "lobby-leader"])
def test_no_chair_says_anything_twice(theatre: Theatre, name: str) -> None:
    page = theatre.show(MOMENTS[name](12))
    labels = page.locator(".seat__press").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(labels) >= 12
    for label in labels:
        parts = label.split(", ")
        assert len(parts) == len(set(parts)), label
        assert not {"listening", "reconnecting"} & set(parts), "Its sentence says it."


def test_in_the_closing_a_voice_of_either_case_is_tapped(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["leader-closing"](12))
    for name in ("Count a voice: the mother, Case 1", "Count a voice: the mother, Case 2"):
        page.get_by_role("button", name=name).click()
    assert [(frame["do"], frame["case"], frame["figure"]) for frame in theatre.asked(2)] == [
        ("tick-voice", 1, 2),
        ("tick-voice", 2, 2),
    ]


def test_what_adds_a_person_of_the_case_keeps_its_place(theatre: Theatre) -> None:
    theatre.page.set_viewport_size({"width": 390, "height": 844})
    page = theatre.show(MOMENTS["leader-drawer"](12))
    theatre.plays = True
    choice, add = page.locator("#add-figure"), page.get_by_role("button", name="Add", exact=True)
    add.click()  # nothing is chosen yet
    expect(choice).to_be_focused()
    choice.select_option("sibling")
    before = add.bounding_box()
    add.click()
    expect(page.get_by_role("button", name="Take back the sibling")).to_be_visible()
    assert add.bounding_box() == before
    expect(choice).to_have_value("sibling")
    add.click()
    expect(page.get_by_role("button", name="Take back the sibling B")).to_be_visible()
    expect(choice).to_have_value("")  # used up, and no other stands there unasked
    theatre.plays = False
    assert [(frame["code"], frame["number"]) for frame in theatre.asked(2)] == [("sibling", 1), ("sibling", 2)]


def test_more_time_says_how_much_there_is_then(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["leader-drawer"](12))
    page.locator(".panel[data-panel=time] summary").click()
    page.get_by_role("button", name="3 min more").click()
    minutes = theatre.asked(1)[-1]["minutes"]
    expect(page.locator(".toast")).to_have_text(f"The phase now has {minutes} minutes.")


@pytest.mark.parametrize(("name", "there"), [("leader", 1), ("leader-lingering", 0), ("leader-closed", 0)])
def test_after_the_end_nobody_is_asked_whether_to_stop(theatre: Theatre, name: str, there: int) -> None:
    page = theatre.show(MOMENTS[name](12))
    expect(page.get_by_role("button", name="I need to stop")).to_have_count(there)


def test_the_page_of_who_is_outside_has_no_call(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["opening"](12))
    expect(page.get_by_role("link", name="Open the call")).to_be_visible()
    theatre.send({"bye": "gone"})
    expect(page.get_by_role("heading", name="This room is not open to you now")).to_be_visible()
    expect(page.get_by_role("link", name="Open the call")).to_have_count(0)


def test_a_round_closes_the_choice_of_a_person(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["sheet-voices"](12))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert theatre.moment is not None
    theatre.play(c.StartRound("lea", theatre.moment.stage.entry, "grace"))
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_what_is_refused_is_said(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["discussion-member"](12))
    theatre.refuse = "too-fast"
    page.get_by_role("button", name="Raise hand").click()
    expect(page.locator(".toast")).to_have_text("That was very quick. One moment, then press again.")
    theatre.refuse = ""


def test_stopping_takes_two_presses_and_tells_that_it_arrived(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["discussion-member"](12))
    page.get_by_role("button", name="I need to stop").click()
    assert theatre.sent == []
    page.get_by_role("button", name="Tell the leaders now").click()
    expect(page.get_by_role("button", name="The leaders know")).to_be_visible()
    assert [frame["do"] for frame in theatre.asked(1)] == ["need-to-stop"]


def test_a_screen_reader_is_told_what_changed(theatre: Theatre) -> None:
    stage = discussion(12)
    page = theatre.show(Moment(stage, "mei"))
    polite = page.locator("[aria-live=polite]")
    expect(polite).to_have_text("Discussion. Anyone may speak.")
    theatre.send(stage.to(PhaseKind.RETURN).frame("mei") | {"v": 2})
    expect(polite).to_have_text("Return and response. Jonas has the last word.")
    theatre.send(stage.do(c.Pause("lea", stage.entry)).frame("mei") | {"v": 3})
    page.wait_for_timeout(300)
    assert polite.inner_text() == "Return and response. Jonas has the last word."  # one message in two seconds


def test_the_chair_moves_out_and_the_place_keeps_its_name(theatre: Theatre) -> None:
    stage = discussion(12)
    page = theatre.show(Moment(stage, "mei"))
    out = page.locator("[data-person=jonas]").bounding_box()
    assert page.locator(".place").inner_text().replace("\n", " ") == "the doctor of this case"
    theatre.send(stage.to(PhaseKind.RETURN).frame("mei") | {"v": 2})
    page.wait_for_function("() => !document.querySelector('.is-back')")
    page.wait_for_timeout(60)
    back = page.locator("[data-person=jonas]").bounding_box()
    assert out is not None
    assert back is not None
    assert abs(out["x"] - back["x"]) + abs(out["y"] - back["y"]) > 40
    assert page.locator(".place.is-empty").count() == 0


def test_the_chair_glides_out_and_for_whoever_wants_no_motion_nothing_does(theatre: Theatre) -> None:
    moment = MOMENTS["invited"](12)
    page = theatre.show(moment)
    assert set(page.evaluate(DURATIONS, "*")) == {"0s"}
    page.emulate_media(reduced_motion="no-preference")
    try:
        glides = [page.evaluate(DURATIONS, f"[data-person=mei]{part}") for part in ("", " .chair", " .chair__back")]
        stage = moment.stage.do(c.StepBackNow("lea", moment.stage.entry))
        theatre.send(stage.frame(moment.person) | {"v": 2})
        assert page.evaluate(GLIDE) == "arrived"
    finally:
        page.emulate_media(reduced_motion="reduce")
    moving_and_fading = [["1.2s", "4s"], ["1.2s", "0.6s"], ["1.2s", "0.6s"]]
    assert glides == [[*durations, "0s"] for durations in moving_and_fading]  # last, an animation: none


def test_the_words_of_a_simulated_person_fade_when_they_are_said(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["discussion-member"](12))
    caption = page.locator(".caption")
    expect(caption).to_be_visible()
    page.evaluate("() => document.querySelector('.caption').getAnimations().forEach(fading => fading.finish())")
    expect(caption).to_be_hidden()
    theatre.send({"caption": {"person": "tao", "text": {"en": "Cold hands.", "zh": "手很凉。"}}})
    expect(caption).to_be_visible()
    assert caption.inner_text() == "demoTao Cold hands."


def test_a_screen_reader_hears_the_circle_and_the_controls(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["facts"](8))
    circle = page.get_by_role("list", name="Circle, 8 chairs").aria_snapshot().splitlines()
    assert [line.strip() for line in circle[1:5]] == [
        "- listitem: You hand up, number 2",
        "- listitem: Jonas presenter",
        "- listitem: Tao hand up, number 1",
        "- listitem: Grace asks now",
    ]
    controls = page.get_by_role("region", name="Your controls").get_by_role("button")
    assert [control.inner_text() for control in controls.all()] == ["Hand is up", "Tell the leaders", "I need to stop"]
    assert page.get_by_role("button", name="Hand is up").get_attribute("aria-pressed") == "true"
    expect(page.locator("[aria-live=polite]")).to_have_text("Factual questions. Grace asks, then Tao.")


def test_a_leaders_chair_says_all_of_itself_once(theatre: Theatre) -> None:
    page = theatre.show(MOMENTS["leader"](8), language="zh-hans")
    chairs = page.get_by_role("list", name="圆圈，8 把椅子").get_by_role("button")
    names = [chair.get_attribute("aria-label") for chair in chairs.all()]
    assert names[:2] == ["你、组长", "陈可、协同组长"]
    assert "顾佳、代入：母亲" in names
    assert page.locator(".as:not([aria-hidden])").count() == 0
    expect(page.locator("[aria-live=polite]")).to_have_text("小组讨论。大家都可以发言。")
