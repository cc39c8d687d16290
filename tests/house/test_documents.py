"""What people can set or call is written down."""

import re

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
