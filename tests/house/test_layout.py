"""The shape of the house: where things are, and how large they may grow."""

from tests.house.repository import PACKAGE, ROOT, place, tracked

LIMIT = 400
MADE = "frontend/src/room/wire.ts"  # written by `make types`
# One flat list each, a short entry for every command or event: to split them would hide the whole.
LIMITS = {f"src/openbalint/protocol/{name}.py": 700 for name in ("commands", "events")}


def test_each_test_folder_has_its_twin():
    folders = [path.name for path in sorted((ROOT / "tests").iterdir()) if path.is_dir() and path.name[0] not in "._"]
    lone = [name for name in folders if name not in {"house", "e2e"} and not (PACKAGE / name).is_dir()]
    assert lone == [], "tests/NAME tests src/openbalint/NAME: give it the same name."


def test_files_stay_readable():
    files = [
        path for path in tracked() if path.suffix in {".py", ".ts", ".css", ".html"} and "migrations" not in path.parts
    ]
    lines = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in files}
    long = {name: count for name, count in lines.items() if count > LIMITS.get(name, LIMIT) and name != MADE}
    assert long == {}, f"Past {LIMIT} lines a file is usually two concepts: make it a folder, split by concept."


def test_every_package_says_what_it_is():
    silent = [place(path, 1) for path in sorted(PACKAGE.glob("*/__init__.py")) if not path.read_text("utf-8").strip()]
    assert silent == [], "Open the package with one docstring."
