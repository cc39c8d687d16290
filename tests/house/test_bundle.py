"""The browser's bundle is made anew under a running server: no file of it may be missing for a moment."""

import subprocess

from tests.house.repository import ROOT
from tests.house.test_budget import NODE


def test_a_rebuild_never_leaves_a_file_missing_and_forgets_what_is_gone(tmp_path):
    build = [NODE, "build.mjs", f"--outdir={tmp_path}"]
    subprocess.run(build, cwd=ROOT / "frontend", check=True)
    needed = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    gone = tmp_path / "chunks/of-long-ago.js"
    gone.parent.mkdir(exist_ok=True)
    gone.write_text("")
    missed = set()
    with subprocess.Popen(build, cwd=ROOT / "frontend") as again:
        while again.poll() is None:
            missed.update(path.name for path in needed if not path.exists())
    assert (again.returncode, missed, gone.exists()) == (0, set(), False)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == needed
