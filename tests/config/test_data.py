"""The data folder is for its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
import pytest

from openbalint.config import data


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_folder_and_its_key_are_made_once(tmp_path):
    env = {"OPENBALINT_DATA": str(tmp_path / "new" / "data")}
    assert data.secret_key(env) == ""
    data.prepare(env)
    key = data.secret_key(env)
    data.prepare(env)
    assert data.secret_key(env) == key
    assert len(key) >= 64
    folder = tmp_path / "new" / "data"
    assert (mode(folder), mode(folder / "secret-key")) == (0o700, 0o600)
    assert [path.name for path in folder.iterdir()] == ["secret-key"]


def test_a_given_key_makes_no_file(tmp_path):
    env = {"OPENBALINT_DATA": str(tmp_path), "OPENBALINT_SECRET_KEY": "given"}
    data.prepare(env)
    assert data.secret_key(env) == "given"
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_together_share_one_key(tmp_path, monkeypatch):
    env = {"OPENBALINT_DATA": str(tmp_path)}
    monkeypatch.setattr(Path, "exists", lambda _: False)  # nobody has seen the other's key yet
    processes = iter(range(1000, 1010))
    monkeypatch.setattr(data.os, "getpid", lambda: next(processes))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(data.prepare, [env] * 4))
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert len(data.secret_key(env)) >= 64


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ImproperlyConfigured, match="which cannot be used"):
        data.prepare({"OPENBALINT_DATA": str(tmp_path / "file" / "data")})
