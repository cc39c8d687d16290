"""The settings under test: the product's own, with a database of this process and nothing written to the work tree."""

import atexit
import os
from pathlib import Path
import shutil
import tempfile

FOLDER = Path(tempfile.mkdtemp(prefix="openbalint-tests-"))
(FOLDER / "static").mkdir()
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["OPENBALINT_DATA"] = str(FOLDER)
os.environ["OPENBALINT_SECRET_KEY"] = "a key for tests alone, which opens nothing anywhere"

from openbalint.config.settings import *  # noqa: E402, F403
from openbalint.config.settings import DATABASES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live part writes from a thread of its own. No fsync: nobody needs these data tomorrow.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
