"""Where the house tests look: the files of the repository, and the source as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
import subprocess

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/openbalint"
TEMPLATES = PACKAGE / "web/templates"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git knows and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def modules(*, below: Path = PACKAGE) -> Iterator[tuple[Path, ast.Module]]:
    """Each Python module of the product with its syntax tree; migrations are made by a tool and left out."""
    for path in sorted(below.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, line: int) -> str:
    """A place that an editor can open."""
    return f"{path.relative_to(ROOT)}:{line}"
