"""The report as one file in a browser: nobody is shut out, nothing is asked of the network, a phone does not scroll sideways."""

import pytest

from tests.reports.trial import CHINESE, rendered, trial


@pytest.fixture(params=["en", "zh-hans"])
def report(request, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(rendered(trial(sex=True, codebook=CHINESE), language=request.param))
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_report_is_for_everybody(browser, accessible, report, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: told.append(line.text))
    page.goto(report)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [report]
    assert told == []
    page.close()


def test_a_wide_table_scrolls_by_the_keyboard(browser, report):
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(report)
    region = page.get_by_role("region").nth(2)
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    page.close()


def test_on_paper_the_report_is_always_light(browser, report):
    page = browser.new_page(color_scheme="dark")
    page.goto(report)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body.parentElement).color") == "rgb(31, 40, 39)"
    page.close()
