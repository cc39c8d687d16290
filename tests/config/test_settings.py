"""What the variables make of the settings; each reading is a process of its own, as a start is."""

import json
import os
import subprocess
import sys

SHOWN = (
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
)
SHOW = f"import json; from openbalint.config import settings; print(json.dumps({{n: getattr(settings, n) for n in {SHOWN}}}))"


def read(tmp_path, **variables):
    """The settings under these variables."""
    env = {"PATH": os.environ["PATH"], "OPENBALINT_DATA": str(tmp_path / "data"), **variables}
    return subprocess.run([sys.executable, "-c", SHOW], env=env, capture_output=True, text=True, check=False)


def test_a_machine_of_ones_own(tmp_path):
    assert json.loads(read(tmp_path).stdout) == {
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": [],
        "DEBUG": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_NAME": "openbalint-session",
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
    }
    assert not (tmp_path / "data").exists()


def test_a_site_behind_tls(tmp_path):
    assert json.loads(read(tmp_path, OPENBALINT_HOSTS="balint.example.org", OPENBALINT_TLS="1").stdout) == {
        "ALLOWED_HOSTS": ["balint.example.org"],
        "CSRF_TRUSTED_ORIGINS": ["https://balint.example.org"],
        "DEBUG": False,
        "SECURE_HSTS_SECONDS": 31536000,
        "SESSION_COOKIE_NAME": "__Host-openbalint-session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
    }


def test_a_wrong_value_ends_the_start(tmp_path):
    done = read(tmp_path, OPENBALINT_SQLITE_SYNCHRONOUS="OFF")
    assert "OPENBALINT_SQLITE_SYNCHRONOUS is 'OFF'. Please write one of: FULL, NORMAL." in done.stderr
