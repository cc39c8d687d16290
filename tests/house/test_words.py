"""What must never stand in a tracked file. The patterns are broken up so that they do not find themselves."""

import json
import re

import pytest

from tests.house.repository import ROOT, place, tracked

LOCKED = {"package-lock.json", "dev.txt", "runtime.txt", "uv.txt"}
EVERYWHERE = {
    "an address of a registry": r"pyp[i]\.org|pythonhoste[d]|npmj[s]\.(?:org|com)|deb\.debia[n]\.org|proxy\.golan[g]",
    "a path of one machine": r"/wor[k]/|/roo[t]/|/tm[p]/ob|/hom[e]/[a-z]",
}
WRITTEN = {
    "unfinished work": r"\b(?:TOD[O]|FIXM[E]|XX[X]|NotImplemente[d]Error|[Ll]orem ipsu[m])\b",
    "a number of a tracker": r"\b(?:[Ii]ssu[e]|[Pp]ull reques[t]|P[R]|[Cc]lose[sd]|[Ff]ixe[sd]) ?#\d",
}


def lines(*, locked: bool):
    """Every line of every tracked text."""
    for path in tracked():
        if locked or path.name not in LOCKED:
            try:
                text = path.read_text("utf-8")
            except UnicodeDecodeError:
                continue
            for number, line in enumerate(text.splitlines(), 1):
                yield path, number, line


@pytest.mark.parametrize("what", EVERYWHERE)
def test_no_file_names_a_machine_or_a_registry(what):
    pattern = re.compile(EVERYWHERE[what])
    found = [place(path, number) for path, number, line in lines(locked=True) if pattern.search(line)]
    assert found == [], f"Leave out {what}: a checkout works anywhere."


@pytest.mark.parametrize("what", WRITTEN)
def test_no_file_speaks_of_how_it_came_about(what):
    pattern = re.compile(WRITTEN[what])
    found = [place(path, number) for path, number, line in lines(locked=False) if pattern.search(line)]
    assert found == [], f"Leave out {what}: finish it, or say why in words."


def test_locks_carry_no_addresses():
    assert '"resolved"' not in (ROOT / "frontend/package-lock.json").read_text("utf-8"), "Run `make lock`."
    assert [path for path in tracked() if path.name == "uv.lock"] == [], "Pin in requirements/*.txt with `make lock`."


def test_the_front_end_is_locked_for_every_platform():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    wanted = {
        f"node_modules/{name}" for package in packages.values() for name in package.get("optionalDependencies", ())
    }
    assert wanted - set(packages) == set(), (
        "`npm ci` refuses such a lock: pin a version that has them all, `make lock`."
    )


def test_every_pinned_package_has_hashes():
    for name in ("dev.txt", "runtime.txt", "uv.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+.*\\\n +--hash", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[\w.-]+.*==", text, re.MULTILINE)), "Run `make lock`."
