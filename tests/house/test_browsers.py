"""What browsers of hospitals and old phones lack stays out of the front end: Chrome 109, Firefox 102, Safari 15.4.

esbuild translates syntax for them, but adds no feature. Something of this list may be used where it only adds: then its
line has a fallback, which the pattern allows for.
"""

import re

import pytest

from tests.house.repository import PACKAGE, ROOT

STYLES = sorted((PACKAGE / "web/static/openbalint").glob("*.css"))
SCRIPTS = sorted(path for path in (ROOT / "frontend/src").rglob("*.ts") if ".test" not in path.name)
LACKING_IN_STYLES = {
    r":has\(": "Firefox 121",
    r"@container|container-type|\dcq[whib]\b": "Firefox 110, Safari 16",
    r"color-mix\(|light-dark\(": "Chrome 111, Firefox 113, Safari 16.2",
    r"@scope|@starting-style|anchor-name|position-anchor": "Chrome 117",
    r"subgrid": "Chrome 117, Safari 16",
    r"\b(sin|cos|tan|round|mod)\(": "Chrome 111, Firefox 108",
    r"^\s*&": "nesting: Chrome 112, Firefox 117, Safari 16.5",
}
LACKING_IN_SCRIPTS = {
    r"\.(toSorted|toReversed|toSpliced)\(": "Chrome 110, Firefox 115, Safari 16",
    r"\.(show|hide|toggle)Popover\(": "Chrome 114, Firefox 125, Safari 17",
    r"\.requestSubmit\(": "Safari 16; `form.requestSubmit?.()` with a fallback",
    r"\(\?<[=!]": "lookbehind: Safari 16.4",
    r"(Object|Map)\.groupBy|Array\.fromAsync|Promise\.withResolvers|AbortSignal\.(any|timeout)": "Safari 16 to 18",
}


def found(paths, pattern):
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("pattern", LACKING_IN_STYLES)
def test_style_sheets_do_without_what_old_browsers_lack(pattern):
    assert found(STYLES, pattern) == [], f"Comes only with {LACKING_IN_STYLES[pattern]}."


@pytest.mark.parametrize("pattern", LACKING_IN_SCRIPTS)
def test_scripts_do_without_what_old_browsers_lack(pattern):
    assert found(SCRIPTS, pattern) == [], f"Comes only with {LACKING_IN_SCRIPTS[pattern]}."


def test_heights_of_the_visible_part_have_a_fallback_before_them():
    lines = [
        line for path in STYLES for line in path.read_text("utf-8").splitlines() if re.search(r"\d[dsl]vh\b", line)
    ]
    assert lines
    assert [line for line in lines if not re.search(r"\dvh\b.*\d[dsl]vh\b", line)] == []
