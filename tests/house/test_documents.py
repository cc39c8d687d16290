"""What people can set or call is written down."""

import re
import tomllib

from openbalint import cli
from openbalint.instruments import library
from tests.house.repository import PACKAGE, ROOT

NAME = re.compile(r"\"((?:OPENBALINT_[A-Z_]+|DATABASE_URL))\"")


def variables() -> set[str]:
    """Every variable that the product reads, found in the source."""
    return {name for path in PACKAGE.rglob("*.py") for name in NAME.findall(path.read_text("utf-8"))}


def test_every_setting_is_documented_and_no_other():
    text = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `((?:OPENBALINT_[A-Z_]+|DATABASE_URL))`", text, re.MULTILINE))
    assert documented == variables(), "Say in docs/reference/settings.md what it does and what it is without it."


def test_every_command_is_documented_and_no_other():
    text = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    documented = set(re.findall(r"^## `openbalint ([a-z-]+)", text, re.MULTILINE))
    assert documented == set(cli.verbs()), "Say in docs/reference/commands.md what it does, with an example."


def test_every_instrument_is_documented_and_no_other():
    text = (ROOT / "docs/reference/instruments.md").read_text("utf-8")
    documented = set(re.findall(r"`([a-z][a-z0-9-]*@[a-z0-9][a-z0-9.-]*)`", text.split("## How a score")[0]))
    assert documented == set(library.shipped()), "Say in docs/reference/instruments.md what it is and may be used for."


def test_every_verb_of_make_is_explained():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    listed = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    assert listed == set(re.findall(r"^([a-z0-9]+):.*##", makefile, re.MULTILINE)), (
        "End the rule with `## what it does`."
    )


def test_every_package_has_its_place_in_the_architecture():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    layers = [name for layer in contracts[0]["layers"] for name in re.findall(r"\w+", layer) if name in packages]
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    drawn = [line.split("  ")[0] for line in text.split("```")[1].splitlines()]
    assert [name for line in drawn for name in re.findall(r"\w+", line)] == layers, "Draw the layers of lint-imports."
    assert packages - set(re.findall(r"\*\*(\w+)\*\*", text)) == set(), "Say in a paragraph what the package is."


def test_every_guide_is_listed_in_both_languages():
    guide = ROOT / "docs/guide"
    listed = set(re.findall(r"\]\(([\w.-]+\.md)\)", (guide / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in guide.glob("*.md")} - {"README.md"}, "List it in docs/guide/README.md."
    english = {name for name in listed if ".zh-Hans" not in name}
    assert listed - english == {name.replace(".md", ".zh-Hans.md") for name in english}, "Write it in both languages."


def test_the_first_change_begins_with_a_line_that_is_there():
    steps = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## A first change")[1].split("\n## ")[0]
    line = re.search(r"“([^”]+)”", steps)[1]
    places = re.findall(r"`((?:src|frontend)/[\w./-]+)`", steps)
    assert len(places) == 2
    assert [path for path in places if line not in (ROOT / path).read_text("utf-8")] == [], "Name where it stands now."


def test_every_picture_is_shown_somewhere():
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    shown = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))}
    assert shown == {path.name for path in (ROOT / "docs/pictures").glob("*.png")}, "Show it, or take it no more."
