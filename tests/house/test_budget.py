"""The room opens on a phone between two shifts: what it loads first stays small."""

import gzip
import re

from tests.house.repository import PACKAGE, TEMPLATES

BUILD = PACKAGE / "web/static/build"
BUDGET = 60_000  # bytes, gzipped
STATIC = re.compile(r"{%\s*static\s+['\"]build/([^'\"]+)['\"]")
PARENT = re.compile(r"{%\s*(?:extends|include)\s+['\"]([^'\"]+)['\"]")
IMPORT = re.compile(r"(?:from|import)\s*\"\./([^\"]+)\"")


def page_files(template: str) -> set[str]:
    """The built files that a template and its parents load."""
    text = (TEMPLATES / template).read_text("utf-8")
    return set(STATIC.findall(text)).union(*(page_files(parent) for parent in PARENT.findall(text)))


def with_imports(name: str) -> set[str]:
    """A script and what it loads at once; what is loaded on demand does not count."""
    imported = IMPORT.findall((BUILD / name).read_text("utf-8")) if name.endswith(".js") else []
    return {name}.union(*(with_imports(other) for other in imported))


def rooms() -> list[str]:
    """The templates that start the room."""
    found = (path for path in TEMPLATES.rglob("*.html") if "build/room.js" in path.read_text("utf-8"))
    return [str(path.relative_to(TEMPLATES)) for path in found]


def test_what_the_room_loads_first_is_within_its_budget():
    assert rooms(), "No template loads build/room.js."
    for room in rooms():
        files = set[str]().union(*(with_imports(name) for name in page_files(room)))
        sizes = {name: len(gzip.compress((BUILD / name).read_bytes(), 9)) for name in sorted(files)}
        assert sum(sizes.values()) <= BUDGET, f"{room} loads {sizes}: load on demand what is not needed at once."
