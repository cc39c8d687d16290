"""The wheel alone is enough: installed into an empty environment it serves pages, the room, styles and Chinese."""

import json
import os
from pathlib import Path
import re
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/openbalint/web/static"
UV = str(Path(sys.executable).with_name("uv"))


def uv(*words: str, **variables: str) -> None:
    """Run uv, showing what it says only if it fails."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", **variables}
    done = subprocess.run([UV, "-q", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`openbalint` of an environment that has the wheel, its pinned dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "--no-build-isolation", "--python", sys.executable, "-o", str(folder / "dist"), ".")
    uv("venv", "--python", sys.executable, str(folder / "venv"))
    into = {"VIRTUAL_ENV": str(folder / "venv")}
    uv("pip", "install", "--require-hashes", "-r", "requirements/runtime.txt", **into)
    uv("pip", "install", "--no-deps", *map(str, (folder / "dist").glob("*.whl")), **into)
    uv("pip", "check", **into)
    return folder / "venv/bin/openbalint"


def get(url: str, language: str = "en") -> tuple[int, str, str]:
    """Status, kind and text of an answer."""
    try:
        with urlopen(Request(url, headers={"Accept-Language": language}), timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except HTTPError as answer:
        return answer.code, answer.headers["Content-Type"], answer.read().decode()


def files_of_ours() -> dict[str, str]:
    """Style sheets, scripts and pictures of this checkout, by the path under which pages, or other scripts, ask for them."""
    return {str(path.relative_to(STATIC)): path.read_text("utf-8") for path in STATIC.rglob("*") if path.is_file()}


def test_an_installed_wheel_serves_pages_the_room_and_chinese(program, tmp_path):
    env = {"PATH": "/usr/bin:/bin", "OPENBALINT_DATA": str(tmp_path / "data")}
    command = [program, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            origin = re.search(r"http://\S+:\d+", server.stdout.readline())[0]
            status, kind, page = get(f"{origin}/")
            named = re.findall(r"(?:src|href)=\"(/static/[^\"]+)\"", page)
            answers = {path: get(origin + path)[0] for path in named}
            kept = json.loads((tmp_path / "data/static/staticfiles.json").read_text("utf-8"))["paths"]
            served = {path: get(f"{origin}/static/{path}")[2] for path in files_of_ours()}
            hashed = {path: get(f"{origin}/static/{kept.get(path)}")[0] for path in files_of_ours()}
            _, _, chinese = get(f"{origin}/", "zh-CN")
        finally:
            server.terminate()
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert any(path.endswith(".css") for path in named)
    assert set(answers.values()) == {200}
    assert {"build/room.js", "build/e2ee-worker.js"} < files_of_ours().keys()
    assert [path for path, text in files_of_ours().items() if served[path] != text] == []
    assert [path for path, status in hashed.items() if status != 200] == []
    assert re.search(r"<html[^>]*lang=\"zh-Hans\"", chinese)
    assert re.search(r"[\u4e00-\u9fff]{2}", re.sub(r"<[^>]*>", "", chinese))
